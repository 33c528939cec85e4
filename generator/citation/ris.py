"""RIS, which every reference manager reads.

Rules: the tags that Zotero, citation-js and rispy read alike (<https://en.wikipedia.org/wiki/RIS_(file_format)>). A
preprint is ``UNPB``: citation-js cannot read ``PREP``. Values are plain Unicode, formulas as people write them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.citation.reference import address_of, citation_key, is_article, split_name
from generator.model import Paper, PartialDate
from generator.text.prose import Prose


def ris(paper: Paper, *, abstract: bool = False) -> str:
    """The RIS record of a paper; with its `abstract`, if that is wanted, on one line."""
    said = " ".join(paper.prose.as_plain.split()) if abstract else ""
    values = (*_values(paper), *([("AB", said)] if said else []), ("ER", ""))
    return "".join(f"{tag}  - {value}\n" for tag, value in values)


def _values(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "TY", "JOUR" if is_article(paper) else "UNPB" if paper.arxiv_id else "GEN"
    yield "ID", citation_key(paper)
    yield "TI", paper.plain_title
    for author in paper.authors:
        family, given = split_name(author)
        yield "AU", f"{family}, {given}" if given else family
    if paper.published:
        yield "PY", str(paper.published.year)
        yield "DA", _date(paper.published)
    if is_article(paper) and (venue := Prose(paper.venue).as_plain):
        yield "T2", venue
    if paper.arxiv_id:
        yield "AN", f"arXiv:{paper.arxiv_id}"
    if paper.doi:
        yield "DO", paper.doi
    if url := address_of(paper):
        yield "UR", url


def _date(day: PartialDate) -> str:
    """``YYYY/MM/DD/``, with nothing between the strokes for what is unknown."""
    month, number = (f"{part:02d}" if part else "" for part in (day.month, day.day))
    return f"{day.year:04d}/{month}/{number}/"
