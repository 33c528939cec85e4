"""What generated pages are made of: pieces of Markdown that know the HTML they become.

A page is written as Markdown, for people and for any builder; the HTML beside it is what Python-Markdown makes of it,
byte for byte (a test compares them), so that a build need not parse again what it has just written. A link between
pages is to a ``.md`` file in the one and to the ``.html`` in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from generator.text.markdown import escape_markdown, safe_markdown

#: What of an address is left as it is; the rest could end the link, or be read as markup or a character reference.
_IN_URL = "!#$%&'()+,/:=?@~-._"
#: The backslash escapes of `escape_markdown`, gone in HTML. Character references stand there as they do in Markdown.
_BACKSLASHED = re.compile(r"\\([\\*_{}\[\]#])")


class Span(NamedTuple):
    """A part of a line, in both forms."""

    markdown: str
    html: str


class Block(NamedTuple):
    """A heading, paragraph, list or table, in both forms; `html` is None where only a parser can tell.

    `anchor` is the id of a heading, "" of other blocks.
    """

    markdown: str
    html: str | None
    anchor: str = ""


def text(value: str) -> Span:
    """Plain text."""
    escaped = escape_markdown(value)
    return Span(escaped, _BACKSLASHED.sub(r"\1", escaped) if "\\" in escaped else escaped)


def raw(value: str) -> Span:
    """A separator or a character reference, the same in both forms: no markup, nothing from outside."""
    return Span(value, value)


def link(label: str, target: str, page: str, title: str = "") -> Span:
    """A link with a plain `label` from the file `page` to the file `target` (both below ``docs/``, a fragment allowed).

    `title` is what a pointer shows; it may hold letters, digits, commas and colons.
    """
    shown = text(label)
    up = "../" * page.count("/")
    note = f' "{title}"' if title else ""
    attribute = f' title="{title}"' if title else ""
    return Span(
        f"[{shown.markdown}]({up}{target}{note})",
        f'<a href="{relative(target, page)}"{attribute}>{shown.html}</a>',
    )


def anchor_link(label: str, anchor: str) -> Span:
    """A link to a heading of the same page."""
    shown = text(label)
    return Span(f"[{shown.markdown}](#{anchor})", f'<a href="#{anchor}">{shown.html}</a>')


def web_link(label: str, url: str) -> Span:
    """A link to the web. `url` has passed `generator.text.links.safe_url`."""
    shown, address = text(label), quote(url, safe=_IN_URL)
    return Span(
        f"[{shown.markdown}](<{address}>)", f'<a href="{address.replace("&", "&amp;")}">{shown.html}</a>'
    )


def relative(target: str, page: str) -> str:
    """The address of the page of file `target` as a link on the page of file `page`.

    >>> relative("papers/a.md", "tags/b/1.md"), relative("tags/b.md#c", "tags/b/1.md"), relative("index.md", "a.md")
    ('../../papers/a.html', '../b.html#c', 'index.html')
    """
    path, mark, fragment = target.partition("#")
    name = path.rfind("/") + 1
    way = _way(page[: page.rfind("/") + 1], path[:name])
    return f"{way}{path[name:].removesuffix('.md')}.html{mark}{fragment}"


@lru_cache(maxsize=4096)
def _way(page: str, target: str) -> str:
    """The way from folder to folder; each is empty or ends in a slash."""
    here, there = page.split("/")[:-1], target.split("/")[:-1]
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return "".join(f"{part}/" for part in (*[".."] * (len(here) - shared), *there[shared:]))


def join(separator: str, spans: Iterable[Span]) -> Span:
    """Spans one after the other, with a raw separator between them."""
    spans = tuple(spans)
    return Span(separator.join(s.markdown for s in spans), separator.join(s.html for s in spans))


def heading(level: int, span: Span, anchor: str) -> Block:
    """A heading with its id: a file name or key (`generator.ids`)."""
    return Block(
        f"{'#' * level} {span.markdown} {{ #{anchor} }}",
        f'<h{level} id="{anchor}">{span.html}</h{level}>',
        anchor,
    )


def paragraph(span: Span, style: str = "") -> Block:
    """A paragraph, with a class if `style` names one."""
    if not style:
        return Block(span.markdown, f"<p>{span.html}</p>")
    return Block(f"{span.markdown}\n{{ .{style} }}", f'<p class="{style}">{span.html}</p>')


def bullets(items: Iterable[Span]) -> Block:
    """A list. Two lists must not follow each other: Markdown would read one."""
    items = tuple(items)
    inner = "\n".join(f"<li>{item.html}</li>" for item in items)
    return Block("\n".join(f"- {item.markdown}" for item in items), f"<ul>\n{inner}\n</ul>")


def table(head: Sequence[str], aligned: Sequence[str], rows: Iterable[Sequence[Span]]) -> Block:
    """A table: the names of its columns, how each is aligned (left, center or right), and its rows."""
    rules = {"left": ":--", "center": ":-:", "right": "--:"}
    names, lines = [text(name) for name in head], [tuple(row) for row in rows]
    cells = ([name.markdown for name in names], [rules[side] for side in aligned])
    markdown = [*cells, *([cell.markdown for cell in row] for row in lines)]
    return Block(
        "\n".join(f"| {' | '.join(row)} |" for row in markdown),
        f"<table>\n<thead>\n{_row('th', names, aligned)}\n</thead>\n<tbody>\n"
        + "\n".join(_row("td", row, aligned) for row in lines)
        + "\n</tbody>\n</table>",
    )


def _row(tag: str, cells: Sequence[Span], aligned: Sequence[str]) -> str:
    columns = zip(cells, aligned, strict=True)
    inner = (f'<{tag} style="text-align: {side};">{cell.html}</{tag}>' for cell, side in columns)
    return "\n".join(chain(("<tr>",), inner, ("</tr>",)))


def handwritten(value: str) -> Block:
    """Markdown that a person wrote, reduced to what cannot do harm (`safe_markdown`); only a parser knows its HTML."""
    return Block(safe_markdown(value), None)


def markdown_of(blocks: Iterable[Block]) -> str:
    """The blocks of a page as Markdown."""
    return "\n\n".join(block.markdown for block in blocks)


def html_of(blocks: Iterable[Block]) -> str | None:
    """The blocks of a page as HTML; None if one of them needs a parser."""
    parts = [block.html for block in blocks]
    return None if None in parts else "\n".join(part for part in parts if part)
