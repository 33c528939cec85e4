"""A file of the site that is not a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """`path` is relative to the site's root, with forward slashes; `content` is the whole file.

    A page needs a `script`, so it lies in ``docs/`` too, where MkDocs alone finds it.
    """

    path: str
    content: bytes
    script: bool = False
