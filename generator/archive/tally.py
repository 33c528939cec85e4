"""Which lists have pages, what they are called and how long they are; and how many papers each day has.

Topics, categories, labels and sources always have a page; a keyword or an author from a number of papers on, and for
ever once the page has been published.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from generator.archive.derive import read_papers, read_sources
from generator.archive.lists import (
    AUTHORS,
    FOLDERS,
    TAGS,
    author_names,
    bounds,
    day_list,
    keyword_tags,
    slug_list,
)
from generator.archive.queries import ListHead
from generator.model import Paper


class Tally:
    """Keeps the tables ``list`` and ``day``. `earned` says from how many papers on a kind of list has a page."""

    def __init__(self, database: sqlite3.Connection, earned: Mapping[int, int]) -> None:
        self.database, self.earned = database, earned
        self.sources = read_sources(database)

    def count_all(self) -> None:
        """Count everything anew."""
        self.database.execute("DELETE FROM list")
        for folder in FOLDERS:
            for slug in self._slugs(folder):
                self._write(folder, slug, self._head(folder, slug))
        self.database.execute("DELETE FROM day")
        days = self.database.execute("SELECT day FROM digest UNION SELECT day FROM record").fetchall()
        self.count_days(day for (day,) in days)

    def count(self, folder: str, slug: str) -> tuple[ListHead | None, ListHead | None]:
        """Count one list anew; gives what was known of it, and what is now."""
        row = self.database.execute(
            "SELECT folder, slug, name, kind, area, papers FROM list WHERE folder = ? AND slug = ?",
            (folder, slug),
        ).fetchone()
        before, after = ListHead(*row) if row else None, self._head(folder, slug)
        self._write(folder, slug, after)
        return before, after

    def count_days(self, days: Iterable[int]) -> None:
        """Count some days anew; one without a digest is none."""
        for day in days:
            self.database.execute("DELETE FROM day WHERE day = ?", (day,))
            self.database.execute(
                "INSERT INTO day SELECT ?1, (SELECT count(*) FROM member WHERE list = ?2),"
                " (SELECT count(*) FROM member WHERE list = 0 AND day = ?1),"
                " max(?1, coalesce((SELECT max(r.day) FROM member m JOIN record r ON r.paper = m.paper"
                "   WHERE m.list = 0 AND m.day = ?1), 0))"
                " WHERE EXISTS (SELECT 1 FROM digest WHERE day = ?1) OR EXISTS (SELECT 1 FROM record WHERE day = ?1)",
                (day, day_list(day)),
            )

    def _write(self, folder: str, slug: str, head: ListHead | None) -> None:
        self.database.execute("DELETE FROM list WHERE folder = ? AND slug = ?", (folder, slug))
        if head:
            numbers = [slug_list(kind, slug) for kind in FOLDERS[folder]]
            latest = max(map(self._latest, numbers))
            self.database.execute(
                "INSERT INTO list VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (folder, slug, numbers[0], head.name, head.kind, head.area, head.papers, latest),
            )

    def _slugs(self, folder: str) -> set[str]:
        """The slugs of all lists of a folder that may have a page."""
        if folder == "sources":
            return {*self.sources}
        found = set[str]()
        for kind in FOLDERS[folder]:
            low, high = bounds(kind)
            rows = self.database.execute(
                "SELECT list, min(paper) FROM member WHERE list BETWEEN ? AND ? GROUP BY list HAVING count(*) >= ?",
                (low, high, self.earned[kind]),
            ).fetchall()
            names = dict(rows)
            wanted = sorted(set(names.values()))
            for first in range(0, len(wanted), 500):
                papers = dict(read_papers(self.database, wanted[first : first + 500], self.sources))
                slugs = {
                    (n, slug_list(kind, s)): s for n, paper in papers.items() for s in _slugs(kind, paper)
                }
                found.update(slugs[paper, number] for number, paper in names.items() if paper in papers)
        published = self.database.execute(
            "SELECT address FROM address WHERE address GLOB ?", (f"{folder}/*.html",)
        )
        return found | {
            name for (address,) in published if "/" not in (name := _slug(address)) and name != "index"
        }

    def _head(self, folder: str, slug: str) -> ListHead | None:
        """What is now known of a list; None if it has no page."""
        kinds = FOLDERS[folder]
        counts = {kind: self._papers(slug_list(kind, slug)) for kind in kinds}
        papers = sum(counts.values())
        if folder == "sources":
            source = self.sources.get(slug)
            return ListHead(folder, slug, source.name, "source", source.url or "", papers) if source else None
        always = any(counts[kind] for kind in kinds if self.earned[kind] == 1)
        enough = always or papers >= max(self.earned[kind] for kind in kinds)
        if not papers or not (enough or self._published(folder, slug)):
            return None
        kind = next(kind for kind in kinds if counts[kind])
        paper = self._oldest(slug_list(kind, slug))
        if kind == AUTHORS:
            return ListHead(folder, slug, author_names(paper)[slug], "author", "", papers)
        tag = next(tag for tag in (paper.tags if kind == TAGS else keyword_tags(paper)) if tag.slug == slug)
        return ListHead(folder, slug, tag.name, tag.kind, tag.area, papers)

    def _papers(self, number: int) -> int:
        return int(
            self.database.execute("SELECT count(*) FROM member WHERE list = ?", (number,)).fetchone()[0]
        )

    def _latest(self, number: int) -> int:
        """The day of the newest paper of a list, 0 if it has none."""
        row = self.database.execute(
            "SELECT day FROM member WHERE list = ? ORDER BY day DESC LIMIT 1", (number,)
        ).fetchone()
        return int(row[0]) if row else 0

    def _published(self, folder: str, slug: str) -> bool:
        found = self.database.execute("SELECT 1 FROM address WHERE address = ?", (f"{folder}/{slug}.html",))
        return found.fetchone() is not None

    def _oldest(self, number: int) -> Paper:
        """The first paper of a list."""
        (paper,) = self.database.execute(
            "SELECT m.paper FROM member m JOIN paper p ON p.id = m.paper WHERE m.list = ?"
            " ORDER BY m.day, p.place LIMIT 1",
            (number,),
        ).fetchone()
        return next(read_papers(self.database, [paper], self.sources))[1]


def _slug(address: str) -> str:
    return address.partition("/")[2].removesuffix(".html")


def _slugs(kind: int, paper: Paper) -> Iterable[str]:
    """The slugs of a kind that a paper has."""
    if kind == AUTHORS:
        return author_names(paper)
    return [tag.slug for tag in (paper.tags if kind == TAGS else keyword_tags(paper))]
