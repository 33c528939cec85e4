"""One paper in a list: title, byline, the first sentences, its tags. The same on every list."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Appearance, Paper
from generator.pages.layout import count, link, short_date, web_link
from generator.text.markdown import escape_markdown

#: Names in a byline before "and 7 others".
_NAMES = 3
#: Characters of the abstract in a list.
_TEASER = 280
#: A page of more papers shows no abstracts: it would be too long to read and too heavy to load.
COMPACT_FROM = 100


def entries(
    papers: Iterable[tuple[Paper, Appearance]], page: str, *, dated: bool = True, compact: bool = False
) -> str:
    """The Markdown of a list of papers, each with the appearance that it is listed for.

    `page` is the file that the list stands in, `dated` adds the day to each byline.
    """
    return "\n\n".join(
        _entry(paper, listing, page, dated=dated, compact=compact) for paper, listing in papers
    )


def _entry(paper: Paper, listing: Appearance, page: str, *, dated: bool, compact: bool) -> str:
    parts = [f"### {link(paper.title, f'papers/{paper.key}.md', page)} {{ #{paper.key} }}"]
    if byline := _byline(paper, listing, page, dated=dated):
        parts.append(f"{byline}\n{{ .byline }}")
    if not compact and paper.abstract:
        parts.append(escape_markdown(teaser(paper.abstract, _TEASER)))
    tags = [link(tag.name, f"tags/{tag.slug}.md", page) for tag in paper.tags]
    if tags:
        parts.append(f"{' '.join(tags)}\n{{ .tags }}")
    return "\n\n".join(parts)


def _byline(paper: Paper, listing: Appearance, page: str, *, dated: bool) -> str:
    """Day, authors, what readers of the source thought, the code: what of it is known."""
    facts = [link(short_date(listing.day), f"digests/{listing.day}.md", page)] if dated else []
    if paper.authors:
        facts.append(escape_markdown(names(paper.authors)))
    if listing.record.upvotes:
        facts.append(count(listing.record.upvotes, "upvote"))
    facts += [web_link(item.label, item.url) for item in paper.links if item.label == "Code"][:1]
    return " · ".join(facts)


def names(authors: tuple[str, ...]) -> str:
    """Ada Lovelace, Charles Babbage and 3 others."""
    if len(authors) <= _NAMES + 1:
        return ", ".join(authors)
    return f"{', '.join(authors[:_NAMES])} and {len(authors) - _NAMES} others"


def teaser(text: str, most: int) -> str:
    """The first `most` characters of a text, cut between words and marked as cut; one line."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", maxsplit=1)[0]
    return cut.rstrip(" ,;:.–—-") + "…"
