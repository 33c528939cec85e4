"""Whether a site answers the same over http as from a disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from bench.search.scripts import BROADSHEET_ASK_ALL

#: So many questions are asked at once.
_BATCH = 25


class Searching(Protocol):
    """A page of the site that is open in any browser, with the search in it; Playwright's pages are such."""

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """What a function in JavaScript gives for an argument."""


def answers(page: Searching, queries: Sequence[Mapping[str, object]]) -> Iterator[Any]:
    """What the search of an open page says to each query: how many papers in all, and addresses in their order."""
    for start in range(0, len(queries), _BATCH):
        yield from page.evaluate(
            BROADSHEET_ASK_ALL, [dict(query) for query in queries[start : start + _BATCH]]
        )


def differences(
    one: Searching, other: Searching, queries: Sequence[Mapping[str, object]]
) -> list[tuple[Mapping[str, object], Any, Any]]:
    """The queries that two open pages of a site answer differently, each with both answers."""
    both = zip(queries, answers(one, queries), answers(other, queries), strict=True)
    return [(query, here, there) for query, here, there in both if here != there]
