"""Escaped text shows as itself, whatever extensions a site enables."""

from __future__ import annotations

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.markdown import escape_markdown, safe_markdown, unescape_markdown

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.snippets",
    "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip

MARKUP = [
    *"\\`*_{}[]()#+-.!|<>&~^=:$\"'@/?% \n", "a", "b1", "1.", "- ", "# ", "http://x.y", "&amp;", "<b>", "--8<--",
    "[x](y)", "{: .a }", "![i](j)", "*[a]:", "[^1]", "!!! note", "++ctrl++", "```", "    ", "{{ x }}", "---",
    ":smile:", "/// x",
]  # fmt: skip


def clean(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.split())


texts = st.lists(st.sampled_from(MARKUP), max_size=14).map("".join).map(clean)


@pytest.fixture(scope="module")
def converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=EXTENSIONS)


def convert(converter: markdown.Markdown, text: str) -> str:
    converter.reset()
    return str(converter.convert(text))


@given(text=texts)
def test_paragraphs_show_exactly_their_text(converter: markdown.Markdown, text: str) -> None:
    rendered = convert(converter, escape_markdown(text))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p"}
    assert html.unescape("\n\n".join(re.findall(r"<p>(.*?)</p>", rendered, re.DOTALL))) == text


@given(text=texts.map(lambda text: " ".join(text.split())).filter(bool))
def test_titles_in_links_in_headings(converter: markdown.Markdown, text: str) -> None:
    rendered = convert(converter, f"### [{escape_markdown(text)}](x.md) {{ #key }}")
    match = re.fullmatch(r'<h3 id="key"><a href="x.md">(.*)</a></h3>', rendered)
    assert match
    assert html.unescape(match[1]) == text


def test_a_link_at_the_start_of_a_line_is_no_reference_definition(converter: markdown.Markdown) -> None:
    rendered = convert(converter, f"[{escape_markdown(']: x')}](y.md)\n\n{escape_markdown('[a]: b')}")
    assert rendered == '<p><a href="y.md">&#93;: x</a></p>\n<p>[a&#93;: b</p>'


@given(text=st.one_of(texts, st.text().map(clean)))
def test_escaping_can_be_undone(text: str) -> None:
    assert unescape_markdown(escape_markdown(text)) == text


@given(text=texts)
def test_a_persons_markdown_cannot_do_harm(converter: markdown.Markdown, text: str) -> None:
    rendered = convert(converter, safe_markdown(text))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p", "a", "em", "strong", "ul", "li"}
    assert all(url.startswith("http") for url in re.findall(r'href="([^"]*)', rendered))


def test_a_persons_markdown_keeps_its_links_and_emphasis(converter: markdown.Markdown) -> None:
    text = (
        "Read **this** *now* in [a_b](https://example.org/a_b).\n\n- <b>one</b>\n- [two](javascript:alert(1))"
    )
    assert convert(converter, safe_markdown(text)) == (
        '<p>Read <strong>this</strong> <em>now</em> in <a href="https://example.org/a_b">a_b</a>.</p>\n'
        "<ul>\n<li>&lt;b&gt;one&lt;/b&gt;</li>\n<li>[two](javascript:alert(1))</li>\n</ul>"
    )


def plain_escape(text: str) -> str:
    """The rules of `escape_markdown` one after the other, each asked of every text."""
    references = {char: f"&#{ord(char)};" for char in "`|~^"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    text = "".join(f"\\{char}" if char in "\\*_{}[]#" else references.get(char, char) for char in text)
    text = re.sub(r":(?=[\w+-]+:)", "&#58;", text)
    text = re.sub(r"\\\](?=:)", "&#93;", text)
    text = re.sub(r"([=+])(?=\1)", lambda match: f"&#{ord(match[1])};", text)
    text = re.sub(r"^([-+!=?:/])", lambda match: f"&#{ord(match[1])};", text, flags=re.MULTILINE)
    return re.sub(r"^(\d+)([.)])(?=\s|$)", lambda m: f"{m[1]}&#{ord(m[2])};", text, flags=re.MULTILINE)


@given(
    st.lists(st.sampled_from([*MARKUP, "\n", "]:", "==", ":a:", "٣.", "²)", "\ud800", "é"]), max_size=8).map(
        "".join
    )
    | st.text()
)
def test_no_rule_is_passed_over(text: str) -> None:
    assert escape_markdown(text) == plain_escape(text)


def test_no_character_is_passed_over() -> None:
    for char in map(chr, range(0x3000)):
        for text in (char, f"{char}. a", f"a{char}", f"a\n{char}", f"a{char}{char}:b"):
            assert escape_markdown(text) == plain_escape(text)
