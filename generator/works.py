"""Which records are the same work, and why. Pure; knows nothing of pages or keys.

The rules, strongest first: the same arXiv identifier (any version), the same DOI, the same title with nothing
that speaks against it (`_agree`). Titles that many works share ("Preface") identify nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.ids import normal_title
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
#: Abstracts that share this part of their words are versions of one text (Jaccard, on sets of words).
_SAME_ABSTRACT = 0.5


@dataclass(slots=True)
class Work:
    """The records found to be one work, oldest first. `reasons` says of each but the first why it belongs."""

    appearances: list[Appearance] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def records(self) -> Iterator[Record]:
        """Its records, oldest first."""
        return (appearance.record for appearance in self.appearances)

    def arxiv_ids(self) -> list[str]:
        """Its arXiv identifiers in order of appearance: at most one, but for a DOI that ties two together."""
        return list(dict.fromkeys(r.arxiv_id for r in self.records if r.arxiv_id))

    def dois(self) -> list[str]:
        """Its DOIs in order of appearance."""
        return list(dict.fromkeys(r.doi for r in self.records if r.doi))


def group(appearances: Iterable[Appearance]) -> list[Work]:
    """Group appearances, given oldest first, into works, ordered by their first appearance."""
    works: list[Work] = []
    by_id: dict[str, Work] = {}
    by_title: defaultdict[str, list[Work]] = defaultdict(list)
    for appearance in appearances:
        record = appearance.record
        found, reason = _find(record, by_id, by_title)
        work = found[0] if found else Work()
        if not found:
            works.append(work)
        for other in found[1:]:
            _absorb(work, other, reason, works, by_id, by_title)
        work.appearances.append(appearance)
        work.reasons.append(reason)
        by_id.update((name, work) for name in _names(record))
        titled = by_title[normal_title(record.title)]
        if not any(work is other for other in titled):
            titled.append(work)
    return sorted(works, key=lambda work: order(work.appearances[0]))


def _names(record: Record) -> list[str]:
    names = [f"arXiv {record.arxiv_id}"] if record.arxiv_id else []
    return [*names, f"DOI {record.doi}"] if record.doi else names


def _find(
    record: Record, by_id: dict[str, Work], by_title: defaultdict[str, list[Work]]
) -> tuple[list[Work], str]:
    """The works that a record belongs to (more than one if it ties them together), and why."""
    found: list[Work] = []
    shared = [name for name in _names(record) if name in by_id]
    for name in shared:
        if not any(by_id[name] is work for work in found):
            found.append(by_id[name])
    if found:
        return found, f"same {' and '.join(shared)}"
    title = normal_title(record.title)
    if title in GENERIC_TITLES:
        return [], ""
    for work in by_title.get(title, ()):
        if reason := _agree(record, work):
            return [work], reason
    return [], ""


def _absorb(
    work: Work,
    other: Work,
    reason: str,
    works: list[Work],
    by_id: dict[str, Work],
    by_title: defaultdict[str, list[Work]],
) -> None:
    """Move all of `other` into `work`: a record has shown that the two are one."""
    joined = [*zip(work.appearances, work.reasons, strict=True)]
    joined += [(a, r or reason) for a, r in zip(other.appearances, other.reasons, strict=True)]
    joined.sort(key=lambda pair: order(pair[0]))
    work.appearances = [appearance for appearance, _ in joined]
    work.reasons = ["", *(r or reason for _, r in joined[1:])]
    works[:] = [w for w in works if w is not other]
    for record in other.records:
        by_id.update((name, work) for name in _names(record))
        titled = by_title[normal_title(record.title)]
        titled[:] = [w for w in titled if w is not other and w is not work] + [work]


def order(appearance: Appearance) -> tuple[str, str, str, int]:
    """Where an appearance stands in the archive: by day, then source, file and place."""
    return appearance.day.isoformat(), appearance.source.slug, appearance.digest, appearance.position


def _agree(record: Record, work: Work) -> str:
    """Why a record of the same title is this work; empty if something speaks against it or nothing for it."""
    if record.arxiv_id and work.arxiv_ids():
        return ""  # both have an identifier, and it is not the same one
    if record.doi and work.dois():
        return ""
    ours, theirs = _families(record.authors), set[str]()
    for other in work.records:
        theirs |= _families(other.authors)
    if ours and theirs:
        return "same title, shared authors" if ours & theirs else ""
    ratios = [_likeness(record.abstract, other.abstract) for other in work.records if other.abstract]
    if record.abstract and ratios:
        return "same title and abstract" if max(ratios) >= _SAME_ABSTRACT else ""
    if len(normal_title(record.title)) < _TELLING_LETTERS or not _same_years(record, work):
        return ""
    return "same title, nothing against it"


def _same_years(record: Record, work: Work) -> bool:
    """Preprint and publication lie at most two years apart; an unknown year speaks against nothing."""
    years = [other.published.year for other in work.records if other.published]
    return not years or not record.published or min(abs(record.published.year - y) for y in years) <= 2


def _families(authors: Iterable[str]) -> set[str]:
    """Family names, folded."""
    return {normal_title(name) for name in map(family_name, authors) if name}


def _likeness(one: str, other: str) -> float:
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return len(first & second) / max(1, len(first | second))
