"""Weekly tables: the years of weeks, and titles without stars."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import DigestError
from generator.model import Digest
from generator.readers import read_digest

TABLE = """| **Paper**  | **Links** |
| --- | --- |
| 1) **A Title** - text | [Paper](https://arxiv.org/abs/2403.01234) |
"""


def read(*weeks: str, day: date | None = None) -> Digest:
    text = "\n".join(f"## Top ML Papers of the Week ({week}\n{TABLE}" for week in weeks)
    return read_digest("a.md", text.encode(), day=day)


def days(*weeks: str) -> list[str]:
    return [str(record.day) for record in read(*weeks).records]


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        (["June 23 - June 29) - 2025"], ["2025-06-29"]),
        (["Jan 1-8, 2023)"], ["2023-01-08"]),
        (["Feb 27-Mar 5) 2023"], ["2023-03-05"]),
        (["December 30 - January 5) - 2025"], ["2025-01-05"]),
        (["Dec. 30, 2024 – Jan. 5, 2025)"], ["2025-01-05"]),
        (["December 30, 2024 - January 5)"], ["2025-01-05"]),
        # Lists in falling and in rising order; the years follow from the next.
        (["January 1 - January 7) - 2024", "December 25 - December 31)"], ["2024-01-07", "2023-12-31"]),
        (["December 25 - December 31) - 2023", "January 1 - January 7)"], ["2023-12-31", "2024-01-07"]),
        (
            ["May 8 - 14)", "May 1-7)", "April 24 - April 30) - 2023"],
            ["2023-05-14", "2023-05-07", "2023-04-30"],
        ),
        # The year of the first day, as the weeks beside it make plain.
        (["January 6 - 12) - 2025", "December 30 - January 5) - 2024"], ["2025-01-12", "2025-01-05"]),
    ],
)
def test_the_day_of_a_paper_is_the_last_of_its_week(weeks: list[str], expected: list[str]) -> None:
    assert days(*weeks) == expected


def test_a_year_that_is_not_certain_is_not_guessed() -> None:
    digest = read("June 23 - June 29) - 2025", "January 6 - January 12)", "February 30 - March 5) - 2024")
    assert [str(record.day) for record in digest.records] == ["2025-06-29"]
    assert [str(refusal.problem) for refusal in digest.refusals] == [
        "a.md:6: expected a week with its year, or next to one that has it, found "
        '"Top ML Papers of the Week (January 6 - January 12)"; '
        "write its year into the heading or give the day with --date",
        "a.md:11: expected a week that ends on a day of the calendar, found "
        '"Top ML Papers of the Week (February 30 - March 5) - 2024"; '
        "write its year into the heading or give the day with --date",
    ]
    with pytest.raises(DigestError, match="expected a week with its year"):
        read("January 6 - January 12)")


def test_a_day_that_is_given_wins() -> None:
    day = date(2025, 1, 13)
    assert read("January 6 - January 12)", day=day).notes == ()
    digest = read("January 6 - January 12) - 2025", "December 30 - January 5) - 2025", day=day)
    assert (digest.day, {record.day for record in digest.records}) == (day, {None})
    assert [str(note) for note in digest.notes] == [
        "a.md: expected the day 2025-01-13, given by the file's name or --date, found 2 weeks, from 2025-01-05 to "
        "2025-01-12; leave out the day if the weeks are right"
    ]


@pytest.mark.parametrize(
    ("cell", "title", "summary"),
    [
        ("**A Title** - text", "A Title", "text"),
        ("**A Title**- text", "A Title", "text"),
        ("**A * B_c**: text", "A * B_c", "text"),
        ("A Title  The paper does. More  of it", "A Title", "The paper does. More of it"),
        ("A Title for  a Thing  The paper does", "A Title for a Thing", "The paper does"),
        ("A Title<br>The paper does", "A Title", "The paper does"),
        ("A Title - The paper does", "A Title", "The paper does"),
        ("A Title, Alone", "A Title, Alone", ""),
    ],
)
def test_titles(cell: str, title: str, summary: str) -> None:
    text = f"# Top AI Papers of the Week (Jan 1-8) 2023\n\n{TABLE.replace('**A Title** - text', cell)}"
    record = read_digest("a.md", text.encode()).records[0]
    assert (record.title, record.summary) == (title, summary)
