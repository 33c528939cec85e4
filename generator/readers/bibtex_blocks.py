r"""The entries of a BibTeX file, with the values of their fields as they are written.

bibtexparser splits the file: it finds where entries end, whatever they hold, and goes on after one that is broken. Its
middleware is not used. What it decodes of LaTeX loses the commands that it does not know; it knows no ``#``; it gives
a field a value that runs into the next field where a comma is missing. `generator.readers.bibtex_values` and
`generator.text.tex_markup` do that instead, and nothing that they do not know is dropped.

The grammar is that of BibTeX 0.99d, <https://tug.ctan.org/info/bibtex/tamethebeast/ttb_en.pdf>.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.errors import Problem, shown
from generator.model import Refusal
from generator.readers.bibtex_values import Value, evaluate, next_field
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

#: A file in which an entry has fewer characters on average is none, and takes long to split.
_USUAL, _FEW = 25, 2_000
_BLOCK = re.compile(r"@\w*[ \t]*[{(]")
#: The begin of an entry as BibTeX takes it; the library wants it on one line, and a key.
_LOOSE = re.compile(r"^([ \t]*)@(\s*)([A-Za-z]+)(\s*)([{(])", re.MULTILINE)
_KEYLESS = re.compile(
    r"(@(?!string|comment|preamble)[A-Za-z]+[ \t]*[{(])(?=\s*[A-Za-z][\w-]*\s*=)", re.IGNORECASE
)
_KIND = re.compile(r"@([A-Za-z]*)")
_NO_ENTRIES = ("string", "comment", "preamble")
_KEY = re.compile(r"@\w*[ \t]*[{(]\s*([^\s,{}()=]{1,80})\s*,")
_TITLE = re.compile(r"\btitle\s*=\s*[{\"]+([^{}\"\n]{1,200})", re.IGNORECASE)
#: Fields that stand outside of every entry: those of one that was closed too early.
_OUTSIDE = re.compile(r"[\s},]*([A-Za-z][\w-]*\s*=\s*[{\"\d].*)")


@dataclass(slots=True)
class BibEntry:
    """One entry: its type and the names of its fields in small letters, its key, and the number of its line.

    `values` are the values of each field, in their order, evaluated; a field may be given again.
    """

    kind: str
    key: str
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first value that is not empty of some fields; empty if there is none."""
        return next(iter(self.all(*names)), "")

    def all(self, *names: str) -> list[str]:
        """The values of some fields that are not empty."""
        return [value for name in names for value in self.values.get(name, ()) if value.strip()]


def entries_of(raw: RawDigest, notes: list[Problem]) -> list[BibEntry | Refusal]:
    """All entries, in their order; a Refusal for one that is broken. What is lost of others is added to `notes`.

    Raises DigestError if the text is none that anybody wrote.
    """
    macros: dict[str, str] = {}
    blocks = _split(raw)
    for block in blocks:  # a macro may be defined below its use
        _define(block, macros, again=False)
    found: list[BibEntry | Refusal] = []
    before: list[BibEntry | Refusal] = []
    for block in blocks:
        _define(block, macros, again=True)
        if not any(isinstance(outcome, Refusal) for outcome in before):
            notes.extend(_outside(raw, block))
        before = list(_read(raw, block, macros, notes))
        found.extend(before)
    return found


def _split(raw: RawDigest) -> list[Block]:
    """The blocks of the file, as the library finds them."""
    from bibtexparser.exceptions import ParserStateException
    from bibtexparser.splitter import Splitter

    starts = sum(1 for _ in _BLOCK.finditer(raw.text))
    if starts > _FEW and starts * _USUAL > len(raw.text):
        found = f"{starts:,} in {len(raw.text):,} characters"
        raw.fail("", "entries of a usual length", found, "get the file again")
    text = _LOOSE.sub(lambda match: f"{match[1]}@{match[3]}{match[5]}{match[2]}{match[4]}", raw.text)
    text = _KEYLESS.sub(r"\1,", text)
    # What the library logs of broken entries is in their refusals.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
    try:
        return Splitter(text).split().blocks
    except ParserStateException as error:
        raw.fail("", "BibTeX", f"an error ({error.message})", "correct it or get the file again")


