"""A file of the site that is not a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """`path` is relative to the site's root, with forward slashes; `content` is the whole file."""

    path: str
    content: bytes
