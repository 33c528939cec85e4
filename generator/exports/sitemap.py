"""The site's map for search engines (<https://www.sitemaps.org/protocol.html>), in parts that are sealed like months.

``sitemap.xml`` names the parts: ``sitemaps/2025-03.xml`` has the days of a month and the papers first listed in it,
``sitemaps/lists.xml`` everything else. A part may have 50,000 addresses. Addresses must be absolute, so without
``site_url`` there is no map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import quote
from xml.sax.saxutils import escape

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.pages import archive as calendar
from generator.pages import authors, sources, tags
from generator.pages.layout import Layout
from generator.pages.page import MARKER

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("sitemap.xml", "sitemaps")

_INDEX, LISTS, _FORM = "sitemap.xml", "sitemaps/lists.xml", "sitemaps/{}-{:02d}.xml"
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_TOP = ("index.html", "search.html", "account.html")


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The index, then the parts."""
    if layout.site_url:
        yield _INDEX
        yield LISTS
        yield from (_FORM.format(*month) for month in _months(archive))


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The months of papers and days that changed; the lists, of which there may be new ones."""
    if layout.site_url:
        yield _INDEX
        yield LISTS
        days = {day_of(day) for day in changes.days}
        yield from (_FORM.format(*month) for month in sorted({(day.year, day.month) for day in days}))


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """The index or a part."""
    if address == _INDEX:
        return _artifact(
            address, "sitemapindex", "sitemap", ((part, None) for part in _parts(archive)), layout
        )
    if address == LISTS:
        kinds = (calendar, tags.KIND, authors.KIND, sources.KIND)
        lists = (own for kind in kinds for own in kind.every(archive, layout))
        found = ((own, None) for own in (*_TOP, *layout.handwritten, *lists) if own not in archive.withdrawn)
        return _artifact(address, "urlset", "url", found, layout)
    year, month = map(int, address.removeprefix("sitemaps/").removesuffix(".xml").split("-"))
    days = [day for day in archive.days if (day.year, day.month) == (year, month)]
    if not days:
        return None
    return _artifact(address, "urlset", "url", _pages_of(archive, days), layout)


def _months(archive: Archive) -> list[tuple[int, int]]:
    return list(dict.fromkeys((day.year, day.month) for day in archive.days))


def _parts(archive: Archive) -> Iterator[str]:
    yield LISTS
    yield from (_FORM.format(*month) for month in _months(archive))


def _pages_of(archive: Archive, days: Iterable[date]) -> Iterator[tuple[str, date]]:
    """Days, and the papers first listed on them, but for what was withdrawn."""
    for day in days:
        papers = (f"papers/{key}.html" for key in archive.keys_first_listed(day))
        yield from ((own, day) for own in (f"digests/{day}.html", *papers) if own not in archive.withdrawn)


def _artifact(
    address: str, outer: str, inner: str, found: Iterable[tuple[str, date | None]], layout: Layout
) -> Artifact:
    lines = [f"<!-- {MARKER} -->", f'<{outer} xmlns="{_XMLNS}">']
    for own, day in found:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<{inner}><loc>{escape(layout.site_url + quote(own))}</loc>{changed}</{inner}>")
    return Artifact(address, "\n".join((*lines, f"</{outer}>", "")).encode(), in_docs=True)
