"""One paper of a listing feed of arXiv.

Since 2024 (RSS 2.0 and Atom) an item says in elements of its own what it is; before (RSS 1.0) its title did, as in
``Title. (arXiv:1804.09133v3 [cs.LG] UPDATED)``, where the last word is ``CROSS LISTED``, ``UPDATED`` or missing. The
old form has HTML in its description and its authors, of which it leaves out all but the first of some hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.errors import Problem, shown
from generator.ids import parse_arxiv
from generator.model import ANNOUNCED, Record, Refusal
from generator.readers.arxiv_record import arxiv_line, arxiv_record
from generator.readers.people import alone, split_authors
from generator.readers.raw import RawDigest
from generator.readers.xml_text import children, text_of
from generator.text.clean import resolve_references

_OLD_TITLE = re.compile(
    r"\.? ?\(arXiv:(\S{1,40}) \[([^\]]{1,40})\](?: (UPDATED|CROSS LISTED))?\)$", re.IGNORECASE
)
_OLD_WORDS = {"": "new", "updated": "replace", "cross listed": "cross"}
_START = re.compile(
    r"\s*(?:arXiv:(\S{1,40})\s+Announce Type:\s*([\w-]{1,30}))?\s*(?:Abstract:)?\s*", re.IGNORECASE | re.ASCII
)
_LINK = re.compile(r"<a\s[^<>]{0,2000}>([^<>]{0,500})</a>", re.IGNORECASE)
#: The old form hides addresses in abstracts behind these words.
_HIDDEN = re.compile(r"<a\s+href=\"([^\"<>]{1,2000})\"[^<>]{0,200}>this https? url</a>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</?p>", re.IGNORECASE)
_UNNAMED = re.compile(r"\((\d{1,6}) additional authors? not shown\)", re.IGNORECASE)


class OldTitle(NamedTuple):
    """A title of the old form and what it says: its category and as what it is announced; empty where it does not."""

    title: str
    identifier: str = ""
    category: str = ""
    announced: str = ""


def read_item(
    raw: RawDigest, place: int | str, item: Element, day: date | None, notes: list[Problem]
) -> Record | Refusal:
    """The paper of an item or an entry, of a `day` of its own or None; `notes` take what of it could not be used."""
    title = old_title(text_of(item, "title"))
    identifier, announced, abstract = described(text_of(item, "description", "summary"))
    terms = [category.get("term") or category.text or "" for category in children(item, "category")]
    said = text_of(item, "announce_type") or announced or title.announced
    creators = [text for creator in children(item, "creator") if (text := "".join(creator.itertext()))]
    if unnamed := _UNNAMED.search(creators[0] if creators else ""):
        found, remedy = f"{unnamed[1]} more that it does not name", "get the paper in another format for them"
        notes.append(Problem(raw.at(place), "all authors", found, remedy))
    return arxiv_record(
        raw,
        place,
        arxiv_id=first_identifier([*_identifiers(item), identifier, title.identifier]),
        title=title.title,
        abstract=without_html(abstract),
        authors=alone(name for creator in creators for name in _names(creator)),
        categories=[title.category, *(term.strip() for term in terms)],
        venue=text_of(item, "journal_reference"),
        doi=text_of(item, "DOI", "doi"),
        announced=known_announcement(raw, place, said, notes),
        day=day,
        notes=notes,
    )


def old_title(text: str) -> OldTitle:
    """A title, with what the old form adds to it taken apart; a full stop that it puts behind every title is gone.

    >>> old_title("Is it so?. (arXiv:1804.09133v3 [cs.LG] UPDATED)")
    OldTitle(title='Is it so?', identifier='1804.09133v3', category='cs.LG', announced='replace')
    """
    line = " ".join(text.split())
    match = _OLD_TITLE.search(line)
    if not match or not parse_arxiv(match[1]):
        return OldTitle(text)
    announced = _OLD_WORDS[(match[3] or "").lower()]
    return OldTitle(line[: match.start()], match[1], match[2], announced)


def described(text: str) -> tuple[str, str, str]:
    """A description as identifier, type of announcement and abstract; the first two are empty where it lacks them."""
    match = _START.match(text)
    if not match:
        return "", "", text
    return match[1] or "", match[2] or "", text[match.end() :]


def known_announcement(raw: RawDigest, place: int | str, said: str, notes: list[Problem]) -> str:
    """One of `ANNOUNCED`; "", with a note, for any other word."""
    word = said.strip().lower()
    if word and word not in ANNOUNCED:
        remedy = "correct it; the paper stays without it"
        notes.append(Problem(raw.at(place), f"one of {', '.join(ANNOUNCED)}", shown(said), remedy))
    return word if word in ANNOUNCED else ""


def first_identifier(texts: Iterable[str]) -> str:
    """The first text that is an arXiv identifier, with the version that any of them gives it; else the first text.

    >>> first_identifier(["", "https://arxiv.org/abs/2508.13426", "oai:arXiv.org:2508.13426v2"])
    '2508.13426v2'
    """
    given = [text.strip() for text in texts if text.strip()]
    known = [found for text in given if (found := parse_arxiv(text))]
    if not known:
        return next(iter(given), "")
    version = next((found.version for found in known if found.id == known[0].id and found.version), None)
    return f"{known[0].id}v{version}" if version else known[0].id


def without_html(text: str) -> str:
    """An abstract without the few tags of the old form, which begins with ``<p>`` and escapes what is no tag.

    Any other text has none: what looks like one is mathematics.
    """
    if not text.lstrip().lower().startswith("<p>"):
        return text
    text = _LINK.sub(r"\1", _HIDDEN.sub(r" \1 ", text))
    return _PARAGRAPH.sub("\n\n", text)


def _identifiers(item: Element) -> Iterator[str]:
    """What may be the identifier: ``guid``, Atom's ``id``, links, the subject of RDF."""
    yield text_of(item, "guid", "id")
    for link in children(item, "link"):
        yield link.get("href") or link.text or ""
    yield next((value for name, value in item.items() if name.endswith("}about")), "")


def _names(creator: str) -> Iterable[str]:
    """The names of a list of authors: those of its links if it has any, for nothing else in it is a name then."""
    linked = _LINK.findall(creator)
    return map(arxiv_line, linked) if linked else split_authors(resolve_references(creator))
