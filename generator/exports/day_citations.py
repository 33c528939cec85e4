"""A day as citations, each paper once: BibTeX for LaTeX, RIS for reference managers.

CSL-JSON says no more than RIS: `generator.export` and, in the browser, ``search-export.js`` make it when it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.citation.bibtex import bibtex
from generator.citation.ris import ris
from generator.exports.listing import day_at, papers_listed
from generator.model import Paper
from generator.pages.layout import Layout

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("digests",)


def write_bibtex(papers: Iterable[Paper]) -> str:
    """A file of BibTeX."""
    return "\n".join(map(bibtex, papers))


def write_ris(papers: Iterable[Paper]) -> str:
    """A file of RIS."""
    return "\n".join(map(ris, papers))


_WRITERS: Mapping[str, Callable[[Iterable[Paper]], str]] = {
    ".bib": write_bibtex,
    ".ris": write_ris,
}


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """``digests/YYYY-MM-DD.bib`` and ``.ris`` for every day that lists a paper."""
    yield from (f"digests/{day}{end}" for day, papers in archive.days.items() if papers for end in _WRITERS)


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The days that changed."""
    yield from (f"digests/{day_of(day)}{end}" for day in sorted(changes.days) for end in _WRITERS)


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """The papers of a day in the format of the address."""
    for ending, write in _WRITERS.items():
        if day := day_at(address, ending):
            papers = papers_listed(archive, day)
            return Artifact(address, write(papers).encode()) if papers else None
    return None
