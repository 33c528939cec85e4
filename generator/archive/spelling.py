"""How digests spell their sources: a name and an address that differ from those of the first digest that names one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from generator.errors import Problem, shown


def spelled(database: sqlite3.Connection, digest: int) -> Iterator[Problem]:
    """Notes on sources that a digest spells otherwise than the first that names them."""
    for path, slug, name, url, first, known in database.execute(
        "SELECT d.path, s.slug, s.name, s.url, o.name, o.url FROM spelling s JOIN digest d ON d.id = s.digest"
        " JOIN source o USING (slug) WHERE s.digest = ? ORDER BY s.place",
        (digest,),
    ):
        if found := _difference(name, url, first, known):
            remedy = f"give {slug} one name and url in sources.yml"
            yield Problem(path, "one name and address for a source", found, remedy)


def _difference(name: str, url: str | None, first: str, known: str | None) -> str:
    """What a digest says of a source that its first one does not; empty if nothing. Saying less is no difference."""
    if name != first:
        return f"{shown(name)}, which another digest calls {shown(first)}"
    if url and url != known:
        return f"{shown(url)}, where another digest has {shown(known) if known else 'none'}"
    return ""
