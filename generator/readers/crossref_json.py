"""Works as Crossref's API gives them: ``api.crossref.org/works/<doi>``, or a list of them (``/works?query=…``).

An answer is an envelope ``{status, message-type, message-version, message}``; without it works are read too (the
public data file, one a line or in ``items``). What differs from CSL-JSON: titles are lists, and subtitles stand apart;
abstracts are JATS; the date is that of print, online or posted, whichever is first
(<https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md>).

``subject`` is not read: it classified journals, not works, and Crossref has withdrawn it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.errors import Problem, shown
from generator.model import Digest, Record, Refusal
from generator.readers import json_text
from generator.readers.bibliography import SOURCE, Entry, bibliography, container, join_title, record_of
from generator.readers.bibliography_dates import earliest
from generator.readers.bibliography_json import (
    Object,
    date_of,
    date_words,
    is_crossref,
    items_of,
    names_of,
    refused,
    text_of,
    texts_of,
)
from generator.readers.fields import read_count
from generator.readers.raw import RawDigest

__all__ = ["LABEL", "NAME", "SOURCE", "accepts", "read"]

NAME = "crossref-json"
LABEL = "an answer of Crossref's API (JSON)"

#: When a work came out; ``created`` and ``deposited`` are the days of its metadata.
_DATES = ("published", "published-online", "published-print", "issued", "posted")
#: What papers appear in, and is none.
_CONTAINERS = frozenset(
    {
        *("proceedings", "proceedings-series", "journal", "journal-issue", "journal-volume"),
        *("book-series", "book-set", "report-series"),
    }
)
#: A PDF that is delivered only to services that compare texts.
_NOT_FOR_READERS = "similarity-checking"


def accepts(raw: RawDigest) -> bool:
    """Whether it is JSON with Crossref's envelope, or with keys that only its works have."""
    return is_crossref(json_text.keys(raw))


def read(raw: RawDigest) -> Digest:
    """Read the works. Raises DigestError if it is no JSON, an answer about something else, or its day is not known."""
    notes: list[Problem] = []
    found: list[tuple[int | str, object]] = []
    said = None
    for place, item in items_of(raw):
        inner, said = _message(raw, place, item) if _is_answer(item) else ([(place, item)], said)
        found.extend(inner)
    outcomes = [_work(raw, place, item, notes) for place, item in found]
    return bibliography(raw, NAME, outcomes, notes, said=said)


def _is_answer(item: object) -> bool:
    return isinstance(item, Mapping) and "message" in item and "title" not in item


def _message(
    raw: RawDigest, place: int | str, answer: object
) -> tuple[list[tuple[int | str, object]], int | None]:
    """The works in an answer, with their places, and how many there should be by its own words."""
    path = f"{place}.message" if isinstance(place, str) else place
    message = answer["message"] if isinstance(answer, Mapping) else None
    if isinstance(message, list):  # the reasons why there is no answer
        found = shown(
            text_of(message[0].get("message")) if message and isinstance(message[0], Mapping) else ""
        )
        raw.fail(path, "works", f"an error, {found}", "ask again")
    if not isinstance(message, Mapping) or (
        "title" not in message and "items" not in message and "DOI" not in message
    ):
        kind = text_of(answer.get("message-type")) if isinstance(answer, Mapping) else ""
        found = f"an answer of the kind {shown(kind)}" if kind else json_text.kind(message)
        raw.fail(path, "a work or a list of works", found, "ask for /works")
    items = message.get("items")
    if not isinstance(items, list):
        return [(path, message)], None
    inner = f"{path}.items" if isinstance(path, str) else path
    places = [f"{inner}[{number}]" if isinstance(inner, str) else inner for number in range(len(items))]
    return list(zip(places, items, strict=True)), _said(message)


def _said(message: Object) -> int | None:
    """How many works the answer should hold: all that were found, if they all fit into it."""
    total, most = read_count(message.get("total-results")), read_count(message.get("items-per-page"))
    query = message.get("query")
    start = read_count(query.get("start-index")) if isinstance(query, Mapping) else 0
    return total if total is not None and most is not None and total <= most and not start else None


def _work(raw: RawDigest, place: int | str, work: object, notes: list[Problem]) -> Record | Refusal:
    """Read one work."""
    if not isinstance(work, Mapping):
        return refused(raw, place, work)
    title = join_title(text_of(work.get("title")), text_of(work.get("subtitle")))
    if (kind := text_of(work.get("type"))) in _CONTAINERS:
        return container(raw, place, f"a work of the type {shown(kind)}", "remove it", title)
    entry = Entry(
        place=place,
        title=title,
        abstract=text_of(work.get("abstract")),
        authors=names_of(work.get("author", [])),
        hints=[*texts_of(work.get("container-title")), *texts_of(work.get("number"))],
        dois=[text_of(work.get("DOI")), *_preprints(work)],
        links=[*_links(work)],
        published=earliest(date_of(work[key]) for key in _DATES if key in work),
        dated=date_words(work.get("issued")),
        venue=_venue(work),
    )
    return record_of(raw, entry, notes)


def _links(work: Object) -> Iterator[tuple[str, str]]:
    """The work's address, and its PDF for readers."""
    for url in texts_of(work.get("URL")):
        yield "", url
    links = work.get("link")
    for link in links if isinstance(links, list) else []:
        if (
            isinstance(link, Mapping)
            and text_of(link.get("content-type")) == "application/pdf"
            and text_of(link.get("intended-application")) != _NOT_FOR_READERS
        ):
            yield "PDF", text_of(link.get("URL"))
            return


def _preprints(work: Object) -> Iterator[str]:
    """The identifiers of the work's own preprints: one on arXiv gives its identifier."""
    relation = work.get("relation")
    related = relation.get("has-preprint") if isinstance(relation, Mapping) else None
    for item in related if isinstance(related, list) else []:
        name = text_of(item.get("id")) if isinstance(item, Mapping) else ""
        if "arxiv" in name.lower() or (name and text_of(item.get("id-type")) == "arxiv"):
            yield name


def _venue(work: Object) -> str:
    """Where it appeared: the journal or book, else the event, else the server of a preprint (its institution)."""
    if found := text_of(work.get("container-title")):
        return found
    event, server = work.get("event"), work.get("institution")
    if isinstance(event, Mapping) and (found := text_of(event.get("name"))):
        return found
    if isinstance(server, list):
        server = server[0] if server else None
    preprint = text_of(work.get("type")) == "posted-content"
    return text_of(server.get("name")) if preprint and isinstance(server, Mapping) else ""
