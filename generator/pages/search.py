"""The page of the search. Its work is done in the browser; what it says here is for readers without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Library
from generator.pages.layout import Layout, count
from generator.pages.page import Page


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The one page of the search."""
    body = (
        f"Searching {count(len(library.papers), 'paper')} needs JavaScript. Without it, the [archive](archive/index.md)"
        " leads to every day, the [tags](tags/index.md) to every topic, the [authors](authors/index.md) to those with"
        " several papers, and the [sources](sources/index.md) to every list."
    )
    meta = {"description": "Search titles, authors, tags and abstracts of all papers"}
    yield Page("search.md", "search.html", "Search", meta, body)
