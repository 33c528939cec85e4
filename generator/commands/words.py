"""What commands say: results on standard output, problems and progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from generator.build import Report
from generator.errors import Problem, ascii_safe

#: A build shows this many problems of a kind; ``broadsheet check`` shows all.
SHOWN = 20


def say_problems(problems: Iterable[Problem], label: str = "") -> None:
    """Print problems on standard error, one line each."""
    for problem in problems:
        click.echo(label + ascii_safe(str(problem)), err=True)


def say_progress(line: str) -> None:
    """Print what is being done, to a person; into a pipe or a log, nothing."""
    if sys.stderr.isatty():
        click.echo(f"{line} …", err=True)


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
