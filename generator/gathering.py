"""Digests, the record of addresses, topics and the editors' word into the archive: as little anew as will do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from generator import permalinks, processes
from generator.archive import addresses
from generator.archive.changes import Changes
from generator.archive.codec import unpack
from generator.archive.database import read_meta, write_meta
from generator.archive.derive import Deriver
from generator.archive.editing import read_edits, take_edits
from generator.archive.intake import Intake, Reading, difference, read
from generator.archive.lists import AUTHORS, KEYWORDS, SOURCES, TAGS
from generator.archive.ties import record_names
from generator.archive.update import derive_all, update
from generator.edits import load_edits
from generator.enrich.topics import paper_tags
from generator.enrich.vocabulary import load_vocabulary
from generator.errors import DigestError, Problem
from generator.fingerprints import Fingerprints
from generator.output import content_hash
from generator.pages.entries import entry
from generator.permalinks import Permalinks
from generator.progress import Progress
from generator.related import signature
from generator.search.document import words_of
from generator.search.indexing import Index
from generator.settings import Settings

#: Of so many digests it is quicker to make everything anew than to follow what hangs together with them.
_MANY = 200
#: Files that a process reads at a time.
_PART = 4
#: What is noted of an archive whose pages are not all made.
UNFINISHED = "unfinished"


class Gathering:
    """Brings the archive in `database` (in `file`) up to date with the digests of a site."""

    def __init__(
        self, settings: Settings, database: sqlite3.Connection, file: Path, *, jobs: int, progress: Progress
    ) -> None:
        self._settings, self._database, self._file = settings, database, file
        self._jobs, self._progress = jobs, progress
        self._edits = load_edits(settings.edits)
        self._published = _contents(settings.permalinks)

    @cached_property
    def _deriver(self) -> Deriver:
        """What papers are made with. The vocabulary is loaded only where there are some to make."""
        settings = self._settings
        return Deriver(
            tag=partial(paper_tags, vocabulary=load_vocabulary(settings.vocabulary)),
            describe=entry,
            index=words_of,
            sign=signature,
            edits=self._edits,
            earned={TAGS: 1, KEYWORDS: settings.keyword_papers, AUTHORS: settings.author_papers, SOURCES: 0},
        )

    def record(self) -> Permalinks:
        """The record of published addresses. Raises ConfigError."""
        return permalinks.load(self._settings.permalinks)

    def update(self, prints: Fingerprints) -> Changes | None:
        """Take in what changed; gives what that changed in the archive, None if it may be anything.

        To be called within a transaction. Raises DigestError for files that cannot be read, ConfigError.
        """
        known = read_meta(self._database)
        hashed = content_hash(self._published).hex()
        derive = known.get("deriving") != prints.deriving or known.get("permalinks") != hashed
        settled = {"deriving": prints.deriving, "permalinks": hashed}
        found = difference(self._database, self._folder(), self._settings.root)
        Intake(self._database).restamp(found.restamped)
        said = take_edits(self._database, self._edits)
        if derive or len(found.changed) + len(found.gone) + len(said) > _MANY:
            self._all(found.changed, found.gone, settled, renamed=derive)
            return None
        readings = [*self._read(found.changed)]
        _refuse(readings)
        if not readings and not found.gone and not said:
            return Changes([], set())
        changes = update(self._database, readings, found.gone, self._deriver, said)
        if changes is None:
            self._all([], [], settled)
        elif changes:
            index = Index(self._database, self._file)
            changes.search = index.follow(changes, partial(processes.run, jobs=self._jobs))
        return changes

    def is_current(self, prints: Fingerprints) -> bool:
        """Whether the archive is what `update` would make of it: nothing has changed since. It is only read."""
        known = read_meta(self._database)
        settled = {
            "reading": prints.reading,
            "deriving": prints.deriving,
            "permalinks": content_hash(self._published).hex(),
        }
        if known.get(UNFINISHED) or any(known.get(name) != value for name, value in settled.items()):
            return False
        found = difference(self._database, self._folder(), self._settings.root)
        return not (found.changed or found.gone) and read_edits(self._database) == self._edits

    def take_all(self) -> list[Problem]:
        """Take in everything into an empty archive but what cannot be read: gives the problems of that."""
        intake, problems = Intake(self._database), list[Problem]()
        for reading in self._read(difference(self._database, self._folder(), self._settings.root).changed):
            problems += reading.problems
            if reading.digest:
                intake.add(reading)
        intake.spell_sources()
        take_edits(self._database, self._edits)
        self._derive(renamed=True)
        return problems

    def _all(
        self,
        changed: Sequence[Path],
        gone: Sequence[str],
        settled: Mapping[str, str],
        *,
        renamed: bool = False,
    ) -> None:
        """Take in what changed, and make all papers anew."""
        intake, database, problems = Intake(self._database), self._database, list[Problem]()
        for path in gone:
            intake.remove(path, self._names)
        for reading in self._read(changed):
            if reading.digest is None:
                problems += reading.problems
            elif not problems:
                if database.execute("SELECT 1 FROM digest WHERE path = ?", (reading.digest.path,)).fetchone():
                    intake.remove(reading.digest.path, self._names)
                intake.add(reading)
        if problems:
            raise DigestError(*problems)
        intake.spell_sources()
        # What is derived is committed in parts: until all of it is, nothing of it counts as settled.
        write_meta(database, {UNFINISHED: True, "deriving": ""})
        self._derive(renamed=renamed)
        write_meta(database, settled)

    def _derive(self, *, renamed: bool) -> None:
        if renamed:
            addresses.replace_all(self._database, self.record())
        total = self._database.execute("SELECT count(*) FROM record").fetchone()[0]
        self._progress.begin("merging records", total)
        run = partial(processes.run, jobs=self._jobs)
        # Loaded here, the vocabulary is there in every process.
        derive_all(self._database, self._file, self._deriver, run, self._progress.advance)
        self._progress.begin("indexing")
        Index(self._database, self._file).make(run)

    def _names(self, numbers: range) -> Iterator[tuple[int, set[int]]]:
        rows = self._database.execute(
            "SELECT id, clue, data FROM record WHERE id >= ? AND id < ?", (numbers.start, numbers.stop)
        )
        return ((number, record_names(unpack(data), mark)) for number, mark, data in rows.fetchall())

    def _folder(self) -> Path:
        """The folder of the digests. Raises DigestError if there is none."""
        settings = self._settings
        if not settings.digests.is_dir():
            where = settings.digests.relative_to(settings.root).as_posix()
            remedy = "make it, or correct extra.broadsheet.digests in mkdocs.yml"
            raise DigestError(Problem(f"{where}/", "the folder of the digests", "no such folder", remedy))
        return settings.digests

    def _read(self, paths: Sequence[Path]) -> Iterator[Reading]:
        """Read files, with several processes where there are many."""
        if paths:
            self._progress.begin("reading digests", len(paths))
        settings = self._settings
        one = partial(read, root=settings.root, sources=settings.sources, formats=settings.formats)

        def work(part: Sequence[Path]) -> list[Reading]:
            return [one(path) for path in part]

        parts = [paths[first : first + _PART] for first in range(0, len(paths), _PART)]
        for readings in processes.run(work, parts, self._jobs if len(parts) > self._jobs else 1):
            yield from readings
            self._progress.advance(len(readings))


def _contents(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _refuse(readings: Sequence[Reading]) -> None:
    """Raise DigestError for files that could not be read."""
    if problems := [problem for reading in readings for problem in reading.problems]:
        raise DigestError(*problems)
