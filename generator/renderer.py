"""Markdown into HTML: with `generator.plugin` the only module that imports MkDocs. It knows nothing of papers.

Facts about MkDocs 1.6 that this stands on: a build empties its output folder first, so it is given a folder of its
own; warnings go to the logger ``mkdocs``; Abort is a SystemExit; dates in a site come from ``SOURCE_DATE_EPOCH`` if
it is set, else from the clock, so it is always set here.
"""

from __future__ import annotations

import logging
import os
import posixpath
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import FileSystemBytecodeCache, TemplateSyntaxError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.yaml import yaml_load

from generator.errors import BuildError, ConfigError, Problem, ascii_safe, shown
from generator.plugin import GeneratedPages


def read_config(file: Path) -> Mapping[str, Any]:
    """The contents of a ``mkdocs.yml`` as plain values, ``!ENV`` and ``INHERIT`` resolved. Raises ConfigError."""
    try:
        with file.open("rb") as stream:
            config = yaml_load(stream)
    except FileNotFoundError:
        remedy = "run this in the folder of a site, or make one: broadsheet new DIR"
        raise ConfigError(Problem(str(file), "the settings of a site", "no such file", remedy)) from None
    except (ConfigurationError, ValueError, RecursionError, OSError) as error:
        raise ConfigError(Problem(file.name, "YAML", _yaml_fault(error), "correct the file")) from None
    if not isinstance(config, dict):
        raise ConfigError(Problem(file.name, "a mapping of settings", shown(config), "correct the file"))
    return config


def _yaml_fault(error: Exception) -> str:
    """What is wrong with a YAML file, and in which line; MkDocs wraps the parser's own error."""
    for cause in (error, error.__context__):
        mark = getattr(cause, "problem_mark", None)
        if mark is not None:
            return f"{getattr(cause, 'problem', None) or 'a mistake'} in line {mark.line + 1}"
    return shown(error)


def render(config_file: Path, output: Path, *, strict: bool, today: date) -> tuple[str, ...]:
    """Let MkDocs build the whole site into the folder `output`, which is emptied first.

    `today` stands for the clock wherever MkDocs would print a date, unless ``SOURCE_DATE_EPOCH`` is set. Returns
    MkDocs' warnings; with `strict` they raise, as do errors: BuildError.
    """
    with _environment(today), _failing(config_file) as messages:
        config = load_config(str(config_file), site_dir=str(output), strict=strict or None)
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
    return tuple(messages)


class Ready(NamedTuple):
    """A generated page: the path of its file, its front matter, its Markdown, and its HTML if that is known."""

    path: str
    meta: Mapping[str, Any]
    markdown: str
    html: str | None


