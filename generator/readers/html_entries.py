"""Where on a page of HTML the papers are: which lines belong to each, and which of them is its title.

A paper is a list item, a table row, a table, an article or a definition that holds links to one paper only; else a
heading with what follows it; else a paragraph that begins with the link. A link is one to a paper by its address
(`generator.readers.paper_address`). Its title is, in this order, what stands

1. behind a label such as "Title:", in an element whose class says so, or in the table's column of that name,
2. in a link to the paper that begins its line,
3. in the heading,
4. in bold letters at the beginning, or else in the first line.

A link in the middle of a text lists nothing. A link without any title is an entry without one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from generator.readers.html_page import Line, Page, Run
from generator.readers.html_titles import Titles, is_titled, lead_of, may_be_title, paper_of
from generator.readers.list_words import bare_title, label_of_field, link_label
from generator.readers.paper_address import Address

#: Blocks that may be one paper.
_ITEMS = frozenset(("li", "tr", "article", "table", "dt", "dd"))
#: An item of more lines is none, but a layout.
_MOST_LINES = 80
#: Lines that end a list: what a mail or a page says of itself.
_FURNITURE = (
    "unsubscribe", "manage your subscription", "manage preferences", "update your preferences", "view in browser",
    "view this email", "you are receiving this", "you received this", "this message was sent by", "sent to you by",
    "privacy policy", "all rights reserved", "cancel alert", "list alerts",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """A paper on the page: its lines from `first` to before `end`, and at `head` that of its title (or its link).

    `block` is the block that it is, if it is one; `kinds` are what its links tell.
    """

    title: str
    head: int
    first: int
    end: int
    block: int | None = None
    kinds: dict[str, str] = field(default_factory=dict)


def find_entries(page: Page) -> list[Entry]:
    """The papers of a page, in its order; those whose `title` is empty have links and no title."""
    return _Finder(page).entries()


def is_furniture(text: str) -> bool:
    """Whether a line is one of those at the end of a mail or a page that belong to no paper."""
    lower = text.lower()
    return len(lower) < 500 and any(words in lower for words in _FURNITURE)


def _kinds(run: Run, address: Address) -> dict[str, str]:
    """What tells two papers from each other: they have other identifiers, or links of one name to other places."""
    label = link_label(run.text)
    kinds = {f"link {label or run.text.strip().lower()}" if label is not None else "title": address.work}
    if address.arxiv:
        kinds = {"arxiv": address.arxiv.id}
    elif address.doi:
        kinds = {"doi": address.doi}
    if label is None:
        kinds["title"] = address.work
    return kinds


class _Finder:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._found: list[Entry] = []
        self._titles = Titles(page)
        self._of_blocks: dict[int, tuple[int, str] | None] = {}
        self._sections: dict[int, dict[str, str] | None] = {}
        self._telling = {
            place: kinds for place, line in enumerate(page.lines) if (kinds := self._line_kinds(line))
        }

    def entries(self) -> list[Entry]:
        """All entries, with their ends."""
        for place, line in enumerate(self._page.lines):
            kinds = self._telling.get(place)
            if kinds is not None or is_titled(line):
                self._add(place, kinds or {})
        self._found.sort(key=lambda entry: entry.first)
        for place, entry in enumerate(self._found):
            following = self._found[place + 1] if place + 1 < len(self._found) else None
            if entry.block is None:
                entry.end = self._end(entry, following)
                self._retitle(entry)
        return self._found

    def _retitle(self, entry: Entry) -> None:
        """Give an entry the title that a label in it says: what stands above may be a translation."""
        for place in range(entry.first, entry.end):
            if is_titled(self._page.lines[place]):
                found = self._titles.first([place])
                entry.head, entry.title = found or (entry.head, entry.title)
                return

    # --- what a line says

    def _line_kinds(self, line: Line) -> dict[str, str]:
        """What the links of a line tell of papers: those that begin it, or have no words of their own."""
        lead = lead_of(line)
        kinds: dict[str, str] = {}
        for run in line.runs:
            address = paper_of(run)
            if address and (run is lead or line.level or link_label(run.text) is not None):
                kinds.update(_kinds(run, address))
        return kinds

    @cached_property
    def _multi(self) -> list[bool]:
        """Of each block whether it holds links to several papers."""
        seen: list[dict[str, str]] = [{} for _ in self._page.blocks]
        multi = [False] * len(seen)
        for place, kinds in self._telling.items():
            for block in self._page.around(self._page.lines[place].block):
                if multi[block]:
                    continue
                multi[block] = _conflict(seen[block], kinds)
                seen[block].update(kinds)
        return multi

    # --- the entry of a line

    def _add(self, place: int, kinds: dict[str, str]) -> None:
        """Add the entry that the links (or the label) of a line belong to, unless it is there."""
        line = self._page.lines[place]
        last = self._found[-1] if self._found else None
        if last and last.block is not None and last.first <= place < last.end:
            return
        if (item := self._item(line)) is not None:
            self._found.append(self._of_item(item))
            return
        lead = lead_of(line)
        leads = bool(lead and paper_of(lead))
        if last and last.block is None and self._goes_on(last, place, kinds, leads=leads):
            last.kinds.update(kinds)
            return
        self._found.append(self._of_text(place, kinds, lead if leads else None))

    def _item(self, line: Line) -> int | None:
        """The block that is the paper of a line."""
        for block in self._page.around(line.block)[:-1]:
            if self._multi[block]:
                return None
            if self._page.blocks[block].tag in _ITEMS:
                block = self._pairs.get(block, block)
                first, end = self._extent(block)
                lines = self._page.lines[first:end]
                if end - first > _MOST_LINES or sum(item.level > 0 for item in lines) > 1:
                    return None
                if self._title(block) is not None:
                    return block
        return None

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """Of each ``dd`` the ``dt`` before it."""
        pairs, terms = {}, {}
        for place, block in enumerate(self._page.blocks):
            if block.tag == "dt":
                terms[block.parent] = place
            elif block.tag == "dd" and (term := terms.pop(block.parent, None)) is not None:
                pairs[place] = term
        return pairs

    @cached_property
    def _described(self) -> dict[int, int]:
        return {term: place for place, term in self._pairs.items()}

    def _extent(self, place: int) -> tuple[int, int]:
        block = self._page.blocks[place]
        return block.first, self._page.blocks[self._described.get(place, place)].end

    def _of_item(self, block: int) -> Entry:
        first, end = self._extent(block)
        head, title = self._title(block) or (first, "")
        return Entry(title, head, first, end, block)

    def _goes_on(self, last: Entry, place: int, kinds: dict[str, str], *, leads: bool) -> bool:
        """Whether a line still belongs to an entry that is no block."""
        if self._ends_between(last.head, place):
            return False
        if any(last.kinds.get(kind) == work for kind, work in kinds.items()) or not kinds:
            return not is_titled(self._page.lines[place]) or self._heading(place) == last.head
        return not leads and not _conflict(last.kinds, kinds) and self._titles.first([place]) is None

    def _ends_between(self, head: int, place: int) -> bool:
        """Whether a heading as high as the one at `head` (any, if it is none), or a rule, stands before `place`."""
        level = self._page.lines[head].level or 6
        if any(0 < line.level <= level for line in self._page.lines[head + 1 : place + 1]):
            return True
        return self._page.lines[head].level == 0 and any(head < rule <= place for rule in self._page.rules)

    def _of_text(self, place: int, kinds: dict[str, str], lead: Run | None) -> Entry:
        """An entry of headings and paragraphs."""
        line = self._page.lines[place]
        heading = self._heading(place)
        if heading is not None and self._section(heading) is None:
            heading = None
        if lead is not None and line.level == 0:
            return Entry(bare_title(lead.text), place, place, place + 1, kinds=dict(kinds))
        if heading is not None:
            title = bare_title(self._page.lines[heading].text)
            return Entry(title, heading, heading, place + 1, kinds=dict(kinds))
        head, title = self._titles.first([place]) or (place, "")
        return Entry(title, head, place, place + 1, kinds=dict(kinds))

    def _heading(self, place: int) -> int | None:
        """The heading above a line that may be a title."""
        for at in range(place, max(-1, place - _MOST_LINES), -1):
            line = self._page.lines[at]
            if line.level and label_of_field(line.text) is None:
                return at if may_be_title(line.text) else None
        return None

    def _section(self, heading: int) -> dict[str, str] | None:
        """What is told of the paper below a heading; None if there are several."""
        if heading not in self._sections:
            told: dict[str, str] | None = {}
            level = self._page.lines[heading].level
            for place in range(heading, min(heading + 5 * _MOST_LINES, len(self._page.lines))):
                if place > heading and 0 < self._page.lines[place].level <= level:
                    break
                kinds = self._telling.get(place, {})
                if told is None or _conflict(told, kinds):
                    told = None
                    break
                told.update(kinds)
            self._sections[heading] = told
        return self._sections[heading]

    def _title(self, block: int) -> tuple[int, str] | None:
        """The line of the title in a block, and the title."""
        if block not in self._of_blocks:
            self._of_blocks[block] = self._titles.first(range(*self._extent(block)), block)
        return self._of_blocks[block]

    # --- ends

    def _end(self, entry: Entry, following: Entry | None) -> int:
        """Where an entry that is no block ends."""
        lines, blocks = self._page.lines, self._page.blocks
        limit = min(following.first if following else len(lines), entry.first + 5 * _MOST_LINES)
        block = blocks[lines[entry.head].block]
        while block.parent > 0 and block.end <= entry.head + 1:
            block = blocks[block.parent]
        if block.parent >= 0:
            around = (
                blocks[block.parent] if block.first == entry.head and block.end == entry.head + 1 else block
            )
            limit = min(limit, max(around.end, entry.head + 1))
        for place in range(entry.head + 1, limit):
            if self._ends_between(entry.head, place) or is_furniture(lines[place].text):
                return place
        return max(limit, entry.head + 1)


def _conflict(told: dict[str, str], kinds: dict[str, str]) -> bool:
    """Whether two lines tell of two papers."""
    return any(told.get(kind, work) != work for kind, work in kinds.items())
