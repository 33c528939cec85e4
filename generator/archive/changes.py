"""What a build found to be different, as far as pages need to know."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from generator.archive.queries import ListHead
from generator.model import Paper


@dataclass(slots=True)
class ListChange:
    """A list that changed. `before` and `after` are None where it has no page.

    Papers came, went or moved from the day `first` on, if that is not None; others of `days` only say something else.
    """

    folder: str
    slug: str
    before: ListHead | None = None
    after: ListHead | None = None
    first: int | None = None
    days: set[int] = field(default_factory=set)

    def moved(self, day: int) -> None:
        """A paper came, went or moved at a day."""
        self.first = day if self.first is None else min(day, self.first)


@dataclass(slots=True)
class Changes:
    """The difference between two states of the archive.

    `papers` are those that changed, each before and after; `days` those (as ordinals) of which a digest, an account or
    a paper changed; `lists` those that a changed paper is or was on, `everything` the list of all papers; `search`
    are the addresses of the files of the search that may say something else, `related` the keys of papers whose page
    shows other related papers.
    """

    papers: Sequence[tuple[Paper | None, Paper | None]]
    days: set[int]
    lists: Sequence[ListChange] = ()
    everything: ListChange = field(default_factory=lambda: ListChange("", ""))
    search: Sequence[str] = ()
    related: Set[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.papers or self.days)

    def keys(self) -> set[str]:
        """The keys of all papers that changed, came or went."""
        return {paper.key for pair in self.papers for paper in pair if paper}

    def of(self, folder: str) -> list[ListChange]:
        """The changed lists of a folder."""
        return [change for change in self.lists if change.folder == folder]
