"""The home page: the latest day, and the ways into the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from generator.model import Library
from generator.pages import day as day_page
from generator.pages.layout import Layout, count, long_date
from generator.pages.lists import counted
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, join, link, paragraph, text

#: Papers of the latest day on the home page; the day's own page has all.
_LATEST = 30
_EARLIER_DAYS = 10
_TOPICS = 24
_FILE = "index.md"


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The one home page; for an empty archive it says how to begin."""
    meta: dict[str, Any] = {
        "description": f"{layout.site_name}: {count(len(library.papers), 'paper')}, searchable"
    }
    if not library.days:
        begin = text("No papers yet. Put a digest into the folder digests and run: broadsheet build")
        yield Page(_FILE, "home.html", layout.site_name, meta, [paragraph(begin)])
        return
    latest, totals = library.days[-1], _totals(library)
    meta |= {
        "papers": len(library.papers),
        "days": len(library.days),
        "latest": {"title": long_date(latest), "address": f"digests/{latest}.html", "papers": totals[latest]},
    }
    blocks = [*_latest(library, totals), *_earlier(library.days, totals), *_topics(library)]
    yield Page(_FILE, "home.html", layout.site_name, meta, blocks)


def _totals(library: Library) -> dict[date, int]:
    """How many papers each day lists."""
    listed = day_page.by_day(library)
    return {
        day: len({paper.key for listings in listed.get(day, {}).values() for paper, _ in listings})
        for day in library.days
    }


def _day(day: date) -> Span:
    return link(long_date(day), f"digests/{day}.md", _FILE)


def _latest(library: Library, totals: Mapping[date, int]) -> Iterator[Block]:
    day = library.days[-1]
    yield heading(2, _day(day), "latest")
    sources = day_page.by_day(library).get(day, {})
    yield from day_page.body(sources, day_page.by_date(library)[day], _FILE, level=0, most=_LATEST)
    if totals[day] > _LATEST:
        yield paragraph(link(f"All {count(totals[day], 'paper')} of the day", f"digests/{day}.md", _FILE))


def _earlier(days: Sequence[date], totals: Mapping[date, int]) -> Iterator[Block]:
    if earlier := days[-2 : -2 - _EARLIER_DAYS : -1]:
        yield heading(2, text("Earlier days"), "earlier-days")
        yield bullets(join("&nbsp;", (_day(day), text(count(totals[day], "paper")))) for day in earlier)
        yield paragraph(link("The whole archive", "archive/index.md", _FILE))


def _topics(library: Library) -> Iterator[Block]:
    """The topics with the most papers."""
    papers = library.papers.values()
    totals = Counter(tag for paper in papers for tag in paper.tags if tag.kind == "topic")
    if most := sorted(totals.items(), key=lambda item: (-item[1], item[0].name))[:_TOPICS]:
        yield heading(2, text("Topics"), "topics")
        yield bullets(counted(link(tag.name, f"tags/{tag.slug}.md", _FILE), number) for tag, number in most)
        yield paragraph(link("All tags", "tags/index.md", _FILE))
