"""The snapshot of arXiv's metadata, one JSON object a line, as Kaggle and Hugging Face offer it (CC0):
<https://www.kaggle.com/datasets/Cornell-University/arxiv>. A part of it is a digest of the day that it is given.

- ``versions`` has the moment of each: the first is the paper's day, the last that of its revision.
- ``update_date`` is the day on which arXiv last touched the record, and is not used.
- ``authors`` is a line of TeX with affiliations; ``authors_parsed`` has the same names as family, given, suffix.
- ``id`` may have become a number on its way through a table (``704.0291``): `generator.ids.repair_arxiv`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.errors import Problem, shown
from generator.ids import parse_arxiv, repair_arxiv
from generator.model import Digest, PartialDate, Record, Refusal, Source
from generator.readers import json_text
from generator.readers.arxiv_record import arxiv_line, arxiv_record
from generator.readers.fields import read_date
from generator.readers.mail_date import read_mail_date
from generator.readers.people import given_first, split_authors
from generator.readers.raw import RawDigest
from generator.text.tex import letters

NAME = "arxiv-snapshot"
LABEL = "a part of the snapshot of arXiv's metadata (JSON Lines)"
SOURCE = Source("arxiv", "arXiv", "https://arxiv.org/")

_VERSION = re.compile(r"v([1-9]\d{0,2})", re.ASCII)
#: What an identifier looks like that has become a number.
_NUMBER = re.compile(r"\d{1,4}\.\d+", re.ASCII)
_IDENTIFIER = "an arXiv id like 2403.01234"
_WITHOUT = "correct it; the paper stays without it"


def accepts(raw: RawDigest) -> bool:
    """Whether it is JSON whose records have the snapshot's names of fields."""
    keys = json_text.keys(raw)
    return {"id", "authors_parsed"} <= keys or {"id", "submitter", "authors"} <= keys


def read(raw: RawDigest) -> Digest:
    """Read the records. Raises DigestError if there are none, or their day is not given."""
    day = raw.day_or(None, "", "a day, which a snapshot does not say", "none")
    notes: list[Problem] = []
    outcomes = [_read_item(raw, place, item, notes) for place, item in json_text.load_records(raw)]
    if not outcomes:
        raw.fail("", "at least one record", "none", "fill the file or remove it")
    return raw.digest(NAME, day, raw.source_or(None, SOURCE), outcomes, notes)


def _read_item(raw: RawDigest, place: int | str, item: object, notes: list[Problem]) -> Record | Refusal:
    if isinstance(item, Problem):
        return Refusal(item)
    if not isinstance(item, Mapping):
        remedy = "correct the record or remove it"
        return Refusal(Problem(raw.at(place), "a record as an object", json_text.kind(item), remedy))
    versions = _versions(raw, place, item.get("versions"), notes)
    first = versions.get(1)
    arxiv_id = _identifier(raw, place, item.get("id"), first, notes)
    if isinstance(arxiv_id, Problem):
        return Refusal(arxiv_id, arxiv_line(_text(item, "title")))
    last = max(versions, default=0)
    return arxiv_record(
        raw,
        place,
        arxiv_id=f"{arxiv_id}v{last}" if last else arxiv_id,
        title=_text(item, "title"),
        abstract=_text(item, "abstract"),
        authors=_authors(item),
        categories=_text(item, "categories").split(),
        comment=_text(item, "comments"),
        venue=_text(item, "journal-ref"),
        doi=_text(item, "doi"),
        published=first,
        revised=versions[last] if last > 1 else None,
        notes=notes,
    )


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _authors(item: Mapping[str, object]) -> tuple[str, ...]:
    """The names as they are taken apart, if all are; else those of the line, or of the list, if that is given."""
    parsed = item.get("authors_parsed")
    parts = parsed if isinstance(parsed, list) else []
    names = [given_first(*part[:3]) for part in parts if isinstance(part, list) and _is_name(part[:3])]
    line = item.get("authors")
    if len(names) < len(parts) or not names:
        if isinstance(line, str):
            return split_authors(line)
        if isinstance(line, list):
            return tuple(letters(name) for name in line if isinstance(name, str))
    return tuple(names)


def _is_name(part: list[object]) -> bool:
    return len(part) > 1 and all(isinstance(text, str) for text in part)


def _versions(
    raw: RawDigest, place: int | str, value: object, notes: list[Problem]
) -> dict[int, PartialDate | None]:
    """The days of the versions by their numbers; older snapshots give the numbers alone."""
    days: dict[int, PartialDate | None] = {}
    for item in value if isinstance(value, list) else ():
        version, created = (
            (item.get("version"), item.get("created")) if isinstance(item, Mapping) else (item, None)
        )
        number = _VERSION.fullmatch(version) if isinstance(version, str) else None
        if not number:
            notes.append(Problem(raw.at(place), "a version like v1", shown(version), _WITHOUT))
            continue
        days[int(number[1])] = day = (
            read_mail_date(created) or read_date(created) if isinstance(created, str) else None
        )
        if created is not None and day is None:
            notes.append(Problem(raw.at(place), "a date like Mon, 2 Apr 2007", shown(created), _WITHOUT))
    return days


def _identifier(
    raw: RawDigest, place: int | str, value: object, first: PartialDate | None, notes: list[Problem]
) -> str | Problem:
    """The identifier without its version, of a damaged one with a note; a Problem if there is none."""
    text = str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    if known := parse_arxiv(text):
        return known.id
    found = shown(text) if text else "none" if value in (None, "") else json_text.kind(value)
    if _NUMBER.fullmatch(text):
        repaired = repair_arxiv(text, year=first.year, month=first.month) if first else None
        if repaired:
            kept = f"it is read as {repaired.id}, for its first version is of {first}"
            notes.append(Problem(raw.at(place), _IDENTIFIER, f"{found}, a number", kept))
            return repaired.id
        found += (
            f", a number, and {f'a first version of {first}' if first else 'no date of its first version'}"
        )
    return Problem(raw.at(place), _IDENTIFIER, found, "correct it or remove the record")
