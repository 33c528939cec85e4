"""``broadsheet pack``: the offline edition."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.options import config_option, find_site, out_option
from generator.commands.words import place
from generator.ids import file_name
from generator.pack import pack as pack_site


@click.command(short_help="Zip the site for reading offline.")
@out_option("The zip, or a folder for it.  [default: <site>-offline.zip in the site's folder]")
@config_option
def pack(out: Path | None, config: Path | None) -> None:
    """Put the last built site into one zip. Unpacked, its index.html opens in a browser: no server, no network.

    The same site gives the same bytes. The folder of the zip must exist.

    \b
    Examples:
        broadsheet pack
        broadsheet pack --out /media/stick/papers.zip
    """
    settings = find_site(config)
    name = f"{file_name(settings.site_name)}-offline"
    target = out or settings.root / f"{name}.zip"
    if target.is_dir():
        target /= f"{name}.zip"
    files = pack_site(settings.site, target, folder=name, title=settings.site_name)
    click.echo(f"{place(target)}: {files:,} files, {target.stat().st_size / 1e6:.1f} MB")
