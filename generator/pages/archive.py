"""The calendar of everything, of a year, and of a month."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from generator.model import Library, Paper
from generator.pages.day import by_day
from generator.pages.layout import Layout, count, long_date, month_name
from generator.pages.lists import counted
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, link, paragraph, table, text

#: Titles of a day on the page of its month.
_TITLES = 5
#: Years whose calendars stand on the index; older ones have them on their own pages.
_CALENDARS = 2

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NOTHING = Span("", "")

#: The papers of every day with a digest, in the order of its page.
Days = Mapping[date, Sequence[Paper]]


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The index, then years and months, oldest first."""
    listed = by_day(library)
    days: dict[date, list[Paper]] = {
        day: list({p.key: p for papers in listed.get(day, {}).values() for p, _ in papers}.values())
        for day in library.days
    }
    years = [year for year, _ in groupby(days, key=lambda day: day.year)]
    months = [month for month, _ in groupby(days, key=lambda day: (day.year, day.month))]
    yield _index(days, years)
    for place, year in enumerate(years):
        yield _year(days, year, _pager([(str(y), str(y)) for y in years], place))
    for place, (year, month) in enumerate(months):
        neighbours = _pager([(month_name(y, m), f"{y}-{m:02d}") for y, m in months], place)
        yield _month(days, year, month, neighbours)


def _index(days: Days, years: Sequence[int]) -> Page:
    """All years, the newest first: the newest with their calendars, the others with a link a month."""
    file = "archive/index.md"
    blocks: list[Block] = []
    for place, year in enumerate(reversed(years)):
        own = {day: papers for day, papers in days.items() if day.year == year}
        total = count(sum(map(len, own.values())), "listing")
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
    listings = sum(len(papers) for day, papers in days.items() if day.month == month)
    return counted(link(month_name(year, month), f"archive/{year}-{month:02d}.md", page), listings)


def _year(days: Days, year: int, pager: Mapping[str, Mapping[str, str]]) -> Page:
    file = f"archive/{year}.md"
    own = {day: papers for day, papers in days.items() if day.year == year}
    months = sorted({day.month for day in own})
    blocks = [block for month in months for block in _calendar(own, year, month, file, 2)]
    meta = {"description": f"All digests of {year}", "days": len(own), "pager": pager}
    return Page(file, "archive.html", str(year), meta, blocks)


def _month(days: Days, year: int, month: int, pager: Mapping[str, Mapping[str, str]]) -> Page:
    file = f"archive/{year}-{month:02d}.md"
    own = {day: papers for day, papers in days.items() if (day.year, day.month) == (year, month)}
    blocks = _calendar(own, year, month, file, 0)
    for day, papers in own.items():
        blocks.append(heading(2, link(long_date(day), f"digests/{day}.md", file), f"day-{day}"))
        titles = [link(paper.title, f"papers/{paper.key}.md", file) for paper in papers[:_TITLES]]
        if len(papers) > _TITLES:
            titles.append(link(f"and {len(papers) - _TITLES} more", f"digests/{day}.md", file))
        blocks.append(bullets(titles) if titles else paragraph(text("No papers.")))
    name = month_name(year, month)
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


def _cell(day: date, days: Days, page: str) -> Span:
    if day not in days:
        return text(str(day.day))
    title = f"{long_date(day)}: {count(len(days[day]), 'paper')}"
    return link(str(day.day), f"digests/{day}.md", page, title)


def _pager(items: Sequence[tuple[str, str]], place: int) -> dict[str, dict[str, str]]:
    """The neighbours of a year or month: towards the newest, towards the oldest."""
    pager = {}
    for name, other in (("newer", place + 1), ("older", place - 1)):
        if 0 <= other < len(items):
            title, stem = items[other]
            pager[name] = {"title": title, "address": f"archive/{stem}.html"}
    return pager
