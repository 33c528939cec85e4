"""The files of the search: a kind of file (`generator.exports.ArtifactKind`), and the manifest that tells of them.

``docs/guide/search-index.md`` describes the format as a whole; what is in each file is said where it is made: lists
and places in `generator.search.postings`, dictionaries in `generator.search.spelling`, cards and facets in
`generator.search.cards`.

Every file is a classic script, for these a page that was opened from a disk may load (`generator.search.script`).
A file keeps its name; it is asked for with a fingerprint, ``search/a/p0z.js?Xk3``, of what it and its neighbours
hold, so a browser keeps what did not change and never takes an old file for a new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.pages.layout import Layout
from generator.search import bits, cards, postings, spelling
from generator.search.facets import facets_between
from generator.search.indexing import Index
from generator.search.script import call, data
from generator.search.segments import (
    CARD,
    CARDS,
    FACET,
    FACETS,
    HEADS,
    HEAVY,
    HEAVY_PLACES,
    LISTS,
    PLACES,
    TAILS,
    Segment,
    segments_of,
)

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("search",)

#: Tags that the page offers to filter by.
OFFERED = 40
MANIFEST = "search/manifest.js"
#: The days of the archive, for questions of time.
DAYS = "search/days.js"
#: So many neighbours share a fingerprint, by kind; of files of terms, those whose numbers begin with the same two
#: digits.
_NEIGHBOURS = {LISTS: 64, PLACES: 64, HEADS: 64, TAILS: 64, CARD: 64, FACET: 1}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The addresses of all files but the manifest."""
    index = Index(archive.database)
    yield DAYS
    for segment in segments_of(archive.totals.papers):
        yield from index.addresses(segment)


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """Those that hold papers that changed or moved, and those that are gone."""
    yield DAYS
    yield from changes.search


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """One file. The same papers give the same bytes."""
    if address == DAYS:
        return Artifact(DAYS, call(_days(archive)), in_docs=True)
    _, name, file = address.removesuffix(".js").split("/")
    segment = next(one for one in segments_of(archive.totals.papers) if one.name == name)
    kind, number = file[0], file[1:]
    if kind in (HEAVY, HEAVY_PLACES):
        text = _heavy(archive, segment, address)
    else:
        text = _numbered(archive, segment, kind, int(number, 36))
    return None if text is None else Artifact(address, data(segment.size, text), in_docs=True)


def _heavy(archive: Archive, segment: Segment, address: str) -> str | None:
    """The list or the places of a term that has files of its own."""
    name = address.removesuffix(".js").rpartition("/")[2]
    shard = Index(archive.database).shard(segment, int(name[1:9], 16) >> 32 - segment.shard_bits)
    for term, sides in postings.heavy_terms(shard, segment.shard_bits).items():
        parts = postings.parts_of(term)
        if segment.heavy(HEAVY, *parts) == address:
            return bits.text(postings.encode_heavy(term, shard, segment.shard_bits, segment.size))
        if address in (own := segment.own(HEAVY_PLACES, *parts, sides)):
            made = postings.encode_heavy_places(term, shard, segment.shard_bits, sides, segment.size)
            return bits.text(made[own.index(address)])
    return None


def _numbered(archive: Archive, segment: Segment, kind: str, number: int) -> str | None:
    """The file of a kind that has a number."""
    if number >= dict(segment.numbers()).get(kind, 0) or not segment:
        return None
    index = Index(archive.database)
    if kind == LISTS:
        shard = index.shard(segment, number)
        return bits.text(postings.encode_shard(shard, segment.shard_bits, segment.size))
    if kind == PLACES:
        return bits.text(postings.encode_shard_places(index.shard(segment, number), segment.shard_bits))
    if kind in (HEADS, TAILS):
        encode = spelling.encode_heads if kind == HEADS else spelling.encode_tails
        return cards.packed(encode(index.dictionary(segment, kind, number)))
    size = CARDS if kind == CARD else FACETS
    start = segment.start + number * size
    stop = min(start + size, segment.stop)
    if kind == CARD:
        return cards.cards(archive.papers_between(start, stop))
    return cards.facets(facets_between(archive, start, stop))


