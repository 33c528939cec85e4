"""A digest before it is read: its text, and what is known of it from outside."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NoReturn

from generator.errors import DigestError, Problem, shown
from generator.ids import file_name
from generator.model import Digest, Record, Refusal, Source

#: The way out where a text does not say its day.
DAY_REMEDY = "give it with --date YYYY-MM-DD or begin the file's name with it"

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Controls that no text has: their presence tells a binary file that happens to have no NUL.
_BINARY = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
#: A single stray control is a slip; a file with more of them than one in this many bytes is no text.
_BINARY_EVERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDigest:
    """A file's text and what its caller or its name says of it.

    `path` is relative to the site's root. `day` and `source` come from outside the text and win over it;
    `named` is the source that the file's name gives when nobody knows more of it than that name, so the text's
    own source wins over `named`. `sources` are those the site knows, by slug. `decoding` holds the remark of
    `decode`, if it had to guess. `data` is the file as it came, for formats that say themselves how to decode it.

    A text that came in a mail (`generator.readers.envelope`) has the day on which the mail was `sent`, its `subject`
    and its `sender`. They are weaker than what the text says itself: a mail is sent on, and by a machine.
    """

    path: str
    text: str
    day: date | None = None
    source: Source | None = None
    named: Source | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    decoding: tuple[Problem, ...] = ()
    data: bytes = b""
    sent: date | None = None
    subject: str = ""
    sender: Source | None = None

    def at(self, place: int | str = "") -> str:
        """Where in this file: ``digests/a.md:12`` for a line, ``digests/a.json: $[3].paper`` for a path."""
        return (
            f"{self.path}:{place}" if isinstance(place, int) else f"{self.path}: {place}".removesuffix(": ")
        )

    def fail(self, place: int | str, expected: str, found: str, remedy: str) -> NoReturn:
        """Raise the DigestError that says so."""
        raise DigestError(Problem(self.at(place), expected, found, remedy))

    def day_or(
        self, own: date | None, place: int | str, expected: str, found: str, remedy: str = DAY_REMEDY
    ) -> date:
        """The day of the digest: the given one, else its `own`, which the text says, else the one of the mail.

        Raises the DigestError that says what is `expected` and what was `found`, if there is none.
        """
        day = self.day or own or self.sent
        if day is None:
            self.fail(place, expected, found, remedy)
        return day

    def other_day(
        self, said: str, place: int | str = "", remedy: str = "rename the file if its papers are right"
    ) -> Problem:
        """The note that a text says another day, `said`, than was given for it."""
        expected = f"the day {self.day}, given by the file's name or --date"
        return Problem(self.at(place), expected, said, remedy)

    def on_its_day(
        self, outcomes: Iterable[Record | Refusal], notes: list[Problem]
    ) -> list[Record | Refusal]:
        """Outcomes on the day that was given for the whole file, if one was; `notes` get other days that they say."""
        outcomes = [*outcomes]
        if self.day is None:
            return outcomes
        said = {outcome.day for outcome in outcomes if isinstance(outcome, Record)} - {None, self.day}
        if said:
            remedy = "remove the day from the file's name if its papers are right"
            notes.append(self.other_day(", ".join(sorted(map(str, said))[:3]), remedy=remedy))
        return [
            replace(outcome, day=None) if isinstance(outcome, Record) else outcome for outcome in outcomes
        ]

    def with_text(self, text: str, *, decoding: tuple[Problem, ...]) -> RawDigest:
        """The same digest, its bytes read as another text."""
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return replace(self, text=text, decoding=decoding)

    def digest(
        self,
        format_name: str,
        day: date,
        source: Source,
        outcomes: Iterable[Record | Refusal],
        notes: Iterable[Problem],
        *,
        title: str = "",
        introduction: str = "",
        said: int | None = None,
    ) -> Digest:
        """The digest of what a reader made of each record, in the order of the file."""
        outcomes = tuple(outcomes)
        return Digest(
            path=self.path,
            format=format_name,
            day=day,
            source=source,
            records=tuple(outcome for outcome in outcomes if isinstance(outcome, Record)),
            refusals=tuple(outcome for outcome in outcomes if isinstance(outcome, Refusal)),
            notes=(*self.decoding, *notes),
            title=title,
            introduction=introduction,
            said=said,
        )

    def source_or(self, own: Source | None, default: Source) -> Source:
        """The source of the digest, where its text says `own` and its format stands for `default`."""
        return self.source or own or self.named or default

    def find_source(self, name: str, url: str | None = None) -> Source:
        """The source that a text calls by its name or slug; a new one if the site does not know it."""
        known = self.sources.get(name) or self.sources.get(source_slug(name))
        if known is None:
            alike = (item for item in self.sources.values() if item.name.casefold() == name.casefold())
            known = next(alike, None)
        return known or Source(source_slug(name), name, url)


def source_slug(name: str) -> str:
    """The slug of a source that has none but its name; of a slug, itself."""
    return file_name(name)


def decode(path: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Give the text of a file, with line ends as line feeds, and a note if its encoding had to be guessed.

    UTF-8 with or without a byte order mark, or UTF-16 with one; what is neither is taken as Windows-1252, the
    usual other encoding (the Encoding Standard, <https://encoding.spec.whatwg.org/>). Raises DigestError for an
    empty or a binary file.
    """
    if data.startswith(_UTF16):
        text, guessed = _decode_utf16(path, data), False
    else:
        if b"\x00" in data or _controls(data) * _BINARY_EVERY > len(data):
            found = "a binary file" + (f" that begins with {shown(data[:4].hex(' '))}" if data else "")
            raise DigestError(Problem(path, "a text file", found, "save it as UTF-8 text or remove it"))
        text, guessed = _decode_bytes(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        found = "only white space" if data else "an empty file"
        raise DigestError(Problem(path, "a digest", found, "fill it or remove it"))
    note = Problem(path, "text in UTF-8", "other bytes, read as Windows-1252", "save the file as UTF-8")
    return text, (note,) if guessed else ()


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _BINARY))


def _decode_utf16(path: str, data: bytes) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        found = f"bytes that are not, at {error.start}"
        problem = Problem(path, "UTF-16 text, as its first bytes say", found, "save the file as UTF-8")
        raise DigestError(problem) from error
    return text.replace("\x00", "")


def _decode_bytes(data: bytes) -> tuple[str, bool]:
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), True
    except UnicodeDecodeError:  # the five bytes that Windows-1252 leaves undefined
        return data.decode("latin-1"), True
