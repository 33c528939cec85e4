"""A thin MkDocs plugin that makes a build faster and never changes its bytes. `generator.renderer` puts it in.

Generated pages come with their HTML (`generator.text.blocks`), so nothing need be parsed; and they depend on nothing
but themselves, so several processes can put them into their templates. Where a site's own plugins or Markdown
extensions could see the difference, pages go the ordinary way.
"""

from __future__ import annotations

import logging
import multiprocessing
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinja2 import Environment
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.commands.build import _build_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

#: Extensions that leave the HTML of blocks as it is: they add syntax that generated pages do not use.
HARMLESS = frozenset(
    {
        "admonition", "attr_list", "def_list", "fenced_code", "md_in_html", "tables", "toc", "pymdownx.details",
        "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
    }
)  # fmt: skip
#: Those whose options concern code alone.
_CODE = frozenset({"pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences", "pymdownx.tabbed"})
#: Events by which another plugin may read or change a page before its template does.
_WATCHED = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
#: Fewer pages than this are rendered before other processes have started.
_SPREAD_FROM = 200
_HEADING = re.compile(r'^<h([1-6]) id="([^"]*)">(.*)</h\1>$', re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Ready:
    """A page that needs no parsing: its front matter, its Markdown and its HTML."""

    meta: Mapping[str, Any]
    markdown: str
    html: str


class ReadyPage(Page):
    """A page of MkDocs whose content is known."""

    def __init__(self, ready: Ready, file: File, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self._ready = ready

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - the base class's signature
        """Take what the file says; the file itself is not opened."""
        self.markdown, self.meta = self._ready.markdown, dict(self._ready.meta)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - the base class's signature
        """Take the HTML."""
        self.content = self._ready.html
        tokens: list[Any] = [
            {"level": int(level), "id": anchor, "name": _TAG.sub("", inner)}
            for level, anchor, inner in _HEADING.findall(self._ready.html)
        ]
        self.toc = get_toc(nest_toc_tokens(tokens))
        self.present_anchor_ids = {str(token["id"]) for token in tokens}
        self.links_to_anchors = {}


class _Files(Files):
    """Files of which some pages are built already: MkDocs' loop that builds pages passes them over."""

    built: frozenset[str] = frozenset()

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] | None = None
    ) -> Sequence[File]:
        """The pages that are left to build; all pages for who asks without an `inclusion`, as templates do."""
        pages = super().documentation_pages(inclusion=inclusion or InclusionLevel.is_included)
        return [file for file in pages if inclusion is None or file.src_uri not in self.built]


class ReadyPages(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Gives MkDocs the pages that are ready, by the path of their file, and spreads them over `jobs` processes."""

    def __init__(self, ready: Mapping[str, Ready], jobs: int) -> None:
        self._ready, self._jobs = ready, jobs
        self._nav = Navigation([], [])

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Make the pages that are ready, but for those of the navigation: MkDocs gives these their titles."""
        if not _is_plain(config):
            return files
        named = set(_paths(config.nav))
        for file in files.documentation_pages():
            ready = self._ready.get(file.src_uri)
            if ready and file.src_uri not in named and InclusionLevel.is_not_in_nav(file.inclusion):  # type: ignore[no-untyped-call]
                ReadyPage(ready, file, config)
        return _Files(files)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' signature
        """Keep the navigation: pages show it."""
        self._nav = nav

    @event_priority(-100)
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Put the pages that are ready into their templates, with several processes where that pays."""
        pages = [file.page for file in files.documentation_pages() if isinstance(file.page, ReadyPage)]
        # A fork of a process with threads, such as a preview, may wait for a lock for ever.
        forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
        if not (forks and self._jobs > 1 and len(pages) >= _SPREAD_FROM and isinstance(files, _Files)):
            return
        everything = files.documentation_pages()
        _spread(
            [partial(_build_page, page, config, everything, self._nav, env) for page in pages], self._jobs
        )
        files.built = frozenset(page.file.src_uri for page in pages)


def _is_plain(config: MkDocsConfig) -> bool:
    """Whether nothing of a site's own could see that a page was not parsed."""
    watched = any(config.plugins.events[event] for event in _WATCHED)
    options = {name for name, given in config.mdx_configs.items() if given}
    return not watched and set(config.markdown_extensions) <= HARMLESS and options <= _CODE


def _paths(nav: Any) -> Iterator[str]:
    """The files that a navigation names."""
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths(item)


#: What the processes are to do. They are forks of this one, so nothing of it need be sent to them.
_tasks: Sequence[Callable[[], None]] = ()


def _spread(tasks: Sequence[Callable[[], None]], jobs: int) -> None:
    """Do all tasks in `jobs` processes; the first error of any is raised here."""
    global _tasks  # forks inherit it
    _tasks = tasks
    try:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
            for said in pool.map(_work, [range(first, len(tasks), jobs) for first in range(jobs)]):
                for message in said:
                    logging.getLogger("mkdocs.broadsheet").warning(message)
    finally:
        _tasks = ()


def _work(places: range) -> list[str]:
    """Do some of the tasks; gives what they warn about, for the process that asked."""
    said: list[str] = []
    handler = _Said(said)
    logging.getLogger("mkdocs").addHandler(handler)
    for place in places:
        _tasks[place]()
    return said


class _Said(logging.Handler):
    """Keeps warnings."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self._said.append(record.getMessage())
