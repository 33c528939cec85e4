"""Digests into the archive: which files changed since the last build, and what their records are.

A file whose size and time of change are as they were is not opened; if only the time differs, as it does in a fresh
clone, its content is compared. A time so young that a later change could have the same one is not trusted.
"""

from __future__ import annotations

import pickle
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from generator.archive.codec import pack
from generator.archive.ties import record_clue, record_names
from generator.errors import BroadsheetError, Problem
from generator.model import Digest, Source
from generator.output import content_hash
from generator.readers import files_of, name_of, read_file
from generator.readers.reader import Reader

#: Nanoseconds within which two changes of a file may bear one time, on the coarsest of file systems.
_GRAIN = 2_000_000_000


class Stamp(NamedTuple):
    """What is seen of a file without opening it, and the hash of its content."""

    size: int
    mtime: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one file: a digest with its records as rows, or problems.

    A row of a record is its day, the slug of its source, its clue, its bytes and its names (`generator.archive.ties`).
    """

    stamp: Stamp
    digest: Digest | None
    rows: tuple[tuple[int, str, str, bytes, tuple[int, ...]], ...] = ()
    spellings: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Difference:
    """What changed in the folder of the digests, by path: files that are new or read differently, files to forget, and
    files of which only the stamp is another.
    """

    changed: list[Path] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    restamped: dict[str, Stamp] = field(default_factory=dict)


def stamp(path: Path) -> Stamp:
    """The stamp of a file, which is read. A time that is too young to be trusted is 0, which no file has."""
    before = path.stat()
    data = path.read_bytes()
    trusted = before.st_mtime_ns < time.time_ns() - _GRAIN
    return Stamp(len(data), before.st_mtime_ns if trusted else 0, content_hash(data))


def difference(database: sqlite3.Connection, folder: Path, root: Path) -> Difference:
    """Compare the folder with what the archive has read."""
    known = {
        path: Stamp(size, mtime, bytes(hashed))
        for path, size, mtime, hashed in database.execute("SELECT path, size, mtime, hash FROM digest")
    }
    found = Difference()
    seen = set[str]()
    for path in files_of(folder):
        name = name_of(path, root)
        seen.add(name)
        before = known.get(name)
        if before is None:
            found.changed.append(path)
            continue
        try:
            now = path.stat()
            if now.st_size == before.size and now.st_mtime_ns == before.mtime:
                continue
            fresh = stamp(path)
        except OSError:
            found.changed.append(path)  # reading it says what is wrong
            continue
        if fresh.hash != before.hash:
            found.changed.append(path)
        elif fresh != before:
            found.restamped[name] = fresh
    found.gone = sorted(known.keys() - seen)
    return found


def read(path: Path, *, root: Path, sources: Mapping[str, Source], formats: Sequence[Reader] = ()) -> Reading:
    """Read one file into rows."""
    digest = read_file(path, root=root, sources=sources, formats=formats)
    try:
        seen = stamp(path)
    except OSError:
        seen = Stamp(0, 0, b"")
    return reading(digest, seen) if isinstance(digest, Digest) else Reading(seen, None, problems=digest)


def reading(digest: Digest, seen: Stamp) -> Reading:
    """A digest as rows."""
    rows = []
    for record in digest.records:
        mark = record_clue(record)
        source = record.source or digest.source
        day = (record.day or digest.day).toordinal()
        rows.append((day, source.slug, mark, pack(record), tuple(record_names(record, mark))))
    named = (digest.source, *(record.source for record in digest.records if record.source))
    return Reading(seen, replace(digest, records=()), tuple(rows), tuple(dict.fromkeys(named)))


class Intake:
    """Puts digests into the tables."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._digest = database.execute("SELECT coalesce(max(id), 0) + 1 FROM digest").fetchone()[0]
        self._record = database.execute("SELECT coalesce(max(first + records), 1) FROM digest").fetchone()[0]

    def add(self, reading: Reading) -> range:
        """Add a digest that the tables do not have; gives the numbers of its records."""
        digest, number = reading.digest, self._digest
        if digest is None:
            raise BroadsheetError(*reading.problems)
        self._digest += 1
        numbers = range(self._record, self._record + len(reading.rows))
        self._record = numbers.stop
        write = self._database.executemany
        write(
            "INSERT INTO digest VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    number, digest.path, digest.day.toordinal(), digest.source.slug, *reading.stamp, numbers.start,
                    len(numbers), len(digest.refusals), len(digest.notes), pickle.dumps(digest),
                )
            ],
        )  # fmt: skip
        rows = zip(numbers, reading.rows, strict=True)
        write(
            "INSERT INTO record(id, digest, place, day, source, clue, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(own, number, place, *row[:4]) for place, (own, row) in enumerate(rows, start=1)],
        )
        ties = ((name, own) for own, row in zip(numbers, reading.rows, strict=True) for name in row[4])
        write("INSERT INTO tie VALUES (?, ?)", ties)
        write(
            "INSERT INTO spelling VALUES (?, ?, ?, ?, ?)",
            [(s.slug, number, place, s.name, s.url) for place, s in enumerate(reading.spellings)],
        )
        return numbers

    def remove(self, path: str, names: Callable[[range], Iterable[tuple[int, Iterable[int]]]]) -> None:
        """Remove a digest; `names` gives the names of its records, by their numbers."""
        number, first, records = self._database.execute(
            "SELECT id, first, records FROM digest WHERE path = ?", (path,)
        ).fetchone()
        for record, own in names(range(first, first + records)):
            self._database.executemany(
                "DELETE FROM tie WHERE name = ? AND record = ?", [(n, record) for n in own]
            )
        self._database.execute("DELETE FROM record WHERE id >= ? AND id < ?", (first, first + records))
        self._database.execute("DELETE FROM spelling WHERE digest = ?", (number,))
        self._database.execute("DELETE FROM digest WHERE id = ?", (number,))

    def restamp(self, stamps: Mapping[str, Stamp]) -> None:
        """Note new stamps of files that hold what they held."""
        rows = [(s.size, s.mtime, path) for path, s in stamps.items()]
        self._database.executemany("UPDATE digest SET size = ?, mtime = ? WHERE path = ?", rows)

    def spell_sources(self) -> bool:
        """Spell every source as the oldest digest that names it does; says whether one that was known changed."""
        before = {slug: row for slug, *row in self._database.execute("SELECT slug, name, url FROM source")}
        now: dict[str, list[str | None]] = {}
        for slug, name, url in self._database.execute(
            "SELECT s.slug, s.name, s.url FROM spelling s JOIN digest d ON d.id = s.digest"
            " ORDER BY d.day, d.path, s.place"
        ):
            now.setdefault(slug, [name, url])
        self._database.execute("DELETE FROM source")
        rows: Sequence[tuple[str, str | None, str | None]] = [(slug, *row) for slug, row in now.items()]  # type: ignore[misc]
        self._database.executemany("INSERT INTO source VALUES (?, ?, ?)", rows)
        return any(slug in now and now[slug] != row for slug, row in before.items())
