"""RIS, the tagged format of reference managers and publishers: ``TY  - JOUR`` to ``ER  -``.

<https://en.wikipedia.org/wiki/RIS_(file_format)> has the tags of both of its editions. Real files differ: titles in
``T1``, ``TI`` or ``CT``, authors in ``AU`` or ``A1`` and either way round, dates as ``2016/05/26/``, numbers before
the records, values over several lines, ``ER`` forgotten, records without ``TY``.

rispy reads the tags of one record. Where records begin and values go on is found here: rispy itself drops a last
record without ``ER``, joins one without ``TY`` or ``ER`` to its neighbour, and takes each line of a value for one.
Of tags that are not used (pages, publishers, a person's own notes) nothing is kept, without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.errors import Problem
from generator.model import Digest, PartialDate, Record, Refusal
from generator.readers.bibliography import SOURCE, Entry, begins_plain, bibliography, record_of
from generator.readers.bibliography_dates import parse_date
from generator.readers.people import inverted
from generator.readers.raw import RawDigest

__all__ = ["LABEL", "NAME", "SOURCE", "accepts", "read"]

NAME = "ris"
LABEL = "a bibliography in RIS"

_START = re.compile(r"^TY  ?- ?\S", re.MULTILINE)
_TAG = re.compile(r"([A-Z][A-Z0-9])(?:  ?-(?: (.*))?|  -(.*))")
_ADDRESSES = re.compile(r";(?=\s*https?://)|\s+")
_KEYWORDS = re.compile(r"[;\n]")
_PEOPLE = re.compile(r";|(?<!\s)\s+and\s+")
#: Tags of one kind, what is meant first where a record has several.
_TITLES = ("TI", "T1", "CT", "BT", "ST")
_ABSTRACTS = ("AB", "N2")
_VENUES = ("JF", "T2", "JO", "BT", "C3", "JA", "J2", "J1", "T3")
_DATES = ("PY", "Y1", "DA")
#: Tags in which an arXiv identifier is found: accession numbers, journals, volumes, first pages.
_HINTS = ("AN", "M1", "JO", "JF", "T2", "VL", "SP")
_LINKS = (("UR", ""), ("LK", ""), ("L1", "PDF"), ("L2", ""))


@dataclass(slots=True)
class _Lines:
    """The lines of one record: its first line's number, and each tag with the lines of its value."""

    number: int
    values: list[tuple[str, list[str]]] = field(default_factory=list)


class _Tags:
    """The values of a record by tag, several lines of one still apart."""

    def __init__(self, lines: _Lines) -> None:
        from rispy import RisParser

        tags = {tag for tag, _ in lines.values} | {"TY"}
        parser = RisParser(mapping={tag: tag for tag in tags}, list_tags=[*tags], delimiter_tags_mapping={})
        written = (f"{tag}  - {chr(10).join(value)}" for tag, value in lines.values)
        self._values: dict[str, list[str]] = parser.parse_lines(iter(["TY  - ", *written, "ER  - "]))[0]

    def all(self, *names: str) -> list[str]:
        """The values of some tags that are not empty, by tag and then in the order of the file."""
        return [value for name in names for value in self._values.get(name, ()) if value.strip()]

    def first(self, *names: str) -> str:
        """The first of those; empty if there is none."""
        return next(iter(self.all(*names)), "")


def accepts(raw: RawDigest) -> bool:
    """Whether a line begins a record (``TY  - …``) and nothing before it is of another format."""
    match = _START.search(raw.text)
    return bool(match and begins_plain(raw.text[: match.start()]))


def read(raw: RawDigest) -> Digest:
    """Read the records. Raises DigestError if there is none, or their day is not known."""
    notes: list[Problem] = []
    outcomes = [_record(raw, lines, notes) for lines in _records(raw.text)]
    return bibliography(raw, NAME, outcomes, notes)


def _records(text: str) -> Iterator[_Lines]:
    """The records of a text. One begins with ``TY``, or with any tag after ``ER``; text between them is none."""
    record: _Lines | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        match = _TAG.fullmatch(line.rstrip())
        tag = match[1] if match else None
        if match and tag != "ER" and (record is None or tag == "TY"):
            if record:
                yield record
            record = _Lines(number)
        if record is None:
            continue
        if tag == "ER":
            yield record
            record = None
        elif match and tag:
            record.values.append((tag, [(match[2] or match[3] or "").strip()]))
        elif record.values:
            record.values[-1][1].append(line.strip())
    if record:
        yield record


def _record(raw: RawDigest, lines: _Lines, notes: list[Problem]) -> Record | Refusal:
    """Read one record."""
    tags = _Tags(lines)
    titled = next((name for name in _TITLES if tags.all(name)), "")
    if titled == "ST":
        remedy = "complete it if it is cut; the paper is known by it"
        notes.append(Problem(raw.at(lines.number), "a title (TI)", "only a short one (ST)", remedy))
    remarks = tags.all("N1")
    entry = Entry(
        place=lines.number,
        title=tags.first(titled),
        key=tags.first("ID"),
        abstract=tags.first(*_ABSTRACTS),
        authors=[name for value in tags.all("AU", "A1") for name in _names(value)],
        hints=[*tags.all(*_HINTS), *(line for remark in remarks for line in remark.split("\n"))],
        dois=tags.all("DO")[:1] or [value for value in tags.all("M3", "L3") if "10." in value][:1],
        links=[*_links(tags)],
        published=_published(tags),
        dated=tags.first(*_DATES),
        venue=tags.first(*(name for name in _VENUES if name != titled)),
        notes=remarks,
        keywords=[part for value in tags.all("KW") for part in _KEYWORDS.split(value)],
    )
    return record_of(raw, entry, notes)


def _names(value: str) -> Iterator[str]:
    """The names in a value: one, as the format has it, or several, which some exporters put one a line or in a row."""
    lines: list[list[str]] = []
    for line in value.split("\n"):
        if lines and "," not in line:  # the rest of a name that was wrapped
            lines[-1].append(line)
        else:
            lines.append([line])
    for parts in lines:
        for name in _PEOPLE.split(" ".join(parts)):
            if name.casefold().strip(" .") not in {"et al", "others"}:
                yield inverted(name)


def _published(tags: _Tags) -> PartialDate | None:
    """The date of publication: that of ``PY``, to the day if ``DA`` has one in the same year."""
    dates = [parse_date(tags.first(name)) for name in _DATES]
    known = [date for date in dates if date]
    return max((date for date in known if date.year == known[0].year), key=_precision) if known else None


def _precision(date: PartialDate) -> int:
    return bool(date.month) + bool(date.day)


def _links(tags: _Tags) -> Iterator[tuple[str, str]]:
    """The addresses of a record; what else stands in their place is a file on somebody's disk, but for ``UR``."""
    for tag, label in _LINKS:
        for value in tags.all(tag):
            for url in filter(None, _ADDRESSES.split(value.strip())):
                if tag == "UR" or url.startswith(("http://", "https://")):
                    yield label, url
