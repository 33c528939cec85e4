"""Which lists a paper is on, and the numbers of these lists.

A list's number has its kind in the upper bits and below them what names it: a hash of its slug, or a day. A paper
stands in a list at a day, and among those of the day in the order of its `Paper.first` (of a source's list: of the
first appearance there).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from generator.ids import file_name
from generator.model import Appearance, Paper, Tag

_BITS = 48
#: Kinds of lists. A slug can be a tag of some papers and a keyword of others: they are on one page.
ALL, DAYS, TAGS, KEYWORDS, AUTHORS, SOURCES = range(6)
#: The kinds of lists that have pages of their own, by the folder of these.
FOLDERS: dict[str, tuple[int, ...]] = {
    "tags": (TAGS, KEYWORDS),
    "authors": (AUTHORS,),
    "sources": (SOURCES,),
}


class Place(NamedTuple):
    """A list that a paper is on: its kind, the slug ("" where there is none), and the day that it stands at."""

    kind: int
    slug: str
    day: int

    @property
    def number(self) -> int:
        """The number of the list."""
        return (
            day_list(self.day) if self.kind == DAYS else slug_list(self.kind, self.slug) if self.kind else 0
        )


def day_list(day: int) -> int:
    """The number of the list of a day."""
    return DAYS << _BITS | day


def slug_list(kind: int, slug: str) -> int:
    """The number of the list of a kind that is named by a slug."""
    return kind << _BITS | int.from_bytes(blake2b(slug.encode(), digest_size=6).digest(), "little")


def bounds(kind: int) -> tuple[int, int]:
    """The least and the greatest number that a list of a kind may have."""
    return kind << _BITS, (kind + 1 << _BITS) - 1


def places(paper: Paper) -> list[Place]:
    """The lists that a paper is on, each once; none if the editors hide it."""
    if paper.edit.hide:
        return []
    first = paper.first.day.toordinal()
    found = [Place(ALL, "", first)]
    found += (Place(DAYS, "", day) for day in dict.fromkeys(a.day.toordinal() for a in paper.appearances))
    found += (Place(TAGS, tag.slug, first) for tag in paper.tags)
    found += (Place(KEYWORDS, tag.slug, first) for tag in keyword_tags(paper))
    found += (Place(AUTHORS, slug, first) for slug in author_names(paper))
    found += (Place(SOURCES, slug, a.day.toordinal()) for slug, a in source_listings(paper).items())
    return found


def keyword_tags(paper: Paper) -> Iterator[Tag]:
    """The keywords of a paper that are not its tags already, each once."""
    known = {tag.slug for tag in paper.tags}
    for name in paper.keywords:
        slug = file_name(name)
        if slug not in known:
            known.add(slug)
            yield Tag("keyword", name, slug)


def author_names(paper: Paper) -> dict[str, str]:
    """The authors of a paper by their slugs: of two that spell alike the first."""
    return {file_name(name): name for name in reversed(paper.authors)}


def source_listings(paper: Paper) -> dict[str, Appearance]:
    """The first appearance of a paper in each source."""
    return {appearance.source.slug: appearance for appearance in reversed(paper.appearances)}


def day_of(number: int) -> date:
    """A day by its number."""
    return date.fromordinal(number)
