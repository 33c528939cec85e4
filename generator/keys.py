"""The permanent name of each work: its key, the other keys that lead to it, and the clue that recognises it.

A key is the arXiv id, else the DOI, else ``<title-slug>-<6 hex>``. A work that is known only by its title keeps
the key under which it was published even if the title is corrected; a work that gains an identifier takes the
identifier's key, and the old one becomes an alias.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.ids import arxiv_key, doi_key, normal_title, title_key
from generator.text.names import family_name
from generator.works import Work

#: So many letters of an abstract recognise it; later sentences are corrected more often than the first.
_CLUE_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Naming:
    """The key of a work and its aliases (other keys that belong to it and to no other work)."""

    key: str
    aliases: tuple[str, ...]


def clue(title: str, abstract: str) -> str:
    """Eight hex digits by which a paper is recognised when its title or identifier is corrected."""
    letters = normal_title(abstract)[:_CLUE_LETTERS] if abstract else normal_title(title)
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def name_works(works: Sequence[Work], published: Mapping[str, str]) -> list[Naming]:
    """Give every work a key of its own, in the order of `works` (oldest first).

    `published` maps the keys that papers have been published under to their clues.
    """
    candidates = [tuple(dict.fromkeys(_candidates(work))) for work in works]
    recognised = _recognised(works, candidates, published)
    taken: set[str] = set()
    keys: list[str] = []
    for work, names, old in zip(works, candidates, recognised, strict=True):
        key = _choose(work, names, old, published)
        keys.append(key if key not in taken else _apart(work, taken))
        taken.add(keys[-1])
    claims = Counter(name for names in candidates for name in names)
    return [
        Naming(key, tuple(n for n in dict.fromkeys((*names, *old)) if n not in taken and claims[n] <= 1))
        for key, names, old in zip(keys, candidates, recognised, strict=True)
    ]


def _candidates(work: Work) -> Iterator[str]:
    """Every key that the records of a work could give it, best first."""
    yield from map(arxiv_key, work.arxiv_ids())
    yield from map(doi_key, work.dois())
    for record in work.records:
        yield title_key(record.title, _first_family(record.authors))
        yield title_key(record.title)


def _first_family(authors: Sequence[str]) -> str:
    return normal_title(family_name(authors[0])) if authors else ""


def _recognised(
    works: Sequence[Work], candidates: Sequence[tuple[str, ...]], published: Mapping[str, str]
) -> list[list[str]]:
    """Published keys that no work can claim by its identifiers or titles, given to the work with their clue.

    Only a work that has not been published itself can be what such a key stood for.
    """
    claimed = {name for names in candidates for name in names}
    orphans: dict[str, list[str]] = {}
    for key, mark in published.items():
        if key not in claimed and mark:
            orphans.setdefault(mark, []).append(key)
    if not orphans:
        return [[] for _ in works]
    marks = [
        set[str]() if published.keys() & set(names) else {clue(r.title, r.abstract) for r in work.records}
        for work, names in zip(works, candidates, strict=True)
    ]
    shared = Counter(mark for own in marks for mark in own)
    return [[key for m in sorted(own) if shared[m] == 1 for key in orphans.get(m, ())] for own in marks]


def _choose(work: Work, names: tuple[str, ...], recognised: list[str], published: Mapping[str, str]) -> str:
    """The identifier's key; without an identifier the key that is published already, else the title's."""
    if work.arxiv_ids() or work.dois():
        return names[0]
    return next((name for name in (*names, *recognised) if name in published), names[0])


def _apart(work: Work, taken: set[str]) -> str:
    """A key for a work whose own is another's (the same title, nothing else known): its abstract tells it apart."""
    first = work.appearances[0]
    for discriminator in (first.record.abstract, f"{first.digest} {first.position}"):
        key = title_key(first.record.title, discriminator)
        if key not in taken:
            return key
    return title_key(first.record.title, f"{first.digest} {first.position} {len(taken)}")
