"""What holds for every format: one body over all of READERS."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DigestError
from generator.ids import file_name, parse_arxiv
from generator.model import ANNOUNCED, Digest, Record
from generator.readers import READERS, read_digest, takers_of
from generator.readers.raw import RawDigest
from generator.readers.reader import Reader
from generator.text.clean import clean_line, clean_paragraphs
from generator.text.links import safe_url
from tests.conftest import FIXTURES
from tests.mutants import mutants
from tests.strategies import PIECES

FILES = [path for reader in READERS for path in sorted((FIXTURES / reader.NAME).glob("*"))]
MAILS = sorted((FIXTURES / "mail").glob("*"))
DAY = date(2025, 3, 14)
#: Changed copies of each fixture that are read: seeded, so the same in every run.
MUTANTS = 100


def assert_sound(digest: Digest) -> None:
    """What the model promises of a digest, whatever its file held."""
    assert digest.seen == len(digest.records) + len(digest.refusals) > 0
    assert digest.source.slug == file_name(digest.source.slug)
    for record in digest.records:
        assert_clean(record)
    for problem in (*digest.notes, *(refusal.problem for refusal in digest.refusals)):
        assert problem.where.startswith(digest.path)
        text = str(problem)
        assert text.isprintable(), "a message may not damage a terminal"
        assert len(problem.found) < 300
        text.encode()


def assert_clean(record: Record) -> None:
    lists = (record.authors, record.tags, record.keywords, record.categories)
    names = (
        record.title,
        record.summary,
        record.submitted_by or "",
        record.organization or "",
        record.venue,
        record.comment,
    )
    for text in (*names, *(value for values in lists for value in values)):
        assert text == clean_line(text)
        assert unicodedata.is_normalized("NFC", text)
    assert record.title
    assert record.announced in ("", *ANNOUNCED)
    assert record.abstract == clean_paragraphs(record.abstract)
    assert all(link.url == safe_url(link.url) and link.label for link in record.links)
    assert record.arxiv_id is None or parse_arxiv(record.arxiv_id) == (record.arxiv_id, None)
    counts = (record.upvotes, record.comments, record.stars)
    assert all(count is None or count >= 0 for count in counts)


@pytest.mark.parametrize("path", [*FILES, *MAILS], ids=lambda path: path.name)
def test_a_digest_is_sound_and_the_same_each_time(path: Path) -> None:
    data = path.read_bytes()
    digest = read_digest("digests/a", data, day=DAY)
    assert_sound(digest)
    assert digest == read_digest("digests/a", data, day=DAY)
    assert digest.day == DAY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_exactly_one_reader_takes_a_file(path: Path) -> None:
    raw = RawDigest(path="a", text=path.read_text(encoding="utf-8"))
    takers = [reader.NAME for reader in takers_of(raw)]
    assert takers == [path.parent.name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_line_ends_and_byte_order_marks_change_nothing(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    plain = read_digest("digests/a", text.encode(), day=DAY)
    for data in (
        text.replace("\n", "\r\n").encode("utf-8-sig"),
        text.replace("\n", "\r").encode(),
        text.encode("utf-16"),
        ("\n\n" + text + "\n\n \n").encode() if not text.startswith("---") else text.encode() + b"\n\n",
    ):
        other = read_digest("digests/a", data, day=DAY)
        assert [replaced(record) for record in other.records] == [
            replaced(record) for record in plain.records
        ]


def replaced(record: Record) -> dict[str, object]:
    """A record without its place in the file."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__ if name != "where"}


@pytest.mark.parametrize("path", [*FILES, *MAILS], ids=lambda path: path.name)
def test_damaged_files_never_crash(path: Path) -> None:
    own = path.parent.name if path in FILES else None
    for place, data in enumerate(mutants(path.read_bytes(), seed=path.name, most=MUTANTS)):
        for name in (None, own, READERS[place % len(READERS)].NAME):
            try:
                digest = read_digest("digests/2025-03-14-x", data, format=name)
            except DigestError as error:
                assert str(error).startswith("digests/2025-03-14-x")
            else:
                assert_sound(digest)


texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
@given(text=texts, day=st.none() | st.just(DAY))
def test_no_text_crashes_a_reader(reader: Reader, text: str, day: date | None) -> None:
    raw = RawDigest(path="a", text=text, day=day)
    assert reader.accepts(raw) in {True, False}
    try:
        assert_sound(reader.read(raw))
    except DigestError as error:
        assert str(error).startswith("a")


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"[{'paper':", b"---\n", b"\xff\xfe", b'[{"paper":{"id":'])
)
def test_no_bytes_crash_the_table(data: bytes, start: bytes) -> None:
    try:
        read_digest("digests/2025-03-14.x", start + data)
    except DigestError as error:
        assert str(error).startswith("digests/2025-03-14.x")


def test_names_are_unique_and_sources_differ() -> None:
    assert len({reader.NAME for reader in READERS}) == len(READERS)
    sources = {reader.SOURCE for reader in READERS}
    assert len({source.slug for source in sources}) == len(sources), "formats of one source give it one name"
    assert all(reader.LABEL and not reader.LABEL.endswith(".") for reader in READERS)
