"""A file of the site that is not a page."""

from __future__ import annotations

from dataclasses import dataclass

#: What a file of data for the search begins with.
DATA = "Broadsheet.data("


@dataclass(frozen=True, slots=True)
class Artifact:
    """`path` is relative to the site's root, with forward slashes; `content` is the whole file.

    One that pages or visitors need lies `in_docs` too, where MkDocs alone finds it: it must say in its first line that
    it was generated (`generator.pages.page.MARKER`), or be `DATA`.
    """

    path: str
    content: bytes
    in_docs: bool = False