def _days(archive: Archive) -> list[int]:
    """Of each day that is some paper's first: the days since the one before, and how many papers; the first since the
    year 1.
    """
    found: list[int] = []
    before = 0
    for day, papers in archive.first_days():
        found += (day - before, papers)
        before = day
    return found


def make_manifest(archive: Archive) -> Artifact:
    """What is loaded before a question is asked. To be made when all other files are noted as outputs."""
    tags = [head for head in archive.lists("tags") if head.kind != "keyword"]
    offered = [head.name for head in sorted(tags, key=lambda head: (-head.papers, head.name))[:OFFERED]]
    listed = [day for day, papers in archive.days.items() if papers]
    said = {
        "papers": archive.totals.papers,
        "from": str(listed[0]) if listed else "",
        "to": str(listed[-1]) if listed else "",
        "sources": [(head.slug, head.name) for head in archive.lists("sources") if head.papers],
        "tags": list(dict.fromkeys(offered)),
        "parts": [_part(archive, one) for one in segments_of(archive.totals.papers) if one],
        "common": cards.COMMON,
        "days": _mark(_known(archive.database, DAYS), [DAYS]),
    }
    return Artifact(MANIFEST, call(said), in_docs=True)


def _part(archive: Archive, segment: Segment) -> Mapping[str, object]:
    """What the manifest says of a part: name, first paper, papers, bits; terms with own files; fingerprints by kind."""
    index = Index(archive.database)
    heavy = index.heavy(segment)
    known = _known(archive.database, f"search/{segment.name}/")
    marks = {kind: _marks(known, segment, kind, count) for kind, count in segment.numbers()}
    own = sorted(index.own_addresses(segment))
    for kind in (HEAVY, HEAVY_PLACES) if heavy else ():
        marks[kind] = _mark(known, [address for address in own if address.startswith(kind, len("search/a/"))])
    return {
        "name": segment.name,
        "start": segment.start,
        "size": segment.size,
        "bits": segment.shard_bits,
        "words": segment.word_bits,
        "heavy": "\n".join(_heavy_names(heavy)),
        "marks": marks,
    }


def _heavy_names(terms: Mapping[str, int]) -> Iterator[str]:
    """Terms in order, each without what it shares with the one before: a digit says how many letters, and another into
    how many rows, and how many columns, the term's places are cut.
    """
    before = ""
    for term, sides in terms.items():
        shared = spelling.common(before, term, 9)
        yield f"{shared}{sides}{term[shared:]}"
        before = term


def _known(database: sqlite3.Connection, begin: str) -> Mapping[str, bytes | None]:
    """What is noted of the contents of files, some of which may be about to go."""
    question = "SELECT address, source FROM output WHERE address >= ? AND address < ?"
    return dict(database.execute(question, (begin, begin + "~")).fetchall())


def _marks(known: Mapping[str, bytes | None], segment: Segment, kind: str, count: int) -> str:
    """The fingerprints of the files of a kind, one after the other."""
    size = _NEIGHBOURS[kind]
    addresses = [segment.address(kind, number) for number in range(count)]
    return "".join(_mark(known, addresses[first : first + size]) for first in range(0, count, size))


def _mark(known: Mapping[str, bytes | None], addresses: Sequence[str]) -> str:
    """The fingerprint that files share."""
    total = blake2b(digest_size=8)
    for address in addresses:
        total.update(known.get(address) or b"")
    return _letters(total.digest())


def _letters(digest: bytes) -> str:
    number = int.from_bytes(digest[:3], "big")
    return "".join(_LETTERS[number >> shift & 63] for shift in (12, 6, 0))
