"""Which paper a record of a table is: the arXiv id among its values, whole or damaged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.errors import Problem, shown
from generator.ids import ArxivId, parse_arxiv, parse_doi, repair_arxiv
from generator.model import PartialDate
from generator.readers.mapped_values import date_of, text_of
from generator.readers.raw import RawDigest

#: What a web address begins with.
ADDRESS = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
#: A page of arXiv; what should be its identifier.
_AT_ARXIV = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*arxiv\.org/(?:abs|pdf|html)/(\S+?)(?:\.pdf)?/?", re.IGNORECASE | re.ASCII
)
#: An identifier that a program took for a number.
_NUMBER = re.compile(r"\d{3,4}\.\d+", re.ASCII)
#: Where an identifier may be, the surest first; in the last two nothing is damaged that would be missed.
_KEYS = ("arxiv", "id", "url", "pdf", "doi")

#: The values of a record for each field, with the names that they have in the file.
Values = Mapping[str, tuple[str, object]]


@dataclass(slots=True)
class Remarks:
    """What is remarked while a file is read: notes, identifiers that are the source's own, all names of values."""

    notes: list[Problem] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)


class _Damaged(NamedTuple):
    name: str
    text: str
    bare: str


def find_arxiv(
    raw: RawDigest, place: int | str, values: Values, title: str, remarks: Remarks
) -> ArxivId | Problem | None:
    """The arXiv id of the record at a place: of its own column, of addresses, of the `title`; None if it has none.

    One that was taken for a number is repaired if the month of its date confirms it. A Problem if it cannot be.
    """
    texts = [(key, *values[key]) for key in _KEYS if key in values]
    written = [(key, name, text.strip()) for key, name, value in texts if (text := text_of(value))]
    known = [found for *_, text in written if (found := parse_arxiv(text))]
    if found := parse_arxiv(title):
        known.append(found)
    damaged = [one for key, name, text in written if (one := _damage(key, name, text))]
    remarks.foreign += [text for key, _, text in written if key == "id" and _is_foreign(text)]
    if known:
        _compare(raw, place, known, damaged, remarks)
        version = next((one.version for one in known if one.id == known[0].id and one.version), None)
        return ArxivId(known[0].id, version)
    published = date_of(values.get("published", ("", None))[1])
    return _repair(raw, place, damaged[0], published, remarks) if damaged else None


def _damage(key: str, name: str, text: str) -> _Damaged | None:
    """A text that is meant as an identifier and is none."""
    if parse_arxiv(text) or parse_doi(text):
        return None
    if at_arxiv := _AT_ARXIV.fullmatch(text):
        return _Damaged(name, text, at_arxiv[1])
    meant = (key == "arxiv" and not ADDRESS.match(text)) or (key == "id" and _NUMBER.fullmatch(text))
    return _Damaged(name, text, text) if meant else None


def _is_foreign(text: str) -> bool:
    return not (parse_arxiv(text) or parse_doi(text) or _NUMBER.fullmatch(text) or ADDRESS.match(text))


def _compare(
    raw: RawDigest, place: int | str, known: Sequence[ArxivId], damaged: Sequence[_Damaged], remarks: Remarks
) -> None:
    """Note what differs from the identifier that counts, the first one."""
    expected = f"the arXiv id {known[0].id}, as elsewhere in the record"
    others = dict.fromkeys(one.id for one in known if one.id != known[0].id)
    for other in (*others, *(one.text for one in damaged)):
        remarks.notes.append(
            Problem(raw.at(place), expected, shown(other), "correct it; the first one counts")
        )


def _repair(
    raw: RawDigest, place: int | str, damaged: _Damaged, published: PartialDate | None, remarks: Remarks
) -> ArxivId | Problem:
    number = _NUMBER.fullmatch(damaged.bare)
    if number and published and published.month:
        repaired = repair_arxiv(damaged.bare, year=published.year, month=published.month)
        if repaired:
            expected = f"the arXiv id {repaired.id}, as its date confirms, in {shown(damaged.name)}"
            remedy = "write it as text, not as a number"
            remarks.notes.append(Problem(raw.at(place), expected, shown(damaged.text), remedy))
            return repaired
    expected = f"an arXiv id like 2403.01234 in {shown(damaged.name)}"
    if number:
        expected += ", or a date of its month to repair it by"
    remedy = "correct it or remove the record"
    return Problem(raw.at(place), expected, shown(damaged.text), remedy)
