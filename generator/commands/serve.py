"""``broadsheet serve``: a preview that follows the files."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import click

from generator import build as arrow
from generator import renderer
from generator.commands.options import config_option, find_site, jobs_option
from generator.commands.words import Telling, say_problems, say_report
from generator.errors import BroadsheetError
from generator.settings import Settings

#: The highest number of a TCP port.
_LAST_PORT = 65535


@click.command(short_help="Preview the site, with live reload.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(1, _LAST_PORT),
    default=8000,
    show_default=True,
    help="The port to listen at.",
)
@jobs_option
@config_option
def serve(host: str, port: int, jobs: int, config: Path | None) -> None:
    """Build the site, show it in the browser, and build again when a file changes.

    Edit a digest, a page, a template or the settings: pages in the browser reload. A change that cannot be built
    is reported, and the last good site stays. A preview publishes nothing: site/ and permalinks.txt stay as
    they are. Ends with Ctrl-C.

    \b
    Examples:
        broadsheet serve
        broadsheet serve --port 8080
    """
    settings = find_site(config).preview()
    mount = _mount(settings)
    renderer.check_address(host, port)

    def rebuild() -> None:
        try:
            report = arrow.build(
                find_site(settings.config_file).preview(), jobs=jobs, publish=False, progress=Telling()
            )
        except BroadsheetError as error:
            say_problems(error.problems)
            return
        if report.files and (report.files.written or report.files.removed):  # its own files are watched too
            say_report(report)

    rebuild()
    click.echo(f"serving http://{host}:{port}{mount} until Ctrl-C")
    renderer.serve(settings.site, rebuild, arrow.watched(settings), host=host, port=port, mount=mount)


def _mount(settings: Settings) -> str:
    """The path of the site's own address, so that a preview has the links of the published site."""
    return "/" + f"{urlsplit(settings.site_url).path.strip('/')}/".lstrip("/")
