"""Records with names for their values, of a table or of JSON, into a Digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from generator.errors import Problem, shown
from generator.model import Digest, Record, Refusal, Source
from generator.readers.fields import read_count
from generator.readers.json_text import kind, unfold
from generator.readers.mapped_identifier import Remarks
from generator.readers.mapped_record import Mapped, read_record
from generator.readers.mapping import COMMON_MAP, FieldMap, normal, normalized
from generator.readers.object_list import read_objects, said_by
from generator.readers.raw import RawDigest
from generator.readers.table import Header, read_rows

#: Records with their places, as `generator.readers.table` and `generator.readers.object_list` give them.
_Records = Iterable[tuple[int | str, object]]


def read_table(raw: RawDigest, name: str, source: Source, fields: FieldMap, header: Header) -> Digest:
    """Read the records below a header. Raises DigestError if there are none, or their day is not known."""
    return _read(raw, name, source, fields, read_rows(raw, header), said=None)


def read_json(raw: RawDigest, name: str, source: Source, fields: FieldMap, path: str = "") -> Digest:
    """Read the records at a path, or wherever they are.

    Raises DigestError if there are none, if their list cannot be told, or their day is not known.
    """
    records, answer = read_objects(raw, fields.has_title, path)
    return _read(raw, name, source, fields, records, said=read_count(said_by(answer)))


def _read(
    raw: RawDigest, name: str, source: Source, fields: FieldMap, records: _Records, *, said: int | None
) -> Digest:
    remarks = Remarks()
    read = [_read_one(raw, place, item, fields, remarks) for place, item in records]
    if not read:
        raw.fail("", "at least one record", "none", "fill the file or remove it")
    day, outcomes = _with_days(raw, read, remarks.notes)
    return Digest(
        path=raw.path,
        format=name,
        day=day,
        source=raw.source_or(None, raw.sources.get(source.slug, source)),
        records=tuple(outcome for outcome in outcomes if isinstance(outcome, Record)),
        refusals=tuple(outcome for outcome in outcomes if isinstance(outcome, Refusal)),
        notes=(
            *raw.decoding,
            *remarks.notes,
            *_foreign(raw, remarks.foreign),
            *_unknown(raw, fields, remarks),
        ),
        said=said,
    )


def _read_one(raw: RawDigest, place: int | str, item: object, fields: FieldMap, remarks: Remarks) -> Mapped:
    if isinstance(item, Problem):
        return Mapped(place, Refusal(item))
    item = unfold(item)
    if not isinstance(item, Mapping):
        problem = Problem(raw.at(place), "an object with a title", kind(item), "correct it or remove it")
        return Mapped(place, Refusal(problem))
    remarks.names.update(dict.fromkeys(item))
    written = {normal(name): name for name in item}
    values = fields.values(normalized(item))
    named = {key: (written.get(normal(name), name), value) for key, (name, value) in values.items()}
    return read_record(raw, place, named, remarks)


def _with_days(
    raw: RawDigest, read: Sequence[Mapped], notes: list[Problem]
) -> tuple[date, list[Record | Refusal]]:
    """The day of the digest, and the outcomes, each with its own day where they are of several."""
    outcomes = [one.outcome for one in read]
    days = {one.day for one in read if one.day}
    if raw.day is not None:
        if other := sorted(str(day) for day in days if day != raw.day):
            notes.append(raw.other_day(", ".join(other[:3])))
        return raw.day, outcomes
    if not days:
        return raw.day_or(None, "", "a day for the list", "none"), outcomes
    if len(days) > 1:
        outcomes = [_dated(raw, one) for one in read]
    return max(days), outcomes


def _dated(raw: RawDigest, one: Mapped) -> Record | Refusal:
    """A record with its own day; what has none is refused, for it is not guessed."""
    if isinstance(one.outcome, Refusal):
        return one.outcome
    if one.day is None:
        remedy = "add it, or give one day for all with --date YYYY-MM-DD"
        problem = Problem(raw.at(one.place), "its day, in a list of several days", "none", remedy)
        return Refusal(problem, one.outcome.title)
    return replace(one.outcome, day=one.day)


def _foreign(raw: RawDigest, foreign: Sequence[str]) -> Iterator[Problem]:
    """One note on identifiers that are neither arXiv's nor DOIs."""
    if foreign:
        found = f"others, such as {shown(foreign[0])}, {len(foreign):,} in all"
        remedy = "nothing is to be done if they are the source's own numbers"
        yield Problem(raw.at(), "arXiv ids or DOIs as identifiers", found, remedy)


def _unknown(raw: RawDigest, fields: FieldMap, remarks: Remarks) -> Iterator[Problem]:
    """One note on what is not read. Who describes a format names what is to be read of it."""
    if fields is not COMMON_MAP:
        return
    known = fields.known()
    left = [name for name in remarks.names if name.strip() and normal(name) not in known]
    if left:
        expected = "names of columns or keys that are known"
        remedy = "they are not read; extra.broadsheet.formats in mkdocs.yml can say what they are"
        found = f"{len(left):,} more: {shown(', '.join(left))}"
        yield Problem(raw.at(), expected, found, remedy)
