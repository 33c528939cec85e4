"""The lines of one paper on a page of HTML into a Record. See `generator.readers.html_entries`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.errors import Problem, shown
from generator.ids import parse_arxiv, parse_doi
from generator.model import Link, Record, Refusal
from generator.readers.fields import make_link, paper_links, read_count
from generator.readers.html_entries import Entry
from generator.readers.html_page import Line, Page, Run
from generator.readers.html_titles import Titles, lead_of
from generator.readers.list_words import (
    are_names,
    bare_title,
    find_day,
    is_name,
    label_of_field,
    labelled,
    link_label,
    names,
    read_any_date,
)
from generator.readers.paper_address import Address, read_address
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, clean_paragraphs
from generator.text.links import find_links, repository
from generator.text.tex import letters

#: Fields by what the class of an element says of its text; Scholar's alerts have the last.
_CLASSES = (
    ("author", "authors"), ("tldr", "summary"), ("abstract", "abstract"), ("venue", "venue"), ("journal-ref", "venue"),
    ("comments", "comment"), ("subjects", "categories"), ("affiliation", "other"), ("gse_alrt_sni", "abstract"),
)  # fmt: skip
#: Authors, where it appeared and when, as Google Scholar writes them: ``A Lovelace, C Babbage… - Nature, 2025``.
_SCHOLAR_YEAR = re.compile(r"(?:^|[ ,])((?:19|20)\d\d)(?: - \S{1,80})?$")
_CODES = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_ARXIV_CLASS = re.compile(r"[a-z-]+\.[A-Za-z-]{2,}|(?:hep|nucl)-(?:th|ph|ex|lat)|gr-qc|quant-ph|math-ph")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PREPRINT = re.compile(r"(?:arXiv preprint\s+)?arXiv:\s?(\S+?)[.,]?", re.IGNORECASE)
#: What arXiv's listing pages say of a paper beside its links.
_CROSS = re.compile(r"(?:\[\d+\]\s*)?\((?:cross-list from [\w.-]+|replaced)\)(?:\s*\(replaced\))?")
_EMPTY_BRACKETS = re.compile(r"[\[(][\s,|;/·]*[\])]")
_UNKNOWN = frozenset(("unknown", "n/a", "na", "none", "-", "null", "tbd", "unknown affiliation"))
_PUBLISHED = re.compile(r"(?:published|submitted|posted)(?:\s+on)?:?\s+(.{4,40})", re.IGNORECASE)
#: Where an address meets Chinese or Japanese text, which has no spaces.
_CROWDED = re.compile(r"(?<=[!-~])(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])")
_SEPARATORS = " \t-–—|·•,;:"
_VALUES = re.compile(r"\s*[,;，；、|]\s*")


def read_entry(
    raw: RawDigest, page: Page, entry: Entry, titles: Titles, left: Counter[str]
) -> Record | Refusal:
    """Read one paper. What a Record has no place for is counted in `left`, by what it is called."""
    paper = _Paper(page, entry, titles, left)
    line = page.lines[entry.head].number
    title = clean_line(letters(entry.title))
    if not title:
        found = f"none for {shown(paper.address)}"
        remedy = "write it as the text of the link or as a heading above it"
        return Refusal(Problem(raw.at(line), "a title", found, remedy))
    if paper.damaged:
        expected, remedy = "an arXiv id like 2403.01234", "correct the address or remove it"
        return Refusal(Problem(raw.at(line), expected, shown(paper.damaged), remedy), title)
    return paper.record(f"line {line}", title)


class _Paper:
    """What the lines of an entry say, field by field."""

    def __init__(self, page: Page, entry: Entry, titles: Titles, left: Counter[str]) -> None:
        self._page, self._entry, self._titles, self._left = page, entry, titles, left
        self._values: dict[str, list[str]] = {}
        self._links: list[Link] = []
        self._addresses: list[Address] = []
        self._pending: str | None = None
        self._block: int | None = None
        for place in range(entry.first, entry.end):
            self._read_links(page.lines[place], place)
        for place in range(entry.first, entry.end):
            self._read_line(page.lines[place], place)

    @property
    def address(self) -> str:
        """Where it leads, for messages."""
        return self._addresses[0].url if self._addresses else "a heading"

    @property
    def damaged(self) -> str:
        """The address of arXiv that is none, if there is no other."""
        known = any(not address.damaged for address in self._addresses)
        return "" if known or not self._addresses else self._addresses[0].url

    def record(self, where: str, title: str) -> Record:
        """Its record."""
        arxiv = next((item.arxiv for item in self._addresses if item.arxiv), None) or parse_arxiv(
            self._first("arxiv")
        )
        doi = next((item.doi for item in self._addresses if item.doi), None) or parse_doi(self._first("doi"))
        abstract = clean_paragraphs(letters("\n\n".join(self._values.get("abstract", ()))))
        return Record(
            where=where,
            title=title,
            abstract=abstract,
            authors=tuple(
                dict.fromkeys(name for text in self._values.get("authors", ()) for name in names(text))
            ),
            arxiv_id=arxiv.id if arxiv else None,
            arxiv_version=arxiv.version if arxiv else None,
            doi=doi,
            links=paper_links(
                self._links,
                arxiv_id=arxiv.id if arxiv else None,
                doi=doi,
                abstract=_CROWDED.sub(" ", abstract),
            ),
            **self._fields(),
        )

    def _fields(self) -> dict[str, Any]:
        """The fields that are one value or a list, as keywords of a Record."""
        return {
            "published": read_any_date(self._first("published")),
            "revised": read_any_date(self._first("revised")),
            "venue": clean_line(letters(self._first("venue"))),
            "comment": clean_line(letters(self._first("comment"))),
            "summary": clean_line(letters(" ".join(self._values.get("summary", ())))),
            "categories": _categories(self._values.get("categories", ())),
            "keywords": _keywords(self._values.get("keywords", ())),
            "upvotes": read_count(self._first("upvotes")),
        }

    def _first(self, field: str) -> str:
        return next(iter(self._values.get(field, ())), "")

    # --- links

    def _read_links(self, line: Line, place: int) -> None:
        lead = lead_of(line) if place == self._entry.head or line.level else None
        for run in line.runs:
            address = read_address(run.url) if run.url else None
            if address is None:
                continue
            label = link_label(run.text)
            if label is not None or run is lead:
                self._add_link(address, label or "")
            elif code := repository(address.url):
                self._links.append(Link("Code", code))

    def _add_link(self, address: Address, label: str) -> None:
        if address.paper:
            self._addresses.append(address)
            link = address.link(label if label in ("PDF", "Supplement", "Poster", "Slides") else "")
        elif label or repository(address.url):
            sharing = "/share" in address.url or "/intent/" in address.url
            link = None if sharing else make_link(label or "Code", address.url)
        else:
            link = None
        self._links.extend([link] if link else [])

    # --- lines

    def _read_line(self, line: Line, place: int) -> None:
        """Put the text of a line into the field that it is."""
        text = _after_title(line, self._entry) if place == self._entry.head else _prose(line)
        heading = line.level and label_of_field(line.text)
        if heading:
            self._pending = heading
            return
        found = None if place == self._entry.head else labelled(text)
        if found is not None:
            self._pending = found[0] if not found[1] else None
            self._add(found[0], found[1], text)
        elif said := self._titles.column(line, self._entry.block):
            self._add(said, text, text)
        elif any(char.isalpha() for char in text) and link_label(text) is None and not _CROSS.fullmatch(text):
            field = self._field(line, place, text)
            text = text.lstrip(_SEPARATORS)
            if field == "abstract" and line.block == self._block:  # lines of one block make one paragraph
                self._values["abstract"][-1] += f"\n{text}"
            else:
                self._add(field, text, text)
            self._block = line.block if field == "abstract" else None

    def _field(self, line: Line, place: int, text: str) -> str:
        """The field of a text without a label."""
        said = _by_class(self._page, line)
        if said:
            return said
        if self._pending:
            return self._pending
        if "abstract" not in self._values and (field := self._of_people(line, place, text)):
            return field
        if _PUBLISHED.fullmatch(text) or line.level:
            return "published" if not line.level else "heading"
        return "date" if len(text) < 40 and find_day(text) else "abstract"

    def _of_people(self, line: Line, place: int, text: str) -> str | None:
        """Whether a text that stands before the abstract names authors, or where they are."""
        bare = text.strip(_SEPARATORS + ".") if not text.endswith("...") else text
        italic = all(run.italic for run in line.runs if run.text.strip())
        if "authors" in self._values:
            return ("venue" if _YEAR.search(text) else "other") if italic and len(text) < 300 else None
        if (found := _scholar(text)) and (are_names(found[0]) or is_name(found[0].strip("… "))):
            return "scholar"
        if are_names(bare.removeprefix("by ")):
            return "authors"
        following = self._page.lines[place + 1] if place + 1 < self._entry.end else None
        below = following is not None and all(run.italic for run in following.runs if run.text.strip())
        return "authors" if below and place == self._entry.head + 1 else None

    def _add(self, field: str, value: str, text: str) -> None:
        value = value.strip()
        if not value or value.lower() in _UNKNOWN:
            return
        if field == "scholar" and (line := _scholar(text)):
            people, place, year = line
            preprint = _PREPRINT.fullmatch(place)
            for name, part in (("authors", people), ("published", year)):
                self._add(name, part, part)
            self._add("arxiv" if preprint else "venue", preprint[1] if preprint else place, place)
            return
        if field == "published" and (match := _PUBLISHED.fullmatch(text)):
            value = match[1]
        if field == "authors":
            value = value.removeprefix("by ")
        if field == "arxiv":
            value, _, rest = value.partition(" ")
            self._values.setdefault("categories", []).append(f" {rest}")
        elif field == "links":
            links = (make_link("Page", url) for url in find_links(value))
            self._links.extend(link for link in links if link)
        if field in ("other", "date", "heading") or (
            field in ("published", "revised") and read_any_date(value) is None
        ):
            found = labelled(text)
            self._left[
                text[: -len(found[1])].strip(" :：") if found and found[1] else _LEFT.get(field, field)
            ] += 1
            return
        if field != "title":
            self._values.setdefault(field, []).append(value)


#: What is left out is called in the note, where it has no label of its own.
_LEFT = {"other": "affiliations", "date": "dates without a label", "heading": "further headings"}


def _scholar(text: str) -> tuple[str, str, str] | None:
    """The authors, the venue and the year of a line as Google Scholar writes it."""
    people, _, rest = text.partition(" - ")
    match = _SCHOLAR_YEAR.search(rest) if len(text) < 1000 else None
    return (people, rest[: match.start()].rstrip(" ,"), match[1]) if match else None


def _by_class(page: Page, line: Line) -> str | None:
    classes = page.blocks[line.block].classes
    return next((field for word, field in _CLASSES if word in classes), None)


def _prose(line: Line) -> str:
    """The text of a line without the links that only say that they are one."""
    if not any(run.url is not None for run in line.runs):
        return line.text
    kept = [run.text for run in line.runs if run.url is None or not _is_bare(run)]
    text = clean_line("".join(kept))
    return (
        text if len(kept) == len(line.runs) else clean_line(_EMPTY_BRACKETS.sub("", text)).strip(_SEPARATORS)
    )


def _is_bare(run: Run) -> bool:
    return link_label(run.text) is not None


def _after_title(line: Line, entry: Entry) -> str:
    """What follows a title in its line."""
    lead = lead_of(line)
    if lead is None or line.level or labelled(line.text):
        return ""
    title = bare_title(lead.text)
    if entry.title not in (title, title.rstrip(" :.")):
        return ""
    place = next(place for place, run in enumerate(line.runs) if run is lead)
    rest = [run for run in line.runs[place + 1 :] if run.url is None or not _is_bare(run)]
    text = clean_line(_EMPTY_BRACKETS.sub("", "".join(run.text for run in rest)))
    return text.lstrip(_SEPARATORS + ".").rstrip(_SEPARATORS)


def _categories(values: list[str] | tuple[()]) -> tuple[str, ...]:
    """ArXiv's classes in texts like ``Computation and Language (cs.CL); Robotics (cs.RO)`` or ``cs.CL, cs.RO``."""
    found: list[str] = []
    for value in values:
        codes = _CODES.findall(value) or [
            word for word in re.split(r"[\s,;\[\]]+", value) if _ARXIV_CLASS.fullmatch(word)
        ]
        found.extend(codes)
    return tuple(dict.fromkeys(found))


def _keywords(values: list[str] | tuple[()]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(filter(None, (clean_line(part) for value in values for part in _VALUES.split(value))))
    )


def passed_over(page: Page, entries: list[Entry]) -> Iterator[str]:
    """The addresses of links with words that stand in no entry."""
    inside = {place for entry in entries for place in range(entry.first, entry.end)}
    for place, line in enumerate(page.lines):
        if place not in inside:
            for run in line.runs:
                address = read_address(run.url) if run.url and link_label(run.text) is None else None
                if address:
                    yield address.url
