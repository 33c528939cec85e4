"""What hangs together: records, and published addresses of papers, that share a name of any kind.

Whether two records are one work, and which key a work gets, depends on other records and addresses only through
these names (`generator.works`, `generator.keys`):

- identifiers, as the keys that they give;
- the letters of the title, unless it is one that many works have;
- the words of the title as a key spells them: works of one stem could get the same key;
- the clue that recognises a text.

So records and addresses that are tied to each other, directly or by others, are decided together and apart from all
else, and a build decides only those that are tied to what has changed. A name is kept as 64 bits of its hash; two that
fall together are decided together, which costs time and changes nothing.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from generator.archive.codec import unpack
from generator.ids import arxiv_key, doi_key, normal_title
from generator.keys import clue, key_of, stem_of, title_stem
from generator.model import Record
from generator.permalinks import PAPERS
from generator.works import GENERIC_TITLES, identifiers

#: SQLite takes so many values in one question everywhere.
_MOST_VALUES = 500


class Component(NamedTuple):
    """Records and published addresses, by their numbers, that are decided together."""

    records: list[int]
    addresses: list[int]


def number(text: str) -> int:
    """64 bits for a name."""
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True
    )


def record_names(record: Record, mark: str) -> set[int]:
    """The names of a record whose clue is `mark`."""
    arxiv_id, doi = identifiers(record)
    names = {f"s {title_stem(record.title)}", f"c {mark}"}
    if arxiv_id:
        names.add(f"k {arxiv_key(arxiv_id)}")
    if doi:
        names.add(f"k {doi_key(doi)}")
    title = normal_title(record.title)
    if title not in GENERIC_TITLES:
        names.add(f"t {title}")
    return set(map(number, names))


def address_names(address: str, mark: str) -> set[int]:
    """The names of the published address of a paper; none for other addresses."""
    if not address.startswith(PAPERS):
        return set()
    key = key_of(address)
    names = {f"k {key}"}
    if stem := stem_of(key):
        names.add(f"s {stem}")
    if mark:
        names.add(f"c {mark}")
    return set(map(number, names))


def record_clue(record: Record) -> str:
    """The clue of a record."""
    return clue(record.title, record.abstract, record.authors)


def components(database: sqlite3.Connection) -> Iterator[Component]:
    """All that hangs together, in the order of the oldest record. Addresses with no record are no component."""
    most = database.execute("SELECT coalesce(max(id), 0) FROM record").fetchone()[0]
    last = database.execute("SELECT coalesce(max(id), 0) FROM address").fetchone()[0]
    parents = array("q", range(most + last + 2))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    def tie(one: int, other: int) -> None:
        a, b = root(one), root(other)
        parents[max(a, b)] = min(a, b)

    before: tuple[int, int] | None = None
    for name, node in database.execute(
        "SELECT name, record FROM tie UNION ALL SELECT name, ? + address FROM claim ORDER BY 1", (most,)
    ):
        if before is not None and before[0] == name:
            tie(before[1], node)
        before = (name, node)
    for old, new in database.execute(
        "SELECT one.id, other.id FROM address one JOIN address other ON other.address = one.moved"
        " WHERE one.moved IS NOT NULL"
    ):
        tie(most + old, most + new)
    records: defaultdict[int, list[int]] = defaultdict(list)
    addresses: defaultdict[int, list[int]] = defaultdict(list)
    for (record,) in database.execute("SELECT id FROM record ORDER BY id"):
        records[root(record)].append(record)
    for (address,) in database.execute("SELECT DISTINCT address FROM claim ORDER BY address"):
        addresses[root(most + address)].append(address)
    for node, own in records.items():
        yield Component(own, addresses.get(node, []))


def closure(database: sqlite3.Connection, records: Iterable[int], names: Iterable[int]) -> Component:
    """All that hangs together with some records, and with records of these names that are gone."""
    found, places = set(records), set[int]()
    asked = set[int]()
    waiting = set(names)
    fresh_records, fresh_places = set(found), set[int]()
    while True:
        for mark, data in ask(database, "SELECT clue, data FROM record WHERE id IN ({})", fresh_records):
            waiting |= record_names(unpack(data), mark)
        moved: set[str] = set()
        for address, mark, target in ask(
            database, "SELECT address, clue, moved FROM address WHERE id IN ({})", fresh_places
        ):
            waiting |= address_names(address, mark)
            moved.update((address, target) if target else (address,))
        waiting -= asked
        asked |= waiting
        fresh_records = {
            row[0] for row in ask(database, "SELECT record FROM tie WHERE name IN ({})", waiting)
        }
        fresh_places = {
            row[0] for row in ask(database, "SELECT address FROM claim WHERE name IN ({})", waiting)
        }
        for question in (
            "SELECT id FROM address WHERE address IN ({})",
            "SELECT id FROM address WHERE moved IN ({})",
        ):
            fresh_places |= {row[0] for row in ask(database, question, moved)}
        fresh_records -= found
        fresh_places -= places
        waiting = set()
        if not fresh_records and not fresh_places:
            return Component(sorted(found), sorted(places))
        found |= fresh_records
        places |= fresh_places


def ask(
    database: sqlite3.Connection, question: str, values: Iterable[int | str]
) -> Iterator[tuple[Any, ...]]:
    """The answers to a question about any number of values, which stand for its ``{}``."""
    ordered = [*values]
    for first in range(0, len(ordered), _MOST_VALUES):
        part = ordered[first : first + _MOST_VALUES]
        yield from database.execute(question.format(",".join("?" * len(part))), part)
