"""What a day lists, for the files that have it: each paper as good as the archive knows it by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from generator.archive.queries import Archive
from generator.model import Appearance, Digest, Link, Paper, Record, Source
from generator.readers.fields import huggingface_link, paper_links


@dataclass(frozen=True, slots=True)
class Listing:
    """The papers of a day in the order of its lists, and their keys. `source` lists them all, or records say who does.

    `title` and `introduction` are what the curators of the day's digests say before their papers.
    """

    day: date
    records: tuple[Record, ...]
    keys: tuple[str, ...]
    source: Source | None
    title: str
    introduction: str


def day_at(address: str, ending: str) -> date | None:
    """The day of the address of a file below ``digests/``; None if it has another ending."""
    name, dot, own = address.removeprefix("digests/").partition(".")
    return date.fromisoformat(name) if dot + own == ending else None


def papers_listed(archive: Archive, day: date) -> list[Paper]:
    """The papers of a day in the order of its lists, each once."""
    papers = {paper.key: paper for _, paper in _listings(archive, day)}
    return [*papers.values()]


def _listings(archive: Archive, day: date) -> list[tuple[Appearance, Paper]]:
    papers = archive.papers_of(day)
    listings = [(a, paper) for paper in papers for a in paper.appearances if a.day == day]
    return sorted(listings, key=lambda listing: place_in_lists(listing[0]))


def list_day(archive: Archive, day: date) -> Listing | None:
    """All papers listed on a day, by source; None if there are none."""
    listings = _listings(archive, day)
    if not listings:
        return None
    sources = list(dict.fromkeys(appearance.source for appearance, _ in listings))
    only = sources[0] if len(sources) == 1 else None
    records = tuple(
        as_known(appearance, paper, None if only else appearance.source) for appearance, paper in listings
    )
    title, introduction = _opening(archive.digests_of(day))
    return Listing(day, records, tuple(paper.key for _, paper in listings), only, title, introduction)


def _opening(digests: Sequence[Digest]) -> tuple[str, str]:
    """What the curators of a day's digests say before their papers: titles and introductions, in order, each once."""
    titles = dict.fromkeys(digest.title for digest in digests if digest.title)
    texts = dict.fromkeys(digest.introduction for digest in digests if digest.introduction)
    return "; ".join(titles), "\n\n".join(texts)


def place_in_lists(appearance: Appearance) -> tuple[str, str, str, int]:
    """What orders the listings of a day: its lists by name, and the places in them."""
    source = appearance.source
    return (source.name.casefold(), source.slug, appearance.digest, appearance.position)


def without_abstract(record: Record) -> Record:
    """A record for the file of a day: its abstract stands on the page of the paper, and would be most of the file."""
    return replace(record, abstract="", restored="")


class Told(NamedTuple):
    """The links of a record that an export tells: `others`, and the `page` at Hugging Face, if its address need not be
    said.
    """

    page: Link | None
    others: list[Link]


def links_to_tell(record: Record, *, abstract: str = "") -> Told | None:
    """The links that do not follow from identifiers and `abstract`; None if these would not give all links back."""
    read = partial(paper_links, arxiv_id=record.arxiv_id, doi=record.doi, abstract=abstract)
    follow = read(())
    given = [link for link in record.links if link not in follow]
    if read(given) != record.links:
        return None
    page = huggingface_link(record.arxiv_id) if record.arxiv_id else None
    others = [link for link in given if link != page]
    if page in given and read([page, *others]) == record.links:
        return Told(page, others)
    return Told(None, given)


def as_known(appearance: Appearance, paper: Paper, source: Source | None) -> Record:
    """What the digest listed, with what the archive knows better by now, and who lists it."""
    record = appearance.record
    version = record.arxiv_version if record.arxiv_id == paper.arxiv_id else None
    return replace(
        record,
        source=source,
        day=None,
        title=paper.title,
        abstract=paper.abstract,
        restored=paper.abstract if paper.restored else "",
        authors=paper.authors,
        arxiv_id=paper.arxiv_id,
        arxiv_version=version,
        doi=paper.doi,
        published=paper.published,
        revised=paper.revised,
        links=paper.links,
    )
