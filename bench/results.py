"""Measurements: one a run, kept as JSON, one file for each size."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import disturbed


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One build that was measured. Times are seconds, sizes bytes; `others` as in `bench.measure.Cost`."""

    tool: str
    size: int
    scenario: str
    round: int
    wall: float
    cpu: float
    peak: int
    others: float
    files: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The middle of the runs of a tool, a size and a scenario: of those that nothing disturbed, if there are any.

    `runs` is how many, `slowest` and `fastest` are of their wall times; `papers` are those on the site.
    """

    tool: str
    size: int
    scenario: str
    runs: int
    quiet: bool
    wall: float
    fastest: float
    slowest: float
    cpu: float
    peak: int
    files: int
    bytes: int
    papers: int


def figures(runs: Iterable[Run], added: int) -> list[Figure]:
    """The figures, in the order of the runs. `added` papers come with the scenario ``add`` and stay."""
    groups: dict[tuple[int, str, str], list[Run]] = {}
    for run in sorted(runs, key=lambda run: run.size):
        groups.setdefault((run.size, run.scenario, run.tool), []).append(run)
    return [_figure(group, added) for group in groups.values()]


def _figure(group: list[Run], added: int) -> Figure:
    quiet = [run for run in group if not disturbed(run.wall, run.others)]
    group = quiet or group
    first, walls = group[0], [run.wall for run in group]
    return Figure(
        tool=first.tool,
        size=first.size,
        scenario=first.scenario,
        runs=len(group),
        quiet=bool(quiet),
        wall=median(walls),
        fastest=min(walls),
        slowest=max(walls),
        cpu=median(run.cpu for run in group),
        peak=int(median(run.peak for run in group)),
        files=first.files,
        bytes=first.bytes,
        papers=first.size + (added if first.scenario in ("add", "edit") else 0),
    )


def save(folder: Path, size: int, runs: Iterable[Run], about: Mapping[str, Any]) -> None:
    """Keep the runs of a size; those of tools and scenarios that were not measured again stay."""
    new = list(runs)
    again = {(run.tool, run.scenario) for run in new}
    file = folder / f"{size}.json"
    old = [run for run in _read(file) if (run.tool, run.scenario) not in again] if file.exists() else []
    folder.mkdir(parents=True, exist_ok=True)
    kept = [asdict(run) for run in (*old, *new)]
    file.write_text(json.dumps({"about": about, "runs": kept}, indent=1) + "\n", "utf-8")


def load(folder: Path) -> list[Run]:
    """All runs that a folder keeps."""
    return [run for file in folder.glob("*.json") for run in _read(file)]


def _read(file: Path) -> list[Run]:
    return [Run(**values) for values in json.loads(file.read_text("utf-8"))["runs"]]
