"""Values for tests, with as little said as the test is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.archive import addresses
from generator.archive.database import connect
from generator.archive.derive import Deriver, Tagger
from generator.archive.intake import Intake, Stamp, reading
from generator.archive.lists import AUTHORS, KEYWORDS, SOURCES, TAGS
from generator.archive.queries import Archive
from generator.archive.update import derive_all
from generator.errors import Problem
from generator.keys import name_works
from generator.library import merge
from generator.model import Account, Appearance, Digest, Paper, PartialDate, Record, Source
from generator.pages.entries import entry
from generator.permalinks import Permalinks
from generator.readers import files_of, read_file
from generator.related import signature
from generator.search.document import words_of
from generator.search.indexing import Index
from generator.works import group, order

DAILY = Source("huggingface-daily", "Hugging Face daily papers")


def record(title: str = "A Study of Things that Matter", **fields: Any) -> Record:
    """A record; days may be given as text."""
    for name in ("published", "revised"):
        if isinstance(fields.get(name), str):
            fields[name] = PartialDate(*map(int, fields[name].split("-")))
    return Record(title=title, where=fields.pop("where", "line 1"), **fields)


def digest(*records: Record, day: str = "2025-03-14", source: Source = DAILY, **fields: Any) -> Digest:
    """A digest of one day."""
    path = fields.pop("path", f"digests/{day}-{source.slug}.md")
    return Digest(
        path=path, format="markdown", day=date.fromisoformat(day), source=source, records=records, **fields
    )


@dataclass(frozen=True)
class Library:
    """What an archive holds: `papers` by key, oldest first, and the `accounts` of its digests, oldest first."""

    archive: Archive
    papers: dict[str, Paper]
    accounts: tuple[Account, ...]


def collect(
    digests: Iterable[Digest], *, permalinks: Permalinks | None = None, tag: Tagger = lambda _: ()
) -> Library:
    """An archive in memory."""
    database = connect(":memory:")
    addresses.replace_all(database, permalinks or Permalinks())
    intake = Intake(database)
    for one in digests:
        intake.add(reading(one, Stamp(0, 0, b"")))
    intake.spell_sources()
    earned = {TAGS: 1, KEYWORDS: 2, AUTHORS: 2, SOURCES: 0}
    deriver = Deriver(tag=tag, describe=entry, index=words_of, sign=signature, earned=earned, edits={})
    derive_all(database, None, deriver, map, lambda _: None)
    Index(database).make()
    archive = Archive(database)
    papers = archive.papers_between(0, archive.totals.papers)
    accounts = archive.accounts(date.min, date.max)
    return Library(archive, {paper.key: paper for paper in papers}, tuple(reversed(accounts)))


def merged(digests: Iterable[Digest], permalinks: Permalinks) -> dict[str, Paper]:
    """The papers of digests by key, by the pure functions alone."""
    listed = sorted((a for one in digests for a in _appearances(one)), key=order)
    works = group(listed)
    names = name_works(works, permalinks)
    return {name.key: merge(work.appearances, name) for work, name in zip(works, names, strict=True)}


def _appearances(one: Digest) -> Iterator[Appearance]:
    for position, own in enumerate(one.records, start=1):
        source = own.source or one.source
        yield Appearance(day=one.day, source=source, digest=one.path, position=position, record=own)


def library(*records: Record, tag: Tagger = lambda _: (), **fields: Any) -> Library:
    """The library of one digest."""
    return collect([digest(*records, **fields)], tag=tag)


def read_folder(
    folder: Path, root: Path, *, sources: Mapping[str, Source] | None = None
) -> tuple[tuple[Digest, ...], tuple[Problem, ...]]:
    """Every digest below a folder, by day and path, and the problems of files that cannot be read."""
    read = [read_file(path, root=root, sources=sources or {}) for path in files_of(folder)]
    digests = sorted((one for one in read if isinstance(one, Digest)), key=lambda one: (one.day, one.path))
    problems = (problem for one in read if not isinstance(one, Digest) for problem in one)
    return tuple(digests), tuple(sorted(problems, key=lambda problem: problem.where))
