"""A day as JSON, for programs: the shape that `generator.readers.broadsheet_json` reads back, unchanged.

One paper a line, nothing that is empty, no link that follows from an identifier: a day is small, a change of one paper
is a change of one line, and a program can read line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from generator.archive.changes import Changes
from generator.archive.lists import day_of
from generator.archive.queries import Archive
from generator.artifact import Artifact
from generator.exports.listing import day_at, links_to_tell, list_day, without_abstract
from generator.model import Link, PartialDate, Record, Source
from generator.pages.layout import Layout
from generator.readers.broadsheet_json import ALL_LINKS, FIELDS, HUGGINGFACE, LINKS, SIGN, VERSION

#: The folders and files of its addresses.
OWNS: tuple[str, ...] = ("digests",)

_FORM = "digests/{}.json"


def every(archive: Archive, layout: Layout) -> Iterator[str]:
    """``digests/YYYY-MM-DD.json`` for every day that lists a paper."""
    yield from (_FORM.format(day) for day, papers in archive.days.items() if papers)


def touched(archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
    """The days that changed."""
    yield from (_FORM.format(day_of(day)) for day in sorted(changes.days))


def make(archive: Archive, layout: Layout, address: str) -> Artifact | None:
    """All papers listed on a day, by source, each as good as it is known, without abstracts."""
    day = day_at(address, ".json")
    listing = list_day(archive, day) if day else None
    if listing is None:
        return None
    # Abstracts would be two thirds of it.
    text = write_day(
        listing.day,
        [*map(without_abstract, listing.records)],
        keys=listing.keys,
        source=listing.source,
        title=listing.title,
        introduction=listing.introduction,
    )
    return Artifact(address, text.encode())


def write_day(
    day: date,
    records: Sequence[Record],
    *,
    keys: Sequence[str] = (),
    source: Source | None = None,
    title: str = "",
    introduction: str = "",
) -> str:
    """Write a digest of `day`, listed by `source` where a record does not say another. `keys` are the papers' own.

    The reader gives equal records back (but for `where`), title and introduction. Sources have their own slugs.
    """
    listed = dict.fromkeys((source, *(record.source for record in records)))
    head = write_head(day, filter(None, listed), source=source, title=title, introduction=introduction)
    named = zip(records, keys or [""] * len(records), strict=True)
    papers = ",\n".join(write_paper(record, key) for record, key in named)
    return f"{head}\n{papers}\n]}}\n"


def write_head(
    day: date, sources: Iterable[Source], *, source: Source | None, title: str = "", introduction: str = ""
) -> str:
    """What stands before the papers, up to the bracket that begins them. `sources` are all that records may say."""
    named = [{"slug": s.slug, "name": s.name} | ({"url": s.url} if s.url else {}) for s in sources]
    head = {SIGN: VERSION, "day": str(day)} | ({"source": source.slug} if source else {})
    head |= {"sources": named} if named else {}
    head |= {name: text for name, text in (("title", title), ("introduction", introduction)) if text}
    return f'{_line(head)[:-1]},"papers":['


def write_paper(record: Record, key: str) -> str:
    """A paper as a line, without its end."""
    return _line(_paper(record, key))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _paper(record: Record, key: str) -> dict[str, object]:
    paper: dict[str, object] = {"key": key} if key else {}
    for name, (attribute, *_) in FIELDS.items():
        value = getattr(record, attribute)
        if value not in (None, "", ()):
            paper[name] = _value(name, value, record)
    return paper | _links(record)


def _value(name: str, value: object, record: Record) -> object:
    if name == "restored":
        return True
    if name == "abstract":
        return record.text
    if isinstance(value, Source):
        return value.slug
    if isinstance(value, PartialDate | date):
        return str(value)
    if name == "arxiv" and record.arxiv_version:
        return f"{value}v{record.arxiv_version}"
    return value


def _links(record: Record) -> dict[str, object]:
    """The links that do not follow from identifiers; all of them, where that would not give them back."""
    told = links_to_tell(record)
    if told is None:
        return {ALL_LINKS: [*map(_link, record.links)]}
    page: dict[str, object] = {HUGGINGFACE: True} if told.page else {}
    return page | ({LINKS: [*map(_link, told.others)]} if told.others else {})


def _link(link: Link) -> dict[str, str]:
    return {"label": link.label, "url": link.url}
