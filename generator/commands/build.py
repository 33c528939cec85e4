"""``broadsheet build``: digests into the site."""

from __future__ import annotations

from pathlib import Path

import click

from generator import build as arrow
from generator.commands.options import config_option, find_site, jobs_option
from generator.commands.words import Telling, say_report
from generator.progress import Profile


@click.command(short_help="Turn digests/ into docs/ and site/.")
@jobs_option
@click.option("--clean", is_flag=True, help="Forget what earlier builds left in the cache.")
@click.option("--strict", is_flag=True, help="Take refused records, notes and warnings for errors.")
@click.option("--profile", is_flag=True, help="Say where the time went.")
@config_option
def build(jobs: int, clean: bool, strict: bool, profile: bool, config: Path | None) -> None:
    """Turn digests/ into pages in docs/ and the website in site/.

    Only what changed is written. A build that fails leaves the last good site as it was. New addresses are added
    to permalinks.txt: keep that file under version control.

    \b
    Examples:
        broadsheet build
        broadsheet build --strict --jobs 2
    """
    settings = find_site(config)
    measured = Profile(Telling())
    say_report(arrow.build(settings, jobs=jobs, clean=clean, strict=strict, progress=measured))
    if profile:
        for line in measured.lines():
            click.echo(line)
