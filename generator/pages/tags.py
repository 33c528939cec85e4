"""The index of tags, and the papers of each.

Topics, categories and labels always have a page. Sources give thousands of keywords that occur once: a keyword
has a page from a few papers on; a paper's own page links all its keywords to the search, and so need not change.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.ids import file_name
from generator.model import Library, Paper, Tag
from generator.pages.layout import Layout, count
from generator.pages.lists import Listing, PaperList, directory, list_pages
from generator.pages.page import Page
from generator.text.blocks import paragraph, text

_NAMES = {"topic": "Topic", "label": "Label", "category": "Category", "keyword": "Keyword"}
_HEADINGS = {"label": "Labels", "category": "Categories", "keyword": "Keywords"}


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The index, then each tag's pages."""
    lists = tag_lists(library, layout)
    yield _index(lists)
    for _, listed in lists:
        yield from list_pages(listed, layout.page_size)


def tag_lists(library: Library, layout: Layout) -> list[tuple[Tag, PaperList]]:
    """Every tag that has a page, with its papers, by name."""
    papers: dict[str, list[Listing]] = {}
    tags: dict[str, Tag] = {}
    for paper in library.papers.values():
        for tag in (*paper.tags, *_keywords(paper)):
            if tags.setdefault(tag.slug, tag).kind == "keyword" != tag.kind:
                tags[tag.slug] = tag
            papers.setdefault(tag.slug, []).append((paper, paper.first))
    kept = [tag for slug, tag in tags.items() if _has_page(tag, len(papers[slug]), layout)]
    kept.sort(key=lambda tag: (tag.name.casefold(), tag.slug))
    return [
        (tag, PaperList("tags", tag.slug, tag.name, _NAMES[tag.kind], papers[tag.slug], _meta(tag)))
        for tag in kept
    ]


def _keywords(paper: Paper) -> Iterator[Tag]:
    """The keywords of a paper that are not its tags already, each once."""
    known = {tag.slug for tag in paper.tags}
    for name in paper.keywords:
        slug = file_name(name)
        if slug not in known:
            known.add(slug)
            yield Tag("keyword", name, slug)


def _has_page(tag: Tag, papers: int, layout: Layout) -> bool:
    published = f"tags/{tag.slug}.html" in layout.published
    return tag.kind != "keyword" or papers >= layout.keyword_papers or published


def _meta(tag: Tag) -> dict[str, str]:
    return {"area": tag.area}


def _index(lists: list[tuple[Tag, PaperList]]) -> Page:
    groups: dict[str, list[PaperList]] = {}
    for tag, listed in lists:
        groups.setdefault(tag.area or _HEADINGS.get(tag.kind, ""), []).append(listed)
    last = [*_HEADINGS.values()]
    order = sorted(groups, key=lambda name: (last.index(name) if name in last else -1, name))
    body = directory({name: groups[name] for name in order}, "tags/index.md")
    body = body or [paragraph(text("No tags yet."))]
    meta = {"description": f"{count(len(lists), 'tag')}, by area", "entries": len(lists)}
    return Page("tags/index.md", "directory.html", "Tags", meta, body)
