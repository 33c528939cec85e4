"""Options that several commands share."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.export import Span
from generator.readers import FIRST_YEAR, LAST_YEAR
from generator.readers.fields import read_day
from generator.settings import Settings, load_settings

CONFIG = "mkdocs.yml"

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_F = TypeVar("_F", bound=Callable[..., Any])


class Jobs(click.ParamType[int]):
    """A number of processes, 1 or more."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a number; anything else is wrong usage."""
        try:
            number = int(value)
        except ValueError:
            number = 0
        if number < 1:
            self.fail(f'expected a number of processes, 1 or more, found "{value}"; correct it', param, ctx)
        return number


def config_option(function: _F) -> _F:
    """``--config FILE``: the site that a command works on. Gives the argument `config`; see `find_site`."""
    return click.option(
        "-f",
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=f"The site's {CONFIG}.  [default: in this folder or the nearest one above it]",
    )(function)


def out_option(said: str) -> Callable[[_F], _F]:
    """``--out FILE``: where what a command makes goes; `said` is its help. Gives the argument `out`."""
    return click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help=said)


def jobs_option(function: _F) -> _F:
    """``--jobs N``: how many processes read digests and render pages. Gives the argument `jobs`."""
    return click.option(
        "-j",
        "--jobs",
        type=Jobs(),
        default=_cores,
        metavar="N",
        show_default="one for each core",
        help="Processes that read digests and render pages.",
    )(function)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_site(config: Path | None) -> Settings:
    """The settings of the site that a command is asked to work on. Raises ConfigError if there is none."""
    if config is not None:
        return load_settings(config / CONFIG if config.is_dir() else config)
    here = Path.cwd()
    above = (folder / CONFIG for folder in (here, *here.parents))
    return load_settings(next((file for file in above if file.is_file()), here / CONFIG))


class Day(click.ParamType[date]):
    """A day of the calendar that a digest can have, written 2025-03-14."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day; anything else is wrong usage."""
        if isinstance(value, date):
            return value
        day = read_day(value) if _WRITTEN.fullmatch(value) else None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            expected = f"a day like 2025-03-14, from {FIRST_YEAR} to {LAST_YEAR}"
            self.fail(f'expected {expected}, found "{value}"; correct it', param, ctx)
        return day


class Period(click.ParamType[Span]):
    """A month or a year of the calendar that a digest can have, written as a `form` like 2025-03."""

    def __init__(self, name: str, form: str) -> None:
        self.name, self._form = name, form

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        """Read a period; anything else is wrong usage."""
        if isinstance(value, Span):
            return value
        first = read_day(f"{value}-01-01"[:10]) if len(value) == len(self._form) and value.isascii() else None
        if first is None or not FIRST_YEAR <= first.year <= LAST_YEAR:
            expected = f"a {self.name} like {self._form}, from {FIRST_YEAR} to {LAST_YEAR}"
            self.fail(f'expected {expected}, found "{value}"; correct it', param, ctx)
        if self.name == "year":
            return Span(value, first, first.replace(month=12, day=31))
        return Span(value, first, first.replace(day=monthrange(first.year, first.month)[1]))
