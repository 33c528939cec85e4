"""The words of a text: the same in Python and in the browser, and as the examples of `words.json` have them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import ucd_3_2_0

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search.words import Words, fold, label, names, stem
from tests.search.conftest import Node

EXAMPLES: dict[str, list[Any]] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
texts = pytest.mark.parametrize("example", EXAMPLES["texts"], ids=lambda example: repr(example["text"][:30]))


class Read(NamedTuple):
    """A text that was taken apart: the terms that take a place each, in order, and the places of all terms."""

    terms: list[str]
    places: dict[str, list[int]]

    @property
    def beside(self) -> Counter[str]:
        """The terms that take no place."""
        return Counter({term: len(own) for term, own in self.places.items()}) - Counter(self.terms)


def in_python(text: str) -> Read:
    words = Words()
    places: dict[str, list[int]] = {}
    end = words.place(text, places, 0, 10**6)
    terms = words.terms(text)
    assert end == len(terms)
    return Read(terms, places)


def in_node(tokens: list[dict[str, list[str]]]) -> Read:
    terms: list[str] = []
    places: dict[str, list[int]] = {}
    for token in tokens:
        for term in token["beside"]:
            places.setdefault(term, []).append(len(terms))
        for term in token["terms"]:
            places.setdefault(term, []).append(len(terms))
            terms.append(term)
    return Read(terms, places)


@texts
def test_python_reads_the_examples(example: dict[str, Any]) -> None:
    read = in_python(example["text"])
    assert read.terms == example["terms"]
    assert read.beside == Counter(example.get("beside", []))


@texts
def test_the_browser_reads_the_examples(example: dict[str, Any], node: Node) -> None:
    [tokens] = node.words(("tokens", example["text"]))
    read = in_node(tokens)
    assert read.terms == example["terms"]
    assert [term for token in tokens for term in token["beside"]] == example.get("beside", [])


def test_names_labels_and_stems(node: Node) -> None:
    """Words of names are singular, as others are."""
    for text, expected in EXAMPLES["names"]:
        assert (text, names(text), *node.words(("names", text))) == (text, expected, expected)
    for text, expected in EXAMPLES["labels"]:
        assert (text, label(text), *node.words(("label", text))) == (text, expected, expected)
    for word, expected in EXAMPLES["stems"]:
        assert (word, stem(word), *node.words(("names", word))) == (word, expected, [expected])


#: What has rules of its own, and what lies beside it.
SPECIAL = r"""
the of networks studies classes matrices GPT-4 O'Brien self-supervised x s es ies ss β α µ Σ ς σ ϕ İ ı I ß ẞ æ ø ł ﬁ
Ⅷ ² ½ \"{o} \'{e} \' \c{c} \c \v{s} \H{o} \ss \o \L \i \alpha \varepsilon \Gamma \mathbb{R} \textbf{ \ { }
" ^ $ ' - ’ ‐ ‑ – — _ . , /
学 习 の が か ガ ｶ ﾞ ・ ー ゠ 한 ㄱ 𠮷 ㍿ ㈱ ﷺ 🎉 𝐁 𐐀 ภ ह ن ש ２ Ａ ™ ℵ K Å
"""
MARKS = "\u0301\u0345\u3099\u309a\u200b\u200d\ufe0f\u05b0\u064b\u0670\u093f\ud83d\udc00\x00\xa0\u2028\n "
PIECES = [*SPECIAL.split(), *MARKS, "  ", "x" * 45, "re-" * 12]
#: Characters that Python and Node know whatever their version, but those that are white space for one of them alone:
#: clean texts have none of these.
known = st.characters().filter(
    lambda char: ucd_3_2_0.category(char) != "Cn" and char not in "\x1c\x1d\x1e\x1f\x85\ufeff"
)
odd_texts = st.lists(st.sampled_from(PIECES) | st.text(known, max_size=4), max_size=10).map("".join)


@settings(max_examples=1000)
@given(odd_texts)
def test_both_read_any_text_alike(node: Node, text: str) -> None:
    calls = [(name, text) for name in ("fold", "tokens", "names", "label")]
    folded, tokens, named, labelled = node.words(*calls)
    assert (folded, in_node(tokens)) == (fold(text), in_python(text))
    assert (named, labelled) == (names(text), label(text))


@settings(max_examples=300)
@given(odd_texts)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    folded = fold(text.replace("\\", " "))
    assert fold(folded) == folded
    assert all(fold(word) == word for word in names(text))


MARKED = [
    ("The [Schrödinger] bridge", ["schrodinger"]),
    ("Two [networks], one [network]; a [Network]-like thing", ["network"]),
    ("On [GPT]-[4] and [GPT4]", ["gpt", "4", "gpt4"]),
    ("[深度学习]的方法", ["深度", "度学", "学习"]),
    ("学[习]", ["习"]),
    ("[O]'[Brien] and [β]-VAE", ["o", "brien", "beta"]),
    ("Café [Ångström], a [ﬁle]", ["angstrom", "file"]),
    ("__proto__ [constructor]", ["constructor"]),
    ("nothing", []),
]


@pytest.mark.parametrize(("text", "words"), MARKED, ids=[text for text, _ in MARKED])
def test_marks(text: str, words: list[str], node: Node) -> None:
    plain = text.replace("[", "").replace("]", "")
    [marks] = node.words(("marks", plain, {"words": words, "beginnings": []}))
    for start, end in reversed(marks):
        plain = f"{plain[:start]}[{plain[start:end]}]{plain[end:]}"
    assert plain == text


@settings(max_examples=300)
@given(odd_texts, odd_texts)
def test_marks_are_in_order_and_apart(node: Node, text: str, asked: str) -> None:
    words = {*in_python(asked).places, *in_python(text).terms[::2]}
    [marks] = node.words(("marks", text, {"words": [*words], "beginnings": ["re", "x"]}))
    places = [place for mark in marks for place in mark]
    size = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert places == sorted(set(places))
    assert all(0 <= place <= size for place in places)
