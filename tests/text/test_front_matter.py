"""Front matter: what is told to C at once reads the same as what the generic dumper writes, and reads back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.text import front_matter as module
from generator.text.front_matter import _LAYOUT, _Dumper, dump, front_matter, known
from tests.strategies import lines

#: Texts that YAML reads as something else, if nobody sees to it, and such as are nearly those.
ODD = [
    *(
        "",
        "~",
        "null",
        "Null",
        "yes",
        "Yes",
        "no",
        "on",
        "off",
        "true",
        "True",
        "y",
        "n",
        "1",
        "-1",
        "+1",
        "1.5",
    ),
    *(
        ".5",
        ".inf",
        "-.inf",
        ".nan",
        "1e3",
        "1_000",
        "0x1F",
        "0o7",
        "0b1",
        "1:30",
        "2025-03-14",
        "2025-03-14T01:02:03Z",
    ),
    *(
        "<<",
        "=",
        "!",
        "&",
        "*",
        "- a",
        "? a",
        ": a",
        "a: b",
        "a #b",
        "#a",
        "@a",
        "`a",
        "%a",
        "[a",
        "{a",
        "'a",
        '"a',
        "---",
    ),
    *(
        "...",
        " a",
        "a ",
        "12\n",
        "\n",
        "a\nb",
        "a\nb\n",
        "a\n\n",
        " a\nb",
        "a \nb",
        "true\n",
        "\ta\nb",
        "\x07",
        "\x85",
    ),
    *("é", "🎉", "\u2028", "\ufeff", "x" * 200, "a word " * 40, "no\n" * 3),
]
texts = st.sampled_from(ODD) | lines | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
scalars = texts | st.integers() | st.dates()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)
unusual = st.none() | st.booleans() | st.floats() | st.datetimes() | st.binary(max_size=3)


def generic(meta: Mapping[str, Any]) -> str:
    return str(yaml.dump(meta, Dumper=_Dumper, sort_keys=False, **_LAYOUT)) if meta else ""


@given(meta=st.dictionaries(texts, values, max_size=4))
@example(meta={text: [text, {text: text}] for text in ODD})
def test_it_is_what_the_generic_dumper_writes(meta: dict[str, Any]) -> None:
    assert dump(meta) == generic(meta)


@given(
    meta=st.dictionaries(
        st.text("abc", min_size=1), values | st.lists(unusual, max_size=3) | unusual, max_size=4
    )
)
def test_unusual_values_are_left_to_the_generic_dumper(meta: dict[str, Any]) -> None:
    assert dump(meta) == generic(meta)


@given(meta=st.dictionaries(st.text("abc", min_size=1), values, max_size=4))
def test_without_c_it_reads_back_too(meta: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CEmitter", None)
        assert dump(meta) == generic(meta)


clean_values = st.recursive(
    lines
    | st.integers()
    | st.dates()
    | st.none()
    | st.sampled_from([text for text in ODD if text.isprintable()]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(lines, inner)
    ),
    max_leaves=12,
)


@given(meta=st.dictionaries(lines, clean_values, max_size=4))
def test_it_reads_back_as_what_is_known(meta: dict[str, Any]) -> None:
    assert (yaml.safe_load(front_matter(meta)) or {}) == known(meta)


def test_what_is_unknown_is_absent() -> None:
    meta: dict[str, Any] = {
        "zero": 0,
        "no": False,
        "none": None,
        "text": "",
        "list": [],
        "tuple": (),
        "mapping": {"only": {"nothing": None}},
        "proxy": MappingProxyType({"a": (1, "b", None, {"c": ""})}),
        "day": date(2025, 3, 14),
        "moment": datetime(2025, 3, 14),  # noqa: DTZ001 - as it stands in a file
    }
    assert known(meta) == {
        "zero": 0,
        "no": False,
        "proxy": {"a": [1, "b", None, {}]},
        "day": date(2025, 3, 14),
        "moment": datetime(2025, 3, 14),  # noqa: DTZ001
    }
    assert front_matter({}) == front_matter({"a": None}) == ""


def test_a_value_that_nobody_can_write() -> None:
    with pytest.raises(yaml.YAMLError):
        front_matter({"a": ["text", object()]})
