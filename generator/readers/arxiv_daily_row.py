"""One paper of a list that the family of ``cv-arxiv-daily`` makes, in either of its shapes, into a Record.

::

    |**2021-10-04**|**Fast Uncertainty …**|Julio A. Placed et.al.|[2110.01289](http://arxiv.org/abs/2110.01289)|null|
    - 2022-02-22, **SAGE: …**, X. Liu et.al., Paper: [http://…](http://arxiv.org/abs/2202.09487v2), Code: **[…](…)**

Its programs, <https://github.com/Vincentqyw/cv-arxiv-daily> and its forks, escape nothing: a title may have a ``|`` or
``**``, so a row is taken apart at what surely is no title, its link to arXiv. Of the authors only the first is named.

The date stands below "Publish Date" and is that of the version listed. It is the paper's publication unless the
identifier says otherwise: by a version, or by a month before it. Then it is a revision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.errors import Problem, shown
from generator.ids import parse_arxiv
from generator.model import Link, PartialDate, Record, Refusal
from generator.readers.arxiv_record import arxiv_line, arxiv_record
from generator.readers.fields import make_link, paper_links, read_date
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line

#: How a row of either shape begins, after a line break or the quote of a JSON value.
TABLE_START = r"\|\s*\*\*\d{4}-\d{2}-\d{2}\*\*\s*\|"
DASH_START = r"-\s+\d{4}-\d{2}-\d{2},\s*\*\*"
#: What no row is without.
ARXIV_LINK = r"\]\(https?://(?:www\.)?arxiv\.org/abs/"

_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_ARXIV_CELL = re.compile(r"\s*\[[^\[\]]*\]\((https?://(?:www\.)?arxiv\.org/abs/[^()\s]*)\)\s*")
_ADDRESS = re.compile(r"\[[^\[\]]*\]\(([^()]*)\)")
_TABLE = re.compile(TABLE_START)
_DASH = re.compile(r"-\s+([^\s,]+),\s*")
_PAPER = re.compile(r",\s*Paper:\s*\[")
_ET_AL = re.compile(r"\bet\.? ?al\.?$", re.IGNORECASE)
_WITHOUT = "correct it; the paper stays without it"
#: Names of a column behind the code that has the abstract, or a translation of it.
_ABSTRACTS = ("abstract", "摘要")
_NO_CODE = ("", "null", "none", "-")


class Row(NamedTuple):
    """What a row says, still as it is written. `rest` are cells behind the code, in a table."""

    date: str
    title: str
    authors: str
    address: str
    code: str
    rest: tuple[str, ...] = ()
    comment: str = ""


def split_row(text: str) -> Row | None:
    """Take a row of either shape apart; None if it is none."""
    text = text.strip()
    return _dashed(text) if text.startswith("-") else _table(text)


def _table(text: str) -> Row | None:
    """The link to arXiv ends the title and the authors; the authors have one cell, the title what is before it."""
    cells = text.strip("|").split("|")
    place = next((place for place in range(3, len(cells)) if _ARXIV_CELL.fullmatch(cells[place])), None)
    if place is None:
        return None
    title = "|".join(cells[1 : place - 1])
    code, *rest = cells[place + 1 :] or [""]
    address = _ADDRESS.sub(r"\1", cells[place].strip())
    return Row(_bare(cells[0]), _bare(title), cells[place - 1], address, code, tuple(rest))


def _dashed(text: str) -> Row | None:
    start = _DASH.match(text)
    paper = _PAPER.search(text)
    if not start or not paper:
        return None
    head, tail = text[start.end() : paper.start()], text[paper.end() - 1 :]
    opened, closed = head.find("**"), head.rfind("**")
    address = _LINK.match(tail)
    if not 0 <= opened < closed or not address:
        return None
    tail = tail[address.end() :]
    behind = _LINK.search(tail)
    code = behind[0] if behind else ""
    comment = tail[behind.end() :] if behind else tail
    title, authors = head[opened + 2 : closed], head[closed + 2 :].strip(" ,")
    return Row(start[1], title, authors, address[2], code, comment=comment.strip("* ,"))


def _bare(cell: str) -> str:
    """A cell without the stars around it."""
    cell = cell.strip()
    return cell[2:-2].strip() if len(cell) >= 4 and cell.startswith("**") and cell.endswith("**") else cell


def read_row(
    raw: RawDigest,
    place: int | str,
    text: str,
    *,
    topic: str,
    columns: Sequence[str] = (),
    notes: list[Problem],
) -> Record | Refusal:
    """The record of a row at a line or a path, of a topic of the list; what is left out of it is noted.

    `columns` are the names of columns behind the code, which forks of the program add.
    """
    row = split_row(text)
    if row is None:
        expected = "a row `|**date**|**title**|authors|[id](address)|code|`"
        problem = Problem(raw.at(place), expected, shown(text.strip()), "correct the row or remove it")
        return Refusal(problem, clean_line(text)[:80])
    date = read_date(row.date)
    if date is None:
        notes.append(Problem(raw.at(place), "a date like 2025-03-14", shown(row.date), _WITHOUT))
    published, revised = dates_of(date, row.address)
    found = arxiv_record(
        raw,
        place,
        arxiv_id=row.address,
        title=row.title,
        abstract=next(
            (cell for name, cell in zip(columns, row.rest, strict=False) if name in _ABSTRACTS), ""
        ),
        authors=(_ET_AL.sub("", arxiv_line(row.authors)).rstrip(" ,"),),
        comment=row.comment,
        published=published,
        revised=revised,
        notes=notes,
    )
    if isinstance(found, Refusal):
        return found
    if not columns and any(row.rest):
        notes.append(Problem(raw.at(place), "five cells", f"more: {shown(row.rest[0])}", "they are not read"))
    links = paper_links(
        code_of(raw, place, row.code, notes), arxiv_id=found.arxiv_id, abstract=found.abstract
    )
    return replace(found, links=links, keywords=(topic,) if topic else ())


def dates_of(date: PartialDate | None, identifier: str) -> tuple[PartialDate | None, PartialDate | None]:
    """Whether a row's date is of the publication or of a revision: the one, and None for the other.

    >>> dates_of(PartialDate(2025, 1, 7), "2412.07327")  # no paper of December was new in January
    (None, PartialDate(year=2025, month=1, day=7))
    """
    found = parse_arxiv(identifier)
    if date is None or found is None:
        return date, None
    digits = found.id.rpartition("/")[2][:4]
    year = int(digits[:2]) + (1900 if digits >= "9107" else 2000)
    later = (date.year, date.month) > (year, int(digits[2:]))
    return (None, date) if later or (found.version or 1) > 1 else (date, None)


def code_of(raw: RawDigest, place: int | str, written: str, notes: list[Problem]) -> list[Link]:
    """The link to the code, from the cell that has it; none if there is no code. One that is no address is noted."""
    if written.strip().strip("*").strip().lower() in _NO_CODE:
        return []
    found = _LINK.search(written)
    link = make_link("Code", found[2] if found else written.strip().strip("*"))
    if link is None:
        expected = "`[link](address)` of the code, or null"
        notes.append(Problem(raw.at(place), expected, shown(written), _WITHOUT))
    return [link] if link else []


def is_table_row(line: str) -> bool:
    """Whether a line begins as a row of a table with a date."""
    return bool(_TABLE.match(line))
