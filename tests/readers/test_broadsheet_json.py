"""Our own JSON, when others have had their hands on it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.errors import DigestError
from generator.model import Digest, Source
from generator.readers import read_digest

PAPER = {"title": "A", "arxiv": "2503.10613"}


def read(*papers: object, name: str = "a.json", **fields: Any) -> Digest:
    answer = {"broadsheet": 1, "day": "2025-03-14", **fields, "papers": papers}
    return read_digest(name, json.dumps(answer).encode())


def test_the_site_knows_the_sources_better() -> None:
    text = json.dumps(
        {"broadsheet": 1, "day": "2025-03-14", "source": "club", "sources": [{"slug": "club", "name": "C"}],
         "papers": [PAPER, {**PAPER, "source": "Other Club"}]}
    )  # fmt: skip
    known = {"club": Source("club", "The Club", "https://example.org/")}
    digest = read_digest("a.json", text.encode(), sources=known)
    assert digest.source == known["club"]
    assert digest.records[1].source == Source("other-club", "Other Club")
    assert read_digest("2025-03-14-club.json", text.encode(), sources=known).source == known["club"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"broadsheet": 2}, '$.broadsheet: expected version 1, found "2"; read it with a newer Broadsheet'),
        ({"papers": []}, "$.papers: expected at least one paper, found an empty list; get the file again"),
        ({"papers": {}}, "$.papers: expected at least one paper, found an object; get the file again"),
        (
            {"day": None},
            "$.day: expected a day like 2025-03-14, found nothing; "
            "give it with --date YYYY-MM-DD or begin the file's name with it",
        ),
    ],
)
def test_what_cannot_be_used(fields: dict[str, Any], expected: str) -> None:
    answer = {"broadsheet": 1, "day": "2025-03-14", "papers": [PAPER], **fields}
    with pytest.raises(DigestError) as caught:
        read_digest("a.json", json.dumps(answer).encode())
    assert str(caught.value) == f"a.json: {expected}"


def test_a_wrong_identifier_refuses_any_other_value_is_noted() -> None:
    digest = read({**PAPER, "doi": 7}, {"title": " "}, 3, {**PAPER, "upvotes": "many", "x": 1, "links": [{}]})
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        'a.json: $.papers[0].doi: expected a DOI like 10.1000/xyz, found "7"; correct or remove it',
        "a.json: $.papers[1].title: expected a title, found an empty one; write it or remove the record",
        "a.json: $.papers[2]: expected an object with a title, found a number; correct it or remove it",
    ]
    assert [str(note) for note in digest.notes] == [
        'a.json: $.papers[3].upvotes: expected a count like 29, found "many"; correct or remove it',
        'a.json: $.papers[3]: expected a key of version 1, found "x"; it is not read: remove it',
        "a.json: $.papers[3].links[0]: expected a label and an http or https address, found an object; "
        "correct or remove it",
    ]


def test_the_day_that_is_given_wins() -> None:
    digest = read(PAPER, name="2025-03-15.json")
    assert [str(note) for note in digest.notes] == [
        "2025-03-15.json: $.day: expected the day 2025-03-15, given by the file's name or --date, "
        "found 2025-03-14; rename the file if its text is right"
    ]


def test_an_introduction_is_kept_line_by_line_without_controls() -> None:
    assert read(PAPER, introduction="*A*\n\n\u202eB\x00\n\n    code\n").introduction == "*A*\n\nB\n\n    code"
