"""The page of one paper. It depends on the paper and on older ones, so it stays as it is while the archive grows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from generator.archive.changes import Changes
from generator.archive.kinship import Kin
from generator.archive.queries import Archive
from generator.citation.bibtex import bibtex, is_plain
from generator.citation.reference import citation_key
from generator.keys import key_of
from generator.model import Appearance, Paper, Tag
from generator.pages.entries import teaser
from generator.pages.layout import ANNOUNCED_AS, Layout
from generator.pages.page import Page
from generator.text.blocks import Block, handwritten, heading, paragraph, text
from generator.text.prose import Prose

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("papers",)

#: Characters of a description, as chats show it below a title. Search engines take of the abstract what was asked for.
_DESCRIPTION = 120
_FORM = "papers/{}.html"
#: Characters of the title of a related paper, and what is told of what both are about.
_TITLE, _REASONS, _SHORT = 64, 2, 4
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
#: The front matter's name for the tags of each kind.
_KINDS = {"topics": "topic", "categories": "category", "labels": "label"}


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """A page for every paper, oldest first; those that are hidden, which keep their addresses, last."""
    for day in archive.days:
        yield from (_FORM.format(key) for key in archive.keys_first_listed(day))
    yield from map(_FORM.format, archive.hidden_keys())


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """Those of papers that changed, or are related to others now."""
    yield from map(_FORM.format, sorted(changes.keys() | changes.related))


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The page of one paper."""
    paper = archive.paper(key_of(address))
    return page(paper, archive.kin_of(paper)) if paper else None


def page(paper: Paper, related: Sequence[Kin] = ()) -> Page:
    """The page of `paper`: its metadata as front matter, with those `related` to it; its abstract as Markdown."""
    if paper.edit.hide:
        return _hidden(paper)
    title, summary = Prose(paper.title), Prose(paper.summary).as_plain
    words: dict[str, str] = {}
    meta = {
        "heading": title.as_html if title.has_formulas and title.as_plain.strip() else None,
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
        "related": [_related(paper, kin, words) for kin in related],
        **_citation(paper),
    }
    return Page(
        f"papers/{paper.key}.md", "paper.html", title.as_title, meta, [*paper.prose.as_blocks, *_note(paper)]
    )


def _citation(paper: Paper) -> dict[str, Any]:
    """How to cite it: the entry, or if a browser can make it of the rest, its key and the file of a day that has it."""
    if paper.appearances and is_plain(paper):
        return {"citation_key": citation_key(paper), "bib": f"digests/{paper.appearances[-1].day}.bib"}
    return {"bibtex": bibtex(paper)}


def _hidden(paper: Paper) -> Page:
    """The page of a paper that the editors hide: it keeps its address, and says no more than that."""
    message = paragraph(text("The editors of this site do not show this paper."))
    meta = {"key": paper.key, "retired": True}
    return Page(f"papers/{paper.key}.md", "retired.html", paper.plain_title, meta, [message])


def _note(paper: Paper) -> list[Block]:
    if not paper.edit.note:
        return []
    return [heading(2, text("Editors’ note"), "editors-note"), handwritten(paper.edit.note)]


def _related(paper: Paper, kin: Kin, words: dict[str, str]) -> dict[str, Any]:
    """A related paper, and what both are about: topics, or words as this paper spells them (`words`, gathered when they
    are first needed).
    """
    shared: dict[str, str] = {}
    for term in () if kin.topics else kin.words:
        if not words:
            words |= _words_of(paper)
        # Another form of a word is no further reason.
        if not any(term[:_SHORT] == other[:_SHORT] for other in shared) and (word := _spelled(term, words)):
            shared[term] = word
        if len(shared) == _REASONS:
            break
    return {
        "title": teaser(kin.title, _TITLE),
        "address": f"papers/{kin.key}.html",
        "topics": kin.topics[:_REASONS],
        "words": [*shared.values()],
    }


def _words_of(paper: Paper) -> dict[str, str]:
    """The words of a paper by their small letters, as they first stand."""
    words: dict[str, str] = {}
    for word in _WORD.findall(f"{paper.plain_title} {paper.prose.as_plain}"):
        words.setdefault(word.casefold(), word)
    return words


def _spelled(term: str, words: Mapping[str, str]) -> str:
    """A term of the search as a word of the paper; empty if none begins like it."""
    if exact := words.get(term):
        return exact
    stem = term[:-1] if len(term) > _SHORT else term
    return next((word for small, word in words.items() if small.replace("-", "").startswith(stem)), "")


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
