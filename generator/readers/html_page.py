"""A page of HTML as its lines of text and the blocks that they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from generator.readers.html_text import BLOCKS, VOID, Tag, Text, tokens, word_set
from generator.text.clean import clean_line

#: Blocks inside more than this many others count as one with the innermost of those.
DEEPEST = 100
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
#: What is no part of a page's text.
_UNSEEN = word_set(
    "script style template svg noscript iframe button select textarea nav annotation head object video audio"
)
#: What a start tag ends: elements of these names, but none around an element of those.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "menu", "dir"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("table", "tr"))),
    "th": (frozenset(("td", "th")), frozenset(("table", "tr"))),
    "tr": (frozenset(("tr", "caption")), frozenset(("table",))),
    **{
        name: (frozenset(("thead", "tbody", "tfoot", "caption")), frozenset(("table",)))
        for name in ("thead", "tbody", "tfoot")
    },
}
#: What no end tag inside of it reaches out of: a stray ``</span>`` in a cell does not end the table.
_CELLS = frozenset(("table", "td", "th", "caption"))
_ROWS = frozenset(("tr", "td", "th", "thead", "tbody", "tfoot", "caption"))
_INNER_BLOCKS = frozenset(BLOCKS - {"p", *HEADINGS})
_SPACE = re.compile(r"\s+")
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em"))


class Run(NamedTuple):
    """A piece of a line with one look: the address that it links to, if it is a link."""

    text: str
    url: str | None = None
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class Block:
    """An element that holds lines: those from `first` to before `end`. `parent` is its place in `Page.blocks`."""

    tag: str
    parent: int
    classes: str
    first: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, at a line `number` of the file, in a block. `level` is that of a heading, else 0."""

    number: int
    block: int
    level: int
    runs: tuple[Run, ...]
    text: str


@dataclass(slots=True)
class Page:
    """The lines of a page in their order. `rules` are the places in them before which a rule (``<hr>``) stands."""

    title: str = ""
    site: str = ""
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=lambda: [Block("body", -1, "", 0)])
    rules: list[int] = field(default_factory=list)

    def around(self, block: int) -> list[int]:
        """A block and those around it, the innermost first."""
        chain = []
        while block >= 0:
            chain.append(block)
            block = self.blocks[block].parent
        return chain


class _Open(NamedTuple):
    name: str
    block: int
    url: str | None
    bold: bool
    italic: bool
    unseen: bool
    level: int = 0


