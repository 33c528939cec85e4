"""Turns the measurements of searches that are kept into Markdown tables for the guide.

python -m bench.search.report
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, median

from bench.report import markdown
from bench.search import goals
from bench.search.found import STAR, Column, Found, Row, kilobytes, megabytes, most, ratio, seconds, whole
from bench.search.link import LINES
from bench.search.measures import OTHERS
from bench.search.queries import KINDS
from bench.search.results import load

_OURS = "Broadsheet"
_DISTURBED = f"{STAR} While this was measured, the machine was busy with something else as well."
_COSTS = (*OTHERS, "facets")


def _costs(what: str) -> tuple[Column, ...]:
    return (
        Column("median s", f"{what}.seconds", median, seconds),
        Column("worst s", f"{what}.seconds", max, seconds),
        Column("median kB", f"{what}.bytes", median, kilobytes),
        Column("worst kB", f"{what}.bytes", max, kilobytes),
        Column("requests", f"{what}.requests", median, whole),
    )


_FIRST = (*_costs("first"), Column("kB before", "waiting.bytes", median, kilobytes))
_KNOWN = _costs("known")
_OPENING = (
    Column("median s", "opening.seconds", median, seconds),
    Column("worst s", "opening.seconds", max, seconds),
    Column("kB", "opening.bytes", median, kilobytes),
    Column("of the index", "opening.index", median, kilobytes),
    Column("requests", "opening.requests", median, whole),
    Column("kB at last", "opening.settled", median, kilobytes),
)
_LATER = (
    Column("median s", "later.seconds", median, seconds),
    Column("p95 s", "later.seconds", most, seconds),
    Column("median kB", "later.bytes", median, kilobytes),
    Column("p95 kB", "later.bytes", most, kilobytes),
)
_PLACE = (
    Column("build s", "build.seconds", median, seconds),
    Column("build MB", "build.peak", median, megabytes),
    Column("page MB: blank", "memory.blank", median, megabytes),
    Column("first query", "memory.first", median, megabytes),
    Column("many queries", "memory.many", median, megabytes),
    Column("kept of that", "memory.kept", median, megabytes),
)
_ADD = (
    Column("build s", "add.seconds", median, seconds),
    Column("CPU s", "add.cpu", median, seconds),
    Column("peak MB", "add.peak", median, megabytes),
    Column("kB rewritten", "add.bytes", median, kilobytes),
    Column("files", "add.files", median, whole),
    Column("index MB", "add.total", median, megabytes),
)


def tables(folder: Path) -> str:
    """Everything that was measured, each table under its title."""
    found = Found(load(folder))
    parts = [
        ("First ten results on a page that waits", _by_line(found, _FIRST)),
        ("First query for one known paper on a page that waits", _by_line(found, _KNOWN)),
        ("From a link to the first ten results, nothing cached", _by_line(found, _OPENING)),
        ("Later queries on the same page", _by_line(found, _LATER)),
        ("Other first queries, fast line", _other(found)),
        ("Mean reciprocal rank at 10 of known papers", _ranks(found)),
        ("Memory and disk", _disk(found)),
        ("The index by kind of file", _kinds(found)),
        ("Add a day of 50", _plain(found, _ADD)),
        ("The same from a disk", _agreement(found)),
        ("What was asked for", goals.table(found)),
    ]
    text = "\n".join(f"### {title}\n\n{table}" for title, table in parts)
    return f"{text}\n{_DISTURBED}\n" if STAR in text else text


def _table(head: Sequence[str], named: int, rows: Iterable[Row]) -> str:
    """A table whose first column is a number, as are all but so many named ones after it."""
    sides = ["r", *["l"] * named, *["r"] * (len(head) - named - 1)]
    return markdown(head, " ".join(sides), rows)


def _by_line(found: Found, columns: Sequence[Column]) -> str:
    rows = [
        (f"{size:,}", line.name, tool, *cells)
        for line in LINES
        for size, tool in found.places
        if (cells := found.row(tool, size, line.name, columns))
    ]
    rows.sort(key=lambda row: int(row[0].replace(",", "")))
    return _table(("papers", "line", "search", *(column.head for column in columns)), 2, rows)


def _plain(found: Found, columns: Sequence[Column]) -> str:
    rows = [
        (f"{size:,}", tool, *cells)
        for size, tool in found.places
        if (cells := found.row(tool, size, "", columns))
    ]
    return _table(("papers", "search", *(column.head for column in columns)), 1, rows)


def _other(found: Found) -> str:
    rows = [
        (f"{size:,}", tool, kind, *cells[:4])
        for size, tool in found.places
        for kind in _COSTS
        if (cells := found.row(tool, size, LINES[0].name, _costs(kind)))
    ]
    return _table(("papers", "search", "query", *(column.head for column in _costs("")[:4])), 2, rows)


def _ranks(found: Found) -> str:
    rows = []
    for size, tool in found.places:
        by_kind = found.starting(tool, size, "rank.")
        if by_kind:
            every = [value for values in by_kind.values() for value in values]
            cells = (ratio(fmean(by_kind[kind])) if kind in by_kind else "" for kind in KINDS)
            rows.append((f"{size:,}", tool, *cells, ratio(fmean(every)), str(len(every))))
    return _table(("papers", "search", *KINDS, "all", "queries"), 1, rows)


def _disk(found: Found) -> str:
    rows = []
    for size, tool in found.places:
        cells = found.row(tool, size, "", _PLACE)
        files = sum(values[0] for values in found.starting(tool, size, "files.").values())
        space = found.space(tool, size)
        if cells:
            rows.append(
                (f"{size:,}", tool, *cells, megabytes(space), whole(files), f"{space / size / 1000:.2f}")
            )
    head = ("papers", "search", *(column.head for column in _PLACE), "index MB", "files", "kB a paper")
    return _table(head, 1, rows)


def _kinds(found: Found) -> str:
    rows = []
    for size, tool in found.places:
        files = found.starting(tool, size, "files.")
        for kind, values in found.starting(tool, size, "size.").items():
            rows.append((f"{size:,}", tool, kind, whole(files[kind][0]), kilobytes(values[0])))
    return _table(("papers", "search", "kind", "files", "kB"), 2, rows)


def _agreement(found: Found) -> str:
    rows = [
        (f"{size:,}", whole(queries[0]), whole(found.values(_OURS, size, "", "disk.differ")[0]))
        for size in found.sizes
        if (queries := found.values(_OURS, size, "", "disk.queries"))
    ]
    return _table(("papers", "queries", "answered differently"), 0, rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.search.report", description="Print what was measured."
    )
    parser.add_argument("--results", type=Path, default=Path(__file__).parents[1] / "results" / "search")
    sys.stdout.write(tables(parser.parse_args(arguments).results))


if __name__ == "__main__":
    main()
