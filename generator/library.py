"""The records of one work into a Paper.

Of each field a paper has the best that its records give. Records rank by how well they know the work (an
identifier, then authors, then the newest), and a field is taken from the first record that has it; an abstract
that is much shorter than another's is a teaser, and gives way, as one that has lost its formulas does to one that has
them. Counts are those of the newest record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from generator.keys import Naming
from generator.model import Appearance, Link, Paper, Record, Tag
from generator.text.prose import Prose
from generator.works import arxiv_id

_T = TypeVar("_T")

#: The fields of which a paper remembers where they came from.
_FIELDS: tuple[tuple[str, Callable[[Paper | Record], object]], ...] = (
    ("title", lambda one: one.title),
    ("authors", lambda one: one.authors),
    ("abstract", lambda one: one.text if isinstance(one, Record) else one.abstract),
    ("arXiv id", lambda one: one.arxiv_id),
    ("DOI", lambda one: one.doi),
    ("date", lambda one: one.published),
    ("venue", lambda one: one.venue),
    ("comment", lambda one: one.comment),
    ("summary", lambda one: one.summary),
)

#: An abstract of less than this part of the longest is a teaser.
_TEASER = 0.5
#: Links that an arXiv identifier gives by itself, <https://info.arxiv.org/help/arxiv_identifier_for_services.html>.
_ARXIV_LINKS = (("arXiv", "https://arxiv.org/abs/{}"), ("PDF", "https://arxiv.org/pdf/{}"))


def merge(appearances: Sequence[Appearance], name: Naming, tags: tuple[Tag, ...] = ()) -> Paper:
    """The paper that these appearances, oldest first, are of."""
    newest = [appearance.record for appearance in reversed(appearances)]
    ranked = sorted(newest, key=_knowledge, reverse=True)
    known_id = _first(ranked, arxiv_id)
    abstract = _abstract(ranked)
    paper = Paper(
        key=name.key,
        aliases=name.aliases,
        clues=name.clues,
        title=ranked[0].title,
        abstract=abstract.text,
        authors=_first(ranked, lambda r: r.authors) or (),
        arxiv_id=known_id,
        doi=_first(ranked, lambda r: r.doi),
        published=_first(ranked, lambda r: r.published),
        revised=max((r.revised for r in newest if r.revised), default=None),
        venue=_first(ranked, lambda r: r.venue) or "",
        comment=_first(newest, lambda r: r.comment) or "",
        links=_links(known_id, ranked),
        keywords=_union(r.keywords for r in ranked),
        summary=_first(newest, lambda r: r.summary) or "",
        upvotes=_known(newest, lambda r: r.upvotes),
        comments=_known(newest, lambda r: r.comments),
        stars=_known(newest, lambda r: r.stars),
        submitted_by=_first(newest, lambda r: r.submitted_by),
        organization=_first(newest, lambda r: r.organization),
        appearances=tuple(appearances),
        tags=tags,
        restored=bool(abstract.restored),
    )
    return replace(paper, origins=_origins(paper, ranked)) if len(appearances) > 1 else paper


def _origins(paper: Paper, ranked: Sequence[Record]) -> tuple[tuple[str, ...], ...]:
    """Which of its fields a paper has from each appearance: the first by rank that says what the paper says."""
    found: dict[int, list[str]] = {}
    for field, read in _FIELDS:
        value = read(paper)
        if value and (source := next((r for r in ranked if read(r) == value), None)):
            found.setdefault(id(source), []).append(field)
    return tuple(tuple(found.get(id(a.record), ())) for a in paper.appearances)


def _knowledge(record: Record) -> tuple[bool, bool]:
    return bool(record.arxiv_id or record.doi), bool(record.authors)


def _first(records: Iterable[Record], field: Callable[[Record], _T]) -> _T | None:
    return next((value for record in records if (value := field(record))), None)


def _known(records: Iterable[Record], field: Callable[[Record], int | None]) -> int | None:
    return next((value for record in records if (value := field(record)) is not None), None)


def _abstract(ranked: Sequence[Record]) -> Record:
    """The record whose abstract the paper has: one with its formulas as its authors wrote them, if there is one."""
    if len(ranked) == 1:
        return ranked[0]
    longest = max(len(record.abstract) for record in ranked)
    whole = [record for record in ranked if len(record.abstract) >= _TEASER * longest]
    exact = [r for r in whole if not r.restored and Prose(r.abstract).has_formulas]
    return exact[0] if exact else whole[0]


def _union(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All values once, case aside, in order."""
    spellings: dict[str, str] = {}
    for value in chain.from_iterable(lists):
        spellings.setdefault(value.casefold(), value)
    return tuple(spellings.values())


def _links(arxiv_id: str | None, ranked: Sequence[Record]) -> tuple[Link, ...]:
    """Each address once; the identifier's own links stand first and replace others of their label."""
    given = [link for record in ranked for link in record.links]
    own = [Link(label, form.format(arxiv_id)) for label, form in _ARXIV_LINKS] if arxiv_id else []
    labels = {link.label for link in own}
    links: dict[str, Link] = {}
    for link in (*own, *(link for link in given if link.label not in labels)):
        links.setdefault(link.url.rstrip("/").casefold(), link)
    return tuple(links.values())
