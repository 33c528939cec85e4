"""A day as Markdown: the shape that a person writes by hand and `generator.readers.markdown` reads back, unchanged.

A day has abstracts only if the site wants them there (`Layout.day_abstracts`): they are three quarters of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.exports.listing import day_at, links_to_tell, list_day, without_abstract
from generator.model import Link, PartialDate, Record, Source
from generator.pages.layout import Layout
from generator.readers.fields import identifier_links
from generator.readers.markdown_paper import FIELDS, LINKS, NO_LINKS
from generator.readers.raw import source_slug
from generator.text.front_matter import front_matter
from generator.text.inline import join_values
from generator.text.markdown import escape_markdown

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("digests",)

_FORM = "digests/{}.md"
_AMBIGUOUS = re.compile(r"[;,]|&(?=#?\w+;)")
_KEYS = {label: key for key, label in LINKS.items()}
_HEADING = re.compile(r"^( {0,3})(#{1,2})(?=[ \t]|$)", re.MULTILINE)


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """``digests/YYYY-MM-DD.md`` for every day that lists a paper."""
    yield from (_FORM.format(day) for day, papers in archive.days.items() if papers)


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The days that changed."""
    yield from (_FORM.format(day_of(day)) for day in sorted(changes.days))


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """All papers listed on a day, by source, each as good as it is known."""
    day = day_at(address, ".md")
    listing = list_day(archive, day) if day else None
    if listing is None:
        return None
    records = listing.records if layout.day_abstracts else map(without_abstract, listing.records)
    text = write_digest(
        listing.day,
        records,
        source=listing.source,
        title=listing.title,
        introduction=listing.introduction,
    )
    return Artifact(address, text.encode())


def write_digest(
    day: date,
    records: Iterable[Record],
    *,
    source: Source | None = None,
    title: str = "",
    introduction: str = "",
) -> str:
    """Write a digest of `day`, listed by `source` where a record does not say another.

    The Markdown reader gives equal records back (but for `where`), title and introduction. A line of the
    introduction that would be a heading of a source or a paper is escaped.
    """
    found = blocks(day, records, source=source, title=title, introduction=introduction)
    return "\n\n".join(found) + "\n"


def blocks(
    day: date,
    records: Iterable[Record],
    *,
    source: Source | None = None,
    title: str = "",
    introduction: str = "",
) -> Iterator[str]:
    """What `write_digest` writes, without the empty lines between: the opening, then a source or paper at a time."""
    meta = {"date": day, "source": _source_meta(source), "title": title}
    yield f"---\n{front_matter(meta)}---"
    if said := _HEADING.sub(r"\1\\\2", introduction.strip("\n")):
        yield said
    own = True
    for listed, group in groupby(records, key=lambda record: record.source):
        if listed is not None or not own:
            yield _source_heading(listed)
        own = listed is None
        yield from map(_paper, group)


def _source_meta(source: Source | None) -> str | Mapping[str, str] | None:
    """A name, if the slug follows from it, else everything."""
    if source is None or (source.url is None and source.slug == source_slug(source.name)):
        return source.name if source else None
    meta = {"name": source.name, "slug": source.slug}
    return {**meta, "url": source.url} if source.url else meta


def _source_heading(source: Source | None) -> str:
    """A level-1 heading; an empty one for the digest's own source."""
    if source is None:
        return "#"
    name = escape_markdown(source.name)
    linked = f"[{name}]({_in_brackets(source.url)})" if source.url else name
    return f"# {linked}" if source.slug == source_slug(source.name) else f"# {linked} {{ #{source.slug} }}"


def _paper(record: Record) -> str:
    title = escape_markdown(record.title)
    place, links = _links(record)
    if place:
        title = f"[{title}]({_in_brackets(place.url)})"
    blocks = (f"## {title}", "\n".join([*_fields(record), *links]), *_abstract(record))
    return "\n\n".join(filter(None, blocks))


def _abstract(record: Record) -> Iterator[str]:
    for paragraph in record.text.split("\n\n"):
        yield escape_markdown(paragraph)


def _fields(record: Record) -> Iterator[str]:
    for key, kind in FIELDS.items():
        value = getattr(record, kind.attribute)
        if value not in (None, "", ()):
            yield f"- {key}: {_value(key, value, record)}"


def _value(key: str, value: object, record: Record) -> str:
    if key == "restored":
        return "yes"
    if isinstance(value, PartialDate | date):
        return str(value)
    if isinstance(value, tuple):
        return join_values(value)
    if key == "arxiv" and record.arxiv_version:
        return f"{value}v{record.arxiv_version}"
    return escape_markdown(str(value))


def _links(record: Record) -> tuple[Link | None, list[str]]:
    """Where the title leads, and as fields the links that do not follow from the rest; all of them, where that would
    not give them back.
    """
    first = [link for link in record.links[:1] if link in identifier_links(record.arxiv_id, record.doi)]
    place = first[0] if first and first[0].label in {"arXiv", "DOI"} else None
    told = links_to_tell(record, abstract=record.text)
    if told is None:
        return place, ["- links: " + ("; ".join(map(_link, record.links)) or NO_LINKS)]
    # A title that leads to Hugging Face gives the link, and the identifier as well.
    return told.page or place, [*_link_fields(told.others)]


def _link_fields(given: Iterable[Link]) -> Iterator[str]:
    keys = dict(_KEYS)
    for link in given:
        if key := keys.pop(link.label, None):  # a key is read once
            yield f"- {key}: {_target(link.url)}"
        else:
            yield f"- link: {_link(link)}"


def _link(link: Link) -> str:
    """A link as one value of a list: separators inside it are escaped."""
    label = "".join(f"\\{part}" if part in {";", ","} else escape_markdown(part) for part in _cut(link.label))
    return f"[{label}]({_in_brackets(link.url)})"


def _cut(text: str) -> list[str]:
    return re.split(r"([;,])", text)


def _in_brackets(url: str) -> str:
    target = _target(url)
    return f"<{target}>" if "(" in target or ")" in target else target


def _target(url: str) -> str:
    """A safe address in Markdown: what would read as a separator or a character reference is one itself."""
    return _AMBIGUOUS.sub(lambda match: f"&#{ord(match[0])};", url)
