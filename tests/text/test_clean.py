"""Clean text: the rules of `generator.text.clean`."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.clean import (
    _LINE_ENDS,
    _PARAGRAPHS,
    _REMOVED,
    _SURROGATE,
    _characters,
    _line,
    _paragraphs,
    clean_line,
    clean_paragraphs,
    resolve_references,
)

KEPT_INVISIBLE = {"\u200c", "\u200d", "\u200e", "\u200f", "\u061c"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two\n  lines\t", "two lines"),
        ("no\xa0break\u3000wide\u2028line", "no break wide line"),
        ("Cafe\u0301", "Café"),
        ("e\u200b\u0301", "é"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("\ufeffmark", "mark"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("over\u202eride\u202c \u2066isolate\u2069", "override isolate"),
        ("tag\U000e0041s", "tags"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("pair \ud83d\ude00", "pair 😀"),
        ("lone \ud83d", "lone \ufffd"),
        ("$<a,b>$ N\\'eron [De|Re]", "$<a,b>$ N\\'eron [De|Re]"),
        ("\x00\u200b", ""),
        # Read as Latin-1 or Windows-1252 what was UTF-8: seen in real abstracts and feeds.
        ("8 Ã— 8", "8 × 8"),
        ("the concept of â\x80\x9chandâ\x80\x9d is", "the concept of “hand” is"),
        ("Ã…ngstrÃ¶m Â· JosÃ©", "Ångström · José"),
        ("“Café” – déjà vu, Ã, Straße, naïve’s", "“Café” – déjà vu, Ã, Straße, naïve’s"),
        # Ligatures of typesetting, from text that was copied out of a PDF.
        (
            "multi-class classiﬁcation, eﬀects, eﬃcient ﬂow",
            "multi-class classification, effects, efficient flow",
        ),
        ("x² and ½ stay", "x² and ½ stay"),
    ],
)
def test_a_line(text: str, expected: str) -> None:
    assert clean_line(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "one two"),
        ("one\r\n\r\n  two\r\nthree\n \n\n\nfour\n", "one\n\ntwo three\n\nfour"),
        ("one\u2029two", "one\n\ntwo"),
        ("one\x0c\x0ctwo", "one\n\ntwo"),
        ("\n\n", ""),
    ],
)
def test_paragraphs(text: str, expected: str) -> None:
    assert clean_paragraphs(text) == expected


@given(st.text() | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zs", "Zl", "Lu"])))
def test_clean_text_is_clean_and_stays_so(text: str) -> None:
    line, paragraphs = clean_line(text), clean_paragraphs(text)
    assert clean_line(line) == line
    assert clean_paragraphs(paragraphs) == paragraphs
    assert " ".join(paragraphs.split()) == line
    for value in (line, paragraphs):
        assert unicodedata.is_normalized("NFC", value)
        value.encode()
        assert not [char for char in value if unicodedata.category(char) == "Cc" and char != "\n"]
        assert not [
            char for char in value if unicodedata.bidirectional(char) in {"LRO", "RLO", "LRE", "RLE", "PDF"}
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("&amp;lt;", "&lt;"),
        ("&#8211;&#x2014;", "–—"),
        ("AT&T, R&D; a &lt b &nothing;", "AT&T, R&D; a &lt b &nothing;"),
        ("&#0; &#xD800; &#99999999;", "\ufffd \ufffd &#99999999;"),
    ],
)
def test_references_are_resolved_once(text: str, expected: str) -> None:
    assert resolve_references(text) == expected


def slow_line(text: str) -> str:
    """The rules one after the other, without a look at what they would find."""
    return " ".join(_characters(text).split())


def slow_paragraphs(text: str) -> str:
    text = _LINE_ENDS.sub("\n", _characters(text)).replace("\u2029", "\n\n")
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in _PARAGRAPHS.split(text))))


def test_of_no_code_point_a_rule_is_skipped() -> None:
    everything = [chr(point) for point in range(sys.maxunicode + 1)]
    plain = [char for char in everything if char.isprintable() or char.isspace()]
    assert not _REMOVED.search("".join(plain))
    assert not _SURROGATE.search("".join(plain))
    for start in range(0, len(plain), 4096):
        part = plain[start : start + 4096]
        # Each among its neighbours, which it may compose with, and each after and before white space.
        for text in ("".join(part), " ".join(part), "\n".join(part)):
            assert _line(text) == slow_line(text)
            assert _paragraphs(text) == slow_paragraphs(text)
    for char in everything:
        assert char.isprintable() or char.isspace() or clean_line(char) == slow_line(char)


@given(st.text() | st.text(st.sampled_from("a e\u0301\n\n\r\t\x0b\x0c\x1c\x85\u2000\u2028\u2029\u200b\x00é")))
def test_what_is_skipped_changes_nothing(text: str) -> None:
    assert _line(text) == slow_line(text)
    assert _paragraphs(text) == slow_paragraphs(text)


@given(st.text(alphabet=st.sampled_from("ÃÂâ\x80\x9c\x9d€œ™Ü¤·\xad\xa0ﬁé A\u0301\u200b\n"), max_size=12))
def test_what_was_misread_settles(text: str) -> None:
    for clean in (clean_line, clean_paragraphs):
        assert clean(clean(text)) == clean(text)
