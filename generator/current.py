"""The archive as the digests are now, for who only reads: nothing of the site is changed.

That of the last build, if nothing has changed since. Otherwise a copy of it, in a folder of its own, follows what
changed, as the next build will; without one, as in a fresh clone, everything is read.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator import fingerprints
from generator.archive.database import connect, read_meta, transaction, write_meta
from generator.archive.queries import Archive
from generator.errors import BuildError, Problem
from generator.fingerprints import Fingerprints
from generator.gathering import UNFINISHED, Gathering
from generator.progress import Progress, Silence
from generator.settings import Settings


@contextmanager
def current_archive(
    settings: Settings, *, jobs: int = 1, progress: Progress | None = None
) -> Iterator[Archive]:
    """The archive, in one state for as long as it is open.

    Raises DigestError for files that cannot be read, ConfigError.
    """
    told = progress or Silence()
    prints = fingerprints.take(settings)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        last = _last(settings.archive, prints)
        if last is not None:
            opened.callback(last.close)
            if Gathering(settings, last, settings.archive, jobs=jobs, progress=told).is_current(prints):
                yield Archive(last)
                return
        file = Path(folder) / "archive.sqlite"
        database = connect(file)
        opened.callback(database.close)
        if last is not None:
            last.backup(database)
        gathering = Gathering(settings, database, file, jobs=jobs, progress=told)
        try:
            with transaction(database):
                write_meta(database, {"reading": prints.reading})
                gathering.update(prints)
        finally:
            told.end()
        yield Archive(database)


@contextmanager
def built_archive(settings: Settings) -> Iterator[Archive]:
    """The archive of what is on the site, in one state for as long as it is open.

    Raises BuildError if nothing was built, or if a build would make another site by now; ConfigError.
    """
    where, remedy = f"{settings.site.name}/", 'run "broadsheet build" first'
    if not settings.archive.is_file():
        raise BuildError(Problem(where, "a built site", "nothing", remedy))
    prints = fingerprints.take(settings)
    last = _last(settings.archive, prints)
    try:
        if last is None or not Gathering(
            settings, last, settings.archive, jobs=1, progress=Silence()
        ).is_current(prints):
            expected = "a site built of the digests and settings as they are now"
            raise BuildError(Problem(where, expected, "an older one", remedy))
        yield Archive(last)
    finally:
        if last is not None:
            last.close()


def _last(file: Path, prints: Fingerprints) -> sqlite3.Connection | None:
    """The archive of the last build, in a state that a build cannot change meanwhile; None if it cannot be used."""
    if not file.is_file():
        return None
    database = None
    try:
        database = connect(file)
        database.execute("BEGIN")
        known = read_meta(database)
    except sqlite3.Error:  # a folder that may not be written, a file that is no archive
        known = {}
    if database and known.get("reading") == prints.reading and not known.get(UNFINISHED):
        return database
    if database:
        database.close()
    return None
