"""Any other Markdown that lists papers: in lists, in tables, or with a heading for each.

What is a paper, and what is said of it, tell `generator.readers.list_entry` (items), `generator.readers.list_table` and
`generator.readers.list_fields` (headings). Items that name none, such as tools and tables of contents, are passed over
and counted in a note.

The day is given from outside, or is the one day in the first heading or line that has one; of papers below headings
with days of their own, such as ``## 2024-10-01``, each has its day. The source is named by the only level-1 heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from generator.errors import Problem
from generator.model import Digest, Record, Refusal, Source
from generator.readers import markdown
from generator.readers.list_dates import days_in, without_days
from generator.readers.list_entry import Entry, read_entry, read_paragraph
from generator.readers.list_fields import absorb, read_field, read_parent, read_section
from generator.readers.list_inline import HOLE, definitions, plain_words, read_line
from generator.readers.list_links import is_paper, says_paper
from generator.readers.list_outline import Item, Section, hard_break, outline
from generator.readers.list_table import read_table
from generator.readers.raw import RawDigest
from generator.text.links import safe_url

NAME = "markdown-list"
LABEL = "any Markdown that lists papers"
SOURCE = markdown.SOURCE

#: A text that begins so is of another kind, whatever links it has.
_OTHERS = re.compile(
    r"\s*(?:[{@%]|\[\s*[{\[\"]|<(?:!doctype|html|\?xml|rss|feed|head|body)|---[ \t]*\n)", re.IGNORECASE
)
#: What a line of a list, a table or a heading begins with, or a paragraph that may be a paper.
_STRUCTURE = re.compile(
    r"^[ \t]*(?:[-*+•][ \t]|\d{1,4}[.)][ \t]|#{1,6}[ \t]|\||\*\*|\[)|\n[ \t]*:?--+[ \t|:]", re.MULTILINE
)
#: So many lines that may hold a link are looked at, and so much of each.
_LINES_TRIED = 5_000
_LONGEST_LINE = 2_000
_TITLES = re.compile(
    r"^[ \t]*\|[^\n]{0,200}?\b(?:title|paper)s?\b[^\n]{0,500}\n[ \t]*\|[ \t]*:?-",
    re.IGNORECASE | re.MULTILINE,
)
_STARRED = re.compile(r"^[ \t]*(?:[-*+•][ \t]+)?\*\*.{1,40}[:：]", re.MULTILINE)
#: The day is looked for in so many lines that are not empty, no longer than this.
_FIRST_LINES, _SHORT = 15, 160
_SAID = re.compile(
    r"(?:总论文数|(?:total|number of)(?: number of)? papers)\W{0,8}(\d{1,6})(?!\d)", re.IGNORECASE
)
_NAME_EDGES = re.compile(r"^[\W_]+|[^\w)\]]+$")
_NO_NAMES = {
    "readme",
    "contents",
    "papers",
    "list",
    "目录",
    "table of contents",
    "reading list",
    "paper list",
}
_NAME_LIMIT = 80


@dataclass(slots=True)
class _Reading:
    """What was read so far, and how many items and lines were passed over."""

    known: Mapping[str, str]
    notes: list[Problem] = field(default_factory=list)
    outcomes: list[tuple[date | None, Record | Refusal]] = field(default_factory=list)
    items: int = 0
    lines: int = 0


def accepts(raw: RawDigest) -> bool:
    """Whether it has lists, tables or headings, and links to papers, or a table or fields that name papers."""
    text = raw.text
    if _OTHERS.match(text):
        return False
    if not _STRUCTURE.search(text):
        return False
    lines = islice((line for line in text.split("\n") if "/" in line), _LINES_TRIED)
    return any(map(_has_paper, lines)) or bool(_TITLES.search(text)) or _has_fields(text)


def _has_paper(line: str) -> bool:
    return any(is_paper(url) or says_paper(label) for label, url in read_line(line[:_LONGEST_LINE]).links)


def _has_fields(text: str) -> bool:
    """Whether a text has headings, and below them fields of papers in stars."""
    if not re.search(r"^#{1,6}[ \t]", text, re.MULTILINE):
        return False
    found = (read_field(match[0].lstrip(" \t-+•")) for match in islice(_STARRED.finditer(text), 50))
    return any(field and field[0] in ("title", "original", "abstract", "authors") for field in found)


def read(raw: RawDigest) -> Digest:
    """Read the list. Raises DigestError if its day is not known or it has no paper."""
    sections = outline(raw.text)
    reading = _Reading(definitions(raw.text))
    own = _first_day(raw.text)
    for day, section in _dated(sections, reading):
        _section(raw, section, day, reading)
    if not reading.outcomes:
        raw.fail(
            "",
            "at least one paper in a list, a table or below a heading",
            "none",
            "add one or remove the file",
        )
    day, outcomes = _days(raw, own, reading)
    return raw.digest(
        NAME,
        day,
        raw.source_or(_source(raw, sections), SOURCE),
        outcomes,
        [*reading.notes, *_passed(raw, reading)],
        said=int(said[1]) if (said := _SAID.search(raw.text)) else None,
    )


def _dated(sections: list[Section], reading: _Reading) -> Iterator[tuple[date | None, Section]]:
    """Sections with the day of the last heading that has one and is no paper's."""
    day: date | None = None
    for section in sections:
        days = days_in(section.heading)
        if len(days) == 1 and read_section(section, reading.known) is None:
            day = days[0]
        yield day, section


