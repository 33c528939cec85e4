"""Values as sources write them, into values of the model. Pure; an unknown value is None, never a guess."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from generator.model import Link, PartialDate
from generator.text.links import code_link, repository, safe_url

#: Counts above this are damage, not popularity.
_COUNT_LIMIT = 10**12
_COUNT = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([km])?", re.IGNORECASE | re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?", re.ASCII)

#: What of a DOI may stand in an address as it is, <https://www.doi.org/doi-handbook/HTML/encoding-rules-for-urls.html>.
_DOI_SAFE = "/().:;-_"

#: Links of a paper stand in this order; others follow as they were given.
LINK_ORDER = ("arXiv", "PDF", "DOI", "Code", "Project page", "Hugging Face")
_RANKS = {label: rank for rank, label in enumerate(LINK_ORDER)}


def read_count(value: object) -> int | None:
    """A count as a whole number: ``29``, ``"1,729"``, ``"11.8k"``; None if it is none.

    >>> read_count("11.8k"), read_count(-1), read_count("many")
    (11800, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        match = _COUNT.fullmatch(_THOUSANDS.sub("", value.strip()))
        if not match:
            return None
        value = round(float(match[1]) * _FACTORS[(match[2] or "").lower()])
    if not math.isfinite(value) or value != int(value):
        return None
    return int(value) if 0 <= value <= _COUNT_LIMIT else None


def read_date(text: str) -> PartialDate | None:
    """A year, a month (``2025-03``), a day (``2025-03-14``) or a moment (``2025-03-14T01:02:03.000Z``).

    Of a moment the day is taken as it is written. None for anything else, and for days that do not exist.
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    if (match[2] and not 1 <= month <= 12) or (match[3] and not _exists(year, month, day)) or year == 0:
        return None
    return PartialDate(year, month, day)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def read_day(text: str) -> date | None:
    """A whole day (``2025-03-14``, or a moment of it); None if `text` is none."""
    partial = read_date(text)
    return date(*partial) if partial and partial.day else None


def paper_links(
    given: Iterable[Link], *, arxiv_id: str | None = None, doi: str | None = None, abstract: str = ""
) -> tuple[Link, ...]:
    """All links of a paper, in the order of `LINK_ORDER`, each address once.

    To those `given` come the ones that follow from its identifiers and, if no code is given, from the abstract.
    What is given under a label wins over what follows.
    """
    given = list(given)
    labels = {link.label for link in given}
    follows = identifier_links(arxiv_id, doi)
    if "Code" not in labels and (code := code_link(abstract)):
        follows.append(Link("Code", code))
    links = [*given, *(link for link in follows if link.label not in labels)]
    links.sort(key=_rank)
    once: dict[str, Link] = {}
    for link in links:
        once.setdefault(link.url, link)
    return tuple(once.values())


def identifier_links(arxiv_id: str | None, doi: str | None) -> list[Link]:
    """The links that follow from identifiers."""
    links = [Link("DOI", f"https://doi.org/{quote(doi, safe=_DOI_SAFE)}")] if doi else []
    if arxiv_id:
        links.append(Link("arXiv", f"https://arxiv.org/abs/{arxiv_id}"))
        links.append(Link("PDF", f"https://arxiv.org/pdf/{arxiv_id}"))
    return links


def huggingface_link(arxiv_id: str) -> Link:
    """The page of a paper of arXiv at Hugging Face; not every paper has one."""
    return Link("Hugging Face", f"https://huggingface.co/papers/{arxiv_id}")


def _rank(link: Link) -> int:
    return _RANKS.get(link.label, len(_RANKS))


def make_link(label: str, url: str) -> Link | None:
    """A link if `url` is safe; the code's is the repository itself."""
    safe = safe_url(url)
    if safe is None:
        return None
    return Link(label, (repository(safe) or safe) if label == "Code" else safe)
