"""Weekly lists in the shape of DAIR.AI's *ML Papers of the Week*, <https://github.com/dair-ai/ML-Papers-of-the-Week>.

::

    ## Top ML Papers of the Week (June 23 - June 29) - 2025
    | **Paper**  | **Links** |
    | ------------- | ------------- |
    | 1) **Title** - text | [Paper](https://arxiv.org/abs/2506.17298), [Tweet](https://x.com/…) |

A file has one week or years of them. The day of a record is the last day of its week, unless the day of the file is
given from outside. Weeks without a year are of the one that their neighbours make certain
(`generator.readers.weekly_weeks`), else their papers are refused. Rows are read by `generator.readers.weekly_row`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from generator.errors import Problem, shown
from generator.model import Digest, Record, Refusal, Source
from generator.readers.raw import RawDigest
from generator.readers.weekly_row import read_row
from generator.readers.weekly_weeks import RANGE, Week, days_of, read_week
from generator.text.inline import plain_line

NAME = "weekly-tables"
LABEL = "a list of papers of the week in the shape of DAIR.AI's"
SOURCE = Source(
    "dair-weekly", "DAIR.AI papers of the week", "https://github.com/dair-ai/ML-Papers-of-the-Week"
)

_HEADING = re.compile(
    rf"^[ \t]*#{{1,6}}[ \t]+(.{{0,80}}?papers of the week)[ \t]*\(?[ \t]*{RANGE}.*", re.I | re.M
)
_HEAD = re.compile(r"^[ \t]*\|[ \t*_]*papers?[ \t*_]*\|[ \t*_]*links?[ \t*_]*\|?[ \t]*$", re.I | re.M)
_ANY_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]")
#: What DAIR.AI calls its list; another list of this shape is its maker's.
_OWN = re.compile(r"(?:top\s+)?(?:ml|ai)\s+papers of the week", re.IGNORECASE)
#: A row that line breaks cut in pieces has no more lines than this.
_LONGEST = 50


@dataclass(slots=True)
class _Section:
    """A week's heading, and its rows with their lines."""

    line: int
    heading: str
    name: str
    week: Week | None
    rows: list[tuple[int, str]] = field(default_factory=list)


def accepts(raw: RawDigest) -> bool:
    """Whether it has a heading of a week and a table of papers and links, and does not begin with ``---``."""
    if raw.text.lstrip().startswith(("---", "{", "[{", "<!")):
        return False
    return bool(_HEAD.search(raw.text) and _HEADING.search(raw.text))


def read(raw: RawDigest) -> Digest:
    """Read the list. Raises DigestError if no day of it is known or it has no row."""
    sections = _sections(raw.text)
    notes: list[Problem] = []
    days = days_of([section.week for section in sections])
    if not any(section.rows for section in sections):
        raw.fail("", "at least one row of a paper", "none", "save the whole list again")
    if raw.day is None and not any(days):
        remedy = "give it with --date YYYY-MM-DD or begin the file's name with it"
        raw.fail(sections[0].line, "a week with its year", shown(sections[0].heading), remedy)
    outcomes: list[Record | Refusal] = []
    for section, day in zip(sections, days, strict=True):
        outcomes += _papers(raw, section, day, notes)
    known = [day for day in days if day]
    return raw.digest(
        NAME,
        raw.day or max(known),
        raw.source_or(_source(raw, sections), SOURCE),
        outcomes,
        [*_other_days(raw, known), *notes],
    )


def _sections(text: str) -> list[_Section]:
    """The weeks of a text. A row that line breaks cut is put together again; below another heading there are none."""
    found: list[_Section] = []
    inside, row, pieces = False, "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        if _ANY_HEADING.match(line):
            heading = _HEADING.match(line)
            inside, row = heading is not None, ""
            if heading:
                title = plain_line(line.strip().strip("#"))
                found.append(_Section(number, title, plain_line(heading[1]), read_week(title)))
        elif inside and line.strip():
            begins = line.lstrip().startswith("|")
            if begins and not _is_furniture(line):
                found[-1].rows.append((number, line))
                row, pieces = line.rstrip(), 1
            elif not begins and row and not row.endswith("|") and pieces < _LONGEST:
                start, begun = found[-1].rows[-1]
                row, pieces = line.rstrip(), pieces + 1
                found[-1].rows[-1] = (start, f"{begun.rstrip()} {line.strip()}")
    return found


def _is_furniture(line: str) -> bool:
    """Whether a line is the head of a table or the rule below it, or an empty row."""
    return bool(_HEAD.match(line)) or set(line) <= set("|-: \t*")


def _papers(
    raw: RawDigest, section: _Section, day: date | None, notes: list[Problem]
) -> Iterator[Record | Refusal]:
    for number, row in section.rows:
        found = read_row(raw, number, row, notes)
        if isinstance(found, Refusal) or raw.day is not None:
            yield found
        elif day is None:
            known = "a week that ends on a day of the calendar" if section.week and section.week.year else ""
            expected = known or "a week with its year, or next to one that has it"
            remedy = "write its year into the heading or give the day with --date"
            yield Refusal(
                Problem(raw.at(section.line), expected, shown(section.heading), remedy), found.title
            )
        else:
            yield replace(found, day=day)


def _other_days(raw: RawDigest, days: list[date]) -> Iterator[Problem]:
    """A note if the day that is given is none of the weeks' last days, or there are several weeks."""
    if raw.day is None or set(days) <= {raw.day}:
        return
    found = f"{len(days)} weeks, from {min(days)} to {max(days)}" if len(days) > 1 else str(days[0])
    remedy = "leave out the day if the weeks are right"
    yield Problem(raw.at(), f"the day {raw.day}, given by the file's name or --date", found, remedy)


def _source(raw: RawDigest, sections: list[_Section]) -> Source | None:
    """Who makes the list: DAIR.AI, or what the headings call it."""
    name = sections[0].name
    return None if _OWN.fullmatch(name) else raw.find_source(name)
