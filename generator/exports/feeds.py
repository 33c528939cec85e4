"""Feeds: ``feed.xml`` and ``feed.json`` with the newest papers, ``days.xml`` with an item a day, one a tag and source.

Rules: Atom (RFC 4287) and JSON Feed 1.1 (<https://www.jsonfeed.org/version/1.1/>). An item is named by the paper's key
or the day, not by its address, so that it stays the same item when the site moves. There is no clock: an item is of the
day on which its list has it. Without ``site_url`` the addresses in Atom lead from the feed's own, which readers follow;
JSON Feed knows no such addresses, so then there is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from uuid import NAMESPACE_URL, uuid5

from generator.archive.changes import Changes
from generator.archive.queries import Archive, ListHead
from generator.artifact import Artifact
from generator.exports.listing import papers_listed
from generator.model import Paper
from generator.pages.entries import names
from generator.pages.feeds import ATOM, DAYS, FOLDERS, JSON, feed_address, has_feed
from generator.pages.layout import Layout, count, long_date
from generator.pages.page import MARKER
from generator.text.blocks import html_of
from generator.text.prose import Prose

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = (ATOM, DAYS, JSON, *FOLDERS)

#: A feed has all papers of its last day, and at least so many: of the site, of a tag or source; and so many days.
_SITE, _LIST, _DAYS = 30, 10, 10
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class _Item:
    """`name` says what it is, for ever; `address` is its page below the site's root; `html` all that it says."""

    name: str
    address: str
    title: str
    day: date
    html: str
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Feed:
    """`page` is the page that shows the same, `name` says which feed it is."""

    address: str
    name: str
    title: str
    page: str
    items: tuple[_Item, ...]


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The feeds of the site, then those of tags and sources."""
    yield from _of_the_site(layout)
    yield from (feed_address(head) for folder in FOLDERS for head in archive.lists(folder) if has_feed(head))


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The feeds of the site, and of the lists that changed."""
    yield from _of_the_site(layout)
    for folder in FOLDERS:
        for change in changes.of(folder):
            heads = [head for head in (change.before, change.after) if head]
            yield from dict.fromkeys(feed_address(head) for head in heads if has_feed(head))


def _of_the_site(layout: Layout) -> Iterator[str]:
    yield ATOM
    yield DAYS
    if layout.site_url:
        yield JSON


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """The feed at an address."""
    if address == JSON:
        return Artifact(address, _json(_newest(archive, layout, address), layout).encode())
    if address == ATOM:
        feed = _newest(archive, layout, address)
    elif address == DAYS:
        feed = _days(archive, layout)
    else:
        folder, slug = address.removesuffix(".xml").split("/")
        head = archive.list_of(folder, slug)
        if head is None or not has_feed(head):
            return None
        feed = _of_list(archive, layout, head)
    return Artifact(address, _atom(feed, layout).encode(), in_docs=True)


def _newest(archive: Archive, layout: Layout, address: str) -> _Feed:
    papers = archive.newest_of("", "", _SITE)
    return _Feed(address, "papers", layout.site_name, "index.html", tuple(_paper(*one) for one in papers))


def _of_list(archive: Archive, layout: Layout, head: ListHead) -> _Feed:
    papers = archive.newest_of(head.folder, head.slug, _LIST)
    page = f"{head.folder}/{head.slug}.html"
    title = f"{head.name} - {layout.site_name}"
    return _Feed(
        feed_address(head), f"{head.folder}/{head.slug}", title, page, tuple(_paper(*one) for one in papers)
    )


def _days(archive: Archive, layout: Layout) -> _Feed:
    days = [day for day, papers in archive.days.items() if papers][-_DAYS:]
    items = tuple(_day(archive, day) for day in reversed(days))
    return _Feed(DAYS, "days", f"{layout.site_name}, day by day", "archive/index.html", items)


def _paper(paper: Paper, day: date) -> _Item:
    facts = [escape(names(paper.authors))] if paper.authors else []
    facts += [f"published {paper.published}"] if paper.published else []
    facts += [f'<a href="{escape(link.url)}">{escape(link.label)}</a>' for link in paper.links]
    summary = f"<p><strong>{escape(Prose(paper.summary).as_plain)}</strong></p>" if paper.summary else ""
    html = f"<p>{' · '.join(facts)}</p>" if facts else ""
    return _Item(
        name=f"papers/{paper.key}",
        address=paper.address,
        title=paper.plain_title,
        day=day,
        html=f"{html}{summary}{html_of(paper.prose.as_blocks) or ''}",
        authors=paper.authors,
        tags=tuple(dict.fromkeys(tag.name for tag in paper.tags)),
    )


def _day(archive: Archive, day: date) -> _Item:
    papers = papers_listed(archive, day)
    rows = (
        f"<li>{escape(paper.plain_title)}{f'<br>{escape(names(paper.authors))}' if paper.authors else ''}</li>"
        for paper in papers
    )
    title = f"{long_date(day)}: {count(len(papers), 'paper')}"
    return _Item(f"digests/{day}", f"digests/{day}.html", title, day, f"<ul>{''.join(rows)}</ul>")


def _id(name: str) -> str:
    """What names a feed or an item for ever, wherever the site is."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'broadsheet:{name}')}"


def _instant(day: date) -> str:
    return f"{day}T00:00:00Z"


def _atom(feed: _Feed, layout: Layout) -> str:
    up = "../" * feed.address.count("/")
    root = layout.site_url or up
    updated = max((item.day for item in feed.items), default=date(1970, 1, 1))
    own = f'<link rel="self" href="{escape(root + feed.address)}"/>' if layout.site_url else ""
    return "\n".join(
        (
            f'<?xml version="1.0" encoding="utf-8"?><!-- {MARKER} -->',
            f'<?xml-stylesheet href="{up}assets/css/feed.css" type="text/css"?>',
            f'<feed xmlns="{_ATOM}">',
            f"<id>{_id(feed.name)}</id><title>{escape(feed.title)}</title><updated>{_instant(updated)}</updated>",
            f'<link href="{escape(root + feed.page)}"/>{own}<author><name>{escape(layout.site_name)}</name></author>',
            *(_entry(item, root) for item in feed.items),
            "</feed>\n",
        )
    )


def _entry(item: _Item, root: str) -> str:
    people = "".join(f"<author><name>{escape(name)}</name></author>" for name in item.authors)
    tags = "".join(f'<category term="{escape(name)}"/>' for name in item.tags)
    return (
        f"<entry><id>{_id(item.name)}</id><title>{escape(item.title)}</title>"
        f'<link href="{escape(root + item.address)}"/><updated>{_instant(item.day)}</updated>{people}{tags}'
        f'<content type="html">{escape(item.html, quote=False)}</content></entry>'
    )


def _json(feed: _Feed, layout: Layout) -> str:
    root = layout.site_url
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": root + feed.page,
        "feed_url": root + feed.address,
        "items": [*_json_items(feed.items, root)],
    }
    return json.dumps(head, ensure_ascii=False, indent=1) + "\n"


def _json_items(items: Iterable[_Item], root: str) -> Iterator[dict[str, object]]:
    for item in items:
        shown = {
            "id": _id(item.name),
            "url": root + item.address,
            "title": item.title,
            "content_html": item.html,
            "date_published": _instant(item.day),
            "authors": [{"name": name} for name in item.authors],
            "tags": [*item.tags],
        }
        yield {name: value for name, value in shown.items() if value}