def _section(raw: RawDigest, section: Section, day: date | None, reading: _Reading) -> None:
    """Read what stands below a heading: the paper of the heading, or those of its lists and tables, in order."""
    if entry := read_section(section, reading.known):
        reading.outcomes.append((day, entry.record(raw, reading.notes)))
        return
    found: list[tuple[int, Entry | Refusal]] = []
    for item in section.items:
        found += [(entry.line, entry) for entry in _items(item, reading)]
    for table in section.tables:
        for number, outcome in enumerate(read_table(raw, table, reading.known, reading.notes)):
            if outcome is None:
                reading.items += 1
            else:
                found.append(
                    (outcome.line if isinstance(outcome, Entry) else table.line + 2 + number, outcome)
                )
    for number, text in _paragraphs(section):
        if entry := read_paragraph(number, text, reading.known):
            found.append((number, entry))
        elif "/" in text and any(is_paper(url) for _, url in read_line(text, reading.known).links):
            reading.lines += 1
    for _, outcome in sorted(found, key=lambda pair: pair[0]):
        made = outcome.record(raw, reading.notes) if isinstance(outcome, Entry) else outcome
        reading.outcomes.append((day, made))


def _paragraphs(section: Section) -> Iterator[tuple[int, str]]:
    """The paragraphs of a section's text, each on one line with the number of its first."""
    block: list[tuple[int, str]] = []
    for number, line in (*section.text, (0, "")):
        if line.strip():
            block.append((number, hard_break(line.lstrip())))
        elif block:
            yield block[0][0], " ".join(line for _, line in block)
            block = []


def _items(item: Item, reading: _Reading) -> Iterator[Entry]:
    """The papers of an item and of those below it."""
    entry = read_entry(item.line, item.text, reading.known)
    if entry is None and (entry := read_parent(item, reading.known)):
        yield entry
        return
    if entry is None:
        reading.items += not item.items
        for below in item.items:
            yield from _items(below, reading)
        return
    own: list[Item] = []
    others: list[Entry] = []
    for below in item.items:
        paper = read_entry(below.line, below.text, reading.known)
        if paper and paper.title and read_field(below.text) is None:
            others += _items(below, reading)
        else:
            own.append(below)
    absorb(entry, own, reading.known)
    yield entry
    yield from others


def _first_day(text: str) -> date | None:
    """The day of the first heading or line of text that has one, near the begin; None if it has several."""
    lines = (line for line in text.split("\n") if line.strip())
    short = (
        line
        for line in islice(lines, _FIRST_LINES)
        if len(line) <= _SHORT and not re.match(r"\s*[-*|]\s", line)
    )
    found = next((days for line in short if (days := days_in(line))), ())
    return found[0] if len(found) == 1 else None


def _days(raw: RawDigest, own: date | None, reading: _Reading) -> tuple[date, list[Record | Refusal]]:
    """The day of the digest, and its outcomes with days of their own where they are of several."""
    days = {day or own for day, _ in reading.outcomes}
    known = sorted(day for day in days if day)
    if raw.day is not None:
        if known and known != [raw.day]:
            found = f"{len(known)} days, from {known[0]} to {known[-1]}" if len(known) > 1 else str(known[0])
            reading.notes.append(raw.other_day(found, remedy="rename the file if the list is right"))
        return raw.day, [outcome for _, outcome in reading.outcomes]
    if not known or None in days:
        found = "papers below headings without one" if known else "none"
        expected = "a day YYYY-MM-DD in the first heading, or in that of each list"
        return raw.day_or(None, "", expected, found), [outcome for _, outcome in reading.outcomes]
    if len(known) == 1:
        return known[0], [outcome for _, outcome in reading.outcomes]
    return known[-1], [
        replace(outcome, day=day or own) if isinstance(outcome, Record) else outcome
        for day, outcome in reading.outcomes
    ]


def _source(raw: RawDigest, sections: list[Section]) -> Source | None:
    """The source that the only level-1 heading names; None if it is a title of anything, or a paper's."""
    top = [section for section in sections if section.level == 1]
    if len(top) != 1 or any(is_paper(link.url) for link in read_line(top[0].heading).links):
        return None
    line = read_line(without_days(top[0].heading))
    words = line.words
    for link in line.links:
        words = words.replace(HOLE, link.label, 1)
    name = _NAME_EDGES.sub("", plain_words(words))
    if not 3 <= len(name) <= _NAME_LIMIT or name.lower() in _NO_NAMES or not any(map(str.isalpha, name)):
        return None
    url = next((link.url for link in line.links if link.label == name), "")
    return raw.find_source(name, safe_url(url))


def _passed(raw: RawDigest, reading: _Reading) -> Iterator[Problem]:
    """Notes of how much was passed over."""
    if reading.items:
        found = f"others, such as tools or a table of contents: {reading.items:,}"
        yield Problem(raw.at(), "items and rows that name a paper", found, "they are not read")
    if reading.lines:
        found = f"paragraphs that link to one: {reading.lines:,}"
        yield Problem(
            raw.at(), "papers in lists, in tables or below headings of their own", found, "they are not read"
        )
