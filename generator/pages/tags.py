"""The index of tags, and the papers of each.

Topics, categories and labels always have a page. Sources give thousands of keywords that occur once: a keyword
has a page from a few papers on; a paper's own page links all its keywords to the search, and so need not change.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive.changes import Changes
from generator.archive.queries import Archive, ListHead
from generator.pages.layout import Layout, count
from generator.pages.lists import directory, every_page, make_page, touched_pages
from generator.pages.page import Page
from generator.text.blocks import paragraph, text

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("tags",)

_INDEX = "tags/index.html"
_HEADINGS = {"label": "Labels", "category": "Categories", "keyword": "Keywords"}


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The index, then each tag's pages."""
    yield _INDEX
    yield from every_page(archive, layout, "tags")


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The index, which counts, and the pages that changed."""
    yield _INDEX
    yield from touched_pages(archive, layout, changes, "tags")


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The index or a page of a tag."""
    return _index(archive) if address == _INDEX else make_page(archive, layout, address)


def _index(archive: Archive) -> Page:
    lists = sorted(archive.lists("tags"), key=lambda head: (head.name.casefold(), head.slug))
    groups: dict[str, list[ListHead]] = {}
    for head in lists:
        groups.setdefault(head.area or _HEADINGS.get(head.kind, ""), []).append(head)
    last = [*_HEADINGS.values()]
    order = sorted(groups, key=lambda name: (last.index(name) if name in last else -1, name))
    body = directory({name: groups[name] for name in order}, "tags/index.md")
    body = body or [paragraph(text("No tags yet."))]
    meta = {"description": f"{count(len(lists), 'tag')}, by area", "entries": len(lists)}
    return Page("tags/index.md", "directory.html", "Tags", meta, body)
