"""``broadsheet add``: check one digest and file it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator.commands.options import Day, config_option, find_site
from generator.commands.words import say_problems
from generator.errors import DigestError, Problem
from generator.fetch import fetch, is_web_address
from generator.filing import Filing, days_of, prepare
from generator.readers import READERS
from generator.settings import SOURCES, Settings

STANDARD_INPUT = "standard input"


@click.command(short_help="Check one digest and file it under digests/.")
@click.argument("origin", metavar="FILE|URL|-")
@click.option("--date", "day", type=Day(), metavar="DATE", help="The digest's day, like 2025-03-14.")
@click.option("--source", metavar="NAME", help="Who made the list: a name, or the slug of a known source.")
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    help="What the file is, should its content not tell: a format of the guide, or one of mkdocs.yml.",
)
@config_option
def add(
    origin: str, day: date | None, source: str | None, format_name: str | None, config: Path | None
) -> None:
    """Check one digest (a file, a web address, or - for standard input) and file it as it is under digests/.

    The file is named after its day, or the first and the last of several, and its source. A name that is new to the
    site is noted in sources.yml. Nothing that is filed already is replaced.

    \b
    Examples:
        broadsheet add pasted-page.txt --date 2025-03-14
        broadsheet add "https://huggingface.co/api/daily_papers?date=2025-03-14" --date 2025-03-14
        pbpaste | broadsheet add - --date 2025-03-14 --source "Reading group"
    """
    if source is not None and not source.strip():
        raise click.BadParameter(
            "expected a name, found nothing; write one or leave it out", param_hint="--source"
        )
    settings = find_site(config)
    formats = [reader.NAME for reader in (*settings.formats, *READERS)]
    if format_name is not None and format_name not in formats:
        expected = f'expected one of {", ".join(formats)}, found "{format_name}"; correct it'
        raise click.BadParameter(expected, param_hint="--format")
    where, data = _read(origin, settings)
    filing = prepare(settings, where, data, day=day, source=source, format_name=format_name)
    _say_understood(filing)
    filing.write()
    _say_filed(filing, settings.root)


def _read(origin: str, settings: Settings) -> tuple[str, bytes]:
    """What a digest is called in messages, and its bytes."""
    if origin == "-":
        return STANDARD_INPUT, sys.stdin.buffer.read()
    if is_web_address(origin):
        return origin, fetch(origin)
    path = Path(origin)
    if path.resolve().is_relative_to(settings.digests.resolve()):
        remedy = 'nothing is left to do; run "broadsheet check" to see whether it can be read'
        raise DigestError(Problem(path.as_posix(), "a file from elsewhere", "one that is filed", remedy))
    return path.as_posix(), path.read_bytes()


def _say_understood(filing: Filing) -> None:
    digest = filing.digest
    say_problems((refusal.problem for refusal in digest.refusals), "refused: ")
    say_problems(digest.notes, "note: ")
    papers = f"{len(digest.records):,} paper{'' if len(digest.records) == 1 else 's'}"
    known = f", {filing.known:,} already known" if filing.known else ""
    refused = f", {len(digest.refusals):,} refused" if digest.refusals else ""
    click.echo(f"{digest.source.name}, {days_of(digest)}, {papers}{known}{refused}")


def _say_filed(filing: Filing, root: Path) -> None:
    name = filing.path.relative_to(root).as_posix()
    if not filing.new:
        click.echo(f"filed already as {name}; nothing changed")
        return
    click.echo(f"filed as {name}" + ("; another digest of that name is kept" if filing.beside else ""))
    if filing.noted:
        source = filing.digest.source
        click.echo(f'noted in {SOURCES}: {source.slug} is "{source.name}"')
