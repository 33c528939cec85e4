"""Files of the site for machines. `ARTIFACT_KINDS` is the table of formats; a new one is a module and a line in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.exports import (
    card,
    day_citations,
    day_json,
    feeds,
    interface,
    markdown,
    robots,
    sitemap,
    webmanifest,
    welcome,
)
from generator.pages.layout import Layout
from generator.search import files as search


class ArtifactKind(Protocol):
    """What every module of the table is: as a kind of page (`generator.pages.PageKind`)."""

    @property
    def OWNS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of modules
        """The folders and files of its addresses."""

    def every(self, archive: Archive, layout: Layout) -> Iterator[str]:
        """The addresses of all its files."""

    def touched(self, archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
        """The addresses of all files that may have changed, come or gone."""

    def make(self, archive: Archive, layout: Layout, address: str) -> Artifact | None:
        """The file at an address; None if there is none any more, or if it is not one of its own."""


ARTIFACT_KINDS: tuple[ArtifactKind, ...] = (
    markdown,
    day_json,
    day_citations,
    feeds,
    interface,
    welcome,
    search,
    sitemap,
    robots.KIND,
    webmanifest.KIND,
    card.KIND,
)
