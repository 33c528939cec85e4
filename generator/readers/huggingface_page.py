"""The text of a Hugging Face papers page, copied out of a browser: <https://huggingface.co/papers>.

The page begins with furniture, which ends at the day::

    Get trending papers in your email inbox!
    Subscribe
    byAK and the research community
    Mar 14

After it titles and abstracts take turns, with empty lines between them. There are no ids, authors or links but
those inside the abstracts, and TeX has lost its dollars and backslashes; all of it stays as it stands.

The day has no year. It is taken from outside (``--date``, the file's name), never guessed.

A paragraph is taken for an abstract or a title by its looks (`_is_prose`), so that a missing abstract, or one of
several paragraphs, costs only itself. The limits come from 20,000 papers of arXiv: no title is longer than
`_TITLE_LIMIT`, 1.2 % of the abstracts are shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from generator.errors import Problem, shown
from generator.model import Digest, Record, Refusal, Source
from generator.readers.fields import paper_links
from generator.readers.raw import DAY_REMEDY, RawDigest
from generator.text.clean import clean_line, resolve_references
from generator.text.restore import restore

NAME = "huggingface-page"
LABEL = "the text of a Hugging Face papers page"
SOURCE = Source("huggingface", "Hugging Face papers", "https://huggingface.co/papers")

#: The header is looked for in so many lines that are not empty.
_HEADER_LINES = 60
_SIGNATURE = re.compile(
    r"get trending papers in your email inbox!?|(?:by.{0,60}\s)?and the research community", re.I
)
#: Lines of the page around the papers that may stand after the day or be left when the day is missing.
_FURNITURE = re.compile(
    r"new|subscribe|daily papers|trending papers|previous|next|today|upvote|load more|view all"
    r"|\d+(?:\.\d+)?k?|[·•–—-]+",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = re.compile(
    rf"(?:\w{{3,9}},?\s+)?(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\.?\s+(?P<month2>{_MONTH}))"
    r"(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE | re.ASCII,
)
_TITLE_LIMIT = 250
#: A full stop after a word of three letters, then a capital: "vs. M", "J. Chem." and "St. P" are none.
_SENTENCES = re.compile(r"[a-z)\]]{3}\. [A-Z]")
#: How abstracts speak of their paper; with a full stop at the end no title begins so.
_OPENING = re.compile(
    r"(?:we|our|in this|this (?:paper|work|article|report|study|note|survey))\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://|\bgithub\.com/", re.IGNORECASE)
#: Lines longer than this were not broken by a mail program: each is a paragraph by itself.
_WRAPPED = 120


class _Paragraph(NamedTuple):
    line: int
    text: str


def accepts(raw: RawDigest) -> bool:
    """Whether a line of the header is a line of the page's furniture that no other text has, or the text begins with
    the page's line of the day, as it does if only the papers were copied. Not the page itself, which is HTML.
    """
    if raw.text.lstrip()[:1] == "<":
        return False
    lines = _lines(raw.text, _HEADER_LINES)
    return _is_bare(lines) or any(_SIGNATURE.fullmatch(text) for _, text in lines)


def read(raw: RawDigest) -> Digest:
    """Read the page. Raises DigestError if its day is not known or there is no paper on it."""
    end, written = _header(raw)
    day, notes = _day(raw, end, written)
    records, refusals = _pair(raw, list(_paragraphs(raw.text, end)))
    if not records and not refusals:
        raw.fail(end, "papers below the day", "nothing", "copy the whole page again")
    return Digest(
        path=raw.path,
        format=NAME,
        day=day,
        source=raw.source_or(None, SOURCE),
        records=tuple(records),
        refusals=tuple(refusals),
        notes=(*raw.decoding, *notes, *_without_abstract(raw, records)),
    )


def _lines(text: str, most: int | None = None) -> list[tuple[int, str]]:
    """The lines that are not empty with their numbers from 1, cleaned; the first `most` of them."""
    found: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if cleaned := clean_line(line):
            found.append((number, cleaned))
        if len(found) == most:
            break
    return found


def _is_bare(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether a text begins with the line of the day, and has nothing of the page's header."""
    signed = any(_SIGNATURE.fullmatch(text) for _, text in lines)
    return bool(lines and _DAY.fullmatch(lines[0][1])) and not signed


def _header(raw: RawDigest) -> tuple[int, re.Match[str] | None]:
    """The line where the header ends, and the day in it; without a day the last line that is furniture."""
    lines = _lines(raw.text, _HEADER_LINES)
    end, signed = 0, _is_bare(lines)
    for number, text in lines:
        signed = signed or bool(_SIGNATURE.fullmatch(text))
        if signed and (match := _DAY.fullmatch(text)):
            return number, match
        if _SIGNATURE.fullmatch(text) or (signed and end and _FURNITURE.fullmatch(text)):
            end = number
    return end, None


