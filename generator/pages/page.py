"""A page as a Markdown file with front matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.text.front_matter import front_matter

#: The first line of every generated page: by it a build knows its own files from those that a person wrote.
MARKER = "generator: broadsheet"


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is below ``docs/`` and ends in ``.md``; `meta` is the front matter (plain text, nothing escaped:
    templates escape; see `generator.text.front_matter`); `body` is Markdown.
    """

    path: str
    template: str
    title: str
    meta: Mapping[str, Any]
    body: str

    @property
    def address(self) -> str:
        """Its address below the site's root."""
        return self.path.removesuffix(".md") + ".html"

    def content(self) -> bytes:
        """The file: front matter by the YAML dumper, then the body. The same page gives the same bytes."""
        meta = {"template": self.template, "title": self.title, "hide": ["navigation", "toc"], **self.meta}
        return f"---\n{MARKER}\n{front_matter(meta)}---\n\n{self.body.strip()}\n".encode()
