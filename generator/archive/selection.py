"""Some of the papers, a day at a time: what a file holds that is of more than one day, or of one list.

A paper counts for the day at which it stands in a list (`generator.archive.lists`): the first that lists it, of a
source's list the first on which that source does. So each is there once, and those of the years are all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.archive.derive import read_papers
from generator.archive.lists import ALL, KEYWORDS, SOURCES, TAGS, day_list, day_of, slug_list
from generator.archive.queries import Archive
from generator.model import Paper, Source


@dataclass(frozen=True, slots=True)
class Selection:
    """The papers of some lists, taken together, that stand there from a `first` day to a `last` one.

    `source` is whose list it is, if it is a source's.
    """

    lists: tuple[int, ...] = (ALL,)
    first: date = date.min
    last: date = date.max
    source: str = ""


def of_tag(slug: str, first: date = date.min, last: date = date.max) -> Selection:
    """The papers that have a tag or keyword."""
    return Selection((slug_list(TAGS, slug), slug_list(KEYWORDS, slug)), first, last)


def of_source(slug: str, first: date = date.min, last: date = date.max) -> Selection:
    """The papers that a source lists."""
    return Selection((slug_list(SOURCES, slug),), first, last, slug)


def of_day(day: date) -> Selection:
    """All that a day lists, what was listed before too."""
    return Selection((day_list(day.toordinal()),), day, day)


def count_days(archive: Archive, chosen: Selection) -> dict[date, int]:
    """The days at which papers of a selection stand, oldest first, and how many."""
    found: defaultdict[int, int] = defaultdict(int)
    question = "SELECT day, count(*) FROM member WHERE list = ? AND day BETWEEN ? AND ? GROUP BY day"
    for number in chosen.lists:  # a paper is in one of them
        for day, papers in archive.database.execute(question, (number, *_span(chosen))):
            found[day] += papers
    return {day_of(day): found[day] for day in sorted(found)}


def sources_of(archive: Archive, chosen: Selection) -> list[Source]:
    """The sources that list papers of a selection on the days at which they stand, by their slugs."""
    if chosen.source:
        return [archive.sources[chosen.source]]
    question = (
        "SELECT DISTINCT r.source FROM member m JOIN record r ON r.paper = m.paper AND r.day = m.day"
        " WHERE m.list = ? AND m.day BETWEEN ? AND ?"
    )
    slugs = {
        slug
        for number in chosen.lists
        for (slug,) in archive.database.execute(question, (number, *_span(chosen)))
    }
    return [archive.sources[slug] for slug in sorted(slugs)]


def papers_at(archive: Archive, chosen: Selection, day: date) -> Iterator[Paper]:
    """The papers of a selection that stand at a day, in no order that means anything."""
    question = "SELECT paper FROM member WHERE list = ? AND day = ?"
    numbers = [
        paper
        for number in chosen.lists
        for (paper,) in archive.database.execute(question, (number, day.toordinal()))
    ]
    for _, paper in read_papers(archive.database, numbers, archive.sources):
        yield paper


def _span(chosen: Selection) -> tuple[int, int]:
    return chosen.first.toordinal(), chosen.last.toordinal()
