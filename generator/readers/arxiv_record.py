"""What arXiv says of one paper, in whichever of its formats, into a Record.

Titles, abstracts and names are TeX source, wrapped, <https://info.arxiv.org/help/prep.html>; letters that TeX
spells are read, mathematics is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from generator.errors import Problem, shown
from generator.ids import parse_arxiv, parse_doi
from generator.model import PartialDate, Record, Refusal
from generator.readers.fields import paper_links
from generator.readers.people import once
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line, clean_paragraphs, resolve_references
from generator.text.tex import letters

#: An indented line begins a paragraph.
_INDENTED = re.compile(r"\r?\n[ \t]+(?=\S)")
#: What stands between several DOIs; a semicolon or a comma may be part of one.
_DOIS = re.compile(r"\s+|[,;](?=10\.\d{4})", re.ASCII)
_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?")


def arxiv_record(
    raw: RawDigest,
    place: int | str,
    *,
    arxiv_id: str,
    title: str,
    abstract: str = "",
    authors: Iterable[str] = (),
    categories: Iterable[str] = (),
    comment: str = "",
    venue: str = "",
    doi: str = "",
    published: PartialDate | None = None,
    revised: PartialDate | None = None,
    announced: str = "",
    day: date | None = None,
    notes: list[Problem],
) -> Record | Refusal:
    """The record of a paper at a line (or a path) of a text, from arXiv's own words.

    `title`, `abstract`, `comment` and `venue` are as arXiv has them; `authors` are names already. An identifier that
    is none, or no title, refuses the record; a DOI that is none, and any but the first, is left out with a note.
    """
    where = f"line {place}" if isinstance(place, int) else place
    found = parse_arxiv(arxiv_id)
    name = arxiv_line(title)
    if found is None:
        what = shown(arxiv_id) if arxiv_id.strip() else "none"
        problem = Problem(
            raw.at(place), "an arXiv id like 2403.01234", what, "correct it or remove the record"
        )
        return Refusal(problem, name)
    if not name:
        problem = Problem(raw.at(place), "a title", "none", "write it or remove the record")
        return Refusal(problem, found.id)
    own = [known for part in _DOIS.split(doi) if (known := parse_doi(part))]
    if doi.strip() and not own:
        remedy = "correct it; the paper stays without it"
        notes.append(Problem(raw.at(place), "a DOI like 10.1000/xyz", shown(doi), remedy))
    if len(set(own)) > 1:
        several = f"{len(set(own))}, {shown(' '.join(own))}"
        notes.append(
            Problem(raw.at(place), "one DOI", several, "nothing is to be done; the paper has the first")
        )
    text = arxiv_paragraphs(abstract)
    return Record(
        where=where,
        title=name,
        day=day,
        announced=announced,
        abstract=text,
        authors=once(map(clean_line, authors)),
        arxiv_id=found.id,
        arxiv_version=found.version,
        doi=own[0] if own else None,
        published=published,
        revised=revised,
        venue=arxiv_line(venue),
        comment=arxiv_line(comment),
        links=paper_links((), arxiv_id=found.id, doi=own[0] if own else None, abstract=text),
        categories=once(part for part in categories if _CATEGORY.fullmatch(part)),
    )


def arxiv_line(text: str) -> str:
    """A title or another line of arXiv's text."""
    return clean_line(letters(resolve_references(text)))


def arxiv_paragraphs(text: str) -> str:
    """An abstract of arXiv's text, in which an indented line begins a paragraph."""
    if "\n " in text or "\n\t" in text:
        text = _INDENTED.sub("\n\n", text)
    return clean_paragraphs(letters(resolve_references(text)))
