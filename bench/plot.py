"""Line plots on logarithmic axes as SVG: small, readable in the dark, without any script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT = 400, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 32, 120
_LINE_HEIGHT = 17

_STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #333; }
.title { font-weight: 600; }
.grid { stroke: #ddd; }
.line { fill: none; stroke-width: 2; }
.dashed { stroke-dasharray: 5 4; }
.s0 { stroke: #9a3412; } .s1 { stroke: #1d4ed8; } .s2 { stroke: #6b7280; }
.d0 { fill: #9a3412; } .d1 { fill: #1d4ed8; } .d2 { fill: #6b7280; }
@media (prefers-color-scheme: dark) {
text { fill: #ddd; } .grid { stroke: #444; }
.s0 { stroke: #fb923c; } .s1 { stroke: #93c5fd; } .s2 { stroke: #9ca3af; }
.d0 { fill: #fb923c; } .d1 { fill: #93c5fd; } .d2 { fill: #9ca3af; }
}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points of positive numbers. `style` is 0, 1 or 2: which colour."""

    name: str
    style: int
    points: tuple[tuple[float, float], ...]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot; its lines are named below it."""

    title: str
    lines: tuple[Line, ...]


def svg(panels: Sequence[Panel], title: str) -> str:
    """The panels side by side. They share the horizontal axis."""
    sizes = [x for panel in panels for line in panel.lines for x, _ in line.points]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH * len(panels)} {_HEIGHT}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE}</style>",
    ]
    for place, panel in enumerate(panels):
        inner = "\n".join(_panel(panel, min(sizes), max(sizes)))
        parts.append(f'<g transform="translate({place * _WIDTH},0)">\n{inner}\n</g>')
    return "\n".join((*parts, "</svg>", ""))


def _panel(panel: Panel, first: float, last: float) -> Iterator[str]:
    values = [y for line in panel.lines for _, y in line.points]
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    bottom = _HEIGHT - _BOTTOM

    def across(x: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * log10(x / first) / max(log10(last / first), 1e-9)

    def down(y: float) -> float:
        return bottom - (bottom - _TOP) * (log10(y) - low) / max(high - low, 1)

    yield f'<text class="title" x="{_LEFT}" y="16">{escape(panel.title)}</text>'
    for power in range(low, high + 1):
        y = down(10.0**power)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
    for size in sorted({x for line in panel.lines for x, _ in line.points}):
        yield f'<path class="grid" d="M{across(size):.1f} {_TOP}V{bottom}"/>'
        yield f'<text x="{across(size):.1f}" y="{bottom + 16}" text-anchor="middle">{size / 1000:g}k</text>'
    yield f'<text x="{_WIDTH - _RIGHT}" y="{bottom + 32}" text-anchor="end">papers</text>'
    for place, line in enumerate(panel.lines):
        yield from _line(line, [(across(x), down(y)) for x, y in sorted(line.points)])
        yield from _name(line, bottom + 32 + place * _LINE_HEIGHT)


def _line(line: Line, points: Sequence[tuple[float, float]]) -> Iterator[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    yield f'<path class="{_classes(line)}" d="M{path}"/>'
    for x, y in points:
        yield f'<circle class="d{line.style}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


def _name(line: Line, y: float) -> Iterator[str]:
    yield f'<path class="{_classes(line)}" d="M{_LEFT} {y - 4}h28"/>'
    yield f'<text x="{_LEFT + 36}" y="{y}">{escape(line.name)}</text>'


def _classes(line: Line) -> str:
    return f"line s{line.style}{' dashed' if line.dashed else ''}"
