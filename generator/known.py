"""Which records of a digest the archive knows already, before that digest is filed.

The last build's archive answers, without being changed; digests that were filed or changed since are read. Without one,
as in a fresh clone, all digests are read.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.archive.database import connect, read_meta
from generator.archive.derive import read_records, read_sources
from generator.archive.intake import difference
from generator.archive.ties import ask, record_clue, record_names
from generator.fingerprints import reading_print
from generator.model import Appearance, Digest, Record
from generator.readers import name_of, read_file
from generator.settings import Settings
from generator.works import group, order


def count_known(settings: Settings, digest: Digest) -> int:
    """How many records of a digest are of papers that the digests of the site list."""
    database = _archive(settings)
    try:
        index = _Index(settings, database)
        return sum(map(index.has, _appearances(digest)))
    finally:
        database.close()


def _archive(settings: Settings) -> sqlite3.Connection:
    """The archive of the last build; an empty one if there is none that this program has read."""
    file = settings.archive
    if file.is_file():
        database = connect(file)
        if read_meta(database).get("reading") == reading_print(settings):
            return database
        database.close()
    return connect(":memory:")


class _Index:
    """Appearances by their names: those of the archive, and those that it has not read as they are now."""

    def __init__(self, settings: Settings, database: sqlite3.Connection) -> None:
        found = difference(database, settings.digests, settings.root) if settings.digests.is_dir() else None
        changed: Sequence[Path] = found.changed if found else ()
        self._database, self._sources = database, read_sources(database)
        self._stale = {*(found.gone if found else ()), *(name_of(path, settings.root) for path in changed)}
        self._own: defaultdict[int, list[Appearance]] = defaultdict(list)
        for path in changed:
            digest = read_file(path, root=settings.root, sources=settings.sources, formats=settings.formats)
            if isinstance(digest, Digest):
                for appearance in _appearances(digest):
                    for name in _names(appearance.record):
                        self._own[name].append(appearance)

    def has(self, appearance: Appearance) -> bool:
        """Whether a record of the site is of the same work."""
        names = _names(appearance.record)
        others = {id(one): one for name in names for one in self._own.get(name, ())}
        numbers = {row[0] for row in ask(self._database, "SELECT record FROM tie WHERE name IN ({})", names)}
        listed = [one.appearance for one in read_records(self._database, numbers, self._sources)]
        listed = [one for one in listed if one.digest not in self._stale]
        works = group(sorted([*listed, *others.values(), appearance], key=order))
        return any(
            len(work.appearances) > 1 for work in works if any(a is appearance for a in work.appearances)
        )


def _appearances(digest: Digest) -> Iterator[Appearance]:
    for place, record in enumerate(digest.records, start=1):
        yield Appearance(
            day=record.day or digest.day,
            source=record.source or digest.source,
            digest=digest.path,
            position=place,
            record=record,
        )


def _names(record: Record) -> set[int]:
    return record_names(record, record_clue(record))
