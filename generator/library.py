"""Digests into a Library: one Paper per work, its appearances, and the account of what was merged and refused.

Of each field a paper has the best that its records give. Records rank by how well they know the work (an
identifier, then authors, then the newest), and a field is taken from the first record that has it; an abstract
that is much shorter than another's is a teaser, and gives way. Counts are those of the newest record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from generator.errors import Problem, shown
from generator.keys import Naming, name_works
from generator.model import Account, Appearance, Digest, Library, Link, Merge, Paper, Record, Source, Tag
from generator.permalinks import Permalinks
from generator.works import Work, arxiv_id, group, order

_T = TypeVar("_T")

#: An abstract of less than this part of the longest is a teaser.
_TEASER = 0.5
#: Links that an arXiv identifier gives by itself, <https://info.arxiv.org/help/arxiv_identifier_for_services.html>.
_ARXIV_LINKS = (("arXiv", "https://arxiv.org/abs/{}"), ("PDF", "https://arxiv.org/pdf/{}"))


def collect(
    digests: Iterable[Digest], *, unread: tuple[Problem, ...] = (), permalinks: Permalinks | None = None
) -> Library:
    """Merge digests into the archive.

    `unread` are the problems of files that could not be read; `permalinks` is the record of what has
    been published.
    """
    digests = _one_source_a_slug(sorted(digests, key=lambda digest: (digest.day, digest.path)))
    appearances = sorted(chain.from_iterable(map(_appearances, digests)), key=order)
    works = group(appearances)
    names = name_works(works, permalinks or Permalinks())
    papers = {name.key: _paper(work, name) for work, name in zip(works, names, strict=True)}
    return Library(
        papers=papers, accounts=_accounts(digests, works, [name.key for name in names]), unread=unread
    )


def _one_source_a_slug(digests: Sequence[Digest]) -> list[Digest]:
    """The same digests, with every source as the oldest that names it spells it; a note where another one differs.

    What the site's own ``sources.yml`` says, readers have put in already: there nothing differs.
    """
    known: dict[str, Source] = {}
    told: list[Digest] = []
    for digest in digests:
        notes = list(digest.notes)
        for source in dict.fromkeys((digest.source, *(r.source for r in digest.records if r.source))):
            if found := _difference(source, known.setdefault(source.slug, source)):
                remedy = f"give {source.slug} one name and url in sources.yml"
                notes.append(Problem(digest.path, "one name and address for a source", found, remedy))
        records = tuple(replace(r, source=known[r.source.slug]) if r.source else r for r in digest.records)
        told.append(replace(digest, source=known[digest.source.slug], records=records, notes=tuple(notes)))
    return told


def _difference(source: Source, first: Source) -> str:
    """What a digest says of a source that its first one does not; empty if nothing. Saying less is no difference."""
    if source.name != first.name:
        return f"{shown(source.name)}, which another digest calls {shown(first.name)}"
    if source.url and source.url != first.url:
        return f"{shown(source.url)}, where another digest has {shown(first.url) if first.url else 'none'}"
    return ""


def _appearances(digest: Digest) -> Iterable[Appearance]:
    for position, record in enumerate(digest.records, start=1):
        yield Appearance(
            day=digest.day,
            source=record.source or digest.source,
            digest=digest.path,
            position=position,
            record=record,
        )


def _accounts(digests: Sequence[Digest], works: Sequence[Work], keys: Sequence[str]) -> tuple[Account, ...]:
    merges: dict[str, list[Merge]] = {digest.path: [] for digest in digests}
    for work, key in zip(works, keys, strict=True):
        for appearance, reason in zip(work.appearances[1:], work.reasons[1:], strict=True):
            record = appearance.record
            merge = Merge(
                digest=appearance.digest, where=record.where, title=record.title, key=key, reason=reason
            )
            merges[appearance.digest].append(merge)
    return tuple(
        Account(
            digest=digest,
            accepted=len(digest.records) - len(merges[digest.path]),
            merges=tuple(merges[digest.path]),
        )
        for digest in digests
    )


def _paper(work: Work, name: Naming) -> Paper:
    newest = [appearance.record for appearance in reversed(work.appearances)]
    ranked = sorted(newest, key=_knowledge, reverse=True)
    known_id = _first(ranked, arxiv_id)
    return Paper(
        key=name.key,
        aliases=name.aliases,
        clues=name.clues,
        title=ranked[0].title,
        abstract=_abstract(ranked),
        authors=_first(ranked, lambda r: r.authors) or (),
        arxiv_id=known_id,
        doi=_first(ranked, lambda r: r.doi),
        published=_first(ranked, lambda r: r.published),
        revised=max((r.revised for r in work.records if r.revised), default=None),
        links=_links(known_id, ranked),
        keywords=_union(r.keywords for r in ranked),
        summary=_first(newest, lambda r: r.summary) or "",
        upvotes=_known(newest, lambda r: r.upvotes),
        comments=_known(newest, lambda r: r.comments),
        stars=_known(newest, lambda r: r.stars),
        submitted_by=_first(newest, lambda r: r.submitted_by),
        organization=_first(newest, lambda r: r.organization),
        appearances=tuple(work.appearances),
    )


def _knowledge(record: Record) -> tuple[bool, bool]:
    return bool(record.arxiv_id or record.doi), bool(record.authors)


def _first(records: Iterable[Record], field: Callable[[Record], _T]) -> _T | None:
    return next((value for record in records if (value := field(record))), None)


def _known(records: Iterable[Record], field: Callable[[Record], int | None]) -> int | None:
    return next((value for record in records if (value := field(record)) is not None), None)


def _abstract(ranked: Sequence[Record]) -> str:
    longest = max((record.abstract for record in ranked), key=len)
    return next(r.abstract for r in ranked if len(r.abstract) >= _TEASER * len(longest))


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


def with_tags(library: Library, tags: Callable[[Paper], tuple[Tag, ...]]) -> Library:
    """The same library, with `tags` asked for each paper."""
    papers = {key: replace(paper, tags=tags(paper)) for key, paper in library.papers.items()}
    return replace(library, papers=papers)
