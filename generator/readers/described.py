"""Formats that a site describes itself, in ``mkdocs.yml`` under ``extra: broadsheet: formats:``.

A description says which column of a table, or which key of JSON, is which field of a paper. It is a Reader like any
other, and takes every text that has all the names it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import Problem, shown
from generator.ids import file_name
from generator.model import Digest, Source
from generator.readers import json_text
from generator.readers.mapped import read_json, read_table
from generator.readers.mapping import FIELDS, FieldMap, normal, steps
from generator.readers.raw import RawDigest, source_slug
from generator.readers.table import read_header
from generator.text.clean import clean_line

#: What a description may say besides its fields.
OPTIONS = ("records", "source", "match")


@dataclass(frozen=True, slots=True)
class DescribedFormat:
    """A format of the site: its name, what it reads, by which names it is known, where in JSON its records are."""

    name: str
    fields: FieldMap
    source: Source
    match: tuple[tuple[str, ...], ...]
    records: str = ""

    @property
    def NAME(self) -> str:  # noqa: N802 - as readers that are modules have it
        """The name for ``--format``."""
        return self.name

    @property
    def LABEL(self) -> str:  # noqa: N802
        """The name for people."""
        return f"the format {self.name} of mkdocs.yml"

    @property
    def SOURCE(self) -> Source:  # noqa: N802
        """Who makes such lists."""
        return self.source

    def accepts(self, raw: RawDigest) -> bool:
        """Whether a text has all the names: its first line as a table, or its first records in JSON."""
        keys = json_text.keys(raw)
        return self._fits_json(frozenset(map(normal, keys))) if keys else self._header_fits(raw)

    def _fits_json(self, keys: frozenset[str]) -> bool:
        records = all(step in keys for step in steps(self.records)) if self.records else True
        return records and all(
            any(normal(name) in keys or all(step in keys for step in steps(name)) for name in names)
            for names in self.match
        )

    def _header_fits(self, raw: RawDigest) -> bool:
        return read_header(raw.text, self._fits_columns) is not None

    def _fits_columns(self, columns: Sequence[str]) -> bool:
        given = frozenset(map(normal, columns))
        return all(any(normal(name) in given for name in names) for names in self.match)

    def read(self, raw: RawDigest) -> Digest:
        """Read the records. Raises DigestError if there are none, or their day is not known."""
        if raw.text.lstrip()[:1] in ("{", "["):
            return read_json(raw, self.name, self.source, self.fields, self.records)
        header = read_header(raw.text, self._fits_columns)
        if header is None:
            names = ", ".join(names[0] for names in self.match)
            expected = f"the columns {shown(names)} in the first line"
            raw.fail(1, expected, "others", f"correct them, or {self.name} in mkdocs.yml")
        return read_table(raw, self.name, self.source, self.fields, header)


def describe(
    name: str, given: object, where: str, taken: Sequence[str]
) -> tuple[DescribedFormat | None, list[Problem]]:
    """The format that a site's settings give at a place, with what is wrong with it: it is None then.

    `taken` are the names of formats that there are already.
    """
    if name != file_name(name) or name in taken:
        expected = "a name of small letters, digits and hyphens that no other format has"
        return None, [Problem(where, expected, shown(name), "call it otherwise")]
    if not isinstance(given, Mapping):
        remedy = "write lines like title: Title below it"
        return None, [Problem(where, "a mapping of fields to names", shown(given), remedy)]
    problems = [*_problems(given, where)]
    if problems:
        return None, problems
    fields = FieldMap(tuple((field, _names(given[field])) for field in FIELDS if field in given))
    told = given.get("match")
    match = tuple((part,) for part in _names(told)) if told else tuple(names for _, names in fields.names)
    source = clean_line(str(given.get("source") or name.replace("-", " ").capitalize()))
    slug = source_slug(source) if given.get("source") else name
    return DescribedFormat(name, fields, Source(slug, source), match, str(given.get("records") or "")), []


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _problems(given: Mapping[object, object], where: str) -> Iterator[Problem]:
    for key, value in given.items():
        place = f"{where}.{key}"
        if key not in FIELDS and key not in OPTIONS:
            expected = f"one of {', '.join((*FIELDS, *OPTIONS))}"
            yield Problem(where, expected, shown(key), "correct or remove it")
        elif key in ("records", "source"):
            if not isinstance(value, str) or not value.strip():
                yield Problem(place, "a text", shown(value), "correct or remove it")
        elif not _is_names(value):
            expected = "the name of a column or a key, or a list of such names"
            yield Problem(place, expected, shown(value), "correct or remove it")
    if "title" not in given:
        yield Problem(where, "a line title: with the name of the title's column", "none", "add it")


def _is_names(value: object) -> bool:
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(isinstance(name, str) and name.strip() for name in names)
