"""The sources, and what each has listed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.pages.layout import Layout, count
from generator.pages.lists import directory, every_page, make_page, touched_pages
from generator.pages.page import Page
from generator.text.blocks import paragraph, text

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("sources",)

_INDEX = "sources/index.html"


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The index, then each source's pages; a paper stands where the source listed it first."""
    yield _INDEX
    yield from every_page(archive, layout, "sources")


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The index, which counts, and the pages that changed."""
    yield _INDEX
    yield from touched_pages(archive, layout, changes, "sources")


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The index or a page of a source: titles alone, for a source may have listed all that there is."""
    return _index(archive) if address == _INDEX else make_page(archive, layout, address, compact=True)


def _index(archive: Archive) -> Page:
    lists = sorted(archive.lists("sources"), key=lambda head: (head.name.casefold(), head.slug))
    body = directory({"": lists}, "sources/index.md") if lists else [paragraph(text("No digests yet."))]
    meta = {"description": count(len(lists), "source"), "entries": len(lists)}
    return Page("sources/index.md", "directory.html", "Sources", meta, body)
