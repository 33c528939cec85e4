"""Long lists, cut so that only their newest edge changes.

The newest papers stand on ``<folder>/<slug>.html``. Older ones are on ``<folder>/<slug>/<n>.html``, numbered from
the oldest: such a page holds a full page of papers for ever, it is sealed. The newest page holds what no sealed
page does, at least one full page and less than two, so it never runs empty when a page is sealed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.ids import file_name
from generator.model import Appearance, Paper
from generator.pages.entries import COMPACT_FROM, entries
from generator.pages.layout import count
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, join, link, text

Listing = tuple[Paper, Appearance]


@dataclass(frozen=True, slots=True)
class PaperList:
    """What is listed: `papers` oldest first. `kind` says what the name is: Topic, Author, Source, …"""

    folder: str
    slug: str
    name: str
    kind: str
    papers: Sequence[Listing]
    meta: Mapping[str, Any]

    def file(self, number: int = 0) -> str:
        """The file of its sealed page `number`, from 1; 0 is the newest."""
        return f"{self.folder}/{self.slug}/{number}.md" if number else f"{self.folder}/{self.slug}.md"


def sealed_pages(papers: int, size: int) -> int:
    """How many sealed pages a list of so many papers has.

    >>> [sealed_pages(papers, 50) for papers in (0, 99, 100, 149, 150)]
    [0, 0, 1, 1, 2]
    """
    return max(0, papers // size - 1)


def list_pages(listed: PaperList, size: int) -> Iterator[Page]:
    """The pages of a list, the newest first."""
    sealed = sealed_pages(len(listed.papers), size)
    yield _page(listed, 0, listed.papers[sealed * size :], sealed)
    for number in range(1, sealed + 1):
        yield _page(listed, number, listed.papers[(number - 1) * size : number * size], sealed)


def _page(listed: PaperList, number: int, papers: Sequence[Listing], sealed: int) -> Page:
    file = listed.file(number)
    meta = {
        "description": f"{count(len(listed.papers), 'paper')}: {listed.kind.lower()} {listed.name}",
        "kind": listed.kind,
        "papers": len(listed.papers),
        "pager": _pager(listed, number, sealed),
        **listed.meta,
    }
    if number:  # a sealed page must not know how long the list has become
        meta |= {"part": number, "papers": len(papers)}
        meta["description"] = f"Papers of {listed.kind.lower()} {listed.name}, part {number} from the oldest"
    body = entries(reversed(papers), file, compact=len(papers) > COMPACT_FROM)
    return Page(file, "list.html", listed.name, meta, body)


def _pager(listed: PaperList, number: int, sealed: int) -> dict[str, dict[str, str]]:
    """The neighbours of a page: towards the newest, towards the oldest."""
    pager = {}
    if number:
        newer = number + 1 if number < sealed else 0
        pager["newer"] = _neighbour(listed, newer, "Newer papers" if newer else "Newest papers")
    older = number - 1 if number else sealed
    if older:
        pager["older"] = _neighbour(listed, older, "Older papers")
    return pager


def _neighbour(listed: PaperList, number: int, title: str) -> dict[str, str]:
    return {"title": title, "address": listed.file(number).removesuffix(".md") + ".html"}


def directory(groups: Mapping[str, Sequence[PaperList]], page: str) -> list[Block]:
    """An index of lists: below each heading the names with their counts."""
    blocks = []
    for name, lists in groups.items():
        if name:
            blocks.append(heading(2, text(name), file_name(name)))
        blocks.append(
            bullets(counted(link(each.name, each.file(), page), len(each.papers)) for each in lists)
        )
    return blocks


def counted(span: Span, number: int) -> Span:
    """A link with a number that stays on its line."""
    return join("&nbsp;", (span, text(f"{number:,}")))
