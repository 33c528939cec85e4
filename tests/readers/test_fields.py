"""Values as sources write them."""

from __future__ import annotations

import math

import pytest

from generator.model import Link
from generator.readers.fields import make_link, paper_links, read_count, read_date, read_day


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((0, 0), (29, 29), (29.0, 29), ("29", 29), (" 1,729 ", 1729), ("11.8k", 11_800), ("1.25K", 1_250)),
        *(
            ("2m", 2_000_000),
            ("12,34", None),
            ("", None),
            ("many", None),
            ("-1", None),
            (-1, None),
            (2.5, None),
        ),
        *(
            (True, None),
            (None, None),
            ([], None),
            (math.inf, None),
            (math.nan, None),
            (10**30, None),
            ("٣", None),
        ),
        ("1.2345k", 1234),
    ],
)
def test_counts(value: object, expected: int | None) -> None:
    assert read_count(value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("2025", "2025"), ("2025-03", "2025-03"), (" 2025-03-14 ", "2025-03-14"), ("0001", "0001")),
        *(("2025-03-14T23:59:59.000Z", "2025-03-14"), ("2025-03-14 01:02+02:00", "2025-03-14")),
        *(
            ("2025-13", None),
            ("2025-00", None),
            ("2025-02-30", None),
            ("0000", None),
            ("14 March", None),
            ("", None),
        ),
    ],
)
def test_dates(text: str, expected: str | None) -> None:
    found = read_date(text)
    assert (str(found) if found else None) == expected
    assert (read_day(text) is not None) == bool(expected and len(expected) == 10)


def test_a_doi_of_any_signs_is_a_safe_link() -> None:
    (link,) = paper_links((), doi="10.1002/(sici)1097<1::aid-a>3.0.co;2-#")
    assert link == Link("DOI", "https://doi.org/10.1002/(sici)1097%3C1::aid-a%3E3.0.co;2-%23")


def test_what_is_given_wins_over_what_follows() -> None:
    given = [Link("Page", "https://example.org"), Link("PDF", "https://example.org/a.pdf")]
    assert [link.url for link in paper_links(given, arxiv_id="2503.10613", abstract="github.com/a/b")] == [
        "https://arxiv.org/abs/2503.10613",
        "https://example.org/a.pdf",
        "https://github.com/a/b",
        "https://example.org",
    ]


def test_only_safe_links_are_made() -> None:
    assert make_link("Code", "javascript:alert(1)") is None
    assert make_link("Code", "https://github.com/a/b/tree/main") == Link("Code", "https://github.com/a/b")
    assert make_link("Page", "https://github.com/a/b/tree/main") == Link(
        "Page", "https://github.com/a/b/tree/main"
    )
