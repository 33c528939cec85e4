"""Cells of places: a phrase finds in those that it loads all places that may be in it, each once."""

from __future__ import annotations

from collections import defaultdict
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import bits, cells
from generator.search.document import TITLE, terms_in, words_of
from generator.search.postings import Postings, Shard, encode_heavy_places, encode_shard, heavy_terms
from tests.builders import library, record
from tests.search.decoder import places_of, read_cell

WORDS = [
    "graph",
    "deep-learning",
    "GPT-4",
    "networks",
    "of",
    "学习方法",
    "a",
    "β-VAE",
    "state-of-the-art",
    "x",
    "4",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
#: Titles, abstracts, and how often each abstract is repeated: no term has more places than are kept.
papers = st.lists(st.tuples(texts, texts, st.sampled_from([1, 1, 2, 8])), min_size=1, max_size=6)

#: Of each paper the terms at each place.
Standing = list[dict[int, set[str]]]


def indexed(given_: list[tuple[str, str, int]]) -> tuple[Shard, Standing]:
    """The postings of papers, and where their terms stand."""
    shard: Shard = {}
    standing: Standing = []
    for number, (title, abstract, times) in enumerate(given_):
        one = record(title, arxiv_id=f"2501.{number:05}", abstract=" ".join([abstract] * times))
        [paper] = library(one).papers.values()
        found: dict[int, set[str]] = defaultdict(set)
        for term, level, count, gaps in terms_in(words_of(paper)):
            if count and term[0] != "@" and " " not in term:
                for place in places_of(gaps):
                    found[place].add(term)
                shard.setdefault(term, Postings()).add(number, level, count, gaps)
        standing.append(found)
    return shard, standing


def lines(terms: set[str], sides: int) -> set[int]:
    """The rows, or the columns, of terms."""
    return {crc32(term.encode()) * sides >> 32 for term in terms} or {0}


@settings(max_examples=60, deadline=None)
@given(papers, st.sampled_from([2, 4, 8]))
def test_a_place_is_in_the_cells_of_its_neighbours_and_in_no_other(
    given_: list[tuple[str, str, int]], sides: int
) -> None:
    shard, standing = indexed(given_)
    for term, postings in shard.items():
        expected: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for number, own in enumerate(standing):
            for place in sorted(own):
                if term in own[place]:
                    for row in lines(own.get(place - 1, set()), sides):
                        for column in lines(own.get(place + 1, set()), sides):
                            expected[row, column].append((number, place))
        made = encode_heavy_places(term, shard, 0, sides, len(given_))
        assert len(made) == sides * sides
        for place, cell in enumerate(made):
            having, found = read_cell(bits.text(cell), len(given_))
            assert having == len(postings.papers)
            assert sorted(found) == expected[divmod(place, sides)]


def test_pairs_of_common_words_stand_where_both_do_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    one = record(
        "Deep deep-learning", abstract="Deep. Learning, deep and learning: the learning of deep networks"
    )
    [paper] = library(one).papers.values()
    found = {
        term: (level, places_of(gaps)) for term, level, _, gaps in terms_in(words_of(paper)) if " " in term
    }
    assert found == {"deep learning": (TITLE, [1, 64, 66])}
    shard: Shard = {"deep learning": Postings()}
    for number in range(3):
        shard["deep learning"].add(number, 1, 1, (65).to_bytes(4, "little"))
    assert heavy_terms(shard, 0) == {}
    assert encode_shard(shard, 0, 3) == "1"
    monkeypatch.setattr("generator.search.postings.HEAVY", 3)
    monkeypatch.setattr(cells, "CUT", 1)
    assert heavy_terms(shard, 0) == {"deep learning": 1}


def test_words_of_many_places_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    shard, _ = indexed([("graph", "graph graph networks", 1), ("x", "graph", 1)])
    monkeypatch.setattr("generator.search.postings.HEAVY", 1)
    assert heavy_terms(shard, 0) == {"graph": 1, "network": 1, "x": 1}
    for cut, most, sides in ((5, 1, 1), (4, 100, 2), (1, 2, 2), (1, 1, 4), (1, 0, 8)):
        monkeypatch.setattr(cells, "CUT", cut)
        monkeypatch.setattr(cells, "MOST", most)
        assert heavy_terms(shard, 0)["graph"] == sides


def test_every_place_is_in_a_zone_and_the_cells_of_the_largest_archive_can_be_read() -> None:
    """JavaScript reckons exactly below 2 to the 53rd; so Rice's parameter is found of 11 times the numbers' bound."""
    assert cells.ZONES[-1][1] > 255 * 65_535
    assert 11 * cells.ZONES[-1][1] * 1_000_000 < 1 << 53
    one = Postings()
    one.add(999_999, 1, 2, (65_535).to_bytes(4, "little") + (65_535).to_bytes(4, "little"))
    made = encode_heavy_places("a", {"a": one}, 0, 2, 1_000_000)
    assert read_cell(bits.text(made[0]), 1_000_000) == (1, [(999_999, 65_534), (999_999, 131_069)])
