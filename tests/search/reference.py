"""The search by brute force, as its rules are told to readers; what the browser's must agree with.

It looks at the papers of a Library word by word, and shares with the search only what a word is
(`generator.search.words`). It neither ranks nor mends: it gives the papers that have all that is asked, newest first.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from generator.ids import parse_arxiv, parse_doi
from generator.model import Paper
from generator.search.words import Words, fold, label, names
from tests.builders import Library

FIELDS = ("tag", "author", "source", "title", "id", "after", "before", "year")
ITEM = re.compile(
    rf'(?P<minus>[-–−－]?)(?:(?P<field>{"|".join(FIELDS)}):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))'
)
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
#: What is one word for the index, with all that it was joined of.
PIECE = re.compile(rf"[{SIGNS}]+|[^\W_{SIGNS}]+(?:['-][^\W_{SIGNS}]+)*")

#: The places of words in a text, or the words alone.
Places = dict[str, list[int]]
Test = Callable[["Entry"], bool]


def places_of(text: str) -> Places:
    """The terms of a text with their places."""
    found: Places = {}
    Words().place(text, found, 0, len(text) + 1)
    return found


class Entry(NamedTuple):
    """A paper, with all that it can be asked for."""

    paper: Paper
    title: Places
    text: Places
    words: set[str]
    authors: list[set[str]]

    def has_phrase(self, terms: list[str], *, title: bool) -> bool:
        """Whether terms follow one another somewhere."""
        return any(
            any(
                all(first + i in text.get(term, ()) for i, term in enumerate(terms))
                for first in text.get(terms[0], ())
            )
            for text in ((self.title,) if title else (self.title, self.text))
        )


def entry(paper: Paper) -> Entry:
    """A paper, ready to be searched."""
    title = places_of(paper.title)
    text = places_of("\n\n".join(filter(None, (paper.abstract, paper.summary))))
    aside = [*(tag.name for tag in paper.tags), *paper.keywords]
    if {"$", "\\"} & {*paper.title}:
        title = {**{term: [-9] for term in places_of(paper.plain_title)}, **title}
    words = {*title, *text, *(term for name in aside for term in Words().terms(name))}
    return Entry(paper, title, text, words, [set(names(author)) for author in paper.authors])


def word_test(piece: str, *, title: bool) -> Test:
    """Whether a paper has a word, or all that it was joined of, or all of it in one."""
    terms = Words().terms(piece)
    joined = [term for term in places_of(piece) if term not in terms]

    def has(entry: Entry, term: str) -> bool:
        if title:
            return term in entry.title
        return term in entry.words or any(term in author for author in entry.authors)

    if re.match(f"[{SIGNS}]", piece):
        phrase = len(terms) > 1
        return lambda entry: (
            (phrase and entry.has_phrase(terms, title=title)) or has(entry, piece if phrase else terms[0])
        )
    if title and len(terms) > 1:
        return lambda entry: entry.has_phrase(terms, title=True)
    return lambda entry: all(has(entry, term) for term in terms) or any(has(entry, term) for term in joined)


def text_test(value: str, *, title: bool, phrase: bool) -> Test | None:
    """Whether a paper has a text; None if that asks for nothing."""
    terms = Words().terms(value)
    if not terms:
        return None
    if phrase and len(terms) > 1:
        return lambda entry: entry.has_phrase(terms, title=title)
    pieces = [piece for piece in PIECE.findall(fold(value)) if Words().terms(piece)]
    if phrase:
        pieces = terms
    tests = [word_test(piece, title=title) for piece in pieces]
    return lambda entry: all(test(entry) for test in tests)


def field_test(field: str, value: str) -> Test | None:
    """Whether a paper has a tag, an author, a source, an identifier, or is of a time; None if that asks for nothing."""
    if field in ("after", "before", "year"):
        if not (days := span(value)):
            return None
        low = date.min if field == "before" else days[0]
        high = date.max if field == "after" else days[1]
        return lambda entry: low <= entry.paper.first.day <= high
    if field == "tag":
        return lambda entry: label(value) in {label(tag.name) for tag in entry.paper.tags}
    if field == "author":
        asked = set(names(value))
        return (lambda entry: any(asked <= author for author in entry.authors)) if asked else None
    if field == "source":
        return lambda entry: any(
            value.strip() == a.source.slug or fold(value) == fold(a.source.name)
            for a in entry.paper.appearances
        )
    return lambda entry: identified(value, entry.paper)


def identified(value: str, paper: Paper) -> bool:
    """Whether a text names a paper."""
    arxiv, page = parse_arxiv(value), re.search(r"/papers/([a-z0-9._-]+)\.html", value)
    doi = parse_doi(value)
    records = [appearance.record for appearance in paper.appearances]
    if arxiv:
        return any(record.arxiv_id == arxiv.id for record in records)
    if doi:
        return any(record.doi == doi for record in records)
    return paper.key == (page[1] if page else value.strip().lower())


def known_id(value: str) -> bool:
    """Whether a text is an identifier."""
    return bool(parse_arxiv(value) or parse_doi(value) or re.search(r"/papers/[a-z0-9._-]+\.html$", value))


def span(value: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day; None if it is none."""
    match = re.fullmatch(r"(\d{4})(?:[-/.](0?[1-9]|1[0-2])(?:[-/.]([0-3]?\d))?)?", value, re.ASCII)
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    last = monthrange(year, month or 12)[1]
    return date(year, month or 1, day or 1), date(year, month or 12, day or last)


