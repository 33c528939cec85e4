"""The page of one paper. It depends on the paper alone, so it stays as it is while the archive grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.citation import bibtex
from generator.keys import key_of
from generator.model import Appearance, Paper, Tag
from generator.pages.entries import teaser
from generator.pages.layout import ANNOUNCED_AS, Layout
from generator.pages.page import Page
from generator.text.blocks import Block, handwritten, heading, paragraph, text
from generator.text.prose import Prose

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("papers",)

#: Characters of a description, as search engines show it.
_DESCRIPTION = 160
_FORM = "papers/{}.html"
#: The front matter's name for the tags of each kind.
_KINDS = {"topics": "topic", "categories": "category", "labels": "label"}


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """A page for every paper, oldest first; those that are hidden, which keep their addresses, last."""
    for day in archive.days:
        yield from (_FORM.format(key) for key in archive.keys_first_listed(day))
    yield from map(_FORM.format, archive.hidden_keys())


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """Those of papers that changed."""
    yield from map(_FORM.format, sorted(changes.keys()))


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The page of one paper."""
    paper = archive.paper(key_of(address))
    return page(paper) if paper else None


def page(paper: Paper) -> Page:
    """The page of `paper`: its metadata as front matter, its abstract as Markdown."""
    if paper.edit.hide:
        return _hidden(paper)
    title, summary = Prose(paper.title), Prose(paper.summary).as_plain
    meta = {
        "heading": title.as_html if title.has_formulas else None,
        "description": teaser(summary or paper.prose.as_plain, _DESCRIPTION),
        "key": paper.key,
        "date": paper.first.day,
        "published": str(paper.published) if paper.published else None,
        "revised": str(paper.revised) if paper.revised else None,
        "authors": paper.authors,
        "tags": list(dict.fromkeys([*(tag.name for tag in paper.tags), *paper.keywords])),
        **{name: _tags(paper, kind) for name, kind in _KINDS.items()},
        "keywords": paper.keywords,
        "arxiv": paper.arxiv_id,
        "doi": paper.doi,
        "links": [{"label": item.label, "url": item.url} for item in paper.links],
        "summary": summary,
        "summary_edited": bool(paper.edit.summary) or None,
        "restored": paper.restored or None,
        "upvotes": paper.upvotes,
        "comments": paper.comments,
        "stars": paper.stars,
        "submitted_by": paper.submitted_by,
        "organization": paper.organization,
        "venue": Prose(paper.venue).as_plain,
        "comment": Prose(paper.comment).as_plain,
        "appearances": [
            _appearance(paper, appearance, gives)
            for appearance, gives in zip(paper.appearances, paper.origins or repeat(()), strict=False)
        ],
        "bibtex": bibtex(paper),
    }
    return Page(
        f"papers/{paper.key}.md", "paper.html", title.as_plain, meta, [*paper.prose.as_blocks, *_note(paper)]
    )


def _hidden(paper: Paper) -> Page:
    """The page of a paper that the editors hide: it keeps its address, and says no more than that."""
    message = paragraph(text("The editors of this site do not show this paper."))
    meta = {"key": paper.key, "retired": True}
    return Page(f"papers/{paper.key}.md", "retired.html", paper.plain_title, meta, [message])


def _note(paper: Paper) -> list[Block]:
    if not paper.edit.note:
        return []
    return [heading(2, text("Editors’ note"), "editors-note"), handwritten(paper.edit.note)]


def _tags(paper: Paper, kind: str) -> list[dict[str, str]]:
    return [_tag(tag) for tag in paper.tags if tag.kind == kind]


def _tag(tag: Tag) -> dict[str, str]:
    return {"name": tag.name, "address": f"tags/{tag.slug}.html"}


def _appearance(paper: Paper, appearance: Appearance, gives: Sequence[str]) -> dict[str, Any]:
    shown = {
        "day": appearance.day,
        "address": f"digests/{appearance.day}.html#{paper.key}",
        "source": appearance.source.name,
        "source_address": f"sources/{appearance.source.slug}.html",
        "position": appearance.position,
        "announced": ANNOUNCED_AS.get(appearance.record.announced),
        "gives": list(gives),
    }
    return {name: value for name, value in shown.items() if value}
