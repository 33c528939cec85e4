"""Pages and files out of the archive: which there are, which a change touches, and making one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import GIVING_WAY
from generator.exports import ARTIFACT_KINDS, sitemap
from generator.outputs import FILE, LEAD, PAGE, SHARED
from generator.pages import PAGE_KINDS
from generator.pages.layout import Layout
from generator.pages.moved import forward_page, retired_page
from generator.pages.page import Page, content
from generator.renderer import Ready

_KINDS: Mapping[str, tuple[Any, ...]] = {PAGE: PAGE_KINDS, FILE: ARTIFACT_KINDS}
#: Who makes what lies in a folder: several may share one, each with a form of addresses of its own.
_OWNERS: dict[tuple[bool, str], list[Any]] = {}
for _name, _kinds in _KINDS.items():
    for _kind in _kinds:
        for _part in _kind.OWNS:
            _OWNERS.setdefault((_name == PAGE, _part), []).append(_kind)


@dataclass(frozen=True, slots=True)
class Thing:
    """What was made for an address: its kind, its file in ``docs/`` if it has one, and what the site gets: a page that
    is `ready` for its template, or `content`.
    """

    address: str
    kind: str
    source: bytes | None
    content: bytes | None
    ready: Ready | None


def kind_of(address: str) -> str:
    """Whether an address is that of a page or of a file."""
    if address.endswith(".html"):
        return PAGE
    return SHARED if address.endswith((".js", ".xml", ".txt")) and address not in GIVING_WAY else FILE


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """The addresses of all that the archive makes, but for pages that lead elsewhere."""
    for kinds in _KINDS.values():
        for kind in kinds:
            yield from kind.every(archive, layout)


def touched(archive: Archive, layout: Layout, changes: Changes) -> dict[str, None]:
    """The addresses of all that `changes` may have changed, brought or removed, each once, in order."""
    found: dict[str, None] = {}
    for kinds in _KINDS.values():
        for kind in kinds:
            found.update(dict.fromkeys(kind.touched(archive, layout, changes)))
    return found


def touched_by_hand(archive: Archive, layout: Layout) -> Iterator[str]:
    """The addresses of what tells of hand-written pages, or gives way to hand-written files."""
    yield from sitemap.touched_by_hand(archive, layout)
    yield from GIVING_WAY


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes what is asked for. `leads` maps addresses without a page of their own to where they lead, "" if they were
    withdrawn.
    """

    archive: Archive
    layout: Layout
    leads: Mapping[str, str]

    def make(self, address: str) -> Thing | None:
        """What belongs at an address; None if nothing does any more."""
        if (target := self.leads.get(address)) is not None:
            return _page(forward_page(address, target) if target else retired_page(address), LEAD)
        owners = _OWNERS.get((kind_of(address) == PAGE, address.partition("/")[0]), ())
        makers = (owner.make(self.archive, self.layout, address) for owner in owners)
        made = next((made for made in makers if made is not None), None)
        if made is None:
            return None
        if isinstance(made, Page):
            return _page(made, PAGE)
        if made.in_docs:
            return Thing(address, SHARED, made.content, made.content, None)
        return Thing(address, FILE, None, made.content, None)


def _page(page: Page, kind: str) -> Thing:
    meta, markdown = page.front_matter(), page.markdown()
    ready = Ready(page.path, meta, markdown, page.html())
    return Thing(page.address, kind, content(meta, markdown), None, ready)
