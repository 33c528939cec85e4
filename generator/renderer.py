"""Markdown into HTML: with `generator.plugin` the only module that imports MkDocs. It knows nothing of papers.

Facts about MkDocs 1.6 that this stands on: a build empties its output folder first, so it is given a folder of its
own; warnings go to the logger ``mkdocs``; Abort is a SystemExit; dates in a site come from ``SOURCE_DATE_EPOCH`` if
it is set, else from the clock, so it is always set here.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils.yaml import yaml_load

from generator.errors import BuildError, ConfigError, Problem, ascii_safe, shown
from generator.plugin import HARMLESS, Ready, ReadyPages


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


def render(
    config_file: Path,
    output: Path,
    *,
    strict: bool,
    today: date,
    ready: Mapping[str, Ready] | None = None,
    jobs: int = 1,
) -> tuple[str, ...]:
    """Build the whole site into the folder `output`, which is emptied first.

    `today` stands for the clock wherever MkDocs would print a date, unless ``SOURCE_DATE_EPOCH`` is set. Pages that
    are `ready`, by the path of their file, are not parsed again; `jobs` processes put them into their templates. The
    bytes are the same without. Returns MkDocs' warnings; with `strict` they raise, as do errors: BuildError.
    """
    with _environment(today), _warnings() as messages:
        try:
            config = load_config(str(config_file), site_dir=str(output), strict=strict or None)
            if ready:
                config.plugins["broadsheet/ready"] = ReadyPages(ready, jobs)
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
            config.plugins.on_shutdown()
        except Exception as error:
            found = [*messages] if isinstance(error, Abort) and messages else [_fault(error), *messages]
            raise BuildError(*(_problem(config_file, message) for message in found)) from error
    return tuple(messages)


def _fault(error: Exception) -> str:
    """An error in words; one of a template says where."""
    place = f"{error.name}:{error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
    return f"{place}{type(error).__name__}: {error}"


def _problem(config_file: Path, message: str) -> Problem:
    remedy = "correct it; the site is as it was"
    return Problem(config_file.name, "pages that MkDocs can build", f'"{ascii_safe(message)}"', remedy)


def extensions(config: Mapping[str, Any]) -> frozenset[str]:
    """The names of a site's own Markdown extensions."""
    given = config.get("markdown_extensions")
    entries = given if isinstance(given, list | dict) else ()
    return frozenset(
        str(name) for entry in entries for name in (entry if isinstance(entry, dict) else (entry,))
    )


def may_read_more(config: Mapping[str, Any]) -> bool:
    """Whether a build may depend on what is not in the folders of the site: plugins, hooks, some extensions and
    Python code that the settings name do.
    """
    runs_code = bool(config.get("plugins", True) or config.get("hooks")) or _names_code(config)
    return runs_code or not extensions(config) <= HARMLESS


def _names_code(value: object) -> bool:
    """Whether settings hold anything but plain values, as ``!!python/name:`` gives."""
    if isinstance(value, dict):
        return any(map(_names_code, value.values()))
    if isinstance(value, list):
        return any(map(_names_code, value))
    return not isinstance(value, str | int | float | date | None)


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
