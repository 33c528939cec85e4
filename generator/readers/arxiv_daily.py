"""Lists that the family of ``cv-arxiv-daily`` keeps in Markdown, README or page of the web.

::

    ## Updated on 2022.06.07

    ## SLAM

    |Publish Date|Title|Authors|PDF|Code|
    |---|---|---|---|---|
    |**2022-06-01**|**PaGO-LOAM: …**|Dong-Uk Seo et.al.|[2206.00266v1](http://arxiv.org/abs/2206.00266v1)|null|

The day of the digest is the one of "Updated on". A section's topic is the keyword of its papers; a paper of several
topics is listed in each. The other shape of a row, and what its cells mean, is in `generator.readers.arxiv_daily_row`.
Badges, tables of contents and links back to the top are furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from generator.errors import Problem, shown
from generator.model import Digest, Record, Refusal, Source
from generator.readers.arxiv_daily_row import ARXIV_LINK, DASH_START, TABLE_START, is_table_row, read_row
from generator.readers.fields import read_day
from generator.readers.raw import RawDigest
from generator.text.inline import plain_line

NAME = "arxiv-daily"
LABEL = "a Markdown list of the family of cv-arxiv-daily"
SOURCE = Source("arxiv-daily", "arXiv daily lists")

#: Lines that begin as a row does, of which one must have its link to arXiv for the text to be taken.
_ROWS_TRIED = 5
_ROW = re.compile(rf"^(?:{TABLE_START}|{DASH_START}).*", re.MULTILINE)
_HAS_LINK = re.compile(ARXIV_LINK)
_HEAD = re.compile(r"^\|\s*publish date\s*\|(.*)", re.IGNORECASE | re.MULTILINE)
_COLUMNS = ("title", "authors", "pdf", "code")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_UPDATED = re.compile(
    r"(?:#{1,6}|>)\s*!?updated\s*(?:on|--)?\s*(\d{4})[.-](\d{2})[.-](\d{2})\b", re.IGNORECASE
)
_DASHED = re.compile(r"-\s+\d{4}-")
#: A row that a line break cut in pieces has no more lines than this.
_LONGEST = 50


def accepts(raw: RawDigest) -> bool:
    """Whether it has a row with a date and a link to arXiv, below no other columns than the family's own."""
    rows = islice(_ROW.finditer(raw.text), _ROWS_TRIED)
    if raw.text.lstrip()[:1] in "{[" or not any(_HAS_LINK.search(row[0]) for row in rows):
        return False
    head = _HEAD.search(raw.text)
    return head is None or _names(head[1])[: len(_COLUMNS)] == _COLUMNS


def read(raw: RawDigest) -> Digest:
    """Read the list. Raises DigestError if its day is not known or it has no row."""
    notes: list[Problem] = []
    day = _day(raw, notes)
    outcomes = list(_papers(raw, notes))
    if not outcomes:
        raw.fail("", "at least one row of a paper", "none", "save the whole list again")
    return raw.digest(NAME, day, raw.source_or(None, SOURCE), outcomes, notes)


def _day(raw: RawDigest, notes: list[Problem]) -> date:
    lines = enumerate(raw.text.split("\n"), start=1)
    line, found = next(
        ((number, match) for number, text in lines if (match := _UPDATED.match(text))), (0, None)
    )
    said = read_day("-".join(found.groups())) if found else None
    if raw.day and said and said != raw.day:
        notes.append(raw.other_day(str(said), line, "rename the file if the list is right"))
    return raw.day_or(said, line, "a day `Updated on YYYY.MM.DD`", shown(found[0]) if found else "none")


def _papers(raw: RawDigest, notes: list[Problem]) -> Iterator[Record | Refusal]:
    topic = ""
    columns: tuple[str, ...] = ()
    for number, line in _rows(raw.text):
        if heading := _HEADING.fullmatch(line):
            topic = "" if _UPDATED.match(line) else plain_line(heading[2])
        elif head := _HEAD.match(line):
            columns = _names(head[1])[len(_COLUMNS) :]
            unread = [name for name in columns if name not in ("abstract", "摘要")]
            if unread:
                expected = "the columns Publish Date, Title, Authors, PDF, Code"
                found = f"also {shown(', '.join(unread))}"
                notes.append(Problem(raw.at(number), expected, found, "they are not read"))
        elif not _is_rule(line):
            yield read_row(raw, number, line, topic=topic, columns=columns, notes=notes)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The headings and rows of a text with their lines; a row that a line break cut is put together again."""
    number, row, pieces = 0, "", 0
    for place, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        begins = line.startswith(("|", "#")) or bool(_DASHED.match(line))
        if not begins and row and pieces < _LONGEST and is_table_row(row) and not row.endswith("|"):
            row, pieces = f"{row} {line}", pieces + 1
            continue
        if row:
            yield number, row
        number, row, pieces = place, line if begins else "", 0
    if row:
        yield number, row


def _is_rule(row: str) -> bool:
    """Whether a row has no cells: the line below a table's head."""
    return set(row) <= set("|-: ")


def _names(cells: str) -> tuple[str, ...]:
    return tuple(name for cell in cells.strip().strip("|").split("|") if (name := cell.strip().lower()))
