r"""arXiv's listing e-mails, its listing files (``new``, ``pastweek``, one of a month) and its ``.abs`` files.

Their blocks are alike (`generator.readers.arxiv_blocks`), their dates are not:

- ``Date:`` above the blocks is the day of the mail, ``/* Fri, 3 Mar 2023 */`` in a past week the day of what follows.
- ``Date:`` of a paper is the day of its first version, ``Date (revised v2):`` of a later one.
- ``replaced with revised version …`` is the day of the new version. Such a block has no abstract.

A new paper stands before the line ``%-%-%``, one from another category behind it, a new version behind ``%%--%%``. The
subject, ``astro-ph daily 53 new + 4 crosses received``, counts the first two of them; an empty count is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from generator.errors import Problem, shown
from generator.ids import parse_arxiv
from generator.model import Digest, PartialDate, Record, Refusal, Source
from generator.readers.arxiv_blocks import CROSS, IDENTIFIER, Block, Blocks, split_blocks
from generator.readers.arxiv_record import arxiv_record
from generator.readers.mail_date import read_mail_date
from generator.readers.people import split_authors
from generator.readers.raw import RawDigest

NAME = "arxiv-mail"
LABEL = "a listing e-mail of arXiv, or its .abs files"
SOURCE = Source("arxiv", "arXiv", "https://arxiv.org/")

#: The structure shows within this many characters: other headers of a mail may stand above.
_NEAR = 30_000
_STRUCTURE = re.compile(r"^\\\\[ \t]*\n(?:arXiv:[^\n]*\d|Paper\b[^\n]*:|/\*[^\n]*\*/)", re.MULTILINE)
#: A mail as it was sent may be encoded; and what begins in one of these ways is another format that quotes a listing.
_AS_SENT = re.compile(
    r"^(?:MIME-Version|Content-Type|Content-Transfer-Encoding):", re.MULTILINE | re.IGNORECASE
)
_OTHERS = re.compile(r"\s*(?:[<{\[]|---[ \t]*\n)")

_FIELDS = frozenset(
    (
        *(
            "title",
            "author",
            "authors",
            "categories",
            "comments",
            "proxy",
            "report-no",
            "acm-class",
            "msc-class",
        ),
        *("journal-ref", "doi", "license", "subj-class", "from"),
    )
)
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]{1,20})\s*:\s*(.*)")
_DATE = re.compile(r"Date\s*(?:\(revised\s*v?(\d{0,3})\)\s*)?:\s*(.*)")
_REPLACED = re.compile(r"(?:replaced with revised version|(?:figures|part) added)\s*(.*)", re.IGNORECASE)

_DAILY = re.compile(r"\bdaily\b.*\bnew\b.*\breceived\b", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,6})?\s*\b(new|cross|repl)[a-z]*", re.IGNORECASE)
_PARTS = {"new": "new", "cross": "cross", "repl": "replace"}
_PART_NAMES = {"new": "new papers", "cross": "cross-lists", "replace": "replacements"}


def accepts(raw: RawDigest) -> bool:
    r"""Whether a line ``\\`` with the identifier of a paper, or a day, below it stands near its beginning."""
    near = raw.text[:_NEAR]
    found = _STRUCTURE.search(near)
    return bool(found and not _OTHERS.match(near) and not _AS_SENT.search(near[: found.start()]))


def read(raw: RawDigest) -> Digest:
    """Read the listing, or the papers of ``.abs`` files. The text may be the decoded body of a mail with its ``Date:``
    and ``Subject:`` above. Raises DigestError if its day is not known or it has no paper.
    """
    found = split_blocks(raw.text)
    if not found.blocks:
        expected = "papers between lines of two backslashes"
        raw.fail("", expected, "none", "save the whole mail or listing as it came")
    several, day, notes = _days(raw, found)
    papers = [_Paper(raw, block, notes) for block in found.blocks]
    parts = Counter(paper.part for paper in papers)
    said, counts = _said(raw, found.subjects, parts)
    outcomes = [paper.outcome(listing=found.listing, several=several) for paper in papers]
    return raw.digest(NAME, day, raw.source_or(None, SOURCE), outcomes, [*notes, *counts], said=said)


def _days(raw: RawDigest, found: Blocks) -> tuple[bool, date, list[Problem]]:
    """Whether each paper has the day above it for its own, the (last) day, and a note if another was given."""
    days = {block.day for block in found.blocks}
    known = sorted(filter(None, days))
    if raw.day is not None:
        other = [str(day) for day in known if day != raw.day]
        return False, raw.day, [raw.other_day(", ".join(other[:3]))] if other else []
    if not known or None in days:
        expected = "a day like Fri, 3 Mar 2023 above the papers"
        line, text = found.no_days[0] if found.no_days else ("", "")
        found_there = shown(text) if text else "none" if not known else "papers above it"
        return False, raw.day_or(None, line, expected, found_there), []
    return len(known) > 1, known[-1], []


def _said(raw: RawDigest, subjects: Sequence[str], parts: Counter[str]) -> tuple[int | None, list[Problem]]:
    """How many papers the subjects say, if they count all parts that the text has; and a note for each part that has
    another number.
    """
    if not subjects or not all(map(_DAILY.search, subjects)):
        return None, []
    said = Counter[str]()
    for subject in subjects:
        for number, word in _COUNT.findall(subject):
            said[_PARTS[word.lower()]] += int(number or 0)
    notes = [
        Problem(
            raw.at(),
            f"{said[part]:,} {_PART_NAMES[part]}, as the subject says",
            f"{parts[part]:,}",
            "get it again if it was cut",
        )
        for part in said
        if said[part] != parts[part]
    ]
    return (None if notes or set(parts) - set(said) else said.total()), notes


class _Paper:
    """One block, its header understood."""

    def __init__(self, raw: RawDigest, block: Block, notes: list[Problem]) -> None:
        self._raw, self._block, self._notes = raw, block, notes
        self._line = block.header[0][0]
        self._id, self._cross = "", block.part == "cross"
        self._replaced = block.part == "replace"
        self._fields: dict[str, list[str]] = {}
        self._first: PartialDate | None = None
        self._last: PartialDate | None = None
        self._versions = 0
        self._read_header()

    @property
    def part(self) -> str:
        """The part of a listing that it belongs to, by its own words or by its place."""
        return "replace" if self._replaced else "cross" if self._cross else "new"

    def outcome(self, *, listing: bool, several: bool) -> Record | Refusal:
        """Its record; in a `listing` it is announced, with `several` days it has its own."""
        return arxiv_record(
            self._raw,
            self._line,
            arxiv_id=self._versioned,
            title=self._field("title"),
            abstract="\n".join(self._block.abstract),
            authors=split_authors(self._field("authors") or self._field("author")),
            categories=self._field("categories").split(),
            comment=self._field("comments"),
            venue=self._field("journal-ref"),
            doi=self._field("doi"),
            published=self._first,
            revised=self._last,
            announced=self._announced if listing else "",
            day=self._block.day if several else None,
            notes=self._notes,
        )

    @property
    def _announced(self) -> str:
        return "replace-cross" if self._replaced and self._cross else self.part

    def _field(self, name: str) -> str:
        return " ".join(self._fields.get(name, ()))

    @property
    def _versioned(self) -> str:
        """The identifier with the last version that the block lists. Of a cross-list, one date may not be all."""
        version = self._versions or (1 if self._first and self.part == "new" else 0)
        known = parse_arxiv(self._id)
        return f"{known.id}v{version}" if known and version and not known.version else self._id

    def _read_header(self) -> None:
        name = ""
        for line, text in self._block.header:
            if not self._id and (match := IDENTIFIER.match(text)):
                self._cross |= bool(match["before"]) or CROSS in match["id"]
                self._line, self._id = line, match["id"].replace(CROSS, "").strip()
            elif found := _REPLACED.match(text):
                self._replaced = True
                self._last = self._date(line, found[1]) or self._last
            elif found := _DATE.match(text):
                self._read_version(line, found)
            elif (found := _FIELD.match(text)) and found[1].lower() in _FIELDS:
                name = found[1].lower()
                self._fields[name] = [found[2]]
            elif name:
                self._fields[name].append(text.strip())
            else:
                remedy = "correct it; the paper stays without it"
                expected = "a field such as Title, Authors or Date"
                self._notes.append(Problem(self._raw.at(line), expected, shown(text), remedy))

    def _read_version(self, line: int, found: re.Match[str]) -> None:
        """A line of a version: the first has no number."""
        day = self._date(line, found[2])
        if found[1] is None:
            self._first = day or self._first
        else:
            self._last = day or self._last
            self._versions = max(self._versions, int(found[1] or 0))

    def _date(self, line: int, text: str) -> PartialDate | None:
        day = read_mail_date(text)
        if day is None:
            expected, remedy = "a date like Wed, 1 Mar 2023", "correct it; the paper stays without it"
            self._notes.append(Problem(self._raw.at(line), expected, shown(text), remedy))
        return day
