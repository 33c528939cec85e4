"""The archive as Markdown pages. `PAGE_KINDS` lists the kinds: a new one is a module and a line in it, or `Lists`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.pages import account, archive, authors, day, home, paper, search, sources, tags
from generator.pages.layout import Layout
from generator.pages.page import Page


class PageKind(Protocol):
    """What every module of the table is. An address is below the site's root, ``papers/2403.01234.html``."""

    @property
    def OWNS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of modules
        """The first parts of its addresses."""

    def every(self, archive: Archive, layout: Layout) -> Iterator[str]:
        """The addresses of all its pages."""

    def touched(self, archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
        """The addresses of all pages that may have changed, come or gone with `changes`, which `archive` has now."""

    def make(self, archive: Archive, layout: Layout, address: str) -> Page | None:
        """The page at an address that it gave; None if there is none any more."""


#: Days come before papers: a day's papers are at hand when their own pages are made.
PAGE_KINDS: tuple[PageKind, ...] = (
    day,
    paper,
    home,
    archive,
    tags.KIND,
    authors.KIND,
    sources.KIND,
    account,
    search,
)
