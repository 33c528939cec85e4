"""The feeds of Chat Arxiv (<https://github.com/qhduan/cn-chat-arxiv>): arXiv's listings, translated into Chinese.

An item's title is a summary in one sentence. Its description holds seven paragraphs of HTML: the title in Chinese, the
title, the address, the summary again, nothing, the abstract in Chinese, and the first thousand characters of what
arXiv's description has. What is arXiv's own is read, and the summary; the translations are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

from generator.errors import Problem
from generator.model import Record, Refusal, Source
from generator.readers.arxiv_record import arxiv_record
from generator.readers.arxiv_rss_item import described, first_identifier, known_announcement, old_title
from generator.readers.raw import RawDigest
from generator.readers.xml_text import text_of
from generator.text.clean import clean_line

_ITSELF = "chat arxiv"
_BETWEEN = re.compile(r"</?p>")
#: Which paragraph is what, and how many there are.
_TITLE, _ADDRESS, _ABSTRACT, _ALL = 1, 2, 6, 7
#: What the feed cuts the last one to.
_CUT = 1_000


def source_of(raw: RawDigest, channel: Element) -> Source | None:
    """The maker of such a feed; None if it is another."""
    if not text_of(channel, "title").lower().startswith(_ITSELF):
        return None
    return raw.find_source("Chat Arxiv", "https://github.com/qhduan/cn-chat-arxiv")


def read_item(
    raw: RawDigest, place: int | str, item: Element, day: date | None, notes: list[Problem]
) -> Record | Refusal:
    """The paper of an item, as `generator.readers.arxiv_rss_item.read_item` has it."""
    parts = _parts(item)
    if len(parts) != _ALL:
        found = f"{len(parts)} in its description"
        remedy = "get the feed again or remove the record"
        problem = Problem(raw.at(place), f"{_ALL} paragraphs", found, remedy)
        return Refusal(problem, clean_line(text_of(item, "title")))
    title = old_title(parts[_TITLE])
    identifier, announced, abstract = described(parts[_ABSTRACT])
    record = arxiv_record(
        raw,
        place,
        arxiv_id=first_identifier([parts[_ADDRESS], text_of(item, "link"), identifier, title.identifier]),
        title=title.title,
        abstract=abstract,
        categories=[title.category],
        announced=known_announcement(raw, place, announced or title.announced, notes),
        day=day,
        notes=notes,
    )
    return (
        replace(record, summary=clean_line(text_of(item, "title"))) if isinstance(record, Record) else record
    )


def note(raw: RawDigest, items: Sequence[Element]) -> Problem:
    """What holds of all such feeds."""
    cut = sum(len(parts[_ABSTRACT]) >= _CUT for item in items if len(parts := _parts(item)) == _ALL)
    found = (
        f"translations, which are left out, and {cut:,} abstracts that the feed cut after {_CUT:,} characters"
    )
    return Problem(raw.at(), "arXiv's own text", found, "add a listing of arXiv itself for what is missing")


def _parts(item: Element) -> list[str]:
    """The paragraphs of the description; what stands between them is white space."""
    return [part.strip() for part in _BETWEEN.split(text_of(item, "description"))[1::2]]
