"""What is shown of papers that were found, and what they are counted by.

Both are JSON, packed (RFC 1951) and written as `bits.text_of` has it.

A file of cards has a row for each of some papers: ``[key, title, first author, number of the others, ordinal of the
day, tags, slugs of sources]``.

A file of facets is ``[tags, sources, rows]``: names of tags, slugs of sources, and for each paper the numbers of its
tags, then those of its sources, each counted on from the tags.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.model import Paper
from generator.search.bits import text_of

#: Text that many cards have, the most frequent at its end. It is told with the manifest, and every file is packed as if
#: it stood before its own text: sixteen cards alone are too few to find what repeats. Any other text would do as well.
COMMON = Path(__file__).with_name("common.txt").read_text("utf-8").rstrip("\n")


def cards(papers: Iterable[Paper]) -> str:
    """The cards of papers."""
    return packed([_card(paper) for paper in papers])


def _card(paper: Paper) -> list[object]:
    sources = dict.fromkeys(appearance.source.slug for appearance in paper.appearances)
    return [
        paper.key,
        paper.plain_title,
        paper.authors[0] if paper.authors else "",
        max(0, len(paper.authors) - 1),
        paper.first.day.toordinal(),
        list(dict.fromkeys(tag.name for tag in paper.tags)),
        [*sources],
    ]


def facets(rows: Sequence[tuple[Sequence[str], Sequence[str]]]) -> str:
    """The facets of papers, given with the names of their tags and the slugs of their sources."""
    tags = sorted({tag for own, _ in rows for tag in own})
    sources = sorted({source for _, own in rows for source in own})
    places = {tag: place for place, tag in enumerate(tags)}
    others = {source: place for place, source in enumerate(sources, len(tags))}
    own = [[*(places[tag] for tag in row), *(others[source] for source in listed)] for row, listed in rows]
    return packed([tags, sources, own])


def packed(value: object) -> str:
    """What JSON says of a value, packed as if `COMMON` stood before it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, COMMON.encode())
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return text_of(packer.compress(data) + packer.flush())
