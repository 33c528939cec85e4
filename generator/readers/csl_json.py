"""CSL-JSON, the bibliographic data of citation processors: what Zotero, Pandoc, Manubot and DataCite export.

<https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html>. A list of items, or one, or one a line, or a list
in ``items``. Exporters put into ``note`` what has no field, one a line; an arXiv identifier may be there, in ``number``
or in ``archive_location``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.errors import Problem
from generator.model import Digest, Record, Refusal
from generator.readers import json_text
from generator.readers.bibliography import SOURCE, Entry, bibliography, record_of
from generator.readers.bibliography_json import (
    date_of,
    date_words,
    is_crossref,
    items_of,
    names_of,
    refused,
    text_of,
    texts_of,
)
from generator.readers.raw import RawDigest

__all__ = ["LABEL", "NAME", "SOURCE", "accepts", "read"]

NAME = "csl-json"
LABEL = "a bibliography in CSL-JSON"

#: Keys that are CSL's own, in its spelling.
_KEYS = frozenset(
    {
        *("issued", "date-parts", "family", "literal", "citation-key", "citation-label", "DOI", "URL"),
        *("container-title", "container-title-short", "collection-title", "event-title", "publisher-place"),
    }
)
#: Keys of other formats that have some of those too.
_FOREIGN = frozenset({"paper", "paperId", "externalIds", "itemType", "message"})
#: Where a paper appeared, the nearest first.
_VENUES = ("container-title", "event-title", "event", "collection-title")
_LINES = (
    "id",
    "title",
    "abstract",
    "note",
    "DOI",
    "number",
    "archive",
    "archive_location",
    "publisher",
    *_VENUES,
)
_SEPARATOR = re.compile(r"[;,\n]")


def accepts(raw: RawDigest) -> bool:
    """Whether it is JSON whose first items have keys of CSL and not those of a format that is close to it."""
    keys = json_text.keys(raw)
    if not keys >= {"id", "type"} and "date-parts" not in keys:
        return False
    return not keys.isdisjoint(_KEYS) and keys.isdisjoint(_FOREIGN) and not is_crossref(keys)


def read(raw: RawDigest) -> Digest:
    """Read the bibliography. Raises DigestError if it is no JSON, has no item, or its day is not known."""
    notes: list[Problem] = []
    outcomes = [_item(raw, place, item, notes) for place, item in items_of(raw)]
    return bibliography(raw, NAME, outcomes, notes)


def _item(raw: RawDigest, place: int | str, item: object, notes: list[Problem]) -> Record | Refusal:
    """Read one item."""
    if not isinstance(item, Mapping):
        return refused(raw, place, item)
    said = {key: text_of(item.get(key)) for key in _LINES}
    entry = Entry(
        place=place,
        title=said["title"],
        key=said["id"],
        abstract=said["abstract"],
        authors=names_of(item.get("author", [])),
        hints=[*_hints(said), *said["note"].split("\n")],
        dois=[said["DOI"]],
        links=[("", url) for url in texts_of(item.get("URL"))],
        published=date_of(item.get("issued")),
        dated=date_words(item.get("issued")),
        venue=next(filter(None, (said[key] for key in _VENUES)), ""),
        notes=[said["note"]],
        keywords=[part for text in texts_of(item.get("keyword")) for part in _SEPARATOR.split(text)],
    )
    return record_of(raw, entry, notes)


def _hints(said: Mapping[str, str]) -> list[str]:
    """Lines that may say an arXiv identifier: single fields, and an archive with the number in it."""
    numbers = [said[key] for key in ("number", "archive_location") if said[key]]
    places = [said[key] for key in ("archive", "publisher", "container-title") if said[key]]
    return [*numbers, *places, *(f"{place}:{number}" for place in places for number in numbers)]
