"""BibTeX and biblatex: what arXiv, publishers, Google Scholar and reference managers export.

What an entry lacks it takes from the one that its ``crossref`` names: title of the book, date, series (*Tame the
BeaST*; biblatex's manual, Appendix B), from those in ``xdata`` everything. Entries of all types are read if they have a
title, but for those that only hold what others need: ``@proceedings``, and books without an author that others refer
to, are refused by name; ``@xdata``, like ``@string``, is no entry of its own.

Of ``note`` what reads as the authors' comment is kept. Files on somebody's disk, pages and publishers are not, and
``annote`` and ``comment`` are a reader's, not the authors'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from generator.errors import Problem, shown
from generator.ids import parse_arxiv
from generator.model import Digest, PartialDate, Record, Refusal
from generator.readers.bibliography import (
    SOURCE,
    Entry,
    begins_plain,
    bibliography,
    container,
    join_title,
    record_of,
)
from generator.readers.bibliography_dates import make_date, parse_date
from generator.readers.bibtex_blocks import BibEntry, entries_of
from generator.readers.bibtex_journals import ASTRONOMY
from generator.readers.bibtex_values import names_of
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line
from generator.text.tex_markup import plain

__all__ = ["LABEL", "NAME", "SOURCE", "accepts", "read"]

NAME = "bibtex"
LABEL = "a bibliography in BibTeX"

_START = re.compile(
    r"^[ \t]*@\s*(?:(?:string|comment|preamble)\s*[{(]|[A-Za-z]+\s*[{(]\s*(?:[^\s,{}()\"=]*\s*,|[A-Za-z][\w-]*\s*=))",
    re.MULTILINE | re.IGNORECASE,
)
_VENUES = ("journal", "journaltitle", "booktitle", "series", "maintitle", "eventtitle")
#: Fields with addresses, and the labels of those that say where they lead.
_LINKS = {
    "url": "", "link": "", "ee": "", "howpublished": "", "pdf": "PDF", "code": "Code", "github": "Code",
    "repository": "Code", "project": "Project page", "website": "Project page", "video": "Video", "slides": "Slides",
    "poster": "Poster", "openreview": "OpenReview", "adsurl": "ADS",
}  # fmt: skip
#: Fields in which an arXiv identifier is found.
_HINTS = (
    "journal",
    "journaltitle",
    "number",
    "volume",
    "eid",
    "pages",
    "note",
    "howpublished",
    "publisher",
    "series",
)
#: Fields whose values are read; of others nothing is remarked.
_READ = frozenset(
    (
        *_VENUES,
        *_LINKS,
        "title",
        "subtitle",
        "author",
        "year",
        "month",
        "date",
        "doi",
        "eprint",
        "abstract",
        "keywords",
    )
)
_DATED = ("date", "year")
#: What a paper takes from the volume that it is in, and from which fields of that.
_INHERITED = {
    "booktitle": ("booktitle", "title"), "booksubtitle": ("booksubtitle", "subtitle"), "year": ("year",),
    "month": ("month",), "date": ("date",), "series": ("series",), "eventtitle": ("eventtitle",),
}  # fmt: skip
_CONTAINERS = frozenset({"proceedings", "mvproceedings"})
_BOOKS = frozenset({"book", "mvbook", "collection", "mvcollection", "periodical"})
#: Fields of which an entry may have several; of the others the first counts.
_MANY = frozenset((*_LINKS, "keywords"))
#: How TeX writes the signs of an address.
_TILDE = re.compile(r"\{?\\(?:textasciitilde|~)(?:\{\}|\})?|\$\\sim\$")
_ESCAPED = re.compile(r"\{?\\([_%&#$])\}?|\{([_~%&#])\}")
_URL = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,10}://|www\.)[^\s{}<>\"]+")
#: What some exports make of the signs of HTML, and of a backslash.
_ARTEFACTS = {
    r"$\backslash$": "\\",
    r"$\less$": "<",
    r"$\greater$": ">",
    r"$\lt$": "<",
    r"$\gt$": ">",
    r"$\mathsemicolon$": ";",
}
_MACRO = re.compile(r"\s*\\([A-Za-z]+)\s*")


def accepts(raw: RawDigest) -> bool:
    """Whether a line begins an entry (``@article{key,``) and what is above is free text or comments."""
    match = _START.search(raw.text) if "@" in raw.text else None
    return bool(match and begins_plain(raw.text[: match.start()]))


def read(raw: RawDigest) -> Digest:
    """Read the entries. Raises DigestError if there is none, or their day is not known."""
    notes: list[Problem] = []
    found = entries_of(raw, notes)
    entries = [entry for entry in found if isinstance(entry, BibEntry)]
    by_key = {entry.key.lower(): entry for entry in reversed(entries) if entry.key}
    notes.extend(_remarks(raw, entries))
    parents = {parent.lower() for entry in entries for parent in entry.all("crossref")}
    for entry in entries:
        notes.extend(_inherit(raw, entry, by_key))
    outcomes = [
        entry if isinstance(entry, Refusal) else _outcome(raw, entry, parents, notes)
        for entry in found
        if isinstance(entry, Refusal) or entry.kind != "xdata"
    ]
    return bibliography(raw, NAME, outcomes, notes)


def _outcome(raw: RawDigest, entry: BibEntry, parents: Set[str], notes: list[Problem]) -> Record | Refusal:
    """Read one entry, that has what it inherits already. `parents` are the keys that others refer to."""
    title = join_title(_text(entry.first("title")), _text(entry.first("subtitle")))
    if title and (entry.kind in _CONTAINERS or _is_volume(entry, parents)):
        found, remedy = f"a volume that papers are in (@{entry.kind})", "remove it if no paper refers to it"
        return container(raw, entry.line, found, remedy, title)
    eprints, classes = _eprints(entry)
    return record_of(
        raw,
        Entry(
            place=entry.line,
            title=title,
            key=entry.key,
            abstract=_text(entry.first("abstract")),
            authors=names_of(entry.first("author")),
            eprints=eprints,
            hints=[_text(value) for value in entry.all(*_HINTS)],
            dois=[_address(value) for value in entry.all("doi")],
            links=[*_links(entry)],
            published=_published(entry),
            dated=_text(entry.first("date", "year")),
            venue=_venue(entry),
            notes=[_text(value) for value in entry.all("note", "comments")],
            keywords=[part for value in entry.all("keywords", "keyword") for part in _listed(_text(value))],
            categories=classes,
        ),
        notes,
    )


def _is_volume(entry: BibEntry, parents: Set[str]) -> bool:
    """Whether an entry is a book that has no authors of its own, but those of the entries that are in it."""
    return entry.kind in _BOOKS and entry.key.lower() in parents and not entry.first("author")


def _text(value: str) -> str:
    """A value in plain text."""
    if "$\\" in value:
        for written, sign in _ARTEFACTS.items():
            value = value.replace(written, sign)
    return plain(value)


def _listed(text: str) -> list[str]:
    """Keywords that semicolons separate, or else commas."""
    return text.split(";" if ";" in text else ",")


def _eprints(entry: BibEntry) -> tuple[list[str], list[str]]:
    """What the entry calls its arXiv identifier, and its categories there."""
    archive = entry.first("archiveprefix", "eprinttype").strip().lower()
    written = [_address(value) for value in entry.all("eprint", "arxiv", "arxivid")]
    classes = entry.all("primaryclass", "eprintclass")
    if archive and archive not in {"arxiv", "arxiv.org"}:
        return [], []
    # Numbers up to 2007 are of an archive, which stands in a field of its own: 0309136, math.GT.
    old = [f"{classes[0].partition('.')[0]}/{value}" for value in written if classes and value[:7].isdigit()]
    eprints = [*(value for value in old if parse_arxiv(value)), *written]
    if not archive:  # nothing says that it is arXiv's
        eprints = [value for value in eprints if parse_arxiv(value)]
    return eprints, classes


def _links(entry: BibEntry) -> Iterator[tuple[str, str]]:
    """The addresses in the entry, with the labels of their fields; of a field for one its text, whatever it is."""
    for name, label in _LINKS.items():
        for value in map(_address, entry.all(name)):
            found = _URL.findall(value)
            if not found and name in {"url", "pdf"}:
                found = [clean_line(value)]
            yield from ((label, url.rstrip(",;")) for url in found)
    yield from (("", value) for value in entry.all("eprint") if value.startswith("http"))


def _address(value: str) -> str:
    """An address or an identifier, without TeX's way to write its signs."""
    value = value.strip()
    if "\\" in value or "{" in value:
        value = _ESCAPED.sub(lambda match: match[1] or match[2], _TILDE.sub("~", value))
        value = value.replace("\\url", " ").replace("{", " ").replace("}", " ").strip()
    return value


def _published(entry: BibEntry) -> PartialDate | None:
    """The date, from one field or from several."""
    if found := parse_date(_text(entry.first("date"))):
        return found
    year, month, day = (_text(entry.first(name)).strip() for name in ("year", "month", "day"))
    found = parse_date(year)
    if found is None or found.month or not month:
        return found
    if month.isdigit():
        return make_date(found.year, month, day)
    return parse_date(f"{day} {month} {found.year}") or found


def _venue(entry: BibEntry) -> str:
    """Where it appeared; a macro of astronomers' styles stands for its journal."""
    value = entry.first(*_VENUES)
    if match := _MACRO.fullmatch(value):
        return ASTRONOMY.get(match[1], value)
    if value == entry.first("booktitle"):
        return join_title(_text(value), _text(entry.first("booksubtitle")))
    return _text(value)


def _inherit(raw: RawDigest, entry: BibEntry, by_key: Mapping[str, BibEntry]) -> Iterator[Problem]:
    """Give an entry what it lacks and its parents have."""
    for key in [key.strip() for value in entry.all("xdata") for key in value.split(",")]:
        if parent := by_key.get(key.lower()):
            for name, values in parent.values.items():
                entry.values.setdefault(name, values)
    for key in map(str.strip, entry.all("crossref")):
        parent = by_key.get(key.lower())
        if parent is None and not (entry.first(*_VENUES) and entry.first(*_DATED)):
            expected, found = f"the entry {shown(key)}, in which it is", "none"
            remedy = "add it; the paper stays without what it would say"
            yield Problem(raw.at(entry.line), expected, found, remedy)
        elif parent and parent is not entry:
            for name, sources in _INHERITED.items():
                dated = name in _DATED and entry.first(*_DATED)
                if not entry.first(name) and not dated and (value := parent.first(*sources)):
                    entry.values[name] = [value]


def _remarks(raw: RawDigest, entries: Sequence[BibEntry]) -> Iterator[Problem]:
    """What is odd in entries and costs them nothing, or what was chosen."""
    keys: set[str] = set()
    macros: set[str] = set()
    for entry in entries:
        place = raw.at(entry.line)
        if entry.key and entry.key.lower() in keys:
            expected = f"the key {shown(entry.key)} once"
            yield Problem(place, expected, "another entry of it", "rename one; both are read")
        keys.add(entry.key.lower())
        for name, values in entry.values.items():
            if name in _READ - _MANY and len(set(values)) > 1:
                yield Problem(
                    place, f"one value of {shown(name)}", "another one", "remove one: the first counts"
                )
        for name, macro in entry.unknown.items():
            if name in _READ - {"month"} and macro.lower() not in macros:
                macros.add(macro.lower())
                expected, found = f"a @string that says what {shown(macro)} is", "none"
                yield Problem(place, expected, found, "add it; the name stands for itself")
