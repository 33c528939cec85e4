"""One item of a Hugging Face ``daily_papers`` answer into a Record. See `generator.readers.huggingface_json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.errors import Problem, shown
from generator.ids import ArxivId, parse_arxiv
from generator.model import Link, PartialDate, Record, Refusal
from generator.readers.arxiv_record import arxiv_paragraphs
from generator.readers.fields import (
    huggingface_link,
    make_link,
    paper_links,
    read_count,
    read_date,
    read_day,
)
from generator.readers.json_text import kind
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, resolve_references
from generator.text.restore import restore

_Object = Mapping[str, Any]
_NOTHING: _Object = {}
_LINKS = (("githubRepo", "Code"), ("projectPage", "Project page"))


def read_item(raw: RawDigest, where: str, item: object, notes: list[Problem]) -> Record | Refusal:
    """Read one item at the path `where`. What is left out of a record that stays is added to `notes`."""
    if not isinstance(item, Mapping):
        found = f"{kind(item)} {shown(item)}" if isinstance(item, str) else kind(item)
        return Refusal(Problem(raw.at(where), "an object with a paper", found, "correct it or remove it"))
    paper, inner = _object(item, "paper") or item, paper_place(where, item)
    title = _line(paper.get("title")) or _line(item.get("title"))
    if not title:
        found = kind(paper.get("title")) if not isinstance(paper.get("title"), str) else "an empty one"
        return Refusal(Problem(raw.at(f"{inner}.title"), "a title", found, "write it or remove the record"))
    arxiv = _arxiv(paper)
    if arxiv is None and paper.get("id") is not None:
        found = shown(paper["id"]) if isinstance(paper["id"], str) else kind(paper["id"])
        expected, remedy = "an arXiv id like 2403.01234", "correct the id or remove it"
        return Refusal(Problem(raw.at(f"{inner}.id"), expected, found, remedy), title)
    record = _record(where, item, paper, title, arxiv)
    notes.extend(_remarks(raw, where, item, paper, record))
    return record


def paper_place(where: str, item: object) -> str:
    """The path of the paper in the item at the path `where`: one without anything around it is the item itself."""
    return where if isinstance(item, Mapping) and "paper" not in item else f"{where}.paper"


def listing_day(item: object) -> date | None:
    """The day whose list the item is on, as the item says it."""
    if not isinstance(item, Mapping):
        return None
    said = (_object(item, "paper") or item).get("submittedOnDailyAt")
    return read_day(said) if isinstance(said, str) else None


def _record(where: str, item: _Object, paper: _Object, title: str, arxiv: ArxivId | None) -> Record:
    abstract = _paragraphs(paper.get("summary")) or _paragraphs(item.get("summary"))
    whole = restore(abstract)
    return Record(
        where=where,
        title=title,
        abstract=abstract,
        restored=whole if whole != abstract else "",
        authors=tuple(dict.fromkeys(_authors(paper.get("authors")))),
        arxiv_id=arxiv.id if arxiv else None,
        arxiv_version=arxiv.version if arxiv else None,
        published=_date(paper.get("publishedAt")),
        links=paper_links(_links(paper, arxiv), arxiv_id=arxiv.id if arxiv else None, abstract=abstract),
        keywords=_keywords(paper.get("ai_keywords")),
        summary=_line(paper.get("ai_summary")),
        upvotes=read_count(paper.get("upvotes")),
        comments=read_count(item.get("numComments")),
        stars=read_count(paper.get("githubStars")),
        submitted_by=_name(paper.get("submittedOnDailyBy")) or _name(item.get("submittedBy")),
        organization=_name(paper.get("organization")) or _name(item.get("organization")),
    )


def _remarks(raw: RawDigest, where: str, item: _Object, paper: _Object, record: Record) -> Iterator[Problem]:
    """What of the item could not be used, or should be known."""
    inner = paper_place(where, item)
    if record.arxiv_id is None:
        remedy = "add it, or the paper is known by its title alone"
        yield Problem(raw.at(f"{inner}.id"), "an arXiv id like 2403.01234", "nothing", remedy)
    for key, label in _LINKS:
        value = paper.get(key)
        if value and (not isinstance(value, str) or make_link(label, value) is None):
            found = shown(value) if isinstance(value, str) else kind(value)
            expected, remedy = "an http or https address", "correct it; the paper stays without it"
            yield Problem(raw.at(f"{inner}.{key}"), expected, found, remedy)
    counts = ((paper, "upvotes", inner), (item, "numComments", where), (paper, "githubStars", inner))
    for holder, key, place in counts:
        value = holder.get(key)
        if value is not None and read_count(value) is None:
            found = shown(value) if isinstance(value, str) else kind(value)
            expected, remedy = "a count like 29", "correct it; the paper stays without it"
            yield Problem(raw.at(f"{place}.{key}"), expected, found, remedy)
    if withdrawn := paper.get("withdrawnAt") or item.get("withdrawnAt"):
        found = (
            f"one withdrawn on {shown(withdrawn)[1:-1][:10]}"
            if isinstance(withdrawn, str)
            else "a withdrawn one"
        )
        remedy = "the archive keeps it, for it was listed; remove the record if it should not"
        yield Problem(raw.at(where), "a paper that stands", found, remedy)


def _links(paper: _Object, arxiv: ArxivId | None) -> Iterator[Link]:
    for key, label in _LINKS:
        value = paper.get(key)
        if isinstance(value, str) and (link := make_link(label, value)):
            yield link
    if arxiv:
        yield huggingface_link(arxiv.id)


def _arxiv(paper: _Object) -> ArxivId | None:
    return parse_arxiv(paper["id"]) if isinstance(paper.get("id"), str) else None


def _authors(value: object) -> Iterator[str]:
    """The names that are not hidden. A name may stand alone or in an object."""
    for author in value if isinstance(value, list) else []:
        if isinstance(author, Mapping):
            name = "" if author.get("hidden") is True else _line(author.get("name"))
        else:
            name = _line(author)
        if name:
            yield name


def _keywords(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_line, value if isinstance(value, list) else []))))


def _name(value: object) -> str | None:
    """The name of a person or an organization for people, else the name of its account."""
    if isinstance(value, str):
        return _line(value) or None
    holder = value if isinstance(value, Mapping) else _NOTHING
    for key in ("fullname", "name", "user"):
        if name := _line(holder.get(key)):
            return name
    return None


def _date(value: object) -> PartialDate | None:
    return read_date(value) if isinstance(value, str) else None


def _object(holder: _Object, key: str) -> _Object | None:
    value = holder.get(key)
    return value if isinstance(value, Mapping) else None


def _line(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return clean_line(resolve_references(value) if "&" in value else value)


def _paragraphs(value: object) -> str:
    return arxiv_paragraphs(value) if isinstance(value, str) else ""
