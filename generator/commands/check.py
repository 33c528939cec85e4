"""``broadsheet check``: every problem of every file, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from generator import build as arrow
from generator.commands.options import config_option, find_site, jobs_option
from generator.commands.words import Telling, say_problems


@click.command(short_help="Print every problem of every digest, change nothing.")
@jobs_option
@config_option
@click.pass_context
def check(context: click.Context, jobs: int, config: Path | None) -> None:
    """Read everything and print every problem of every file at once. Changes nothing.

    Exits with 1 if there is any error: a file that cannot be read, a record that is refused, a published address
    that would die. Notes cost nothing.

    \b
    Example:
        broadsheet check
    """
    report = arrow.check(find_site(config), jobs=jobs, progress=Telling())
    say_problems(report.errors)
    say_problems(report.notes, "note: ")
    for line in report.lines():
        click.echo(line)
    if report.errors:
        context.exit(1)
    click.echo("no errors")
