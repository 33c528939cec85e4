"""Answers of arXiv's API, <https://info.arxiv.org/help/api/user-manual.html>, saved as they came.

- The feed's ``updated`` is the moment of the answer: that is the day of the list. An entry's ``published`` is the date
  of its first version, ``updated`` that of the version in the answer.
- ``totalResults`` counts all that was found, not what this page of it holds.
- An error is an entry whose id leads to ``/api/errors``, with the API's words in its ``summary``.
- Categories and classes of mathematics and computing stand side by side; the primary category is said apart.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from generator.errors import Problem, shown
from generator.model import Digest, Record, Refusal, Source
from generator.readers.arxiv_feed import API, date_or_note, kind_of, mended, read_any_day, settle_day
from generator.readers.arxiv_record import arxiv_record
from generator.readers.fields import read_count
from generator.readers.people import alone
from generator.readers.raw import RawDigest
from generator.readers.xml_text import children, load, places, text_of
from generator.text.tex import letters

NAME = "arxiv-atom"
LABEL = "an answer of arXiv's API (Atom)"
SOURCE = Source("arxiv", "arXiv", "https://arxiv.org/")

_ERRORS = "/api/errors"


def accepts(raw: RawDigest) -> bool:
    """Whether it is an Atom feed that says it is arXiv's answer, or has arXiv's addresses as ids; no listing."""
    return kind_of(raw) == API


def read(raw: RawDigest) -> Digest:
    """Read the answer. Raises DigestError if it is no XML, an error or without papers, or its day is not known."""
    raw, decoding = mended(raw)
    feed = load(raw)
    entries = list(children(feed, "entry"))
    total, start, most = (
        read_count(text_of(feed, name)) for name in ("totalResults", "startIndex", "itemsPerPage")
    )
    _fail_for_errors(raw, entries)
    if not entries:
        found = f"none, where totalResults says {total:,}" if total else "an answer without any"
        raw.fail("", "at least one paper", found, "correct the query and get it again, or remove the file")
    notes: list[Problem] = []
    said = read_any_day(text_of(feed, "updated"))
    day = raw.day_or(
        settle_day(raw, [said] if said else [], notes), "", "a day, as the feed's updated", "none"
    )
    where = places(raw, "entry", len(entries))
    outcomes = [_record(raw, place, entry, notes) for place, entry in zip(where, entries, strict=True)]
    return raw.digest(
        NAME, day, raw.source_or(None, SOURCE), outcomes, [*decoding, *notes], said=_page(total, start, most)
    )


def _page(total: int | None, start: int | None, most: int | None) -> int | None:
    """How many entries this page of the results should have; None if the feed does not say it."""
    if total is None or most is None or total <= (start or 0):
        return None
    return min(most, total - (start or 0))


def _fail_for_errors(raw: RawDigest, entries: list[Element]) -> None:
    for entry in entries:
        if _ERRORS in text_of(entry, "id"):
            found = f"the API's error {shown(text_of(entry, 'summary', 'id'))}"
            raw.fail("", "papers", found, "correct the query and get it again")


def _record(raw: RawDigest, place: int | str, entry: Element, notes: list[Problem]) -> Record | Refusal:
    published = date_or_note(raw, place, text_of(entry, "published"), notes)
    updated = date_or_note(raw, place, text_of(entry, "updated"), notes)
    primary = [item.get("term", "") for item in children(entry, "primary_category")]
    return arxiv_record(
        raw,
        place,
        arxiv_id=text_of(entry, "id"),
        title=text_of(entry, "title"),
        abstract=text_of(entry, "summary"),
        authors=alone(letters(text_of(author, "name")) for author in children(entry, "author")),
        categories=[*primary, *(item.get("term", "") for item in children(entry, "category"))],
        comment=text_of(entry, "comment"),
        venue=text_of(entry, "journal_ref"),
        doi=text_of(entry, "doi") or _doi_link(entry),
        published=published,
        revised=updated if updated != published else None,
        notes=notes,
    )


def _doi_link(entry: Element) -> str:
    """The address of the DOI, which some answers have instead of it."""
    return next((link.get("href", "") for link in children(entry, "link") if link.get("title") == "doi"), "")
