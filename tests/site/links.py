"""A link checker: every internal link of every page, fragments too."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass
class Links(HTMLParser):
    """What a page links to, which fragments it offers, and which attributes its elements have."""

    targets: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    resources: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect addresses and names; what a browser loads by itself counts as a resource."""
        values = {name: value or "" for name, value in attrs}
        self.attributes |= values.keys()
        self.ids |= {values[name] for name in ("id", "name") if name in values}
        loads = tag != "a" and not (
            tag == "link" and values.get("rel") in ("canonical", "prev", "next", "alternate", "search")
        )
        for name in ("href", "src", "action", "poster"):
            if name in values:
                self.targets.append(values[name])
                if loads:
                    self.resources.append(values[name])


def parse(file: Path) -> Links:
    """The links of one page."""
    links = Links()
    links.feed(file.read_text("utf-8"))
    links.close()
    return links


def check(site: Path) -> tuple[list[str], list[str], int]:
    """Links that lead nowhere, resources from another host, and how many links were followed."""
    pages = {file: parse(file) for file in site.rglob("*.html")}
    broken, foreign, followed = [], [], 0
    for file, links in pages.items():
        where = file.relative_to(site).as_posix()
        foreign += [f"{where}: {url}" for url in links.resources if urlsplit(url).netloc]
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or where == "404.html":
                continue
            followed += 1
            to = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            if not to.is_file() or (
                parts.fragment and to in pages and unquote(parts.fragment) not in pages[to].ids
            ):
                broken.append(f"{where}: {target}")
    return broken, foreign, followed
