"""A day as a letter: the same papers as on the day's page, in its order, as plain text and as HTML for mail clients.

Mail clients run no script and load no style sheet, and few show MathML: formulas are lines of signs, styles stand in
the elements. Colours are left to the client, so that its dark mode is right. Gmail hides what comes after some
102 kB of HTML behind a link (<https://github.com/hteumeuleu/email-bugs/issues/41>): abstracts are cut evenly, and at
last the number of papers, to stay below.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape

import markdown

from generator.archive.queries import Archive
from generator.model import Digest, Paper
from generator.pages.day import listed_on
from generator.pages.entries import names, teaser
from generator.pages.layout import Layout, count, long_date, short_date
from generator.text.markdown import safe_markdown
from generator.text.prose import Prose

#: Bytes of HTML that a letter has at most; the way to leave the list is added to it.
MOST = 95_000
#: Characters of each abstract, from the whole to none: the first that makes the letter small enough is taken.
LENGTHS = (None, 1_000, 600, 400, 250, 120, 0)

_WIDTH = 72
_PREVIEW = 140
_MUTED = "opacity:.75"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in a letter. `abstract` is plain text, its paragraphs separated by empty lines; it may be cut."""

    title: str
    url: str
    facts: str
    summary: str
    abstract: str


@dataclass(frozen=True, slots=True)
class Section:
    """What one source lists: its name, the curator's own words (Markdown, as it was written), its papers."""

    name: str
    introduction: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A day as a letter. `url` is the day's page, `home` the site; `papers` how many the day has, `shown` how many of
    them are in the letter; `cut` says that abstracts are.
    """

    day: date
    site: str
    language: str
    home: str
    url: str
    papers: int
    sections: tuple[Section, ...]
    cut: bool = False

    @property
    def shown(self) -> int:
        """How many papers are in the letter."""
        return sum(len(section.entries) for section in self.sections)

    @property
    def subject(self) -> str:
        """What the list of letters shows of it."""
        return f"{self.site}: {count(self.papers, 'paper')}, {short_date(self.day)}"

    @property
    def preview(self) -> str:
        """The line that clients show beside the subject: the first titles."""
        titles = (entry.title for section in self.sections for entry in section.entries)
        return teaser("; ".join(titles), _PREVIEW)


def edition_of(archive: Archive, layout: Layout, day: date, *, language: str = "en") -> Edition | None:
    """The letter of a day; None if the day has no papers. The site must have an address (`Layout.site_url`)."""
    listed = listed_on(archive, day)
    if not listed:
        return None
    digests = archive.digests_of(day)
    seen = set[str]()
    chosen: list[tuple[str, str, list[Paper]]] = []
    for source, listings in listed.items():
        fresh = [paper for paper, _ in listings if paper.key not in seen]
        seen.update(paper.key for paper in fresh)
        if fresh:
            own = (digest for digest in digests if digest.source == source)
            chosen.append((source.name, _opening(own), fresh))
    whole = Edition(
        day=day,
        site=layout.site_name,
        language=language,
        home=layout.site_url,
        url=f"{layout.site_url}digests/{day}.html",
        papers=len(seen),
        sections=(),
    )
    return _fitted(whole, chosen, layout.site_url)


def _opening(digests: Iterable[Digest]) -> str:
    """What the curators say before their papers, each once."""
    parts = [part for digest in digests for part in (digest.title, digest.introduction) if part]
    return "\n\n".join(dict.fromkeys(parts))


def _fitted(whole: Edition, chosen: Sequence[tuple[str, str, list[Paper]]], root: str) -> Edition:
    """The edition with as much of the abstracts, and then as many papers, as a client shows."""
    edition = whole
    for length in LENGTHS:
        sections = tuple(
            Section(name, opening, tuple(_entry(paper, root, length) for paper in papers))
            for name, opening, papers in chosen
        )
        edition = replace(whole, sections=sections, cut=length is not None)
        if len(html_of(edition).encode()) <= MOST:
            return edition
    low, high = 0, whole.papers  # so many papers fit, so many do not
    while high - low > 1:
        middle = (low + high) // 2
        if len(html_of(_first(edition, middle)).encode()) <= MOST:
            low = middle
        else:
            high = middle
    return _first(edition, low)


def _first(edition: Edition, most: int) -> Edition:
    sections: list[Section] = []
    for section in edition.sections:
        if most > 0:
            sections.append(replace(section, entries=section.entries[:most]))
        most -= len(section.entries)
    return replace(edition, sections=tuple(sections))


def _entry(paper: Paper, root: str, length: int | None) -> Entry:
    facts = [names(paper.authors)] if paper.authors else []
    facts += [str(paper.published)] if paper.published else []
    abstract = paper.prose.as_plain
    return Entry(
        title=paper.plain_title,
        url=root + paper.address,
        facts=" · ".join(facts),
        summary=Prose(paper.summary).as_plain,
        abstract=abstract if length is None else teaser(abstract, length) if length else "",
    )


# Plain text


def text_of(edition: Edition, leave: str = "") -> str:
    """The letter as plain text that needs no other part; `leave` is the address to leave the list by."""
    blocks = [
        f"{edition.site}\n{long_date(edition.day)}: {count(edition.papers, 'paper')}",
        edition.url,
        *_text_sections(edition),
        *_rest(edition),
        "\n".join(
            ("-" * _WIDTH, f"{edition.site}: {edition.home}", *([f"Unsubscribe: {leave}"] if leave else ()))
        ),
    ]
    return "\n\n".join(blocks) + "\n"


def _text_sections(edition: Edition) -> Iterator[str]:
    number = 0
    for section in edition.sections:
        yield f"\n{section.name}\n{'=' * min(len(section.name), _WIDTH)}"
        if section.introduction:
            yield section.introduction
        for entry in section.entries:
            number += 1
            yield _text_entry(number, entry)


def _text_entry(number: int, entry: Entry) -> str:
    mark = f"{number}. "
    room = " " * len(mark)
    lines = [_wrapped(entry.title, mark, room)]
    lines += [_wrapped(entry.facts, room, room)] if entry.facts else []
    lines.append(room + entry.url)  # never broken: clients would lose the rest of it
    paragraphs = [part for part in (entry.summary, *entry.abstract.split("\n\n")) if part]
    return "\n\n".join(["\n".join(lines), *(_wrapped(part, room, room) for part in paragraphs)])


def _wrapped(value: str, first: str, others: str) -> str:
    return textwrap.fill(
        value,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _rest(edition: Edition) -> Iterator[str]:
    if more := edition.papers - edition.shown:
        yield f"And {count(more, 'paper')} more: {edition.url}"


# HTML


def html_of(edition: Edition, leave: str = "") -> str:
    """The letter as HTML that mail clients show; `leave` is the address to leave the list by."""
    title = escape(edition.subject)
    parts = [
        f'<!doctype html><html lang="{escape(edition.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{title}</title></head>",
        '<body style="margin:0;padding:16px;font:16px/1.5 Georgia,serif">',
        f'<div style="display:none;max-height:0;overflow:hidden">{escape(edition.preview)}</div>',
        # A table, for Outlook knows no widest width of anything else.
        '<table role="presentation" align="center" width="600" style="width:100%;max-width:600px"><tr><td>',
        f'<h1 style="margin:0;font-size:28px;line-height:1.2">{_link(edition.home, edition.site)}</h1>',
        f'<p style="margin:4px 0 24px;{_MUTED}">'
        f"{_link(edition.url, long_date(edition.day))}, {count(edition.papers, 'paper')}</p>",
        *_html_sections(edition),
    ]
    if more := edition.papers - edition.shown:
        said = f"{count(more, 'paper')} more"
        parts.append(f"<p>And {_link(edition.url, said)}.</p>")
    foot = [_link(edition.home, edition.site), *([_link(leave, "Unsubscribe")] if leave else [])]
    parts.append(f'<p style="margin:32px 0 0;font-size:14px;{_MUTED}">{" · ".join(foot)}</p>')
    parts.append("</td></tr></table></body></html>\n")
    return "\n".join(parts)


def _html_sections(edition: Edition) -> Iterator[str]:
    for section in edition.sections:
        yield f'<h2 style="margin:24px 0 8px;font-size:18px">{escape(section.name)}</h2>'
        if section.introduction:
            yield markdown.markdown(safe_markdown(section.introduction))
        yield from map(_html_entry, section.entries)


def _html_entry(entry: Entry) -> str:
    facts = (
        f'<p style="margin:4px 0 0;font-size:14px;{_MUTED}">{escape(entry.facts)}</p>' if entry.facts else ""
    )
    summary = f'<p style="margin:4px 0 0"><b>{escape(entry.summary)}</b></p>' if entry.summary else ""
    abstract = "".join(
        f'<p style="margin:4px 0 0">{escape(" ".join(part.split()))}</p>'
        for part in entry.abstract.split("\n\n")
        if part
    )
    title = _link(entry.url, entry.title)
    return (
        f'<h3 style="margin:20px 0 0;font-size:17px;line-height:1.3">{title}</h3>{facts}{summary}{abstract}'
    )


def _link(url: str, label: str) -> str:
    return f'<a href="{escape(url)}">{escape(label)}</a>'


def sizes(edition: Edition) -> Mapping[str, int]:
    """The bytes of both forms."""
    return {"HTML": len(html_of(edition).encode()), "text": len(text_of(edition).encode())}
