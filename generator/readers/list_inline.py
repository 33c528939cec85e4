"""A line of a Markdown list: its words, with a hole where each link stood, and the links.

Lists of papers mix Markdown with HTML and put links into brackets of their own (``[[paper](https://…)]``,
``[[Code]](https://…)``). White space is made single first: no expression below is then slow on any line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.text.clean import clean_line
from generator.text.inline import plain_line

#: Stands in the words of a line for a link. A control: no text has it once it is cleaned.
HOLE = "\x01"
#: Stands in the words of a line for a line break of HTML.
BREAK = "\x02"

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?)/?>")
_HREF = re.compile(r"\bhref\s?=\s?(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_SPACES = frozenset({"br", "p", "div", "li", "tr", "td", "th", "hr", "summary", "details", "center"})
#: Tags that are taken for HTML. Others may be mathematics or a placeholder: they stay.
_TAGS = _SPACES | {
    *(
        "a",
        "b",
        "i",
        "u",
        "s",
        "em",
        "strong",
        "sup",
        "sub",
        "span",
        "font",
        "img",
        "code",
        "kbd",
        "small",
        "big",
    ),
    *(
        "table",
        "tbody",
        "thead",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "del",
        "ins",
        "mark",
        "picture",
    ),
}
_URL = r"\( ?(<[^<> ]*>|[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)(?: (?:\"[^\"]*\"|'[^']*'))? ?\)"
_LABEL = r"(?<!\\)\[((?:\\.|[^\[\]\\]|\[[^\[\]]*\](?!\())*)\]"
_IMAGE = re.compile(rf"!{_LABEL}{_URL}")
_DOUBLED = re.compile(r"\[\[([^\[\]]*)\]\](?=\()")
_REFERENCE = re.compile(r"\[([^\[\]]+)\] ?\[([^\[\]]*)\]")
#: A link in Markdown, in angle brackets, or bare.
_LINK = re.compile(
    rf"{_LABEL}{_URL}|<(https?://[^\s<>]+)>|(https?://[^\s<>\"\[\]{HOLE}]*[^\s<>\"\[\]().,;:!?'*|_{HOLE}])"
)
_DEFINITION = re.compile(r" {0,3}\[([^\[\]]+)\]:\s*<?([^\s<>]+)>?(?:\s.*)?")
_BRACKETED = re.compile(rf"\\?[(\[（【][^()\[\]（）【】]*{HOLE}[^()\[\]（）【】]*[)\]）】]")


class ListLink(NamedTuple):
    """A link of a line: its label, plain, and its address, as it is written."""

    label: str
    url: str


class Line(NamedTuple):
    """The words of a line, still Markdown, with a `HOLE` for each of its links."""

    words: str
    links: tuple[ListLink, ...]


def definitions(text: str) -> dict[str, str]:
    """The addresses that a text defines for its links, ``[name]: https://…``, by their names in small letters."""
    if "]:" not in text:
        return {}
    matches = (_DEFINITION.fullmatch(line) for line in text.split("\n") if "]:" in line)
    return {match[1].casefold(): match[2] for match in matches if match}


def read_line(text: str, known: Mapping[str, str] | None = None) -> Line:
    """Part the words of a line from its links; `known` are the `definitions` of its text.

    >>> read_line("**A title** [[paper](https://example.org/p.pdf)]").links
    (ListLink(label='paper', url='https://example.org/p.pdf'),)
    """
    text = " ".join(_without_tags(text.replace(HOLE, " ").replace(BREAK, " ")).split())
    text = _DOUBLED.sub(r"[\1]", _IMAGE.sub("", text))
    if known:
        text = _REFERENCE.sub(lambda match: _resolved(match, known), text)
    links: list[ListLink] = []

    def hole(match: re.Match[str]) -> str:
        url = match[2] if match[2] is not None else match[3] or match[4]
        links.append(ListLink(plain_line(match[1] or ""), url.strip("<>")))
        return HOLE

    return Line(_LINK.sub(hole, text), tuple(links))


def _resolved(match: re.Match[str], known: Mapping[str, str]) -> str:
    url = known.get((match[2] or match[1]).casefold())
    return f"[{match[1]}]({url})" if url else match[0]


def _without_tags(text: str) -> str:
    """`text` with links of HTML as links of Markdown, and without its other tags."""
    if "<" not in text:
        return text
    parts: list[str] = []
    end, href, opened = 0, "", 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name not in _TAGS:
            continue
        parts.append(text[end : match.start()])
        end = match.end()
        if name == "br":
            parts.append(f" {BREAK} ")
        elif name in _SPACES:
            parts.append(" ")
        elif name == "a" and not match[1]:
            found = _HREF.search(match[3])
            href, opened = (found[1] or found[2] or found[3] or "") if found else "", len(parts)
        elif name == "a" and href:
            label = "".join(parts[opened:]).replace("[", "(").replace("]", ")")
            parts[opened:] = [f"[{label}]({href})"]
            href = ""
    return "".join([*parts, text[end:]])


def without_holes(words: str) -> str:
    """Words of a line without its links, and without brackets that have nothing else in them but their labels."""
    return _BRACKETED.sub(" ", words).replace(HOLE, " ")


def plain_words(words: str) -> str:
    """Words of a line as a reader sees them, links apart."""
    return clean_line(plain_line(without_holes(words)))
