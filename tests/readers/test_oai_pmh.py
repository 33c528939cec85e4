"""Answers of OAI-PMH: errors, parts of answers, several answers, and where the day comes from."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest
from generator.readers import read_digest

DATE = "<responseDate>2025-03-17T12:00:00Z</responseDate>"
ANSWER = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{}</OAI-PMH>'
PAPER = '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2403.01234</id><title>A Title</title>{}</arXiv>'
RECORD = f"<record><metadata>{PAPER.format('')}</metadata></record>"
RAW = (
    '<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2403.01234</id><title>A Title</title>{}'
    "<authors>A. Example</authors></arXivRaw>"
)


def read(text: str, name: str = "a.xml") -> Digest:
    return read_digest(name, text.encode())


def message(text: str) -> str:
    with pytest.raises(DigestError) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            DATE + '<error code="noRecordsMatch">No records\n for this day</error>',
            'a.xml: expected records, found the error "noRecordsMatch: No records for this day"; '
            "correct the request and get it again",
        ),
        (
            '<error code="badVerb"/>',
            'a.xml: expected records, found the error "badVerb"; correct the request and get it again',
        ),
        (
            DATE + "<ListIdentifiers><header/></ListIdentifiers>",
            "a.xml: expected at least one record, found identifiers alone; "
            "ask with verb=ListRecords or verb=GetRecord",
        ),
        (
            DATE + "<ListRecords/>",
            "a.xml: expected at least one record, found none; ask with verb=ListRecords or verb=GetRecord",
        ),
        (
            f"<GetRecord>{RECORD}</GetRecord>",
            "a.xml: expected a day, as the responseDate of the answer, found none; "
            "give it with --date YYYY-MM-DD or begin the file's name with it",
        ),
    ],
)
def test_answers_that_cannot_be_used(inner: str, expected: str) -> None:
    assert message(ANSWER.format(inner)) == expected


@pytest.mark.parametrize(
    "text",
    [
        ANSWER.format(f"{DATE}<ListRecords>{RECORD}</ListRecords>"),
        f"<ListRecords>{RECORD}</ListRecords>",
        f"<GetRecord>{RECORD}</GetRecord>",
        RECORD,
        PAPER.format(""),
    ],
)
def test_parts_of_an_answer(text: str) -> None:
    digest = read(text, "2025-03-17-arxiv.xml")
    assert [record.arxiv_id for record in digest.records] == ["2403.01234"]
    assert (digest.day, digest.source.slug, digest.notes) == (date(2025, 3, 17), "arxiv", ())


@pytest.mark.parametrize("text", ["<record><id>1</id></record>", "<arXiv/>", "<dc><title>A</title></dc>"])
def test_records_of_others_are_not_taken(text: str) -> None:
    assert "a digest in a format that is known" in message(text)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (
            '<resumptionToken cursor="0" completeListSize="1453">651|1001</resumptionToken>',
            [
                "a.xml: expected all 1,453 records, found 1, and that there are more; "
                "get the rest with resumptionToken=651|1001"
            ],
        ),
        (
            "<resumptionToken>651</resumptionToken>",
            [
                "a.xml: expected all records, found 1, and that there are more; get the rest with resumptionToken=651"
            ],
        ),
        ('<resumptionToken cursor="1000" completeListSize="1001"/>', []),
    ],
)
def test_an_answer_that_is_one_of_several(token: str, expected: list[str]) -> None:
    digest = read(ANSWER.format(f"{DATE}<ListRecords>{RECORD}{token}</ListRecords>"))
    assert [str(note) for note in digest.notes] == expected


def version(number: int, day: str) -> str:
    return f'<version version="v{number}"><date>{day}</date></version>'


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (version(1, "Fri, 1 Mar 2024 13:55:30 GMT"), (1, "2024-03-01", "None")),
        (
            version(2, "Sat, 2 Mar 2024 13:55:30 GMT") + version(1, "Fri, 1 Mar 2024 13:55:30 GMT"),
            (2, "2024-03-01", "2024-03-02"),
        ),
        (
            version(1, "Fri, 1 Mar 2024 13:55:30 GMT") + version(2, "Fri, 1 Mar 2024 15:55:30 GMT"),
            (2, "2024-03-01", "None"),
        ),
        (version(7, "Sat, 2 Mar 2024 13:55:30 GMT"), (7, "None", "2024-03-02")),
        ("", (None, "None", "None")),
    ],
)
def test_versions(versions: str, expected: tuple[int | None, str, str]) -> None:
    record = read(RAW.format(versions), "2025-03-17.xml").records[0]
    assert (record.arxiv_version, str(record.published), str(record.revised)) == expected
