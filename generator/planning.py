"""Which addresses a build makes, and which lead elsewhere: published ones whose page is gone, moved or withdrawn."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from generator import permalinks
from generator.archive import addresses
from generator.archive.changes import Changes
from generator.archive.codec import unpack_names
from generator.archive.derive import stand_of
from generator.archive.queries import Archive
from generator.errors import BuildError, PermalinkError, Problem
from generator.making import Thing, every
from generator.outputs import FRAME, LEAD, PAGE, SHARED, Outputs, source_path
from generator.pages.layout import Layout, count
from generator.permalinks import Outcome, Permalinks
from generator.settings import Settings

#: Where a paper stands in the archive, by day and place, and its clues.
_News: TypeAlias = tuple[tuple[int, str], tuple[str, ...]]
_NO_PAPER: _News = ((0, ""), ())


@dataclass(frozen=True, slots=True)
class Plan:
    """`own` are the addresses of pages and files made of the archive; `leads` published ones without a page of their
    own, with where they lead, "" if they were withdrawn; `added` are lines for the record of addresses.
    """

    own: Sequence[str]
    leads: Mapping[str, str]
    added: tuple[str, ...]


def plan_everything(
    archive: Archive, layout: Layout, database: sqlite3.Connection, record: Permalinks
) -> Plan:
    """All addresses there are. Raises PermalinkError for those that would die, BuildError for pages that clash."""
    own = list(every(archive, layout))
    _check_names(own)
    pages = {address for address in own if address.endswith(".html")}
    papers = {
        f"papers/{key}.html": ((day, place), unpack_names(data)[1])
        for key, data, day, place in database.execute("SELECT key, data, day, place FROM paper")
    }
    aliases = {
        f"papers/{alias}.html": f"papers/{key}.html"
        for alias, key in database.execute("SELECT a.key, p.key FROM alias a JOIN paper p ON p.id = a.paper")
    }
    news = {address: papers.get(address, _NO_PAPER) for address in own if address in pages and "/" in address}
    outcome = permalinks.reconcile(record, pages, aliases, _in_order(news))
    leads = _leads(outcome)
    return Plan([address for address in own if address not in leads], leads, outcome.added)


def plan_changes(
    archive: Archive, outputs: Outputs, changes: Changes, made: Mapping[str, Thing | None]
) -> Plan:
    """What becomes of addresses by `changes`, of which `made` is what they touch. Raises PermalinkError."""
    database = outputs.database
    papers = [paper for pair in changes.papers for paper in pair if paper]
    news = {
        address: (stand_of(paper), paper.clues) if (paper := archive.paper_at(address)) else _NO_PAPER
        for address, thing in made.items()
        if thing and thing.kind == PAGE and "/" in address
    }
    aliases = {f"papers/{alias}.html" for paper in papers for alias in paper.aliases}
    asked = {*made, *outputs.leads(), *aliases}
    record = addresses.part(database, (address for address in asked if address.endswith(".html")))
    outcome = permalinks.reconcile(record, _Pages(outputs, made), _Aliases(database), _in_order(news))
    leads = _leads(outcome)
    return Plan([address for address in made if address not in leads], leads, outcome.added)


def _in_order(news: Mapping[str, _News]) -> dict[str, tuple[str, ...]]:
    """New pages by folder and address with their clues; papers as they stand in the archive, oldest first."""
    order = sorted(news, key=lambda address: (address.partition("/")[0], news[address][0], address))
    return {address: news[address][1] for address in order}


def _leads(outcome: Outcome) -> dict[str, str]:
    return {**outcome.forwards, **dict.fromkeys(outcome.retired, "")}


@dataclass(frozen=True, slots=True)
class _Pages(Container[str]):
    """The addresses that have a page: of what is made anew as that says, of others as they were."""

    outputs: Outputs
    made: Mapping[str, Thing | None]

    def __contains__(self, address: object) -> bool:
        if address in self.made:
            return self.made[str(address)] is not None
        known = self.outputs.known([str(address)]).get(str(address))
        return known is not None and known.kind == PAGE


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether there is a generated page of a path."""

    outputs: Outputs
    made: Mapping[str, Thing | None]
    leads: Mapping[str, str]

    def __call__(self, path: str) -> bool:
        """Say so of a path below ``docs/``."""
        address = path.removesuffix(".md") + ".html" if path.endswith(".md") else path
        if address in self.leads:
            return True
        if address in self.made:
            return self.made[address] is not None
        known = self.outputs.known([address]).get(address)
        return known is not None and known.kind in (PAGE, LEAD, SHARED)


