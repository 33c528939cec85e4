"""Tables of papers: what their columns are by the names in their heads, and their rows.

A table is of papers if a column is called title or paper, and another one, or a link to a paper, says that they are;
or if a column is called name or model, and rows have a link to a paper. In any other table the cells that name a
paper as an item of a list does are read, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.errors import Problem, shown
from generator.model import Refusal
from generator.readers.list_dates import read_partial
from generator.readers.list_entry import Entry, read_entry
from generator.readers.list_fields import PARTS, take
from generator.readers.list_inline import ListLink, plain_words, read_line
from generator.readers.list_links import is_label, is_paper, says_paper
from generator.readers.list_outline import Table, cells
from generator.readers.raw import RawDigest
from generator.text.clean import clean_line

_TITLES = ("original", "title")
_PAPERS = ("paper", "papers", "论文", "paper name", "article", "publication", "work")
_NAMED = ("name", "model", "method", "framework", "dataset", "benchmark", "approach", "名称", "模型", "方法")
_COLUMNS = {
    "pub": "venue",
    "pub.": "venue",
    "publication": "venue",
    "time": "published",
    "publish": "published",
}
_WORDS = re.compile(r"[^\w;/ ()-]+")


def read_table(
    raw: RawDigest, table: Table, known: Mapping[str, str], notes: list[Problem]
) -> Iterator[Entry | Refusal | None]:
    """The papers of a table: an entry or a refusal for each row; None for a row that is of no paper."""
    head = [
        clean_line(_WORDS.sub(" ", plain_words(read_line(cell).words))).lower() for cell in cells(table.head)
    ]
    title = _title(table, head, known)
    for number, row in table.rows:
        found = cells(row, len(head))
        if not any(found):
            continue
        if title is None:
            yield next(filter(None, (read_entry(number, cell, known) for cell in found)), None)
        elif len(found) > len(head):
            expected = f"a row of {len(head)} cells"
            remedy = "write \\| for a line inside a cell"
            problem = Problem(raw.at(number), expected, f"{len(found)}: {shown(row.strip())}", remedy)
            yield Refusal(problem, plain_words(read_line(found[title]).words)[:80])
        else:
            found += [""] * (len(head) - len(found))
            yield _row(raw, number, found, head, title, known, notes)


def _title(table: Table, head: Sequence[str], known: Mapping[str, str]) -> int | None:
    """Which column has the titles; None if the table is not one of papers."""
    parts = [PARTS.get(name) for name in head]
    linked = any(
        is_paper(url) or says_paper(label)
        for _, row in table.rows
        for label, url in read_line(row, known).links
    )
    for names in (_TITLES, _PAPERS, _NAMED):
        for place, name in enumerate(head):
            if parts[place] in names or name in names:
                others = {part for other, part in enumerate(parts) if other != place} - {
                    None,
                    "links",
                    "published",
                }
                if linked or (others and names is not _NAMED):
                    return _with_words(table, head, place, known)
    return None


def _with_words(table: Table, head: Sequence[str], place: int, known: Mapping[str, str]) -> int:
    """The column of titles: another one that has names, if this one has but links that say "paper"."""
    lines = [
        read_line(found[place], known) for _, row in table.rows if len(found := cells(row, len(head))) > place
    ]
    if all(
        is_label(plain_words(line.words)) and all(is_label(link.label) for link in line.links)
        for line in lines
    ):
        named = (other for other, name in enumerate(head) if name in _NAMED or PARTS.get(name) in _TITLES)
        return next((other for other in named if other != place), place)
    return place


def _row(
    raw: RawDigest,
    number: int,
    found: Sequence[str],
    head: Sequence[str],
    title: int,
    known: Mapping[str, str],
    notes: list[Problem],
) -> Entry | Refusal:
    entry = Entry(number)
    line = read_line(found[title], known)
    label = next((link.label for link in line.links if not is_label(link.label)), "")
    words = plain_words(line.words).strip("|-–—:· ")
    entry.title = clean_line(label) if label and len(label) > len(words) else words or clean_line(label)
    entry.links = [ListLink("" if link.label == label else link.label, link.url) for link in line.links]
    for place, (name, cell) in enumerate(zip(head, found, strict=False)):
        if place == title or not cell:
            continue
        part = _COLUMNS.get(name) or PARTS.get(name)
        if (
            part == "published"
            and read_partial(plain_words(read_line(cell).words)) is None
            and cell.strip("-–— ?")
        ):
            remedy = "correct it; the paper stays without it"
            notes.append(Problem(raw.at(number), "a date like 2025-03-14", shown(cell), remedy))
        if part and part not in _TITLES:
            take(entry, part, name, cell, known)
        else:
            entry.links += read_line(cell, known).links
    return entry
