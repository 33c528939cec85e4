"""What tells programs where things are: ``llms.txt`` for agents, ``opensearch.xml`` for the address bars of browsers.

Rules: <https://llmstxt.org/> and OpenSearch 1.1 (<https://github.com/dewitt/opensearch>), which wants absolute
addresses: without ``site_url`` there is no ``opensearch.xml``, and ``llms.txt`` has addresses that lead from itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.archive.changes import Changes
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.exports import interface
from generator.pages import feeds
from generator.pages.layout import Layout, count
from generator.pages.page import MARKER
from generator.text.markdown import escape_markdown

LLMS, OPENSEARCH = "llms.txt", "opensearch.xml"
#: The folders and files of its addresses.
OWNS: tuple[str, ...] = (LLMS, OPENSEARCH)

#: Characters of a name that address bars show.
_SHORT_NAME = 16


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """``llms.txt``, and ``opensearch.xml`` where it can be."""
    yield LLMS
    if layout.site_url:
        yield OPENSEARCH


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """What counts papers."""
    yield LLMS


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """One of the two."""
    text = _llms(archive, layout) if address == LLMS else _opensearch(layout)
    return Artifact(address, text.encode(), in_docs=True)


def _llms(archive: Archive, layout: Layout) -> str:
    root, papers = layout.site_url, count(archive.totals.papers, "paper")
    ways = [
        ("All days", interface.DAYS, "every day that has a digest, with the address of its papers as JSON"),
        (
            "All tags",
            interface.TAGS,
            "every topic, label and category, with the address of its page and feed",
        ),
        ("New papers", feeds.ATOM, "Atom, with whole abstracts"),
        ("New days", feeds.DAYS, "Atom, an item a day"),
    ]
    days = [day for day, number in archive.days.items() if number]
    if days:
        ways.append(
            (
                "The latest day",
                f"digests/{days[-1]}.md",
                f"Markdown, {'with' if layout.day_abstracts else 'without'} abstracts",
            )
        )
    return "\n".join(
        (
            f"# {escape_markdown(layout.site_name)} <!-- {MARKER} -->",
            "",
            f"> Digests of research papers, by day: {papers} from {count(len(days), 'day')}.",
            "",
            "A paper is at papers/KEY.html, where KEY is its arXiv id, else its DOI or title as a slug.",
            "A day is at digests/YYYY-MM-DD with .html, .md, .json, .bib or .ris.",
            "",
            "## Where things are",
            "",
            *(f"- [{name}]({root}{address}): {what}" for name, address, what in ways),
            "",
        )
    )


def _opensearch(layout: Layout) -> str:
    name, root = layout.site_name, layout.site_url
    return "\n".join(
        (
            f'<?xml version="1.0" encoding="utf-8"?><!-- {MARKER} -->',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            f"<ShortName>{escape(name[:_SHORT_NAME])}</ShortName>"
            f"<Description>{escape(f'Papers of {name}')}</Description>",
            f'<Url type="text/html" template="{escape(f"{root}search.html?q={{searchTerms}}")}"/>',
            f"<InputEncoding>UTF-8</InputEncoding><Image>{escape(f'{root}assets/images/favicon.svg')}</Image>",
            "</OpenSearchDescription>",
            "",
        )
    )
