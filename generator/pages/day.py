"""One day: all that was listed, by source, in the order of the lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.model import Appearance, Digest, Paper, Source
from generator.pages.entries import COMPACT_FROM, entries
from generator.pages.layout import Layout, count, long_date, short_date
from generator.pages.page import Page
from generator.text.blocks import Block, anchor_link, handwritten, heading, join, link, paragraph, text

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("digests",)

_FORM = "digests/{}.html"
#: The files that a day has for machines: what a reader calls each, and how its name ends.
EXPORTS = (("Markdown", "md"), ("JSON", "json"), ("BibTeX", "bib"), ("RIS", "ris"))

#: Papers of each source on one day: sources in the order of their names.
Day = Mapping[Source, Sequence[tuple[Paper, Appearance]]]


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """A page for every day that has a digest, oldest first."""
    yield from map(_FORM.format, archive.days)


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """Days that changed, and their neighbours, which lead to them."""
    yield from map(_FORM.format, with_neighbours(archive, changes))


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The page of one day."""
    day = date.fromisoformat(address.removeprefix("digests/").removesuffix(".html"))
    if day not in archive.days:
        return None
    before, after = neighbours([*archive.days], day)
    meta = {
        "previous": _neighbour(before) if before else None,
        "next": _neighbour(after) if after else None,
    }
    return _page(day, listed_on(archive, day), archive.digests_of(day), meta)


def neighbours(days: Sequence[date], day: date) -> tuple[date | None, date | None]:
    """The days before and after a day, which need not be one of `days` (oldest first)."""
    place = bisect_left(days, day)
    after = bisect_right(days, day)
    return days[place - 1] if place else None, days[after] if after < len(days) else None


def with_neighbours(archive: Archive, changes: Changes) -> list[date]:
    """The days that changed, those that are gone too, and those before and after each."""
    days = [*archive.days]
    changed = [day_of(day) for day in changes.days]
    found = {other for day in changed for other in neighbours(days, day) if other}
    return sorted(found.union(changed))


def listed_on(archive: Archive, day: date) -> dict[Source, list[tuple[Paper, Appearance]]]:
    """The papers of a day, by source, in the order of the source's list; a paper once a source."""
    sources: dict[Source, dict[str, tuple[Paper, Appearance]]] = {}
    for paper in archive.papers_of(day):
        for appearance in paper.appearances:
            if appearance.day == day:
                sources.setdefault(appearance.source, {}).setdefault(paper.key, (paper, appearance))
    return {
        source: sorted(papers.values(), key=_place)
        for source, papers in sorted(
            sources.items(), key=lambda item: (item[0].name.casefold(), item[0].slug)
        )
    }


def _place(listing: tuple[Paper, Appearance]) -> tuple[bool, str, int]:
    """What orders the papers of a source on one day: those that the editors pin stand first."""
    paper, appearance = listing
    return not paper.edit.pin, appearance.digest, appearance.position


def body(day: Day, digests: Sequence[Digest], page: str, *, level: int = 2, most: int = 0) -> list[Block]:
    """What a day says, at most `most` papers of it (0: all); each paper has its entry once.

    The name of each source is a heading of `level`, or a line where `level` is 0.
    """
    total = sum(map(len, day.values()))
    blocks = [block for digest in digests if digest.source not in day for block in _opening(digest)]
    shown = set[str]()
    for source, listings in day.items():
        fresh = [listing for listing in listings if listing[0].key not in shown]
        again = [listing for listing in listings if listing[0].key in shown]
        fresh = fresh[: max(0, most - len(shown))] if most else fresh
        if not fresh and most:
            continue
        shown.update(paper.key for paper, _ in fresh)
        name = link(source.name, f"sources/{source.slug}.md", page)
        blocks.append(heading(level, name, f"source-{source.slug}") if level else paragraph(name, "source"))
        blocks += [block for digest in digests if digest.source == source for block in _opening(digest)]
        blocks += entries(fresh, page, compact=total > COMPACT_FROM)
        if again and not most:
            also = join(", ", (anchor_link(paper.plain_title, paper.key) for paper, _ in again))
            blocks.append(paragraph(join(" ", (text("Listed here too:"), also))))
    return blocks


def _opening(digest: Digest) -> Iterator[Block]:
    """What the curator of a digest says before its papers."""
    if digest.title:
        yield paragraph(text(digest.title), "digest-title")
    if digest.introduction:
        yield handwritten(digest.introduction)


def _page(day: date, sources: Day, digests: Sequence[Digest], neighbours: Mapping[str, Any]) -> Page:
    file = f"digests/{day}.md"
    total = len({paper.key for listings in sources.values() for paper, _ in listings})
    meta = {
        "description": f"{count(total, 'paper')} listed on {long_date(day)}",
        "date": day,
        "papers": total,
        "sources": [
            {"name": source.name, "address": f"sources/{source.slug}.html", "papers": len(listings)}
            for source, listings in sources.items()
        ],
        **neighbours,
        "exports": [{"label": label, "address": f"digests/{day}.{ending}"} for label, ending in EXPORTS],
    }
    return Page(file, "day.html", long_date(day), meta, body(sources, digests, file))


def _neighbour(day: date) -> dict[str, str]:
    return {"title": short_date(day), "address": f"digests/{day}.html"}
