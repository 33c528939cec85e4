"""Where the feeds are, for the pages that lead to them; `generator.exports.feeds` makes them."""

from __future__ import annotations

from generator.archive.queries import ListHead

#: The newest papers as Atom and as JSON Feed, and an item a day.
ATOM, JSON, DAYS = "feed.xml", "feed.json", "days.xml"
#: The folders of lists that have feeds.
FOLDERS = ("tags", "sources")


def has_feed(head: ListHead) -> bool:
    """Whether a list has a feed: a keyword of a source has none, for there are thousands."""
    return head.folder in FOLDERS and head.kind != "keyword"


def feed_address(head: ListHead) -> str:
    """The address of the feed of a list."""
    return f"{head.folder}/{head.slug}.xml"
