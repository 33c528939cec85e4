"""Telling what a long build is doing, and where its time went."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import Protocol


class Progress(Protocol):
    """Is told of the steps of a build as they are done."""

    def begin(self, what: str, total: int = 0) -> None:
        """A step begins, which ends the one before; `total` says how many things it has to do, 0 if nobody knows."""

    def advance(self, number: int = 1) -> None:
        """So many more of them are done."""

    def end(self) -> None:
        """The last step is done."""


class Silence:
    """Tells nobody."""

    def begin(self, what: str, total: int = 0) -> None:
        """Say nothing."""

    def advance(self, number: int = 1) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


@dataclass(slots=True)
class Step:
    """A step and what it cost: seconds by the clock, and of all processors together. `things` is how many it did."""

    what: str
    wall: float
    cpu: float
    things: int = 0


@dataclass(slots=True)
class Profile:
    """Measures the steps of a build, and passes on what it is told."""

    inner: Progress
    steps: list[Step] = field(default_factory=list)
    _since: tuple[float, float] = (0.0, 0.0)

    def begin(self, what: str, total: int = 0) -> None:
        """Measure from here on."""
        self._close()
        self._since = _clocks()
        self.steps.append(Step(what, 0, 0))
        self.inner.begin(what, total)

    def advance(self, number: int = 1) -> None:
        """Count."""
        if self.steps:
            self.steps[-1].things += number
        self.inner.advance(number)

    def end(self) -> None:
        """Stop measuring."""
        self._close()
        self.inner.end()

    def _close(self) -> None:
        if self.steps and not self.steps[-1].wall:
            wall, cpu = _clocks()
            self.steps[-1].wall, self.steps[-1].cpu = wall - self._since[0], cpu - self._since[1]

    def lines(self) -> list[str]:
        """The measurements, for people."""
        total = Step("in all", sum(s.wall for s in self.steps), sum(s.cpu for s in self.steps))
        return [
            f"{step.wall:8.2f} s {step.cpu:8.2f} CPU-s  {step.what}"
            + (f" ({step.things:,})" if step.things else "")
            for step in (*self.steps, total)
        ]


def _clocks() -> tuple[float, float]:
    """Seconds by the clock, and of processors: of this process and of those that it has waited for."""
    return time.perf_counter(), sum(os.times()[:4])


def left(done: int, total: int, seconds: float) -> str:
    """How long a step may still take, in words; empty while that cannot be told.

    >>> left(100, 400, 30.0), left(1, 400, 0.1), left(399, 400, 120.0)
    ('about 2 min left', '', 'about 1 s left')
    """
    if not done or not total or seconds < 1:
        return ""
    rest = seconds * (total - done) / done
    return f"about {round(rest / 60)} min left" if rest >= 90 else f"about {max(1, round(rest))} s left"
