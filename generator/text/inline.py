"""Hand-written Markdown inside a line into plain text, and lists of values inside a line.

Only what is surely markup is taken away: links, images, code, ``**strong**``, ``*stressed*``, ``_stressed_``,
escapes and character references. The rest stays as it is written, for titles and abstracts are full of signs
(``A* search``, ``$x_1$``). `generator.text.markdown.escape_markdown` makes text that comes back unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.text.clean import clean_line
from generator.text.links import safe_url
from generator.text.markdown import escape_markdown, unescape_markdown

_LINK = (
    r"!?\[(?P<label>(?:\\.|[^\[\]\\])*)\]"
    r"\(\s*(?P<url><[^<>\n]*>|[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_MARKUP = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    rf"|{_LINK}"
    r"|<(?P<auto>https?://[^\s<>]+)>"
    r"|\*\*(?=[^\s*])(?P<strong>(?:\\.|[^*\\]|(?<!\*)\*(?!\*))+)(?<!\s)\*\*"
    r"|(?<![\w*])\*(?=[^\s*])(?P<star>(?:\\.|[^*\\])+)(?<!\s)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])(?P<bar>(?:\\.|[^_\\])+)(?<!\s)_(?!\w)",
    re.DOTALL,
)
_ONLY_LINK = re.compile(_LINK, re.DOTALL)
#: A value in a list: escapes and character references hold their separators.
_HELD = r"\\.|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_BY_SEMICOLON = re.compile(rf"(?:{_HELD}|[^;])+", re.DOTALL)
_BY_COMMA = re.compile(rf"(?:{_HELD}|[^,])+", re.DOTALL)


class InlineLink(NamedTuple):
    """A Markdown link: its label, still Markdown, and where it leads, as it is written."""

    label: str
    url: str


def plain(text: str, *, addresses: bool = False) -> str:
    r"""Give the text that a reader of the Markdown `text` sees, not cleaned.

    With `addresses` a link keeps its address in brackets behind its words, if `safe_url` lets it pass.

    >>> plain("**A\\*** for [pages](https://example.org/x)", addresses=True)
    'A* for pages (https://example.org/x)'
    >>> plain("[click](javascript:alert)")
    'click'
    """
    parts, end = [], 0
    for match in _MARKUP.finditer(text):
        parts.append(unescape_markdown(text[end : match.start()]))
        parts.append(_seen(match, addresses=addresses))
        end = match.end()
    return "".join([*parts, unescape_markdown(text[end:])])


def _seen(match: re.Match[str], *, addresses: bool) -> str:
    if match["label"] is not None:
        label, url = plain(match["label"]), safe_url(match["url"].strip("<>"))
        return f"{label} ({url})" if addresses and url and url not in label else label
    if kept := match["escaped"] or match["auto"] or match["code"]:
        return kept
    return plain(match["strong"] or match["star"] or match["bar"], addresses=addresses)


def only_link(text: str) -> InlineLink | None:
    """The link that `text` is as a whole; None if there is more, or something else."""
    match = _ONLY_LINK.fullmatch(text.strip())
    return InlineLink(match["label"], unescape_markdown(match["url"].strip("<>"))) if match else None


def split_values(text: str) -> list[str]:
    r"""Cut a list inside a line into its values, which are still Markdown.

    Values are separated by semicolons if there is one, else by commas. An escaped separator (``\;``) is part
    of a value.

    >>> split_values("Lovelace, Ada; Babbage, Charles"), split_values("agents, tools"), split_values("a, b;")
    (['Lovelace, Ada', 'Babbage, Charles'], ['agents', 'tools'], ['a, b'])
    """
    parts = _BY_SEMICOLON.findall(text)
    if len(parts) == 1 and parts[0] == text:
        parts = _BY_COMMA.findall(text)
    return [part.strip() for part in parts if part.strip()]


def join_values(values: Iterable[str]) -> str:
    """Write plain values as a list inside a line, which `split_values` cuts in the same way."""
    values = list(values)
    if not any("," in value or ";" in value for value in values):
        return ", ".join(map(escape_markdown, values))
    escaped = (r"\;".join(map(escape_markdown, value.split(";"))) for value in values)
    return "; ".join(escaped) + (";" if len(values) == 1 else "")


def plain_line(text: str) -> str:
    """`plain`, cleaned, on one line."""
    return clean_line(plain(text))
