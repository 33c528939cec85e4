"""The site's map for search engines (<https://www.sitemaps.org/protocol.html>), in parts that are sealed like months.

``sitemap.xml`` names the parts: ``sitemaps/2025-03.xml`` has the days of a month and the papers first listed in it,
``sitemaps/lists.xml`` everything else. A part may have 50,000 addresses: what has more goes on in
``sitemaps/2025-03-2.xml``, ``sitemaps/lists-2.xml`` and so on. (It may have 50 MB too, which so many do not reach: an
address has at most some 300 bytes below the site's own.) Addresses must be absolute, so without ``site_url`` there is
no map.

There is no clock. ``lastmod`` is the last day of a digest that a page shows: of a paper the last on which it was
listed, of a list that of its newest paper. Pages by hand have none, nor have older pages of a list, of which no day
is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from urllib.parse import quote
from xml.sax.saxutils import escape

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.archive.recency import Opening, latest_of, opened_on, openings, pages_of_lists
from generator.artifact import Artifact
from generator.pages import archive as calendar
from generator.pages import authors, sources, tags
from generator.pages.layout import Layout
from generator.pages.lists import Lists, sealed_pages
from generator.pages.page import MARKER

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("sitemap.xml", "sitemaps")

#: So many addresses a part may have, by the protocol.
MOST = 50_000

#: The address of the index.
INDEX = "sitemap.xml"
_LISTS = "lists"
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_TOP = ("index.html", "search.html", "account.html")
_KINDS: tuple[Lists, ...] = (tags.KIND, authors.KIND, sources.KIND)

#: An address, and the day that it is of.
_Dated = tuple[str, date | None]
_Month = tuple[int, int]


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The index, then the parts."""
    if layout.site_url:
        yield INDEX
        yield from _parts(_LISTS, _lists_number(archive, layout))
        for month, days in _months(archive).items():
            yield from _parts(_stem(month), _number(days))


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The months of papers and days that changed; the lists, of which there may be new ones.

    Parts that are no more are among them: before, there were at most the pages of now and those that may have gone.
    """
    if layout.site_url:
        yield INDEX
        heads = (change.before for change in changes.lists)
        gone = sum(1 + sealed_pages(head.papers, layout.page_size) for head in heads if head)
        yield from _parts(_LISTS, _lists_number(archive, layout) + gone + 2 * len(changes.days))
        months, days = _months(archive), {day_of(day) for day in changes.days}
        for month in sorted({(day.year, day.month) for day in days}):
            number = _number(months.get(month, {})) + len(changes.papers) + len(days)
            yield from _parts(_stem(month), number)


def touched_by_hand(archive: Archive, layout: Layout) -> Iterator[str]:
    """What tells of hand-written pages."""
    if layout.site_url:
        yield INDEX
        yield from _parts(_LISTS, _lists_number(archive, layout))


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """The index or a part; None if there is no such part."""
    if not layout.site_url:
        return None
    if address == INDEX:
        return _artifact(address, "sitemapindex", "sitemap", _dated_parts(archive, layout), layout)
    stem, piece = _split(address)
    start = (piece - 1) * MOST
    if stem == _LISTS:
        pages = islice(_lists(archive, layout), start, start + MOST)
        return _part(archive, layout, address, pages) if start < _lists_number(archive, layout) else None
    year, _, month = stem.partition("-")
    days = _months(archive).get((int(year), int(month)), {})
    if start >= _number(days):
        return None
    return _part(archive, layout, address, _pages_of(archive, days, start, start + MOST))


def _stem(month: _Month) -> str:
    return f"{month[0]}-{month[1]:02d}"


def _address(stem: str, piece: int) -> str:
    return f"sitemaps/{stem}{f'-{piece}' if piece > 1 else ''}.xml"


def _split(address: str) -> tuple[str, int]:
    """The stem of a part, and which piece of it this is, from 1 on."""
    words = address.removeprefix("sitemaps/").removesuffix(".xml").split("-")
    own = 1 if words[0] == _LISTS else 2
    return "-".join(words[:own]), int(words[own]) if len(words) > own else 1


def _parts(stem: str, number: int) -> Iterator[str]:
    """The addresses of the parts that hold so many addresses."""
    return (_address(stem, piece) for piece in range(1, -(-number // MOST) + 1))


# What the parts hold


def _months(archive: Archive) -> dict[_Month, dict[date, Opening]]:
    """The days of each month, oldest first."""
    found: dict[_Month, dict[date, Opening]] = {}
    for day, opening in openings(archive.database).items():
        found.setdefault((day.year, day.month), {})[day] = opening
    return found


def _number(days: Mapping[date, Opening]) -> int:
    """How many addresses some days have: theirs, and those of papers that appear on them first."""
    return sum(1 + opening.papers for opening in days.values())


def _pages_of(archive: Archive, days: Mapping[date, Opening], start: int, stop: int) -> Iterator[_Dated]:
    """Days, each before the papers first listed on it, from one place to before another. Only these are read."""
    at = 0
    for day, opening in days.items():
        if start < at + 1 + opening.papers and at < stop:
            papers = ((f"papers/{key}.html", latest) for key, latest in opened_on(archive.database, day))
            own = [(f"digests/{day}.html", day), *papers]
            yield from own[max(0, start - at) : stop - at]
        at += 1 + opening.papers


def _lists_number(archive: Archive, layout: Layout) -> int:
    """How many addresses `_lists` gives."""
    calendars = sum(1 for _ in calendar.every(archive, layout))
    lists = len(_KINDS) + pages_of_lists(archive.database, layout.page_size)
    return len(_TOP) + len(layout.handwritten) + calendars + lists


def _lists(archive: Archive, layout: Layout) -> Iterator[_Dated]:
    """All that belongs to no month: home page and account, pages by hand, calendars and lists."""
    newest = max(archive.days, default=None)
    yield from ((own, None if own == "search.html" else newest) for own in _TOP)
    yield from ((own, None) for own in layout.handwritten)
    spans: dict[str, date] = {}
    for day in archive.days:
        spans |= {f"archive/{day.year}.html": day, f"archive/{day.year}-{day.month:02d}.html": day}
    yield from ((own, spans.get(own, newest)) for own in calendar.every(archive, layout))
    for kind in _KINDS:
        latest = latest_of(archive.database, kind.folder)
        for own in kind.every(archive, layout):
            slug = own.removeprefix(f"{kind.folder}/").removesuffix(".html")
            yield own, max(latest.values(), default=None) if own == kind.index else latest.get(slug)


def _dated_parts(archive: Archive, layout: Layout) -> Iterator[_Dated]:
    """All parts, each with the newest day of its pages. A day in two parts counts in both with all its papers."""
    number = _lists_number(archive, layout)
    newest: list[date | None] = [max(archive.days, default=None)]  # the home page's
    if number > MOST:
        pages = _lists(archive, layout)
        newest = [_newest(day for _, day in islice(pages, MOST)) for _ in range(0, number, MOST)]
    yield from zip(_parts(_LISTS, number), newest, strict=True)
    for month, days in _months(archive).items():
        found: dict[int, date] = {}
        at = 0
        for opening in days.values():
            last = at + opening.papers
            for piece in range(at // MOST, last // MOST + 1):
                found[piece] = max(found.get(piece, opening.latest), opening.latest)
            at = last + 1
        yield from zip(_parts(_stem(month), at), found.values(), strict=True)


def _newest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _part(archive: Archive, layout: Layout, address: str, pages: Iterable[_Dated]) -> Artifact:
    """A part with some pages, but for those that were withdrawn."""
    there = ((own, day) for own, day in pages if own not in archive.withdrawn)
    return _artifact(address, "urlset", "url", there, layout)


def _artifact(
    address: str, outer: str, inner: str, found: Iterable[tuple[str, date | None]], layout: Layout
) -> Artifact:
    lines = [f"<!-- {MARKER} -->", f'<{outer} xmlns="{_XMLNS}">']
    for own, day in found:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<{inner}><loc>{escape(layout.site_url + quote(own))}</loc>{changed}</{inner}>")
    return Artifact(address, "\n".join((*lines, f"</{outer}>", "")).encode(), in_docs=True)
