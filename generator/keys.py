"""The permanent name of each work: its key, and the published keys that lead to it.

A key is the arXiv id, else the DOI, else ``<title-slug>-<6 hex>``. Keys that have been published are settled first, and
each belongs to one work for ever:

1. to the work whose identifier it is;
2. else to the work that is recognised by the clue in the record of addresses (`clue`);
3. else to the one work of that title that has no other published key: its text has been corrected.

A work that gains an identifier takes the identifier's key, and the published one becomes an alias. A work without an
identifier keeps its published key, whatever becomes of its title. A new work never gets a key that is published.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from generator.ids import arxiv_key, digest6, doi_key, normal_title, title_key
from generator.permalinks import PAPERS, Permalinks
from generator.text.names import family_name
from generator.works import Work, identifiers

#: So many letters of an abstract recognise it; later sentences are corrected more often than the first.
_CLUE_LETTERS = 200
#: An abstract of fewer letters ("No abstract available.") says something only together with title and author.
_TELLING_LETTERS = 60
_ENDING = ".html"
_TITLE_KEY = re.compile(r"(.+)-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Naming:
    """The key of a work, its aliases (other published keys that lead to it), and the clues that recognise it, the best
    first.
    """

    key: str
    aliases: tuple[str, ...]
    clues: tuple[str, ...]


@dataclass(slots=True)
class _Claim:
    """What a work can say for a key. `places` are the keys that it got, or would get, from where it is listed."""

    identifiers: tuple[str, ...]
    titles: tuple[str, ...]
    places: tuple[str, ...]
    clues: tuple[str, ...]
    stems: frozenset[str]
    owned: list[str] = field(default_factory=list)


def clue(title: str, abstract: str, authors: Sequence[str] = ()) -> str:
    """Eight hex digits by which a paper is recognised when its title or identifier is corrected: of its abstract, or of
    title, first author and all if the abstract says too little.
    """
    letters = normal_title(abstract[: 2 * _CLUE_LETTERS])[:_CLUE_LETTERS] if abstract else ""
    if len(letters) < _TELLING_LETTERS:
        letters = f"{normal_title(title)} {_first_family(authors)} {letters}"
    return hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def name_works(works: Sequence[Work], record: Permalinks) -> list[Naming]:
    """Give every work a key of its own, in the order of `works` (oldest first)."""
    published = {key_of(address): record.clues[address] for address in record.published("papers")}
    if len(works) == 1 and (known := _identified(works[0], published)):
        return [known]
    claims = [_claim(work) for work in works]
    _settle(claims, published, record)
    taken = {key for claim in claims for key in claim.owned} | published.keys()
    names = []
    for claim in claims:
        key = _key(claim, taken)
        taken.add(key)
        names.append(Naming(key, tuple(k for k in claim.owned if k != key), claim.clues))
    return names


def _identified(work: Work, published: Iterable[str]) -> Naming | None:
    """The name of a work that has one record and an identifier, and no published key but that: as almost all have."""
    if len(work.appearances) > 1:
        return None
    found, doi = identifiers(work.appearances[0].record)
    key = arxiv_key(found) if found else doi_key(doi) if doi else ""
    if not key or any(other != key for other in published):
        return None
    record = work.appearances[0].record
    return Naming(key, (), (clue(record.title, record.abstract, record.authors),))


def _claim(work: Work) -> _Claim:
    titles, places = [], []
    for appearance in work.appearances:
        record = appearance.record
        titles += [title_key(record.title, _first_family(record.authors)), title_key(record.title)]
        places += [
            title_key(record.title, record.abstract),
            title_key(record.title, f"{appearance.digest} {appearance.position}"),
        ]
    best = sorted(work.records, key=lambda r: len(r.abstract), reverse=True)
    return _Claim(
        identifiers=(*map(arxiv_key, work.arxiv_ids()), *map(doi_key, work.dois())),
        titles=tuple(dict.fromkeys(titles)),
        places=tuple(dict.fromkeys(places)),
        clues=tuple(dict.fromkeys(clue(r.title, r.abstract, r.authors) for r in best)),
        stems=frozenset(stem_of(key) for key in titles),
    )


def _first_family(authors: Sequence[str]) -> str:
    return normal_title(family_name(authors[0])) if authors else ""


def stem_of(key: str) -> str:
    """What of a key that was made of a title stands for its words; empty for a key that is an identifier's."""
    match = _TITLE_KEY.fullmatch(key)
    return match[1] if match else ""


