"""The page of the search. Its work is done in the browser; what it says here is for readers without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.pages.layout import Layout, count
from generator.pages.page import Page
from generator.text.blocks import join, link, paragraph, text

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("search.html",)

ADDRESS = "search.html"
_FILE = "search.md"


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The one page of the search."""
    yield ADDRESS


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """It says how many papers there are."""
    yield ADDRESS


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The page of the search."""
    ways = (
        (text("the"), link("archive", "archive/index.md", _FILE), text("leads to every day, the")),
        (link("tags", "tags/index.md", _FILE), text("to every topic, the")),
        (link("authors", "authors/index.md", _FILE), text("to those with several papers, and the")),
        (link("sources", "sources/index.md", _FILE), text("to every list.")),
    )
    why = text(f"Searching {count(archive.totals.papers, 'paper')} needs JavaScript. Without it,")
    body = [paragraph(join(" ", (why, *chain.from_iterable(ways))))]
    meta = {"description": "Search titles, authors, tags and abstracts of all papers"}
    return Page(_FILE, "search.html", "Search", meta, body)
