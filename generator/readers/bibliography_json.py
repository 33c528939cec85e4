"""Values that CSL-JSON and Crossref write alike: names, dates, texts; and the items of a file of either.

Crossref's answers are close to CSL-JSON, but for titles that are lists and dates in several fields
(<https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md>,
<https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json>).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.errors import Problem
from generator.model import PartialDate, Refusal
from generator.readers import json_text
from generator.readers.bibliography_dates import make_date, parse_date, shared
from generator.readers.people import given_first, inverted
from generator.readers.raw import RawDigest

Object = Mapping[str, Any]

#: Keys that Crossref gives to every work, and nobody else does.
CROSSREF_KEYS = frozenset(
    (
        "is-referenced-by-count",
        "reference-count",
        "references-count",
        "content-domain",
        "short-container-title",
    )
)
#: Keys of Crossref's envelope, at its beginning.
CROSSREF_ENVELOPE = frozenset(("status", "message-version", "message"))


def is_crossref(keys: frozenset[str]) -> bool:
    """Whether the keys at the beginning of a JSON text are Crossref's."""
    enveloped = keys >= CROSSREF_ENVELOPE or keys >= {"status", "message-type", "message"}
    return enveloped or ("DOI" in keys and not keys.isdisjoint(CROSSREF_KEYS))


def items_of(raw: RawDigest) -> Iterator[tuple[int | str, object]]:
    """The items of a file, with their places: a list, a list in ``items``, one item, or one a line.

    Raises DigestError if it is no JSON.
    """
    if json_text.is_lines(raw):
        yield from json_text.load_lines(raw)
        return
    answer = json_text.load(raw)
    path = "$"
    if isinstance(answer, Mapping) and isinstance(answer.get("items"), list) and "title" not in answer:
        path, answer = "$.items", answer["items"]
    if isinstance(answer, list):
        yield from ((f"{path}[{place}]", item) for place, item in enumerate(answer))
    else:
        yield path, answer


def refused(raw: RawDigest, place: int | str, item: object) -> Refusal:
    """The refusal of what stands in the place of an item and is no object."""
    if isinstance(item, Problem):
        return Refusal(item)
    problem = Problem(
        raw.at(place), "an object with a title", json_text.kind(item), "correct it or remove it"
    )
    return Refusal(problem)


def text_of(value: object) -> str:
    """A text, or the first of a list of them; a number as it is written; empty for anything else."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return next((found for item in value if not isinstance(item, list) and (found := text_of(item))), "")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def texts_of(value: object) -> list[str]:
    """The texts of a list, or the one that stands in its place."""
    items = value if isinstance(value, list) else [value]
    return [found for item in items if not isinstance(item, list) and (found := text_of(item))]


def names_of(value: object) -> Iterator[str]:
    """Names as they are spoken, of a list of objects with family and given names, or of one name for an institution.

    Particles stand where they are spoken: ``given, dropping, non-dropping, family, suffix`` (CSL 1.0.2, names).
    """
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            family, given, suffix = (text_of(item.get(key)) for key in ("family", "given", "suffix"))
            within, before = (
                text_of(item.get(key)) for key in ("dropping-particle", "non-dropping-particle")
            )
            parts = given_first(f"{before} {family}", f"{given} {within}", suffix)
            yield parts or text_of(item.get("literal")) or text_of(item.get("name"))
        elif isinstance(item, str):
            yield inverted(item)


def date_of(value: object) -> PartialDate | None:
    """A date in parts, which may be numbers or texts; of a range what its ends share; else one in words."""
    if not isinstance(value, Mapping):
        return parse_date(text_of(value))
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts:
        ends = [make_date(*[*part, None, None, None][:3]) for part in parts[:2] if isinstance(part, list)]
        if not ends and not isinstance(parts[0], list):  # parts that nobody put into a list of dates
            ends = [make_date(*[*parts, None, None, None][:3])]
        if found := shared(ends):
            return found
    if value.get("circa") not in (None, False, 0, "0", "", "false"):
        return None
    written = (text_of(value.get(key)) for key in ("raw", "literal", "date-time"))
    return next(filter(None, map(parse_date, written)), None)


def date_words(value: object) -> str:
    """What is written in the place of a date, for a note; empty if nothing is."""
    if not isinstance(value, Mapping):
        return text_of(value)
    parts = value.get("date-parts")
    known = (
        [str(part) for dates in parts if isinstance(dates, list) for part in dates if part]
        if isinstance(parts, list)
        else []
    )
    return text_of(value.get("raw")) or text_of(value.get("literal")) or "-".join(known)
