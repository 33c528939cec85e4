"""The sources, and what each has listed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Library, Source
from generator.pages.layout import Layout, count
from generator.pages.lists import Listing, PaperList, directory, list_pages
from generator.pages.page import Page
from generator.text.blocks import paragraph, text


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The index, then each source's pages; a paper stands where the source listed it first."""
    papers: dict[Source, list[Listing]] = {}
    for account in library.accounts:
        papers.setdefault(account.digest.source, [])
    for paper in library.papers.values():
        first = {appearance.source: appearance for appearance in reversed(paper.appearances)}
        for source, appearance in first.items():
            papers.setdefault(source, []).append((paper, appearance))
    lists = [
        PaperList("sources", source.slug, source.name, "Source", _sorted(listings), {"home_url": source.url})
        for source, listings in sorted(papers.items(), key=lambda item: item[0].name.casefold())
    ]
    body = directory({"": lists}, "sources/index.md") if lists else [paragraph(text("No digests yet."))]
    meta = {"description": count(len(lists), "source"), "entries": len(lists)}
    yield Page("sources/index.md", "directory.html", "Sources", meta, body)
    for listed in lists:
        yield from list_pages(listed, layout.page_size)


def _sorted(listings: list[Listing]) -> list[Listing]:
    return sorted(listings, key=lambda listing: (listing[1].day, listing[1].digest, listing[1].position))
