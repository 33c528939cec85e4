"""RIS, CSL-JSON and Crossref's answers, and what all bibliographies share."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest
from generator.readers import read_digest, takers_of
from generator.readers.bibliography import arxiv_in, join_title
from generator.readers.bibliography_dates import parse_date
from generator.readers.raw import RawDigest

DAY = date(2025, 3, 14)


def read(text: str, name: str | None = None) -> Digest:
    return read_digest("a", text.encode(), day=DAY, format=name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1948/07//", "1948-07"),
        ("1998/2/3/Spring", "1998-02-03"),
        ("2024-03-14T01:02:03Z", "2024-03-14"),
        ("Mar. 14, 2024", "2024-03-14"),
        ("May 3-5, 2020", "2020-05"),
        ("2024-03-30/2024-04-02", "2024"),
        ("1999--2000", "None"),
        ("ca. 1998", "None"),
        ("1998?", "None"),
        ("2024-02-30", "2024-02"),
        ("2024-13-01", "2024"),
        ("12/2019", "2019"),
        ("0000", "None"),
        ("20222", "None"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert str(parse_date(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv e-prints, arXiv:2403.01234", "2403.01234"),
        ("eprint arXiv:astro-ph/0601001v2.", "astro-ph/0601001"),
        ("2403.01234", None),
        ("see arXiv:2403.01234", None),
        ("arXiv:2413.01234", None),
        ("arXiv " + ",:;. " * 50_000, None),
    ],
)
def test_lines_that_are_an_arxiv_identifier(text: str, expected: str | None) -> None:
    found = arxiv_in(text)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize(
    ("title", "subtitle", "joined"),
    [
        ("A", "B", "A: B"),
        ("Why?", "B", "Why? B"),
        ("A: the B", "The B", "A: the B"),
        ("A", "", "A"),
        ("", "B", "B"),
    ],
)
def test_subtitles(title: str, subtitle: str, joined: str) -> None:
    assert join_title(title, subtitle) == joined


def test_every_record_of_a_ris_file_is_read_however_it_ends() -> None:
    digest = read(
        "Provider: X\n\nTY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  -\n"
        "TI  - Three\nER  - \nTY  - JOUR\nTI  - Four"
    )
    assert [(one.where, one.title) for one in digest.records] == [
        ("line 3", "One"),
        ("line 5", "Two"),
        ("line 8", "Three"),
        ("line 10", "Four"),
    ]


@pytest.mark.parametrize(
    ("lines", "field", "expected"),
    [
        ("AU  - Ada Lovelace\nAU  - Babbage, C.", "authors", ("Ada Lovelace", "C. Babbage")),
        ("A1  - Doe, J.; Roe, R.", "authors", ("J. Doe", "R. Roe")),
        ("A2  - Editor, An", "authors", ()),
        ("PY  - 2016/05/26/", "published", (2016, 5, 26)),
        ("PY  - 2016\nDA  - 2016/05/26", "published", (2016, 5, 26)),
        ("PY  - 2016\nDA  - 2020/05/26", "published", (2016, 0, 0)),
        ("T2  - Series\nJF  - Journal", "venue", "Journal"),
        ("AB  - one\n two\n\nthree", "abstract", "one two\n\nthree"),
        ("M3  - doi: 10.1000/X", "doi", "10.1000/x"),
        ("UR  - https://doi.org/10.1000/X", "doi", "10.1000/x"),
        ("N1  - arXiv:2403.01234 [cs.CL]", "arxiv_id", "2403.01234"),
        ("KW  - a; b\nKW  - c\nd", "keywords", ("a", "b", "c", "d")),
    ],
)
def test_ris_fields(lines: str, field: str, expected: object) -> None:
    digest = read(f"TY  - JOUR\nTI  - T\n{lines}\nER  - ")
    assert getattr(digest.records[0], field) == expected


@pytest.mark.parametrize(
    ("fields", "field", "expected"),
    [
        ({"issued": {"date-parts": [["2019", 5, "x"]]}}, "published", (2019, 5, 0)),
        ({"issued": {"date-parts": [2019, 5]}}, "published", (2019, 5, 0)),
        ({"issued": {"date-parts": [[2019, 5, 1], [2019, 6, 1]]}}, "published", (2019, 0, 0)),
        ({"issued": {"raw": "14 March 2019"}}, "published", (2019, 3, 14)),
        ({"issued": {"date-parts": [[True, 1e400]]}}, "published", None),
        ({"issued": 2019}, "published", (2019, 0, 0)),
        ({"issued": {"literal": "forthcoming"}}, "published", None),
        ({"archive": "arXiv", "archive_location": "2403.01234"}, "arxiv_id", "2403.01234"),
        ({"note": "read it\narXiv: 2403.01234"}, "arxiv_id", "2403.01234"),
        ({"author": [{"family": "Beethoven", "dropping-particle": "van"}]}, "authors", ("van Beethoven",)),
        ({"author": [{"family": "李", "given": "明"}, {}, {"literal": " "}]}, "authors", ("明 李",)),
    ],
)
def test_csl_fields(fields: dict[str, object], field: str, expected: object) -> None:
    item = {"id": "a", "type": "article", "title": "T", "DOI": "", **fields}
    for text in (json.dumps([item]), json.dumps({"items": [item]}), f"{json.dumps(item)}\n" * 2):
        digest = read(text)
        assert digest.format == "csl-json"
        assert getattr(digest.records[0], field) == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            {
                "status": "failed",
                "message-type": "validation-failure",
                "message": [{"message": "no such thing"}],
            },
            'a: $.message: expected works, found an error, "no such thing"; ask again',
        ),
        (
            {"status": "ok", "message-type": "member", "message": {"id": 98}},
            'a: $.message: expected a work or a list of works, found an answer of the kind "member"; ask for /works',
        ),
        (
            {"status": "ok", "message-type": "work-list", "message": {"items": []}},
            "a: expected at least one entry, found none; add one or remove the file",
        ),
    ],
)
def test_answers_of_crossref_without_works(message: object, expected: str) -> None:
    with pytest.raises(DigestError) as caught:
        read(json.dumps(message))
    assert str(caught.value) == expected


def test_a_page_of_a_longer_answer_says_nothing_of_its_own_length() -> None:
    items = [{"DOI": "10.1000/a", "title": ["T"], "type": "journal-article"}]
    message = {"total-results": 90, "items-per-page": 20, "items": items}
    answer = {"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message}
    assert read(json.dumps(answer)).said is None
    assert read(json.dumps(answer | {"message": message | {"total-results": 1}})).said == 1


@pytest.mark.parametrize(
    ("text", "taker"),
    [
        ('[{"id": "a", "type": "book", "title": "T", "issued": {}}]', ["csl-json"]),
        (
            '{"DOI": "10.1000/a", "title": "T", "type": "book", "id": "x", "reference-count": 0}',
            ["crossref-json"],
        ),
        (
            '[{"paperId": "x", "id": "y", "type": "z", "title": "T", "externalIds": {"DOI": "10.1000/a"}}]',
            ["json-records"],
        ),
        (
            '{"results": [{"id": "W1", "doi": "x", "title": "T", "type": "article", "ids": {}}]}',
            ["json-records"],
        ),
        ('{"id": "2403.01234", "title": "T", "categories": "cs.CL", "doi": null}', ["json-records"]),
        ("TY  - JOUR\nTI  - x", ["ris"]),
        ("# Papers\n\nTY  - JOUR\nTI  - x", []),
        ("@article{a, title = {T}}\nTY  - JOUR", ["bibtex"]),
        ("PMID- 1\nTI  - A Title\nTY  is no tag", []),
    ],
)
def test_formats_are_told_apart(text: str, taker: list[str]) -> None:
    assert [reader.NAME for reader in takers_of(RawDigest(path="a", text=text))] == taker
