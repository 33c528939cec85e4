"""One day: all that was listed, by source, in the order of the lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.model import Appearance, Digest, Library, Paper, Source
from generator.pages.entries import COMPACT_FROM, entries
from generator.pages.layout import Layout, count, long_date, short_date
from generator.pages.page import Page
from generator.text.blocks import Block, anchor_link, handwritten, heading, join, link, paragraph, text

#: Papers of each source on one day: sources in the order of their names.
Day = Mapping[Source, Sequence[tuple[Paper, Appearance]]]


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """A page for every day that has a digest."""
    listed, days = by_day(library), library.days
    digests = by_date(library)
    for place, day in enumerate(days):
        meta = {
            "previous": _neighbour(days[place - 1]) if place else None,
            "next": _neighbour(days[place + 1]) if place + 1 < len(days) else None,
        }
        yield _page(day, listed.get(day, {}), digests[day], meta)


def by_day(library: Library) -> dict[date, dict[Source, list[tuple[Paper, Appearance]]]]:
    """The papers of every day, by source, in the order of the source's list; a paper once a source and day."""
    days: dict[date, dict[Source, dict[str, tuple[Paper, Appearance]]]] = {}
    for paper in library.papers.values():
        for appearance in paper.appearances:
            source = days.setdefault(appearance.day, {}).setdefault(appearance.source, {})
            source.setdefault(paper.key, (paper, appearance))
    return {
        day: {
            source: sorted(papers.values(), key=lambda listing: (listing[1].digest, listing[1].position))
            for source, papers in sorted(sources.items(), key=lambda item: item[0].name.casefold())
        }
        for day, sources in days.items()
    }


def by_date(library: Library) -> dict[date, list[Digest]]:
    """The digests of every day, in the order of their files."""
    digests: dict[date, list[Digest]] = {}
    for account in library.accounts:
        digests.setdefault(account.digest.day, []).append(account.digest)
    return digests


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
        blocks += entries(fresh, page, dated=False, compact=total > COMPACT_FROM)
        if again and not most:
            also = join(", ", (anchor_link(paper.title, paper.key) for paper, _ in again))
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
        "exports": [{"label": "Markdown", "address": f"digests/{day}.md"}],
    }
    return Page(file, "day.html", long_date(day), meta, body(sources, digests, file))


def _neighbour(day: date) -> dict[str, str]:
    return {"title": short_date(day), "address": f"digests/{day}.html"}
