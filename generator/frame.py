"""What stands around the pages of a site: its templates, its assets and the pages that a person wrote.

MkDocs is given the hand-written files alone, in a folder of their own in the cache; what it makes of them changes
only when they, the theme or the settings do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.archive.intake import Stamp
from generator.archive.queries import Archive
from generator.making import Maker
from generator.output import write_if_changed
from generator.pages.layout import Layout
from generator.renderer import Templates
from generator.settings import Settings


class Frame:
    """The templates of a site, ready for its generated pages."""

    def __init__(
        self,
        settings: Settings,
        written: Mapping[str, Stamp],
        *,
        today: date,
        exists: Callable[[str], bool],
        title: Callable[[str], str],
    ) -> None:
        """Prepare. `written` are the hand-written files, `exists` and `title` tell of generated ones by their path.

        Raises BuildError for settings or templates that MkDocs does not take.
        """
        cache = settings.cache / settings.site.name
        self.output = cache / "frame"
        self._copies = cache / "written"
        _copy(settings.docs, written, self._copies)
        self.templates = Templates(
            settings.config_file,
            written=self._copies,
            docs=settings.docs,
            output=self.output,
            compiled=cache / "templates",
            today=today,
            exists=exists,
            title=title,
        )

    def seen(self) -> dict[str, Any]:
        """What a later build compares: what pages show of the navigation, and which pages were asked for."""
        return {"nav": self.templates.look(), "asked": self.templates.asked()}

    def files(self) -> Iterator[tuple[str, Path]]:
        """What `templates.build` has made: addresses and files."""
        for path in sorted(self.output.rglob("*")):
            if path.is_file():
                yield path.relative_to(self.output).as_posix(), path

    def pages(self) -> list[str]:
        """The addresses of the pages that a person wrote, of what `templates.build` has made."""
        return pages_among(address for address, _ in self.files())


def pages_among(addresses: Iterable[str]) -> list[str]:
    """The pages that a person wrote, of what MkDocs has made."""
    return [address for address in addresses if address.endswith(".html") and address != "404.html"]


def _copy(docs: Path, written: Mapping[str, Stamp], target: Path) -> None:
    """Make `target` a folder with the hand-written files alone."""
    target.mkdir(parents=True, exist_ok=True)
    for path in written:
        write_if_changed(target / path, (docs / path).read_bytes())
    for file in sorted(target.rglob("*"), reverse=True):
        if file.is_dir():
            if not any(file.iterdir()):
                file.rmdir()
        elif file.relative_to(target).as_posix() not in written:
            file.unlink()


def title_of(archive: Archive, layout: Layout, path: str) -> str:
    """What a generated page is called, by the path of its file."""
    thing = Maker(archive, layout, {}).make(path.removesuffix(".md") + ".html")
    return str(thing.ready.meta["title"]) if thing and thing.ready else path
