"""Turns the measurements that are kept into Markdown tables and the plot of the guide.

python -m bench.report
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import DAY, ROOT
from bench.plot import Line, Panel, svg
from bench.results import Figure, figures, load
from bench.tools import SCENARIOS, TOOLS

GROWTH = ROOT / "docs" / "guide" / "images" / "growth.svg"
_OURS, _RIVAL = "Broadsheet", "Hugo"
_MEGABYTE = 1e6
_DISTURBED = "\\* While this ran, the machine was busy with something else as well: go by the CPU seconds."

_HEAD = ("papers", "build", "program", "wall s", "CPU s", "peak MB", "files", "site MB", "kB a paper")
_GOALS_HEAD = ("goal", "papers", "asked", "measured", "")


def tables(folder: Path) -> str:
    """Everything that was measured, then what was asked for beside it."""
    found = figures(load(folder), DAY)
    note = "" if all(f.quiet for f in found) else f"\n{_DISTURBED}\n"
    return f"{table(found)}{note}\n{goals(found)}"


def table(found: Iterable[Figure]) -> str:
    """The figures by size, then build, then program, as a Markdown table."""
    tools = [tool.name for tool in TOOLS]
    order = sorted(found, key=lambda f: (f.size, [*SCENARIOS].index(f.scenario), tools.index(f.tool)))
    return markdown(_HEAD, "r l l r r r r r r", map(_row, order))


def _row(figure: Figure) -> Sequence[str]:
    return (
        f"{figure.size:,}",
        SCENARIOS[figure.scenario],
        figure.tool,
        _seconds(figure.wall) + _mark(figure),
        _seconds(figure.cpu),
        f"{figure.peak / _MEGABYTE:,.0f}",
        f"{figure.files:,}",
        f"{figure.bytes / _MEGABYTE:,.1f}",
        f"{figure.bytes / figure.papers / 1000:.1f}",
    )


def _mark(*found: Figure) -> str:
    """A star for what was measured on a machine that had something else to do."""
    return "" if all(figure.quiet for figure in found) else "\\*"


def _seconds(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def markdown(head: Sequence[str], sides: str, rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; `sides` has a letter for each column, ``r`` for those of numbers."""
    rules = ["--:" if side == "r" else ":--" for side in sides.split()]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, rules, *rows))


@dataclass(frozen=True, slots=True)
class Goal:
    """Something asked for: at most `limit` of what `value` says of a figure (and, of a rival's, `limit` times less)."""

    name: str
    scenario: str
    value: Callable[[Figure], float]
    unit: str
    limits: dict[int, float]


#: What was asked for, for each size.
GOALS: tuple[Goal, ...] = (
    Goal("add a day", "add", lambda f: f.wall, "s", {20_000: 1, 100_000: 2}),
    Goal("nothing to do", "noop", lambda f: f.wall, "s", {20_000: 0.5, 100_000: 1}),
    Goal("memory", "cold", lambda f: f.peak / _MEGABYTE, "MB", {20_000: 500, 100_000: 500}),
    Goal("size of a paper", "cold", lambda f: f.bytes / f.papers / 1000, "kB", {20_000: 9, 100_000: 9}),
)
#: How many times faster than Hugo a build must be.
RACES = {"cold": 1.0, "add": 30.0}


def goals(found: Sequence[Figure]) -> str:
    """What was asked for and what was measured, as a Markdown table; goals of sizes not measured are left out."""
    figure = {(f.tool, f.size, f.scenario): f for f in found}
    rows = []
    for goal in GOALS:
        for size, limit in goal.limits.items():
            if ours := figure.get((_OURS, size, goal.scenario)):
                value = goal.value(ours)
                asked, measured = f"{limit:g} {goal.unit}", f"{_seconds(value)} {goal.unit}"
                mark = _mark(ours) if goal.unit == "s" else ""
                rows.append((goal.name, f"{size:,}", asked, measured + mark, _reached(value <= limit)))
    for scenario, times in RACES.items():
        for size in sorted({f.size for f in found}):
            ours, rival = figure.get((_OURS, size, scenario)), figure.get((_RIVAL, size, scenario))
            if ours and rival:
                ratio = rival.wall / ours.wall
                name = f"{SCENARIOS[scenario]}, beside {_RIVAL}"
                asked = f"{times:g}× as fast"
                rows.append(
                    (name, f"{size:,}", asked, f"{ratio:.2f}×{_mark(ours, rival)}", _reached(ratio >= times))
                )
    return markdown(_GOALS_HEAD, "l r r r l", rows)


def _reached(reached: bool) -> str:  # noqa: FBT001 - it is what it says
    return "reached" if reached else "not reached"


#: What is drawn, by program: its name in the plot, the scenario, and whether the line is dashed.
_LINES: tuple[tuple[str, str, str, bool], ...] = (
    (_OURS, "cold", "cold", False),
    (_OURS, "add", "add a day", True),
    (_OURS, "noop", "nothing to do", True),
    (_RIVAL, "add", "any build", False),
    ("Material", "add", "any build", False),
)
_PANELS: tuple[tuple[str, Callable[[Figure], float], frozenset[str]], ...] = (
    ("Time of a build, seconds", lambda f: f.wall, frozenset(SCENARIOS)),
    ("Largest process, MB", lambda f: f.peak / _MEGABYTE, frozenset({"cold", "add"})),
    ("Site, MB", lambda f: f.bytes / _MEGABYTE, frozenset({"cold", "add"})),
)


def growth(found: Sequence[Figure]) -> str:
    """How costs grow with the number of papers, as SVG."""
    panels = []
    for title, value, scenarios in _PANELS:
        lines = []
        for tool, scenario, name, dashed in _LINES:
            chosen = [f for f in found if f.tool == tool and f.scenario == scenario]
            points = tuple((float(f.size), value(f)) for f in chosen)
            single = scenario not in scenarios or (
                title.startswith("Site") and (tool, scenario) == (_OURS, "add")
            )
            if points and not single:
                style = [each.name for each in TOOLS].index(tool)
                label = tool if title.startswith("Site") else f"{tool}, {name}"
                lines.append(Line(label, style, points, dashed=dashed))
        panels.append(Panel(title, tuple(lines)))
    return svg(panels, "How the costs of a build grow with the number of papers")


def draw(folder: Path, target: Path = GROWTH) -> None:
    """Draw the plot of the guide, if there are two sizes to draw a line between."""
    found = figures(load(folder), DAY)
    if len({f.size for f in found}) > 1:
        target.write_text(growth(found), "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.report", description="Print what was measured.")
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    options = parser.parse_args(arguments)
    sys.stdout.write(tables(options.results))
    draw(options.results)


if __name__ == "__main__":
    main()
