"""A Library as Markdown pages. `PAGE_KINDS` lists the kinds; each gives ``pages(library, layout)``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.model import Library
from generator.pages import account, archive, authors, day, home, paper, search, sources, tags
from generator.pages.layout import Layout
from generator.pages.page import Page

PAGE_KINDS: tuple[Callable[[Library, Layout], Iterator[Page]], ...] = (
    home.pages,
    day.pages,
    paper.pages,
    archive.pages,
    tags.pages,
    authors.pages,
    sources.pages,
    account.pages,
    search.pages,
)


def all_pages(library: Library, layout: Layout) -> Iterator[Page]:
    """Every page of the site that is made from the library."""
    for pages in PAGE_KINDS:
        yield from pages(library, layout)
