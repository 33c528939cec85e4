"""Listings of what arXiv announces on a day, from its feeds, <https://info.arxiv.org/help/rss_specifications.html>.

- RSS 2.0 and its Atom twin, since 2024, and RSS 1.0 (RDF), before: `generator.readers.arxiv_rss_item`.
- Feeds that others make of those, with translations: `generator.readers.arxiv_rss_translated`.

The day of the list is the one of the announcement, in the time zone that the feed writes; so is the date of an item,
which is not that of the paper's publication. A feed without papers is an error: arXiv announces nothing on Saturdays
and Sundays, and a listing that was lost on its way must not look the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element

from generator.errors import Problem, shown
from generator.model import Digest, Source
from generator.readers import arxiv_rss_translated as translated
from generator.readers.arxiv_feed import LISTING, kind_of, mended, read_any_day, settle_day
from generator.readers.arxiv_rss_item import read_item
from generator.readers.raw import RawDigest
from generator.readers.xml_text import children, load, local, places, text_of

NAME = "arxiv-rss"
LABEL = "a listing feed of arXiv (RSS or Atom)"
SOURCE = Source("arxiv", "arXiv", "https://arxiv.org/")

_FAILED = "feed error for query"


def accepts(raw: RawDigest) -> bool:
    """Whether it is RSS, RDF or Atom that calls itself arXiv's listing, or has the marks of one in its first items."""
    return kind_of(raw) == LISTING


def read(raw: RawDigest) -> Digest:
    """Read the listing. Raises DigestError if it is no XML, an error or empty, or its day is not known."""
    raw, decoding = mended(raw)
    root = load(raw)
    channel = next(children(root, "channel"), root)
    name = "entry" if local(root) == "feed" else "item"
    items = [element for element in root.iter() if local(element) == name]
    _fail_for_none(raw, channel, items)
    notes: list[Problem] = []
    said, own = _days(raw, channel, items)
    day = raw.day_or(
        settle_day(raw, said, notes), "", "a day, as the pubDate, dc:date or updated of the feed", "none"
    )
    source = translated.source_of(raw, channel)
    reader = translated.read_item if source else read_item
    where = places(raw, name, len(items))
    outcomes = [
        reader(raw, place, item, item_day, notes)
        for place, item, item_day in zip(where, items, own, strict=True)
    ]
    if source:
        notes.append(translated.note(raw, items))
    return raw.digest(NAME, day, raw.source_or(source, SOURCE), outcomes, [*decoding, *notes])


def _fail_for_none(raw: RawDigest, channel: Element, items: Sequence[Element]) -> None:
    """Raise the DigestError that says why there are no papers, if there are none."""
    if _FAILED in text_of(channel, "title").lower():
        reason = text_of(channel, "description", "subtitle") or text_of(channel, "title")
        raw.fail("", "a listing", f"arXiv's error {shown(reason)}", "correct the query and get it again")
    if not items:
        found = "an empty feed: arXiv announced nothing on its day, as on Saturdays and Sundays"
        raw.fail("", "at least one paper", found, "remove the file, or get it again if there should be some")


def _days(
    raw: RawDigest, channel: Element, items: Sequence[Element]
) -> tuple[Sequence[date], Sequence[date | None]]:
    """The days that the text says, and for each item its own where they are several and none is given.

    The date of the channel comes first. Atom has none but the moment it was made, so there those of the items do.
    """
    none = [None] * len(items)
    if day := read_any_day(text_of(channel, "pubDate", "date")):
        return [day], none
    own = [read_any_day(text_of(item, "pubDate", "published")) for item in items]
    known = sorted({day for day in own if day})
    if len(known) > 1 and None not in own:
        return known, own if raw.day is None else none
    if len(known) == 1:
        return known, none
    made = read_any_day(text_of(channel, "updated"))
    return [made] if made else [], none
