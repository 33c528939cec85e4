"""Answers of Hugging Face's ``GET /api/daily_papers``, saved as they came.

An answer is a list of items, or one in an envelope ``{status, date, count, data}``. An item holds a ``paper``
and, around it, what the site knows of it; fields come and go by era:

- ``title`` and ``summary`` may stand inside, outside or both; the paper's own win, outer ones fill gaps. Titles
  are wrapped with line breaks and indents.
- ``paper.publishedAt`` is arXiv's date. The outer one is the moment of the listing and is not used.
- The day is ``paper.submittedOnDailyAt``, since March 2025; before, only the file's name has it.
- Authors that are ``hidden`` are left out, as they asked; names are given once.
- An item may be the Python ``repr`` of itself in a string.
- ``githubRepo`` may end in ``/tree/main``; ``githubStars`` may be ``"11.8k"``.
- What is missing or null is unknown, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from generator.errors import Problem
from generator.model import Digest, Record, Refusal, Source
from generator.readers import json_text
from generator.readers.fields import read_count, read_day
from generator.readers.huggingface_item import listing_day, read_item
from generator.readers.raw import DAY_REMEDY, RawDigest

NAME = "huggingface-json"
LABEL = "an answer of Hugging Face's daily_papers API (JSON)"
SOURCE = Source("huggingface-daily", "Hugging Face daily papers", "https://huggingface.co/papers")

_START = re.compile(r"\s*[\[{]")
#: The key that every item has; in a string that is a Python repr its quotes are single ones.
_PAPER = re.compile(r"""["']paper["']\s*:""")
_EMPTY = re.compile(r"\s*\[\s*\]\s*")
_LISTS = ("data", "dailyPapers", "papers")


def accepts(raw: RawDigest) -> bool:
    """Whether it is JSON with items that hold a ``paper``, or an empty list."""
    return bool(_START.match(raw.text) and (_PAPER.search(raw.text) or _EMPTY.fullmatch(raw.text)))


def read(raw: RawDigest) -> Digest:
    """Read the answer. Raises DigestError if it is no JSON, holds no list of papers, or its day is not known."""
    answer = json_text.load(raw)
    root, written = _list(raw, answer)
    items = [json_text.unfold(item) for item in written]
    day, notes = _day(raw, answer, items)
    outcomes = [read_item(raw, f"{root}[{place}]", item, notes) for place, item in enumerate(items)]
    return Digest(
        path=raw.path,
        format=NAME,
        day=day,
        source=raw.source_or(None, SOURCE),
        records=tuple(outcome for outcome in outcomes if isinstance(outcome, Record)),
        refusals=tuple(outcome for outcome in outcomes if isinstance(outcome, Refusal)),
        notes=(*raw.decoding, *notes),
        said=read_count(answer.get("count")) if isinstance(answer, Mapping) else None,
    )


def _list(raw: RawDigest, answer: object) -> tuple[str, Sequence[object]]:
    """The list of items and its path in the file."""
    root, items = "$", answer
    if isinstance(answer, Mapping):
        key = next((key for key in _LISTS if isinstance(answer.get(key), list)), None)
        root, items = (f"$.{key}", answer[key]) if key else ("$", [answer] if "paper" in answer else None)
    if not isinstance(items, list):
        raw.fail("$", "a list of papers", json_text.kind(answer), "save the whole answer of the API")
    if not items:
        raw.fail(root, "at least one paper", "an empty list", "download it again, or remove the file")
    return root, items


def _day(raw: RawDigest, answer: object, items: Sequence[object]) -> tuple[date, list[Problem]]:
    """The day of the digest, with a note if the text says another than was given."""
    said = read_day(str(answer.get("date"))) if isinstance(answer, Mapping) else None
    days = {said} if said else set(filter(None, map(listing_day, items)))
    if raw.day is None:
        found = f"papers of {len(days)} days ({min(days)} to {max(days)})" if days else "none"
        expected = "one day, as each paper's submittedOnDailyAt"
        if len(days) > 1:
            raw.fail("", expected, found, DAY_REMEDY)
        return raw.day_or(min(days, default=None), "", expected, found), []
    other = sorted(str(day) for day in days if day != raw.day)
    return raw.day, [raw.other_day(", ".join(other[:3]))] if other else []
