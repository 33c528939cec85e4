"""The sources, and what each has listed."""

from __future__ import annotations

from generator.archive.queries import Archive
from generator.pages.layout import Layout, count
from generator.pages.lists import Lists, directory
from generator.pages.page import Page
from generator.text.blocks import paragraph, text


def _index(archive: Archive, layout: Layout) -> Page:
    lists = sorted(archive.lists("sources"), key=lambda head: (head.name.casefold(), head.slug))
    body = directory({"": lists}, "sources/index.md") if lists else [paragraph(text("No digests yet."))]
    meta = {"description": count(len(lists), "source"), "entries": len(lists)}
    return Page("sources/index.md", "directory.html", "Sources", meta, body)


#: The sources: titles alone, for one may have listed all that there is.
KIND = Lists("sources", _index, compact=True)
