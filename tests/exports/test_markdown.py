"""A day that is written and read again is the same day."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.artifact import DATA, Artifact
from generator.exports import ARTIFACT_KINDS, ArtifactKind
from generator.exports import markdown as export
from generator.exports.markdown import write_digest
from generator.model import Digest, Link, Record, Source
from generator.pages.layout import Layout
from generator.pages.page import MARKER
from generator.readers import read_digest
from tests.builders import Library, collect, digest, library, record
from tests.strategies import lines, records, sources

DAY = date(2025, 3, 14)
DIGESTS = sorted((Path(__file__).parents[2] / "digests").glob("*"))


def made(library: Library, kind: ArtifactKind = export, *, abstracts: bool = False) -> list[Artifact]:
    """All files of a kind."""
    layout = Layout("Test", site_url="https://example.org/", day_abstracts=abstracts)
    artifacts = [
        kind.make(library.archive, layout, address) for address in kind.every(library.archive, layout)
    ]
    assert None not in artifacts
    return [artifact for artifact in artifacts if artifact]


def read(text: str) -> Digest:
    return read_digest("digests/day.md", text.encode())


def assert_same(found: tuple[Record, ...], expected: tuple[Record, ...]) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        for field in fields(Record):
            # What is written is the abstract as it is shown.
            name = "text" if field.name == "abstract" else field.name
            if name != "where":
                assert getattr(one, name) == getattr(other, name), name


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
    written = [replace(one, source=None) if one.source in {own, None} else one for one in written]
    text = write_digest(DAY, written, source=own, title=title, introduction=introduction)
    found = read(text)
    assert_same(found.records, tuple(written))
    assert (found.day, found.source, found.title) == (DAY, own, title)
    assert (found.refusals, found.notes) == ((), ())
    assert write_digest(DAY, found.records, source=own, title=title, introduction=introduction) == text


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.name)
def test_real_days_come_back(path: Path) -> None:
    day = read_digest(f"digests/{path.name}", path.read_bytes())
    text = write_digest(
        day.day, day.records, source=day.source, title=day.title, introduction=day.introduction
    )
    found = read(text)
    assert_same(found.records, day.records)
    assert (found.source, found.notes) == (day.source, ())
    assert (found.title, found.introduction) == (day.title, day.introduction)


def test_an_introduction_keeps_its_markdown_but_makes_no_papers() -> None:
    found = read(
        write_digest(DAY, [record("A")], introduction="*Read* this.\n\n## Not a paper\n# Nor a source")
    )
    assert [one.title for one in found.records] == ["A"]
    assert found.introduction == "*Read* this.\n\n\\## Not a paper\n\\# Nor a source"


def test_the_shape_is_one_that_a_person_would_write() -> None:
    one = record(
        "A Study: of Things",
        authors=("Lovelace, Ada", "Charles Babbage"),
        arxiv_id="2503.10613",
        arxiv_version=2,
        published="2025-03",
        upvotes=0,
        tags=("small; data",),
        abstract="First.\n\nSecond.",
    )
    text = write_digest(DAY, [one], source=Source("reading-group", "Reading group"), introduction="Hello.")
    assert text == (
        "---\ndate: 2025-03-14\nsource: Reading group\n---\n\nHello.\n\n"
        "## A Study: of Things\n\n"
        "- authors: Lovelace, Ada; Charles Babbage\n- tags: small\\; data;\n- arxiv: 2503.10613v2\n"
        "- published: 2025-03\n- upvotes: 0\n- links: none\n\nFirst.\n\nSecond.\n"
    )


def test_an_archive_gives_a_file_for_each_day() -> None:
    one = record("A Study of Things that Matter", arxiv_id="2503.10613", abstract="We study things.", stars=3)
    teaser = record("A study of things that matter", tags=("things",))
    other = digest(teaser, day="2025-03-17", source=Source("club", "Club"))
    archive = collect([digest(one), other, digest(record("Alone"), day="2025-03-17")])
    artifacts = made(archive, abstracts=True)
    assert [artifact.path for artifact in artifacts] == ["digests/2025-03-14.md", "digests/2025-03-17.md"]
    second = read(artifacts[1].content.decode())
    assert [one.title for one in second.records] == ["A Study of Things that Matter", "Alone"]
    assert [one.source.slug for one in second.records if one.source] == ["club", "huggingface-daily"]
    assert second.records[0].abstract == "We study things."
    assert second.records[0].tags == ("things",)
    assert second.records[0].stars is None, "what another list counted is not of this day"
    assert read(artifacts[0].content.decode()).source.slug == "huggingface-daily"


def test_a_day_has_abstracts_only_if_they_are_wanted() -> None:
    """A link that only the abstract says is a link of the paper still."""
    code = "https://github.com/a/b"
    archive = library(
        record("A", arxiv_id="2503.10613", abstract=f"Of things: {code}.", links=(Link("Code", code),))
    )
    (without,) = (read(artifact.content.decode()) for artifact in made(archive))
    (whole,) = (read(artifact.content.decode()) for artifact in made(archive, abstracts=True))
    assert (without.records[0].text, whole.records[0].text) == ("", f"Of things: {code}.")
    assert without.records[0].links == whole.records[0].links
    assert Link("Code", code) in without.records[0].links


def test_what_curators_say_of_a_day_is_kept() -> None:
    """Of several digests of a day the titles are joined, the introductions follow each other; each once."""
    club = Source("club", "Club")
    said = collect(
        [
            digest(record("Alone"), title="Agents; tools", introduction="We *read*."),
            digest(record("With Another"), path="digests/z.md", title="Agents; tools", introduction="Enjoy."),
            digest(record("Elsewhere"), source=club, title="Club night", introduction="We *read*."),
            digest(record("Later"), day="2025-03-15"),
        ]
    )
    first, second = (read(artifact.content.decode()) for artifact in made(said))
    assert first.title == "Club night; Agents; tools"
    assert first.introduction == "We *read*.\n\nEnjoy."
    assert (second.title, second.introduction) == ("", "")


def test_every_export_gives_artifacts_below_the_site() -> None:
    for kind in ARTIFACT_KINDS:
        artifacts = made(library(record("A", arxiv_id="2503.10613")), kind)
        assert artifacts
        for artifact in artifacts:
            assert artifact.content
            assert not artifact.path.startswith(("/", "."))
            assert artifact.path.partition("/")[0] in kind.OWNS
            if artifact.in_docs:
                first = artifact.content.partition(b"\n")[0]
                assert MARKER.encode() in first or first.startswith(DATA)


def test_a_day_that_lists_nothing_has_no_file() -> None:
    archive = collect([digest(record("A")), digest(day="2025-03-15")])
    assert [artifact.path for artifact in made(archive)] == ["digests/2025-03-14.md"]
    assert export.make(archive.archive, Layout("Test"), "digests/2025-03-15.md") is None


def test_papers_of_several_days_come_back() -> None:
    """A paper says its day where the file is of several; the file is of the last of them."""
    written = [record("A", day=date(2025, 3, 12)), record("B", day=DAY), record("C", day=date(2025, 3, 13))]
    text = write_digest(DAY, written, source=Source("own", "Own"))
    assert "## A\n\n- day: 2025-03-12\n" in text
    found = read(text)
    assert_same(found.records, tuple(written))
    assert (found.since, found.day, found.notes) == (date(2025, 3, 12), DAY, ())


def test_a_day_that_was_given_is_that_of_all_papers() -> None:
    text = write_digest(DAY, [record("A", day=date(2025, 3, 12)), record("B", day=DAY)])
    found = read_digest("digests/2025-03-14.md", text.encode())
    assert [one.day for one in found.records] == [None, None]
    assert [note.found for note in found.notes] == ["2025-03-12"]