@dataclass
class Question:
    """What is asked for: of each clause one test must hold, or must not."""

    clauses: list[tuple[bool, list[Test]]]

    def asks(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.clauses)

    def holds(self, entry: Entry) -> bool:
        """Whether a paper has all."""
        return all(wanted == any(test(entry) for test in tests) for wanted, tests in self.clauses)


def parse(query: Mapping[str, object], entries: Sequence[Entry]) -> Question:
    """Read a query."""
    text = re.sub("[“”„«»＂]", '"', str(query.get("q", "")))
    text = re.sub(rf"({'|'.join(FIELDS)})(?:：|: +)", r"\1:", text)
    asked = Question([])
    fields = {"tag": "tag", "author": "author", "source": "source", "from": "after", "to": "before"}
    for key, kind in fields.items():
        if (value := str(query.get(key, ""))) and (test := field_test(kind, value)):
            asked.clauses.append((True, [test]))
    if known_id(text.strip()):
        asked.clauses.append((True, [lambda entry: identified(text, entry.paper)]))
        return asked
    items = [*ITEM.finditer(text)]
    either = False
    before: tuple[bool, list[Test]] | None = None  # the clause of the item before, which OR goes on with
    for i, item in enumerate(items):
        if item[0] == "OR" and 0 < i < len(items) - 1:
            either = True
            continue
        wanted = not item["minus"]
        value = item["word"] if item["phrase"] is None else item["phrase"]
        test = _test(item["field"] or "", value, entries, phrase=item["phrase"] is not None)
        if test and either and before and before[0] == wanted:
            before[1].append(test)
        elif test:
            before = (wanted, [test])
            asked.clauses.append(before)
        elif not either:
            before = None
        either = False
    return asked


def _test(field: str, value: str, entries: Sequence[Entry], *, phrase: bool) -> Test | None:
    if field not in ("", "title"):
        return field_test(field, value)
    if not field and not phrase and known_id(value):
        return lambda entry: identified(value, entry.paper)
    test = text_test(value, title=bool(field), phrase=phrase)
    if test and phrase and not field and not any(map(test, entries)):  # what stands in no text may be a name
        terms = {*Words().terms(value)}
        return lambda entry: any(terms <= author for author in entry.authors)
    return test


class Reference:
    """The papers of a library, ready to be searched."""

    def __init__(self, library: Library) -> None:
        self.entries = [*map(entry, reversed(library.papers.values()))]

    def papers(self, query: Mapping[str, object]) -> list[Paper]:
        """The papers that have all that is asked, newest first."""
        asked = parse(query, self.entries)
        return [entry.paper for entry in self.entries if asked.asks() and asked.holds(entry)]

    def search(self, query: Mapping[str, object]) -> list[str]:
        """Their addresses."""
        return [paper.address for paper in self.papers(query)]


def facets(found: Sequence[Paper]) -> dict[str, dict[str, int]]:
    """Of how many papers each tag, year and source is."""
    return {
        "tags": _count({tag.name for tag in paper.tags} for paper in found),
        "years": _count({str(paper.first.day.year)} for paper in found),
        "sources": _count({a.source.slug for a in paper.appearances} for paper in found),
    }


def _count(names: Iterable[set[str]]) -> dict[str, int]:
    return dict(Counter(name for own in names for name in own))
