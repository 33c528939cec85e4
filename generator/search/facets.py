"""By what papers are counted: their tags and the sources that list them."""

from __future__ import annotations

from generator.archive.codec import unpack_names
from generator.archive.queries import Archive
from generator.archive.ties import ask


def facets_between(archive: Archive, start: int, stop: int) -> list[tuple[list[str], list[str]]]:
    """For each paper from one place to before another, oldest first, the names of its tags, as it spells them, and the
    slugs of its sources, both in order.
    """
    numbers = archive.numbers_between(start, stop)
    papers = dict(ask(archive.database, "SELECT id, data FROM paper WHERE id IN ({})", numbers))
    listed: dict[int, set[str]] = {number: set() for number in numbers}
    question = (
        "SELECT r.paper, CASE r.source WHEN '' THEN d.source ELSE r.source END"
        " FROM record r JOIN digest d ON d.id = r.digest WHERE r.paper IN ({})"
    )
    for number, source in ask(archive.database, question, numbers):
        listed[number].add(source)
    return [
        (sorted({tag.name for tag in unpack_names(papers[number])[2]}), sorted(listed[number]))
        for number in numbers
    ]
