"""The examples in docstrings give what they say."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = [
    *(
        "ids",
        "text.clean",
        "text.inline",
        "text.links",
        "text.markdown",
        "text.restore",
        "text.restore_names",
        "text.tags",
        "text.tex",
        "text.tex_markup",
    ),
    *("readers.fields", "readers.bibliography", "readers.bibliography_dates", "readers.bibtex_values"),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    results = doctest.testmod(import_module(f"generator.{name}"))
    assert results.attempted > 0
    assert results.failed == 0
