"""Formats that a site describes in its settings."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from generator.errors import DigestError
from generator.model import Source
from generator.readers import READERS, read_digest
from generator.readers.described import DescribedFormat, describe

SHEET = {
    "title": "Titel",
    "authors": ["Autoren", "Autor"],
    "arxiv": "Adresse",
    "published": "Datum",
    "tags": "Marken",
    "source": "Our club",
}
TEXT = (
    b"Titel;Autoren;Adresse;Datum;Marken\n"
    b"Ein Titel;Lovelace, Ada;https://arxiv.org/abs/2503.10613v2;2025-03-13;a, b\n"
)


def described(given: object, name: str = "my-sheet") -> DescribedFormat:
    found, problems = describe(name, given, "mkdocs.yml: formats", [])
    assert found is not None, problems
    return found


def test_a_table_in_another_language() -> None:
    digest = read_digest("2025-03-14.csv", TEXT, formats=[described(SHEET)])
    (record,) = digest.records
    assert (digest.format, digest.source) == ("my-sheet", Source("our-club", "Our club"))
    assert (record.title, record.authors, record.tags) == ("Ein Titel", ("Ada Lovelace",), ("a", "b"))
    assert (record.arxiv_id, record.arxiv_version, str(record.published)) == ("2503.10613", 2, "2025-03-13")
    assert digest.notes == ()
    with pytest.raises(DigestError, match="a digest in a format that is known"):
        read_digest("2025-03-14.csv", TEXT)


def test_any_of_several_names_is_enough_and_no_field_may_lack() -> None:
    own = described(SHEET)
    one = read_digest("2025-03-14.csv", TEXT.replace(b"Autoren", b"Autor"), formats=[own])
    assert one.records[0].authors == ("Ada Lovelace",)
    with pytest.raises(DigestError, match="a digest in a format that is known"):
        read_digest("2025-03-14.csv", TEXT.replace(b"Datum", b"Tag"), formats=[own])
    with pytest.raises(DigestError, match=r'2025-03-14\.csv:1: expected the columns "Titel, Autoren, '):
        read_digest("2025-03-14.csv", b"A;B\n1;2\n", format="my-sheet", formats=[own])


def test_a_path_in_json() -> None:
    paper = {"name": "A", "by": [{"who": "Ada"}, {"who": "Charles"}]}
    answer = {"data": {"hits": [{"paper": paper, "on": "2025-03-14"}]}, "x": [{"paper": {"name": "No"}}]}
    text = json.dumps(answer).encode()
    own = described(
        {"title": "paper.name", "authors": "paper.by.who", "day": "on", "records": "data.hits"}, "hits"
    )
    digest = read_digest("a.json", text, formats=[own])
    assert (digest.format, digest.day, digest.source.slug) == ("hits", date(2025, 3, 14), "hits")
    assert (digest.records[0].title, digest.records[0].authors) == ("A", ("Ada", "Charles"))
    assert digest.records[0].where == "$.data.hits[0]"
    with pytest.raises(
        DigestError, match=r"a\.json: \$: expected a list of papers at data\.hits, found nothing"
    ):
        read_digest("a.json", b'{"data": 1}', format="hits", formats=[own])


def test_what_a_site_describes_comes_first() -> None:
    text = b'[{"paper": {"id": "2503.10613", "title": "A", "submittedOnDailyAt": "2025-03-14"}}]'
    own = described({"title": "paper.title", "arxiv": "paper.id", "day": "paper.submittedOnDailyAt"})
    assert read_digest("a.json", text, formats=[own]).format == "my-sheet"
    assert read_digest("a.json", text, formats=[own], format="huggingface-json").format == "huggingface-json"
    assert (
        read_digest("a.json", text, formats=[described({"title": "headline"})]).format == "huggingface-json"
    )


def test_names_that_tell_it_may_be_fewer() -> None:
    own = described({**SHEET, "code": "Quelltext", "match": ["Titel", "Marken"]})
    assert read_digest("2025-03-14.csv", TEXT, formats=[own]).format == "my-sheet"


def test_the_site_knows_its_source() -> None:
    lab = Source("our-club", "Our Club e. V.", "https://example.org/")
    assert (
        read_digest("2025-03-14.csv", TEXT, formats=[described(SHEET)], sources={"our-club": lab}).source
        == lab
    )
    assert read_digest("2025-03-14-our-club.csv", TEXT, formats=[described(SHEET)]).source.name == "Our club"


@pytest.mark.parametrize(
    ("name", "given", "messages"),
    [
        ("x", 3, ['formats: expected a mapping of fields to names, found "3"; write lines like title: Title below it']),
        (
            "markdown",
            {"title": "T"},
            [
                'formats: expected a name of small letters, digits and hyphens that no other format has, '
                'found "markdown"; call it otherwise'
            ],
        ),
        (
            "x",
            {"titel": "T"},
            [
                "formats: expected one of title, abstract, ",
                "formats: expected a line title: with the name of the title's column, found none; add it",
            ],
        ),
        (
            "x",
            {"title": ["T", 3], "doi": "", "records": ["a"], "match": 7},
            [
                "formats.title: expected the name of a column or a key, or a list of such names, found ",
                "formats.doi: expected the name of a column",
                "formats.records: expected a text, found ",
                "formats.match: expected the name of a column or a key, or a list of such names, found \"7\"; correct",
            ],
        ),
    ],
)  # fmt: skip
def test_wrong_descriptions(name: str, given: Any, messages: list[str]) -> None:
    found, problems = describe(name, given, "formats", [reader.NAME for reader in READERS])
    assert found is None
    assert len(problems) == len(messages)
    for problem, message in zip(problems, messages, strict=True):
        assert str(problem).startswith(message)
