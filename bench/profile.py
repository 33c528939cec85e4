"""Says where the time of a cold build goes.

    python -m bench.profile 1000

First the steps of an ordinary build with all cores, as ``broadsheet build --profile`` shows them; then, by a profiler,
a build in one process: each function's own time in groups by the module it is written in, where the time of a
library's or a built-in function counts for the module of whoever called it; and the costliest functions. A profiler
makes calls look dearer than they are: trust the steps for how long, the groups for where. (Start it as a module; as a
script it would stand in for Python's own ``profile``.)
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.corpus import ROOT
from bench.run import HERE, prepare
from generator.build import build
from generator.progress import Profile, Silence
from generator.settings import load_settings

#: Where a function belongs: the first group of which a part stands in its file and name.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "read": ("generator/readers/", "generator/text/clean", "generator/text/links"),
    "merge": ("generator/library", "generator/works", "generator/keys", "generator/ids", "text/names"),
    "archive": ("generator/archive/", "generator/gathering"),
    "topics": ("generator/enrich/",),
    "pages": (
        "generator/pages/",
        "generator/text/",
        "generator/citation",
        "generator/permalinks",
        "generator/making",
    ),
    "search and exports": ("generator/search/", "generator/exports/"),
    "files": (
        "generator/output",
        "generator/publishing",
        "generator/inspection",
        "generator/theme",
        "shutil.py",
    ),
    "front matter": ("yaml/",),
    "jinja": ("jinja2/", ".html:", ".xml:", "markupsafe/"),
    "markdown": ("markdown/", "pymdownx/", "pygments/"),
    "MkDocs": ("mkdocs/", "generator/plugin", "generator/renderer", "generator/frame"),
    "the rest of ours": ("generator/",),
}
#: Text of front matter is made by YAML for whoever asks: it is a step of writing, whatever module it is in.
_WRITING = ("text/front_matter",)
_TOP = 25

_Function = tuple[str, int, str]
_Stats = Mapping[_Function, tuple[int, int, float, float, Mapping[_Function, tuple[int, int, float, float]]]]


def group_of(function: _Function) -> str | None:
    """The group of a function of the profiler; None for Python's own, which work for their callers."""
    name = f"{function[0].replace(chr(92), '/')}:{function[2]}"
    if any(part in name for part in _WRITING):
        return "front matter"
    return next((group for group, parts in GROUPS.items() if any(part in name for part in parts)), None)


def shares(stats: _Stats) -> dict[str, float]:
    """The seconds of each group."""
    known: dict[_Function, Mapping[str, float]] = {}
    seconds = defaultdict[str, float](float)
    for function, (_, _, own, _, _) in stats.items():
        if own > 0:
            for name, part in _whose(function, stats, known, frozenset()).items():
                seconds[name] += own * part
    return dict(seconds)


def _whose(
    function: _Function,
    stats: _Stats,
    known: dict[_Function, Mapping[str, float]],
    above: frozenset[_Function],
) -> Mapping[str, float]:
    """For which groups a function works, as parts of 1; `above` are those it has been asked for."""
    if (own := group_of(function)) is not None:
        return {own: 1.0}
    if function in known:
        return known[function]
    edges = stats[function][4].items()
    callers = {caller: edge[3] for caller, edge in edges if caller not in above and edge[3] > 0}
    total, parts = sum(callers.values()), defaultdict[str, float](float)
    for caller, weight in callers.items():
        for name, part in _whose(caller, stats, known, above | {function}).items():
            parts[name] += part * weight / total
    found = dict(parts) or {"Python": 1.0}
    if not above:
        known[function] = found
    return found


def _print(title: str, seconds: Mapping[str, float]) -> None:
    total = sum(seconds.values())
    sys.stdout.write(f"\n{title}: {total:.1f} s\n")
    for name, value in sorted(seconds.items(), key=lambda item: -item[1]):
        sys.stdout.write(f"  {name:<20}{value:8.2f} s {value / total:6.1%}\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description="Where the time goes.")
    parser.add_argument("size", type=int, nargs="?", default=1000, help="papers (1000)")
    parser.add_argument("--papers", type=Path, metavar="FILE.jsonl.gz", help="real papers for the corpus")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="where sites are made")
    parser.add_argument(
        "--jobs", type=int, default=2, help="processes of the build whose phases are shown (2)"
    )
    parser.add_argument("--phases", action="store_true", help="no profiler")
    options = parser.parse_args(arguments)
    (tool,) = prepare(options.work.absolute(), options.size, options.papers, ("broadsheet",))

    measured = Profile(Silence())

    def cold(jobs: int) -> None:
        build(load_settings(tool.root / "mkdocs.yml"), jobs=jobs, progress=measured)

    tool.change("cold")
    cold(options.jobs)
    sys.stdout.write("\n".join((f"Steps, {options.jobs} processes", *measured.lines(), "")))
    if options.phases:
        return
    tool.change("cold")
    profiler = cProfile.Profile()
    profiler.runcall(cold, 1)
    stats = pstats.Stats(profiler)
    table: _Stats = stats.stats  # type: ignore[attr-defined]  # not in the stubs
    _print("Own time by module, one process, with the profiler", shares(table))
    sys.stdout.write("\nCostliest functions, own time and with what they call\n")
    for function in sorted(table, key=lambda each: -table[each][2])[:_TOP]:
        calls, own, whole = table[function][1:4]
        where = function[0].replace(f"{ROOT}/", "").rsplit("site-packages/", 1)[-1]
        sys.stdout.write(f"  {own:7.2f} {whole:7.2f} {calls:>10,}  {where}:{function[1]} {function[2]}\n")


if __name__ == "__main__":
    main()