def _define(block: Block, macros: dict[str, str], *, again: bool) -> None:
    """Take in the macro that a block defines; one that is defined already only with `again`."""
    from bibtexparser.model import DuplicateBlockKeyBlock, String

    inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
    if isinstance(inner, String) and (again or inner.key.lower() not in macros):
        macros[inner.key.lower()] = evaluate(str(inner.value), macros).text


def _read(
    raw: RawDigest, block: Block, macros: dict[str, str], notes: list[Problem]
) -> Iterator[BibEntry | Refusal]:
    """The entry in a block, or the refusal of one that is broken; nothing for other blocks."""
    from bibtexparser.model import Entry, ParsingFailedBlock

    line = (block.start_line or 0) + 1
    inner = block
    while isinstance(inner, ParsingFailedBlock) and inner.ignore_error_block is not None:
        inner = inner.ignore_error_block
    if isinstance(inner, Entry):
        yield _entry(raw, inner, line, macros, notes)
    elif isinstance(inner, ParsingFailedBlock):
        problem = _broken(raw, str(inner.raw), line)
        kind = _KIND.match(str(inner.raw))
        if kind and kind[1].lower() in _NO_ENTRIES:
            notes.append(problem)
        else:
            yield Refusal(problem, _known_as(str(inner.raw)))


def _outside(raw: RawDigest, block: Block) -> Iterator[Problem]:
    """The remark on fields that stand between entries, for the one above was closed too early."""
    from bibtexparser.model import ImplicitComment

    if isinstance(block, ImplicitComment) and (match := _OUTSIDE.match(block.comment)):
        place, expected = raw.at((block.start_line or 0) + 1), "nothing between two entries but remarks"
        yield Problem(place, expected, shown(match[1]), "look for a brace too many above it; it is not read")


def _broken(raw: RawDigest, written: str, line: int) -> Problem:
    """The problem of a block that could not be read, in the words of its defect."""
    opened = written.count("{") - written.count("}")
    found = "one that is never closed" if opened > 0 or "}" not in written else "one that is broken"
    first = clean_line(written.split("\n", 1)[0])
    remedy = "close its braces and quotes, and separate its fields by commas"
    return Problem(raw.at(line), "an entry in BibTeX", f"{found}, {shown(first)}", remedy)


def _known_as(written: str) -> str:
    """The title of a broken entry, or else its key."""
    match = _TITLE.search(written) or _KEY.match(written)
    return clean_line(match[1]).strip(" ,") if match else ""


def _entry(
    raw: RawDigest, written: Entry, line: int, macros: dict[str, str], notes: list[Problem]
) -> BibEntry:
    """An entry with the values of its fields. Where a comma is missing the field after it stands behind the value."""
    entry = BibEntry(written.entry_type.lower(), clean_line(written.key), line)
    for one in written.fields:
        name, text, start = one.key, str(one.value), 0
        place = (one.start_line or 0) + 1
        while True:
            value = evaluate(text, macros, start)
            following = next_field(text, value.end)
            if not following and text[value.end :].strip():  # words without braces or quotes around them
                value = Value(text[start:].strip(), "", len(text))
                expected, found = f"the value of {shown(name)} in braces or quotes", shown(value.text)
                notes.append(Problem(raw.at(place), expected, found, "enclose it; it is read as it stands"))
            entry.values.setdefault(name.lower(), []).append(value.text)
            if value.unknown:
                entry.unknown[name.lower()] = value.unknown
            if not following:
                break
            name, start = following
            expected, found = "a comma between two fields", f"none before {shown(name)}"
            notes.append(Problem(raw.at(place), expected, found, "write it; both are read"))
    return entry
