"""Papers of more than one day, or of one list, as one file, each paper once: `FORMATS`, a table.

A file is written paper by paper, so that it may be of any size: no more is held of it than a day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from generator.archive.queries import Archive
from generator.archive.selection import Selection, count_days, papers_at, sources_of
from generator.citation.bibtex import bibtex
from generator.citation.csl import csl
from generator.citation.ris import ris
from generator.exports.day_json import write_head, write_paper
from generator.exports.listing import as_known, place_in_lists
from generator.exports.markdown import blocks
from generator.model import Appearance, Paper, Record, Source


class Listed(NamedTuple):
    """A paper, and where the selection has it from."""

    paper: Paper
    appearance: Appearance


@dataclass(frozen=True, slots=True)
class Collection:
    """What a file is made of. `last` is the newest of its days, `several` says that there are others; `sources` are
    all that may have listed its papers; `abstracts` says whether citations have them.
    """

    archive: Archive
    chosen: Selection
    last: date
    several: bool
    sources: tuple[Source, ...]
    abstracts: bool

    def __iter__(self) -> Iterator[Listed]:
        """The papers by the day at which they stand, and then as the lists of that day have them."""
        for day in count_days(self.archive, self.chosen):
            found = (
                Listed(paper, self._listing(paper, day))
                for paper in papers_at(self.archive, self.chosen, day)
            )
            yield from sorted(found, key=lambda listed: place_in_lists(listed.appearance))

    def _listing(self, paper: Paper, day: date) -> Appearance:
        """The listing of a paper on a day that comes first there."""
        own = self.chosen.source
        listings = (a for a in paper.appearances if a.day == day and own in ("", a.source.slug))
        return min(listings, key=place_in_lists)

    @property
    def source(self) -> Source | None:
        """Who lists all of it, if there is but one."""
        return self.sources[0] if len(self.sources) == 1 else None

    def record(self, listed: Listed) -> Record:
        """A paper as it was listed, with what the archive knows better by now, and where the file does not say it,
        with its day and its source.
        """
        source = None if self.source else listed.appearance.source
        record = as_known(listed.appearance, listed.paper, source)
        return replace(record, day=listed.appearance.day) if self.several else record


def collect(archive: Archive, chosen: Selection, *, abstracts: bool = False) -> tuple[Collection, int]:
    """What a selection is of, and how many papers; there must be one."""
    days = count_days(archive, chosen)
    sources = tuple(sources_of(archive, chosen))
    own = Collection(archive, chosen, max(days), len(days) > 1, sources, abstracts)
    return own, sum(days.values())


def _entries(write: Callable[..., str], papers: Collection) -> Iterator[str]:
    """Citations with an empty line between them."""
    return _joined("\n", (write(listed.paper, abstract=papers.abstracts) for listed in papers))


def _csl(papers: Collection) -> Iterator[str]:
    items = (
        json.dumps(csl(listed.paper, abstract=papers.abstracts), ensure_ascii=False, separators=(",", ":"))
        for listed in papers
    )
    yield "[\n"
    yield from _joined(",\n", items)
    yield "\n]\n"


def _json(papers: Collection) -> Iterator[str]:
    yield write_head(papers.last, papers.sources, source=papers.source) + "\n"
    lines = (write_paper(papers.record(listed), listed.paper.key) for listed in papers)
    yield from _joined(",\n", lines)
    yield "\n]}\n"


def _markdown(papers: Collection) -> Iterator[str]:
    records = map(papers.record, papers)
    yield from _joined("\n\n", blocks(papers.last, records, source=papers.source))
    yield "\n"


def _joined(between: str, parts: Iterable[str]) -> Iterator[str]:
    first = True
    for part in parts:
        yield part if first else between + part
        first = False


class Format(NamedTuple):
    """A format: how the names of its files end, and what writes one, piece by piece."""

    ending: str
    write: Callable[[Collection], Iterator[str]]


#: The formats by the names that people give them.
FORMATS: Mapping[str, Format] = {
    "bib": Format(".bib", partial(_entries, bibtex)),
    "ris": Format(".ris", partial(_entries, ris)),
    "csl-json": Format(".csl.json", _csl),
    "json": Format(".json", _json),
    "markdown": Format(".md", _markdown),
}
