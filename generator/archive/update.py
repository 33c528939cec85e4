"""The archive brought up to date: all of it, or what hangs together with the digests that changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.archive.changes import Changes, ListChange
from generator.archive.codec import unpack
from generator.archive.database import connect
from generator.archive.derive import (
    Decided,
    Deriver,
    Writer,
    decide,
    in_order,
    read_papers,
    read_permalinks,
    read_records,
    read_sources,
    stand_of,
)
from generator.archive.editing import records_of
from generator.archive.intake import Intake, Reading
from generator.archive.kinship import Kinship, relate_all, spot_of
from generator.archive.lists import ALL, DAYS, FOLDERS, Place, places
from generator.archive.tally import Tally
from generator.archive.ties import Component, ask, closure, components, record_names
from generator.errors import BuildError, Problem
from generator.model import Paper

#: Components that a process decides at a time.
_PART = 200
#: `run(function, parts)` gives the results of a function for parts, in order, from any number of processes.
Run = Callable[..., Iterator[Any]]


def derive_all(
    database: sqlite3.Connection, file: Path | None, deriver: Deriver, run: Run, told: Callable[[int], None]
) -> None:
    """Make all papers anew. `file` is where the archive is, for other processes; None if it is in memory.

    `told` is called with the number of records that are done. Raises BuildError if two papers would share a page.
    """
    for table in ("paper", "words", "signature", "alias", "member"):
        database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    database.execute("UPDATE record SET paper = 0, reason = '' WHERE paper <> 0")
    writer = Writer(database)

    def work(part: Sequence[Component]) -> list[Decided]:
        own = connect(file) if file else database
        try:
            sources = read_sources(own)
            numbers = (number for component in part for number in component.records)
            listed = {one.id: one for one in read_records(own, numbers, sources)}
            return [
                decided
                for component in part
                for decided in decide(
                    in_order(listed[number] for number in component.records),
                    read_permalinks(own, component.addresses),
                    deriver,
                )
            ]
        finally:
            if file:
                own.close()

    if file:
        database.execute("COMMIT")  # other processes see what is committed
        database.execute("BEGIN IMMEDIATE")
    for decided in run(work, _parts(components(database))):
        _add(writer, decided)
        told(sum(len(paper.records) for paper in decided))
    relate_all(database, run)
    Tally(database, deriver.earned).count_all()


def _parts(found: Iterable[Component]) -> Iterator[list[Component]]:
    part: list[Component] = []
    size = 0
    for component in found:
        part.append(component)
        size += len(component.records)
        if size >= _PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def _add(writer: Writer, decided: Sequence[Decided]) -> None:
    try:
        writer.add(decided)
    except sqlite3.IntegrityError as error:
        found = " or ".join(sorted(paper.key for paper in decided)[:5])
        remedy = "give one of the papers an identifier or another title"
        raise BuildError(
            Problem("papers", "one page for each paper", f"two for {found} ({error})", remedy)
        ) from None


def update(
    database: sqlite3.Connection,
    changed: Sequence[Reading],
    gone: Sequence[str],
    deriver: Deriver,
    keys: Iterable[str] = (),
) -> Changes | None:
    """Take in digests that changed, forget those that are gone, and decide what hangs together with them, and with the
    papers of which the editors say something else now, by their `keys`.

    Gives what that changed; None if a source is spelled otherwise from now on, which concerns too much to follow:
    then `derive_all` must be called.
    """
    sources = read_sources(database)
    intake = Intake(database)
    paths = {reading.digest.path for reading in changed if reading.digest}
    former = [
        path
        for path in sorted({*gone, *paths})
        if database.execute("SELECT 1 FROM digest WHERE path = ?", (path,)).fetchone()
    ]
    rows = [
        row
        for path in former
        for row in database.execute(
            "SELECT r.id, r.clue, r.data, r.paper, r.day FROM record r JOIN digest d ON d.id = r.digest"
            " WHERE d.path = ?",
            (path,),
        )
    ]
    days = {
        day
        for path in former
        for (day,) in database.execute("SELECT day FROM digest WHERE path = ?", (path,))
    }
    days |= {day for *_, day in rows}
    names = {number: record_names(unpack(data), mark) for number, mark, data, *_ in rows}
    before = dict(read_papers(database, {paper for *_, paper, _ in rows if paper}, sources))
    for path in former:
        intake.remove(path, lambda numbers: ((number, names[number]) for number in numbers))
    said_of = [number for key in keys for number in records_of(database, key)]
    fresh = [number for reading in changed for number in intake.add(reading)]
    days |= {reading.digest.day.toordinal() for reading in changed if reading.digest}
    days |= {day for reading in changed for day, *_ in reading.rows}
    if intake.spell_sources():
        return None
    component = closure(database, {*fresh, *said_of}, {name for own in names.values() for name in own})
    touched = ask(
        database, "SELECT DISTINCT paper FROM record WHERE paper <> 0 AND id IN ({})", component.records
    )
    before |= dict(read_papers(database, {paper for (paper,) in touched} - before.keys(), sources))
    records = in_order(read_records(database, component.records, read_sources(database)))
    permalinks = read_permalinks(database, component.addresses)
    told = dict(_accounts(database, component.records))
    decided = [*decide(records, permalinks, deriver)]
    now = {number: (paper.key, reason) for paper in decided for number, reason in paper.records}
    other = [record for record in records if told.get(record.id) != now[record.id]]
    days |= {record.appearance.day.toordinal() for record in other}
    # The account of a digest of several days stands with the last of them.
    question = "SELECT DISTINCT d.day FROM record r JOIN digest d ON d.id = r.digest WHERE r.id IN ({})"
    days |= {day for (day,) in ask(database, question, (record.id for record in other))}
    kinship = Kinship(database, before.values())
    pairs = _replace(database, before, decided)
    related = kinship.follow(paper for _, paper in pairs if paper)
    days |= {a.day.toordinal() for pair in pairs for paper in pair if paper for a in paper.appearances}
    tally = Tally(database, deriver.earned)
    tally.count_days(days)
    lists, everything = _lists(pairs)
    for slug in sources.keys() ^ tally.sources.keys():  # a source may have a digest and no paper
        lists.setdefault(("sources", slug), ListChange("sources", slug))
    for change in lists.values():
        change.before, change.after = tally.count(change.folder, change.slug)
    return Changes(pairs, days, [*lists.values()], everything, related=related)


def _accounts(database: sqlite3.Connection, records: Iterable[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """What is told of records: into which paper each went, and why."""
    question = "SELECT r.id, p.key, r.reason FROM record r JOIN paper p ON p.id = r.paper WHERE r.id IN ({})"
    return ((number, (key, reason)) for number, key, reason in ask(database, question, records))


def _replace(
    database: sqlite3.Connection, before: Mapping[int, Paper], decided: Sequence[Decided]
) -> list[tuple[Paper | None, Paper | None]]:
    """Put papers in place of those that they were before; gives those that differ, before and after."""
    numbers = {paper.key: number for number, paper in before.items()}
    writer = Writer(database)
    sources = read_sources(database)
    same, other = [], []
    for paper in decided:
        number = numbers.get(paper.key)
        if number is not None:
            writer.keep(paper, number)
            data = database.execute("SELECT data FROM paper WHERE id = ?", (number,)).fetchone()[0]
            now = dict(read_papers(database, [number], sources))[number] if data == paper.data else None
            if now == before[number]:
                same.append(number)
                continue
        other.append(paper)
    for number, old in before.items():
        if number not in same:
            writer.remove(number, spot_of(old), places(old))
    _add(writer, other)
    rows = ask(database, "SELECT id FROM paper WHERE key IN ({})", [paper.key for paper in other])
    after = dict(read_papers(database, [number for (number,) in rows], sources))
    now_by_key = {paper.key: paper for paper in after.values()}
    pairs: list[tuple[Paper | None, Paper | None]] = [
        (old, now_by_key.pop(old.key, None)) for number, old in before.items() if number not in same
    ]
    return [*pairs, *((None, paper) for paper in now_by_key.values())]


def _lists(
    pairs: Iterable[tuple[Paper | None, Paper | None]],
) -> tuple[dict[tuple[str, str], ListChange], ListChange]:
    """The lists that changed papers are or were on."""
    folder_of = {kind: folder for folder, kinds in FOLDERS.items() for kind in kinds}
    lists: dict[tuple[str, str], ListChange] = {}
    everything = ListChange("", "")
    for old, new in pairs:
        was, now = (set(places(paper)) if paper else set[Place]() for paper in (old, new))
        stays = bool(old and new and stand_of(old) == stand_of(new))
        for place in sorted(was | now):
            if place.kind == DAYS:
                continue
            change = everything
            if place.kind != ALL:
                folder = folder_of[place.kind]
                change = lists.setdefault((folder, place.slug), ListChange(folder, place.slug))
            change.days.add(place.day)
            if not (stays and place in was and place in now):
                change.moved(place.day)
    return lists, everything
