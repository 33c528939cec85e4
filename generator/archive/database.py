"""The tables of the archive, and opening them.

Days are ordinals (`date.toordinal`). A record's place in the archive is its digest and its place there. What a list
holds is in `member`: see `generator.archive.lists` for how a list gets its number. `output` is what the last build
left behind; a hash of None says that the file may be anything. `mark` of a paper is 1 if the editors pin it,
2 if they hide it. `opened` papers of a day appear on it first, and one of these, or the day, was listed `latest`; a
list's `latest` is the day of its newest paper.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Raised when the tables or what is in them look otherwise: an archive of another number is made anew.
VERSION = 6

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE digest(
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, day INTEGER NOT NULL, source TEXT NOT NULL,
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, hash BLOB NOT NULL,
    first INTEGER NOT NULL, records INTEGER NOT NULL, refused INTEGER NOT NULL, notes INTEGER NOT NULL,
    head BLOB NOT NULL);
CREATE INDEX digest_day ON digest(day, path);
CREATE TABLE record(
    id INTEGER PRIMARY KEY, digest INTEGER NOT NULL, place INTEGER NOT NULL, day INTEGER NOT NULL,
    source TEXT NOT NULL, clue TEXT NOT NULL, data BLOB NOT NULL,
    paper INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '');
CREATE INDEX record_digest ON record(digest, place);
CREATE INDEX record_paper ON record(paper);
CREATE INDEX record_day ON record(day);
CREATE INDEX record_merged ON record(digest) WHERE reason <> '';
CREATE TABLE tie(name INTEGER, record INTEGER, PRIMARY KEY(name, record)) WITHOUT ROWID;
CREATE TABLE spelling(
    slug TEXT, digest INTEGER, place INTEGER, name TEXT, url TEXT, PRIMARY KEY(slug, digest, place)) WITHOUT ROWID;
CREATE INDEX spelling_digest ON spelling(digest);
CREATE TABLE source(slug TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT) WITHOUT ROWID;
CREATE TABLE paper(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, day INTEGER NOT NULL, place TEXT NOT NULL,
    data BLOB NOT NULL, entry BLOB NOT NULL, mark INTEGER NOT NULL DEFAULT 0);
CREATE INDEX paper_mark ON paper(mark) WHERE mark <> 0;
CREATE TABLE edit(key TEXT PRIMARY KEY, line INTEGER NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE signature(spot INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE trait(feature INTEGER, spot INTEGER, weight INTEGER, PRIMARY KEY(feature, spot)) WITHOUT ROWID;
CREATE TABLE kin(spot INTEGER, place INTEGER, other INTEGER, PRIMARY KEY(spot, place)) WITHOUT ROWID;
CREATE INDEX kin_other ON kin(other);
CREATE TABLE words(paper INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE shard(id INTEGER PRIMARY KEY, heavy TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE dictionary(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE alias(key TEXT PRIMARY KEY, paper INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX alias_paper ON alias(paper);
CREATE TABLE member(list INTEGER, day INTEGER, paper INTEGER, PRIMARY KEY(list, day, paper)) WITHOUT ROWID;
CREATE TABLE list(
    folder TEXT, slug TEXT, id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, area TEXT NOT NULL,
    papers INTEGER NOT NULL, latest INTEGER NOT NULL, PRIMARY KEY(folder, slug)) WITHOUT ROWID;
CREATE TABLE day(
    day INTEGER PRIMARY KEY, papers INTEGER NOT NULL, opened INTEGER NOT NULL, latest INTEGER NOT NULL);
CREATE TABLE address(
    id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, clue TEXT NOT NULL, moved TEXT, retired INTEGER NOT NULL);
CREATE INDEX address_moved ON address(moved) WHERE moved IS NOT NULL;
CREATE TABLE claim(name INTEGER, address INTEGER, PRIMARY KEY(name, address)) WITHOUT ROWID;
CREATE TABLE output(
    address TEXT PRIMARY KEY, kind TEXT NOT NULL, source BLOB, made BLOB, said TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX output_kind ON output(kind, address);
CREATE INDEX output_doubtful ON output(address) WHERE made IS NULL;
CREATE INDEX output_said ON output(address) WHERE said <> '';
CREATE TABLE folder(path TEXT PRIMARY KEY, mtime INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE file(path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, hash BLOB) WITHOUT ROWID;
"""


def connect(file: Path | str) -> sqlite3.Connection:
    """Open the archive in `file` (":memory:" is one that is kept nowhere); one that cannot be used is made anew."""
    database = _open(file)
    try:
        known = database.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        known = -1
    if known == VERSION:
        return database
    database.close()
    if known:
        forget(Path(file))
    database = _open(file)
    # `executescript` ends a transaction: a build that is interrupted here leaves version 0, which is made anew.
    forget_tables = "".join(
        f"DROP TABLE IF EXISTS {name};"
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    )
    database.executescript(f"BEGIN; {forget_tables} {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    return database


def _open(file: Path | str) -> sqlite3.Connection:
    database = sqlite3.connect(file, isolation_level=None, timeout=60)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "cache_size = -32000",
        "temp_store = MEMORY",
    ):
        try:
            database.execute(f"PRAGMA {pragma}")
        except sqlite3.DatabaseError:
            break  # no database: `connect` sees to it
    return database


def forget(file: Path) -> None:
    """Delete an archive and what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def read_meta(database: sqlite3.Connection) -> dict[str, Any]:
    """What is noted about the archive as a whole."""
    return {name: json.loads(value) for name, value in database.execute("SELECT name, value FROM meta")}


def write_meta(database: sqlite3.Connection, values: Mapping[str, Any]) -> None:
    """Note something about the archive as a whole."""
    rows = [(name, json.dumps(value)) for name, value in values.items()]
    database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)
