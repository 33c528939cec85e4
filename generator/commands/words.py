"""What commands say: results on standard output, problems and progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

import click

from generator.build import Report
from generator.errors import Problem, ascii_safe
from generator.progress import left

#: A build shows this many problems of a kind; ``broadsheet check`` shows all.
SHOWN = 20
#: Seconds between two looks at how far a step is.
_BEAT = 0.2


def say_problems(problems: Iterable[Problem], label: str = "") -> None:
    """Print problems on standard error, one line each."""
    for problem in problems:
        click.echo(label + ascii_safe(str(problem)), err=True)


def place(target: Path) -> Path:
    """Where a file is, as seen from the current folder if it lies below it."""
    here = Path.cwd()
    return target.relative_to(here) if target.is_relative_to(here) else target


class Telling:
    """Tells a person on standard error what is being done, how much of it and how long it may still take.

    Into a pipe or a log it says nothing.
    """

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._what, self._total, self._done = "", 0, 0
        self._since = self._last = time.monotonic()

    def begin(self, what: str, total: int = 0) -> None:
        """Show the step."""
        self.end()
        self._what, self._total, self._done = what, total, 0
        self._since = self._last = time.monotonic()
        self._show()

    def advance(self, number: int = 1) -> None:
        """Show how far it is, a few times a second."""
        self._done += number
        if (now := time.monotonic()) - self._last > _BEAT:
            self._last = now
            self._show()

    def end(self) -> None:
        """Leave the step as a line, with how long it took, if that was worth telling."""
        if self._what and self._shown:
            seconds = time.monotonic() - self._since
            took = f": {seconds:.1f} s" if seconds >= 1 else ""
            click.echo(f"\r\x1b[K{self._what}{took}" if took else "\r\x1b[K", err=True, nl=bool(took))
        self._what = ""

    def _show(self) -> None:
        if not self._shown:
            return
        rest = left(self._done, self._total, time.monotonic() - self._since)
        far = f": {self._done:,} of {self._total:,}" if self._total and self._done else ""
        click.echo(f"\r\x1b[K{self._what}{far}{f', {rest}' if rest else ''} …", err=True, nl=False)


def say_report(report: Report) -> None:
    """Print what a build found, then its summary."""
    for label, problems in (("refused: ", report.errors), ("note: ", report.notes)):
        say_problems(problems[:SHOWN], label)
        if len(problems) > SHOWN:
            more = f'{len(problems) - SHOWN} more; run "broadsheet check" to see them all'
            click.echo(f"{label}{more}", err=True)
    for warning in report.warnings:
        click.echo(f"warning: {ascii_safe(warning)}", err=True)
    for line in report.lines():
        click.echo(line)
