r"""Values of BibTeX's fields: texts in braces or quotes, numbers and macros, joined by ``#``; and lists of names.

*Tame the BeaST*, <https://tug.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf>.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.readers.bibliography_dates import MONTHS
from generator.readers.bibtex_journals import PLAIN
from generator.readers.people import given_first
from generator.text.tex_markup import plain

#: What every style of BibTeX defines.
MACROS = {**PLAIN, **{month: month for month in MONTHS}}

#: To more characters no value is expanded: macros that double each other make small files large.
EXPANDED_LIMIT = 10_000
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)
_WORD = re.compile(r"[^\s#{}\",=]+")
_SPACE = re.compile(r"\s*")
_JOINT = re.compile(r"\s*#\s*")
_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=")
_TOP = re.compile(r"\\.|[{},;]|(?<!\s)\s+and\s+", re.DOTALL | re.IGNORECASE)
_SUFFIX = re.compile(r"(?:Jr|Sr|I{1,3}|IV|Ph\.?\s?D|M\.?D)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s~-]*){1,4}")
_OTHERS = frozenset({"others", "et al", "et al.", "and others"})


class Value(NamedTuple):
    """A value that was read: its text, the macro in it that is not known, and where it ends."""

    text: str
    unknown: str
    end: int


def evaluate(written: str, macros: dict[str, str], place: int = 0) -> Value:
    r"""Read the value at a place of a text. A macro that is not known stands for its name.

    >>> evaluate('"Proc. " # {of {X}} # oct', {"oct": "October"}).text
    'Proc. of {X}October'
    >>> evaluate('{One} title = {Two}', {}).end
    5
    """
    parts: list[str] = []
    unknown, expanded = "", 0
    while True:
        place = _end(_SPACE, written, place)
        word = _WORD.match(written, place)
        if written.startswith(("{", '"'), place):
            text, place = _enclosed(written, place)
        elif word:
            name, place = word[0], word.end()
            known = macros.get(name.lower(), MACROS.get(name.lower()))
            expanded += len(known or "")
            text = known if known is not None and expanded < EXPANDED_LIMIT else name
            if known is None and not name[0].isdigit():
                unknown = name
        else:
            break
        parts.append(text)
        joint = _JOINT.match(written, place)
        if not joint:
            break
        place = joint.end()
    return Value("".join(parts), unknown, place)


def next_field(text: str, place: int) -> tuple[str, int] | None:
    """The name of a field that stands behind a value, and where its own value begins; None if there is none."""
    match = _FIELD.match(text, place)
    return (match[1], match.end()) if match else None


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place


def _enclosed(text: str, start: int) -> tuple[str, int]:
    """The text in braces or quotes that begins at `start`, and where it ends. What is not closed goes to the end."""
    quoted = text[start] == '"'
    depth, place = (0, start + 1) if quoted else (1, start + 1)
    pattern = _QUOTE if quoted else _BRACE
    for match in pattern.finditer(text, place):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        if (quoted and match[0] == '"' and depth <= 0) or (not quoted and depth == 0):
            return text[place : match.start()], match.end()
    return text[place:], len(text)


def names_of(value: str) -> list[str]:
    r"""The names of a list, given name first; who is meant by "and others" is not known.

    >>> names_of(r"van der Berg, Jan and {Barnes and Noble, Inc.} and King, Jr., Martin and Ren\'e Thom and others")
    ['Jan van der Berg', 'Barnes and Noble, Inc.', 'Martin King Jr.', 'René Thom']
    """
    people = _split(value, "and")
    if len(people) == 1:
        people = _unlisted(people[0])
    names = [_name(person) for person in people if person.strip().strip(".").casefold() not in _OTHERS]
    return [name for name in names if name.strip()]


def _split(text: str, separator: str) -> list[str]:
    """The parts of a text between separators that stand in no braces."""
    parts, depth, start = [], 0, 0
    for match in _TOP.finditer(text):
        found = match[0]
        if found == "{":
            depth += 1
        elif found == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and found.strip().lower() == separator:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _unlisted(text: str) -> list[str]:
    """The names in a list that uses semicolons or commas where BibTeX wants ``and``.

    A name has two commas at most; with three or more, or with two between whole names, they stand between names, or
    between family names and initials (``Ho, J., Jain, A.``).
    """
    if len(people := _split(text, ";")) > 1:
        return people
    parts = [part.strip() for part in _split(text, ",")]
    whole = all(len(part.split()) > 1 for part in parts) and not any(map(_SUFFIX.fullmatch, parts))
    if len(parts) > 3 and len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return parts if len(parts) > 3 or (len(parts) == 3 and whole) else [text]


def _name(written: str) -> str:
    """One name as it is spoken: ``First von Last``, from this, ``von Last, First`` or ``von Last, Jr, First``."""
    family, *rest = [plain(part).strip() for part in _split(written, ",")]
    if not rest:
        return family
    given = rest.pop(0) if _SUFFIX.fullmatch(rest[-1]) or len(rest) == 1 else rest.pop()
    return given_first(family, given, *rest)
