"""Which words of a page of HTML are a paper's title, and in which column of a table a line stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from generator.readers.html_page import Line, Page, Run
from generator.readers.list_words import (
    are_names,
    bare_title,
    find_day,
    label_of_field,
    labelled,
    link_label,
    without_marks,
)
from generator.readers.paper_address import Address, read_address
from generator.text.clean import clean_line

#: No title is longer (`generator.readers.huggingface_page`).
_TITLE_LIMIT = 300
#: What the head of a column calls its titles, beside the words that label one.
_TITLE_HEADS = frozenset(("paper", "papers", "name", "论文"))


def paper_of(run: Run) -> Address | None:
    """The address of a link to a paper; None for other runs."""
    address = read_address(run.url) if run.url else None
    return address if address and address.paper else None


def lead_of(line: Line) -> Run | None:
    """The run that a line begins with, numbers and marks apart."""
    for run in line.runs:
        bare = without_marks(run.text)
        if any(char.isalpha() for char in bare) and (run.url is None or link_label(run.text) is None):
            return run
        if run.url is not None and any(char.isalpha() for char in bare):
            return None
    return None


class Titles:
    """The titles on a page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._heads: dict[int, Sequence[str]] = {}

    def first(self, places: Iterable[int], row: int | None = None) -> tuple[int, str] | None:
        """The first title in some lines of the page, which are those of a block `row`, and the place of its line."""
        lines = [(place, self._page.lines[place]) for place in places]
        for place, line in lines:
            if title := self._named(line, row):
                return place, title
        for place, line in lines:
            lead = lead_of(line)
            if lead and paper_of(lead):
                return place, bare_title(lead.text)
        for place, line in lines:
            if line.level and label_of_field(line.text) is None and may_be_title(line.text):
                return place, bare_title(line.text)
        return next(((place, title) for place, line in lines[:4] if (title := _leading(line))), None)

    def _named(self, line: Line, row: int | None) -> str:
        """A title that something says is one: a label, a class, the head of a column."""
        found = labelled(line.text)
        if found and found[0] == "title" and found[1]:
            return bare_title(found[1])
        said = "title" in self._page.blocks[line.block].classes or self.column(line, row) == "title"
        usable = said and found is None and link_label(line.text) is None and may_be_title(line.text)
        return bare_title(_without_links(line)) if usable else ""

    def column(self, line: Line, row: int | None) -> str | None:
        """The field that the head of a line's column stands for, in the table that `row` is a row of; None if there is
        no head, or it says nothing known.
        """
        head = self.head(line, row)
        if head is None or row is None:
            return None
        if head.lower() in _TITLE_HEADS and not any(
            label_of_field(text) == "title" for text in self._heads_of(row)
        ):
            return "title"
        return label_of_field(head)

    def head(self, line: Line, row: int | None) -> str | None:
        """The head of a line's column in the table that `row` is a row of; None if it has none."""
        if row is None or self._page.blocks[row].tag != "tr":
            return None
        cell = next(
            (block for block in self._page.around(line.block) if self._page.blocks[block].parent == row), None
        )
        heads = self._heads_of(row)
        cells = self._children.get(row, [])
        return heads[cells.index(cell)] if cell is not None and len(cells) == len(heads) else None

    def _heads_of(self, row: int) -> Sequence[str]:
        """The texts of the first row of the table, if they are its heads; none of `row` itself."""
        table = next(
            (block for block in self._page.around(row) if self._page.blocks[block].tag == "table"), -1
        )
        if table not in self._heads:
            first = self._first_rows.get(table)
            heads = [self._text(cell) for cell in self._children.get(first, [])] if first is not None else []
            known = any(label_of_field(text) or text.lower() in _TITLE_HEADS for text in heads)
            self._heads[table] = heads if known else ()
        return self._heads[table] if self._first_rows.get(table) != row else ()

    @cached_property
    def _children(self) -> dict[int, list[int]]:
        children: dict[int, list[int]] = {}
        for place, block in enumerate(self._page.blocks):
            children.setdefault(block.parent, []).append(place)
        return children

    @cached_property
    def _first_rows(self) -> dict[int, int]:
        """Of each table its first row."""
        rows: dict[int, int] = {}
        for place, block in enumerate(self._page.blocks):
            if block.tag == "tr":
                around = self._page.around(place)
                table = next((item for item in around if self._page.blocks[item].tag == "table"), -1)
                rows.setdefault(table, place)
        return rows

    def _text(self, place: int) -> str:
        block = self._page.blocks[place]
        return " ".join(line.text for line in self._page.lines[block.first : min(block.end, block.first + 3)])


def is_titled(line: Line) -> bool:
    """Whether a line is labelled as a title."""
    found = labelled(line.text)
    return bool(found and found[0] == "title" and found[1])


def may_be_title(text: str) -> bool:
    """Whether a text is neither too long nor too short for a title, nor only a day."""
    bare = bare_title(text)
    letters = sum(char.isalpha() for char in bare)
    return letters >= 2 and len(bare) <= _TITLE_LIMIT and (find_day(bare) is None or letters > 30)


def _without_links(line: Line) -> str:
    """The text of a line up to the first link that only says that it is one."""
    kept: list[str] = []
    for run in line.runs:
        if run.url is not None and link_label(run.text) is not None:
            if any(char.isalpha() for char in bare_title("".join(kept))):
                break
            continue
        kept.append(run.text)
    return clean_line("".join(kept)).rstrip(" [(|·:-–—")


def _leading(line: Line) -> str:
    """The title that a line begins with: its bold words, its link, or all of it up to the links."""
    if labelled(line.text) is not None or line.level:
        return ""
    lead = lead_of(line)
    if lead is None:
        return ""
    if (lead.bold or lead.url) and label_of_field(lead.text) is None and _is_long(lead.text):
        return bare_title(lead.text).rstrip(" :.") if lead.bold and not lead.url else bare_title(lead.text)
    text = bare_title(_without_links(line))
    text = text if text.endswith("..") else text.removesuffix(".")
    sentences = ". " in text.rstrip(". ") and text.endswith(".")
    return text if _is_long(text) and may_be_title(text) and not sentences and not are_names(text) else ""


def _is_long(text: str) -> bool:
    """Whether there are enough words for a title, or enough letters where words are not divided."""
    bare = bare_title(text)
    return may_be_title(bare) and (len(bare.split()) > 1 or len(bare) >= 8)
