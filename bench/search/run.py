"""Measures searches in Chromium.

    python -m bench.search.run --quick
    python -m bench.search.run --sizes 1000,20000 --papers papers.jsonl.gz

For each size every site and index is made from nothing, then each search is asked the same questions over each line.
At last Broadsheet's site is given one more day. Then `bench.search.report` prints the tables.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from bench.corpus import ROOT
from bench.measure import Cost
from bench.run import HERE, about
from bench.search import measures, queries, report
from bench.search.browser import chromium
from bench.search.engines import ENGINES, Broadsheet, Engine, Pagefind
from bench.search.link import LINES, Line
from bench.search.others import watched
from bench.search.results import save
from bench.search.serving import Certificate, Site, certificate
from bench.tools import VENV

RESULTS = HERE / "results" / "search"
_QUICK = 200
_QUICKLY = measures.Amounts(firsts=1, openings=1, later=4, others=1, facets=1, many=30)


def prepare(work: Path, size: int, papers: Path | None, count: int) -> tuple[Path, Path]:
    """Where sites of a size are made, its corpus there, and the file of queries; each step in a process of its own."""
    folder = work / f"{papers.stem if papers else 'digests'}-{size}"
    source = ["--papers", str(papers)] if papers else []
    _python("bench.corpus", str(size), str(folder / "corpus"), *source)
    asked = folder / "queries.json"
    _python("bench.search.queries", str(folder / "corpus"), str(asked), "--count", str(count), *source)
    return folder, asked


def _python(module: str, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, env=environment)


@dataclass(frozen=True, slots=True)
class Step:
    """A part of what is measured, and the names that its values begin with."""

    name: str
    take: Callable[[measures.Bench], None]
    line: str = ""
    begins: tuple[str, ...] = ()


def steps(lines: Sequence[Line]) -> Iterator[Step]:
    """All parts, in their order."""
    yield Step("disk", measures.disk)
    yield Step("ranks and memory", measures.ranks)
    for line in lines:
        for take, begins in (
            (measures.first, ("first", "known", "waiting")),
            (measures.later, ("later",)),
            (measures.opening, ("opening",)),
            (measures.facets, ("facets",)),
        ):
            yield Step(f"{take.__name__}, {line.name}", partial(take, line=line), line.name, begins)
    yield Step("other queries", measures.others, measures.FAST.name, tuple(measures.OTHERS))
    yield Step("agreement", measures.agreement)
    yield Step("add", measures.adding)


def measure(bench: measures.Bench, lines: Sequence[Line]) -> int:
    """Everything that is to be known of one search, on a site that is there; gives how much of it failed."""
    failed = 0
    for step in steps(lines):
        title = f"{bench.size:>7,} {bench.engine.name:<11}{step.name}"
        try:
            with watched() as watch:
                step.take(bench)
        except PlaywrightError as error:  # a search that is not up to it does not cost the others theirs
            failed += 1
            sys.stderr.write(f"{title}: {error.message}\n")
        if watch.disturbed:
            bench.note(step.line, **{f"{begin}__disturbed": 1 for begin in step.begins})
        note = f"  disturbed: others {watch.others:.1f} s" if watch.disturbed else ""
        sys.stderr.write(f"{title:<50}{watch.wall:8.1f} s{note}\n")
    return failed


def _measure_size(asked: argparse.Namespace, size: int, browser: Browser, own: Certificate | None) -> int:
    folder, file = prepare(asked.work.absolute(), size, asked.papers, asked.queries)
    engines: list[Engine] = [engine(folder) for engine in asked.engines if size <= (engine.most or size)]
    if any(engine.name == "Material" for engine in engines) and not (folder / "content").exists():
        _python("bench.peers.content", str(folder / "corpus"), str(folder / "content"))
    costs = _make(engines, folder)
    lines = [line for line in LINES if line.name in asked.lines.split(",") and (own or not line.http2)]
    failed = 0
    for engine in engines:
        with Site(engine.site, own) as site:
            bench = measures.Bench(engine, size, site, browser, queries.load(file), asked.amounts)
            cost = costs[engine.name]
            bench.note("", build__seconds=cost.wall, build__cpu=cost.cpu, build__others=cost.others)
            bench.note("", build__peak=cost.peak)
            failed += measure(bench, lines)
        programs = {"chromium": browser.version, "pagefind": _pagefind()}
        save(asked.results, size, bench.series(), {**about(), **programs, "load": os.getloadavg()})
    return failed


def _make(engines: Sequence[Engine], folder: Path) -> dict[str, Cost]:
    """Make all sites and indexes before any is measured: Pagefind reads Broadsheet's site as it is without the day."""
    names = [engine.name for engine in engines]
    if Pagefind.name in names and Broadsheet.name not in names:
        Broadsheet(folder).make()
    costs = {}
    for engine in engines:
        cost = costs[engine.name] = engine.make()
        sys.stderr.write(f"{folder.name} {engine.name}, build: {cost.wall:.1f} s\n")
    return costs


def _pagefind() -> str | None:
    """The version that is installed."""
    found = next(VENV.glob("lib/python*/site-packages/pagefind_bin-*.dist-info"), None)
    return found.name.split("-")[1].removesuffix(".dist") if found else None


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for."""
    names = [engine.name.lower() for engine in ENGINES]
    parser = argparse.ArgumentParser(prog="python -m bench.search.run", description="Measure searches.")
    parser.add_argument("--sizes", default="1000,20000", help="papers, such as 1000,20000 (the default)")
    parser.add_argument("--tools", default=",".join(names), help=f"which of {','.join(names)} (all)")
    parser.add_argument("--lines", default=",".join(line.name for line in LINES), help="which lines (all)")
    parser.add_argument("--queries", type=int, default=400, metavar="N", help="known papers asked for (400)")
    parser.add_argument("--papers", type=Path, metavar="FILE.jsonl.gz", help="real papers for the corpus")
    parser.add_argument("--work", type=Path, default=HERE / "work" / "search", help="where sites are made")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where measurements are kept")
    parser.add_argument("--quick", action="store_true", help=f"a little of everything, {_QUICK} papers")
    found = parser.parse_args(arguments)
    for kind, given, known in (
        ("tools", found.tools, names),
        ("lines", found.lines, [line.name for line in LINES]),
    ):
        if unknown := {*given.split(",")} - {*known}:
            parser.error(f"expected {kind} of {', '.join(known)}, found {', '.join(sorted(unknown))}")
    found.engines = [engine for engine in ENGINES if engine.name.lower() in found.tools.split(",")]
    missing = [engine.name.lower() for engine in found.engines if not engine.program()]
    if found.quick:
        found.engines = [engine for engine in found.engines if engine.program()]
    elif missing:
        parser.error(f"expected {', '.join(missing)} in bench/.venv, found none; run: make bench-search")
    found.amounts = measures.Amounts()
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    asked = options(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if asked.quick:
            asked.sizes, asked.queries, asked.papers, asked.amounts = str(_QUICK), 60, None, _QUICKLY
            asked.lines = "fast,slow"
            asked.work, asked.results = Path(folder) / "work", Path(folder) / "results"
        with certificate(Path(folder)) as own, chromium(own.fingerprint if own else None) as browser:
            sizes = map(int, asked.sizes.split(","))
            failed = sum(_measure_size(asked, size, browser, own) for size in sizes)
        sys.stdout.write(report.tables(asked.results))
    if failed:
        sys.exit(f"{failed} measurements failed, see above")


if __name__ == "__main__":
    main()
