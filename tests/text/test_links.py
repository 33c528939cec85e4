"""Addresses: which are safe, and where they stand in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.links import _BARE, _IN_TEXT, _may_hold_links, code_link, find_links, repository, safe_url

PIECES = st.sampled_from(
    ["https://", "http://", "javascript:", "//", "@", "example.org", ":80", "[", "]", "::1"]
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org"),
        (" HTTP://EXAMPLE.org/Path?q=A#B ", "http://example.org/Path?q=A#B"),
        ("https://example.org:8080/a%20b", "https://example.org:8080/a%20b"),
        ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("https://example.org/{a}|b^c`d", "https://example.org/%7Ba%7D%7Cb%5Ec%60d"),
        ("https://a_b.github.io/x", "https://a_b.github.io/x"),
    ],
)
def test_safe(url: str, expected: str) -> None:
    assert safe_url(url) == expected
    assert safe_url(expected) == expected


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
        ),
        *(
            "file:///etc/passwd",
            "ftp://example.org",
            "//example.org",
            "/papers",
            "example.org",
            "",
            "https://",
        ),
        *(
            "https://user@example.org",
            "https://example.org@evil.test",
            "https://exa mple.org",
            "https://a.org/\x00",
        ),
        *(
            'https://a.org/"onclick=x',
            "https://a.org/<script>",
            "https://a.org\\@b.org",
            "https://[::1",
            "https://[::1]/",
        ),
        *("https://a.org:port/", "https://a.org:99999/", "https://\u202egro.a", "https://..", "https://-"),
        "https://a.org/" + "a" * 2_000,
    ],
)
def test_not_safe(url: str) -> None:
    assert safe_url(url) is None


@given(st.lists(PIECES | st.text(max_size=4)).map("".join))
def test_whatever_passes_is_plain(text: str) -> None:
    url = safe_url(text)
    if url is not None:
        assert url.startswith(("https://", "http://"))
        assert url.isascii()
        assert not set(url) & set(' \t\n"<>\\`{}|^')
        assert safe_url(url) == url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at https://github.com/a/b.", ["https://github.com/a/b"]),
        ("at github.com/jacob/Propagation.", ["https://github.com/jacob/Propagation"]),
        ("(see https://a.org/x_(y)), and https://a.org/z!", ["https://a.org/x_(y)", "https://a.org/z"]),
        ("twice https://a.org https://a.org", ["https://a.org"]),
        ("\\url{https://a.org/b\\_c}", ["https://a.org/b_c"]),
        ("www.example.org/x; HTTPS://A.org", ["https://www.example.org/x", "https://a.org"]),
        ("“https://a.org/q?x=1&y=2”", ["https://a.org/q?x=1&y=2"]),
        ("mail me@github.com/a, evilgithub.com/a/b, x/github.com/a/b, www. and http://", []),
        ("no javascript:alert(1) here", []),
        ("(https://a.org/" + "x" * 1_980 + ")" * 9_000 + ")", ["https://a.org/" + "x" * 1_980]),
        ("part of https://a.org/" + "x" * 1_980 + "." * 20 + "y", []),
    ],
)
def test_found_in_text(text: str, expected: list[str]) -> None:
    assert list(find_links(text)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/a/b/tree/main", "https://github.com/a/b"),
        ("http://www.github.com/a/b.git", "https://github.com/a/b"),
        ("https://github.com/a/b/?tab=readme#top", "https://github.com/a/b"),
        ("https://gitlab.com/a/b/", "https://gitlab.com/a/b"),
        ("https://github.com/a/b/tree/main/folder", None),
        ("https://github.com/a", None),
        ("https://github.com/topics/llm", None),
        ("https://example.org/a/b", None),
    ],
)
def test_repositories(url: str, expected: str | None) -> None:
    assert repository(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://a.github.io/p, code at github.com/a/b/tree/main.", "https://github.com/a/b"),
        ("at https://github.com/a/b/tree/main/sub", "https://github.com/a/b/tree/main/sub"),
        ("at https://anonymous.4open.science/r/x-1", "https://anonymous.4open.science/r/x-1"),
        ("by https://github.com/a and https://a.org/b/c", None),
    ],
)
def test_the_code_of_a_text(text: str, expected: str | None) -> None:
    assert code_link(text) == expected


@given(
    st.lists(
        st.sampled_from(
            [*_BARE, "HTTPS://", "http:", "www.", "WWW.", "/", "//", "\u017f", "\u212a", "\u0130", "a"]
        )
        | st.text(max_size=3),
        max_size=6,
    ).map("".join)
)
def test_no_text_with_a_link_is_passed_over(text: str) -> None:
    for spelled in (text, text.upper(), text.lower()):
        assert _may_hold_links(spelled) or not _IN_TEXT.search(spelled)
