"""Lists of authors."""

from __future__ import annotations

import time

import pytest

from generator.readers.people import split_authors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "LHCb collaboration: R. Aaij, C. Abell\\'an Beteta",
            ("LHCb collaboration", "R. Aaij", "C. Abellán Beteta"),
        ),
        ("A. Person (1), B. Person (for the X collaboration: Y)", ("A. Person", "B. Person")),
        ("Ling-Da Kong, Lin Lan, et al. (115\n  additional authors not shown)", ("Ling-Da Kong", "Lin Lan")),
        ("A. Person*, B. Person2†", ("A. Person", "B. Person")),
    ],
)
def test_names(text: str, expected: tuple[str, ...]) -> None:
    assert split_authors(text) == expected


@pytest.mark.parametrize(
    "text", [" " * 40_000 + "x", "1" * 40_000 + "a", "()" * 40_000 + "a", "for the " * 9_000]
)
def test_long_lines_take_no_longer(text: str) -> None:
    start = time.perf_counter()
    split_authors(text)
    assert time.perf_counter() - start < 2
