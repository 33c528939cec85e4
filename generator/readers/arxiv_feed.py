"""What arXiv's XML formats have in common: which of them a feed is, the day of a list, dates as mail writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from generator.errors import Problem, shown
from generator.model import PartialDate
from generator.readers.fields import read_date
from generator.readers.mail_date import read_mail_date
from generator.readers.raw import RawDigest
from generator.readers.xml_text import root_name

#: The kinds of feeds: an answer of the API, and a listing of what is announced on a day.
API, LISTING = "api", "listing"

#: Characters in which a feed has shown whose it is.
_NEAR = 20_000
_FIRST_PAPER = re.compile(r"<(?:item|entry)[\s>]")
_ASKED = re.compile(r"\barxiv\.org/api/", re.IGNORECASE)
_ANSWERED = re.compile(r"<id>\s*https?://(?:export\.|www\.)?arxiv\.org/(?:abs/|api/errors)", re.IGNORECASE)
_LISTED = re.compile(
    r"\brss\.arxiv\.org\b|\barxiv\.org/rss\b|\bupdates on (?:the )?arxiv\.org\b|\barxiv rss feed for\b"
    r"|<title>feed error for query\b",
    re.IGNORECASE,
)
#: The first byte of a letter of two or more in UTF-8, and its next, as other encodings read them.
_TWICE = re.compile("[\xc2-\xf4][\x80-\xbf\u0152-\u2122]")
_ANNOUNCED = re.compile(
    r"<arxiv:announce_type>|\boai:arxiv\.org:|\(arXiv:\S{9,20} \[[\w.-]+\]", re.IGNORECASE
)


def kind_of(raw: RawDigest) -> str:
    """Which of arXiv's feeds a text is: `API`, `LISTING`, or "" for neither. No text is both."""
    name = root_name(raw)
    if name not in {"feed", "rss", "RDF"}:
        return ""
    start = raw.text[:_NEAR]
    head = _FIRST_PAPER.split(start, maxsplit=1)[0]
    if name == "feed" and _ASKED.search(head):
        return API
    if _LISTED.search(head) or _ANNOUNCED.search(start):
        return LISTING
    return API if name == "feed" and _ANSWERED.search(start) else ""


def settle_day(raw: RawDigest, said: Iterable[date], notes: list[Problem]) -> date | None:
    """The day from outside, with a note if the text says others; else the last day that the text says, or None."""
    days = sorted(set(said))
    if raw.day is None:
        return days[-1] if days else None
    if other := [str(day) for day in days if day != raw.day]:
        expected = f"the day {raw.day}, given by the file's name or --date"
        remedy = "rename the file if its papers are right"
        notes.append(Problem(raw.at(), expected, ", ".join(other[:3]), remedy))
    return raw.day


def read_any_day(text: str) -> date | None:
    """A whole day as Atom writes moments (``2025-03-14T00:00:00-04:00``) or as mail does, in the zone it is written.

    >>> str(read_any_day("Thu, 18 Sep 2025 00:00:00 -0400")), read_any_day("18 September")
    ('2025-09-18', None)
    """
    partial = _read(text)
    return date(*partial) if partial and partial.day else None


def date_or_note(raw: RawDigest, place: int | str, text: str, notes: list[Problem]) -> PartialDate | None:
    """The date that a record says; None, with a note, if what it says is none."""
    known = _read(text)
    if known is None and text:
        remedy = "correct it; the paper stays without it"
        notes.append(Problem(raw.at(place), "a date like 2025-03-14", shown(text), remedy))
    return known


def _read(text: str) -> PartialDate | None:
    return read_date(text) or read_mail_date(text)


def mended(raw: RawDigest) -> tuple[RawDigest, tuple[Problem, ...]]:
    """The text as it was meant, with a note, where all of it was encoded in UTF-8 twice (``MÃ¤ntylÃ¤``): programs that
    save answers of the API do that. Any other text is given back as it is.

    No text of people passes for one by chance: each of its letters beyond ASCII would have to begin such a pair.
    """
    if raw.text.isascii() or not _TWICE.search(raw.text):
        return raw, ()
    for encoding in ("latin-1", "cp1252"):
        try:
            text = raw.text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        found, remedy = "text that was encoded twice, read as it was meant", "save the answer as it comes"
        return replace(raw, text=text), (Problem(raw.at(), "text in UTF-8", found, remedy),)
    return raw, ()
