r"""The blocks of arXiv's listings and ``.abs`` files, before they are understood.

A block stands between lines ``\\``: its header, then its abstract, if it has one. Lines of hyphens separate blocks;
lines of percent signs separate the parts of a listing. How arXiv itself reads them:
``browse/services/listing/parse_new_listing_file.py`` and ``browse/services/documents/fs_implementation/parse_abs.py``
of <https://github.com/arXiv/arxiv-browse>.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from generator.ids import parse_arxiv
from generator.readers.mail_date import read_mail_date

#: A block's first line: ``arXiv:2303.00812 (*cross-listing*)``, before 2007 ``Paper (*cross-listing*): math/9901070``.
IDENTIFIER = re.compile(r"(?:arXiv|Paper)\s*(?P<before>\(\*cross-listing\*\))?:\s*(?P<id>.*)", re.ASCII)
CROSS = "(*cross-listing*)"
#: The days of a past week stand as comments between the blocks.
_DAY = re.compile(r"/\*\s*(.*?)\s*\*/")
_BREAK = "\\\\"
_ADDRESS = re.compile(r"\\\\ ?\( ?https?://")
_RULE = re.compile(r"-{20,}")
_PARTS = (
    ("cross", re.compile(r"(?:%-){6}")),
    ("replace", re.compile(r"(?:%%--){4}")),
    ("", re.compile(r"(?:%%%---){3}")),  # the end: what follows is another listing
)
_HEADER = re.compile(r"(Date|Subject):\s*(.*)", re.IGNORECASE)
#: Of a paper's date, unlike a mail's, the size of its source stands in the same line.
_SIZE = re.compile(r"\(\d+k?b\b", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One paper's lines: `header` and `abstract` with the numbers of the header's lines.

    `part` is that of the listing it stands in (new, cross, replace), `day` the day above it; `listed` tells that it
    ends as only listings let it end: with its address, or without an abstract.
    """

    part: str
    day: date | None
    header: list[tuple[int, str]] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    broken: bool = False
    listed: bool = False


@dataclass(slots=True)
class Blocks:
    """All blocks of a text; the subjects of its mails; the lines of days that are none; whether it has anything that
    only listings have.
    """

    blocks: list[Block] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    no_days: list[tuple[int, str]] = field(default_factory=list)
    listing: bool = False


def split_blocks(text: str) -> Blocks:
    """The blocks of `text`, in order; its lines are looked at once."""
    scan = _Scan([line.rstrip() for line in text.split("\n")])
    for place in range(len(scan.lines)):
        scan.take(place)
    scan.close()
    found = scan.found
    found.listing = found.listing or any(block.listed or not block.abstract for block in found.blocks)
    return found


class _Scan:
    """Goes through the lines; `block` is the open one."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.found = Blocks()
        self.part = "new"
        self.day: date | None = None
        self.block: Block | None = None
        #: The place of the next line that is not empty, for each.
        self.following = [len(lines)] * len(lines)
        for place in range(len(lines) - 2, -1, -1):
            self.following[place] = place + 1 if lines[place + 1] else self.following[place + 1]

    def take(self, place: int) -> None:
        """The line at `place`."""
        line = self.lines[place]
        if self._separates(place, line):
            self.close()
        elif self.block is None:
            self._outside(place, line)
        elif _ADDRESS.match(line):
            self.block.listed = True
            self.close()
        elif self.block.broken:
            self._in_abstract(self.block, place, line)
        elif (match := _DAY.fullmatch(line)) and not self.block.header:
            self._set_day(place, match[1])
            self.block = None
        else:
            self._in_header(self.block, place, line)

    def close(self) -> None:
        """End the open block. One without lines was none."""
        block, self.block = self.block, None
        if block is None or not block.header:
            return
        while block.abstract and block.abstract[-1] in ("", _BREAK):
            block.abstract.pop()
        self.found.blocks.append(block)

    def _open(self) -> Block:
        self.close()
        self.block = Block(self.part, self.day)
        return self.block

    def _separates(self, place: int, line: str) -> bool:
        """Whether the line separates blocks; it may begin a part. A line of hyphens can also be an abstract's own."""
        for part, pattern in _PARTS:
            if pattern.match(line):
                self.part, self.found.listing = part or "new", True
                return True
        if not _RULE.fullmatch(line):
            return False
        following = self.following[place]
        if self.block is None or following == len(self.lines):
            return True
        after = self.lines[following]
        return after == _BREAK or _begins(after) or bool(_RULE.fullmatch(after)) or _is_part(after)

    def _outside(self, place: int, line: str) -> None:
        if line == _BREAK:
            self._open()
        elif (match := IDENTIFIER.match(line)) and parse_arxiv(match["id"].removesuffix(CROSS)):
            self._open().header.append((place + 1, line))
        elif (match := _HEADER.match(line)) and not _SIZE.search(line):
            self.found.listing = True
            if match[1].lower() == "subject":
                self.found.subjects.append(match[2])
            else:
                self._set_day(place, match[2])

    def _set_day(self, place: int, text: str) -> None:
        """A line of the day of what follows. One that cannot be read does not leave the day before it in force."""
        day = read_mail_date(text)
        self.found.listing = True
        self.day = date(*day) if day else None
        if not day:
            self.found.no_days.append((place + 1, text))

    def _in_header(self, block: Block, place: int, line: str) -> None:
        if line == _BREAK:
            block.broken = bool(block.header)
        elif _begins(line) and any(_begins(text) for _, text in block.header):
            self._open().header.append((place + 1, line))
        elif line:
            block.header.append((place + 1, line))

    def _in_abstract(self, block: Block, place: int, line: str) -> None:
        if _begins(line) and self.lines[place - 1] == _BREAK:
            self._open().header.append((place + 1, line))
        else:
            block.abstract.append(line)


def _begins(line: str) -> bool:
    return bool(line[:5] in ("arXiv", "Paper") and IDENTIFIER.match(line))


def _is_part(line: str) -> bool:
    return any(pattern.match(line) for _, pattern in _PARTS)
