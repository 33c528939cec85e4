"""Rows of daily lists: what the golden files do not show."""

from __future__ import annotations

from datetime import date

import pytest

from generator.errors import DigestError
from generator.readers import arxiv_daily, read_digest
from generator.readers.arxiv_daily_row import Row, split_row
from generator.readers.raw import RawDigest

ROW = "|**2022-06-01**|**{}**|Ada Lovelace et.al.|[2206.00266](http://arxiv.org/abs/2206.00266)|null|"
ADDRESS = "http://arxiv.org/abs/2206.00266"


@pytest.mark.parametrize(
    "title", ["A", "A|B", "|A|", "**A**", "[A](b)", "A ** B", "$|x|$", "- A, Paper: [", "#"]
)
def test_any_title_is_read_from_either_shape(title: str) -> None:
    table = split_row(ROW.format(title))
    dashed = split_row(f"- 2022-06-01, **{title}**, Ada Lovelace et.al., Paper: [{ADDRESS}]({ADDRESS})")
    assert table == Row("2022-06-01", title, "Ada Lovelace et.al.", ADDRESS, "null", ())
    if ", Paper: [" not in title:
        assert dashed == Row("2022-06-01", title, "Ada Lovelace et.al.", ADDRESS, "")


def test_a_day_that_is_given_wins_over_the_list_s_own() -> None:
    text = f"## Updated on 2022.06.07\n\n## SLAM\n\n{ROW.format('A')}\n"
    assert read_digest("a.md", text.encode()).day == date(2022, 6, 7)
    digest = read_digest("a.md", text.encode(), day=date(2022, 6, 8))
    assert digest.day == date(2022, 6, 8)
    assert [str(note) for note in digest.notes] == [
        "a.md:1: expected the day 2022-06-08, given by the file's name or --date, found 2022-06-07; "
        "rename the file if the list is right"
    ]


@pytest.mark.parametrize("updated", ["", "## Updated on 2022.02.31", "## Updated today"])
def test_a_list_without_a_day_is_not_guessed_at(updated: str) -> None:
    with pytest.raises(DigestError, match=r"expected a day `Updated on YYYY\.MM\.DD`"):
        read_digest("a.md", f"{updated}\n\n{ROW.format('A')}\n".encode())


def test_a_list_of_other_columns_is_another_format() -> None:
    text = f"| Publish Date | Title | Authors | Tag | PDF |\n|---|---|---|---|---|\n{ROW.format('A')}\n"
    assert not arxiv_daily.accepts(RawDigest(path="a", text=text))
    assert arxiv_daily.accepts(RawDigest(path="a", text=ROW.format("A")))


def test_thousands_of_rows_take_no_time() -> None:
    rows = "\n".join(ROW.format(f"Title {number}") for number in range(9_000))
    assert len(read_digest("a.md", rows.encode(), day=date(2022, 6, 7)).records) == 9_000
