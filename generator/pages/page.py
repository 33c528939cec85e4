"""A page as a Markdown file with front matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.text.blocks import Block, html_of, markdown_of
from generator.text.front_matter import dump, known

#: The first line of every generated page: by it a build knows its own files from those that a person wrote.
MARKED = {"generator": "broadsheet"}
MARKER = "generator: broadsheet"


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is below ``docs/`` and ends in ``.md``; `meta` is the front matter (plain text, nothing escaped:
    templates escape; see `generator.text.front_matter`); `body` is what the page says.
    """

    path: str
    template: str
    title: str
    meta: Mapping[str, Any]
    body: Sequence[Block]

    @property
    def address(self) -> str:
        """Its address below the site's root."""
        return self.path.removesuffix(".md") + ".html"

    def front_matter(self) -> dict[str, Any]:
        """What the front matter of the file reads back as."""
        own = {"template": self.template, "title": self.title, "hide": ["navigation", "toc"]}
        return known({**MARKED, **own, **self.meta})

    def markdown(self) -> str:
        """What stands below the front matter."""
        return markdown_of(self.body)

    def html(self) -> str | None:
        """The HTML that the Markdown becomes, if that is known without parsing it."""
        return html_of(self.body)

    def content(self) -> bytes:
        """The file: front matter by the YAML dumper, then the body. The same page gives the same bytes."""
        return content(self.front_matter(), self.markdown())


def content(meta: dict[str, Any], markdown: str) -> bytes:
    """The file of a page with this front matter and this Markdown."""
    return f"---\n{dump(meta)}---\n\n{markdown}\n".encode()
