"""One record of a table or of anybody's JSON into a Record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from generator.errors import Problem, shown
from generator.ids import ArxivId, parse_arxiv, parse_doi
from generator.model import ANNOUNCED, Link, PartialDate, Record, Refusal
from generator.readers.arxiv_record import arxiv_line, arxiv_paragraphs
from generator.readers.fields import make_link, paper_links, read_count
from generator.readers.json_text import kind
from generator.readers.mapped_identifier import ADDRESS, Remarks, Values, find_arxiv
from generator.readers.mapped_values import authors_of, date_of, paragraphs_of, text_of, values_of
from generator.readers.mapping import LINKS, normal
from generator.readers.markdown_paper import label_of
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, clean_paragraphs
from generator.text.links import safe_url

#: What arXiv's feeds put behind titles until 2024: ``. (arXiv:1804.09133v3 [cs.LG] UPDATED)``.
_FEED_TITLE = re.compile(
    r"\.?[ \n]?\(arXiv:(\S{1,40})(?: \[([A-Za-z.-]{1,30})\])?(?: (UPDATED|CROSS LISTED))?\)\s*$"
)
_FEED_WORDS = {"": "new", "UPDATED": "replace", "CROSS LISTED": "cross"}
#: What stands between several DOIs.
_BETWEEN = re.compile(r"\s*[;,]\s*|\s+")


class Mapped(NamedTuple):
    """A record that was read, with the day that it says."""

    place: int | str
    outcome: Record | Refusal
    day: date | None = None


class _Title(NamedTuple):
    """A title, and what a feed says behind it."""

    text: str
    identifier: str = ""
    category: str = ""
    announced: str = ""


def read_record(raw: RawDigest, place: int | str, values: Values, remarks: Remarks) -> Mapped:
    """Read the record at a line or a path of the `values` that it has for fields (`FieldMap.values`)."""
    written = values["title"][1] if "title" in values else None
    title = _title(text_of(written) or "")
    name = clean_line(title.text)
    if not name:
        found = "an empty one" if isinstance(written, str) else kind(written)
        return Mapped(
            place, Refusal(Problem(raw.at(place), "a title", found, "write it or remove the record"))
        )
    arxiv = find_arxiv(raw, place, values, title.identifier, remarks)
    if isinstance(arxiv, Problem):
        return Mapped(place, Refusal(arxiv, name))
    one = _One(raw, place, values, remarks)
    day = one.date("day", "a day like 2025-03-14")
    return Mapped(place, one.record(title, arxiv), date(*day) if day and day.day else None)


def _title(text: str) -> _Title:
    """A title without what a feed of arXiv puts behind it, a full stop too.

    >>> _title("Is it so?. (arXiv:1804.09133v3 [cs.LG] UPDATED)")
    _Title(text='Is it so?', identifier='1804.09133v3', category='cs.LG', announced='replace')
    """
    match = _FEED_TITLE.search(text)
    if match is None or parse_arxiv(match[1]) is None:
        return _Title(text)
    return _Title(text[: match.start()], match[1], match[2] or "", _FEED_WORDS[match[3] or ""])


class _One:
    """One record while it is read."""

    def __init__(self, raw: RawDigest, place: int | str, values: Values, remarks: Remarks) -> None:
        self._raw, self._place, self._values, self._remarks = raw, place, values, remarks

    def record(self, title: _Title, arxiv: ArxivId | None) -> Record:
        """The record, when it is known which paper it is."""
        line, paragraphs = (arxiv_line, arxiv_paragraphs) if arxiv else (clean_line, clean_paragraphs)
        doi = self._doi()
        abstract = paragraphs(self._read("abstract", paragraphs_of, "a text") or "")
        comments = self._count("comments", "comment")
        return Record(
            where=f"line {self._place}" if isinstance(self._place, int) else self._place,
            title=line(title.text) or clean_line(title.text),
            announced=title.announced or self._announced(),
            abstract=abstract,
            authors=self._list("authors", authors_of),
            arxiv_id=arxiv.id if arxiv else None,
            arxiv_version=arxiv.version if arxiv else None,
            doi=doi,
            published=self.date("published"),
            revised=self.date("revised"),
            venue=line(self._text("venue")),
            comment=line(self._text("comment")) if comments is None or "comments" in self._values else "",
            links=paper_links(
                self._links(), arxiv_id=arxiv.id if arxiv else None, doi=doi, abstract=abstract
            ),
            tags=self._list("tags"),
            keywords=self._list("keywords"),
            categories=self._list("categories") or ((title.category,) if title.category else ()),
            summary=line(self._text("summary")),
            upvotes=self._count("upvotes"),
            comments=comments,
            stars=self._count("stars"),
            submitted_by=clean_line(self._text("submitted_by")) or None,
            organization=clean_line(self._text("organization")) or None,
        )

    def _note(self, name: str, expected: str, value: object) -> None:
        text = text_of(value)
        found = shown(text) if text is not None else kind(value)
        remedy = "correct it; the paper stays without it"
        self._remarks.notes.append(
            Problem(self._raw.at(self._place), f"{expected} in {shown(name)}", found, remedy)
        )

    def _read(self, key: str, read: Callable[[object], Any], expected: str) -> Any:
        """A field as `read` gives it; None, with a note if it has a value that is none."""
        name, value = self._values.get(key, (key, None))
        found = None if value is None else read(value)
        if found is None and value is not None:
            self._note(name, expected, value)
        return found

    def _text(self, key: str) -> str:
        return self._read(key, text_of, "a text") or ""

    def _list(
        self, key: str, read: Callable[[object], tuple[str, ...] | None] = values_of
    ) -> tuple[str, ...]:
        return self._read(key, read, "a list") or ()

    def date(self, key: str, expected: str = "a date like 2025-03-14") -> PartialDate | None:
        """A date, as precisely as it is known."""
        found: PartialDate | None = self._read(key, date_of, expected)
        return found

    def _announced(self) -> str:
        word = self._text("announced").strip().lower()
        if word and word not in ANNOUNCED:
            self._note("announced", f"one of {', '.join(ANNOUNCED)}", word)
        return word if word in ANNOUNCED else ""

    def _count(self, key: str, other: str = "") -> int | None:
        """A count; the column ``comments`` of a paper may be either their number or what its authors say of it."""
        if key in self._values or not other:
            found: int | None = self._read(key, read_count, "a count like 29")
            return found
        name, value = self._values.get(other, ("", None))
        return read_count(value) if normal(name) == key else None

    def _doi(self) -> str | None:
        found: str | None = self._read("doi", _doi_of, "a DOI like 10.1000/xyz")
        others = (_doi_of(self._values[key][1]) for key in ("id", "url") if key in self._values)
        return found or next(filter(None, others), None)

    def _links(self) -> Iterator[Link]:
        for key in ("url", "arxiv", *LINKS):
            name, value = self._values.get(key, (key, None))
            for text in self._addresses(key, name, value):
                url = safe_url(f"https://{text}" if text.lower().startswith("www.") else text)
                if url is None:
                    self._note(name, "an http or https address", text)
                elif link := _link(key, url):
                    yield link

    def _addresses(self, key: str, name: str, value: object) -> Iterator[str]:
        """The addresses in a value: of a column of identifiers only what is one, and no identifiers."""
        for part in value if isinstance(value, list) else [value]:
            text = (text_of(part) or "").strip()
            if part is not None and not text:
                self._note(name, "an http or https address", part)
            if not text or (not ADDRESS.match(text) and (parse_arxiv(text) or _doi_of(text))):
                continue
            if key != "arxiv" or ADDRESS.match(text):
                yield text


def _doi_of(value: object) -> str | None:
    """The DOI that a value is, the first of several."""
    text = text_of(value) or ""
    if found := parse_doi(text):
        return found
    parts = [parse_doi(part) for part in _BETWEEN.split(text.strip())] if text.count("10.") > 1 else [None]
    return parts[0] if all(parts) else None


def _link(key: str, url: str) -> Link | None:
    """A link; None for one that follows from an identifier."""
    if key in LINKS:
        return make_link(LINKS[key], url)
    if "huggingface.co/" not in url and ("arxiv.org/" in url or parse_arxiv(url) or parse_doi(url)):
        return None
    return make_link(label_of(url), url)