def title_stem(title: str) -> str:
    """What the keys that a title can give have in common."""
    return stem_of(title_key(title))


def key_of(address: str) -> str:
    """The key in the address of a paper's page."""
    return address.removeprefix(PAPERS).removesuffix(_ENDING)


def _settle(claims: Sequence[_Claim], published: Mapping[str, str], record: Permalinks) -> None:
    """Give each published key to the work that it belongs to, if there is one: the strongest reasons first.

    A key that was moved to another one goes where that goes. One that was retired is given to the work that is
    recognised, for its page to say so, and to no other.
    """
    moved = {key_of(old): key_of(new) for old, new in record.moved.items() if old.startswith(PAPERS)}
    orphans = _by_identifier(claims, published)
    orphans = _by_clue(claims, [key for key in orphans if key not in moved], published)
    for key in orphans:
        if f"{PAPERS}{key}{_ENDING}" not in record.retired:
            _by_title(claims, [key, *(old for old, new in moved.items() if new == key)], key)


def _index(
    claims: Iterable[_Claim], names: Callable[[_Claim], Iterable[str]]
) -> defaultdict[str, list[_Claim]]:
    """The works by each of their names of a kind."""
    index: defaultdict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        for name in dict.fromkeys(names(claim)):
            index[name].append(claim)
    return index


def _by_identifier(claims: Sequence[_Claim], published: Mapping[str, str]) -> list[str]:
    """Settle keys that are identifiers; gives the others. Of two works (their DOIs spell alike) the clue decides."""
    owners = _index(claims, lambda claim: claim.identifiers)
    for key, mark in published.items():
        if found := owners.get(key):
            next((claim for claim in found if mark in claim.clues), found[0]).owned.append(key)
    return [key for key in published if key not in owners]


def _by_clue(claims: Sequence[_Claim], orphans: Iterable[str], published: Mapping[str, str]) -> list[str]:
    """Settle keys whose clue a work has, oldest first; gives the others.

    Works of one clue cannot be told apart by what is said here: one that has no key or identifier yet goes
    first, then one that has the key's title.
    """
    marks = _index(claims, lambda claim: claim.clues)
    rest = []
    for key in orphans:
        if found := marks.get(published[key]):
            min(found, key=lambda c: (bool(c.owned or c.identifiers), not _is_named(c, key))).owned.append(
                key
            )
        else:
            rest.append(key)
    return rest


def _is_named(claim: _Claim, key: str) -> bool:
    return key in claim.titles or key in claim.places or stem_of(key) in claim.stems


def _by_title(claims: Sequence[_Claim], former: Sequence[str], key: str) -> None:
    """Settle a key whose text is not recognised: the one work without a key that has its title, or its words."""
    fresh = [claim for claim in claims if not claim.owned]
    for found in (
        [claim for claim in fresh if not claim.identifiers and set(former).intersection(claim.titles)],
        [claim for claim in fresh if set(former).intersection(claim.titles)],
        [claim for claim in fresh if stem_of(key) in claim.stems],
    ):
        if len(found) == 1:
            found[0].owned.append(key)
            return


def _key(claim: _Claim, taken: set[str]) -> str:
    """The identifier's key; without an identifier the published key, else a new one of the title."""
    for key in claim.identifiers:
        if key in claim.owned or key not in taken:
            return key
    if claim.owned:
        return claim.owned[0]
    numbered = (f"{stem_of(claim.titles[0])}-{digest6(f'{claim.places} {number}')}" for number in count(2))
    return next(key for key in chain(claim.titles, claim.places, numbered) if key not in taken)
