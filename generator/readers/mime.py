"""The parts of a mail: headers, bodies, encodings (RFC 2045 to 2047, 2231, 3676, 5322). Every defect is a lesser text.

Parts are cut out here, and not by the parser of the standard library, which goes through any number of them, however
deep. Of the headers only the few that count are given to it, and to its older rules, ``compat32``: the newer ones parse
whole lists of addresses, and raise whatever they meet.
"""

from __future__ import annotations

import binascii
import codecs
import quopri
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from generator.errors import Problem, shown
from generator.readers.html_text import larger_encoding
from generator.readers.raw import decode
from generator.text.clean import clean_line

if TYPE_CHECKING:
    from email.message import Message

#: The headers that are read.
_READ = frozenset(
    (
        b"from",
        b"date",
        b"subject",
        b"list-id",
        b"content-type",
        b"content-transfer-encoding",
        b"content-disposition",
    )
)
#: The longest header, and the longest block of headers, that is read: the rest adds nothing.
_VALUE, _BLOCK = 4_000, 200_000
#: What senders say who do not know; other bytes in it are mostly UTF-8.
_ASCII = frozenset(("us-ascii", "ascii", "ansi_x3.4-1968"))
#: Encodings of Python that are none of a text, or take long.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "unicode-escape")
)


class Part(NamedTuple):
    """A message or a part of one: its headers and what follows them, as it was sent."""

    headers: Message
    body: bytes

    @property
    def kind(self) -> str:
        """Its media type, in small letters; ``text/plain`` if it says none that is one."""
        return self.headers.get_content_type()

    @property
    def filename(self) -> str:
        """The name of the file that it was, without folders; empty if it has none."""
        name = self.parameter("filename", "content-disposition") or self.parameter("name")
        return clean_line(name.replace("\\", "/").rpartition("/")[2])[-100:].strip()  # its ending counts

    def header(self, name: str) -> str:
        """The text of a header on one line, its encoded words (RFC 2047) decoded; empty if there is none."""
        from email.errors import MessageError
        from email.header import decode_header, make_header

        raw = next((value for key, value in self.headers.raw_items() if key.lower() == name), "")
        text = " ".join(str(raw).encode("ascii", "surrogateescape").decode("utf-8", "replace").split())
        try:
            return clean_line(str(make_header(decode_header(text))))
        except (MessageError, ValueError, LookupError):
            return clean_line(text)

    def parameter(self, name: str, header: str = "content-type") -> str:
        """A parameter of a header, such as the charset of the type."""
        from email.utils import collapse_rfc2231_value

        try:
            value = self.headers.get_param(name, "", header)
            return collapse_rfc2231_value(value)
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""

    def day(self) -> date | None:
        """The day of its ``Date:``, as it is written there."""
        from email.utils import parsedate

        try:
            parts = parsedate(self.header("date"))
            return date(*parts[:3]) if parts else None
        except (ValueError, LookupError, TypeError):
            return None

    def sender(self) -> str:
        """The name of the list or the person that sent it; empty if it has none."""
        from email.utils import parseaddr

        listed = self.header("list-id").partition("<")
        if listed[1] and (name := listed[0].strip(" \"'")):
            return name
        try:
            return clean_line(parseaddr(self.header("from"))[0])
        except (ValueError, LookupError):
            return ""

    def parts(self) -> Iterator[bytes]:
        """The parts that stand between its boundaries (RFC 2046, 5.1.1); the last may lack its end. None of a part that
        has no parts.
        """
        boundary = self.parameter("boundary").rstrip()[:200] if self.kind.startswith("multipart/") else ""
        if not boundary:
            return
        line = re.compile(
            rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*$", re.MULTILINE
        )
        start: int | None = None
        for match in line.finditer(self.body):
            if start is not None:
                yield self.body[start : max(start, match.start() - 1)]
            start = match.end() + 1
            if match[1]:
                return
        if start is not None:
            yield self.body[start:]

    def content(self) -> bytes:
        """Its body as it was before it was encoded for the way."""
        encoding = self.header("content-transfer-encoding").lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        if encoding == "base64":
            letters = re.sub(rb"[^A-Za-z0-9+/]", b"", self.body)
            whole = len(letters) // 4 * 4
            rest = letters[whole:]
            try:
                return binascii.a2b_base64(
                    letters[:whole] + (rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b"")
                )
            except binascii.Error:
                return b""
        return self.body

    def text(self, path: str) -> tuple[str, tuple[Problem, ...]]:
        """Its content as text, with a note at `path` if it is not in the encoding that it says.

        Raises DigestError for what is empty or no text.
        """
        data, said = self.content(), self.parameter("charset").strip().lower()
        found = _in_charset(path, data, said) or decode(path, data)
        if self.kind == "text/plain" and self.parameter("format").lower() == "flowed":
            return unfolded(found[0], spaces=self.parameter("delsp").lower() != "yes"), found[1]
        return found


def split(data: bytes) -> Part:
    """A message or a part into its headers and what follows them. `data` has line feeds only."""
    from email.parser import BytesHeaderParser

    end = 0 if data.startswith(b"\n") else data.find(b"\n\n")
    head, body = (data[: end + 1], data[end + 2 if end else 1 :]) if end >= 0 else (data, b"")
    return Part(
        BytesHeaderParser().parsebytes(b"\n".join(_read_lines(head[:_BLOCK].split(b"\n"))) + b"\n\n"), body
    )


def _read_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of the headers that are read, as far as they are."""
    kept, size = False, 0
    for line in lines:
        if line[:1] not in (b" ", b"\t"):
            kept, size = line.partition(b":")[0].strip().lower() in _READ, 0
        size += len(line)
        if kept and size <= _VALUE and line.strip():
            yield line


def _in_charset(path: str, data: bytes, said: str) -> tuple[str, tuple[Problem, ...]] | None:
    """The text of bytes in the encoding that a part says; None if it says none that is known, or there is no text."""
    name = larger_encoding(said)
    if not name or said in _ASCII or name in _NO_CHARSETS or not data.strip():
        return None
    try:
        text = codecs.decode(data, name)
    except UnicodeError:
        text = None
    except (LookupError, ValueError, AttributeError, TypeError):
        return None
    if isinstance(text, str):
        return text.replace("\x00", ""), ()
    try:
        text, found = data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, found = data.decode(name, "replace"), "other bytes, some of them lost"
    return text.replace("\x00", ""), (
        Problem(
            path, f"text in {shown(said)}, as the mail says", found, "correct the text if a sign is wrong"
        ),
    )


def unfolded(text: str, *, spaces: bool) -> str:
    r"""Flowed text with its paragraphs on one line each (RFC 3676): a line that ends in a space goes on in the next.

    Without `spaces` those at the ends are not part of the text. Quoted lines, and the line before a signature, are
    left alone.

    >>> unfolded("One \nline.\n From here\n-- \nA", spaces=True)
    'One line.\nFrom here\n-- \nA'
    """
    lines: list[str] = []
    parts: list[str] = []
    for line in text.split("\n"):
        bare = line[1:] if line.startswith(" ") else line
        flows = bare.endswith(" ") and bare != "-- " and not bare.startswith(">")
        if parts and (bare == "-- " or bare.startswith(">")):
            lines.append("".join(parts))
            parts = []
        parts.append(bare if spaces or not flows else bare[:-1])
        if not flows:
            lines.append("".join(parts))
            parts = []
    return "\n".join([*lines, *(["".join(parts)] if parts else [])])
