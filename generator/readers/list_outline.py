"""The outline of any Markdown: its headings, and below each the items of lists, the tables and the text.

Code between fences, comments, rules and definitions of links are left out. Nothing is understood here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(.*)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:\s*<?[a-z]+://\S+.*", re.IGNORECASE)
_DETAILS = re.compile(r"[ \t]*</?(?:details|summary|ol|ul|p|div|br|table|tr)\b[^<>]*>[ \t]*", re.IGNORECASE)
#: Items below items, no deeper than a person would write; and the pieces of a row that line breaks cut.
_DEEPEST, _PIECES = 8, 50


@dataclass(slots=True)
class Item:
    """An item of a list with those below it; `lines` are still Markdown."""

    line: int
    indent: int
    lines: list[str]
    items: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The item on one line."""
        return " ".join(self.lines)


@dataclass(slots=True)
class Table:
    """A table: its head and its rows, each with its line, as they are written."""

    line: int
    head: str
    rows: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """What stands below one heading. `level` is 0 for what stands above the first."""

    line: int
    level: int
    heading: str
    items: list[Item] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    text: list[tuple[int, str]] = field(default_factory=list)


class _Builder:
    """Takes lines, one after the other."""

    def __init__(self) -> None:
        self.sections = [Section(1, 0, "")]
        self._open: list[Item] = []
        self._table: Table | None = None
        self._pieces = 0  # of a row that is not ended
        self._last: tuple[int, str] | None = None  # a line that may be the head of a table
        self._gap = False  # an empty line came since the last item

    def add(self, number: int, line: str) -> None:
        """Put a line where it belongs."""
        if not line.strip():
            self._gap, self._table, self._last = True, None, None
            self.sections[-1].text.append((number, ""))
        elif heading := _HEADING.fullmatch(line):
            self._open, self._table, self._last = [], None, None
            self.sections.append(Section(number, len(heading[1]), _without_closing(heading[2])))
        elif not self._in_table(number, line) and not self._in_list(number, line):
            self._open = []
            self._last = (number, line)
            self.sections[-1].text.append((number, line))

    def _in_table(self, number: int, line: str) -> bool:
        if self._table is None:
            if not (self._last and "|" in self._last[1] and is_rule(line)):
                return False
            self._table, self._pieces = Table(*self._last), 0
            self.sections[-1].tables.append(self._table)
            self.sections[-1].text.pop()
            return True
        rows = self._table.rows
        begins = line.lstrip().startswith("|")
        if begins or ("|" in line and self._pieces == 0 and not self._table.head.lstrip().startswith("|")):
            self._pieces = (
                0 if line.rstrip().endswith("|") or not self._table.head.rstrip().endswith("|") else 1
            )
            rows.append((number, line))
            return True
        if 0 < self._pieces < _PIECES and not _ITEM.fullmatch(line):
            # The rest of a row that begins with a line and was cut before it ended with one.
            start, row = rows[-1]
            rows[-1] = (start, f"{row.rstrip()} {line.strip()}")
            self._pieces = 0 if line.rstrip().endswith("|") else self._pieces + 1
            return True
        self._table = None
        return False

    def _in_list(self, number: int, line: str) -> bool:
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if (match := _ITEM.fullmatch(line)) and not _is_break(line):
            while self._open and self._open[-1].indent >= indent:
                self._open.pop()
            del self._open[_DEEPEST:]
            item = Item(number, indent, [hard_break(match[2])])
            (self._open[-1].items if self._open else self.sections[-1].items).append(item)
            self._open.append(item)
            self._gap = False
            return True
        if not self._open or _DETAILS.fullmatch(line):
            return False
        while self._gap and self._open and self._open[-1].indent >= indent:
            self._open.pop()
        if not self._open:
            return False
        self._open[-1].lines.append(f"{'<br>' if self._gap else ''}{hard_break(line.lstrip())}")
        self._gap = False
        return True


def outline(text: str) -> list[Section]:
    """The sections of a text, the first of which stands above the first heading."""
    builder = _Builder()
    fence = ""
    for number, line in enumerate(_without_comments(text).split("\n"), start=1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and not _DEFINITION.fullmatch(line) and not _is_break(line):
            builder.add(number, line)
    return builder.sections


def _without_comments(text: str) -> str:
    """A text whose HTML comments are empty lines; one that does not end is text."""
    parts, end = [], 0
    while (start := text.find("<!--", end)) >= 0 and (stop := text.find("-->", start + 4)) >= 0:
        parts += [text[end:start], "\n" * text.count("\n", start, stop)]
        end = stop + 3
    return "".join([*parts, text[end:]])


def _without_closing(heading: str) -> str:
    bare = heading.rstrip().rstrip("#")
    return bare.rstrip() if not bare or bare[-1] in " \t" else heading.strip()


def hard_break(line: str) -> str:
    """A line with its hard break, if it ends with one, as that of HTML (CommonMark 0.31, 6.7)."""
    return (
        f"{line.rstrip()[:-1]}<br>"
        if line.rstrip().endswith("\\")
        else line.rstrip() + "<br>" * line.endswith("  ")
    )


def _is_break(line: str) -> bool:
    """Whether a line is a rule between parts of a text: ``---``, ``* * *``."""
    signs = "".join(line.split())
    return len(signs) >= 3 and signs[0] in "-*_" and signs == signs[0] * len(signs)


def is_rule(line: str) -> bool:
    """Whether a line is the rule below the head of a table: ``|:--|---|``."""
    return "|" in line and "-" in line and set(line) <= set("|-: \t")


def cells(row: str, count: int | None = None) -> list[str]:
    r"""The cells of a row. A ``|`` is in a cell where ``\`` stands before it, or in code; if there are more cells than
    the `count` of the head, also inside of brackets or mathematics.
    """
    row = row.strip()
    found = _split(row, "`")
    if count is not None and len(found) > count:
        closer = _split(row, "`$[")
        found = closer if len(closer) == count else found
    return found


def _split(row: str, shields: str) -> list[str]:
    """Cut a row at each ``|`` outside of what the `shields` open, if that is closed again."""
    found, start, place = [], 0, 0
    row = row.removeprefix("|")
    body = row.removesuffix("|") if not row.endswith("\\|") else row
    while place < len(body):
        char = body[place]
        if char == "\\":
            place += 1
        elif char == "|":
            found.append(body[start:place])
            start = place + 1
        elif char in shields:
            closed = body.find("]" if char == "[" else char, place + 1)
            if closed < 0:
                shields = shields.replace(char, "")
            else:
                place = closed
        place += 1
    return [cell.strip().replace("\\|", "|") for cell in (*found, body[start:])]
