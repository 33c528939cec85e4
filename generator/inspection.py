"""What other hands did to ``docs/`` and the site since the last build, and which pages of ``docs/`` are a person's.

A folder whose time of change is as the last build left it holds the same names. (A file that somebody changed in place,
under its name, is not noticed there: ``broadsheet build --clean`` makes everything anew.) Any other folder is looked
through: files that are not what the build made are made again, files of nobody are removed from the site; and a file
in ``docs/`` that no build has marked is a person's, of which nothing is ever changed.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.archive.intake import Stamp, stamp
from generator.artifact import is_data
from generator.output import holds
from generator.outputs import Outputs, source_path
from generator.pages.page import MARKER

#: The coarsest that the clock of a file system with nanoseconds is in practice.
_TICK = 0.01
_DEEPEST = 40
#: Bytes of a file in which a sign of ours would stand.
_START = 512
#: What an interrupted build leaves of a file that it was writing.
_HALF = re.compile(r"\..*\.(?:md|js|xml|txt)\.new")


@dataclass(slots=True)
class Inspection:
    """What was found. `doubtful` are outputs to make again, with their kinds; `strange` files of the site and
    `leftover` ones of ``docs/`` are to be removed; `written` are the hand-written files by path, and `rewritten` says
    whether one of them changed, came or went.
    """

    doubtful: dict[str, str] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    leftover: list[str] = field(default_factory=list)
    written: dict[str, Stamp] = field(default_factory=dict)
    rewritten: bool = False


def inspect(outputs: Outputs) -> Inspection:
    """Look at what changed."""
    found = Inspection()
    database = outputs.database
    known = {
        path: Stamp(size, mtime, bytes(hashed))
        for path, size, mtime, hashed in database.execute("SELECT path, size, mtime, hash FROM file")
    }
    found.doubtful = outputs.doubtful()
    candidates = {path: outputs.docs / path for path in known}
    for folder in _changed(database, "docs", outputs.docs):
        _look_at_docs(outputs, folder, found, candidates)
    for path, file in sorted(candidates.items()):
        before = known.get(path)
        try:
            seen = file.stat()
            same = before is not None and (seen.st_size, seen.st_mtime_ns) == (before.size, before.mtime)
            found.written[path] = before if same and before else stamp(file)
        except OSError:
            continue
    found.rewritten = {p: s.hash for p, s in known.items()} != {p: s.hash for p, s in found.written.items()}
    for folder in _changed(database, "site", outputs.site):
        _look_at_site(outputs, folder, found)
    return found


def _changed(database: sqlite3.Connection, name: str, top: Path) -> Iterator[str]:
    """The folders below `top` that are not as the last build left them, "" for itself; new ones too."""
    known = {
        path.partition(":")[2]: mtime
        for path, mtime in database.execute(
            "SELECT path, mtime FROM folder WHERE path GLOB ?", (f"{name}:*",)
        )
    }
    waiting = [*known] or [""]
    seen = set(waiting)
    while waiting:
        folder = waiting.pop()
        try:
            if (top / folder).stat().st_mtime_ns == known.get(folder):
                continue
        except OSError:
            if folder in known:
                yield folder  # all that was in it is gone
            continue
        yield folder
        for entry in _scan(top / folder):
            inner = f"{folder}/{entry.name}".lstrip("/")
            if entry.is_dir() and inner not in seen and inner.count("/") < _DEEPEST and not _is_hidden(inner):
                seen.add(inner)
                waiting.append(inner)


def _is_hidden(path: str) -> bool:
    """Whether a file or folder at the top of a site, or anywhere in ``docs/``, is the user's own."""
    return path.startswith(".")


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _inside(outputs: Outputs, folder: str) -> Iterator[tuple[str, str, bytes | None, bytes | None]]:
    """The outputs in a folder of the site (not those in folders below it): address, kind, hashes."""
    low = f"{folder}/" if folder else ""
    high = f"{folder}0" if folder else "\U0010ffff"  # "0" follows "/"
    for row in outputs.database.execute(
        "SELECT address, kind, source, made FROM output WHERE address >= ? AND address < ?", (low, high)
    ):
        if "/" not in row[0][len(low) :]:
            yield row


def _look_at_docs(outputs: Outputs, folder: str, found: Inspection, written: dict[str, Path]) -> None:
    names = {entry.name for entry in _scan(outputs.docs / folder) if entry.is_file()}
    made = set()
    for address, kind, source, _ in _inside(outputs, folder):
        path = source_path(address, kind)
        if path is None:
            continue
        made.add(path)
        if source is None or not holds(outputs.docs / path, source):
            found.doubtful[address] = kind
    for name in sorted(names):
        path = f"{folder}/{name}".lstrip("/")
        if path in made:
            continue
        if _is_hidden(name):
            if _HALF.fullmatch(name) and is_marked(outputs.docs / path):
                found.leftover.append(path)
        elif is_marked(outputs.docs / path):
            found.leftover.append(path)
        else:
            written[path] = outputs.docs / path


def is_marked(file: Path) -> bool:
    """Whether a build made a file of ``docs/``: it says so in its first line or two."""
    try:
        with file.open("rb") as stream:
            start = stream.read(_START)
            return (
                MARKER.encode() in start[: len(MARKER) + 8]
                or f"<!-- {MARKER} -->".encode()
                in start.partition(b"\n")[0]  # XML must begin with its declaration
                or is_data(start)
                or (not start and _HALF.fullmatch(file.name) is not None)
            )
    except OSError:
        return False


def _look_at_site(outputs: Outputs, folder: str, found: Inspection) -> None:
    names = {entry.name for entry in _scan(outputs.site / folder) if not entry.is_dir()}
    made = set()
    for address, kind, _, hashed in _inside(outputs, folder):
        made.add(address.rpartition("/")[2])
        if hashed is None or not holds(outputs.site / address, hashed):
            found.doubtful[address] = kind
    for name in sorted(names - made):
        path = f"{folder}/{name}".lstrip("/")
        if not _is_hidden(path):
            found.strange.append(path)


def remember(outputs: Outputs, written: dict[str, Stamp], folders: Iterable[str] | None = None) -> None:
    """Note how the folders are now (those of some outputs' addresses, or all), and the hand-written files."""
    database = outputs.database
    database.execute("DELETE FROM file")
    database.executemany(
        "INSERT INTO file VALUES (?, ?, ?, ?)", ((path, *seen) for path, seen in written.items())
    )
    tops = {"docs": outputs.docs, "site": outputs.site}
    if folders is None:
        database.execute("DELETE FROM folder")
        known = {(name, inner) for name, top in tops.items() for inner in _folders(top)}
    else:
        ways = {
            "/".join(parts[:n]) for parts in (f.split("/") for f in folders) for n in range(len(parts) + 1)
        }
        known = {(name, folder) for name in tops for folder in ways}
    for name, folder in sorted(known):
        path = f"{name}:{folder}"
        try:
            mtime = (tops[name] / folder).stat().st_mtime_ns
        except OSError:
            database.execute("DELETE FROM folder WHERE path = ?", (path,))
        else:
            database.execute("INSERT OR REPLACE INTO folder VALUES (?, ?)", (path, mtime))
    time.sleep(_TICK)  # what others change from now on bears a later time


def _folders(top: Path) -> Iterator[str]:
    for root, folders, _ in os.walk(top, followlinks=True):
        inner = Path(root).relative_to(top).as_posix()
        if inner == "." or inner.count("/") < _DEEPEST:
            yield "" if inner == "." else inner
        folders[:] = [name for name in folders if not (inner == "." and _is_hidden(name))]
