"""One paper in a list: title, byline, the first sentences, its tags. The same on every list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from generator.model import Appearance, Paper
from generator.pages.layout import count, short_date
from generator.text.blocks import Block, Span, heading, join, link, paragraph, text, web_link

#: Names in a byline before "and 7 others".
_NAMES = 3
#: Characters of the abstract in a list.
_TEASER = 280
#: A page of more papers shows no abstracts: it would be too long to read and too heavy to load.
COMPACT_FROM = 100


def entries(
    papers: Iterable[tuple[Paper, Appearance]], page: str, *, dated: bool = True, compact: bool = False
) -> list[Block]:
    """A list of papers, each with the appearance that it is listed for.

    `page` is the file that the list stands in, `dated` adds the day to each byline, `compact` leaves abstracts out.
    """
    return [
        block
        for paper, listing in papers
        for block in _entry(paper, listing, page, dated=dated, compact=compact)
    ]


def _entry(paper: Paper, listing: Appearance, page: str, *, dated: bool, compact: bool) -> Iterator[Block]:
    yield heading(3, link(paper.title, f"papers/{paper.key}.md", page), paper.key)
    if byline := [*_byline(paper, listing, page, dated=dated)]:
        yield paragraph(join(" · ", byline), "byline")
    if not compact and paper.abstract:
        yield paragraph(text(teaser(paper.abstract, _TEASER)))
    if paper.tags:
        yield paragraph(join(" ", [_tag_link(tag.name, tag.slug, page) for tag in paper.tags]), "tags")


def _byline(paper: Paper, listing: Appearance, page: str, *, dated: bool) -> Iterator[Span]:
    """Day, authors, what readers of the source thought, the code: what of it is known."""
    if dated:
        yield _day_link(listing.day, page)
    if paper.authors:
        yield text(names(paper.authors))
    if listing.record.upvotes:
        yield text(count(listing.record.upvotes, "upvote"))
    if code := next((item for item in paper.links if item.label == "Code"), None):
        yield web_link(code.label, code.url)


# The papers of a page have days and tags in common.


@lru_cache(maxsize=1024)
def _day_link(day: date, page: str) -> Span:
    return link(short_date(day), f"digests/{day}.md", page)


@lru_cache(maxsize=1024)
def _tag_link(name: str, slug: str, page: str) -> Span:
    return link(name, f"tags/{slug}.md", page)


def names(authors: tuple[str, ...]) -> str:
    """Ada Lovelace, Charles Babbage and 3 others."""
    if len(authors) <= _NAMES + 1:
        return ", ".join(authors)
    return f"{', '.join(authors[:_NAMES])} and {len(authors) - _NAMES} others"


def teaser(value: str, most: int) -> str:
    """The first `most` characters of a text, cut between words and marked as cut; one line."""
    # The beginning of a long text is enough, unless half of it is white space.
    line = " ".join(value[: 2 * most].split())
    if len(line) <= most:
        line = " ".join(value.split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", maxsplit=1)[0]
    return cut.rstrip(" ,;:.–—-") + "…"
