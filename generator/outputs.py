"""What a build leaves behind: pages in ``docs/``, the site, and what is known of them, so that the next writes less.

New files are put in place first, then those that changed, and what is gone is removed last. So at every moment who
follows links from the home page meets whole pages and no link that leads nowhere. What a build is about to touch is
noted before (`Outputs.announce`): if it is interrupted, the next one trusts none of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.archive.ties import ask
from generator.output import Tally, remove

#: Kinds of outputs: a page made of the archive; a file made of it, that lies in the site alone or is shared with
#: ``docs/``; an address that leads on or was withdrawn; and what MkDocs makes of hand-written pages and the theme.
PAGE, FILE, SHARED, LEAD, FRAME = "page", "file", "shared", "lead", "frame"


class Known(NamedTuple):
    """What is known of an output: its kind, the hash of its file in ``docs/`` and of that in the site (None if it is
    not known what is there), and what its making warned about.
    """

    kind: str
    source: bytes | None
    made: bytes | None
    said: str


def source_path(address: str, kind: str) -> str | None:
    """The file in ``docs/`` of an output; None if it has none."""
    if kind in (PAGE, LEAD):
        return address.removesuffix(".html") + ".md"
    return address if kind == SHARED else None


@dataclass(slots=True)
class Outputs:
    """The outputs of a site. `site` and `docs` are where they lie."""

    database: sqlite3.Connection
    docs: Path
    site: Path
    count: Tally = field(default_factory=Tally)

    def known(self, addresses: Iterable[str]) -> dict[str, Known]:
        """What is known of some outputs."""
        rows = ask(
            self.database,
            "SELECT address, kind, source, made, said FROM output WHERE address IN ({})",
            addresses,
        )
        return {address: Known(*row) for address, *row in rows}

    def all(self) -> dict[str, str]:
        """All outputs with their kinds."""
        return dict(self.database.execute("SELECT address, kind FROM output").fetchall())

    def doubt_all(self) -> None:
        """Note that nothing is known of what any output holds."""
        self.database.execute("UPDATE output SET source = NULL, made = NULL")

    def of_kind(self, kind: str) -> list[str]:
        """The addresses of the outputs of a kind."""
        rows = self.database.execute("SELECT address FROM output WHERE kind = ? ORDER BY address", (kind,))
        return [address for (address,) in rows]

    def number(self) -> int:
        """How many there are."""
        return int(self.database.execute("SELECT count(*) FROM output").fetchone()[0])

    def leads(self) -> dict[str, str]:
        """The addresses that have no page of their own."""
        return dict(
            self.database.execute("SELECT address, said FROM output WHERE kind = ?", (LEAD,)).fetchall()
        )

    def said(self) -> tuple[str, ...]:
        """What pages warned about when they were made."""
        rows = self.database.execute(
            "SELECT said FROM output WHERE said <> '' AND +kind = ? ORDER BY address", (PAGE,)
        )
        return tuple(line for (said,) in rows for line in said.split("\n"))

    def announce(self, kinds: Mapping[str, str]) -> None:
        """Note that from now on nothing is known of what these outputs, given with their kinds, hold."""
        self.note((address, kind, None, None, "") for address, kind in kinds.items())

    def doubtful(self) -> dict[str, str]:
        """The outputs, with their kinds, of which nothing is known: the build that made them was interrupted."""
        return dict(self.database.execute("SELECT address, kind FROM output WHERE made IS NULL").fetchall())

    def note(self, rows: Iterable[tuple[str, str, bytes | None, bytes | None, str]]) -> None:
        """Note what outputs hold: address, kind, hashes, warnings."""
        self.database.executemany("INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?)", rows)

    def forget(self, addresses: Iterable[str]) -> None:
        """Note that outputs are gone."""
        self.database.executemany(
            "DELETE FROM output WHERE address = ?", ((address,) for address in addresses)
        )

    def remove_files(self, addresses: Mapping[str, str]) -> None:
        """Remove the files of outputs, given with their kinds; folders that are empty then go too."""
        for address, kind in addresses.items():
            if remove(self.site, address):
                self.count.removed += 1
            if path := source_path(address, kind):
                remove(self.docs, path)
