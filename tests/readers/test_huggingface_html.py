"""Saved pages of Hugging Face."""

from __future__ import annotations

import html
import json
from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest
from generator.readers import read_digest
from tests.conftest import FIXTURES


def page(props: object, target: str = "DailyPapers") -> bytes:
    written = html.escape(props if isinstance(props, str) else json.dumps(props))
    return f'<!doctype html><body><div data-target="{target}" data-props="{written}"></div>'.encode()


def read(props: object, target: str = "DailyPapers", day: date | None = None) -> Digest:
    return read_digest("a.html", page(props, target), day=day)


def paper(number: int, **more: object) -> dict[str, object]:
    return {"paper": {"id": f"2503.{number:05d}", "title": f"Paper {number}", **more}}


@pytest.mark.parametrize(
    "name", ["2024-12-12-repr.json", "2025-03-14-paragraphs.json", "2025-03-19-tree.json"]
)
def test_a_page_is_read_as_the_answer_of_the_api_is(name: str) -> None:
    day = date.fromisoformat(name[:10])
    data = (FIXTURES / "huggingface-json" / name).read_bytes()
    answer = json.loads(data)
    items = answer["data"] if isinstance(answer, dict) else answer
    found = read({"dateString": str(day), "dailyPapers": items})
    assert found.day == day
    plain = read_digest("a.json", data, day=day)
    assert [{**shown(item), "where": ""} for item in found.records] == [
        {**shown(item), "where": ""} for item in plain.records
    ]


def shown(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("props", "days"),
    [
        ({"dateString": "2025-03-14", "dailyPapers": [paper(1)]}, ["2025-03-14"]),
        ({"dailyPapers": [paper(1, submittedOnDailyAt="2025-03-14T01:02:03Z")]}, ["2025-03-14"]),
        (
            {
                "dateString": "2025-W11",
                "dailyPapers": [
                    paper(1, submittedOnDailyAt="2025-03-13T01:02:03Z"),
                    paper(2, submittedOnDailyAt="2025-03-14T01:02:03Z"),
                ],
            },
            ["2025-03-13", "2025-03-14"],
        ),
    ],
)
def test_days(props: object, days: list[str]) -> None:
    digest = read(props)
    assert sorted({str(item.day or digest.day) for item in digest.records}) == days


def test_a_paper_of_a_week_without_its_day_is_refused() -> None:
    digest = read(
        {"periodType": "week", "dailyPapers": [paper(1, submittedOnDailyAt="2025-03-13"), paper(2)]}
    )
    assert [item.title for item in digest.records] == ["Paper 1"]
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        "a.html: $.dailyPapers[1].paper.submittedOnDailyAt: expected the day it was listed, found none; "
        "give it with --date YYYY-MM-DD or begin the file's name with it"
    ]


def test_the_page_of_one_paper() -> None:
    digest = read({**paper(1, upvotes=3), "comments": [{"id": "1"}]}, "PaperContent", date(2025, 3, 14))
    assert [(item.title, item.upvotes, item.comments) for item in digest.records] == [("Paper 1", 3, None)]


@pytest.mark.parametrize(
    ("props", "message"),
    [
        ({"dailyPapers": []}, "$.dailyPapers: expected at least one paper, found an empty list; "
         "save the page of a day with papers, or remove the file"),
        ({"dailyPapers": {}}, "$.dailyPapers: expected a list of papers, found an object; "
         "save the page again, as HTML"),
        ({"dailyPapers": [paper(1)]}, "expected a day, as dateString or each paper's submittedOnDailyAt, found none; "
         "give it with --date YYYY-MM-DD or begin the file's name with it"),
        ("", "expected the papers in data-props of the element DailyPapers or PaperContent, found nothing; "
         "save the page again, as HTML"),
        ("[1]", "$: expected an object, found a list; save the page again, as HTML"),
    ],
)  # fmt: skip
def test_pages_that_cannot_be_used(props: object, message: str) -> None:
    with pytest.raises(DigestError) as caught:
        read(props)
    assert str(caught.value) == f"a.html: {message}"


def test_damaged_data_says_where() -> None:
    with pytest.raises(DigestError) as caught:
        read('{"dailyPapers": [}')
    assert str(caught.value) == (
        "a.html (data-props):1: expected JSON, found an error at line 1, column 18 (Expecting value); "
        "correct it or save the answer again"
    )
