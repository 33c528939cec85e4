"""``assets/images/card.png``: what others show where somebody links to the site, for the site as a whole.

Pages name it (``og:image``), by an address that must be whole: without ``site_url`` there is none. It hangs on the
settings and the theme alone, so a new day does not draw it anew. A person's own stands instead
(`generator.artifact.GIVING_WAY`).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.pages.layout import Layout

ADDRESS = "assets/images/card.png"
#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("assets",)


def _is_wanted(layout: Layout) -> bool:
    return layout.card and bool(layout.site_url) and ADDRESS not in layout.taken


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The one file, if there is to be one."""
    if _is_wanted(layout):
        yield ADDRESS


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """It says nothing of papers."""
    return iter(())


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """The image; None if the site wants none, or a person has one."""
    if address != ADDRESS or not _is_wanted(layout):
        return None
    from generator.exports.drawing import draw  # few builds need it, and it is slow to load

    place = layout.site_url.partition("://")[2].rstrip("/")
    return Artifact(address, draw(layout.site_name, layout.description, place, layout.look))
