"""Long lists, cut so that only their newest edge changes.

The newest papers stand on ``<folder>/<slug>.html``. Older ones are on ``<folder>/<slug>/<n>.html``, numbered from
the oldest: such a page holds a full page of papers for ever, it is sealed. The newest page holds what no sealed
page does, at least one full page and less than two, so it never runs empty when a page is sealed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.archive.changes import Changes, ListChange
from generator.archive.queries import Archive, ListHead
from generator.ids import file_name
from generator.pages.entries import COMPACT_FROM, Detail, placed
from generator.pages.feeds import feed_address, has_feed
from generator.pages.layout import Layout, count
from generator.pages.page import Page
from generator.text.blocks import Block, Span, bullets, heading, join, link, text

#: What the name of a list is, by its kind.
_KINDS = {
    "topic": "Topic",
    "label": "Label",
    "category": "Category",
    "keyword": "Keyword",
    "author": "Author",
    "source": "Source",
}


def list_address(head: ListHead | ListChange, number: int = 0) -> str:
    """The address of the sealed page `number` of a list, from 1; 0 is the newest."""
    return f"{head.folder}/{head.slug}/{number}.html" if number else f"{head.folder}/{head.slug}.html"


def _file(address: str) -> str:
    return address.removesuffix(".html") + ".md"


def sealed_pages(papers: int, size: int) -> int:
    """How many sealed pages a list of so many papers has.

    >>> [sealed_pages(papers, 50) for papers in (0, 99, 100, 149, 150)]
    [0, 0, 1, 1, 2]
    """
    return max(0, papers // size - 1)


def _touched(archive: Archive, layout: Layout, change: ListChange) -> set[int]:
    """The numbers of the pages of a list that a change concerns."""
    size = layout.page_size
    before, after = (sealed_pages(head.papers, size) if head else 0 for head in (change.before, change.after))
    everything = range(max(before, after) + 1)
    if not change.before or not change.after or _title(change.before) != _title(change.after):
        return {*everything}
    found = {0}
    for day in change.days:
        start = archive.rank(change.folder, change.slug, day)
        stop = archive.rank(change.folder, change.slug, day + 1)
        found.update(range(start // size + 1, max(stop - 1, start) // size + 2))
    if change.first is not None:
        found.update(
            range(archive.rank(change.folder, change.slug, change.first) // size + 1, everything.stop)
        )
        if before != after:  # the page that was the last sealed one leads elsewhere now
            found.update(range(min(before, after), everything.stop))
    return found.intersection(everything)


def _title(head: ListHead) -> tuple[str, str, str]:
    """What all pages of a list say of it."""
    return head.name, head.kind, head.area


def _make_page(archive: Archive, layout: Layout, address: str, *, compact: bool = False) -> Page | None:
    """A page of a list; None if there is none at the address."""
    folder, slug, *rest = address.removesuffix(".html").split("/")
    number = int(rest[0]) if rest else 0
    head = archive.list_of(folder, slug)
    if head is None:
        return None
    size, sealed = layout.page_size, sealed_pages(head.papers, layout.page_size)
    if number > sealed:
        return None
    start = (number - 1) * size if number else sealed * size
    stop = number * size if number else head.papers
    file, kind = _file(address), _KINDS[head.kind]
    meta = {
        "description": f"{count(head.papers, 'paper')}: {kind.lower()} {head.name}",
        "kind": kind,
        "papers": head.papers,
        "pager": _pager(head, number, sealed),
        "feed": feed_address(head) if has_feed(head) and not number else None,
        ("home_url" if folder == "sources" else "area"): head.area,
    }
    if number:  # a sealed page must not know how long the list has become
        meta |= {"part": number, "papers": stop - start}
        meta["description"] = f"Papers of {kind.lower()} {head.name}, part {number} from the oldest"
    shown = archive.entries(folder, slug, start, stop)
    # Older pages are for finding one's way, not for reading on.
    detail = (
        Detail.BRIEF if number else Detail.COMPACT if compact or stop - start > COMPACT_FROM else Detail.FULL
    )
    body = placed(reversed(shown), file, detail)
    return Page(file, "list.html", head.name, meta, body)


def _pager(head: ListHead, number: int, sealed: int) -> dict[str, dict[str, str]]:
    """The neighbours of a page: towards the newest, towards the oldest."""
    pager = {}
    if number:
        newer = number + 1 if number < sealed else 0
        pager["newer"] = _neighbour(head, newer, "Newer papers" if newer else "Newest papers")
    older = number - 1 if number else sealed
    if older:
        pager["older"] = _neighbour(head, older, "Older papers")
    return pager


def _neighbour(head: ListHead, number: int, title: str) -> dict[str, str]:
    return {"title": title, "address": list_address(head, number)}


@dataclass(frozen=True, slots=True)
class Lists:
    """A kind of page (`generator.pages.PageKind`): all lists of a folder, and their index, which `make_index` makes.

    `compact` leaves the abstracts out of every list.
    """

    folder: str
    make_index: Callable[[Archive, Layout], Page]
    compact: bool = False

    @property
    def OWNS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of other kinds
        """The first parts of its addresses."""
        return (self.folder,)

    @property
    def index(self) -> str:
        """The address of the index."""
        return f"{self.folder}/index.html"

    def every(self, archive: Archive, layout: Layout) -> Iterator[str]:
        """The index, then the pages of each list."""
        yield self.index
        for head in archive.lists(self.folder):
            yield from (list_address(head, n) for n in range(sealed_pages(head.papers, layout.page_size) + 1))

    def touched(self, archive: Archive, layout: Layout, changes: Changes) -> Iterator[str]:
        """The index, which counts, and the pages that changed."""
        yield self.index
        for change in changes.of(self.folder):
            yield from (list_address(change, n) for n in sorted(_touched(archive, layout, change)))

    def make(self, archive: Archive, layout: Layout, address: str) -> Page | None:
        """The index or a page of a list; None if there is none at the address."""
        if address == self.index:
            return self.make_index(archive, layout)
        return _make_page(archive, layout, address, compact=self.compact)


def directory(groups: Mapping[str, Sequence[ListHead]], page: str) -> list[Block]:
    """An index of lists: below each heading the names with their counts."""
    blocks = []
    for name, lists in groups.items():
        if name:
            blocks.append(heading(2, text(name), file_name(name)))
        blocks.append(
            bullets(counted(link(each.name, _file(list_address(each)), page), each.papers) for each in lists)
        )
    return blocks


def counted(span: Span, number: int) -> Span:
    """A link with a number that stays on its line."""
    return join("&nbsp;", (span, text(f"{number:,}")))
