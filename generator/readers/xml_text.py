"""XML that strangers wrote: every defect is a DigestError, none a crash.

Parsed by `defusedxml`, which refuses the entities that make a small file a large one or read other files
(<https://docs.python.org/3/library/xml.html#xml-vulnerabilities>).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from generator.readers.raw import RawDigest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What may stand before the outermost element: its declaration and other instructions, comments, a document type. Each
#: of them ends in one way only, or a long row of them would take for ever.
_START = re.compile(
    r"\s*(?:(?:<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>\[]*>)\s*)*<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)"
)
#: The text is decoded already: what it says of its encoding counts no more.
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def root_name(raw: RawDigest) -> str:
    """The name of the outermost element, without a prefix; empty if the text does not begin as XML does."""
    match = _START.match(raw.text[:10_000])
    return match[2] if match else ""


def load(raw: RawDigest) -> Element:
    """The outermost element. Raises DigestError, with the line, if the text is no XML or declares entities."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    declaration = _DECLARATION.match(raw.text)
    text = raw.text[declaration.end() if declaration else 0 :].lstrip()
    line = raw.text[: len(raw.text) - len(text)].count("\n")
    try:
        root = fromstring(text)
    except ParseError as error:
        row, column = error.position
        message = str(error).partition(":")[0]
        found = f"an error at line {row + line}, column {column + 1} ({message})"
        raw.fail(row + line, "XML", found, "correct it or get the file again")
    except DefusedXmlException:
        raw.fail("", "XML without entities of its own", "some", "remove the document type declaration")
    except (ValueError, RecursionError) as error:
        raw.fail("", "XML", str(error) or type(error).__name__, "get the file again")
    return root


def places(raw: RawDigest, name: str, count: int) -> Sequence[int | str]:
    """Where in a text that `load` has read the `count` elements of a name stand: the lines of their start tags.

    Where those cannot be told, or several stand on one line, they are ``name[1]``, ``name[2]`` and so on.
    """
    tag = rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|(<(?:[A-Za-z][\w.-]*:)?{re.escape(name)}(?=[\s/>]))"
    lines, line, end = [], 1, 0
    for match in re.finditer(tag, raw.text, re.DOTALL):
        if match[1]:
            line += raw.text.count("\n", end, match.start())
            end = match.start()
            lines.append(line)
    if len(lines) == count == len(set(lines)):
        return lines
    return [f"{name}[{number}]" for number in range(1, count + 1)]


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of a name, whatever their namespace."""
    return (child for child in element if local(child) == name)


def text_of(element: Element, *names: str) -> str:
    """The whole text of the first child that has one of some names and any text; empty if there is none."""
    for name in names:
        for child in children(element, name):
            if text := "".join(child.itertext()).strip():
                return text
    return ""
