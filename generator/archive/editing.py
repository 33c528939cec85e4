"""What the editors say, in the archive: kept beside it, so that a change is followed, and looked up there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from generator.archive.addresses import part
from generator.archive.codec import pack_edit, unpack_edit
from generator.archive.ties import number
from generator.edits import FILE, Edits, Entry, end_of
from generator.errors import Problem
from generator.keys import key_of


def read_edits(database: sqlite3.Connection) -> dict[str, Entry]:
    """What was taken in last, by the keys of papers, in the order of the file."""
    rows = database.execute("SELECT key, line, data FROM edit ORDER BY line")
    return {key: Entry(line, unpack_edit(data)) for key, line, data in rows}


def take_edits(database: sqlite3.Connection, edits: Edits) -> list[str]:
    """Take in what the editors say; gives the keys of which that is something else than before."""
    before = read_edits(database)
    changed = [
        key
        for key in dict.fromkeys([*before, *edits])
        if key not in before or key not in edits or before[key].edit != edits[key].edit
    ]
    if before != edits:
        database.execute("DELETE FROM edit")
        rows = [(key, entry.line, pack_edit(entry.edit)) for key, entry in edits.items()]
        database.executemany("INSERT INTO edit VALUES (?, ?, ?)", rows)
    return changed


def records_of(database: sqlite3.Connection, key: str) -> list[int]:
    """The records that a key may mean: of an identifier, of the paper that has the key, or has had it."""
    address = f"papers/{key}.html"
    address = end_of(address, part(database, [address]).moved)
    rows = database.execute(
        "SELECT record FROM tie WHERE name = ?1"
        " UNION SELECT r.id FROM record r JOIN paper p ON p.id = r.paper WHERE p.key IN (?2, ?3)"
        " UNION SELECT r.id FROM record r JOIN alias a ON a.paper = r.paper WHERE a.key IN (?2, ?3)",
        (number(f"k {key}"), key, key_of(address)),
    )
    return [record for (record,) in rows]


def dead_edits(database: sqlite3.Connection) -> Iterator[Problem]:
    """Entries that no paper has, and those of which another counts for the same paper."""
    counted: dict[int, str] = {}
    for key, entry in read_edits(database).items():
        where = f"{FILE}: line {entry.line}: {key}"
        papers = {
            paper
            for record in records_of(database, key)
            for (paper,) in database.execute("SELECT paper FROM record WHERE id = ?", (record,))
        }
        if not papers:
            yield Problem(where, "the key of a paper of this site", "none", "correct or remove the entry")
        for paper in sorted(papers):
            if paper in counted:
                found = f"{counted[paper]}, which is the same paper"
                yield Problem(where, "one entry for a paper", found, "make one of them")
            counted.setdefault(paper, key)
