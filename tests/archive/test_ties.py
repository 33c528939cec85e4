"""What hangs together is found whole, from whichever end one looks."""

from __future__ import annotations

import sqlite3
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import permalinks
from generator.archive.codec import unpack
from generator.archive.ties import Component, address_names, closure, components, record_names
from generator.model import Record
from generator.permalinks import Permalinks
from generator.works import group
from tests.builders import collect, digest, merged, record
from tests.histories import History
from tests.test_library import records as alike


def archive_of(history: History) -> sqlite3.Connection:
    """The archive of a history as it stands, with its record of addresses."""
    listed = (digest(*records, day=str(day), path=path) for path, (day, records) in history.digests.items())
    return collect(listed, permalinks=permalinks.parse(history.text)).archive._database


def names_of(database: sqlite3.Connection, number: int) -> set[int]:
    data, mark = database.execute("SELECT data, clue FROM record WHERE id = ?", (number,)).fetchone()
    return record_names(unpack(data), mark)


@pytest.mark.parametrize("shared", [False, True], ids=["titles differ", "titles are shared"])
def test_any_record_of_a_component_finds_all_of_it(shared: bool) -> None:
    together = 0
    for seed in range(25):
        history = History(seed, shared=shared)
        history.run(12)
        database = archive_of(history)
        found = [*components(database)]
        for component in found:
            together = max(together, len(component.records))
            for number in component.records:
                assert closure(database, [number], ()) == component, seed
                assert closure(database, (), names_of(database, number)) == component, seed
        everything = sorted(chain.from_iterable(component.records for component in found))
        assert everything == [number for (number,) in database.execute("SELECT id FROM record ORDER BY id")]
        assert [component.records[0] for component in found] == sorted(c.records[0] for c in found)
        places = [*chain.from_iterable(component.addresses for component in found)]
        assert len(places) == len(set(places))
    assert together > 3


@given(st.lists(alike, max_size=6))
def test_records_of_one_work_share_a_name(records: list[Record]) -> None:
    library = collect([digest(*records)])
    database = library.archive._database
    for paper in library.papers.values():
        own = closure(database, [_number(database, paper.first.position)], ()).records
        assert {_number(database, appearance.position) for appearance in paper.appearances} <= set(own)


def _number(database: sqlite3.Connection, place: int) -> int:
    return int(database.execute("SELECT id FROM record WHERE place = ?", (place,)).fetchone()[0])


def test_moved_addresses_hang_together() -> None:
    record_of = permalinks.parse(
        "papers/2503.00001.html 12345678\npapers/b-123456.html\npapers/2503.00002.html\n"
        "moved papers/2503.00001.html papers/b-123456.html\nmoved papers/b-123456.html papers/2503.00002.html\n"
    )
    one, other = record("First of them", arxiv_id="2503.00001"), record("Second", arxiv_id="2503.00002")
    library = collect([digest(one, other, record("Third"))], permalinks=record_of)
    assert [*components(library.archive._database)] == [Component([1, 2], [1, 2, 3]), Component([3], [])]


def test_addresses_of_lists_are_nobodys() -> None:
    assert address_names("tags/agents.html", "12345678") == set()
    library = collect([digest(record())], permalinks=Permalinks({"tags/agents.html": ""}))
    assert [*components(library.archive._database)] == [Component([1], [])]


def test_generic_titles_tie_by_their_words_alone() -> None:
    """They are decided together, for they could get one key; they are not one work for that."""
    library = collect([digest(record("Preface", abstract="One."), record("Preface", abstract="Two."))])
    assert [component.records for component in components(library.archive._database)] == [[1, 2]]
    assert len(library.papers) == 2


@pytest.mark.parametrize("seed", range(6))
def test_components_apart_come_to_what_all_at_once_comes_to(seed: int) -> None:
    history = History(seed, shared=bool(seed % 2))
    history.run(15)
    known = permalinks.parse(history.text)
    listed = [digest(*records, day=str(day), path=path) for path, (day, records) in history.digests.items()]
    assert collect(listed, permalinks=known).papers == merged(listed, known)
    assert [*collect(listed, permalinks=known).papers] == [*merged(listed, known)]
    assert not group([])
