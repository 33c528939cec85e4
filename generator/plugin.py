"""A thin MkDocs plugin: generated pages are there for who asks, and MkDocs builds only the others.

A site of a hundred thousand papers has as many pages that MkDocs need not look at to render the guide. It is given a
folder with the hand-written ones alone; a generated page that the navigation names, or that a hand-written page links
to, is found all the same.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_theme_dir

#: Extensions that leave the HTML of blocks as it is: they add syntax that generated pages do not use.
HARMLESS = frozenset(
    {
        "admonition", "attr_list", "def_list", "fenced_code", "md_in_html", "tables", "toc", "pymdownx.details",
        "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
    }
)  # fmt: skip
#: Those whose options concern code alone.
_CODE = frozenset({"pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences", "pymdownx.tabbed"})


#: Of Material: its search, which a site without plugins does not have, and what developers of its scripts need.
_UNUSED = re.compile(r"assets/javascripts/(?:lunr|workers)/|assets/(?:javascripts|stylesheets)/.*\.map$")


def is_unused(path: str) -> bool:
    """Whether a file of Material's is one that no page of a site without plugins asks for: two thirds of its bytes."""
    return bool(_UNUSED.match(path))


def extensions(config: Mapping[str, Any]) -> dict[str, Any]:
    """A site's own Markdown extensions with their options."""
    given = config.get("markdown_extensions")
    if isinstance(given, dict):
        return {str(name): options for name, options in given.items()}
    found: dict[str, Any] = {}
    for entry in given if isinstance(given, list) else ():
        found |= {str(k): v for k, v in entry.items()} if isinstance(entry, dict) else {str(entry): None}
    return found


def is_plain(config: Mapping[str, Any]) -> bool:
    """Whether nothing of a site's own could see, or change, how generated pages are made: no plugins, hooks or Python
    code, harmless extensions, and a navigation that does not list all pages there are.
    """
    if config.get("plugins", True) or config.get("hooks") or _names_code(config) or not config.get("nav"):
        return False
    used = extensions(config)
    return used.keys() <= HARMLESS and {name for name, options in used.items() if options} <= _CODE


def _names_code(value: object) -> bool:
    """Whether settings hold anything but plain values, as ``!!python/name:`` gives."""
    if isinstance(value, dict):
        return any(map(_names_code, value.values()))
    if isinstance(value, list):
        return any(map(_names_code, value))
    return not (value is None or isinstance(value, str | int | float) or hasattr(value, "isoformat"))


class AllFiles(Files):
    """The hand-written files, and those generated pages that somebody asked for by their path."""

    def __init__(self, files: Files, config: MkDocsConfig, docs: str, exists: Callable[[str], bool]) -> None:
        super().__init__(files)
        self._config, self._docs, self._exists = config, docs, exists
        self._found: dict[str, File] = {}
        #: What was asked for, and whether it is there.
        self.asked: dict[str, bool] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file of a path, be it generated."""
        name = posixpath.normpath(path)
        if known := super().get_file_from_path(name):
            return known
        self.asked[name] = self._exists(name)
        return self.generated(name) if self.asked[name] else None

    def generated(self, path: str) -> File:
        """The file of a generated page; MkDocs does not build it, for it is not among these files."""
        if path not in self._found:
            file = File(path, self._docs, self._config.site_dir, use_directory_urls=False)
            file.inclusion = InclusionLevel.NOT_IN_NAV
            self._found[path] = file
        return self._found[path]


class GeneratedPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Puts `AllFiles` in, and keeps what generated pages are rendered with."""

    files: AllFiles
    nav: Navigation
    env: Environment

    def __init__(self, docs: str, exists: Callable[[str], bool]) -> None:
        self._docs, self._exists = docs, exists

    @event_priority(-100)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Give MkDocs the files, without those of Material that no page asks for."""
        material = get_theme_dir("material")
        for file in [file for file in files if file.src_dir == material and is_unused(file.src_uri)]:
            files.remove(file)
        self.files = AllFiles(files, config, self._docs, self._exists)
        return self.files

    @event_priority(-100)
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Keep the navigation: pages show it."""
        self.nav = nav

    @event_priority(-100)
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Keep the templates."""
        self.env = env
