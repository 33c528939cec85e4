"""Related papers: for each the few nearest others, of those listed no later, so that its page stays as it is.

Papers are near that share features (`generator.related`). Of each feature only the newest papers are looked at, up to
the paper's own day: so the work for a paper does not grow with the archive, and what is added, changed or taken away on
a day concerns no paper but those of the window behind it. All that decides is what papers are, not when they were taken
in: a paper's spot is its day and a hash of its key.
"""

from __future__ import annotations

import marshal
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from generator.archive.ties import ask
from generator.model import Paper

#: The length of a signature as a vector, so that the product of two is their likeness times NORM².
NORM = 100
#: How many papers of each feature are looked at.
_WINDOW = 64
#: At most so many papers are related to one, if they are alike to this degree (a cosine of 0.16).
MOST, _LEAST = 3, 1600
_DAY_BITS = 40
#: Papers that a process relates at a time.
_PART = 500


class Kin(NamedTuple):
    """A related paper: the key of its page and its title, and the topics and words that both have."""

    key: str
    title: str
    topics: tuple[str, ...]
    words: tuple[str, ...]


def spot_of(paper: Paper) -> int:
    """The place of a paper among all, by its first day and a hash of its key."""
    hashed = int.from_bytes(blake2b(paper.key.encode(), digest_size=_DAY_BITS // 8).digest(), "big")
    return paper.first.day.toordinal() << _DAY_BITS | hashed


def _begin(day: int) -> int:
    """The first spot of a day."""
    return day << _DAY_BITS


def _best(scores: dict[int, int], own: int) -> tuple[int, ...]:
    """The nearest by what they score, newest first among equals."""
    scores.pop(own, None)
    near = [(score, spot) for spot, score in scores.items() if score >= _LEAST]
    near.sort(reverse=True)
    return tuple(spot for _, spot in near[:MOST])


# Everything


class _Postings:
    """The papers of each feature, by their spots in order."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.spots = array("q")
        self.signatures: list[tuple[Sequence[int], bytes]] = []
        for spot, data in database.execute("SELECT spot, data FROM signature ORDER BY spot"):
            _, _, features, weights, *_ = marshal.loads(data)  # noqa: S302 - our own cache
            self.spots.append(spot)
            self.signatures.append((features, weights))
        counts = Counter(feature for features, _ in self.signatures for feature in features)
        self.lists: dict[int, tuple[array[int], bytearray]] = {
            feature: (array("I"), bytearray()) for feature, number in counts.items() if number > 1
        }
        lists = self.lists
        for place, (features, weights) in enumerate(self.signatures):
            for feature, weight in zip(features, weights, strict=True):
                if (those := lists.get(feature)) is not None:
                    those[0].append(place)
                    those[1].append(weight)

    def traits(self) -> Iterator[tuple[int, int, int]]:
        """All features of papers, for the table."""
        alone: dict[int, tuple[int, int]] = {}
        for spot, (features, weights) in zip(self.spots, self.signatures, strict=True):
            alone.update(
                (f, (spot, w)) for f, w in zip(features, weights, strict=True) if f not in self.lists
            )
        for feature in sorted([*self.lists, *alone]):
            if feature in alone:
                yield (feature, *alone[feature])
                continue
            places, scale = self.lists[feature]
            yield from ((feature, self.spots[p], w) for p, w in zip(places, scale, strict=True))

    def nearest(self, place: int) -> tuple[int, ...]:
        """The spots of the papers that are related to the paper of a place."""
        scores: dict[int, int] = {}
        known = scores.get
        stop = bisect_left(self.spots, _begin((self.spots[place] >> _DAY_BITS) + 1))
        for feature, weight in zip(*self.signatures[place], strict=True):
            those = self.lists.get(feature)
            if those is None:
                continue
            places, own = those
            end = len(places) if places[-1] < stop else bisect_left(places, stop)
            first = max(0, end - _WINDOW)
            for other, far in zip(places[first:end], own[first:end], strict=True):
                scores[other] = known(other, 0) + weight * far
        return _best({self.spots[p]: s for p, s in scores.items() if s >= _LEAST}, self.spots[place])


def relate_all(database: sqlite3.Connection, run: Callable[..., Iterator[list[tuple[int, ...]]]]) -> None:
    """Relate all papers anew."""
    database.execute("DELETE FROM trait")
    database.execute("DELETE FROM kin")
    postings = _Postings(database)
    total = len(postings.spots)

    def work(part: range) -> list[tuple[int, ...]]:
        return [postings.nearest(place) for place in part]

    parts = [range(first, min(first + _PART, total)) for first in range(0, total, _PART)]
    place = 0
    for found in run(work, parts):
        _write(database, zip(postings.spots[place : place + len(found)], found, strict=True))
        place += len(found)
    database.executemany("INSERT OR IGNORE INTO trait VALUES (?, ?, ?)", postings.traits())


def _write(database: sqlite3.Connection, found: Iterable[tuple[int, tuple[int, ...]]]) -> None:
    rows = ((spot, place, other) for spot, others in found for place, other in enumerate(others))
    database.executemany("INSERT INTO kin VALUES (?, ?, ?)", rows)


# What a change touches


class Kinship:
    """Follows a change. Made before papers are replaced, it remembers those that will be, `before`."""

    def __init__(self, database: sqlite3.Connection, before: Iterable[Paper]) -> None:
        self._database = database
        self._former = self._signatures({spot_of(paper) for paper in before})

    def _signatures(self, spots: Iterable[int]) -> dict[int, bytes]:
        return dict(ask(self._database, "SELECT spot, data FROM signature WHERE spot IN ({})", spots))

    def follow(self, after: Iterable[Paper]) -> set[str]:
        """Relate anew what the papers that came `after` touch; gives the keys of papers whose page says otherwise."""
        database = self._database
        now = self._signatures({spot_of(paper) for paper in after} | self._former.keys())
        changed = [spot for spot in {*self._former, *now} if self._former.get(spot) != now.get(spot)]
        moved = [spot for spot in changed if _traits(self._former.get(spot)) != _traits(now.get(spot))]
        touched: set[int] = set()
        for spot in moved:
            touched |= self._behind(spot, _traits(self._former.get(spot)))
        for spot in moved:
            database.executemany(
                "DELETE FROM trait WHERE feature = ? AND spot = ?",
                [(feature, spot) for feature, _ in _traits(self._former.get(spot))],
            )
            database.executemany(
                "INSERT OR IGNORE INTO trait VALUES (?, ?, ?)",
                [(feature, spot, weight) for feature, weight in _traits(now.get(spot))],
            )
        for spot in moved:
            touched |= self._behind(spot, _traits(now.get(spot)))
        touched |= {*moved}
        # Who lists a paper whose title is another, or that is gone, shows something else.
        shown = {
            spot for (spot,) in ask(database, "SELECT DISTINCT spot FROM kin WHERE other IN ({})", changed)
        }
        shown |= {spot for spot in touched if self._relate(spot)}
        rows = ask(database, "SELECT data FROM signature WHERE spot IN ({})", shown)
        return {marshal.loads(data)[0] for (data,) in rows}  # noqa: S302 - our own cache

    def _behind(self, spot: int, traits: Iterable[tuple[int, int]]) -> set[int]:
        """The papers in whose windows a paper is that has these features."""
        day = spot >> _DAY_BITS
        found: set[int] = set()
        for feature, _ in traits:
            for question, values in (
                ("spot >= ? AND spot < ?", (_begin(day), _begin(day + 1))),
                (f"spot >= ? ORDER BY spot LIMIT {_WINDOW}", (_begin(day + 1),)),
            ):
                rows = self._database.execute(
                    f"SELECT spot FROM trait WHERE feature = ? AND {question}",  # noqa: S608 - ours
                    (feature, *values),
                )
                found.update(other for (other,) in rows)
        return found

    def _relate(self, spot: int) -> bool:
        """Relate a paper anew, or forget one that is gone; gives whether that changed anything."""
        database = self._database
        before = database.execute("SELECT other FROM kin WHERE spot = ? ORDER BY place", (spot,)).fetchall()
        row = database.execute("SELECT data FROM signature WHERE spot = ?", (spot,)).fetchone()
        found: tuple[int, ...] = ()
        if row:
            scores: defaultdict[int, int] = defaultdict(int)
            end = _begin((spot >> _DAY_BITS) + 1)
            for feature, weight in _traits(row[0]):
                for other, own in database.execute(
                    "SELECT spot, weight FROM trait WHERE feature = ? AND spot < ? ORDER BY spot DESC LIMIT ?",
                    (feature, end, _WINDOW),
                ):
                    scores[other] += weight * own
            found = _best(scores, spot)
        if found == tuple(other for (other,) in before):
            return False
        database.execute("DELETE FROM kin WHERE spot = ?", (spot,))
        _write(database, [(spot, found)])
        return True


def _traits(data: bytes | None) -> list[tuple[int, int]]:
    """The features of a signature with their weights."""
    if not data:
        return []
    _, _, features, weights, *_ = marshal.loads(data)  # noqa: S302 - our own cache
    return [*zip(features, weights, strict=True)]


# What pages ask


def kin_of(database: sqlite3.Connection, paper: Paper) -> list[Kin]:
    """The papers that are related to a paper, nearest first."""
    spot = spot_of(paper)
    rows = database.execute(
        "SELECT s.data FROM kin k JOIN signature s ON s.spot = k.other WHERE k.spot = ? ORDER BY k.place",
        (spot,),
    ).fetchall()
    if not rows:
        return []
    own = database.execute("SELECT data FROM signature WHERE spot = ?", (spot,)).fetchone()
    *_, topics, words = marshal.loads(own[0])  # noqa: S302 - our own cache
    return [_kin(marshal.loads(data), topics, words) for (data,) in rows]  # noqa: S302 - our own cache


def _kin(data: tuple[Any, ...], topics: tuple[str, ...], words: tuple[str, ...]) -> Kin:
    key, title, _, _, other_topics, other_words = data
    return Kin(
        key,
        title,
        tuple(topic for topic in topics if topic in other_topics),
        tuple(word for word in words if word in other_words),
    )
