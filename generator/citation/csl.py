"""CSL-JSON, which citation processors read: Pandoc, citeproc, Zotero.

Rules: the schema of CSL 1.0.2 (<https://github.com/citation-style-language/schema>); a preprint is an ``article`` with
the archive as its publisher and its number there, as Zotero writes it.
"""

from __future__ import annotations

from typing import Any

from generator.citation.reference import address_of, citation_key, is_article, split_name
from generator.model import Paper
from generator.text.prose import Prose


def csl(paper: Paper, *, abstract: bool = False) -> dict[str, Any]:
    """The CSL item of a paper; with its `abstract`, if that is wanted."""
    item: dict[str, Any] = {
        "id": citation_key(paper),
        "type": "article-journal" if is_article(paper) else "article",
        "title": paper.plain_title,
    }
    if paper.authors:
        item["author"] = [_name(author) for author in paper.authors]
    if paper.published:
        item["issued"] = {"date-parts": [[part for part in paper.published if part]]}
    if is_article(paper) and (venue := Prose(paper.venue).as_plain):
        item["container-title"] = venue
    if paper.arxiv_id:
        item |= {"publisher": "arXiv", "number": f"arXiv:{paper.arxiv_id}"}
    if paper.doi:
        item["DOI"] = paper.doi
    if url := address_of(paper):
        item["URL"] = url
    if abstract and (said := paper.prose.as_plain):
        item["abstract"] = said
    return item


def _name(author: str) -> dict[str, str]:
    family, given = split_name(author)
    return {"family": family, "given": given} if given else {"literal": family}
