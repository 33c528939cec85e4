"""Files of the site for machines. `EXPORTS` is the table of formats; a new one is a module and a line in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from generator.exports import markdown
from generator.exports.artifact import Artifact
from generator.model import Library


class Export(Protocol):
    """What every module of the table is."""

    def export(self, library: Library) -> Iterator[Artifact]:
        """The files that the archive has in this format."""


EXPORTS: tuple[Export, ...] = (markdown,)