def _day(raw: RawDigest, line: int, written: re.Match[str] | None) -> tuple[date, tuple[Problem, ...]]:
    """The day of the digest, and a note if the page, in `line`, says another than was given."""
    if written is None:
        return raw.day_or(None, "", 'a line with the day, such as "Mar 14"', "none"), ()
    month = _MONTHS.index((written["month"] or written["month2"])[:3].lower()) + 1
    number = int(written["day"] or written["day2"])
    if raw.day is None:
        return _own_day(raw, line, written[0], (written["year"], month, number)), ()
    same = (month, number) == (raw.day.month, raw.day.day) and written["year"] in (
        None,
        f"{raw.day.year:04d}",
    )
    note = raw.other_day(shown(written[0]), line, "rename the file if the page is right")
    return raw.day, () if same else (note,)


def _own_day(raw: RawDigest, line: int, written: str, parts: tuple[str | None, int, int]) -> date:
    """The day that the page says in `line`; without a year it must be the one on which it was sent."""
    year, month, number = parts
    if not year:
        if raw.sent is not None and (raw.sent.month, raw.sent.day) == (month, number):
            return raw.sent
        remedy = DAY_REMEDY.replace("MM-DD", f"{month:02d}-{number:02d}")
        raw.fail(line, "a day with its year", shown(written), remedy)
    try:
        return date(int(year), month, number)
    except ValueError:
        raw.fail(line, "a day of the calendar", shown(written), DAY_REMEDY)


def _paragraphs(text: str, end: int) -> Iterator[_Paragraph]:
    """The paragraphs after line `end`. Lines that follow each other are one only if they look wrapped."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        cleaned = clean_line(resolve_references(line)) if number > end else ""
        if cleaned:
            block.append((number, cleaned))
        elif block:
            yield from _paragraphs_of(block)
            block = []


def _paragraphs_of(block: Sequence[tuple[int, str]]) -> Iterator[_Paragraph]:
    if max(len(text) for _, text in block) <= _WRAPPED:
        yield _Paragraph(block[0][0], " ".join(text for _, text in block))
    else:
        yield from (_Paragraph(number, text) for number, text in block)


def _pair(raw: RawDigest, paragraphs: Sequence[_Paragraph]) -> tuple[list[Record], list[Refusal]]:
    """Titles with the abstracts that follow them; what has no title is refused."""
    records: list[Record] = []
    refusals: list[Refusal] = []
    title: _Paragraph | None = None
    prose: list[str] = []
    kept = [paragraph for paragraph in paragraphs if not _FURNITURE.fullmatch(paragraph.text)]
    for place, paragraph in enumerate(kept):
        following = kept[place + 1].text if place + 1 < len(kept) else ""
        if _is_prose(paragraph.text, following, inside=title is not None):
            if title is None:
                refusals.append(_untitled(raw, paragraph))
            else:
                prose.append(paragraph.text)
            continue
        records.extend(_record(title, prose))
        title, prose = paragraph, []
    records.extend(_record(title, prose))
    return records, refusals


def _is_prose(text: str, following: str, *, inside: bool) -> bool:
    """Whether a paragraph belongs to an abstract; `inside` tells that there is a title above it.

    A short paragraph ("Code is at …") and a title that ends in a full stop look alike: a title has an abstract
    after it, as `following`.
    """
    if len(text) > _TITLE_LIMIT or (_SENTENCES.search(text) and text[-1] in ".!?"):
        return True
    if inside:
        said = text.endswith(".") and (len(following) <= _TITLE_LIMIT or _OPENING.match(text))
        return bool(said or _ADDRESS.search(text))
    return False


def _record(title: _Paragraph | None, prose: Sequence[str]) -> Iterator[Record]:
    if title is not None:
        abstract = "\n\n".join(prose)
        links = paper_links((), abstract=abstract)
        whole = restore(abstract)
        yield Record(
            where=f"line {title.line}",
            title=title.text,
            abstract=abstract,
            links=links,
            restored=whole if whole != abstract else "",
        )


def _untitled(raw: RawDigest, paragraph: _Paragraph) -> Refusal:
    found = f"the abstract {shown(paragraph.text)}"
    remedy = "write the title above it, with an empty line between"
    return Refusal(Problem(raw.at(paragraph.line), "a title", found, remedy), title=paragraph.text[:80])


def _without_abstract(raw: RawDigest, records: Sequence[Record]) -> Iterator[Problem]:
    for record in records:
        if not record.abstract:
            place = int(record.where.removeprefix("line "))
            found = f"none for {shown(record.title)}"
            yield Problem(raw.at(place), "an abstract below the title", found, "add it if the paper has one")
