"""What readers make of files: for each the records it has, those that are accepted, and why others are refused.

    python -m tests.accounts                    # the fixtures: the table of docs/guide/formats-read.md
    python -m tests.accounts FOLDER [--date D]  # any other files

A file that cannot be read as a whole has its reason too. Exits with 1 if anything but that happens.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.errors import DigestError, Problem
from generator.readers import read_digest
from generator.text.markdown import escape_markdown
from tests.conftest import FIXTURES

_HEAD = "| format | file | records | accepted | refused: expected, found |\n|:--|:--|--:|--:|:--|\n"
#: Files that stand beside others and are no digests.
_OTHERS = (".tsv", ".gz", ".license")
#: Fixtures that are schemas, which tests hold what is written to.
_SCHEMAS = (".xsd", ".rng")


@dataclass(frozen=True)
class Row:
    """A file's account. `format` is empty if it could not be read."""

    file: str
    format: str
    seen: int
    accepted: int
    reasons: tuple[str, ...]
    seconds: float


def account(name: str, data: bytes, day: date | None) -> Row:
    """Read a file of this name."""
    start = time.perf_counter()
    try:
        digest = read_digest(name, data, day=day)
    except DigestError as error:
        reasons = tuple(f"all: {_reason(problem)}" for problem in error.problems)
        return Row(name, "", 0, 0, reasons, time.perf_counter() - start)
    refused = Counter(_reason(refusal.problem) for refusal in digest.refusals)
    counted = tuple(f"{number} × {reason}" if number > 1 else reason for reason, number in refused.items())
    return Row(name, digest.format, digest.seen, len(digest.records), counted, time.perf_counter() - start)


def _reason(problem: Problem) -> str:
    found = problem.found if len(problem.found) < 60 else f"{problem.found[:59]}…"
    return f"{problem.expected}, {found}".replace(
        "](", "] ("
    )  # no link, not even to a test that looks for them


def fixtures() -> Iterator[Row]:
    """The accounts of all fixtures, by format and file."""
    for path in (path for path in sorted(FIXTURES.glob("*/*")) if path.suffix not in _SCHEMAS):
        row = account(path.name, path.read_bytes(), None)
        yield replace(row, file=f"{path.parent.name}/{path.name}")


def table(rows: Iterable[Row]) -> str:
    """The accounts as a Markdown table."""
    lines = []
    for row in rows:
        reasons = "; ".join(map(escape_markdown, row.reasons)).replace("|", "\\|")
        lines.append(f"| {row.format or 'none'} | `{row.file}` | {row.seen} | {row.accepted} | {reasons} |\n")
    return _HEAD + "".join(lines)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--date", type=date.fromisoformat, help="the day of files that do not say it")
    asked = parser.parse_args()
    if asked.folder is None:
        sys.stdout.write(table(fixtures()))
        return 0
    found = [
        path for path in sorted(asked.folder.rglob("*")) if path.is_file() and path.suffix not in _OTHERS
    ]
    rows = []
    for path in found:
        name = path.relative_to(asked.folder).as_posix()
        row = account(path.name, path.read_bytes(), None)
        if not row.format and asked.date:
            row = account(path.name, path.read_bytes(), asked.date)
        rows.append(replace(row, file=name))
    sys.stdout.write(table(rows))
    seen, accepted = sum(row.seen for row in rows), sum(row.accepted for row in rows)
    read, slowest = sum(1 for row in rows if row.format), max((row.seconds for row in rows), default=0)
    sys.stdout.write(
        f"\n{len(rows)} files, {read} read: {seen:,} records, {accepted:,} accepted, {seen - accepted:,} refused;"
    )
    sys.stdout.write(f" slowest {slowest:.2f} s\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
