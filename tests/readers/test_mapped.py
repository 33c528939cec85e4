"""Tables and JSON of any maker: what their values are taken for, and what is not guessed."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest, Record
from generator.readers import read_digest
from generator.readers.mapped_values import authors_of, date_of, values_of

NAME = "digests/2025-03-14.x"


def table(*lines: str, name: str = NAME) -> Digest:
    return read_digest(name, "\n".join(lines).encode())


def listed(*items: object, name: str = NAME) -> Digest:
    return read_digest(name, json.dumps([*items]).encode())


def one(**fields: object) -> Record:
    digest = listed({"title": "A", "url": "https://example.org/a", **fields})
    assert digest.format == "json-records"
    return digest.records[0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_header_says_what_separates(separator: str) -> None:
    digest = table(
        f"Title{separator}Authors{separator}Some, odd; name" if separator == "\t" else
        f"Title{separator}Authors{separator}Some name",
        f'"A, B; C"{separator}Ada Lovelace{separator}',
    )  # fmt: skip
    assert (digest.format, digest.records[0].title) == ("csv", "A, B; C")
    assert digest.records[0].authors == ("Ada Lovelace",)


@pytest.mark.parametrize(
    "text",
    [
        "Title\nA\n",
        "Name,Authors\nA,B\n",
        "Title,Venue\nA,B\n",
        "a title, an abstract and more\n",
        "| Title | Authors |\n| A | B |\n",
        "\n",
    ],
)
def test_what_names_no_papers_is_no_table(text: str) -> None:
    with pytest.raises(DigestError, match="a digest"):
        read_digest(NAME, text.encode())


def test_a_quote_that_is_not_closed_costs_its_own_record() -> None:
    rows = [f"Title {number},Ada" for number in range(500)]
    digest = table("Title,Author", *rows[:100], '"Open,Ada', *rows[100:])
    assert [record.title for record in digest.records] == [f"Title {number}" for number in range(500)]
    assert [refusal.problem.where for refusal in digest.refusals] == ["digests/2025-03-14.x:102"]


def test_lines_of_a_broken_value_are_no_records() -> None:
    digest = table("Title,Author", '"One "line" of it', "another, with a comma", 'the last",Ada', "B,Ada")
    assert [record.title for record in digest.records] == ["B"]
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        f"{NAME}:2: expected a value in quotes as a whole, with quotes in it doubled, "
        "found one that is not, in lines 2 to 4; correct the quotes"
    ]


def test_endless_quotes_end() -> None:
    digest = table("Title,Author", *['a","c'] * 20_000)
    assert digest.refusals
    assert not digest.records


def test_names_are_the_same_in_any_spelling() -> None:
    digest = table("paper_title,AUTHOR-LIST, Arxiv ID ", "A,Ada Lovelace,2503.10613")
    assert (digest.records[0].title, digest.records[0].arxiv_id) == ("A", "2503.10613")
    assert digest.notes == ()


@pytest.mark.parametrize(
    ("fields", "abstract", "summary"),
    [
        ({"summary": "S"}, "S", ""),
        ({"abstract": "A", "summary": "S"}, "A", "S"),
        ({"abstract": "", "summary": "S"}, "", "S"),
        ({"description": "D", "summary": "S"}, "S", "D"),
        ({"abstract": "A", "description": "D", "tldr": "T"}, "A", "T"),
    ],
)
def test_a_summary_is_the_abstract_if_there_is_no_other(
    fields: dict[str, str], abstract: str, summary: str
) -> None:
    record = one(**fields)
    assert (record.abstract, record.summary) == (abstract, summary)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A. Lovelace, C. Babbage, and A. Turing", ("A. Lovelace", "C. Babbage", "A. Turing")),
        ("Lovelace, Ada; Babbage, Charles; Lovelace, Ada", ("Ada Lovelace", "Charles Babbage")),
        ("Lovelace, Ada and Babbage, Charles", ("Ada Lovelace", "Charles Babbage")),
        ("Lovelace, Ada", ("Ada Lovelace",)),
        ("Lovelace, A. K.", ("A. K. Lovelace",)),
        ("OpenAI, Ada Lovelace", ("OpenAI", "Ada Lovelace")),
        ("Ada Lovelace\nCharles Babbage", ("Ada Lovelace", "Charles Babbage")),
        ("['Ada Lovelace', \"O'Neil\"]", ("Ada Lovelace", "O'Neil")),
        ('["Ada Lovelace"]', ("Ada Lovelace",)),
        (["Lovelace, Ada", "Martin King, Jr."], ("Ada Lovelace", "Martin King, Jr.")),
        ([{"firstName": "Ada"}, {"name": "N"}, {"first": "A", "last": "B"}], ("N", "A B")),
        ("", ()),
        (3.5, ("3.5",)),
        (True, None),
    ],
)
def test_authors(value: object, expected: tuple[str, ...] | None) -> None:
    found = authors_of(value)
    assert found == (() if expected == ("3.5",) else expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-3-5", None),
        ("2024.03.05", "2024-03-05"),
        ("20240305T010203", "2024-03-05"),
        (2024, "2024"),
        (2024.0, "2024"),
        ("June 2024", "2024-06"),
        ("1st March 2024 10:00", "2024-03-01"),
        ("31 February 2024", None),
        ("3/14/2025", None),
        ("soon", None),
        ("99 Foo 2024", None),
    ],
)
def test_dates(value: object, expected: str | None) -> None:
    found = date_of(value)
    assert (str(found) if found else None) == expected


def test_categories_may_have_spaces_between_them() -> None:
    assert values_of("astro-ph gr-qc cs.LG") == ("astro-ph", "gr-qc", "cs.LG")
    assert values_of("cell biology") == ("cell biology",)


def test_the_identifier_comes_from_wherever_it_is() -> None:
    for fields in (
        {"arxiv": "arXiv:2503.10613v2"},
        {"id": "2503.10613v2"},
        {"link": "http://arxiv.org/abs/2503.10613v2", "url": None},
        {"id": 7, "pdf": "https://arxiv.org/pdf/2503.10613v2.pdf"},
        {"doi": "10.48550/arXiv.2503.10613", "pdf": "https://arxiv.org/pdf/2503.10613v2"},
    ):
        record = one(**fields)
        assert (record.arxiv_id, record.arxiv_version) == ("2503.10613", 2), fields


def test_links_are_those_that_do_not_follow() -> None:
    record = one(
        arxiv="2503.10613", url="https://openreview.net/forum?id=x", github="https://github.com/a/b", tweet=""
    )
    assert [link.label for link in record.links] == ["arXiv", "PDF", "Code", "Page"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"a": {"b": {"items": [{"title": "A"}, 3]}}, "authors": [{"name": "x"}]}, "$.a.b.items[0]"),
        ({"title": "A", "authors": []}, "$"),
        ({"authors": 1, "2503.1": {"title": "A", "url": "u"}}, None),
        ({"a": [{"title": "A", "url": ""}], "b": [{"title": "B"}]}, None),
        ([{"paper": 3, "url": 1}], None),
    ],
)
def test_where_the_list_is(answer: object, expected: str | None) -> None:
    text = json.dumps(answer).encode()
    if expected:
        found = read_digest(NAME, text, format="json-records")
        assert found.records[0].where == expected
        return
    with pytest.raises(DigestError, match=r"expected one list of objects with titles, found (none|2: )"):
        read_digest(NAME, text, format="json-records")


def test_lines_that_are_no_json_cost_no_other() -> None:
    text = '{"title": "A", "id": "2503.10001"}\n{"title": "B", \n\n{"title": "C", "id": "2503.10003"}\n'
    digest = read_digest(NAME, text.encode())
    assert [record.title for record in digest.records] == ["A", "C"]
    assert [refusal.problem.where for refusal in digest.refusals] == ["digests/2025-03-14.x:2"]


def test_records_may_have_days_of_their_own() -> None:
    lines = ("Title,Authors,Day", "A,Ada,2025-03-18", "B,Ada,2025-03-17", "C,Ada,")
    digest = table(*lines, name="a.csv")
    assert (digest.since, digest.day) == (date(2025, 3, 17), date(2025, 3, 18))
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        "a.csv:4: expected its day, in a list of several days, found none; "
        "add it, or give one day for all with --date YYYY-MM-DD"
    ]
    assert len(table(*lines, name=NAME).records) == 3
    with pytest.raises(DigestError, match="a day for the list, found none"):
        table("Title,Authors,Day", "A,Ada,soon", name="a.csv")
