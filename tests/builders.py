"""Values for tests, with as little said as the test is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.library import collect
from generator.model import Digest, Library, PartialDate, Record, Source

DAILY = Source("huggingface-daily", "Hugging Face daily papers")


def record(title: str = "A Study of Things that Matter", **fields: Any) -> Record:
    """A record; `published` may be given as text."""
    if isinstance(fields.get("published"), str):
        fields["published"] = PartialDate(*map(int, fields["published"].split("-")))
    return Record(title=title, where=fields.pop("where", "line 1"), **fields)


def digest(*records: Record, day: str = "2025-03-14", source: Source = DAILY, **fields: Any) -> Digest:
    """A digest of one day."""
    path = fields.pop("path", f"digests/{day}-{source.slug}.md")
    return Digest(
        path=path, format="markdown", day=date.fromisoformat(day), source=source, records=records, **fields
    )


def library(*records: Record, **fields: Any) -> Library:
    """The library of one digest."""
    return collect([digest(*records, **fields)])