class _Builder:
    """Puts a page together, tag by tag."""

    def __init__(self, text: str) -> None:
        self.page = Page()
        self._breaks = _line_breaks(text)
        self._stack = [_Open("body", 0, None, bold=False, italic=False, unseen=False)]
        self._runs: list[Run] = []
        self._place = 0
        self._title = False
        self._count: Counter[str] = Counter()

    def add(self, token: Tag | Text) -> None:
        """Take the next token."""
        if isinstance(token, Text):
            self._add_text(token)
        elif token.closes:
            self._close(token)
        else:
            self._open(token)

    def finish(self) -> Page:
        """The page, when all tokens were added."""
        self._break_line()
        for block in self.page.blocks:
            block.end = block.end or len(self.page.lines)
        return self.page

    def _add_text(self, token: Text) -> None:
        top = self._stack[-1]
        if self._title:
            self.page.title = self.page.title or clean_line(token.text)
        elif not top.unseen:
            if not self._runs:
                self._place = token.place + len(token.text) - len(token.text.lstrip())
            link = top.url is not None  # one run, whatever its words look like
            self._runs.append(Run(token.text, top.url, top.bold and not link, top.italic and not link))

    def _open(self, tag: Tag) -> None:
        name = tag.name
        if name == "br":
            self._break_line()
        elif name == "hr":
            self._break_line()
            self.page.rules.append(len(self.page.lines))
        elif name == "meta":
            if tag.attributes.get("property") == "og:site_name":
                self.page.site = self.page.site or clean_line(tag.attributes.get("content", ""))
        elif name == "title":
            self._title = not any(item.name == "svg" for item in self._stack)
        elif name not in VOID:
            self._push(tag)

    def _push(self, tag: Tag) -> None:
        name, block = tag.name, tag.name in BLOCKS
        if name == "body":
            self._end_of(frozenset(("head",)), frozenset())
        if block:
            self._end_of(frozenset(("head",)), frozenset())
            self._end_of(frozenset(("p",)), _CELLS)
            if name in HEADINGS:
                self._end_of(HEADINGS, _INNER_BLOCKS)
            self._break_line()
        if name in _ENDS:
            self._end_of(*_ENDS[name])
        if len(self._stack) >= 2 * DEEPEST:
            return
        self._count[name] += 1
        top = self._stack[-1]
        place = top.block
        if block and len(self._stack) <= DEEPEST:
            place = len(self.page.blocks)
            classes = f"{tag.attributes.get('class', '')} {tag.attributes.get('id', '')}".lower()
            self.page.blocks.append(Block(name, top.block, classes, len(self.page.lines)))
        self._stack.append(
            _Open(
                name,
                place,
                (tag.attributes.get("href") or None) if name == "a" else top.url,
                top.bold or name in _BOLD or _is_bold(tag),
                top.italic or name in _ITALIC,
                top.unseen or name in _UNSEEN or "hidden" in tag.attributes,
                int(name[1]) if name in HEADINGS else top.level,
            )
        )

    def _close(self, tag: Tag) -> None:
        if tag.name == "title":
            self._title = False
        elif tag.name == "br":
            self._break_line()
        else:
            self._end_of(frozenset((tag.name,)), _around(tag.name))
            if tag.name in BLOCKS:
                self._break_line()

    def _end_of(self, names: frozenset[str], around: frozenset[str]) -> None:
        """End the innermost element of one of `names` and all in it, if none of `around` is further in."""
        if not any(self._count[name] for name in names):
            return
        for place in range(len(self._stack) - 1, 0, -1):
            if self._stack[place].name in names:
                break
            if self._stack[place].name in around:
                return
        else:
            return
        if self._stack[-1].block != self._stack[place - 1].block:
            self._break_line()
        for item in self._stack[place:]:
            self._count[item.name] -= 1
            if item.block != self._stack[place - 1].block:
                self.page.blocks[item.block].end = len(self.page.lines)
        del self._stack[place:]

    def _break_line(self) -> None:
        runs, self._runs = _joined(self._runs), []
        text = clean_line("".join(run.text for run in runs))
        if not text:
            return
        block = self._stack[-1].block
        level = self._stack[-1].level
        number = bisect_right(self._breaks, self._place) + 1
        self.page.lines.append(Line(number, block, level, runs, text))


def read_page(text: str) -> Page:
    """Read HTML of any kind into its lines."""
    builder = _Builder(text)
    for token in tokens(text):
        builder.add(token)
    return builder.finish()


def _around(name: str) -> frozenset[str]:
    """What an end tag does not reach out of."""
    if name == "table":
        return frozenset()
    if name in _ROWS:
        return frozenset(("table",))
    return _CELLS if name in BLOCKS else _INNER_BLOCKS


def _line_breaks(text: str) -> list[int]:
    places, place = [], text.find("\n")
    while place >= 0:
        places.append(place)
        place = text.find("\n", place + 1)
    return places


def _is_bold(tag: Tag) -> bool:
    style = tag.attributes.get("style", "").replace(" ", "").lower()
    return "font-weight:bold" in style or "font-weight:600" in style or "font-weight:700" in style


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Runs of one look as one, white space as single spaces."""
    return tuple(
        Run(_SPACE.sub(" ", "".join(run.text for run in alike)), *look)
        for look, alike in groupby(runs, key=lambda run: run[1:])
    )
