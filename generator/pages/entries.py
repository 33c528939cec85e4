"""One paper in a list: title, byline, the first sentences; on the page of a day its tags too.

The byline is the paragraph after the title that has no class: there may be a million of them.

A paper stands on some ten lists of tags, authors and sources: what these show of it is made once, with the paper
(`entry`), and put on each (`placed`).
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache

from generator.model import Appearance, Paper
from generator.pages.layout import ANNOUNCED_AS, count, short_date
from generator.text.blocks import (
    Block,
    Span,
    heading,
    join,
    link,
    paragraph,
    text,
    web_link,
)

#: Names in a byline before "and 7 others".
_NAMES = 3
#: Characters of the abstract in a list.
_TEASER = 280
#: And in the lists of tags and authors, which are many.
_SHORT_TEASER = 140
#: A page of more papers shows no abstracts: it would be too long to read and too heavy to load.
COMPACT_FROM = 100
#: Stands for the way up to the site's root, which depends on the page that an entry stands on.
_ROOT = "\0"


def entries(papers: Iterable[tuple[Paper, Appearance]], page: str, *, compact: bool = False) -> list[Block]:
    """The papers of one day, each with the appearance that it is listed for.

    `page` is the file that the list stands in, `compact` leaves abstracts out.
    """
    return [block for paper, listing in papers for block in _entry(paper, listing, page, compact=compact)]


class Detail(Enum):
    """How much a list says of each paper: as parts of what `entry` gives."""

    #: Title, day, authors, votes, code and the first sentences.
    FULL = (0, 1, 2)
    #: The same without sentences.
    COMPACT = (0, 1)
    #: Title, day and first author.
    BRIEF = (0, 3)


def entry(paper: Paper, listing: Appearance | None = None) -> bytes:
    """What lists show of a paper, for a page anywhere: `placed` puts it on one. `listing` is its first if not given."""
    listing = listing or paper.first
    day = text(short_date(listing.day))
    parts = (
        heading(3, link(paper.plain_title, f"{_ROOT}papers/{paper.key}.md", ""), paper.key),
        paragraph(join(" · ", (day, *_byline(paper, listing)))),
        paragraph(text(teaser(paper.prose.as_plain, _SHORT_TEASER))) if paper.abstract else Block("", ""),
        paragraph(join(" · ", (day, *([text(names(paper.authors, 1))] if paper.authors else [])))),
    )
    return marshal.dumps(tuple((part.markdown, part.html) for part in parts))


def placed(shown: Iterable[bytes], page: str, detail: Detail) -> list[Block]:
    """Entries on the page of file `page`."""
    up = "../" * page.count("/")
    blocks = []
    for data in shown:
        parts = marshal.loads(data)  # noqa: S302 - our own cache
        for markdown, html in (parts[number] for number in detail.value):
            if markdown:
                blocks.append(Block(markdown.replace(_ROOT, up), html.replace(_ROOT, up)))
    return blocks


def _entry(paper: Paper, listing: Appearance, page: str, *, compact: bool) -> Iterator[Block]:
    yield heading(3, link(paper.plain_title, f"papers/{paper.key}.md", page), paper.key)
    if byline := [*_byline(paper, listing)]:
        yield paragraph(join(" · ", byline))
    if not compact and paper.abstract:
        yield paragraph(text(teaser(paper.prose.as_plain, _TEASER)), "" if byline else "teaser")
    if paper.tags:
        yield paragraph(join(" ", [_tag_link(tag.name, tag.slug, page) for tag in paper.tags]), "tags")


def _byline(paper: Paper, listing: Appearance) -> Iterator[Span]:
    """Whether it is pinned, what it was announced as, authors, votes of readers, the code: what of it is known."""
    if paper.edit.pin:
        yield text("Pinned")
    if listing.record.announced in ANNOUNCED_AS:
        yield text(ANNOUNCED_AS[listing.record.announced])
    if paper.authors:
        yield text(names(paper.authors))
    if listing.record.upvotes:
        yield text(count(listing.record.upvotes, "upvote"))
    if code := next((item for item in paper.links if item.label == "Code"), None):
        yield web_link(code.label, code.url)


@lru_cache(maxsize=1024)
def _tag_link(name: str, slug: str, page: str) -> Span:
    return link(name, f"tags/{slug}.md", page)


def names(authors: tuple[str, ...], most: int = _NAMES) -> str:
    """Ada Lovelace, Charles Babbage and 3 others; nobody is left out alone."""
    if len(authors) <= most + 1:
        return ", ".join(authors)
    return f"{', '.join(authors[:most])} and {len(authors) - most} others"


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
