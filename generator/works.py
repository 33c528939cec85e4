"""Which records are the same work, and why. Pure; knows nothing of pages or keys.

The rules, strongest first: the same arXiv identifier (any version), the same DOI, the same title with nothing
that speaks against it (`_agree`). Titles that many works share ("Preface") identify nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.ids import normal_title, parse_arxiv
from generator.model import Appearance, Record
from generator.text.names import family_name

#: Titles that name a kind of text, not a work, as `normal_title` spells them.
GENERIC_TITLES = frozenset(
    {
        "abstract", "acknowledgements", "announcement", "books", "comment", "commentary", "contents", "correction",
        "corrigendum", "discussion", "editorial", "editorsnote", "errata", "erratum", "foreword", "index",
        "introduction", "introductiontothespecialissue", "letter", "notes", "obituary", "overview", "preface",
        "proceedings", "rejoinder", "reply", "response", "retraction", "review", "summary", "untitled",
    }
)  # fmt: skip
#: A title of fewer letters says too little to merge by when authors are unknown.
_TELLING_LETTERS = 16
#: Abstracts that share this part of their words are versions of one text (Jaccard, on sets of words); those that share
#: less than the other are about something else, whoever wrote them.
_SAME_ABSTRACT, _OTHER_ABSTRACT = 0.5, 0.15
#: Years between a preprint and its publication, or two tellings of its date.
_YEARS = 2
#: Works of one title that are looked at; a title of more is no title ("Untitled talk").
_MOST = 50


@dataclass(slots=True)
class Work:
    """The records found to be one work, oldest first. `reasons` says of each but the first why it belongs.

    `people` and `texts` are what `_agree` asks of it: its authors, and the words of each of its abstracts.
    """

    appearances: list[Appearance] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    people: set[tuple[str, str]] = field(default_factory=set)
    texts: list[frozenset[str]] = field(default_factory=list)

    @property
    def records(self) -> Iterator[Record]:
        """Its records, oldest first."""
        return (appearance.record for appearance in self.appearances)

    def arxiv_ids(self) -> list[str]:
        """Its arXiv identifiers in order of appearance: at most one, but for a DOI that ties two together."""
        return list(dict.fromkeys(found for r in self.records if (found := arxiv_id(r))))

    def dois(self) -> list[str]:
        """Its DOIs in order of appearance, but for those that are arXiv identifiers in another form."""
        return list(dict.fromkeys(r.doi for r in self.records if r.doi and not parse_arxiv(r.doi)))

    def add(self, appearance: Appearance, reason: str) -> None:
        """Take a record in, for a reason."""
        self.appearances.append(appearance)
        self.reasons.append(reason)
        self.people |= _people(appearance.record.authors)
        if words := _words(appearance.record.abstract):
            self.texts.append(words)


def arxiv_id(record: Record) -> str | None:
    """The arXiv identifier of a record, if need be from the DOI that arXiv gives (10.48550/arxiv.…)."""
    found = parse_arxiv(record.doi) if record.doi and not record.arxiv_id else None
    return record.arxiv_id or (found.id if found else None)


def group(appearances: Iterable[Appearance]) -> list[Work]:
    """Group appearances, given oldest first, into works, ordered by their first appearance."""
    appearances = tuple(appearances)
    if len(appearances) == 1:  # as almost all are: nothing to compare
        return [Work([*appearances], [""])]
    index = _Index()
    for appearance in appearances:
        found, reason = index.find(appearance.record)
        work = found[0] if found else Work()
        for other in found[1:]:
            index.absorb(work, other, reason)
        work.add(appearance, reason)
        index.enter(work, appearance.record)
    return sorted(index.works, key=lambda work: order(work.appearances[0]))


class _Index:
    """The works so far, by their identifiers and titles."""

    def __init__(self) -> None:
        self._works: dict[int, Work] = {}
        self._by_id: dict[str, Work] = {}
        self._by_title: defaultdict[str, list[Work]] = defaultdict(list)

    @property
    def works(self) -> Iterable[Work]:
        """All works."""
        return self._works.values()

    def enter(self, work: Work, record: Record) -> None:
        """Note that a record belongs to a work."""
        self._works[id(work)] = work
        self._by_id.update((name, work) for name in _names(record))
        titled = self._by_title[normal_title(record.title)]
        if not any(work is other for other in titled):
            titled.append(work)

    def find(self, record: Record) -> tuple[list[Work], str]:
        """The works that a record belongs to (more than one if it ties them together), and why."""
        found: list[Work] = []
        reasons = []
        for name in _names(record):
            work = self._by_id.get(name)
            if work and not _is_collection(record, work):
                reasons.append(name)
                if not any(work is other for other in found):
                    found.append(work)
        reason = f"same {' and '.join(reasons)}" if reasons else ""
        title = normal_title(record.title)
        if title in GENERIC_TITLES:
            return found, reason
        for work in self._by_title.get(title, ())[:_MOST]:
            agreement = "" if any(work is other for other in found) else _agree(record, work)
            if agreement and (not found or agreement != NOTHING_AGAINST):
                return [*found, work], reason or agreement
        return found, reason

    def absorb(self, work: Work, other: Work, reason: str) -> None:
        """Move all of `other` into `work`: a record has shown that the two are one."""
        joined = [*zip(work.appearances, work.reasons, strict=True)]
        joined += zip(other.appearances, other.reasons, strict=True)
        joined.sort(key=lambda pair: order(pair[0]))
        work.appearances, work.reasons = [], []
        for place, (appearance, own) in enumerate(joined):
            work.add(appearance, (own or reason) if place else "")
            self.enter(work, appearance.record)
        del self._works[id(other)]
        for record in other.records:
            titled = self._by_title[normal_title(record.title)]
            titled[:] = [w for w in titled if w is not other]


def identifiers(record: Record) -> tuple[str | None, str | None]:
    """The arXiv identifier of a record and its DOI, which is left out if it is an arXiv identifier in another form."""
    if not record.doi:
        return record.arxiv_id, None
    return arxiv_id(record), None if parse_arxiv(record.doi) else record.doi


def _names(record: Record) -> list[str]:
    found, doi = identifiers(record)
    return [*([f"arXiv {found}"] if found else []), *([f"DOI {doi}"] if doi else [])]


def _is_collection(record: Record, work: Work) -> bool:
    """Whether a shared DOI names the book or proceedings that both are in: other papers by identifier and title."""
    own = arxiv_id(record)
    others = work.arxiv_ids()
    title = normal_title(record.title)
    return bool(own and others and own not in others) and all(
        normal_title(r.title) != title for r in work.records
    )


def order(appearance: Appearance) -> tuple[str, str, str, int]:
    """Where an appearance stands in the archive: by day, then source, file and place."""
    return appearance.day.isoformat(), appearance.source.slug, appearance.digest, appearance.position


#: The weakest reason: the same telling title, and nothing that speaks against it.
NOTHING_AGAINST = "same title, nothing against it"


def _agree(record: Record, work: Work) -> str:
    """Why a record of the same title is this work; empty if something speaks against it or nothing for it."""
    if arxiv_id(record) and work.arxiv_ids():
        return ""  # both have an identifier, and it is not the same one
    if record.doi and work.dois():
        return ""
    if not _same_years(record, work):
        return ""
    people, likeness = _people(record.authors), _likeness(_words(record.abstract), work.texts)
    if people and work.people:
        told_apart = not people & work.people or (likeness is not None and likeness < _OTHER_ABSTRACT)
        return "" if told_apart else "same title, shared authors"
    if likeness is not None:
        return "same title and abstract" if likeness >= _SAME_ABSTRACT else ""
    return NOTHING_AGAINST if len(normal_title(record.title)) >= _TELLING_LETTERS else ""


def _same_years(record: Record, work: Work) -> bool:
    """An unknown year speaks against nothing."""
    years = [other.published.year for other in work.records if other.published]
    return not years or not record.published or min(abs(record.published.year - y) for y in years) <= _YEARS


def _people(authors: Iterable[str]) -> set[tuple[str, str]]:
    """Authors as family name and first letter of the given name ("" if there is none), folded."""
    people = set()
    for author in authors:
        family = family_name(author)
        given = author.partition(",")[2].strip() or author.removesuffix(family).strip()
        people.add((normal_title(family), normal_title(given)[:1] if given else ""))
    return people


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


def _likeness(words: frozenset[str], texts: Iterable[frozenset[str]]) -> float | None:
    """How much of its words a text shares with the likest of others; None if there is nothing to compare."""
    ratios = [len(words & other) / len(words | other) for other in texts] if words else []
    return max(ratios, default=None)
