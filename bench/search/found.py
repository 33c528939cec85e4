"""What was measured, to be looked up and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.search.engines import ENGINES
from bench.search.results import Series, quantile

Row = tuple[str, ...]
STAR = "\\*"


def most(values: Sequence[float]) -> float:
    """What 95 of 100 values do not exceed."""
    return quantile(values, 0.95)


class Found:
    """Everything that was measured, by what it is."""

    def __init__(self, series: Iterable[Series]) -> None:
        self._series: Mapping[tuple[str, int, str, str], Series] = {each.key: each for each in series}
        names = [engine.name for engine in ENGINES]
        places = {(size, tool) for tool, size, _, _ in self._series}
        self.places = sorted(places, key=lambda place: (place[0], names.index(place[1])))
        self.sizes = sorted({size for size, _ in places})

    def values(self, tool: str, size: int, line: str, what: str) -> Sequence[float]:
        """All values; none if it was not measured."""
        series = self._series.get((tool, size, line, what))
        return series.values if series else ()

    def starting(self, tool: str, size: int, begin: str) -> dict[str, Sequence[float]]:
        """Everything whose name begins so, by the rest of its name."""
        return {
            what.removeprefix(begin): series.values
            for (one, of, _, what), series in self._series.items()
            if (one, of) == (tool, size) and what.startswith(begin)
        }

    def space(self, tool: str, size: int) -> float:
        """Bytes of the whole index on disk."""
        return sum(values[0] for values in self.starting(tool, size, "size.").values())

    def row(self, tool: str, size: int, line: str, columns: Iterable[Column]) -> Row | None:
        """One value for each column, as text; None if nothing of it was measured."""
        found = [(column, self.values(tool, size, line, column.what)) for column in columns]
        if not any(values for _, values in found):
            return None
        return tuple(
            column.text(column.of(values)) + self._mark(tool, size, line, column) if values else ""
            for column, values in found
        )

    def _mark(self, tool: str, size: int, line: str, column: Column) -> str:
        """A star for times that were measured while the machine had something else to do."""
        begin = column.what.partition(".")[0]
        return STAR if column.text is seconds and self.values(tool, size, line, f"{begin}.disturbed") else ""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column: which of the values of what, and how it is written."""

    head: str
    what: str
    of: Callable[[Sequence[float]], float]
    text: Callable[[float], str]


def seconds(value: float) -> str:
    """Seconds, to hundredths."""
    return f"{value:.2f}"


def kilobytes(value: float) -> str:
    """Bytes as kB, with a tenth where that says something."""
    return f"{value / 1000:.1f}" if value < 10_000 else f"{value / 1000:,.0f}"


def megabytes(value: float) -> str:
    """Bytes as MB."""
    return f"{value / 1e6:.1f}" if value < 1e7 else f"{value / 1e6:,.0f}"


def whole(value: float) -> str:
    """A number of things."""
    return f"{value:,.0f}"


def ratio(value: float) -> str:
    """A mean of reciprocal ranks."""
    return f"{value:.3f}"
