"""The record of published addresses in the archive, so that a build need not look at all of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from generator.archive.ties import address_names, ask
from generator.permalinks import Permalinks


def replace_all(database: sqlite3.Connection, record: Permalinks) -> None:
    """Take over a whole record."""
    database.execute("DELETE FROM address")
    database.execute("DELETE FROM claim")
    places = {address: place for place, address in enumerate(record.clues, start=1)}
    database.executemany(
        "INSERT INTO address VALUES (?, ?, ?, ?, ?)",
        (
            (place, address, record.clues[address], record.moved.get(address), address in record.retired)
            for address, place in places.items()
        ),
    )
    claims = (
        (n, place) for address, place in places.items() for n in address_names(address, record.clues[address])
    )
    database.executemany("INSERT INTO claim VALUES (?, ?)", sorted(claims))


def take(database: sqlite3.Connection, added: Sequence[str]) -> None:
    """Take over lines that a build adds to the record."""
    for line in added:
        match line.split():
            case ["moved", old, new]:
                database.execute("UPDATE address SET moved = ?, retired = 0 WHERE address = ?", (new, old))
                database.execute(
                    "UPDATE address SET moved = NULL WHERE address = ? AND moved = ?", (new, old)
                )
            case [address, *rest]:
                _publish(database, address, rest[0] if rest else "")


def _publish(database: sqlite3.Connection, address: str, mark: str) -> None:
    row = database.execute("SELECT id, clue FROM address WHERE address = ?", (address,)).fetchone()
    if row is None:
        number = database.execute("SELECT coalesce(max(id), 0) + 1 FROM address").fetchone()[0]
        database.execute("INSERT INTO address VALUES (?, ?, ?, NULL, 0)", (number, address, mark))
    else:
        number = row[0]
        former = [(name, number) for name in address_names(address, row[1])]
        database.executemany("DELETE FROM claim WHERE name = ? AND address = ?", former)
        database.execute("UPDATE address SET clue = ? WHERE id = ?", (mark, number))
    names = [(name, number) for name in address_names(address, mark)]
    database.executemany("INSERT OR IGNORE INTO claim VALUES (?, ?)", names)


def part(database: sqlite3.Connection, addresses: Iterable[str]) -> Permalinks:
    """What the record says of some addresses, and of those that they lead to."""
    rows: dict[str, tuple[int, str, str | None, int]] = {}
    waiting = set(addresses)
    while waiting:
        found = {
            address: (number, mark, moved, retired)
            for number, address, mark, moved, retired in ask(
                database,
                "SELECT id, address, clue, moved, retired FROM address WHERE address IN ({})",
                waiting,
            )
        }
        rows |= found
        waiting = {row[2] for row in found.values() if row[2]} - rows.keys()
    ordered = sorted(rows, key=lambda address: rows[address][0])
    return Permalinks(
        {address: rows[address][1] for address in ordered},
        {address: moved for address in ordered if (moved := rows[address][2])},
        frozenset(address for address in ordered if rows[address][3]),
    )
