"""The site for programs: ``archive/index.json`` has every day, ``tags/index.json`` every tag.

From a day's entry to its papers lead the files of the day (`generator.exports.day_json`), where each paper has its key,
and with it the address of its page. Addresses are below the site's root.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from generator.archive.changes import Changes
from generator.archive.queries import Archive, ListHead
from generator.artifact import Artifact
from generator.pages.feeds import feed_address, has_feed
from generator.pages.layout import Layout

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("archive", "tags")

DAYS, TAGS = "archive/index.json", "tags/index.json"


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The two indexes."""
    yield DAYS
    yield TAGS


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """They count everything."""
    yield from every(archive, layout)


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """The index of days or of tags."""
    if address == DAYS:
        days = (
            {"day": str(day), "papers": papers, "address": f"digests/{day}.json"}
            for day, papers in archive.days.items()
            if papers
        )
        return _artifact(address, "days", days)
    if address == TAGS:
        return _artifact(address, "tags", map(_tag, archive.lists("tags")))
    return None


def _tag(head: ListHead) -> dict[str, object]:
    tag: dict[str, object] = {
        "slug": head.slug,
        "name": head.name,
        "kind": head.kind,
        "papers": head.papers,
        "address": f"tags/{head.slug}.html",
    }
    if head.area:
        tag["area"] = head.area
    if has_feed(head):
        tag["feed"] = feed_address(head)
    return tag


def _artifact(address: str, name: str, entries: Iterable[Mapping[str, object]]) -> Artifact:
    """One entry a line."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return Artifact(address, f'{{"version":1,"{name}":[\n{lines}\n]}}\n'.encode())
