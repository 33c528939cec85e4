"""Hand-written Markdown into plain text, and lists of values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.inline import join_values, only_link, plain, plain_line, split_values
from generator.text.markdown import escape_markdown
from tests.strategies import line_tuples, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**strong** and *stressed* and _so_ and `code *x*`", "strong and stressed and so and code *x*"),
        ("**a *nested* one**", "a nested one"),
        ("CoSTA*: A* search and B* search, 2 * 3 * 4", "CoSTA*: A* search and B* search, 2 * 3 * 4"),
        ("snake_case_name and $x_1 + y_2$", "snake_case_name and $x_1 + y_2$"),
        (r"\*kept\* \_so\_ \[x\](y)", "*kept* _so_ [x](y)"),
        ("&lt;b&gt; &amp;amp; AT&T", "<b> &amp; AT&T"),
        ("[words](https://example.org) ![image](x.png)", "words image"),
        ("[x](javascript:alert(1))", "x"),
        ("[nested [x] words](https://example.org)", "[nested [x] words](https://example.org)"),
        ("<https://example.org/a_b_c>", "https://example.org/a_b_c"),
        ("`` a ` b ``", " a ` b "),
        ("an open ` and an open [ and **", "an open ` and an open [ and **"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_link_may_keep_its_address() -> None:
    text = "[page](https://example.org/x) [trap](javascript:x) [https://a.org](https://a.org)"
    assert plain(text, addresses=True) == "page (https://example.org/x) trap https://a.org"


@given(lines)
def test_escaped_text_is_plain_again(text: str) -> None:
    assert plain_line(escape_markdown(text)) == text


@given(line_tuples)
def test_values_come_back(values: tuple[str, ...]) -> None:
    assert tuple(map(plain_line, split_values(join_values(values)))) == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agents, image editing", ["agents", "image editing"]),
        ("Lovelace, Ada; Babbage, Charles", ["Lovelace, Ada", "Babbage, Charles"]),
        ("Lovelace, Ada;", ["Lovelace, Ada"]),
        (r"a\, b, c", [r"a\, b", "c"]),
        ("R&amp;D, x", ["R&amp;D", "x"]),
        (", ,;", [", ,"]),
        ("", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert split_values(text) == [value for value in expected if value]


def test_only_link() -> None:
    assert only_link(" [a \\] b](<https://example.org/(x)>) ") == ("a \\] b", "https://example.org/(x)")
    assert only_link("[a](https://example.org) and more") is None
    assert only_link('[a](https://example.org/x_(y) "Title")') == ("a", "https://example.org/x_(y)")


@given(st.text(st.sampled_from("[]()*_`\\<>&; x"), max_size=200))
def test_any_text_has_a_plain_form(text: str) -> None:
    plain(text, addresses=True)
    split_values(text)
    only_link(text)
