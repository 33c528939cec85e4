"""Our own export of a day as JSON, ``digests/YYYY-MM-DD.json`` of any site.

::

    {"broadsheet":1,"day":"2025-03-14","source":"club","sources":[{"slug":"club","name":"Our club"}],"papers":[
    {"key":"2503.10613","title":"…","arxiv":"2503.10613v2","authors":["Ada Lovelace"],"abstract":"…"},
    {"key":"…","title":"…","source":"other","day":"2025-03-13"}
    ]}

A paper is of the `source` and the `day` of the whole if it does not say another, of `sources` by slug; a file of
several days is of the last of them. `key` names its page on the site that wrote it, ``papers/<key>.html``. `links` are
those that do not follow from `arxiv`, `doi` and `huggingface`, which says that Hugging Face has a page of the paper of
arXiv; where `all_links` stands instead, none follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.errors import Problem, shown
from generator.ids import file_name, parse_arxiv, parse_doi
from generator.model import ANNOUNCED, Digest, Link, Record, Refusal, Source
from generator.readers import json_text
from generator.readers.fields import huggingface_link, make_link, paper_links, read_count, read_date, read_day
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, clean_paragraphs
from generator.text.links import safe_url

NAME = "broadsheet-json"
LABEL = "a day of a Broadsheet site (JSON)"
SOURCE = Source("broadsheet", "Another Broadsheet")

#: The key that the file begins with, and the version of the shape that it gives.
SIGN, VERSION = "broadsheet", 1
LINKS, ALL_LINKS, HUGGINGFACE = "links", "all_links", "huggingface"

_START = re.compile(r'\s*\{\s*"broadsheet"\s*:\s*\d')


class Field(NamedTuple):
    """A field of a paper: which of a Record, how its value is read (None if it is wrong), what is expected of it."""

    attribute: str
    read: Callable[[Any], Any]
    expected: str


def _text(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda value: read(value) if isinstance(value, str) else None


def _list(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        return None
    return tuple(dict.fromkeys(filter(None, map(clean_line, value))))


def _announced(text: str) -> str | None:
    return text if text in ANNOUNCED else None


_LINE = _text(clean_line)
#: The fields of a paper in their order; of its links see `LINKS`.
FIELDS = {
    "title": Field("title", _LINE, "a title"),
    "source": Field("source", _text(clean_line), "the slug of a source"),
    "day": Field("day", _text(read_day), "a day like 2025-03-14"),
    "arxiv": Field("arxiv_id", _text(parse_arxiv), "an arXiv id like 2403.01234"),
    "doi": Field("doi", _text(parse_doi), "a DOI like 10.1000/xyz"),
    "authors": Field("authors", _list, "a list of nothing but texts"),
    "abstract": Field("abstract", _text(clean_paragraphs), "a text"),
    "restored": Field("restored", lambda value: value if value is True else None, "true"),
    **{key: Field(key, _text(read_date), "a date like 2025-03-14") for key in ("published", "revised")},
    "announced": Field("announced", _text(_announced), f"one of {', '.join(ANNOUNCED)}"),
    **{key: Field(key, _LINE, "a text") for key in ("venue", "comment", "summary")},
    **{key: Field(key, _list, "a list of nothing but texts") for key in ("tags", "keywords", "categories")},
    **{key: Field(key, read_count, "a count like 29") for key in ("upvotes", "comments", "stars")},
    **{key: Field(key, _LINE, "a name") for key in ("submitted_by", "organization")},
}
_IDENTIFIERS = ("arxiv", "doi")
_KEYS = frozenset({*FIELDS, LINKS, ALL_LINKS, HUGGINGFACE, "key"})


def accepts(raw: RawDigest) -> bool:
    """Whether it is an object that begins with the key ``broadsheet``."""
    return bool(_START.match(raw.text))


def read(raw: RawDigest) -> Digest:
    """Read the day. Raises DigestError if it is no JSON, of another version, has no papers, or its day is not known."""
    answer = json_text.load(raw)
    if not isinstance(answer, Mapping) or answer.get(SIGN) != VERSION:
        found = shown(answer.get(SIGN)) if isinstance(answer, Mapping) else json_text.kind(answer)
        raw.fail(f"$.{SIGN}", f"version {VERSION}", found, "read it with a newer Broadsheet")
    papers = answer.get("papers")
    if not isinstance(papers, list) or not papers:
        found = "an empty list" if isinstance(papers, list) else json_text.kind(papers)
        raw.fail("$.papers", "at least one paper", found, "get the file again")
    notes: list[Problem] = []
    day = _day(raw, answer.get("day"), notes)
    sources = dict(_sources(raw, answer.get("sources"), notes))
    own = _LINE(answer.get("source"))
    texts = {key: answer[key] for key in ("title", "introduction", "source") if key in answer}
    notes += (
        Problem(raw.at(f"$.{key}"), "a text", json_text.kind(value), "correct or remove it")
        for key, value in texts.items()
        if not isinstance(value, str)
    )
    outcomes = [
        _paper(raw, f"$.papers[{place}]", paper, sources, notes) for place, paper in enumerate(papers)
    ]
    return raw.digest(
        NAME,
        day,
        raw.source_or(_named(raw, own, sources) if own else None, SOURCE),
        raw.on_its_day(outcomes, notes),
        notes,
        title=_LINE(answer.get("title")) or "",
        introduction=_introduction(answer.get("introduction")),
    )


def _day(raw: RawDigest, written: object, notes: list[Problem]) -> date:
    said = read_day(written) if isinstance(written, str) else None
    if raw.day is not None and said is not None and said != raw.day:
        notes.append(raw.other_day(str(said), "$.day", "rename the file if its text is right"))
    return raw.day_or(said, "$.day", "a day like 2025-03-14", json_text.kind(written))


def _introduction(value: object) -> str:
    """The introduction, which is Markdown: its lines stay."""
    if not isinstance(value, str):
        return ""
    lines = value.expandtabs(4).splitlines()
    return "\n".join(line if line.isprintable() else clean_line(line) for line in lines).strip()


def _sources(raw: RawDigest, value: object, notes: list[Problem]) -> Iterator[tuple[str, Source]]:
    """The sources that papers may name, by the slugs in the file."""
    for place, entry in enumerate(value if isinstance(value, list) else []):
        name = _LINE(entry.get("name")) if isinstance(entry, Mapping) else None
        slug = _LINE(entry.get("slug")) if isinstance(entry, Mapping) else None
        if not name or not slug:
            remedy = "its papers have its slug for a name: correct it"
            found = json_text.kind(entry)
            notes.append(Problem(raw.at(f"$.sources[{place}]"), "a source with slug and name", found, remedy))
            continue
        own = file_name(slug)
        url = safe_url(entry["url"]) if isinstance(entry.get("url"), str) else None
        yield slug, raw.sources.get(own) or Source(own, name, url)


def _named(raw: RawDigest, slug: str, sources: Mapping[str, Source]) -> Source:
    return sources.get(slug) or raw.find_source(slug)


def _paper(
    raw: RawDigest, where: str, paper: object, sources: Mapping[str, Source], notes: list[Problem]
) -> Record | Refusal:
    if not isinstance(paper, Mapping):
        remedy = "correct it or remove it"
        return Refusal(Problem(raw.at(where), "an object with a title", json_text.kind(paper), remedy))
    title = _LINE(paper.get("title")) or ""
    if not title:
        found = "an empty one" if isinstance(paper.get("title"), str) else json_text.kind(paper.get("title"))
        remedy = "write it or remove the record"
        return Refusal(Problem(raw.at(f"{where}.title"), "a title", found, remedy))
    values: dict[str, Any] = {}
    for key, problem in _values(raw, where, paper, values):
        if key in _IDENTIFIERS:
            return Refusal(problem, title)
        notes.append(problem)
    arxiv = values.pop("arxiv_id", None)
    arxiv_id, version = arxiv or (None, None)
    if source := values.pop("source", ""):
        values["source"] = _named(raw, source, sources)
    given = [*_huggingface(raw, where, paper, arxiv_id, notes), *_links(raw, where, paper, notes)]
    follow = ALL_LINKS not in paper
    links = paper_links(given, arxiv_id=arxiv_id, doi=values.get("doi")) if follow else tuple(given)
    if values.pop("restored", False):
        values["restored"] = values.get("abstract", "")
    return Record(where=where, arxiv_id=arxiv_id, arxiv_version=version, links=links, **values)


def _values(
    raw: RawDigest, where: str, paper: Mapping[str, object], values: dict[str, Any]
) -> Iterator[tuple[str, Problem]]:
    """Read the fields into `values`; what is wrong with those that cannot be read, by key."""
    for key, value in paper.items():
        if key in FIELDS and value is not None:
            field = FIELDS[key]
            found = field.read(value)
            if found is not None:
                values[field.attribute] = found
                continue
            expected, remedy = field.expected, "correct or remove it"
        elif key in _KEYS or value is None:
            continue
        else:
            expected, remedy = "a key of version 1", "it is not read: remove it"
        text = isinstance(value, (str, int, float)) and not isinstance(value, bool)
        what = (shown(value) if text else json_text.kind(value)) if key in FIELDS else shown(key)
        place = f"{where}.{key}" if key in FIELDS else where
        yield key, Problem(raw.at(place), expected, what, remedy)


def _huggingface(
    raw: RawDigest, where: str, paper: Mapping[str, object], arxiv_id: str | None, notes: list[Problem]
) -> Iterator[Link]:
    value = paper.get(HUGGINGFACE)
    if value in (None, False):
        return
    if value is True and arxiv_id and ALL_LINKS not in paper:
        yield huggingface_link(arxiv_id)
        return
    lacking = f"true beside {ALL_LINKS}" if ALL_LINKS in paper else "true, and no identifier"
    found = lacking if value is True else json_text.kind(value)
    place = raw.at(f"{where}.{HUGGINGFACE}")
    notes.append(Problem(place, "true, for a paper with an arXiv id", found, "correct or remove it"))


def _links(raw: RawDigest, where: str, paper: Mapping[str, object], notes: list[Problem]) -> Iterator[Link]:
    key = ALL_LINKS if ALL_LINKS in paper else LINKS
    value = paper.get(key)
    entries = value if isinstance(value, list) else [] if value is None else [value]
    for place, entry in enumerate(entries):
        label = _LINE(entry.get("label")) if isinstance(entry, Mapping) else None
        url = entry.get("url") if isinstance(entry, Mapping) else None
        link = make_link(label, url) if label and isinstance(url, str) else None
        if link is None:
            expected, found = (
                "a label and an http or https address",
                shown(url) if url else json_text.kind(entry),
            )
            notes.append(Problem(raw.at(f"{where}.{key}[{place}]"), expected, found, "correct or remove it"))
        else:
            yield link
