"""Authors with enough papers to earn a page. Names are as the digests spell them: nobody is guessed to be one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.ids import file_name, slug
from generator.model import Library
from generator.pages.layout import Layout, count
from generator.pages.lists import Listing, PaperList, directory, list_pages
from generator.pages.page import Page
from generator.text.blocks import join, link, paragraph, text
from generator.text.names import family_name

_INDEX = "authors/index.md"


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The index by family name, then each author's pages."""
    papers: dict[str, list[Listing]] = {}
    names: dict[str, str] = {}
    for paper in library.papers.values():
        for own_slug, name in {file_name(name): name for name in reversed(paper.authors)}.items():
            names.setdefault(own_slug, name)
            papers.setdefault(own_slug, []).append((paper, paper.first))
    lists = [
        PaperList("authors", own_slug, names[own_slug], "Author", listings, {})
        for own_slug, listings in papers.items()
        if len(listings) >= layout.author_papers or f"authors/{own_slug}.html" in layout.published
    ]
    lists.sort(key=lambda listed: (slug(family_name(listed.name)), listed.slug))
    yield _index(lists, len(papers), layout)
    for listed in lists:
        yield from list_pages(listed, layout.page_size)


def _index(lists: list[PaperList], authors: int, layout: Layout) -> Page:
    letters = groupby(lists, key=lambda listed: slug(family_name(listed.name))[:1].upper() or "#")
    groups: dict[str, list[PaperList]] = {}
    for letter, own in letters:
        groups.setdefault(letter if letter.isalpha() else "0–9", []).extend(own)
    some = f"Authors with {count(layout.author_papers, 'paper')} or more, of {count(authors, 'author')} in all. The"
    parts = (text(some), link("search", "search.md", _INDEX), text("finds everyone."))
    meta = {"description": f"{count(len(lists), 'author')} with a page of their own", "entries": len(lists)}
    body = [paragraph(join(" ", parts)), *directory(groups, _INDEX)]
    return Page(_INDEX, "directory.html", "Authors", meta, body)
