"""The index of tags, and the papers of each.

Topics, categories and labels always have a page. Sources give thousands of keywords that occur once: a keyword
has a page from a few papers on; a paper's own page links all its keywords to the search, and so need not change.
"""

from __future__ import annotations

from generator.archive.queries import Archive, ListHead
from generator.pages.layout import Layout, count
from generator.pages.lists import Lists, directory
from generator.pages.page import Page
from generator.text.blocks import paragraph, text

_HEADINGS = {"label": "Labels", "category": "Categories", "keyword": "Keywords"}


def _index(archive: Archive, layout: Layout) -> Page:
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


#: The tags.
KIND = Lists("tags", _index)
