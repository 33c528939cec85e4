"""What was asked of the search, beside what was measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from bench.report import markdown
from bench.search.found import Found, kilobytes, megabytes, ratio, seconds, whole
from bench.search.queries import KINDS

_OURS = "Broadsheet"
_SLOW = ("slow", "slow-h2")
_FILTERS = ("phrase", "tag", "author", "source", "dates")

#: The value of a size, None where it was not measured.
Value = Callable[[Found, int], float | None]


@dataclass(frozen=True, slots=True)
class Goal:
    """Something asked for: at most `limit`, or, for what is better if more, at least that."""

    name: str
    value: Value
    limit: float
    text: Callable[[float], str]
    unit: str
    more: bool = False

    def reached(self, value: float) -> bool:
        """Whether a value is good enough."""
        return value >= self.limit if self.more else value <= self.limit


def _of(line: str, what: str, of: Callable[[Sequence[float]], float]) -> Value:
    def value(found: Found, size: int) -> float | None:
        values = found.values(_OURS, size, line, what)
        return of(values) if values else None

    return value


def _all_ranks(found: Found, size: int) -> float | None:
    every = [value for values in found.starting(_OURS, size, "rank.").values() for value in values]
    return fmean(every) if every else None


def _dearest(found: Found, size: int) -> float | None:
    """The bytes of the dearest phrase or filter."""
    every = [value for kind in _FILTERS for value in found.values(_OURS, size, "fast", f"{kind}.bytes")]
    return max(every, default=None)


def _space(found: Found, size: int) -> float | None:
    return found.space(_OURS, size) or None


def _rewritten(found: Found, size: int) -> float | None:
    """The part of the index that a day writes anew, in hundredths."""
    new, total = (found.values(_OURS, size, "", what) for what in ("add.bytes", "add.total"))
    return 100 * new[0] / total[0] if new else None


def _tenths(value: float) -> str:
    return f"{value:.1f}"


def _times() -> Iterator[Goal]:
    for line in _SLOW:
        yield Goal(f"first ten results, {line}", _of(line, "first.seconds", median), 1.1, seconds, "s")
        yield Goal(f"first ten results, {line}, then", _of(line, "first.seconds", median), 0.8, seconds, "s")
    yield Goal("first ten results, fast", _of("fast", "first.seconds", median), 0.2, seconds, "s")
    yield Goal("first ten results", _of("fast", "first.bytes", median), 50_000, kilobytes, "kB")
    yield Goal("first ten results, then", _of("fast", "first.bytes", median), 40_000, kilobytes, "kB")
    yield Goal("later queries", _of("fast", "later.bytes", median), 30_000, kilobytes, "kB")
    for line in _SLOW:
        yield Goal(f"later queries, {line}", _of(line, "later.seconds", median), 0.7, seconds, "s")
    yield Goal("dearest phrase or filter", _dearest, 80_000, kilobytes, "kB")


#: In the order of the table.
GOALS: tuple[Goal, ...] = (
    *_times(),
    Goal("index on disk", _space, 38e6, megabytes, "MB"),
    Goal("memory of the page, first query", _of("", "memory.first", median), 100e6, megabytes, "MB"),
    Goal("rank of known papers", _all_ranks, 0.93, ratio, "", more=True),
    *(
        Goal(f"rank, {kind}", _of("", f"rank.{kind}", fmean), limit, ratio, "", more=True)
        for kind, limit in zip(KINDS, (None, 0.95, None, 0.90, None), strict=True)
        if limit
    ),
    Goal("answered differently from a disk", _of("", "disk.differ", max), 0, whole, "queries"),
    Goal("index rewritten for a day", _rewritten, 2, _tenths, "%"),
)


def table(found: Found) -> str:
    """Every goal of every size that was measured, as a Markdown table."""
    rows = []
    for size in found.sizes:
        for goal in GOALS:
            value = goal.value(found, size)
            if value is not None:
                asked, measured = (f"{goal.text(each)} {goal.unit}".strip() for each in (goal.limit, value))
                word = "reached" if goal.reached(value) else "not reached"
                rows.append((goal.name, f"{size:,}", asked, measured, word))
    return markdown(("goal", "papers", "asked", "measured", ""), "l r r r l", rows)
