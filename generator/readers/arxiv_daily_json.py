r"""What the programs of the family of ``cv-arxiv-daily`` keep their lists in: JSON, by topic and by arXiv id.

``{"SLAM": {"2201.03814": "<a row>\n"}}``: a row is one of a table, or one with dashes, as in
`generator.readers.arxiv_daily_row`; newer programs keep an object instead, ``{date, title, authors, url, code,
categories}``, <https://github.com/monologg/nlp-arxiv-daily>. Nothing in it says the day of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.errors import Problem, shown
from generator.ids import parse_arxiv
from generator.model import Digest, Record, Refusal
from generator.readers import arxiv_daily, json_text
from generator.readers.arxiv_daily_row import DASH_START, TABLE_START, code_of, dates_of, read_row
from generator.readers.arxiv_record import arxiv_record
from generator.readers.fields import paper_links, read_date
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line

NAME = "arxiv-daily-json"
LABEL = "the JSON of a list of the family of cv-arxiv-daily"
SOURCE = arxiv_daily.SOURCE

#: Characters in which the first paper has begun.
_NEAR = 20_000
_ROW = re.compile(
    rf'"\d{{4}}\.\d{{4,5}}(?:v\d+)?"\s*:\s*(?:"(?:\\n)?(?:{TABLE_START}|{DASH_START})|\{{\s*"date"\s*:)'
)


def accepts(raw: RawDigest) -> bool:
    """Whether it is an object in JSON that has arXiv ids with rows, and nothing that calls itself a paper."""
    names = json_text.keys(raw) if raw.text.lstrip().startswith("{") else frozenset()
    return any(map(parse_arxiv, names)) and '"paper"' not in raw.text and bool(_ROW.search(raw.text[:_NEAR]))


def read(raw: RawDigest) -> Digest:
    """Read the list. Raises DigestError if it is no JSON, has no paper, or its day is not given."""
    topics = json_text.load(raw)
    if not isinstance(topics, Mapping):
        raw.fail("$", "an object of topics", json_text.kind(topics), "save the whole file again")
    day = raw.day_or(None, "", "the day of the list, which this format does not hold", "none")
    notes: list[Problem] = []
    outcomes = [outcome for topic, papers in topics.items() for outcome in _topic(raw, topic, papers, notes)]
    if not outcomes:
        raw.fail("$", "at least one paper", "none", "save the whole file again")
    return raw.digest(NAME, day, raw.source_or(None, SOURCE), outcomes, notes)


def _topic(raw: RawDigest, topic: str, papers: object, notes: list[Problem]) -> Iterator[Record | Refusal]:
    place = f"$[{shown(topic)}]"
    if not isinstance(papers, Mapping):
        problem = Problem(
            raw.at(place), "papers by their arXiv ids", json_text.kind(papers), "correct or remove it"
        )
        yield Refusal(problem, clean_line(topic)[:80])
        return
    for key, value in papers.items():
        yield _paper(raw, f"{place}[{shown(key)}]", key, value, clean_line(topic), notes)


def _paper(
    raw: RawDigest, place: str, key: str, value: object, topic: str, notes: list[Problem]
) -> Record | Refusal:
    if isinstance(value, str):
        found = read_row(raw, place, value.replace("\n", " "), topic=topic, notes=notes)
    elif isinstance(value, Mapping):
        found = _object(raw, place, key, value, topic, notes)
    else:
        problem = Problem(raw.at(place), "a row or an object", json_text.kind(value), "correct or remove it")
        return Refusal(problem, clean_line(key)[:80])
    named = parse_arxiv(key)
    if isinstance(found, Record) and named and named.id != found.arxiv_id:
        expected = f"the paper {named.id}, as its key says"
        notes.append(Problem(raw.at(place), expected, str(found.arxiv_id), "correct it; the row counts"))
    return found


def _object(
    raw: RawDigest, place: str, key: str, value: Mapping[str, object], topic: str, notes: list[Problem]
) -> Record | Refusal:
    identifier = _text(value.get("url")) or key
    written = _text(value.get("date"))
    date = read_date(written)
    if written and date is None:
        remedy = "correct it; the paper stays without it"
        notes.append(Problem(raw.at(place), "a date like 2025-03-14", shown(written), remedy))
    published, revised = dates_of(date, identifier)
    found = arxiv_record(
        raw,
        place,
        arxiv_id=identifier,
        title=_text(value.get("title")),
        abstract=_text(value.get("abstract")),
        authors=_texts(value.get("authors")),
        categories=_texts(value.get("categories")),
        published=published,
        revised=revised,
        notes=notes,
    )
    if isinstance(found, Refusal):
        return found
    code = code_of(raw, place, _text(value.get("code")), notes)
    links = paper_links(code, arxiv_id=found.arxiv_id, abstract=found.abstract)
    return replace(found, links=links, keywords=(topic,) if topic else ())


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, list) else ()
