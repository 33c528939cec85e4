"""One record of an answer of OAI-PMH, in any of the formats that arXiv gives, <https://info.arxiv.org/help/oa/index.html>.

- ``arXiv``: authors in parts, the dates of the first and the last version.
- ``arXivRaw``: authors as they were written, every version with its date.
- ``oai_dc`` (Dublin Core): ``Family, Given``; the first description is the abstract, one that begins with ``Comment:``
  is that; the dates of the versions; among the identifiers are the address, the DOI and the journal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from generator.errors import Problem, shown
from generator.ids import parse_arxiv
from generator.model import PartialDate, Record, Refusal
from generator.readers.arxiv_feed import date_or_note
from generator.readers.arxiv_record import arxiv_line, arxiv_record
from generator.readers.people import alone, given_first, inverted, once, split_authors
from generator.readers.raw import RawDigest
from generator.readers.xml_text import children, local, text_of

_VERSION = re.compile(r"v([1-9]\d{0,2})", re.ASCII)
_COMMENT = re.compile(r"comments?:\s*", re.IGNORECASE)
_DOI = re.compile(r"\s*(?:doi:|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)
#: What among the identifiers is no journal: an address, a DOI.
_NO_VENUE = re.compile(r"\s*(?:doi:|https?://)", re.IGNORECASE)

_Outcome = Record | Refusal
_Reader = Callable[[RawDigest, "int | str", str, Element, list[Problem]], _Outcome]


def read_record(raw: RawDigest, place: int | str, record: Element, notes: list[Problem]) -> Record | Refusal:
    """The paper of a record, or of what stands in its ``metadata``; `notes` take what of it could not be used."""
    if reader := FORMATS.get(local(record)):
        return reader(raw, place, "", record, notes)
    header = next(children(record, "header"), None)
    identifier = "" if header is None else text_of(header, "identifier")
    if header is not None and header.get("status") == "deleted":
        remedy = "nothing is to be done; remove the record to be rid of this line"
        problem = Problem(raw.at(place), "a record with metadata", "one that was deleted", remedy)
        return Refusal(problem, arxiv_line(identifier))
    held = [element for metadata in children(record, "metadata") for element in metadata]
    for element in held:
        if reader := FORMATS.get(local(element)):
            return reader(raw, place, identifier, element, notes)
    found = shown(local(held[0])) if held else "none"
    expected, remedy = "metadata in arXiv, arXivRaw or oai_dc", "ask with metadataPrefix=arXiv"
    return Refusal(Problem(raw.at(place), expected, found, remedy), arxiv_line(identifier))


def _read_arxiv(
    raw: RawDigest, place: int | str, identifier: str, paper: Element, notes: list[Problem]
) -> _Outcome:
    authors = [author for group in children(paper, "authors") for author in children(group, "author")]
    published = date_or_note(raw, place, text_of(paper, "created"), notes)
    revised = date_or_note(raw, place, text_of(paper, "updated"), notes)
    names = (
        given_first(*(text_of(author, part) for part in ("keyname", "forenames", "suffix")))
        for author in authors
    )
    return _record(raw, place, text_of(paper, "id") or identifier, paper, names, published, revised, notes)


def _read_raw(
    raw: RawDigest, place: int | str, identifier: str, paper: Element, notes: list[Problem]
) -> _Outcome:
    dates: dict[int, PartialDate | None] = {}
    for version in children(paper, "version"):
        if match := _VERSION.fullmatch(version.get("version", "").strip()):
            dates[int(match[1])] = date_or_note(raw, place, text_of(version, "date"), notes)
    last = max(dates, default=0)
    found = parse_arxiv(text_of(paper, "id") or identifier)
    known = f"{found.id}v{last}" if found and last else text_of(paper, "id") or identifier
    names = split_authors(text_of(paper, "authors"))
    revised = dates[last] if last > 1 else None
    return _record(raw, place, known, paper, names, dates.get(1), revised, notes)


def _record(
    raw: RawDigest,
    place: int | str,
    identifier: str,
    paper: Element,
    names: Iterable[str],
    published: PartialDate | None,
    revised: PartialDate | None,
    notes: list[Problem],
) -> _Outcome:
    """What ``arXiv`` and ``arXivRaw`` have in common."""
    return arxiv_record(
        raw,
        place,
        arxiv_id=identifier,
        title=text_of(paper, "title"),
        abstract=text_of(paper, "abstract"),
        authors=alone(names),
        categories=text_of(paper, "categories").split(),
        comment=text_of(paper, "comments"),
        venue=text_of(paper, "journal-ref"),
        doi=text_of(paper, "doi"),
        published=published,
        revised=revised if revised != published else None,
        notes=notes,
    )


def _read_dublin_core(
    raw: RawDigest, place: int | str, identifier: str, paper: Element, notes: list[Problem]
) -> _Outcome:
    descriptions = _texts(paper, "description")
    abstract = next((text for text in descriptions if not _COMMENT.match(text)), "")
    comment = next((text for text in descriptions if _COMMENT.match(text)), "")
    given = (date_or_note(raw, place, text, notes) for text in _texts(paper, "date"))
    dates = sorted(filter(None, given))
    names = _texts(paper, "identifier")
    address = next((text for text in names if parse_arxiv(text)), identifier)
    record = arxiv_record(
        raw,
        place,
        arxiv_id=address,
        title=text_of(paper, "title"),
        abstract=abstract,
        authors=alone(inverted(text) for text in _texts(paper, "creator")),
        comment=_COMMENT.sub("", comment, count=1),
        venue=next((text for text in names if not _NO_VENUE.match(text) and not parse_arxiv(text)), ""),
        doi=next((text for text in names if _DOI.match(text)), ""),
        published=dates[0] if dates else None,
        revised=dates[-1] if dates and dates[-1] != dates[0] else None,
        notes=notes,
    )
    if isinstance(record, Refusal):
        return record
    # Classes of mathematics and of computing (14J60, I.2.7) stand among the subjects: they are no words.
    subjects = (text for text in _texts(paper, "subject") if not any(char.isdigit() for char in text))
    return replace(record, keywords=once(map(arxiv_line, subjects)))


def _texts(paper: Element, name: str) -> list[str]:
    """The texts of all children of a name that have any."""
    return [text for child in children(paper, name) if (text := "".join(child.itertext()).strip())]


#: The formats, by the name of the outermost element of a record's metadata.
FORMATS: dict[str, _Reader] = {"arXiv": _read_arxiv, "arXivRaw": _read_raw, "dc": _read_dublin_core}
