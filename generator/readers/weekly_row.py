"""One row of a weekly table: a number, a title, what the curator says of the paper, and links.

::

    | 5) **Title** - text | [Paper](https://arxiv.org/abs/2506.17298) , [Tweet](https://x.com/…) |
    | 1) A Title  The paper introduces … <br>● … | [Paper](https://arxiv.org/abs/2506.17298), [Code](…) |

A title without stars ends where two spaces, a line break or a spaced dash stand; where that would be a guess the
row is refused.
"""

from __future__ import annotations

import re

from generator.errors import Problem, shown
from generator.model import Record, Refusal
from generator.readers.list_inline import HOLE, Line, ListLink, plain_words, read_line
from generator.readers.list_links import place_of
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line
from generator.text.inline import plain_line

_NUMBER = re.compile(r"\s*(?:\d{1,3}\s?[.)]|[-*•])\s*")
_STRONG = re.compile(r"(\*\*|__)([^*_]+|(?:(?!\1).){1,600})\1")
#: A title that is a link, stars in or out.
_LINKED = re.compile(r"(?:\*\*)?\[[^\[\]]{1,600}\]\([^()\s]{1,2000}\)(?:\*\*)?")
_SEPARATORS = " \t-–—:.|●•,;"
#: Where a title without stars may end.
_END = re.compile(r"[ \u00a0]{2,}|<br\s*/?>|\s[-–—]\s|●|\t", re.IGNORECASE)
#: No title is longer (`generator.readers.huggingface_page` says why), or ends in such a word.
_TITLE_LIMIT = 250
_OPEN = re.compile(
    r"(?:\b(?:a|an|the|of|for|with|in|on|and|or|to|via|from|by|as|at|is|are|using)|[,:(&-])$", re.I
)
_SENTENCE = re.compile(r"[a-z)\]]{3}[.!?]\s+[A-Z]")


def read_row(raw: RawDigest, number: int, text: str, notes: list[Problem]) -> Record | Refusal:
    """The record of the row that begins at line `number`; what is left out of it is noted."""
    words, linked = _cells(text)
    rest = _NUMBER.sub("", words, count=1)
    title, description = _split(rest)
    own = read_line(title)
    name = plain_words(own.words) or next((clean_line(link.label) for link in own.links if link.label), "")
    if not name:
        expected = "a title, in stars or with two spaces or a dash behind it"
        problem = Problem(raw.at(number), expected, shown(rest), "put it between ** and **")
        return Refusal(problem, plain_words(read_line(rest).words)[:80])
    said = read_line(description.lstrip(_SEPARATORS))
    led = (ListLink("", url) for _, url in own.links)  # a title leads to the paper
    links = (*led, *read_line(linked).links, *said.links)
    place = place_of(raw, number, links, notes)
    return Record(
        where=f"line {number}",
        title=name,
        arxiv_id=place.arxiv.id if place.arxiv else None,
        arxiv_version=place.arxiv.version if place.arxiv else None,
        doi=place.doi,
        links=place.links,
        summary=_summary(said),
    )


def _cells(text: str) -> tuple[str, str]:
    """The cell of the paper, which may have lines in it, and the last one if it has the links."""
    cell = text.strip().removeprefix("|").removesuffix("|")
    words, mark, linked = cell.rpartition("|")
    return (words, linked) if mark and ("](" in linked or not linked.strip()) else (cell, "")


def _split(text: str) -> tuple[str, str]:
    """Title and description. The title is empty if nothing tells it for certain."""
    text = text.strip()
    if linked := _LINKED.match(text):
        return linked[0], text[linked.end() :]
    if strong := _STRONG.match(text):
        return (strong[2].strip() if any(map(str.isalpha, strong[2])) else "", text[strong.end() :])
    for end in _END.finditer(text[: _TITLE_LIMIT + 2]):
        title, rest = text[: end.start()].strip(), text[end.end() :].strip()
        if _whole(title) and rest[:1].upper() == rest[:1]:
            return title, rest
        if _SENTENCE.search(title):
            return "", ""
    return (text, "") if _whole(text) else ("", "")


def _whole(title: str) -> bool:
    """Whether words are a whole title: short, no sentences, and not cut before their end."""
    if not any(map(str.isalpha, title)) or len(title) > _TITLE_LIMIT:
        return False
    return not _SENTENCE.search(title) and not _OPEN.search(title)


def _summary(line: Line) -> str:
    """The words of a description; those of its links too."""
    words = line.words
    for link in line.links:
        words = words.replace(HOLE, link.label or link.url, 1)
    return clean_line(plain_line(words))
