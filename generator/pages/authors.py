"""Authors with enough papers to earn a page. Names are as the digests spell them: nobody is guessed to be one."""

from __future__ import annotations

from itertools import groupby

from generator.archive.queries import Archive, ListHead
from generator.ids import slug
from generator.pages.layout import Layout, count
from generator.pages.lists import Lists, directory
from generator.pages.page import Page
from generator.text.blocks import join, link, paragraph, text
from generator.text.names import family_name

_FILE = "authors/index.md"


def _index(archive: Archive, layout: Layout) -> Page:
    families = {head.slug: slug(family_name(head.name)) for head in archive.lists("authors")}
    lists = sorted(archive.lists("authors"), key=lambda head: (families[head.slug], head.slug))
    groups: dict[str, list[ListHead]] = {}
    for letter, own in groupby(lists, key=lambda head: families[head.slug][:1].upper() or "#"):
        groups.setdefault(letter if letter.isalpha() else "0–9", []).extend(own)
    papers, authors = count(layout.author_papers, "paper"), count(archive.names_in("authors"), "author")
    some = f"Authors with {papers} or more, of {authors} in all. The"
    parts = (text(some), link("search", "search.md", _FILE), text("finds everyone."))
    meta = {"description": f"{count(len(lists), 'author')} with a page of their own", "entries": len(lists)}
    body = [paragraph(join(" ", parts)), *directory(groups, _FILE)]
    return Page(_FILE, "directory.html", "Authors", meta, body)


#: The authors.
KIND = Lists("authors", _index)
