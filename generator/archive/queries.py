"""What pages ask of the archive. Nothing here changes it, and nothing holds more of it than was asked for."""

from __future__ import annotations

import pickle
import sqlite3
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from generator.archive.codec import unpack
from generator.archive.derive import HIDDEN, PINNED, read_papers, read_sources
from generator.archive.editing import dead_edits
from generator.archive.kinship import Kin, kin_of
from generator.archive.lists import ALL, FOLDERS, bounds, day_list, day_of, slug_list
from generator.archive.spelling import spelled
from generator.archive.ties import ask
from generator.errors import Problem
from generator.keys import key_of
from generator.model import Account, Digest, Merge, Paper, Source
from generator.permalinks import PAPERS

#: Papers kept at hand: a day's are asked for several times in a row.
_KEPT = 1_000


class Totals(NamedTuple):
    """Counts of everything. Records are accepted, merged or refused."""

    digests: int
    records: int
    papers: int
    merged: int
    refused: int


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list that may have pages: where they are, what it is called, how many papers it has.

    `kind` is that of a `Tag` for tags, else "author" or "source"; `area` belongs to topics.
    """

    folder: str
    slug: str
    name: str
    kind: str
    area: str
    papers: int


class Archive:
    """The archive as it stands. An instance sees one state: after a change, make another."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._papers: OrderedDict[int, Paper] = OrderedDict()
        self._numbers: dict[str, int] = {}
        self._cuts: tuple[tuple[int, ...], list[tuple[int, int]]] | None = None

    @property
    def database(self) -> sqlite3.Connection:
        """Where it is."""
        return self._database

    def _one(self, question: str, *values: object) -> int:
        """A count."""
        return int(self._database.execute(question, values).fetchone()[0])

    # Everything

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by their slugs."""
        return read_sources(self._database)

    @cached_property
    def days(self) -> dict[date, int]:
        """The days that have a digest, oldest first, each with the number of its papers."""
        return {
            day_of(day): papers
            for day, papers in self._database.execute("SELECT day, papers FROM day ORDER BY day")
        }

    @cached_property
    def totals(self) -> Totals:
        """Counts of everything."""
        digests, records, refused = self._database.execute(
            "SELECT count(*), coalesce(sum(records + refused), 0), coalesce(sum(refused), 0) FROM digest"
        ).fetchone()
        papers = self._one("SELECT count(*) FROM paper WHERE mark <> ?", HIDDEN)
        return Totals(
            digests, records, papers, self._one("SELECT count(*) FROM record WHERE reason <> ''"), refused
        )

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The addresses that were withdrawn on purpose."""
        rows = self._database.execute("SELECT address FROM address WHERE retired")
        return frozenset(address for (address,) in rows)

    # Papers

    def paper(self, key: str) -> Paper | None:
        """A paper by its key."""
        number = self._numbers.get(key)
        if number is None:
            row = self._database.execute("SELECT id FROM paper WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            number = row[0]
        return next(iter(self._load([number])))

    def paper_at(self, address: str) -> Paper | None:
        """The paper whose page is at an address."""
        return self.paper(key_of(address)) if address.startswith(PAPERS) else None

    def _load(self, numbers: Sequence[int]) -> list[Paper]:
        """Papers by their numbers, in that order."""
        kept = self._papers
        found = {number: kept[number] for number in numbers if number in kept}
        missing = [number for number in numbers if number not in found]
        for number, paper in read_papers(self._database, missing, self.sources) if missing else ():
            found[number] = kept[number] = paper
            self._numbers[paper.key] = number
            if len(kept) > _KEPT:
                _, old = kept.popitem(last=False)
                del self._numbers[old.key]
        return [found[number] for number in numbers]

    def papers_of(self, day: date) -> list[Paper]:
        """The papers that a day lists, in no order that means anything."""
        return self._load(
            [n for (n,) in self._database.execute(
                "SELECT paper FROM member WHERE list = ? ORDER BY paper", (day_list(day.toordinal()),)
            )]
        )  # fmt: skip

    def first_of(self, day: date, most: int) -> list[Paper]:
        """The papers of a day that stand first on its page, at most so many."""
        rows = self._database.execute(
            "SELECT r.paper, r.source, p.mark <> ?, d.path, r.place FROM record r JOIN digest d ON d.id = r.digest"
            " JOIN paper p ON p.id = r.paper WHERE r.day = ? AND p.mark <> ?",
            (PINNED, day.toordinal(), HIDDEN),
        ).fetchall()
        names = {slug: source.name.casefold() for slug, source in self.sources.items()}
        rows.sort(key=lambda row: (names[row[1]], *row[1:]))
        return self._load([*dict.fromkeys(row[0] for row in rows)][:most])

    def keys_first_listed(self, day: date) -> list[str]:
        """The keys of the papers whose first appearance is on a day, in order."""
        rows = self._database.execute(
            "SELECT p.key FROM member m JOIN paper p ON p.id = m.paper WHERE m.list = 0 AND m.day = ? ORDER BY p.place",
            (day.toordinal(),),
        )
        return [key for (key,) in rows]

    def kin_of(self, paper: Paper) -> list[Kin]:
        """The papers that are related to a paper, nearest first."""
        return kin_of(self._database, paper)

    def hidden_keys(self) -> list[str]:
        """The keys of the papers that the editors hide."""
        rows = self._database.execute("SELECT key FROM paper WHERE mark = ? ORDER BY key", (HIDDEN,))
        return [key for (key,) in rows]

    # Digests

    def digests_of(self, day: date) -> list[Digest]:
        """The digests of a day, without their records, in the order of their files."""
        rows = self._database.execute(
            "SELECT head FROM digest WHERE day = ?1 OR id IN (SELECT digest FROM record WHERE day = ?1) ORDER BY path",
            (day.toordinal(),),
        )
        return [self._digest(head) for (head,) in rows]

    def _digest(self, head: bytes) -> Digest:
        """A digest without its records, with its source as the archive spells it."""
        digest: Digest = pickle.loads(head)  # noqa: S301 - our own cache
        return replace(digest, source=self.sources[digest.source.slug])

    def months(self) -> list[tuple[int, int, int, int, int, int, int]]:
        """Of every month that has a digest, newest first: year, month, digests, and records seen, accepted, merged and
        refused.
        """
        merged = dict(
            self._database.execute(
                "SELECT digest, count(*) FROM record WHERE reason <> '' GROUP BY digest"
            ).fetchall()
        )
        found: dict[tuple[int, int], list[int]] = {}
        for number, day, records, refused in self._database.execute(
            "SELECT id, day, records, refused FROM digest ORDER BY day DESC"
        ):
            own = day_of(day)
            sums = found.setdefault((own.year, own.month), [0, 0, 0, 0, 0])
            again = merged.get(number, 0)
            for place, value in enumerate((1, records + refused, records - again, again, refused)):
                sums[place] += value
        return [(*month, *sums) for month, sums in found.items()]  # type: ignore[misc]

    def accounts(self, first: date, last: date) -> list[Account]:
        """The accounts of the digests of some days, newest first."""
        rows = self._database.execute(
            "SELECT id, head, records FROM digest WHERE day BETWEEN ? AND ? ORDER BY day DESC, path DESC",
            (first.toordinal(), last.toordinal()),
        ).fetchall()
        return [self._account(*row) for row in rows]

    def _account(self, number: int, head: bytes, records: int) -> Account:
        digest = self._digest(head)
        rows = self._database.execute(
            "SELECT r.data, r.reason, p.key FROM record r JOIN paper p ON p.id = r.paper"
            " WHERE r.digest = ? AND r.reason <> '' ORDER BY r.place",
            (number,),
        )
        merges = tuple(_merge(digest.path, *row) for row in rows)
        return Account(
            digest=digest,
            accepted=records - len(merges),
            merges=merges,
            notes=(*digest.notes, *spelled(self._database, number)),
        )

    @cached_property
    def refusals(self) -> list[Problem]:
        """Why records were refused, by day and file."""
        rows = self._database.execute("SELECT head FROM digest WHERE refused > 0 ORDER BY day, path")
        digests = (pickle.loads(head) for (head,) in rows)  # noqa: S301 - our own cache
        return [refusal.problem for digest in digests for refusal in digest.refusals]

    @cached_property
    def notes(self) -> list[Problem]:
        """What cost no record, by day and file; entries of the editors that no paper has."""
        found = []
        rows = self._database.execute(
            "SELECT id, head FROM digest WHERE notes > 0 OR id IN ("
            "  SELECT s.digest FROM spelling s JOIN source o USING (slug)"
            "  WHERE s.name <> o.name OR (s.url IS NOT NULL AND s.url IS NOT o.url)) ORDER BY day, path"
        ).fetchall()
        for number, head in rows:
            found += [*pickle.loads(head).notes, *spelled(self._database, number)]  # noqa: S301 - our own cache
        return [*found, *dead_edits(self._database)]

    # Lists

    def lists(self, folder: str) -> list[ListHead]:
        """The lists of a folder, by their slugs."""
        rows = self._database.execute(
            "SELECT folder, slug, name, kind, area, papers FROM list WHERE folder = ? ORDER BY slug",
            (folder,),
        )
        return [ListHead(*row) for row in rows]

    def list_of(self, folder: str, slug: str) -> ListHead | None:
        """One list."""
        row = self._database.execute(
            "SELECT folder, slug, name, kind, area, papers FROM list WHERE folder = ? AND slug = ?",
            (folder, slug),
        ).fetchone()
        return ListHead(*row) if row else None

    def names_in(self, folder: str) -> int:
        """How many names of a kind there are, those without a page too."""
        low, high = bounds(FOLDERS[folder][0])
        return self._one("SELECT count(DISTINCT list) FROM member WHERE list BETWEEN ? AND ?", low, high)

    def entries(self, folder: str, slug: str, start: int, stop: int) -> list[bytes]:
        """What is shown of the papers of a list from one place to before another, oldest first."""
        numbers = _numbers(folder, slug)
        return [entry for _, entry in self._slice(numbers, start, stop)]

    def papers_between(self, start: int, stop: int) -> list[Paper]:
        """All papers from one place to before another, oldest first."""
        return self._load([number for number, _ in self._slice((ALL,), start, stop)])

    def newest_of(self, folder: str, slug: str, least: int) -> list[tuple[Paper, date]]:
        """The newest papers of a list, the last day first, each with the day that it stands at: all of the last day,
        and at least so many if there are. All papers are the list "" of no folder.
        """
        numbers = _numbers(folder, slug)
        days = self._days_of(numbers)
        papers = sum(own for _, own in days)
        start = min(papers - least, papers - days[-1][1]) if days else 0
        found = [number for number, _ in self._slice(numbers, max(0, start), papers)]
        at = list(accumulate(own for _, own in days))
        stands = [day_of(days[bisect_right(at, place)][0]) for place in range(max(0, start), papers)]
        return sorted(zip(self._load(found), stands, strict=True), key=lambda one: one[1], reverse=True)

    def numbers_between(self, start: int, stop: int) -> list[int]:
        """The numbers of all papers from one place to before another, oldest first."""
        return [number for number, _ in self._slice((ALL,), start, stop)]

    def first_days(self) -> list[tuple[int, int]]:
        """The days at which papers appear first, oldest first, and how many."""
        return self._days_of((ALL,))

    def rank(self, folder: str, slug: str, day: int) -> int:
        """How many papers of a list stand before a day. All papers are the list "" of no folder."""
        numbers = _numbers(folder, slug)
        return sum(papers for own, papers in self._days_of(numbers) if own < day)

    def _days_of(self, numbers: tuple[int, ...]) -> list[tuple[int, int]]:
        """The days at which papers stand in lists taken together, and how many."""
        if self._cuts is None or self._cuts[0] != numbers:
            rows = ask(
                self._database,
                "SELECT day, count(*) FROM member WHERE list IN ({}) GROUP BY day ORDER BY day",
                numbers,
            )
            self._cuts = (numbers, [*rows])
        return self._cuts[1]

    def _slice(self, numbers: tuple[int, ...], start: int, stop: int) -> list[tuple[int, bytes]]:
        """The papers of lists taken together from one place to before another: their numbers and entries."""
        days = self._days_of(numbers)
        ends = [*accumulate(papers for _, papers in days)]
        inside = [place for place, end in enumerate(ends) if end > start and end - days[place][1] < stop]
        if not inside:
            return []
        first, last = inside[0], inside[-1]
        low, high = days[first][0], days[last][0]
        rows = [
            row
            for number in numbers
            for row in self._database.execute(
                "SELECT m.day, p.place, p.id, p.entry FROM member m JOIN paper p ON p.id = m.paper"
                " WHERE m.list = ? AND m.day BETWEEN ? AND ?",
                (number, low, high),
            )
        ]
        rows.sort(key=lambda row: row[:2])
        before = ends[first] - days[first][1]
        return [row[2:] for row in rows[start - before : stop - before]]


def _merge(path: str, data: bytes, reason: str, key: str) -> Merge:
    record = unpack(data)
    return Merge(digest=path, where=record.where, title=record.title, key=key, reason=reason)


def _numbers(folder: str, slug: str) -> tuple[int, ...]:
    """The numbers of the lists that a page shows together. All papers are the list "" of no folder."""
    return tuple(slug_list(kind, slug) for kind in FOLDERS[folder]) if folder else (ALL,)
