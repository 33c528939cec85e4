"""A day that is written as JSON and read again is the same day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports import day_json as export
from generator.exports.day_json import write_day
from generator.model import Digest, Link, Record, Source
from generator.pages.layout import Layout
from generator.readers import read_digest
from generator.readers.fields import huggingface_link, paper_links
from tests.builders import collect, digest, record
from tests.exports.test_markdown import DAY, DIGESTS, assert_same, made
from tests.strategies import lines, records, sources

NAME = "A Study of Things that Matter"


def read(text: str) -> Digest:
    return read_digest("digests/day.json", text.encode())


@given(
    st.lists(records, min_size=1, max_size=3),
    st.none() | sources,
    lines,
    st.lists(lines, max_size=3).map("\n".join).map(str.strip),
)
def test_any_records_come_back(
    written: list[Record], source: Source | None, title: str, introduction: str
) -> None:
    own = source or Source("own", "Own")
    known = {one.slug: one for one in [*(r.source for r in written if r.source), own]}
    listed = [one.source and known[one.source.slug] for one in written]
    written = [
        replace(one, source=None if by == own else by) for one, by in zip(written, listed, strict=True)
    ]
    text = write_day(DAY, written, source=own, title=title, introduction=introduction)
    found = read(text)
    assert_same(found.records, tuple(written))
    assert (found.day, found.source, found.title, found.introduction) == (DAY, own, title, introduction)
    assert (found.format, found.refusals, found.notes) == ("broadsheet-json", (), ())
    assert write_day(DAY, found.records, source=own, title=title, introduction=introduction) == text


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.name)
def test_real_days_come_back(path: object) -> None:
    day = read_digest(f"digests/{path.name}", path.read_bytes())  # type: ignore[attr-defined]
    found = read(
        write_day(day.day, day.records, source=day.source, title=day.title, introduction=day.introduction)
    )
    assert_same(found.records, day.records)
    assert (found.source, found.title, found.introduction) == (day.source, day.title, day.introduction)
    assert found.notes == ()


def test_one_paper_is_one_line_with_nothing_empty_in_it() -> None:
    one = record(
        "A Study: of Things",
        authors=("Ada Lovelace",),
        arxiv_id="2503.10613",
        arxiv_version=2,
        published="2025-03",
        upvotes=0,
        abstract="First.\n\nSecond “one”.",
    )
    text = write_day(DAY, [one, record("B")], keys=["2503.10613", "b-1"], source=Source("club", "The Club"))
    assert text == (
        '{"broadsheet":1,"day":"2025-03-14","source":"club","sources":[{"slug":"club","name":"The Club"}],"papers":[\n'
        '{"key":"2503.10613","title":"A Study: of Things","arxiv":"2503.10613v2","authors":["Ada Lovelace"],'
        '"abstract":"First.\\n\\nSecond “one”.","published":"2025-03","upvotes":0,"all_links":[]},\n'
        '{"key":"b-1","title":"B"}\n'
        "]}\n"
    )


def test_the_page_at_hugging_face_is_said_in_a_word() -> None:
    links = paper_links(
        [huggingface_link("2503.10613"), Link("Code", "https://a.b/c")], arxiv_id="2503.10613"
    )
    text = write_day(DAY, [record("A", arxiv_id="2503.10613", links=links)])
    assert '"arxiv":"2503.10613","huggingface":true,"links":[{"label":"Code","url":"https://a.b/c"}]}' in text
    assert read(text).records[0].links == links


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('"arxiv":"2503.10613","huggingface":"yes"', "a text"),
        ('"doi":"10.1000/1","huggingface":true', "true, and no identifier"),
        ('"arxiv":"2503.10613","huggingface":true,"all_links":[]', "true beside all_links"),
    ],
)
def test_a_page_at_hugging_face_that_cannot_be_is_noted(said: str, found: str) -> None:
    day = read(f'{{"broadsheet":1,"day":"2025-03-14","papers":[{{"title":"A",{said}}}]}}')
    (note,) = (note for note in day.notes if "huggingface" in note.where)
    assert (note.expected, note.found) == ("true, for a paper with an arXiv id", found)
    assert [link for link in day.records[0].links if link.label == "Hugging Face"] == []


def test_an_archive_gives_a_file_for_each_day() -> None:
    first = digest(record(NAME, arxiv_id="2503.10613"), title="Agents", introduction="We *read*.")
    club = Source("club", "Club")
    archive = collect([first, digest(record(NAME, tags=("things",)), source=club), digest(day="2025-03-15")])
    (artifact,) = made(archive, export)
    assert artifact.path == "digests/2025-03-14.json"
    answer = json.loads(artifact.content)
    assert [(paper["key"], paper["source"]) for paper in answer["papers"]] == [
        ("2503.10613", "club"),
        ("2503.10613", "huggingface-daily"),
    ]
    found = read(artifact.content.decode())
    assert [one.source and one.source.name for one in found.records] == ["Club", "Hugging Face daily papers"]
    assert (found.title, found.introduction, found.source.slug) == ("Agents", "We *read*.", "broadsheet")
    assert export.make(archive.archive, Layout("Test"), "digests/2025-03-15.json") is None


def test_papers_of_several_days_come_back() -> None:
    """A paper says its day where the file is of several; the file is of the last of them."""
    written = [record("A", day=date(2025, 3, 12)), record("B", day=DAY), record("C", day=date(2025, 3, 13))]
    text = write_day(DAY, written, source=Source("own", "Own"))
    assert '{"title":"A","day":"2025-03-12"}' in text.replace(',"all_links":[]', "")
    found = read(text)
    assert_same(found.records, tuple(written))
    assert (found.since, found.day, found.notes) == (date(2025, 3, 12), DAY, ())


def test_a_day_that_was_given_is_that_of_all_papers() -> None:
    text = write_day(DAY, [record("A", day=date(2025, 3, 12)), record("B", day=DAY)])
    found = read_digest("digests/2025-03-14.json", text.encode())
    assert [one.day for one in found.records] == [None, None]
    (note,) = found.notes
    assert (note.found, note.expected) == ("2025-03-12", f"the day {DAY}, given by the file's name or --date")
