"""Answers of arXiv's API: shapes that the golden files do not show, and what is said of answers without papers."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest
from generator.readers import read_digest

FEED = '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>{}</feed>'
UPDATED = "<updated>2025-03-17T22:09:26Z</updated>"
ENTRY = "<entry><id>{}</id><title>A Title</title>{}</entry>"
PAPER = ENTRY.format("http://arxiv.org/abs/2403.01234v1", "")


def read(inner: str, name: str = "a.xml", feed: str = FEED) -> Digest:
    return read_digest(name, feed.format(inner).encode())


def message(inner: str, feed: str = FEED) -> str:
    with pytest.raises(DigestError) as caught:
        read(inner, feed=feed)
    return str(caught.value)


def counts(total: int, start: int, most: int) -> str:
    values = (("totalResults", total), ("startIndex", start), ("itemsPerPage", most))
    return "".join(f"<{name}>{value}</{name}>" for name, value in values)


def test_the_day_is_that_of_the_answer() -> None:
    assert read(UPDATED + PAPER).day == date(2025, 3, 17)
    digest = read(UPDATED + PAPER, "2025-03-18.xml")
    assert digest.day == date(2025, 3, 18)
    assert [str(note) for note in digest.notes] == [
        "2025-03-18.xml: expected the day 2025-03-18, given by the file's name or --date, found 2025-03-17; "
        "rename the file if its papers are right"
    ]
    assert message(PAPER) == (
        "a.xml: expected a day, as the feed's updated, found none; "
        "give it with --date YYYY-MM-DD or begin the file's name with it"
    )


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            UPDATED + counts(0, 0, 10),
            "a.xml: expected at least one paper, found an answer without any; "
            "correct the query and get it again, or remove the file",
        ),
        (
            UPDATED + counts(214_881, 40, 10),
            "a.xml: expected at least one paper, found none, where totalResults says 214,881; "
            "correct the query and get it again, or remove the file",
        ),
        (
            "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
            "<summary>incorrect id format for\n abc</summary></entry>",
            'a.xml: expected papers, found the API\'s error "incorrect id format for abc"; '
            "correct the query and get it again",
        ),
    ],
)
def test_answers_without_papers(inner: str, expected: str) -> None:
    assert message(inner) == expected


def test_an_error_is_known_by_its_address_alone() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/</id>{}</feed>'
    error = "<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title></entry>"
    assert message(error, feed) == (
        'a.xml: expected papers, found the API\'s error "https://arxiv.org/api/errors#x"; '
        "correct the query and get it again"
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [((214_881, 40, 10), 10), ((43, 40, 10), 3), ((1, 0, 100), 1), ((40, 40, 10), None), ((0, 0, 0), None)],
)
def test_how_many_papers_a_page_should_have(values: tuple[int, int, int], said: int | None) -> None:
    assert read(UPDATED + counts(*values) + PAPER).said == said


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("https://arxiv.org/abs/2403.01234v12", ("2403.01234", 12)),
        ("http://export.arxiv.org/abs/astro-ph/0601001v1", ("astro-ph/0601001", 1)),
        ("http://arxiv.org/abs/0808.0539", ("0808.0539", None)),
    ],
)
def test_identifiers(identifier: str, expected: tuple[str, int | None]) -> None:
    record = read(UPDATED + ENTRY.format(identifier, "")).records[0]
    assert (record.arxiv_id, record.arxiv_version) == expected


def test_dates_of_a_paper_are_not_those_of_the_list() -> None:
    dates = "<published>2024-03-02T23:59:59Z</published><updated>{}</updated>"
    same, later = (
        read(UPDATED + ENTRY.format("http://arxiv.org/abs/2403.01234v1", dates.format(updated))).records[0]
        for updated in ("2024-03-02T23:59:59Z", "2024-03-05T00:00:00Z")
    )
    assert (str(same.published), same.revised) == ("2024-03-02", None)
    assert (str(later.published), str(later.revised)) == ("2024-03-02", "2024-03-05")


def test_entries_of_papers_are_enough() -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
    assert read(PAPER, "2025-03-17.xml", feed).format == "arxiv-atom"


@pytest.mark.parametrize(
    "entry", ["<id>tag:example.org,2025:1</id>", "<id>https://example.org/arxiv.org/abs/1</id>"]
)
def test_feeds_of_others_are_not_taken(entry: str) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}<title>On arXiv</title></entry></feed>'
    assert "a digest in a format that is known" in message(entry, feed)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_text_that_was_encoded_twice_is_mended(encoding: str) -> None:
    author = "<author><name>Aurora Ram\u00edrez \u00d6</name></author>"
    text = FEED.format(UPDATED + ENTRY.format("http://arxiv.org/abs/2403.01234v1", author))
    # "Í" is C3 8D in UTF-8, and 8D is none of the characters of Windows-1252.
    digest = read_digest("a.xml", text.encode().decode(encoding).encode())
    assert digest.records[0].authors == ("Aurora Ramírez Ö",)
    assert [note.found for note in digest.notes] == ["text that was encoded twice, read as it was meant"]


@pytest.mark.parametrize("name", ["José Ã", "Zoë", "Ångström", "王伟"])
def test_other_text_is_left_alone(name: str) -> None:
    author = f"<author><name>{name}</name></author>"
    digest = read(UPDATED + ENTRY.format("http://arxiv.org/abs/2403.01234v1", author))
    assert digest.records[0].authors == (name,)
    assert digest.notes == ()
