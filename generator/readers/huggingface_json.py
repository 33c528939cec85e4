"""Answers of Hugging Face's ``GET /api/daily_papers`` and its kin, saved as they came.

An answer is a list of items, or one in an envelope ``{status, date, count, data}``. An item holds a ``paper``
and, around it, what the site knows of it. ``/api/papers`` and ``/api/papers/<id>`` give the paper without what is
around it, the older ``/api/papers/search`` only ``{id, title, thumbnailUrl, source}``. Fields come and go by era:

- ``title`` and ``summary`` may stand inside, outside or both; the paper's own win, outer ones fill gaps. Titles
  are wrapped with line breaks and indents.
- ``paper.publishedAt`` is arXiv's date. The outer one is the moment of the listing and is not used.
- The day is ``paper.submittedOnDailyAt``, since March 2025; before, only the file's name has it. A week's or a month's
  answer (``?week=2025-W38``, ``?month=2025-09``) has papers of several days.
- Authors that are ``hidden`` are left out, as they asked; names are given once.
- An item may be the Python ``repr`` of itself in a string.
- ``githubRepo`` may end in ``/tree/main``; ``githubStars`` may be ``"11.8k"``.
- What is missing or null is unknown, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.errors import Problem
from generator.model import Digest, Record, Refusal, Source
from generator.readers import json_text
from generator.readers.fields import read_count, read_day
from generator.readers.huggingface_item import listing_day, paper_place, read_item
from generator.readers.raw import RawDigest

NAME = "huggingface-json"
LABEL = "an answer of Hugging Face's API of daily papers (JSON)"
SOURCE = Source("huggingface-daily", "Hugging Face daily papers", "https://huggingface.co/papers")

_START = re.compile(r"\s*[\[{]")
#: The key that every item has.
_PAPER = re.compile(r'"paper"\s*:')
#: The same where an item is a Python repr: in a string that begins as one.
_REPR, _REPR_PAPER = re.compile(r"(?<!\\)\"\s*\{\s*'"), re.compile(r"'paper'\s*:")
_EMPTY = re.compile(r"\s*\[\s*\]\s*")
_LISTS = ("data", "dailyPapers", "papers")
#: Keys that a paper without an item around it has, and nobody else's: any of these sets tells it.
_SIGNS = ({"id", "_id", "hidden"}, {"id", "discussionId"}, {"id", "submittedOnDailyAt"})
_THUMBNAIL = re.compile(r'"thumbnailUrl"\s*:\s*"https://[\w.-]*huggingface\.co/social-thumbnails/papers/')
#: Characters in which the first record of a search has shown its thumbnail.
_NEAR = 5_000


def accepts(raw: RawDigest) -> bool:
    """Whether it is JSON with items that hold a ``paper``, or with papers as only this site has them, or an empty
    list.
    """
    text = raw.text
    if not _START.match(text):
        return False
    if _PAPER.search(text) or _EMPTY.fullmatch(text) or _THUMBNAIL.search(text, 0, _NEAR):
        return True
    return _is_papers(raw) or bool(_REPR.search(text) and _REPR_PAPER.search(text))


def _is_papers(raw: RawDigest) -> bool:
    keys = json_text.keys(raw)
    return any(signs <= keys for signs in _SIGNS)


def read(raw: RawDigest) -> Digest:
    """Read the answer. Raises DigestError if it is no JSON, holds no list of papers, or its day is not known."""
    answer = json_text.load(raw)
    places, written = _list(raw, answer)
    items = [json_text.unfold(item) for item in written]
    day, several, notes = _day(raw, answer, items)
    outcomes = [read_item(raw, place, item, notes) for place, item in zip(places, items, strict=True)]
    if several:
        outcomes = [_dated(raw, outcome, item) for outcome, item in zip(outcomes, items, strict=True)]
    return raw.digest(
        NAME,
        day,
        raw.source_or(None, SOURCE),
        outcomes,
        notes,
        said=read_count(answer.get("count")) if isinstance(answer, Mapping) else None,
    )


def _list(raw: RawDigest, answer: object) -> tuple[Sequence[str], Sequence[object]]:
    """The items and their paths in the file; an item or a paper may stand alone."""
    root, items = "$", answer
    if isinstance(answer, Mapping):
        key = next((key for key in _LISTS if isinstance(answer.get(key), list)), None)
        if key is None and ("paper" in answer or {"id", "title"} <= answer.keys()):
            return ["$"], [answer]
        root, items = (f"$.{key}", answer[key]) if key else ("$", None)
    if not isinstance(items, list):
        raw.fail("$", "a list of papers", json_text.kind(answer), "save the whole answer of the API")
    if not items:
        raw.fail(root, "at least one paper", "an empty list", "download it again, or remove the file")
    return [f"{root}[{number}]" for number in range(len(items))], items


def _day(raw: RawDigest, answer: object, items: Iterable[object]) -> tuple[date, bool, list[Problem]]:
    """The day of the digest, the last one if it is of several; whether it is; a note if the text says another day than
    was given.
    """
    said = read_day(str(answer.get("date"))) if isinstance(answer, Mapping) else None
    days = {said} if said else set(filter(None, map(listing_day, items)))
    if raw.day is None:
        if days:
            return max(days), len(days) > 1, []
        return raw.day_or(None, "", "one day, as each paper's submittedOnDailyAt", "none"), False, []
    other = sorted(str(day) for day in days if day != raw.day)
    return raw.day, False, [raw.other_day(", ".join(other[:3]))] if other else []


def _dated(raw: RawDigest, outcome: Record | Refusal, item: object) -> Record | Refusal:
    """A record of an answer of several days, with its own; which of them it is on is not guessed."""
    if isinstance(outcome, Refusal):
        return outcome
    day = listing_day(item)
    if day is None:
        place = f"{paper_place(outcome.where, item)}.submittedOnDailyAt"
        remedy = "add it, or give one day for all with --date YYYY-MM-DD"
        problem = Problem(raw.at(place), "its day, in an answer of several days", "none", remedy)
        return Refusal(problem, outcome.title)
    return replace(outcome, day=day)
