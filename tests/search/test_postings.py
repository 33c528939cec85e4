"""Postings: what a file says of a term is what the archive has, and a shard that follows changes is one made anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from struct import pack
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import bits, postings
from generator.search.postings import Postings, Shard, kind_of
from tests.search.decoder import (
    BODY,
    FLAT,
    NAME,
    TITLE,
    WORD,
    Posting,
    read_shard,
)

#: Papers by term.
Terms = Mapping[str, Iterable[Posting]]

MOST = 250
places = st.sets(st.integers(0, 60) | st.integers(0, 65_000), min_size=1, max_size=4).map(
    lambda found: tuple(sorted(found))
)


def _posting(kind: int, paper: int, level: int, own: tuple[int, ...]) -> Posting:
    """A posting as its kind has it: without a level no places, and below those of titles they begin at `BODY`."""
    if kind == FLAT or (kind == WORD and not level):
        return Posting(paper, 0)
    if kind == NAME:
        return Posting(paper, 0, own)
    return Posting(paper, level, own if level >= TITLE else tuple(BODY + place for place in own))


def _postings(kind: int) -> st.SearchStrategy[list[Posting]]:
    some = st.sets(st.integers(0, MOST - 1), min_size=1, max_size=40)
    papers = some | st.integers(1, MOST).map(lambda number: {*range(number)})
    kinds = st.lists(st.tuples(st.integers(0, 15), places), min_size=1, max_size=7)
    return st.builds(
        lambda own, given_: [
            _posting(kind, paper, *given_[i % len(given_)]) for i, paper in enumerate(sorted(own))
        ],
        papers,
        kinds,
    )


words = st.sampled_from(["a", "ab", "graph", "network", "βγ", "学习", "학", "4", "vae", "x"])
terms = st.tuples(st.sampled_from(["", "", "", "@", "@", "#", "$", "="]), words).map("".join)
archives = st.lists(terms, max_size=8, unique=True).flatmap(
    lambda found: st.fixed_dictionaries({term: _postings(kind_of(term)) for term in found})
)


def gaps(own: Iterable[int]) -> bytes:
    found = [second - first for first, second in pairwise((-1, *own))]
    return pack(f"={len(found)}I", *found)


def shard_of(archive: Terms) -> Shard:
    found: Shard = {}
    for term, listed in archive.items():
        own = found[term] = Postings()
        for one in listed:
            own.add(one.paper, one.level, len(one.places), gaps(one.places))
    return found


def alike(read: list[Posting], meant: list[Posting]) -> bool:
    """Whether postings say the same. Of a word that many papers have, levels are fewer."""
    few = len(meant) < 16 or len(meant) * 16 < MOST
    if [one._replace(level=0) for one in read] != [one._replace(level=0) for one in meant]:
        return False
    pairs = [(one.level, other.level) for one, other in zip(read, meant, strict=True)]
    if few:
        return all(one == other for one, other in pairs)
    return all((one >= 8) == (other >= 8) and (one == 0) == (other == 0) for one, other in pairs)


@settings(max_examples=40)
@given(archives, st.integers(0, 12))
def test_a_shard_is_read_back(archive: dict[str, list[Posting]], shard_bits: int) -> None:
    shard = shard_of(archive)
    text = bits.text(postings.encode_shard(shard, shard_bits, MOST))
    placed = bits.text(postings.encode_shard_places(shard, shard_bits))
    read = {(mark, kind): own for mark, kind, own in read_shard(text, placed, shard_bits, MOST)}
    assert [*read] == sorted(read)
    assert len(read) == len(archive)
    for term, meant in archive.items():
        kind = WORD if term[0] not in "@#$=" else NAME if term[0] == "@" else FLAT
        assert alike(read[crc32(term[::-1].encode()) % (1 << 32 - shard_bits), kind], meant)


@settings(max_examples=40)
@given(archives, st.integers(2, 60))
def test_terms_of_many_papers_have_files_of_their_own(archive: dict[str, list[Posting]], heavy: int) -> None:
    shard = shard_of(archive)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "HEAVY", heavy)
        many = postings.heavy_terms(shard, 3)
        assert [*many] == sorted(term for term, own in archive.items() if len(own) >= heavy)
        assert {*many.values()} <= {1}
        assert postings.unpack_heavy(postings.pack_heavy(many)) == many
        few = shard_of({term: own for term, own in archive.items() if len(own) < heavy})
        assert postings.encode_shard(shard, 3, MOST) == postings.encode_shard(few, 3, MOST)
        assert postings.encode_shard_places(shard, 3) == postings.encode_shard_places(few, 3)
        for term in many:
            kind, name = kind_of(term), archive.get(f"@{term}", [])
            [places] = postings.encode_heavy_places(term, shard, 3, 1, MOST)
            text = bits.text(postings.encode_heavy(term, shard, 3, MOST))
            read = {kind: own for _, kind, own in read_shard(text, bits.text(places), 3, MOST)}
            assert alike(read[kind], archive[term])
            assert read.keys() == {kind, NAME} if kind == WORD and 0 < len(name) < heavy else {kind}
            assert NAME not in read or kind == NAME or read[NAME] == name


@settings(max_examples=40)
@given(archives, st.lists(st.integers(0, MOST - 1), max_size=30))
def test_following_papers_equals_making_anew(archive: dict[str, list[Posting]], away: list[int]) -> None:
    shard = shard_of(archive)
    for term, listed in archive.items():
        own = shard[term]
        gone = [one for one in listed if one.paper in away]
        for one in gone:
            own.remove(one.paper)
        assert own.pack() == shard_of({term: [one for one in listed if one not in gone]})[term].pack()
        for one in reversed(gone):
            own.add(one.paper, one.level, len(one.places), gaps(one.places))
        assert own.pack() == shard_of(archive)[term].pack()
    packed = postings.unpack_shard(postings.pack_shard(shard))
    assert {term: own.pack() for term, own in packed.items()} == {
        term: own.pack() for term, own in shard.items()
    }


@settings(max_examples=40)
@given(archives, st.lists(st.integers(0, MOST), max_size=3).map(sorted))
def test_parts_are_merged_into_the_whole(archive: dict[str, list[Posting]], cuts: list[int]) -> None:
    def parts() -> Iterator[dict[str, tuple[bytes, bytes, bytes]]]:
        for start, stop in pairwise([0, *cuts, MOST]):
            part = {term: [one for one in own if start <= one.paper < stop] for term, own in archive.items()}
            yield {term: own.pack() for term, own in shard_of(part).items() if part[term]}

    merged = postings.merge(parts())
    assert {term: own.pack() for term, own in merged.items()} == {
        term: own.pack() for term, own in shard_of(archive).items()
    }


def test_a_name_lies_with_its_word() -> None:
    for term in ("graph", "@graph", "#graph", "$graph", "=graph"):
        assert postings.shard_of(term, 7) == crc32(b"graph") >> 25
        assert postings.shard_of(term, 0) == 0
    assert len({postings.fingerprint(term, 7) for term in ("graph", "@graph", "#graph", "=graph")}) == 4


def test_of_two_words_with_one_fingerprint_one_has_files_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "fingerprint", lambda *_: 5)
    shard = shard_of({"b": [Posting(1, 3, (64,))], "a": [Posting(0, 9, (2, 4))], "@b": [Posting(1, 0, (5,))]})
    text, placed = postings.encode_shard(shard, 0, 2), postings.encode_shard_places(shard, 0)
    name = (5, NAME, [Posting(1, 0, (5,))])
    assert [*read_shard(bits.text(text), bits.text(placed), 0, 2)] == [
        (5, WORD, [Posting(0, 9, (2, 4))]),
        name,
    ]
    assert postings.heavy_terms(shard, 0) == {"b": 1}
    text, [placed] = (
        postings.encode_heavy("b", shard, 0, 2),
        postings.encode_heavy_places("b", shard, 0, 1, 2),
    )
    assert [*read_shard(bits.text(text), bits.text(placed), 0, 2)] == [
        (5, WORD, [Posting(1, 3, (64,))]),
        name,
    ]
