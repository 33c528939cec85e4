"""Names of people."""

from __future__ import annotations

import pytest

from generator.text.names import family_name


@pytest.mark.parametrize(
    ("author", "family"),
    [
        ("Ada Lovelace", "Lovelace"),
        ("Lovelace, Ada", "Lovelace"),
        ("van der Berg, Jan", "van der Berg"),
        ("Plato", "Plato"),
        (", Ada", "Ada"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_family_names(author: str, family: str) -> None:
    assert family_name(author) == family
