"""Records that hang together into papers, and the papers into their tables.

`decide` is the pure part: the records and published addresses of components in, what becomes of each record out. In a
build of everything it is done in several processes; in one that only follows a change, for what the change touches.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.archive.codec import pack_names, unpack, unpack_names
from generator.archive.kinship import spot_of
from generator.archive.lists import Place, day_of, places
from generator.archive.ties import ask
from generator.edits import Edits, apply, edited
from generator.keys import Naming, name_works
from generator.library import merge
from generator.model import Appearance, Paper, Source, Tag
from generator.permalinks import Permalinks
from generator.works import group, order

#: What of a paper is kept beside its records: its tags.
Tagger = Callable[[Paper], tuple[Tag, ...]]
#: What lists show of a paper, and what the search knows of it, as bytes.
Describer = Callable[[Paper], bytes]


#: Marks of papers, of what the editors say.
PINNED, HIDDEN = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Deriver:
    """How records become papers: what the editors say of them, their tags, what lists show of them, what the search
    knows of them, what they are about, and from how many papers on a list has pages.
    """

    tag: Tagger
    describe: Describer
    index: Describer
    sign: Callable[[Paper, bytes], bytes]
    earned: Mapping[int, int]
    edits: Edits


class Listed(NamedTuple):
    """A record with its number."""

    id: int
    appearance: Appearance


@dataclass(frozen=True, slots=True)
class Decided:
    """A paper, as it goes into the tables. `records` are the numbers of its records, each with the reason why."""

    key: str
    day: int
    place: str
    spot: int
    data: bytes
    entry: bytes
    words: bytes
    signature: bytes
    aliases: tuple[str, ...]
    mark: int
    records: tuple[tuple[int, str], ...]
    places: tuple[Place, ...]


def read_sources(database: sqlite3.Connection) -> dict[str, Source]:
    """The sources by their slugs, as the archive spells them."""
    return {slug: Source(slug, name, url) for slug, name, url in database.execute("SELECT * FROM source")}


def read_records(
    database: sqlite3.Connection, numbers: Iterable[int], sources: dict[str, Source]
) -> Iterator[Listed]:
    """Records with where they stand, in no order."""
    question = (
        "SELECT r.id, r.day, d.source, d.path, r.place, r.data FROM record r JOIN digest d ON d.id = r.digest"
        " WHERE r.id IN ({})"
    )
    for number, day, source, path, place, data in ask(database, question, numbers):
        yield Listed(number, appearance(day, source, path, place, data, sources))


def in_order(records: Iterable[Listed]) -> list[Listed]:
    """Records in the order of the archive."""
    return sorted(records, key=lambda listed: order(listed.appearance))


def appearance(
    day: int, source: str, path: str, place: int, data: bytes, sources: dict[str, Source]
) -> Appearance:
    """An appearance from its row."""
    record = unpack(data)
    own = sources[record.source.slug] if record.source else sources[source]
    return Appearance(day=day_of(day), source=own, digest=path, position=place, record=record)


def read_permalinks(database: sqlite3.Connection, addresses: Sequence[int]) -> Permalinks:
    """What the record of addresses says of some of them."""
    if not addresses:
        return Permalinks()
    rows = sorted(
        ask(database, "SELECT id, address, clue, moved, retired FROM address WHERE id IN ({})", addresses)
    )
    return Permalinks(
        {address: mark for _, address, mark, _, _ in rows},
        {address: moved for _, address, _, moved, _ in rows if moved},
        frozenset(address for _, address, _, _, retired in rows if retired),
    )


def decide(records: Sequence[Listed], permalinks: Permalinks, deriver: Deriver) -> Iterator[Decided]:
    """The papers that records and published addresses make which hang together."""
    if not records:
        return
    numbers = {id(listed.appearance): listed.id for listed in records}
    works = group(listed.appearance for listed in records)
    for work, name in zip(works, name_works(works, permalinks), strict=True):
        paper = edited(merge(work.appearances, name), deriver.edits, permalinks.moved)
        paper = replace(paper, tags=deriver.tag(paper))
        words = deriver.index(paper)
        yield Decided(
            key=paper.key,
            day=paper.first.day.toordinal(),
            place=place_of(paper.first),
            spot=spot_of(paper),
            data=pack_names(paper),
            entry=deriver.describe(paper),
            words=words,
            signature=deriver.sign(paper, words),
            aliases=paper.aliases,
            mark=HIDDEN if paper.edit.hide else PINNED if paper.edit.pin else 0,
            records=tuple(
                (numbers[id(a)], reason) for a, reason in zip(work.appearances, work.reasons, strict=True)
            ),
            places=tuple(places(paper)),
        )


def place_of(listing: Appearance) -> str:
    """What orders papers of one day."""
    return f"{listing.source.slug}\0{listing.digest}\0{listing.position:07}"


def stand_of(paper: Paper) -> tuple[int, str]:
    """Where a paper stands in lists: its day, and its place there."""
    return paper.first.day.toordinal(), place_of(paper.first)


class Writer:
    """Puts papers into the tables."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._next = database.execute("SELECT coalesce(max(id), 0) + 1 FROM paper").fetchone()[0]

    def add(self, decided: Iterable[Decided]) -> None:
        """Add papers that the tables do not have."""
        papers: list[tuple[object, ...]] = []
        words: list[tuple[object, ...]] = []
        signatures: list[tuple[int, bytes]] = []
        aliases: list[tuple[object, ...]] = []
        records: list[tuple[object, ...]] = []
        members: list[tuple[int, int, int]] = []
        for paper in decided:
            number = self._next
            self._next += 1
            papers.append((number, paper.key, paper.day, paper.place, paper.data, paper.entry, paper.mark))
            words.append((number, paper.words))
            if paper.signature:
                signatures.append((paper.spot, paper.signature))
            aliases += ((alias, number) for alias in paper.aliases)
            records += ((number, reason, record) for record, reason in paper.records)
            members += ((place.number, place.day, number) for place in paper.places)
        write = self._database.executemany
        write("INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?)", papers)
        write("INSERT INTO words VALUES (?, ?)", words)
        write("INSERT OR REPLACE INTO signature VALUES (?, ?)", signatures)
        write("INSERT INTO alias VALUES (?, ?)", aliases)
        write("UPDATE record SET paper = ?, reason = ? WHERE id = ?", records)
        write("INSERT OR IGNORE INTO member VALUES (?, ?, ?)", sorted(members))

    def keep(self, paper: Decided, number: int) -> None:
        """Note the records of a paper that stays as it is."""
        rows = ((number, reason, record) for record, reason in paper.records)
        self._database.executemany("UPDATE record SET paper = ?, reason = ? WHERE id = ?", rows)

    def remove(self, number: int, spot: int, former: Iterable[Place]) -> None:
        """Remove a paper that stood at these places."""
        self._database.execute("DELETE FROM signature WHERE spot = ?", (spot,))
        self._database.execute("DELETE FROM paper WHERE id = ?", (number,))
        self._database.execute("DELETE FROM words WHERE paper = ?", (number,))
        self._database.execute("DELETE FROM alias WHERE paper = ?", (number,))
        rows = [(place.number, place.day, number) for place in former]
        self._database.executemany("DELETE FROM member WHERE list = ? AND day = ? AND paper = ?", rows)


def read_papers(
    database: sqlite3.Connection, numbers: Iterable[int], sources: dict[str, Source]
) -> Iterator[tuple[int, Paper]]:
    """Papers by their numbers, in no order."""
    wanted = sorted(set(numbers))
    listed: defaultdict[int, list[Appearance]] = defaultdict(list)
    for number, day, source, path, place, data in ask(
        database,
        "SELECT r.paper, r.day, d.source, d.path, r.place, r.data FROM record r JOIN digest d ON d.id = r.digest"
        " WHERE r.paper IN ({})",
        wanted,
    ):
        listed[number].append(appearance(day, source, path, place, data, sources))
    for number, key, data in ask(database, "SELECT id, key, data FROM paper WHERE id IN ({})", wanted):
        own = listed[number]
        if len(own) > 1:
            own.sort(key=order)
        aliases, clues, tags, edit = unpack_names(data)
        paper = merge(own, Naming(key, aliases, clues), tags)
        yield number, apply(paper, edit) if edit else paper
