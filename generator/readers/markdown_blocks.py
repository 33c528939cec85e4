"""The outline of a Markdown digest: its papers with their lists of fields, before any of it is understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_HEADING = re.compile(r" {0,3}(#{1,2})(?:[ \t]+(.*))?")
_BULLET = re.compile(r" {0,3}[-*+][ \t]+(.*)")
#: ``key: value``; the key may be stressed, with its colon in or out.
_FIELD = re.compile(
    r"(?:\*\*|__)?([A-Za-z][A-Za-z _-]{0,29}?)\s*(?:(?:\*\*|__)\s*:|:(?:\*\*|__)?)(?:\s+(.*)|\s*)", re.DOTALL
)


@dataclass(slots=True)
class Field:
    """A bullet ``key: value`` at a line of the file; `key` is empty for a bullet without one."""

    line: int
    key: str
    value: str


@dataclass(slots=True)
class Block:
    """What stands below one heading. `level` is 0 for what stands above the first."""

    line: int
    level: int
    heading: str
    lines: list[str] = field(default_factory=list)


def blocks(body: str, first: int) -> list[Block]:
    """Cut a body, whose first line is line `first` of its file, at the headings of levels 1 and 2.

    HTML comments are not read. A line that begins with ``# `` or ``## `` is a heading wherever it stands.
    """
    body = _without_comments(body)
    found = [Block(first, 0, "")]
    for number, line in enumerate(body.split("\n"), start=first):
        if match := _HEADING.fullmatch(line):
            found.append(Block(number, len(match[1]), _without_closing(match[2] or "")))
        else:
            found[-1].lines.append(line)
    return found


def _without_comments(body: str) -> str:
    """A body whose HTML comments are empty lines; one that does not end is text."""
    parts, end = [], 0
    while (start := body.find("<!--", end)) >= 0 and (stop := body.find("-->", start + 4)) >= 0:
        parts += [body[end:start], "\n" * body.count("\n", start, stop)]
        end = stop + 3
    return "".join([*parts, body[end:]])


def _without_closing(heading: str) -> str:
    """A heading without the signs that may close it: ``Title ##``."""
    heading = heading.strip(" \t")
    bare = heading.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else heading


def fields(block: Block, known: Callable[[str], bool]) -> tuple[list[Field], list[str]]:
    """The list of fields that a paper's block begins with, and the lines after it.

    It is one if a bullet has a `known` key; else those bullets belong to the text. It ends at a line that is
    neither a bullet nor the indented rest of one; after an empty line only a known key goes on with it.
    """
    found: list[Field] = []
    place = end = _skip_empty(block.lines, 0)
    while place < len(block.lines):
        line = block.lines[place]
        if match := _BULLET.fullmatch(line):
            item = _field(block.line + 1 + place, match[1])
            if found and place > end and not known(item.key):
                break
            found.append(item)
        elif found and place == end and line.startswith(("  ", "\t")) and line.strip():
            found[-1].value += " " + line.strip()
        else:
            break
        end = place + 1
        place = _skip_empty(block.lines, end) if _next_is_empty(block.lines, end) else end
    if not any(known(item.key) for item in found):
        return [], block.lines
    return found, block.lines[end:]


def _field(line: int, text: str) -> Field:
    match = _FIELD.fullmatch(text)
    return (
        Field(line, " ".join(match[1].lower().replace("_", " ").replace("-", " ").split()), match[2] or "")
        if match
        else Field(line, "", text)
    )


def _next_is_empty(lines: Sequence[str], place: int) -> bool:
    return place < len(lines) and not lines[place].strip()


def _skip_empty(lines: Sequence[str], place: int) -> int:
    while _next_is_empty(lines, place):
        place += 1
    return place
