"""One paper of a Markdown digest: a heading, a list of fields, an abstract.

====================================  =====================================================================
``authors tags keywords categories``  values separated by semicolons if there is one, else by commas; a
                                      separator inside a value is written with a backslash before it
``arxiv doi``                         identifiers, bare or as addresses; arXiv's may have a version
``day``                               ``2025-03-14``, where it is another than that of the digest
``published revised``                 ``2025``, ``2025-03`` or ``2025-03-13``
``code pdf project url``              addresses
``link``                              one more link, ``[Slides](https://…)``; may be given again
``links``                             all the links there are, or ``none``: nothing follows from identifiers
``announced``                         ``new``, ``cross``, ``replace`` or ``replace-cross``, as arXiv has it
``venue comment``                     one line: where it appeared; what its authors say of it
``restored``                          ``yes``: formulas in the abstract are no more than a reading of a damaged text
``summary submitted by organization`` one line
``upvotes comments stars``            counts: ``29``, ``1,729``, ``11.8k``
====================================  =====================================================================

A wrong identifier refuses the paper: it would be another one. Any other wrong value is left out with a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from generator.errors import Problem, shown
from generator.ids import parse_arxiv, parse_doi
from generator.model import ANNOUNCED, Link, Record, Refusal, Source
from generator.readers.fields import make_link, paper_links, read_count, read_date, read_day
from generator.readers.markdown_blocks import Block, Field, fields
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, clean_paragraphs
from generator.text.inline import only_link, plain, plain_line, split_values
from generator.text.links import repository, safe_url
from generator.text.markdown import unescape_markdown


class FieldKind(NamedTuple):
    """How the value of a key is read: into which field of a Record, by what, and what is expected of it."""

    attribute: str
    read: Callable[[str], object]
    expected: str


def _values(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(plain_line, split_values(text)))))


def _identifier(parse: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: parse(_address(text))


def _announced(text: str) -> str | None:
    return text.strip() if text.strip() in ANNOUNCED else None


#: The fields with one key each, links apart. The exporter of days writes them in this order.
FIELDS = {
    **{key: FieldKind(key, _values, "a list") for key in ("authors", "tags", "keywords", "categories")},
    "arxiv": FieldKind("arxiv_id", _identifier(parse_arxiv), "an arXiv id like 2403.01234"),
    "doi": FieldKind("doi", _identifier(parse_doi), "a DOI like 10.1000/xyz"),
    "day": FieldKind("day", read_day, "a day like 2025-03-14"),
    **{key: FieldKind(key, read_date, "a date like 2025-03-14") for key in ("published", "revised")},
    "announced": FieldKind("announced", _announced, f"one of {', '.join(ANNOUNCED)}"),
    "venue": FieldKind("venue", plain_line, "a line"),
    "comment": FieldKind("comment", plain_line, "a line"),
    "restored": FieldKind("restored", lambda text: text.strip() == "yes" or None, "yes"),
    "summary": FieldKind("summary", plain_line, "a line"),
    **{key: FieldKind(key, read_count, "a count like 29") for key in ("upvotes", "comments", "stars")},
    "submitted by": FieldKind("submitted_by", plain_line, "a name"),
    "organization": FieldKind("organization", plain_line, "a name"),
}
#: Keys of links with the labels that they give.
LINKS = {"pdf": "PDF", "code": "Code", "project": "Project page"}

#: The value of ``links`` that says there are none.
NO_LINKS = "none"

_IDENTIFIERS = ("arxiv", "doi")
_REPEATED = ("authors", "tags", "keywords", "categories", "link")
_KEYS = (*FIELDS, *LINKS, "url", "link", "links")
_ALIASES = {
    "author": "authors",
    "tag": "tags",
    "keyword": "keywords",
    "category": "categories",
    "project page": "project",
    "organisation": "organization",
    "repository": "code",
}
#: Marks of Markdown at the start of a line that are no text: quotes, lower headings.
_LINE_MARKS = re.compile(r"^ {0,3}(?:>[ \t]?|#{3,6}[ \t]+)+", re.MULTILINE)
_RULES = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)


def read_paper(raw: RawDigest, block: Block, source: Source | None, notes: list[Problem]) -> Record | Refusal:
    """Read the paper of one level-2 heading, listed by `source`; what is left out of it is added to `notes`."""
    found, lines = fields(block, lambda key: _key(key) in _KEYS)
    linked = only_link(block.heading)
    title = plain_line(linked.label if linked else block.heading)
    if not title:
        return Refusal(
            Problem(raw.at(block.line), "a title after `##`", "none", "write it or remove the heading")
        )
    values: dict[str, Any] = {}
    links: list[Link] = []
    if linked:
        notes.extend(_add_place(raw, block.line, linked.url, values, links))
    for item in _once(raw, found, notes):
        key = _key(item.key)
        problem = _add_links(raw, item, links) if key not in FIELDS else _add(raw, item, values)
        if problem and key in _IDENTIFIERS:
            return Refusal(problem, title)
        notes.extend([problem] if problem else [])
    abstract = _abstract(lines)
    everything = any(_key(item.key) == "links" for item in found)
    return _record(block, title, source, abstract, values, links, follow=not everything)


def _record(
    block: Block,
    title: str,
    source: Source | None,
    abstract: str,
    values: dict[str, Any],
    links: Sequence[Link],
    *,
    follow: bool,
) -> Record:
    """Put the record together; with `follow` it also gets the links that follow from its identifiers."""
    restored = abstract if values.pop("restored", False) else ""
    arxiv = values.pop("arxiv_id", None)
    arxiv_id, version = arxiv or (None, None)
    if follow:
        links = paper_links(links, arxiv_id=arxiv_id, doi=values.get("doi"), abstract=abstract)
    return Record(
        where=f"line {block.line}",
        title=title,
        source=source,
        abstract=abstract,
        restored=restored,
        arxiv_id=arxiv_id,
        arxiv_version=version,
        links=tuple(links),
        **values,
    )


def _key(written: str) -> str:
    return _ALIASES.get(written, written)


def _once(raw: RawDigest, found: Sequence[Field], notes: list[Problem]) -> Iterator[Field]:
    """The fields that are read: with a known key and a value, and once unless they are lists."""
    given: set[str] = set()
    for item in found:
        key = _key(item.key)
        if key not in _KEYS:
            what = shown(f"{item.key}: {item.value}" if item.key else item.value)
            remedy = "it is not read: correct or remove it"
            notes.append(Problem(raw.at(item.line), f"a key of {', '.join(_KEYS)}", what, remedy))
        elif key in given and key not in _REPEATED:
            notes.append(
                Problem(raw.at(item.line), f"`{key}` once", "another one", "remove one: the first counts")
            )
        elif item.value.strip():
            given.add(key)
            yield item


def _add(raw: RawDigest, item: Field, values: dict[str, Any]) -> Problem | None:
    """Read a field into `values`; the problem if its value is wrong."""
    kind = FIELDS[_key(item.key)]
    value = kind.read(item.value)
    if value is None:
        remedy = "correct the id or remove it" if _key(item.key) in _IDENTIFIERS else "correct or remove it"
        return Problem(raw.at(item.line), kind.expected, shown(item.value), remedy)
    if isinstance(value, tuple) and kind.read is _values:
        value = tuple(dict.fromkeys((*values.get(kind.attribute, ()), *value)))
    values[kind.attribute] = value
    return None


def _add_links(raw: RawDigest, item: Field, links: list[Link]) -> Problem | None:
    """Read a field of links into `links`; the problem if an address is not one."""
    key = _key(item.key)
    if key == "links" and item.value.strip() == NO_LINKS:
        return None
    for text in split_values(item.value) if key in {"link", "links"} else [item.value]:
        linked = only_link(text)
        url = safe_url(_address(text))
        if url is None:
            return Problem(raw.at(item.line), "an http or https address", shown(text), "correct or remove it")
        named = plain_line(linked.label) if linked and key in {"link", "links"} else ""
        link = make_link(LINKS.get(key) or named or label_of(url), url)
        links.extend([link] if link else [])
    return None


def _add_place(
    raw: RawDigest, line: int, url: str, values: dict[str, Any], links: list[Link]
) -> Iterator[Problem]:
    """Take what the link of a title says: an identifier, or an address."""
    if arxiv := parse_arxiv(url):
        values["arxiv_id"] = arxiv
    if doi := parse_doi(url):
        values["doi"] = doi
    if not doi and (not arxiv or "huggingface.co" in url):
        problem = _add_links(raw, Field(line, "url", url), links)
        yield from [problem] if problem else []


def _address(text: str) -> str:
    """An address as it stands in a field: bare, in angle brackets, or as a Markdown link."""
    linked = only_link(text)
    return linked.url if linked else unescape_markdown(clean_line(text).strip("<>"))


def label_of(url: str) -> str:
    """The label of a safe address that was given without one, by where it leads."""
    host = url.split("/")[2].removeprefix("www.")
    if repository(url):
        return "Code"
    if url.lower().endswith(".pdf"):
        return "PDF"
    return "Hugging Face" if host == "huggingface.co" and "/papers/" in url else "Page"


def _abstract(lines: Sequence[str]) -> str:
    text = _RULES.sub("", "\n".join(lines))
    return clean_paragraphs(plain(_LINE_MARKS.sub("", text), addresses=True))
