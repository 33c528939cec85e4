"""``broadsheet new``: a new site."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from generator.scaffold import write_site


@click.command(short_help="Make a new site.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a new site in DIR, a folder that is empty or does not exist yet.

    It has its settings (mkdocs.yml), one small digest as a sample, a page to write yourself (docs/about.md), the
    workflow that publishes to GitHub Pages with its requirements.txt, a README, and two files for git.

    \b
    Example:
        broadsheet new my-digests
    """
    written = write_site(folder)
    click.echo(f"{folder}: a new site of {len(written)} files")
    here = folder.resolve() == Path.cwd().resolve()
    click.echo("next: " + ("" if here else f"cd {_quoted(folder)} && ") + "broadsheet serve")


def _quoted(folder: Path) -> str:
    """A folder as a shell takes it, for ``cd``."""
    name = str(folder)
    return shlex.quote(f"./{name}" if name.startswith("-") else name)
