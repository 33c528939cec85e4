"""Tables as text: a line of names, then one record after the other, with commas, semicolons or tabs between values.

RFC 4180: a value with a separator, a quote or a line break in it stands in quotes, and a quote in it is doubled. What
is written otherwise is refused rather than cut at the wrong place.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.errors import Problem
from generator.readers.raw import RawDigest

SEPARATORS = (",", "\t", ";")
#: A longer first line has no names of columns.
_HEADER_LIMIT = 10_000
#: No value, and no record, is longer: a quote that is never closed would swallow all that follows.
_FIELD_LIMIT, _LINES_LIMIT = 1_000_000, 1_000
#: So many records of more lines than this may break, each of which costs a look at all its lines again.
_TRIES, _SHORT = 100, 10


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns, the separator, and the number of the line they stand in."""

    columns: tuple[str, ...]
    separator: str
    line: int

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)


def read_header(text: str, fits: Callable[[Sequence[str]], bool]) -> Header | None:
    """The header whose names fit, whatever separates them; None if none does.

    The separator is the one that gives names that `fits` takes, most of them. Excel's first line ``sep=;`` is passed
    over.
    """
    lines = text[: 2 * _HEADER_LIMIT].split("\n", 20)
    places = [number for number, line in enumerate(lines) if line.strip()]
    if places and lines[places[0]].strip().lower().startswith("sep="):
        places = places[1:]
    if not places or len(lines[places[0]]) > _HEADER_LIMIT:
        return None
    found = [Header(_unique(_cells(lines[places[0]], sep)), sep, places[0] + 1) for sep in SEPARATORS]
    found = [header for header in found if len(header.columns) > 1 and fits(header.columns)]
    return max(found, key=lambda header: len(header.columns), default=None)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names of columns; one that comes again gets a number."""
    given = set(names)
    found: list[str] = []
    times: dict[str, int] = {}
    for name in names:
        times[name] = times.get(name, 0) + 1
        own = name if times[name] == 1 else f"{name} ({times[name]})"
        found.append(own if own == name or own not in given else f"{own}*")
    return tuple(found)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator, strict=True), [])]
    except csv.Error:
        return []


def read_rows(raw: RawDigest, header: Header) -> Iterator[tuple[int, dict[str, object] | Problem]]:
    """The records below a header with the numbers of their first lines, and what is wrong with those that are no
    records: not as many values as names, quotes that are not closed.
    """
    lines = raw.text.split("\n")
    start, tries = header.line, 0
    while start < len(lines) and tries <= _TRIES:
        for first, end, row in _rows(lines, start, header.separator):
            if row is None:
                end = _end(lines, first, end)
                start = first + 1 if _are_whole(lines[first + 1 : end], header) else end
                tries += end - first > _SHORT
                yield first + 1, _broken(raw, first + 1, start)
                break
            if len(row) > header.width and not any(row[header.width :]):
                row = row[: header.width]
            if len(row) == header.width:
                yield first + 1, dict(zip(header.columns, row, strict=True))
            elif any(cell.strip() for cell in row):
                remedy = "correct the record; quote a value with a separator or a line break in it"
                expected = f"{header.width} values, as many as there are names of columns"
                yield first + 1, Problem(raw.at(first + 1), expected, f"{len(row):,}", remedy)
        else:
            return
    if start < len(lines):
        yield start + 1, _broken(raw, start + 1, len(lines))


def _rows(lines: Sequence[str], start: int, separator: str) -> Iterator[tuple[int, int, list[str] | None]]:
    """Records from a line on: where each begins, where the next does, its values; None for one that is none, the last.

    Lines are counted from 0.
    """
    first = position = start

    def feed() -> Iterator[str]:
        nonlocal position
        while position < len(lines) and position - first <= _LINES_LIMIT:
            position += 1
            yield f"{lines[position - 1]}\n"

    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(feed(), delimiter=separator, strict=True)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            yield first, position, None
            return
        if row is None:
            return
        yield first, position, row
        first = position


def _end(lines: Sequence[str], first: int, end: int) -> int:
    """The end of a record that broke before a line: where its quotes come in pairs again."""
    quotes = sum(line.count('"') for line in lines[first:end])
    last = min(len(lines), first + _LINES_LIMIT)
    while quotes % 2 and end < last:
        quotes += lines[end].count('"')
        end += 1
    return end


def _are_whole(lines: Sequence[str], header: Header) -> bool:
    """Whether lines are records by themselves: then what is in front of them had a quote that was not closed."""
    value = rf'(?:"(?:[^"]|"")*"|[^"{header.separator}]*)'
    whole = re.compile(rf"{value}(?:{header.separator}{value}){{{header.width - 1}}}")
    written = [line for line in lines if line.strip()]
    return bool(written) and all(map(whole.fullmatch, written))


def _broken(raw: RawDigest, line: int, end: int) -> Problem:
    found = "one that is not" if end <= line else f"one that is not, in lines {line:,} to {end:,}"
    expected = "a value in quotes as a whole, with quotes in it doubled"
    return Problem(raw.at(line), expected, found, "correct the quotes")
