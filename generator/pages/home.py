"""The home page: the latest day, and the ways into the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.model import Library, Tag
from generator.pages import day as day_page
from generator.pages.layout import Layout, count, link, long_date
from generator.pages.page import Page

#: Papers of the latest day on the home page; the day's own page has all.
_LATEST = 30
_EARLIER_DAYS = 10
_TOPICS = 24


def pages(library: Library, layout: Layout) -> Iterator[Page]:
    """The one home page; for an empty archive it says how to begin."""
    file = "index.md"
    days = library.days
    meta: dict[str, Any] = {
        "description": f"{layout.site_name}: {count(len(library.papers), 'paper')}, searchable"
    }
    if not days:
        text = "No papers yet. Put a digest into `digests/` and run `broadsheet build`."
        yield Page(file, "home.html", layout.site_name, meta, text)
        return
    latest = days[-1]
    listed = day_page.by_day(library)
    totals = {
        d: len({paper.key for listings in listed.get(d, {}).values() for paper, _ in listings}) for d in days
    }
    parts = [f"## {link(long_date(latest), f'digests/{latest}.md', file)}"]
    digests = day_page.by_date(library)[latest]
    parts.append(day_page.body(listed.get(latest, {}), digests, file, heading="", most=_LATEST))
    if totals[latest] > _LATEST:
        parts.append(link(f"All {count(totals[latest], 'paper')} of the day", f"digests/{latest}.md", file))
    earlier = days[-2 : -2 - _EARLIER_DAYS : -1]
    if earlier:
        items = [
            f"- {link(long_date(d), f'digests/{d}.md', file)}&nbsp;{count(totals[d], 'paper')}"
            for d in earlier
        ]
        parts += ["## Earlier days", "\n".join(items), link("The whole archive", "archive/index.md", file)]
    if topics := _topics(library):
        items = [f"- {link(tag.name, f'tags/{tag.slug}.md', file)}&nbsp;{number:,}" for tag, number in topics]
        parts += ["## Topics", "\n".join(items), link("All tags", "tags/index.md", file)]
    meta |= {
        "papers": len(library.papers),
        "days": len(days),
        "latest": {
            "title": long_date(latest),
            "address": f"digests/{latest}.html",
            "papers": totals[latest],
        },
    }
    yield Page(file, "home.html", layout.site_name, meta, "\n\n".join(part for part in parts if part))


def _topics(library: Library) -> list[tuple[Tag, int]]:
    """The topics with the most papers."""
    papers = library.papers.values()
    totals = Counter(tag for paper in papers for tag in paper.tags if tag.kind == "topic")
    return sorted(totals.items(), key=lambda item: (-item[1], item[0].name))[:_TOPICS]