class Templates:
    """A site's templates, for pages one by one. It gives the bytes that MkDocs gives."""

    def __init__(
        self,
        config_file: Path,
        *,
        written: Path,
        docs: Path,
        output: Path,
        compiled: Path,
        today: date,
        exists: Callable[[str], bool],
        title: Callable[[str], str],
    ) -> None:
        """Prepare. `written` is a folder with the hand-written files alone, `docs` that of all files, `output` where
        `build` puts what it makes, `compiled` where compiled templates are kept. `exists` says whether there is a
        generated page of a path, `title` what it is called. Raises BuildError.
        """
        self._file, self._today, self._compiled = config_file, today, compiled
        with _environment(today), _failing(config_file):
            self._config = load_config(str(config_file), docs_dir=str(written), site_dir=str(output))
            self._plugin = GeneratedPages(str(docs), exists)
            self._config.plugins["broadsheet/pages"] = self._plugin
            self._config.plugins.on_startup(command="build", dirty=False)
        self._title = title
        self._messages: list[str] = []
        self._contexts: dict[str, dict[str, Any]] = {}

    def build(self, *, strict: bool) -> tuple[str, ...]:
        """Build the hand-written pages and copy all assets. Returns warnings; with `strict` they raise BuildError."""
        with _environment(self._today), _failing(self._file) as messages:
            self._config.strict = strict
            mkdocs_build(self._config)
            self._prepare()
        return tuple(messages)

    def open(self) -> None:
        """Get ready for `html` without building anything. Raises BuildError."""
        with _environment(self._today), _failing(self._file):
            config = self._config.plugins.on_config(self._config)
            files = config.plugins.on_files(get_files(config), config=config)
            set_exclusions(files, config)
            nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
            for page in nav.pages:
                if page.title is None and files.src_uris.get(page.file.src_uri) is page.file:
                    page.read_source(config)
                    page.render(config, files)
            config.plugins.on_env(config.theme.get_env(), config=config, files=files)
            self._prepare()

    def _prepare(self) -> None:
        for page in self._plugin.nav.pages:
            if page.title is None:  # a generated page that the navigation names by its path alone
                page.title = self._title(page.file.src_uri)
        self._named = {page.file.src_uri: page for page in self._plugin.nav.pages}
        self._plugin.env.auto_reload = False
        self._compiled.mkdir(parents=True, exist_ok=True)
        self._plugin.env.bytecode_cache = FileSystemBytecodeCache(str(self._compiled))

    def look(self) -> list[Any]:
        """What generated pages show of the navigation: titles and addresses."""

        def items(found: Sequence[Any]) -> list[Any]:
            return [(item.title, getattr(item, "url", None), items(item.children or ())) for item in found]

        return items(self._plugin.nav.items)

    def asked(self) -> dict[str, bool]:
        """The generated pages that hand-written ones or the navigation name, and whether there are such pages."""
        return dict(sorted(self._plugin.files.asked.items()))

    @contextmanager
    def rendering(self) -> Iterator[None]:
        """`html` may be called while this lasts. An error becomes a BuildError."""
        with _environment(self._today), _failing(self._file) as self._messages:
            yield

    def html(self, ready: Ready) -> tuple[bytes, tuple[str, ...]]:
        """A generated page in its template, and the warnings that this gave."""
        self._messages.clear()
        page = self._page(ready)
        page.active = True
        try:
            template = self._plugin.env.get_template(str(page.meta.get("template", "main.html")))
            output: str = template.render(self._context(page))
        finally:
            page.active = False
        return output.encode("utf-8", errors="xmlcharrefreplace"), tuple(self._messages)

    def _page(self, ready: Ready) -> MkDocsPage:
        page = self._named.get(ready.path)
        if page is None:
            file = File(ready.path, "", self._config.site_dir, use_directory_urls=False)
            page = MkDocsPage(None, file, self._config)
        page.markdown, page.meta, page.content = ready.markdown, dict(ready.meta), ready.html
        if ready.html is None:
            page.render(self._config, self._plugin.files)
        return page

    def _context(self, page: MkDocsPage) -> dict[str, Any]:
        """The context of a page: it depends on the page and on how deep it lies."""
        folder = posixpath.dirname(page.url)
        if folder not in self._contexts:
            self._contexts[folder] = {**get_context(self._plugin.nav, [], self._config, page)}
        return {**self._contexts[folder], "page": page}


def _fault(error: Exception) -> str:
    """An error in words; one of a template says where."""
    place = f"{error.name}:{error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
    return f"{place}{type(error).__name__}: {error}"


def problem(config_file: Path, message: str) -> Problem:
    """What MkDocs says, as a problem of the site whose settings are in `config_file`."""
    remedy = "correct it; the site is as it was"
    return Problem(config_file.name, "pages that MkDocs can build", f'"{ascii_safe(message)}"', remedy)


def check_address(host: str, port: int) -> None:
    """Raise BuildError if nothing can be served at ``host:port``."""
    try:
        socket.create_server((host, port), reuse_port=False).close()
    except (OSError, OverflowError) as error:
        remedy = "choose another with --host and --port"
        found = shown(os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error)
        raise BuildError(Problem(f"{host}:{port}", "an address to serve at", found, remedy)) from None


@contextmanager
def _environment(today: date) -> Iterator[None]:
    epoch = int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp())
    values = {"SOURCE_DATE_EPOCH": str(max(0, epoch)), "NO_MKDOCS_2_WARNING": "true"}
    added = [name for name in values if name not in os.environ]
    os.environ.update({name: values[name] for name in added})
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


@contextmanager
def _failing(config_file: Path) -> Iterator[list[str]]:
    """Collect warnings; an error becomes a BuildError."""
    with _warnings() as messages:
        try:
            yield messages
        except Exception as error:
            found = [*messages] if isinstance(error, Abort) and messages else [_fault(error), *messages]
            raise BuildError(*(problem(config_file, message) for message in found)) from error


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs warns about, instead of printing it."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger, handler = logging.getLogger("mkdocs"), Collector(logging.WARNING)
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def serve(
    root: Path, rebuild: Callable[[], None], watched: Sequence[Path], *, host: str, port: int, mount: str
) -> None:
    """Serve the folder `root` at ``http://host:port`` + `mount`; call `rebuild` and reload browsers when something
    in `watched` changes. Returns when interrupted. `check_address` says beforehand whether it can.
    """
    from mkdocs.livereload import LiveReloadServer  # only a preview needs it, and it is slow to load

    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(root), mount_path=mount)
    not_found = root / "404.html"
    server.error_handler = lambda code: not_found.read_bytes() if code == 404 and not_found.exists() else None
    for path in watched:
        if path.exists():
            server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        server.server_close()
