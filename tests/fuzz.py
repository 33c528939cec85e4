"""Damaged digests without end: every fixture and every digest of the sample, changed at random, and read.

    python -m tests.fuzz 1000000 --jobs 2 [--more FOLDER] [--seed 1]

Each is read as `broadsheet check` reads it; one in `_CHECKED` also goes through the whole of `check`, some at a time as
one site: merging, planning of pages, and all. A fault is anything raised but a BroadsheetError, a digest that breaks a
promise of the model, more than two seconds for one file, or more than 500 MB. Prints the faults, and what it took.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.build import check
from generator.errors import BroadsheetError, DigestError
from generator.readers import read_digest
from generator.settings import load_settings
from tests.mutants import mutants
from tests.readers.test_all_readers import assert_sound

ROOT = Path(__file__).parents[1]
#: Seconds for one file, and bytes of memory for all of a process.
SECONDS, MEMORY = 2.0, 500 * 2**20
#: Mutants of a file that are made at a time, and one of how many is checked as a part of a site.
_PART, _CHECKED = 250, 25
_CONFIG = """\
site_name: Fuzz
use_directory_urls: false
theme: {name: null, custom_dir: theme}
markdown_extensions: [attr_list, tables, toc]
"""


@dataclass
class Outcome:
    """What became of some inputs. `slowest` is in seconds, `memory` in bytes."""

    inputs: int = 0
    checked: int = 0
    formats: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take another outcome in."""
        self.inputs += other.inputs
        self.checked += other.checked
        self.formats += other.formats
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.faults += other.faults


def files(more: Path | None) -> list[Path]:
    """What is damaged: fixtures, the sample's digests, and the files below another folder; none of over 200 kB, whose
    copies take the time of a hundred others.
    """
    places = [ROOT / "tests" / "fixtures", ROOT / "digests", *([more] if more else [])]
    found = (path for place in places for path in sorted(place.rglob("*")) if path.is_file())
    return [path for path in found if path.stat().st_size <= 200_000 and path.suffix not in (".gz", ".zip")]


def try_part(part: tuple[Path, int], seed: int) -> Outcome:
    """Read some mutants of a file."""
    path, number = part
    outcome = Outcome()
    kept: list[bytes] = []
    for place, data in enumerate(mutants(path.read_bytes(), f"{seed} {number} {path.name}", _PART)):
        outcome.inputs += 1
        start = time.perf_counter()
        fault = _read(path, data, outcome.formats)
        taken = time.perf_counter() - start
        if taken > SECONDS:
            fault = f"{taken:.1f} s"
        outcome.slowest = max(outcome.slowest, taken)
        if fault:
            outcome.faults.append(f"{path.name} {number}.{place}: {fault}")
        if place % _CHECKED == 0:
            kept.append(data)
    outcome.checked = len(kept)
    if fault := _check(path, kept):
        outcome.faults.append(f"{path.name} {number}: check: {fault}")
    outcome.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if outcome.memory > MEMORY:
        outcome.faults.append(f"{path.name} {number}: {outcome.memory >> 20} MB")
    return outcome


def _read(path: Path, data: bytes, formats: Counter[str]) -> str:
    """Read one; gives the fault, if it is one."""
    try:
        digest = read_digest(f"digests/2025-03-14-x{path.suffix}", data)
        formats[digest.format] += 1
        assert_sound(digest)
    except DigestError as error:
        formats["no digest"] += 1
        return "" if str(error).startswith("digests/") else f"an error without its place: {error}"
    except Exception:  # noqa: BLE001 - that is what is looked for
        return traceback.format_exc()
    return ""


def _check(path: Path, inputs: Sequence[bytes]) -> str:
    """Check them as one site; gives the fault, if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "mkdocs.yml").write_text(_CONFIG, "utf-8")
        for name in ("digests", "docs", "theme"):
            (root / name).mkdir()
        for place, data in enumerate(inputs):
            (root / "digests" / f"2025-03-{place % 28 + 1:02d}-x{place}{path.suffix}").write_bytes(data)
        settings = load_settings(root / "mkdocs.yml")
        try:
            check(settings)
        except BroadsheetError:
            return ""
        except Exception:  # noqa: BLE001 - that is what is looked for
            return traceback.format_exc()
    return ""


def parts(found: Sequence[Path], inputs: int) -> Iterator[tuple[Path, int]]:
    """Files with numbers, in turns, until there are so many inputs."""
    for number in range(-(-inputs // (_PART * len(found)))):
        yield from ((path, number) for path in found)


def main() -> int:
    """Run; gives 1 if there are faults."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("inputs", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--more", type=Path, help="a folder of further files")
    asked = parser.parse_args()
    found, total, start = files(asked.more), Outcome(), time.monotonic()
    with ProcessPoolExecutor(asked.jobs) as pool:
        for outcome in pool.map(partial(try_part, seed=asked.seed), parts(found, asked.inputs)):
            total.add(outcome)
            for fault in outcome.faults:
                sys.stderr.write(f"{fault}\n")
            if total.inputs % 50_000 < _PART:
                sys.stderr.write(f"{total.inputs:,} inputs, {time.monotonic() - start:,.0f} s\n")
    for name, number in sorted(total.formats.items()):
        sys.stdout.write(f"{name:<20}{number:>10,}\n")
    sys.stdout.write(
        f"{total.inputs:,} inputs of {len(found)} files, {total.checked:,} of them checked as sites, in "
        f"{time.monotonic() - start:,.0f} s: {len(total.faults)} faults; slowest {total.slowest:.2f} s, "
        f"at most {total.memory >> 20} MB\n"
    )
    return 1 if total.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
