"""Saved pages of Hugging Face: <https://huggingface.co/papers>, of a day, a week or a month, and of one paper.

The page holds what its API answers (`generator.readers.huggingface_json`) as JSON in an attribute::

    <div class="SVELTE_HYDRATER contents" data-target="DailyPapers"
         data-props="{&quot;dateString&quot;:&quot;2025-03-14&quot;,&quot;dailyPapers&quot;:[…]}">

``dateString`` is the day of the list. The page of a week or a month (``periodType``) has papers of many days: each
has its own, ``submittedOnDailyAt``. The page of one paper (``data-target="PaperContent"``) has the paper alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from generator.errors import Problem
from generator.model import Digest, Record, Refusal
from generator.readers import huggingface_json, json_text
from generator.readers.fields import read_day
from generator.readers.html_text import Tag, is_html, tokens
from generator.readers.huggingface_item import listing_day, read_item
from generator.readers.raw import DAY_REMEDY, RawDigest

NAME = "huggingface-html"
LABEL = "a saved Hugging Face papers page (HTML)"
SOURCE = huggingface_json.SOURCE

#: The elements that hold the data: of a list of papers, and of one paper.
_LIST, _PAPER = "DailyPapers", "PaperContent"
_TARGET = re.compile(rf"""\bdata-target\s*=\s*["']?(?:{_LIST}|{_PAPER})\b""")
_PERIODS = ("week", "month")
_PERIOD = re.compile(r"\d{4}-(?:W?\d{1,2})")
_REMEDY = "save the page again, as HTML"


def accepts(raw: RawDigest) -> bool:
    """Whether it is HTML with an element that holds the data of papers."""
    return is_html(raw) and bool(_TARGET.search(raw.text))


def read(raw: RawDigest) -> Digest:
    """Read the page. Raises DigestError if its data is damaged or has no paper, or its day is not known."""
    target, props = _props(raw)
    root, written = ("$", [props]) if target == _PAPER else ("$.dailyPapers", props.get("dailyPapers"))
    if not isinstance(written, list):
        raw.fail(root, "a list of papers", json_text.kind(written), _REMEDY)
    if not written:
        raw.fail(
            root,
            "at least one paper",
            "an empty list",
            "save the page of a day with papers, or remove the file",
        )
    items = [json_text.unfold(item) for item in written]
    several = raw.day is None and _is_period(props)
    day, notes = (date.max, []) if several else _day(raw, props, items)
    outcomes: list[Record | Refusal] = []
    for place, item in enumerate(items):
        where = root if target == _PAPER else f"{root}[{place}]"
        outcome = read_item(raw, where, item, notes)
        outcomes.append(_on_its_day(raw, where, item, outcome) if several else outcome)
    records = tuple(outcome for outcome in outcomes if isinstance(outcome, Record))
    if several:
        day = max((record.day for record in records if record.day), default=raw.sent or date.max)
        if day == date.max:
            raw.fail("", "each paper's day, submittedOnDailyAt", "none", DAY_REMEDY)
    return Digest(
        path=raw.path,
        format=NAME,
        day=day,
        source=raw.source_or(None, SOURCE),
        records=records,
        refusals=tuple(outcome for outcome in outcomes if isinstance(outcome, Refusal)),
        notes=(*raw.decoding, *notes),
    )


def _props(raw: RawDigest) -> tuple[str, Mapping[str, Any]]:
    """Which data the page holds, and the data; that of a list, if there are both."""
    found: dict[str, str] = {}
    for token in tokens(raw.text):
        if isinstance(token, Tag) and (target := token.attributes.get("data-target")) in (_LIST, _PAPER):
            found.setdefault(str(target), token.attributes.get("data-props", ""))
    target = _LIST if found.get(_LIST) else _PAPER
    written = found.get(target, "")
    if not written.strip():
        raw.fail("", f"the papers in data-props of the element {_LIST} or {_PAPER}", "nothing", _REMEDY)
    props = json_text.load(replace(raw, path=f"{raw.path} (data-props)", text=written))
    if not isinstance(props, Mapping):
        raw.fail("$", "an object", json_text.kind(props), _REMEDY)
    return target, props


def _is_period(props: Mapping[str, Any]) -> bool:
    said = props.get("dateString")
    return props.get("periodType") in _PERIODS or (
        isinstance(said, str) and bool(_PERIOD.fullmatch(said.strip()))
    )


def _on_its_day(raw: RawDigest, where: str, item: object, outcome: Record | Refusal) -> Record | Refusal:
    """A paper of a week's or a month's page with the day it was listed on; without one it is of no day."""
    if isinstance(outcome, Refusal):
        return outcome
    day = listing_day(item)
    if day is None:
        problem = Problem(
            raw.at(f"{where}.paper.submittedOnDailyAt"), "the day it was listed", "none", DAY_REMEDY
        )
        return Refusal(problem, outcome.title)
    return replace(outcome, day=day)


def _day(raw: RawDigest, props: Mapping[str, Any], items: Sequence[object]) -> tuple[date, list[Problem]]:
    """The day of the list, with a note if the page says another than was given."""
    said = props.get("dateString")
    own = read_day(said) if isinstance(said, str) else None
    days = {own} if own else set(filter(None, map(listing_day, items)))
    if raw.day is not None:
        other = sorted(str(day) for day in days if day != raw.day)
        return raw.day, [raw.other_day(", ".join(other[:3]))] if other and len(days) == 1 else []
    if len(days) > 1:
        found = f"papers of {len(days)} days ({min(days)} to {max(days)})"
        raw.fail("", "a page of one day, with its dateString", found, DAY_REMEDY)
    return raw.day_or(
        min(days, default=None), "", "a day, as dateString or each paper's submittedOnDailyAt", "none"
    ), []
