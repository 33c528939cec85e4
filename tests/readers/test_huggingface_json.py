"""Answers of the API: shapes that the golden files do not show."""

from __future__ import annotations

import json
from datetime import date

import pytest

from generator.model import Digest, Record
from generator.readers import read_digest
from generator.readers.json_text import REPR_LIMIT, unfold

PAPER = {"id": "2503.10613", "title": "A Title"}


def read(answer: object, name: str = "digests/2025-03-14.json") -> Digest:
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return read_digest(name, text.encode())


def one(**fields: object) -> Record:
    return read([{"paper": {**PAPER, **fields}}]).records[0]


@pytest.mark.parametrize("key", ["data", "papers", "dailyPapers"])
def test_envelopes(key: str) -> None:
    digest = read({"status": 200, "date": "2025-03-17", "count": 1, key: [{"paper": PAPER}]}, "a.json")
    assert (digest.day, digest.records[0].where, digest.notes) == (date(2025, 3, 17), f"$.{key}[0]", ())


def test_one_item_alone() -> None:
    assert read({"paper": PAPER}).records[0].title == "A Title"


def test_the_day_is_the_one_of_the_list() -> None:
    item = {
        "paper": {
            **PAPER,
            "publishedAt": "2025-03-13T17:59:00.000Z",
            "submittedOnDailyAt": "2025-03-17T00:44:05Z",
        }
    }
    digest = read([item], "a.json")
    assert digest.day == date(2025, 3, 17)
    assert str(digest.records[0].published) == "2025-03-13"


def listed(*days: str | None, name: str = "a.json") -> Digest:
    """An answer with a paper for each day, of which None is not said."""
    return read(
        [
            {"paper": {"id": f"2503.1000{n}", "title": "A"} | ({"submittedOnDailyAt": day} if day else {})}
            for n, day in enumerate(days)
        ],
        name,
    )


def test_papers_of_several_days_each_have_their_own() -> None:
    digest = listed("2025-09-16T01:00:00Z", "2025-09-15", "2025-09-18")
    assert (digest.since, digest.day) == (date(2025, 9, 15), date(2025, 9, 18))
    assert [str(record.day) for record in digest.records] == ["2025-09-16", "2025-09-15", "2025-09-18"]
    named = listed("2025-09-16", "2025-09-15", name="2025-09-15_2025-09-16-huggingface-daily.json")
    assert (named.since, named.day, named.notes) == (date(2025, 9, 15), date(2025, 9, 16), ())


def test_a_day_that_is_given_holds_for_all() -> None:
    digest = listed("2025-09-16", "2025-09-15", None, name="2025-09-17.json")
    assert (digest.since, digest.day, len(digest.records)) == (None, date(2025, 9, 17), 3)
    assert [str(note) for note in digest.notes] == [
        "2025-09-17.json: expected the day 2025-09-17, given by the file's name or --date, "
        "found 2025-09-15, 2025-09-16; rename the file if its papers are right"
    ]


def test_which_of_several_days_is_not_guessed() -> None:
    digest = listed("2025-09-16", None, "2025-09-15")
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        "a.json: $[1].paper.submittedOnDailyAt: expected its day, in an answer of several days, found none; "
        "add it, or give one day for all with --date YYYY-MM-DD"
    ]
    assert listed("2025-09-16", None).refusals == (), "the list of one day is of that day"


@pytest.mark.parametrize(
    "answer",
    [
        {**PAPER, "authors": [{"_id": "1", "name": "Ada", "hidden": False}]},
        [{**PAPER, "discussionId": "1"}],
        {**PAPER, "submittedOnDailyAt": "2025-03-14"},
        [{**PAPER, "thumbnailUrl": "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/1.png"}],
    ],
)
def test_papers_without_an_item_around_them(answer: object) -> None:
    digest = read(answer)
    assert (digest.format, digest.records[0].title) == ("huggingface-json", "A Title")
    assert digest.records[0].where == ("$[0]" if isinstance(answer, list) else "$")


def test_missing_is_not_zero() -> None:
    record = one(upvotes=None, githubStars=0)
    assert (record.upvotes, record.comments, record.stars) == (None, None, 0)
    assert (record.published, record.abstract, record.authors, record.summary) == (None, "", (), "")


def test_numbers_without_end_are_unknown() -> None:
    text = f'[{{"paper": {{"id": "2503.10613", "title": "A", "upvotes": {"9" * 5_000}, "githubStars": -Infinity}}}}]'
    record = read(text).records[0]
    assert (record.upvotes, record.stars) == (None, None)


def test_of_a_key_given_twice_the_last_counts() -> None:
    assert read('[{"paper": {"id": "2503.10613", "title": "A", "title": "B"}}]').records[0].title == "B"


@pytest.mark.parametrize("value", [3, True, [], {}, ["x"], {"name": []}, "", " ", None])
@pytest.mark.parametrize(
    "key",
    [
        "authors",
        "summary",
        "publishedAt",
        "githubRepo",
        "projectPage",
        "ai_keywords",
        "organization",
        "upvotes",
    ],
)
def test_a_field_of_any_kind_costs_at_most_itself(key: str, value: object) -> None:
    assert one(**{key: value}).title == "A Title"


def test_the_organization_may_stand_inside_or_outside() -> None:
    inside = {"name": "lab", "fullname": "The Lab"}
    assert one(organization=inside).organization == "The Lab"
    assert read([{"paper": PAPER, "organization": {"name": "lab"}}]).records[0].organization == "lab"


def test_links_each_once_and_the_code_first() -> None:
    record = one(githubRepo="https://github.com/a/b/", projectPage="https://github.com/a/b")
    assert [link.label for link in record.links] == ["arXiv", "PDF", "Code", "Hugging Face"]
    found = one(summary="Code is at github.com/c/d.", projectPage=" https://example.org/p ")
    assert [link.url for link in found.links if link.label in {"Code", "Project page"}] == [
        "https://github.com/c/d",
        "https://example.org/p",
    ]


def test_strings_that_are_records_are_read_with_care() -> None:
    assert unfold("{'a': [1, None, True]}") == {"a": [1, None, True]}
    assert unfold('{"a": [1, null, true]}') == {"a": [1, None, True]}
    for text in (
        "{'a': __import__('os')}",
        "{" * 10_000,
        "{[]: 1}",
        "{'\\d': 1",
        "plain",
        "{'a': '" + "x" * REPR_LIMIT + "'}",
    ):
        assert unfold(text) == text
    assert unfold(r"{'a': '\d'}") == {"a": r"\d"}, "and without a warning"
