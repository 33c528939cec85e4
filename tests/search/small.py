"""Sizes at which a few papers make all kinds of files of the search."""

from __future__ import annotations

import pytest

from generator.search import cells, document, files, indexing, postings, segments
from generator.search.segments import BASE, Segment


def make_small(patch: pytest.MonkeyPatch, heavy: int, pairs: tuple[str, ...] = ()) -> None:
    """Have parts of few papers, files of their own for terms that `heavy` papers have, cells for words that stand in
    little more places, and other pairs.
    """
    for module, name, value in (
        (segments, "_WHOLE", 10),
        (segments, "_STEP", 4),
        (segments, "_SHARE", 4),
        (postings, "HEAVY", heavy),
        (cells, "CUT", heavy + 1),
        (cells, "MOST", heavy // 2 + 1),
        (document, "PAIRS", tuple((pair, *pair.split()) for pair in pairs)),
        *((module, "CARDS", 3) for module in (files, indexing, segments)),
        *((module, "FACETS", 5) for module in (files, indexing, segments)),
    ):
        patch.setattr(module, name, value)
    patch.setattr(Segment, "shard_bits", property(lambda own: 2 if own.name == BASE else 1))
    patch.setattr(Segment, "word_bits", property(lambda _: 1))
    patch.setattr(Segment, "least", lambda own, _: 1 if own.size < 20 else 2)
