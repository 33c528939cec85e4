"""The home page: the latest day, and the ways into the archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.pages import day as day_page
from generator.pages import feeds
from generator.pages.layout import Layout, count, long_date
from generator.pages.lists import counted
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, join, link, paragraph, text

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("index.html",)

#: Papers of the latest day on the home page; the day's own page has all.
_LATEST = 30
_EARLIER_DAYS = 10
_TOPICS = 24
ADDRESS = "index.html"
_FILE = "index.md"


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The one home page."""
    yield ADDRESS


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """It counts everything."""
    yield ADDRESS


def make(archive: Archive, layout: Layout, address: str) -> Page | None:
    """The home page; for an empty archive it says how to begin."""
    papers, totals = archive.totals.papers, archive.days
    meta: dict[str, Any] = {"description": f"{layout.site_name}: {count(papers, 'paper')}, searchable"}
    if not totals:
        begin = text("No papers yet. Put a digest into the folder digests and run: broadsheet build")
        return Page(_FILE, "home.html", layout.site_name, meta, [paragraph(begin)])
    latest = max(totals)
    meta |= {
        "papers": papers,
        "days": len(totals),
        "feed": feeds.ATOM,
        "feeds": [
            {"label": label, "address": address}
            for label, address in (
                ("every paper", feeds.ATOM),
                ("day by day", feeds.DAYS),
                ("JSON Feed", feeds.JSON if layout.site_url else ""),
            )
            if address
        ],
        **({"subscribe": layout.subscribe} if layout.subscribe else {}),
        "latest": {"title": long_date(latest), "address": f"digests/{latest}.html", "papers": totals[latest]},
    }
    blocks = [*_latest(archive, latest), *_earlier(totals), *_topics(archive)]
    return Page(_FILE, "home.html", layout.site_name, meta, blocks)


def _day(day: date) -> Span:
    return link(long_date(day), f"digests/{day}.md", _FILE)


def _latest(archive: Archive, day: date) -> Iterator[Block]:
    yield heading(2, _day(day), "latest")
    sources = day_page.listed_on(archive, day)
    yield from day_page.body(sources, archive.digests_of(day), _FILE, level=0, most=_LATEST)
    if archive.days[day] > _LATEST:
        all_of_it = f"All {count(archive.days[day], 'paper')} of the day"
        yield paragraph(link(all_of_it, f"digests/{day}.md", _FILE))


def _earlier(totals: Mapping[date, int]) -> Iterator[Block]:
    if earlier := [*totals][-2 : -2 - _EARLIER_DAYS : -1]:
        yield heading(2, text("Earlier days"), "earlier-days")
        yield bullets(join("&nbsp;", (_day(day), text(count(totals[day], "paper")))) for day in earlier)
        yield paragraph(link("The whole archive", "archive/index.md", _FILE))


def _topics(archive: Archive) -> Iterator[Block]:
    """The topics with the most papers."""
    topics = [head for head in archive.lists("tags") if head.kind == "topic"]
    if most := sorted(topics, key=lambda head: (-head.papers, head.name))[:_TOPICS]:
        yield heading(2, text("Topics"), "topics")
        yield bullets(counted(link(head.name, f"tags/{head.slug}.md", _FILE), head.papers) for head in most)
        yield paragraph(link("All tags", "tags/index.md", _FILE))
