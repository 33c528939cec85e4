"""``broadsheet export``: papers of a month, a year, a tag, a source, or all of them, as one file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.commands.options import Day, Period, config_option, find_site, jobs_option, out_option
from generator.commands.words import Telling, place
from generator.current import current_archive
from generator.export import Export, Span, Wanted, choose
from generator.exports.collection import FORMATS
from generator.ids import file_name
from generator.output import check_place
from generator.pages.layout import count

_STDOUT = Path("-")


@click.command(short_help="Write papers as BibTeX, RIS, CSL-JSON, JSON, Markdown.")
@click.option("--day", type=Day(), metavar="YYYY-MM-DD", help="All that a day lists.")
@click.option("--month", type=Period("month", "2025-03"), metavar="YYYY-MM", help="Papers of a month.")
@click.option("--year", type=Period("year", "2025"), metavar="YYYY", help="Papers of a year.")
@click.option("--tag", metavar="NAME", help="Papers of a tag or keyword, by its name or slug.")
@click.option("--source", metavar="NAME", help="Papers that a source lists, by its name or slug.")
@click.option("--all", "everything", is_flag=True, help="All papers.")
@click.option("--format", "kind", type=click.Choice([*FORMATS]), required=True, help="What to write.")
@click.option(
    "--abstracts", is_flag=True, help="With abstracts in bib, ris and csl-json; the others have them."
)
@out_option('A file, or a folder for it; "-" is standard output.  [default: standard output]')
@click.option("--split-by-year", "yearly", is_flag=True, help="A file for each year, into the folder --out.")
@jobs_option
@config_option
def export(
    day: date | None,
    month: Span | None,
    year: Span | None,
    tag: str | None,
    source: str | None,
    kind: str,
    out: Path | None,
    jobs: int,
    config: Path | None,
    *,
    everything: bool,
    abstracts: bool,
    yearly: bool,
) -> None:
    """Write papers into a file for other programs, each once, oldest first.

    A paper is of the month and year that first list it. --tag and --source may be combined with --month or --year.
    Nothing of the site is changed.

    \b
    Examples:
        broadsheet export --year 2025 --format bib --out papers.bib
        broadsheet export --tag "Diffusion models" --format ris --abstracts --out .
        broadsheet export --all --format bib --split-by-year --out bibliography/
    """
    spans = [span for span in (Span(str(day), day, day) if day else None, month, year) if span]
    lists = [name for name in (tag, source) if name is not None]
    _check(spans, lists, day=day is not None, everything=everything)
    to_stdout = out is None or out == _STDOUT
    if yearly and (to_stdout or spans):
        raise click.UsageError(
            "--split-by-year wants a folder as --out, and neither --day, --month nor --year"
        )
    settings = find_site(config)
    wanted = Wanted(tag=tag, source=source, span=spans[0] if spans else Span())
    told = Telling()
    with current_archive(settings, jobs=jobs, progress=told) as archive:
        site = file_name(settings.site_name)
        exports = choose(archive, wanted, kind, site=site, abstracts=abstracts, yearly=yearly)
        if out is None or to_stdout:
            _print(exports[0])
            return
        targets = [out / one.name if yearly or out.is_dir() else out for one in exports]
        for target in targets:
            check_place(target, settings.site)
        for one, target in zip(exports, targets, strict=True):
            papers, size = one.write(target)
            click.echo(f"{place(target)}: {count(papers, 'paper')}, {_large(size)}")


def _check(spans: list[Span], lists: list[str], *, day: bool, everything: bool) -> None:
    """Refuse what says nothing, or two things."""
    options = "--day, --month, --year, --tag, --source or --all"
    if not spans and not lists and not everything:
        raise click.UsageError(f"say which papers: {options}")
    if everything and (spans or lists):
        raise click.UsageError("--all is all there is: leave the other option out")
    if len(spans) > 1 or len(lists) > 1 or (day and lists):
        remedy = "--tag and --source alone may be combined, with --month or --year"
        raise click.UsageError(f"only one of {options}; {remedy}")


def _large(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"


def _print(one: Export) -> None:
    """Write to standard output; in UTF-8 wherever that leads."""
    for piece in one.text():
        click.echo(piece.encode(), nl=False)
