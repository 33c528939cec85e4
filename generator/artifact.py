"""A file of the site that is not a page."""

from __future__ import annotations

from dataclasses import dataclass

#: What a file of data for the search begins with: the mark of UTF-16, and a call.
DATA = '\ufeffbs("'.encode("utf-16-le")
#: And what it began with in earlier versions, whose files a build may find.
_FORMER_DATA = b"Broadsheet.data("

#: Files under names of long use that a person may rather write: theirs stands, and the build leaves out its own. These
#: lie in the site alone, never in ``docs/``: what is there under such a name is a person's, and no list of what git
#: ignores hides it.
GIVING_WAY: tuple[str, ...] = ("robots.txt", "manifest.webmanifest", "assets/images/card.png")


def is_data(start: bytes) -> bool:
    """Whether a file that begins so is one of data for the search."""
    return start.startswith((DATA, _FORMER_DATA))


@dataclass(frozen=True, slots=True)
class Artifact:
    """`path` is relative to the site's root, with forward slashes; `content` is the whole file.

    One that pages or visitors need lies `in_docs` too, where MkDocs alone finds it: it must say in its first line that
    it was generated (`generator.pages.page.MARKER`), or be `DATA`.
    """

    path: str
    content: bytes
    in_docs: bool = False
