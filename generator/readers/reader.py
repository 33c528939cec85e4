"""What every reader is: a module with these five names."""

from __future__ import annotations

from typing import Protocol

from generator.model import Digest, Source
from generator.readers.raw import RawDigest


class Reader(Protocol):
    """One format of digests. Modules fulfil this; they stand in `generator.readers.READERS`."""

    @property
    def NAME(self) -> str:  # noqa: N802 - the modules' constants
        """The format's name for ``--format``."""

    @property
    def LABEL(self) -> str:  # noqa: N802
        """The format's name for people, with an article: it stands in messages."""

    @property
    def SOURCE(self) -> Source:  # noqa: N802
        """Who made a digest of this format if nothing else says it."""

    def accepts(self, raw: RawDigest) -> bool:
        """Whether the text is of this format: by its content alone, cheap, and without raising anything."""

    def read(self, raw: RawDigest) -> Digest:
        """Read the text. Raises DigestError, and nothing else, if it cannot be used as a whole."""
