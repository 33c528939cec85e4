"""Days of daily-arXiv-ai-enhanced: ``data/YYYY-MM-DD.jsonl`` and, with summaries, ``…_AI_enhanced_Chinese.jsonl``.

One JSON object a line, <https://github.com/dw-dengwei/daily-arXiv-ai-enhanced>. The day is in the file's name only. A
paper of several categories stands there once for each of them: these are records as well, which the archive merges.
``AI`` is what a language model wrote of it; of that ``tldr`` is the summary, if the model did not fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.errors import Problem, shown
from generator.model import Digest, Record, Refusal, Source
from generator.readers import json_text
from generator.readers.arxiv_record import arxiv_line, arxiv_record
from generator.readers.people import split_authors
from generator.readers.raw import RawDigest
from generator.text.tex import letters

NAME = "daily-arxiv"
LABEL = "a day of daily-arXiv-ai-enhanced (JSON Lines)"
SOURCE = Source("daily-arxiv", "daily-arXiv")

#: What the program adds to the day in the names of its files: no name of a source.
_OWN_NAME = "ai_enhanced"
#: What the program writes where the model gave no answer (``ai/enhance.py``), and its like.
_FAILED = re.compile(
    r"(?:.{0,60}\b(?:failed|unavailable)|error(?:[:.!].*)?|none|null|n/?a|-+)[.!]?", re.IGNORECASE
)


def accepts(raw: RawDigest) -> bool:
    """Whether it is JSON whose records have the program's names of fields."""
    return {"id", "abs", "pdf", "authors", "summary"} <= json_text.keys(raw)


def read(raw: RawDigest) -> Digest:
    """Read the records. Raises DigestError if there are none, or their day is not known."""
    day = raw.day_or(None, "", "a day, which only the file's name says", "none")
    notes: list[Problem] = []
    failures: list[tuple[int | str, str]] = []
    outcomes = [_read_item(raw, place, item, notes, failures) for place, item in json_text.load_records(raw)]
    if not outcomes:
        raw.fail("", "at least one record", "none", "fill the file or remove it")
    own = raw.named is not None and raw.named.slug.startswith(_OWN_NAME)
    return raw.digest(
        NAME, day, raw.source_or(SOURCE if own else None, SOURCE), outcomes, [*notes, *_failed(raw, failures)]
    )


def _failed(raw: RawDigest, failures: Sequence[tuple[int | str, str]]) -> Iterator[Problem]:
    """One note of all records that the model gave no summary of: often it failed for a whole day."""
    if failures:
        place, text = failures[0]
        found = f"{shown(text) if text else 'none'}, and so in {len(failures):,} in all"
        yield Problem(raw.at(place), "a summary in AI.tldr", found, "these papers stay without it")


def _read_item(
    raw: RawDigest,
    place: int | str,
    item: object,
    notes: list[Problem],
    failures: list[tuple[int | str, str]],
) -> Record | Refusal:
    if isinstance(item, Problem):
        return Refusal(item)
    if not isinstance(item, Mapping):
        remedy = "correct the record or remove it"
        return Refusal(Problem(raw.at(place), "a record as an object", json_text.kind(item), remedy))
    record = arxiv_record(
        raw,
        place,
        arxiv_id=_text(item, "id") or _text(item, "abs"),
        title=_text(item, "title"),
        abstract=_text(item, "summary"),
        authors=_authors(item),
        categories=_texts(item, "categories") or _text(item, "categories").split(),
        comment=_text(item, "comment"),
        notes=notes,
    )
    if isinstance(record, Refusal) or "AI" not in item:
        return record
    summary = _summary(item["AI"])
    if not summary or _FAILED.fullmatch(summary):
        failures.append((place, summary))
        return record
    return replace(record, summary=summary)


def _summary(written: object) -> str:
    tldr = written.get("tldr") if isinstance(written, Mapping) else written
    return arxiv_line(tldr) if isinstance(tldr, str) else ""


def _authors(item: Mapping[str, object]) -> tuple[str, ...]:
    line = _text(item, "authors")
    return split_authors(line) if line else tuple(map(letters, _texts(item, "authors")))


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _texts(item: Mapping[str, object], key: str) -> list[str]:
    value = item.get(key)
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
