"""``robots.txt``, for crawlers: they may read everything, and this is where the map is.

Rules: RFC 9309. Crawlers ask for it at the top of a host alone. A person's own stands instead
(`generator.artifact.GIVING_WAY`).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.exports import sitemap
from generator.pages.layout import Layout

ADDRESS = "robots.txt"
#: The folders and files of its addresses.
OWNS: tuple[str, ...] = (ADDRESS,)


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The one file, unless a person has one."""
    if ADDRESS not in layout.taken:
        yield ADDRESS


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """It says nothing of papers."""
    return iter(())


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """The file; None if a person has one."""
    if ADDRESS in layout.taken:
        return None
    lines = ["User-agent: *", "Allow: /"]
    if layout.site_url:
        root = "".join(layout.site_url.split())  # a line is a rule
        lines += ["", f"Sitemap: {root}{sitemap.INDEX}"]
    return Artifact(address, "\n".join((*lines, "")).encode())
