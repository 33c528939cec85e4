"""When pages were last added to: the days of papers and lists, and how many there are, for the map of the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from generator.archive.lists import day_of


class Opening(NamedTuple):
    """A day of the archive: how many papers appear on it for the first time, and the last day (at least the day itself)
    on which one of these was listed.
    """

    papers: int
    latest: date


def openings(database: sqlite3.Connection) -> dict[date, Opening]:
    """The days that have a digest, oldest first. A row a day is read, no paper."""
    rows = database.execute("SELECT day, opened, latest FROM day ORDER BY day")
    return {day_of(day): Opening(opened, day_of(latest)) for day, opened, latest in rows}


def opened_on(database: sqlite3.Connection, day: date) -> list[tuple[str, date]]:
    """The keys of the papers that appear first on a day, in order, each with the last day on which it was listed."""
    rows = database.execute(
        "SELECT p.key, (SELECT max(r.day) FROM record r WHERE r.paper = p.id)"
        " FROM member m JOIN paper p ON p.id = m.paper WHERE m.list = 0 AND m.day = ? ORDER BY p.place",
        (day.toordinal(),),
    )
    return [(key, day_of(latest)) for key, latest in rows]


def latest_of(database: sqlite3.Connection, folder: str) -> Mapping[str, date]:
    """The day of the newest paper of each list of a folder, by slugs; a list without papers has none."""
    rows = database.execute("SELECT slug, latest FROM list WHERE folder = ? AND papers > 0", (folder,))
    return {slug: day_of(latest) for slug, latest in rows}


def pages_of_lists(database: sqlite3.Connection, size: int) -> int:
    """How many pages all lists have together, `size` papers a sealed one (`generator.pages.lists.sealed_pages`)."""
    (pages,) = database.execute(
        "SELECT coalesce(sum(1 + max(0, papers / ? - 1)), 0) FROM list", (size,)
    ).fetchone()
    return int(pages)
