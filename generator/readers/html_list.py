"""Any page or mail of HTML that lists papers: a newsletter, an alert, a table, a reading list on the web.

There is no format to hold to, so there is one rule for what a paper is (`generator.readers.html_entries`) and one for
what its lines say (`generator.readers.html_paper`): labels ("Authors:", "摘要："), classes and columns first, then
what looks like a list of names; the rest is the abstract. Among what it reads are the mails of Google Scholar and of
zotero-arxiv-daily, arXiv's listing pages, and newsletters with a heading or a list item for each paper.

The day is the one in the title of the page or a heading above the papers. Where headings among the papers name days,
each paper has the day above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from generator.errors import Problem, ascii_safe, shown
from generator.model import Digest, Record, Refusal, Source
from generator.readers.fields import read_count
from generator.readers.html_entries import Entry, find_entries
from generator.readers.html_page import Page, read_page
from generator.readers.html_paper import passed_over, read_entry
from generator.readers.html_text import decoded, is_html
from generator.readers.html_titles import Titles
from generator.readers.list_words import find_day
from generator.readers.paper_address import PAPER_SIGN
from generator.readers.raw import RawDigest

NAME = "html-list"
LABEL = "a page or mail of HTML with links to papers"
SOURCE = Source("web-list", "Web list")

_HREF = re.compile(r"\bhref\s*=", re.IGNORECASE)
_TITLED = re.compile(r"(?:原文标题|论文标题|\bOriginal title)\s*[:：]")
#: Marks by which a sender is known, with its own name.
_SENDERS = (
    ("gse_alrt_title", Source("google-scholar", "Google Scholar alerts", "https://scholar.google.com/")),
    (
        "remove your email in your Github Action setting",
        Source("zotero-arxiv-daily", "Zotero arXiv Daily", "https://github.com/TideDra/zotero-arxiv-daily"),
    ),
)
_ARXIV = Source("arxiv", "arXiv", "https://arxiv.org/")
_ARXIV_LISTING = re.compile(r"""class=["'][^"'>]{0,50}\blist-title\b""")
#: The parts of arXiv's listing pages, by the first word of their headings.
_PARTS = {
    "new": "new",
    "cross": "cross",
    "cross-lists": "cross",
    "replacement": "replace",
    "replacements": "replace",
}
_SAID = re.compile(r"(?:总论文数|今日论文数|论文总数)\s*[:：]\s*(\d{1,5})|Total of (\d{1,5}) entries$")


def accepts(raw: RawDigest) -> bool:
    """Whether it is HTML, not Markdown with some, and something in it shows that it may lead to a paper."""
    if not is_html(raw) or raw.text.count("](http") > len(_HREF.findall(raw.text)):
        return False
    return bool(_HREF.search(raw.text) and PAPER_SIGN.search(raw.text)) or bool(_TITLED.search(raw.text))


def read(raw: RawDigest) -> Digest:
    """Read the page. Raises DigestError if there is no paper on it, or its day is not known."""
    raw = decoded(raw)
    page = read_page(raw.text)
    entries = find_entries(page)
    if not entries:
        expected = "headings, list items or table rows with a link to a paper"
        raw.fail("", expected, "none", "save the whole page, or add the links")
    day, days, notes = _days(raw, page, entries)
    titles, left = Titles(page), Counter[str]()
    outcomes = [read_entry(raw, page, entry, titles, left) for entry in entries]
    if days:
        outcomes = [
            replace(outcome, day=own) if isinstance(outcome, Record) else outcome
            for outcome, own in zip(outcomes, days, strict=True)
        ]
    if _is_arxiv_listing(raw):
        outcomes = list(_announced(page, entries, outcomes))
    heading = next((line.text for line in page.lines[: entries[0].first] if line.level), "")
    said = next((match for line in page.lines[:30] if (match := _SAID.search(line.text))), None)
    return raw.digest(
        NAME,
        day,
        raw.source_or(_own_source(raw, page), raw.sender or SOURCE),
        outcomes,
        [*notes, *_notes(raw, page, entries, left)],
        title=page.title or heading or raw.subject,
        said=read_count(said[1] or said[2]) if said else None,
    )


def _own_source(raw: RawDigest, page: Page) -> Source | None:
    if _is_arxiv_listing(raw):
        return raw.sources.get(_ARXIV.slug, _ARXIV)
    for mark, source in _SENDERS:
        if mark in raw.text:
            return raw.sources.get(source.slug, source)
    return raw.find_source(page.site) if page.site else None


def _is_arxiv_listing(raw: RawDigest) -> bool:
    return "arxiv" in raw.text and bool(_ARXIV_LISTING.search(raw.text))


def _announced(
    page: Page, entries: Sequence[Entry], outcomes: Iterable[Record | Refusal]
) -> Iterator[Record | Refusal]:
    """The outcomes with what the headings of an arXiv listing and the notes beside identifiers announce them as."""
    part, place = "", 0
    for entry, outcome in zip(entries, outcomes, strict=True):
        while place < entry.first:
            words = page.lines[place].text.lower().split() if page.lines[place].level else []
            part = _PARTS.get(words[0], part) if words else part
            place += 1
        cross = "(cross-list from" in page.lines[entry.first].text
        announced = {"replace": "replace-cross", "": ""}.get(part, "cross") if cross else part
        yield replace(outcome, announced=announced) if isinstance(outcome, Record) else outcome


def _days(
    raw: RawDigest, page: Page, entries: Sequence[Entry]
) -> tuple[date, Sequence[date] | None, list[Problem]]:
    """The (last) day, the day of each entry where headings tell several, and a note if another was given."""
    first = entries[0].first
    above = [page.title, raw.subject, *(line.text for line in page.lines[:first] if line.level)]
    own = {day for text in above if (day := find_day(text))}
    if raw.day is not None:
        other = [str(day) for day in sorted(own) if len(own) == 1 and day != raw.day]
        return raw.day, None, [raw.other_day(", ".join(other))] if other else []
    days = _days_above(page, entries)
    if len(set(days)) > 1 and (known := [day for day in days if day]) and len(known) == len(days):
        return max(known), known, []
    expected = "a whole day in the title or in a heading above the papers"
    found = f"{len(own)} ({', '.join(map(str, sorted(own)[:3]))})" if len(own) > 1 else "none"
    return raw.day_or(own.pop() if len(own) == 1 else None, "", expected, found), None, []


def _days_above(page: Page, entries: Sequence[Entry]) -> list[date | None]:
    """Of each entry the day that the last heading above it names."""
    heads = {entry.head for entry in entries}
    headings = [
        (place, day)
        for place, line in enumerate(page.lines)
        if line.level and place not in heads and len(line.text) < 120 and (day := find_day(line.text))
    ]
    days: list[date | None] = []
    for entry in entries:
        while len(headings) > 1 and headings[1][0] <= entry.first:
            headings.pop(0)
        days.append(headings[0][1] if headings and headings[0][0] <= entry.first else None)
    return days


def _notes(raw: RawDigest, page: Page, entries: list[Entry], left: Counter[str]) -> list[Problem]:
    """What of the page is in no record: values that a record has no place for, and links to elsewhere."""
    notes = []
    if left:
        found = ", ".join(f"{ascii_safe(name)[:30]} ({number:,})" for name, number in left.most_common(5))
        remedy = "they are left out: add them by hand if they matter"
        notes.append(Problem(raw.at(), "fields that a paper has", found, remedy))
    others = list(dict.fromkeys(passed_over(page, entries)))
    if others:
        count = "1 other link" if len(others) == 1 else f"{len(others):,} other links"
        found = f"{count}, the first to {shown(others[0].split('/')[2])}"
        remedy = "they are passed over; give a paper a heading, a list item or a row of its own"
        notes.append(Problem(raw.at(), "links to papers that are listed", found, remedy))
    return notes
