"""A file that the site has once, that says nothing of papers, and that gives way to a person's own."""

# ruff: noqa: ARG002 - all kinds have the same three functions

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.pages.layout import Layout


@dataclass(frozen=True, slots=True)
class Single:
    """A kind of file (`generator.exports.ArtifactKind`) of one `address`, one of `generator.artifact.GIVING_WAY`.

    What it says (`content`) hangs on the settings and the theme alone. `wanted` says whether a site has it.
    """

    address: str
    content: Callable[[Layout], bytes]
    wanted: Callable[[Layout], bool] = lambda _: True

    @property
    def OWNS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of other kinds
        """The first part of its address."""
        return (self.address.partition("/")[0],)

    def _is_there(self, layout: Layout) -> bool:
        return self.wanted(layout) and self.address not in layout.taken

    def every(self, archive: Archive, layout: Layout) -> Iterator[str]:
        """The one file, if the site has it and no person does."""
        if self._is_there(layout):
            yield self.address

    def touched(self, archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
        """It says nothing of papers."""
        return iter(())

    def make(self, archive: Archive, layout: Layout, address: str) -> Artifact | None:
        """The file; None if there is to be none, or at another address."""
        if address != self.address or not self._is_there(layout):
            return None
        return Artifact(address, self.content(layout))
