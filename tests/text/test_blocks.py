"""The two forms of a block say the same, byte for byte."""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import blocks
from generator.text.blocks import Block, Span, paragraph, relative, text
from tests.strategies import urls
from tests.text.test_markdown import texts

PAGE = "tags/here/1.md"
words = texts.map(lambda text: " ".join(text.split()))
some_words = words.filter(bool)
anchors = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True)
files = st.sampled_from(
    ["papers/2503.1.md", "tags/x.md", "tags/here/2.md", "index.md", "digests/2025-03-14.md#k.1"]
)
spans = st.one_of(
    some_words.map(blocks.text),
    st.builds(
        blocks.link, some_words, files, st.just(PAGE), st.sampled_from(["", "Friday, 14 March: 3 papers"])
    ),
    st.builds(blocks.anchor_link, some_words, anchors),
    st.builds(blocks.web_link, some_words, urls),
)
lines = st.lists(spans, min_size=1, max_size=3).map(lambda parts: blocks.join(" · ", parts))
tables = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        blocks.table,
        st.lists(some_words, min_size=width, max_size=width),
        st.lists(st.sampled_from(["left", "center", "right"]), min_size=width, max_size=width),
        st.lists(
            st.lists(lines | st.just(Span("", "")), min_size=width, max_size=width), min_size=1, max_size=3
        ),
    )
)
some_blocks = st.one_of(
    st.builds(blocks.heading, st.integers(2, 4), lines, anchors),
    st.builds(blocks.paragraph, lines, st.sampled_from(["", "byline"])),
    st.builds(blocks.bullets, st.lists(lines, min_size=1, max_size=3)),
    tables,
)


@pytest.fixture(scope="module")
def converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=["attr_list", "tables", "toc", "def_list", "admonition"])


def linked(html: str) -> str:
    """Python-Markdown's HTML with links to files turned into links to pages, as MkDocs does."""
    return re.sub(r'href="(?:\.\./)+([^"]*\.md[^"]*)"', lambda m: f'href="{relative(m[1], PAGE)}"', html)


def is_list(block: Block) -> bool:
    return block.markdown.startswith("- ")


@given(parts=st.lists(some_blocks, max_size=5))
def test_both_forms_are_the_same(converter: markdown.Markdown, parts: list[Block]) -> None:
    apart = [b for n, b in enumerate(parts) if not (n and is_list(b) and is_list(parts[n - 1]))]
    unique = list({block.anchor or number: block for number, block in enumerate(apart)}.values())
    if any(is_list(a) and is_list(b) for a, b in pairwise(unique)):
        return
    converter.reset()
    assert linked(converter.convert(blocks.markdown_of(unique))) == blocks.html_of(unique)


def test_what_a_person_wrote_needs_a_parser() -> None:
    assert blocks.html_of([paragraph(text("text")), blocks.handwritten("*text*")]) is None


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        ("papers/a.md", "papers/b.md", "a.html"),
        ("papers/a.md", "index.md", "papers/a.html"),
        ("index.md", "papers/a.md", "../index.html"),
        ("tags/a/2.md", "tags/a.md", "a/2.html"),
        ("tags/a.md", "tags/a/2.md", "../a.html"),
        ("digests/d.md#k", "tags/a/2.md", "../../digests/d.html#k"),
    ],
)
def test_relative_addresses(target: str, page: str, expected: str) -> None:
    assert relative(target, page) == expected


@given(
    target=st.lists(st.sampled_from(["a", "b", "tags", "x.md"]), min_size=1, max_size=4).map("/".join),
    page=st.lists(st.sampled_from(["a", "b", "tags", "x.md"]), min_size=1, max_size=4).map("/".join),
    fragment=st.sampled_from(["", "#", "#k.1", "#a/b#c"]),
)
def test_a_link_leads_from_page_to_page(target: str, page: str, fragment: str) -> None:
    found, mark, rest = relative(target + fragment, page).partition("#")
    assert mark + rest == fragment
    name = target.removesuffix(".md") + ".html"
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), found)) == name
    assert found == posixpath.relpath(name, posixpath.dirname(page) or ".")
