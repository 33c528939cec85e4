"""The calendar of everything, of a year, and of a month."""

from __future__ import annotations

import calendar
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.pages.layout import Layout, count, long_date, month_name
from generator.pages.lists import counted
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, link, paragraph, table, text

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("archive",)

_T = TypeVar("_T", int, tuple[int, int])
_INDEX = "archive/index.html"

#: Titles of a day on the page of its month.
_TITLES = 5
#: Years whose calendars stand on the index; older ones have them on their own pages.
_CALENDARS = 2

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NOTHING = Span("", "")

#: How many papers each day has, oldest first.
Days = Mapping[date, int]


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The index, then years and months, oldest first."""
    yield _INDEX
    yield from (f"archive/{year}.html" for year in _years(archive.days))
    yield from map(_month_address, _months(archive.days))


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The index; years and months of days that changed, and their neighbours, which lead to them."""
    yield _INDEX
    days = [day_of(day) for day in changes.days]
    years, months = _years(archive.days), _months(archive.days)
    for year in sorted(_with_neighbours(years, {day.year for day in days})):
        yield f"archive/{year}.html"
    yield from map(_month_address, sorted(_with_neighbours(months, {(day.year, day.month) for day in days})))


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The index, a year or a month."""
    if address == _INDEX:
        return _index(archive)
    year, _, month = address.removeprefix("archive/").removesuffix(".html").partition("-")
    if month:
        months = _months(archive.days)
        own = (int(year), int(month))
        return _month(archive, *own, months) if own in months else None
    years = _years(archive.days)
    return _year(archive, int(year), years) if int(year) in years else None


def _years(days: Days) -> list[int]:
    return list(dict.fromkeys(day.year for day in days))


def _months(days: Days) -> list[tuple[int, int]]:
    return list(dict.fromkeys((day.year, day.month) for day in days))


def _month_address(month: tuple[int, int]) -> str:
    return f"archive/{month[0]}-{month[1]:02d}.html"


def _with_neighbours(known: Sequence[_T], changed: Iterable[_T]) -> set[_T]:
    """What changed, and of what is known the next before and after each."""
    found = set(changed)
    for item in tuple(found):
        before, after = bisect_left(known, item), bisect_right(known, item)
        found.update(known[max(0, before - 1) : before])
        found.update(known[after : after + 1])
    return found


def _index(archive: Archive) -> Page:
    """All years, the newest first: the newest with their calendars, the others with a link a month."""
    file, days = "archive/index.md", archive.days
    blocks: list[Block] = []
    for place, year in enumerate(reversed(_years(days))):
        own = {day: papers for day, papers in days.items() if day.year == year}
        total = count(sum(own.values()), "listing")
        blocks.append(heading(2, link(str(year), f"archive/{year}.md", file), f"year-{year}"))
        blocks.append(paragraph(text(f"{count(len(own), 'day')}, {total}"), "byline"))
        months = sorted({day.month for day in own}, reverse=True)
        if place < _CALENDARS:
            blocks += [block for month in months for block in _calendar(own, year, month, file, 3)]
        else:
            blocks.append(bullets(_month_link(own, year, month, file) for month in months))
    blocks = blocks or [paragraph(text("No digests yet."))]
    return Page(file, "archive.html", "Archive", {"description": "All digests, by date"}, blocks)


def _month_link(days: Days, year: int, month: int, page: str) -> Span:
    listings = sum(papers for day, papers in days.items() if day.month == month)
    return counted(link(month_name(year, month), f"archive/{year}-{month:02d}.md", page), listings)


def _year(archive: Archive, year: int, years: Sequence[int]) -> Page:
    file = f"archive/{year}.md"
    own = {day: papers for day, papers in archive.days.items() if day.year == year}
    months = sorted({day.month for day in own})
    blocks = [block for month in months for block in _calendar(own, year, month, file, 2)]
    pager = _pager([(str(y), str(y)) for y in years], years.index(year))
    meta = {"description": f"All digests of {year}", "days": len(own), "pager": pager}
    return Page(file, "archive.html", str(year), meta, blocks)


def _month(archive: Archive, year: int, month: int, months: Sequence[tuple[int, int]]) -> Page:
    file = f"archive/{year}-{month:02d}.md"
    days = archive.days
    own = {day: papers for day, papers in days.items() if (day.year, day.month) == (year, month)}
    blocks = [*_calendar(own, year, month, file, 0), *_without(days, year, month)]
    for day in own:
        blocks.append(heading(2, link(long_date(day), f"digests/{day}.md", file), f"day-{day}"))
        papers = archive.first_of(day, _TITLES)
        titles = [link(paper.plain_title, f"papers/{paper.key}.md", file) for paper in papers]
        if own[day] > _TITLES:
            titles.append(link(f"and {own[day] - _TITLES} more", f"digests/{day}.md", file))
        blocks.append(bullets(titles) if titles else paragraph(text("No papers.")))
    name = month_name(year, month)
    pager = _pager([(month_name(y, m), f"{y}-{m:02d}") for y, m in months], months.index((year, month)))
    meta = {"description": f"All digests of {name}", "days": len(own), "pager": pager}
    return Page(file, "archive.html", name, meta, blocks)


def _calendar(days: Days, year: int, month: int, page: str, level: int) -> list[Block]:
    """A month as a table of weeks, Monday first; a day that has a digest is a link to it. Its name is a heading of
    `level`, if that is not 0.
    """
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    rows = [[_cell(day, days, page) if day.month == month else _NOTHING for day in week] for week in weeks]
    blocks = [table(_WEEKDAYS, ["center"] * len(_WEEKDAYS), rows)]
    if level:
        name = link(month_name(year, month), f"archive/{year}-{month:02d}.md", page)
        blocks.insert(0, heading(level, name, f"month-{year}-{month:02d}"))
    return blocks


def _without(days: Days, year: int, month: int) -> list[Block]:
    """Which days of a month have no digest, between the first and the last of the archive: those of a week's end, when
    many lists rest, apart.
    """
    first, last = min(days), max(days)
    whole = (day for day in calendar.Calendar().itermonthdates(year, month) if day.month == month)
    missing = [day for day in whole if first < day < last and day not in days]
    kinds = (
        ("on weekdays", [d for d in missing if d.weekday() < 5]),
        ("at weekends", [d for d in missing if d.weekday() > 4]),
    )
    said = [
        f"{name} {', '.join(f'{_WEEKDAYS[d.weekday()]} {d.day}' for d in own)}" for name, own in kinds if own
    ]
    return [paragraph(text(f"Without a digest: {'; '.join(said)}."), "byline")] if said else []


def _cell(day: date, days: Days, page: str) -> Span:
    if day not in days:
        return text(str(day.day))
    title = f"{long_date(day)}: {count(days[day], 'paper')}"
    return link(str(day.day), f"digests/{day}.md", page, title)


def _pager(items: Sequence[tuple[str, str]], place: int) -> dict[str, dict[str, str]]:
    """The neighbours of a year or month: towards the newest, towards the oldest."""
    pager = {}
    for name, other in (("newer", place + 1), ("older", place - 1)):
        if 0 <= other < len(items):
            title, stem = items[other]
            pager[name] = {"title": title, "address": f"archive/{stem}.html"}
    return pager
