"""Terms of papers turned into papers of terms, with no more in memory than a few thousand papers.

What some thousand papers have is divided by shards into a few files, the spools; then each spool is gathered by itself.
"""

from __future__ import annotations

import marshal
import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from generator.archive.database import connect
from generator.archive.ties import ask
from generator.search.document import LEVELS, PLACE, columns
from generator.search.postings import (
    FLAT,
    Shard,
    heavy_terms,
    kind_of,
    merge,
    pack_heavy,
    pack_shard,
    papers_of,
    parts_of,
    shard_of,
)
from generator.search.segments import Segment, row_of
from generator.search.spelling import is_spelled

#: From so many papers on a part of the index is gathered spool by spool, and by several processes.
MANY = 4_000
#: The bits of the number of a spool.
_SPOOLS = 5

#: Postings while they are gathered: papers with levels, counts of places, gaps.
Gathered: TypeAlias = tuple["array[int]", bytearray, bytearray]


@dataclass(slots=True)
class Inverter:
    """Turns the terms of papers into the papers of terms. A process has the archive open for itself."""

    database: sqlite3.Connection
    file: Path | None
    spools: Spools
    own: sqlite3.Connection | None = None

    def __call__(self, part: tuple[int, Sequence[int]]) -> list[bytes]:
        """The postings of some papers, the first of which has a number in the part; for each spool as bytes."""
        if self.own is None:
            self.own = connect(self.file) if self.file else self.database
        first, papers = part
        data = dict(ask(self.own, "SELECT paper, data FROM words WHERE paper IN ({})", papers))
        found: dict[str, Gathered] = {}
        known = found.get
        for number, paper in enumerate(papers, first):
            start = 0
            listed = number * LEVELS
            terms, levels, counts, gaps = columns(data[paper])
            for term, level, count in zip(terms, levels, counts, strict=True):
                own = known(term)
                if own is None:
                    own = found[term] = (array("I"), bytearray(), bytearray())
                own[0].append(listed + level)
                own[1].append(count)
                stop = start + PLACE * count
                own[2].extend(gaps[start:stop])
                start = stop
        return self.spools.divide(found)


@dataclass(frozen=True, slots=True)
class Spools:
    """Postings on their way: files in a folder, each for some shards of a segment."""

    folder: Path
    segment: Segment

    @property
    def bits(self) -> int:
        """The bits of the number of a spool."""
        return min(_SPOOLS, self.segment.shard_bits) if self.segment.size >= MANY else 0

    def divide(self, found: Mapping[str, Gathered]) -> list[bytes]:
        """Postings for each spool, as bytes."""
        bits = self.bits
        divided: list[dict[str, tuple[bytes, bytes, bytes]]] = [{} for _ in range(1 << bits)]
        for term, (papers, counts, gaps) in found.items():
            divided[shard_of(term, bits)][term] = (papers.tobytes(), bytes(counts), bytes(gaps))
        return [marshal.dumps(own) for own in divided]

    def add(self, divided: Sequence[bytes]) -> None:
        """Add postings that `divide` gave to the spools."""
        for number, data in enumerate(divided):
            with (self.folder / str(number)).open("ab") as file:
                file.write(data)

    def gather(self, number: int) -> tuple[list[tuple[int, str, bytes]], list[tuple[str, int]]]:
        """The rows of the shards of a spool, and the words in them that are spelled, with the numbers of papers."""
        merged = merge(self._read(number))
        bits = self.segment.shard_bits
        shards: dict[int, Shard] = {}
        for term, postings in merged.items():
            shards.setdefault(shard_of(term, bits), {})[term] = postings
        rows = [
            (row_of(self.segment, own), pack_heavy(heavy_terms(shard, bits)), pack_shard(shard))
            for own, shard in shards.items()
        ]
        return rows, [
            (word, papers)
            for word in {parts_of(term)[0] for term in merged if kind_of(term) != FLAT}
            if is_spelled(word) and (papers := papers_of(merged, word))
        ]

    def _read(self, number: int) -> Iterator[dict[str, tuple[bytes, bytes, bytes]]]:
        with (self.folder / str(number)).open("rb") as file:
            while True:
                try:
                    yield marshal.load(file)  # noqa: S302 - our own file
                except EOFError:
                    return