class _Aliases(Mapping[str, str]):
    """Published addresses of papers that are known by another key, and where these are."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def _find(self, address: str) -> str | None:
        key = address.removeprefix(permalinks.PAPERS).removesuffix(".html")
        row = self._database.execute(
            "SELECT p.key FROM alias a JOIN paper p ON p.id = a.paper WHERE a.key = ?", (key,)
        ).fetchone()
        return f"papers/{row[0]}.html" if row and address.startswith(permalinks.PAPERS) else None

    def __contains__(self, address: Any) -> bool:
        return self._find(address) is not None

    def __getitem__(self, address: str) -> str:
        if (found := self._find(address)) is None:
            raise KeyError(address)
        return found

    def __iter__(self) -> Iterator[str]:
        rows = self._database.execute("SELECT key FROM alias")
        return (f"papers/{key}.html" for (key,) in rows)

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM alias").fetchone()[0])


def _check_names(found: Iterable[str]) -> None:
    """No two pages may share a file, on a disk that ignores case either. Raises BuildError for all that do."""
    seen: dict[str, str] = {}
    problems = []
    for address in found:
        name = address.casefold()
        if name in seen:
            remedy = "give one of them another name"
            problems.append(Problem(address, "one page", f"{seen[name]} and {address}", remedy))
        seen.setdefault(name, address)
    if problems:
        raise BuildError(*problems)


def places_of(
    things: Iterable[Thing], outputs: Outputs, written: Iterable[str], gone: Container[str]
) -> set[str]:
    """What `check_written` looks at where only some things are made: their paths, and the addresses at which a person
    has `written` while another output stands there that is not `gone`.
    """
    found = {path for one in things for path in (one.address, source_path(one.address, one.kind)) if path}
    standing = outputs.known(written).items()
    return found | {address for address, row in standing if row.kind != FRAME and address not in gone}


def check_written(found: Iterable[str], written: Iterable[str], docs: str) -> None:
    """No file that is made, in ``docs/`` or in the site, may be one that a person wrote, nor may one stand where the
    other needs a folder.

    Raises BuildError for all that do.
    """
    made, by_hand = set(found), set(written)
    clashes = by_hand & (made | _folders(made))
    clashes |= {path for path in by_hand if made.intersection(_folders([path]))}
    if clashes:
        expected, what = "a generated page, or nothing", "a page by hand"
        remedy = "rename the file: its address is needed for a generated page"
        raise BuildError(*(Problem(f"{docs}/{path}", expected, what, remedy) for path in sorted(clashes)))


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders on the way to some files."""
    found = set[str]()
    for path in paths:
        while path := path.rpartition("/")[0]:
            if path in found:
                break
            found.add(path)
    return found


def check_record(settings: Settings, own: Container[str]) -> None:
    """Without the record, the last site still shows which addresses it had. Raises PermalinkError if some would go."""
    if settings.permalinks.exists():
        return
    site = settings.site
    stood = (
        path.relative_to(site).as_posix()
        for folder in permalinks.PROMISED
        for path in site.glob(f"{folder}/*.html")
    )
    if gone := [address for address in stood if address not in own]:
        found = f"no such file, though {site.name}/ has {count(len(gone), 'page')} that this build would drop"
        remedy = f"restore it from version control, or delete {site.name}/ to begin anew"
        raise PermalinkError(
            Problem(permalinks.FILE_NAME, "the record of published addresses", found, remedy)
        )
