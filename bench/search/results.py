"""Measurements of searches: kept as JSON, one file for each size, every single value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from typing import Any

#: Places in a list of results that count.
PLACES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What was measured of a search, as often as it was measured. `line` is "" where none matters.

    `what` is two or three words with points between them, such as ``first.seconds``; sizes are bytes.
    """

    tool: str
    size: int
    line: str
    what: str
    values: Sequence[float]

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What it is the measurement of."""
        return self.tool, self.size, self.line, self.what


def reciprocal_rank(addresses: Sequence[str], wanted: str) -> float:
    """1 if the wanted page is the first result, a half if it is the second …; 0 if it is not among the first ten."""
    shown = list(addresses[:PLACES])
    return 1 / (shown.index(wanted) + 1) if wanted in shown else 0.0


def quantile(values: Sequence[float], part: float) -> float:
    """The value that so large a part of the values does not exceed: one of them, the smallest that does it."""
    ordered = sorted(values)
    return ordered[max(0, ceil(part * len(ordered)) - 1)]


def save(folder: Path, size: int, found: Iterable[Series], about: Mapping[str, Any]) -> None:
    """Keep the measurements of a size; what was not measured again stays."""
    file = folder / f"{size}.json"
    kept = {series.key: series for series in (_read(file) if file.exists() else ())}
    kept |= {series.key: series for series in found}
    folder.mkdir(parents=True, exist_ok=True)
    rows = ",\n".join(json.dumps(asdict(series)) for series in kept.values())
    file.write_text(f'{{"about": {json.dumps(about)},\n"series": [\n{rows}\n]}}\n', "utf-8")


def load(folder: Path) -> list[Series]:
    """All measurements that a folder keeps, by size."""
    files = sorted(folder.glob("*.json"), key=lambda file: int(file.stem))
    return [series for file in files for series in _read(file)]


def _read(file: Path) -> list[Series]:
    return [Series(**values) for values in json.loads(file.read_text("utf-8"))["series"]]
