"""The index in the archive, kept up to date: the postings of every shard and the words of every dictionary.

A part of the index (`generator.search.segments`) is made anew of the terms of its papers when papers came, went or
moved in it. A paper of the base that only says something else, as when it is listed again, is taken out of the shards
of its terms and put in again, so that the cost is that of a paper. Both give the same shards.
"""

from __future__ import annotations

import marshal
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.archive.changes import Changes
from generator.archive.database import read_meta, write_meta
from generator.archive.derive import stand_of
from generator.archive.queries import Archive
from generator.model import Paper
from generator.processes import batches
from generator.search.document import terms_in, words_of
from generator.search.inverting import MANY, Inverter, Spools
from generator.search.postings import (
    FLAT,
    Postings,
    Shard,
    heavy_terms,
    kind_of,
    pack_heavy,
    pack_shard,
    papers_of,
    parts_of,
    shard_of,
    unpack_heavy,
    unpack_shard,
)
from generator.search.segments import (
    BASE,
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
    row_of,
    segments_of,
)
from generator.search.spelling import Dictionary, is_spelled, part_of

#: Papers that a process takes apart at a time.
_PART = 2_500

#: `run(function, parts)` gives the results of a function for parts, in order, from any number of processes.
Run = Callable[..., Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Index:
    """The index in the archive `database`, which lies in `file`, None if it is in memory."""

    database: sqlite3.Connection
    file: Path | None = None

    def make(self, run: Run = map) -> None:
        """Make everything anew. What was done so far is committed, if the archive is in a file."""
        archive = Archive(self.database)
        if self.file:
            self.database.execute("COMMIT")  # other processes see what is committed
            self.database.execute("BEGIN IMMEDIATE")
        for segment in segments_of(archive.totals.papers):
            self._make_segment(archive, segment, run, self.file)
        self._note(archive)

    def follow(self, changes: Changes, run: Run = map) -> Sequence[str]:
        """Follow changes of the archive; gives the addresses of the files that may say something else."""
        archive = Archive(self.database)
        before = segments_of(read_meta(self.database)["indexed"])
        now = segments_of(archive.totals.papers)
        first = changes.everything.first
        moved = archive.totals.papers if first is None else archive.rank("", "", first)
        shown = [
            (old, new) for old, new in changes.papers if old and new and not (old.edit.hide or new.edit.hide)
        ]
        same = [(old, new) for old, new in shown if stand_of(old) == stand_of(new)]
        found: list[str] = []
        for old, segment in zip(before, now, strict=True):
            if old == segment and moved >= segment.stop:
                for former, paper in same:
                    number = _number_of(archive, paper)
                    if segment.start <= number < segment.stop:
                        found += self._change(segment, former, paper, number - segment.start)
                continue
            found += self.addresses(old)
            self._make_segment(archive, segment, run, None)
            found += self.addresses(segment)
        self._note(archive)
        return [*dict.fromkeys(found)]

    def _note(self, archive: Archive) -> None:
        write_meta(self.database, {"indexed": archive.totals.papers})

    # Reading

    def addresses(self, segment: Segment) -> Iterator[str]:
        """The addresses of all files of a part of the index."""
        yield from segment.addresses()
        yield from self.own_addresses(segment)

    def own_addresses(self, segment: Segment) -> Iterator[str]:
        """The addresses of the files that terms have for themselves."""
        for term, sides in self.heavy(segment).items():
            yield from _own_files(segment, term, sides)

    def heavy(self, segment: Segment) -> dict[str, int]:
        """The terms of a part of the index that have files of their own, in order, each as `heavy_terms` has it."""
        low = row_of(segment, 0)
        rows = self.database.execute(
            "SELECT heavy FROM shard WHERE id BETWEEN ? AND ? AND heavy <> ''", (low, low + (1 << 24))
        )
        return dict(sorted(one for (heavy,) in rows for one in unpack_heavy(heavy).items()))

    def shard(self, segment: Segment, number: int) -> Shard:
        """The postings of a shard."""
        row = self.database.execute(
            "SELECT data FROM shard WHERE id = ?", (row_of(segment, number),)
        ).fetchone()
        return unpack_shard(row[0]) if row else {}

    def dictionary(self, segment: Segment, kind: str, number: int) -> Dictionary:
        """The words of a part of a dictionary, each with the number of its papers."""
        row = self.database.execute(
            "SELECT data FROM dictionary WHERE id = ?", (row_of(segment, number, kind),)
        ).fetchone()
        found: Dictionary = marshal.loads(row[0]) if row else {}  # noqa: S302 - our own cache
        return found

    # Making a part anew

    def _make_segment(self, archive: Archive, segment: Segment, run: Run, file: Path | None) -> None:
        """Make a part. Several processes take papers apart if they can read all of them in `file`."""
        for table in ("shard", "dictionary"):
            low = row_of(segment, 0)
            self.database.execute(
                f"DELETE FROM {table} WHERE id BETWEEN ? AND ?",  # noqa: S608 - names of ours
                (low, low + (1 << 32) - 1),
            )
        numbers = archive.numbers_between(segment.start, segment.stop)
        if not numbers:
            return
        go = run if len(numbers) >= MANY else map
        spell = _Speller(segment)
        with self._folder() as folder:
            spools = Spools(folder, segment)
            invert = Inverter(self.database, file if go is run else None, spools)
            parts = enumerate(batches(numbers, _PART))
            for spooled in (go if file else map)(invert, ((place * _PART, part) for place, part in parts)):
                spools.add(spooled)
            for rows, words in go(spools.gather, range(1 << spools.bits)):
                self.database.executemany("INSERT INTO shard VALUES (?, ?, ?)", rows)
                spell.add(words)
        self.database.executemany("INSERT INTO dictionary VALUES (?, ?)", spell.rows())

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        """An empty folder for the time being."""
        if self.file is None:
            with tempfile.TemporaryDirectory() as name:
                yield Path(name)
            return
        folder = self.file.with_suffix(".spools")
        shutil.rmtree(folder, ignore_errors=True)  # of a build that was killed
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    # Changing one paper

    def _change(self, segment: Segment, old: Paper, new: Paper, number: int) -> Iterator[str]:
        """Put a paper in the place of what it was; gives the addresses of files that may say something else."""
        yield segment.address(CARD, number // CARDS)
        yield segment.address(FACET, number // FACETS)
        before, after = ({one[0]: one for one in terms_in(words_of(paper))} for paper in (old, new))
        different = [term for term in {**before, **after} if before.get(term) != after.get(term)]
        shards: dict[int, list[str]] = {}
        for term in different:
            shards.setdefault(shard_of(term, segment.shard_bits), []).append(term)
        for own, terms in shards.items():
            shard = self.shard(segment, own)
            spelled: dict[str, int] = {}
            heavy = {*heavy_terms(shard, segment.shard_bits).items()}
            for term in terms:
                postings = shard.setdefault(term, Postings())
                if term in before:
                    postings.remove(number)
                if term in after:
                    postings.add(number, *after[term][1:])
                if not postings.papers:
                    del shard[term]
                if kind_of(term) != FLAT:
                    word = parts_of(term)[0]
                    spelled[word] = papers_of(shard, word)
            now = heavy_terms(shard, segment.shard_bits)
            row = (row_of(segment, own), pack_heavy(now), pack_shard(shard))
            self.database.execute("INSERT OR REPLACE INTO shard VALUES (?, ?, ?)", row)
            yield segment.address(LISTS, own)
            yield segment.address(PLACES, own)
            concerned = {*terms, *(parts_of(term)[0] for term in terms)}
            for term, sides in heavy | now.items():
                if term in concerned or (term, sides) not in heavy or now.get(term) != sides:
                    yield from _own_files(segment, term, sides)
            yield from self._spell(segment, spelled)

    def _spell(self, segment: Segment, words: Mapping[str, int]) -> Iterator[str]:
        """Note in how many papers words stand."""
        for word, papers in words.items():
            if not is_spelled(word):
                continue
            for kind in (HEADS, TAILS) if segment.name == BASE else (HEADS,):
                if (part := part_of(kind, word, segment.word_bits)) is None:
                    continue
                known = self.dictionary(segment, kind, part)
                known.pop(word, None)
                if papers >= segment.least(kind):
                    known[word] = papers
                row = (row_of(segment, part, kind), marshal.dumps(dict(sorted(known.items()))))
                self.database.execute("INSERT OR REPLACE INTO dictionary VALUES (?, ?)", row)
                yield segment.address(kind, part)


def _own_files(segment: Segment, term: str, sides: int) -> Iterator[str]:
    """The addresses of the files that a term has for itself."""
    yield segment.heavy(HEAVY, *parts_of(term))
    if kind_of(term) != FLAT:
        yield from segment.own(HEAVY_PLACES, *parts_of(term), sides)


def _number_of(archive: Archive, paper: Paper) -> int:
    """The number of a paper: how many stand before it."""
    day = paper.first.day
    return archive.rank("", "", day.toordinal()) + archive.keys_first_listed(day).index(paper.key)


class _Speller:
    """Gathers the dictionaries of a part of the index."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._parts: dict[int, Dictionary] = {}

    def add(self, words: Iterable[tuple[str, int]]) -> None:
        """Add words with the numbers of their papers."""
        segment = self._segment
        kinds = (HEADS, TAILS) if segment.name == BASE else (HEADS,)
        for word, papers in words:
            for kind in kinds:
                part = part_of(kind, word, segment.word_bits)
                if part is not None and papers >= segment.least(kind):
                    self._parts.setdefault(row_of(segment, part, kind), {})[word] = papers

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """The rows of the table."""
        return ((row, marshal.dumps(dict(sorted(own.items())))) for row, own in self._parts.items())
