"""Mails, taken out of their envelopes: a list of papers that was sent is read by the reader of what was sent.

A message (RFC 5322) gives for each of its parts that is text a RawDigest of its own, which the table of readers takes
as it takes a file. The message adds its day, its subject and who sent it; they count where the text itself says
nothing. A page that a browser saved in one file (MHTML, RFC 2557) is such a message too, and so is a mail that was sent
on in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from generator.errors import DigestError
from generator.readers.mime import Part, split
from generator.readers.raw import RawDigest

#: Headers of a message: two of them begin one, if one says who sent it or how it is written. arXiv's listing files
#: begin with two of the others.
_HEADERS = frozenset(("from", "date", "subject", "message-id", "mime-version", "content-type"))
_TELLING = frozenset(("from", "message-id", "mime-version", "content-type"))
_HEADER = re.compile(r"([!-9;-~]{1,80}):|[ \t]")
#: A block of headers of more lines, or of more characters, is none.
_MOST_LINES, _MOST_CHARACTERS = 2_000, 200_000
#: Between messages in a mailbox, <https://www.rfc-editor.org/rfc/rfc4155>.
_MBOX = re.compile(rb"^From [^\n]{0,200}\d{4}[^\n]{0,40}\n(?=[!-9;-~]{1,80}:)", re.MULTILINE)
#: Parts of parts are opened this often, and so many altogether.
_DEEPEST, _MOST_PARTS = 10, 200
#: Kinds of parts beside text that may hold a list, and endings of files that do.
_KINDS = re.compile(
    r"text/.+|application/(?:.+\+)?(?:json|xml)"
    r"|application/(?:x-)?(?:bibtex|jsonl|ndjson|research-info-systems)"
)
_ENDINGS = (".bib", ".ris", ".json", ".jsonl", ".xml", ".md", ".txt", ".html", ".htm", ".csv")
#: arXiv's listings have the day and the subject above them; a file that is attached has them itself, if it is one.
_LISTING = re.compile(r"^\\\\[ \t]*\n(?:arXiv:|Paper\b|/\*)", re.MULTILINE)
_REMEDY = "save the list itself"


class _Letter(NamedTuple):
    """What is known of a text in a message: the file that it is in, with what the message adds; its ``Date:``."""

    raw: RawDigest
    date: str


def is_message(raw: RawDigest) -> bool:
    """Whether a text begins with the headers of a message, or of a mailbox with messages."""
    names: set[str] = set()
    for number, line in enumerate(_header_lines(raw.text.lstrip("\n"))):
        match = _HEADER.match(line)
        if match is None and not (number == 0 and line.startswith("From ")):
            break
        names.add(match[1].lower() if match and match[1] else "")
    return len(names & _HEADERS) >= 2 and bool(names & _TELLING)


def _header_lines(text: str) -> Iterator[str]:
    """The first lines of a text, up to an empty one."""
    place = 0
    for _ in range(_MOST_LINES):
        end = text.find("\n", place, place + _MOST_CHARACTERS)
        if end <= place:
            break
        yield text[place:end]
        place = end + 1


def open_message(raw: RawDigest) -> list[RawDigest]:
    """The texts in a message that may be lists of papers, in its order; the path of each says which part it is.

    Raises DigestError for a mailbox of several messages, for a message of too many parts, and for one without text.
    """
    data = _bytes(raw)
    if data.startswith(b"From "):
        if len(_MBOX.findall(data)) > 1:
            expected, remedy = "one mail", "save each mail to a file of its own (.eml)"
            raw.fail("", expected, "a mailbox of several (mbox)", remedy)
        data = data.partition(b"\n")[2]
    found: list[RawDigest] = []
    for number, (part, letter) in enumerate(_leaves(raw, data), start=1):
        if number > _MOST_PARTS:
            raw.fail("", f"a mail of at most {_MOST_PARTS} parts", "more", _REMEDY)
        text = _text(part, letter)
        found.extend([text] if text else [])
    if not found:
        raw.fail("", "a mail with a text in it", "none", _REMEDY)
    return found


def _bytes(raw: RawDigest) -> bytes:
    """The bytes of a message, with line feeds. Those of a file in UTF-8, or in UTF-16, are those of its text."""
    if raw.decoding and raw.data:
        return raw.data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
    return raw.text.lstrip("\n").encode("utf-8", "replace")


def _leaves(raw: RawDigest, data: bytes) -> Iterator[tuple[Part, _Letter]]:
    """The parts that have no parts, each with what the innermost message that it is in adds."""
    waiting: list[tuple[bytes, int, _Letter | None]] = [(data, 0, None)]
    while waiting:
        inner, depth, letter = waiting.pop()
        part = split(inner)
        letter = letter or _letter(raw, part)
        parts = [_part for _, _part in zip(range(_MOST_PARTS + 1), part.parts(), strict=False)]
        if part.kind == "message/rfc822":
            waiting.append((part.content().lstrip(b"\n"), depth + 1, None))
        elif parts:
            waiting.extend((one, depth + 1, letter) for one in reversed(parts))
        else:
            yield part, letter
        if len(waiting) > _MOST_PARTS:
            raw.fail("", f"a mail of at most {_MOST_PARTS} parts", "more", _REMEDY)
        if depth > _DEEPEST:
            raw.fail("", f"a mail with parts in parts, {_DEEPEST} deep at most", "deeper ones", _REMEDY)


def _letter(raw: RawDigest, message: Part) -> _Letter:
    sender = message.sender()
    inner = replace(
        raw,
        sent=message.day() or raw.sent,
        subject=message.header("subject"),
        sender=raw.find_source(sender) if sender else None,
        decoding=(),
    )
    return _Letter(inner, message.header("date"))


def _text(part: Part, letter: _Letter) -> RawDigest | None:
    """The text of a part; None if it holds no list by its kind, or no text."""
    name = part.filename
    if not (_KINDS.fullmatch(part.kind) or name.lower().endswith(_ENDINGS)):
        return None
    path = f"{letter.raw.path} ({name or part.kind})"
    try:
        text, decoding = part.text(path)
    except DigestError:
        return None
    if not name and _LISTING.search(text):
        text = f"Date: {letter.date}\nSubject: {letter.raw.subject}\n\n{text}"
    inner = replace(letter.raw, path=path, data=part.content())
    return inner.with_text(text, decoding=decoding) if text.strip() else None
