"""``broadsheet new``: a new site."""

from __future__ import annotations

from pathlib import Path

import click

from generator.scaffold import write_site


@click.command(short_help="Make a new site.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a new site in DIR, a folder that is empty or does not exist yet.

    It has its settings (mkdocs.yml), one digest as a sample, a page written by hand, and the workflow that
    publishes it to GitHub Pages.

    \b
    Example:
        broadsheet new my-digests
    """
    written = write_site(folder)
    click.echo(f"{folder}: a new site of {len(written)} files")
    click.echo(f"next: cd {folder} && broadsheet build, then open site/index.html")
