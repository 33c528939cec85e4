"""The postings of some terms: which papers have each, how much it says of them, and where it stands.

Papers are numbers from 0 on, below `most`. In a file, postings are bits (`generator.search.bits`):

- a shard is the number of its terms plus one in gamma code; then their marks, which rise, as gaps (Rice); then the list
  of each. A mark is four times the fingerprint, plus the kind;
- a list begins with the number of its papers in gamma code. Of a word, if these are fewer than `GROUPED`, their gaps
  follow (Rice), and for each four bits for its level; if they are more, there are groups by falling
  level: four bits for their number less one, and for each four bits for the level, the number of its papers in gamma
  code, and their gaps (Rice). Of another term only gaps follow, and nothing if all papers have it;
- the places of a term are, of its papers in rising order, the number of places of each (Rice, no bits), but for those
  whose level says that they have none; then, in the same order, the gaps (Rice with fixed parameters: a word that is
  in the title has its first place there, which is a small number; of another the first is counted from `BODY`).

A gap is at least 1: the first number is counted from -1. Rice's parameter for a list is `bits.parameter`.
"""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import sub
from zlib import crc32

from generator.search.bits import gamma, parameter, rice, rice_codes, unary
from generator.search.cells import encode_cells, sides_of
from generator.search.document import ASIDE, BODY, GAP, LEVELS, PLACE, TITLE

#: From so many papers on those of a word stand in groups by level.
GROUPED = 16
#: From so many papers on a term has files of its own.
HEAVY = 3_000
#: A word that one paper in so many has says little: it has one level for titles and one for abstracts.
_COMMON = 16
_COARSE = (ASIDE, *(1 for _ in range(1, TITLE)), *(TITLE for _ in range(TITLE, LEVELS)))
_LEVEL = [f"{level:04b}" for level in range(LEVELS)]
#: Rice's parameters for the first place of a word that is in the title, for other places, and for numbers of authors.
_FIRST, _PLACES, _AUTHORS = 2, 5, 1
#: Kinds of terms, as a shard has them.
WORD, NAME, FLAT = range(3)


def kind_of(term: str) -> int:
    """The kind of a term."""
    return NAME if term[0] == "@" else FLAT if term[0] in "#$=" else WORD


def parts_of(term: str) -> tuple[str, str]:
    """A term's word, and the sign before it.

    >>> parts_of("@hinton"), parts_of("graph")
    (('hinton', '@'), ('graph', ''))
    """
    return (term, "") if kind_of(term) == WORD else (term[1:], term[0])


def shard_of(term: str, bits: int) -> int:
    """The number of the shard of a term: the first bits of the CRC-32 of its word. That of a name is that of the
    word.
    """
    return crc32(parts_of(term)[0].encode()) >> (32 - bits)


def fingerprint(term: str, bits: int) -> int:
    """What stands for a term among those of its kind in a shard: the last bits of the CRC-32 of the term read
    backwards.
    """
    return crc32(term[::-1].encode()) & (1 << 32 - bits) - 1


class Postings:
    """The postings of one term: `papers`, each number with its level below it, in rising order; for each the number of
    its places; and the gaps between these with what stands beside, as `document` has them.
    """

    __slots__ = ("counts", "gaps", "papers")

    def __init__(self, papers: bytes = b"", counts: bytes = b"", gaps: bytes = b"") -> None:
        self.papers, self.counts, self.gaps = array("I", papers), bytearray(counts), bytearray(gaps)

    def pack(self) -> tuple[bytes, bytes, bytes]:
        """The postings as bytes."""
        return self.papers.tobytes(), bytes(self.counts), bytes(self.gaps)

    def remove(self, paper: int) -> None:
        """Take out a paper that is there."""
        at = bisect_left(self.papers, paper * LEVELS)
        start = PLACE * sum(self.counts[:at])
        del self.gaps[start : start + PLACE * self.counts[at]]
        del self.papers[at], self.counts[at]

    def add(self, paper: int, level: int, count: int, gaps: bytes) -> None:
        """Put in a paper that is not there."""
        at = bisect_left(self.papers, paper * LEVELS)
        start = PLACE * sum(self.counts[:at])
        self.gaps[start:start] = gaps
        self.papers.insert(at, paper * LEVELS + level)
        self.counts.insert(at, count)


#: The postings of the terms of a shard.
Shard = dict[str, Postings]


def pack_shard(shard: Shard) -> bytes:
    """A shard as bytes, for the archive."""
    return marshal.dumps({term: postings.pack() for term, postings in shard.items()})


def unpack_shard(data: bytes) -> Shard:
    """A shard out of bytes."""
    return {term: Postings(*parts) for term, parts in marshal.loads(data).items()}  # noqa: S302 - our own cache


def heavy_terms(shard: Shard, bits: int) -> dict[str, int]:
    """The terms of a shard that have files of their own, in order: those of many papers, and those that a fingerprint
    does not tell from another. Each with the sides of the square into which its places are cut: 1 if they are not.
    """
    others = {term for _, term in _in_order(shard, bits)}
    return {
        term: 1 if kind_of(term) != WORD or _is_pair(term) else sides_of(len(postings.gaps) // PLACE)
        for term, postings in sorted(shard.items())
        if len(postings.papers) >= HEAVY or not (term in others or _is_pair(term))
    }


def pack_heavy(terms: Mapping[str, int]) -> str:
    """What `heavy_terms` gave, for the archive."""
    return "\n".join(f"{sides}{term}" for term, sides in terms.items())


def unpack_heavy(text: str) -> dict[str, int]:
    """What `pack_heavy` packed."""
    return {line[1:]: int(line[0]) for line in text.split("\n") if line}


def papers_of(shard: Mapping[str, Postings], word: str) -> int:
    """How many papers have a word, and how many an author of that name, together."""
    return sum(len(shard[term].papers) for term in (word, f"@{word}") if term in shard)


def encode_shard(shard: Shard, bits: int, most: int) -> str:
    """The lists of all terms of a shard that have no files of their own."""
    return _encode_lists(_in_order(shard, bits), shard, bits, most)


def encode_shard_places(shard: Shard, bits: int) -> str:
    """The places of all words and names of a shard that have no files of their own, in the order of `encode_shard`."""
    return _encode_places(_in_order(shard, bits), shard)


def encode_heavy(term: str, shard: Shard, bits: int, most: int) -> str:
    """The list of a term that has files of its own, as a shard. That of a word has the name of the same letters too:
    who asks for the one asks for the other.
    """
    return _encode_lists(_with_name(term, shard, bits), shard, bits, most)


def encode_heavy_places(term: str, shard: Shard, bits: int, sides: int, most: int) -> list[str]:
    """The places of a term that has files of its own, for each of these."""
    if sides == 1:
        return [_encode_places(_with_name(term, shard, bits), shard)]
    papers, counts, gaps = shard[term].pack()
    return encode_cells(papers, counts, gaps, sides, most)


def _encode_lists(marked: Sequence[tuple[int, str]], shard: Shard, bits: int, most: int) -> str:
    own = parameter(4 << 32 - bits, max(1, len(marked)))
    lists = (encode_list(kind_of(term), shard[term], most) for _, term in marked)
    return gamma(len(marked) + 1) + rice(own, _gaps([mark for mark, _ in marked])) + "".join(lists)


def _encode_places(marked: Sequence[tuple[int, str]], shard: Shard) -> str:
    return "".join(encode_places(kind, shard[term]) for _, term in marked if (kind := kind_of(term)) != FLAT)


def _with_name(term: str, shard: Shard, bits: int) -> list[tuple[int, str]]:
    """A term with its mark; if it is a word also the name of the same letters, if that has no files of its own."""
    name = shard.get(f"@{term}") if kind_of(term) == WORD else None
    terms = (term, f"@{term}") if name and len(name.papers) < HEAVY else (term,)
    return sorted((_mark(one, bits), one) for one in terms)


def _in_order(shard: Shard, bits: int) -> list[tuple[int, str]]:
    """The terms that share a file with their marks, which rise. Pairs do not: without a file of their own they are of
    no use.
    """
    found: dict[int, str] = {}
    for term in sorted(shard):
        if len(shard[term].papers) < HEAVY and not _is_pair(term):
            found.setdefault(_mark(term, bits), term)
    return sorted(found.items())


def _is_pair(term: str) -> bool:
    return " " in term and kind_of(term) == WORD


def _mark(term: str, bits: int) -> int:
    return 4 * fingerprint(term, bits) + kind_of(term)


def encode_list(kind: int, postings: Postings, most: int) -> str:
    """The list of a term."""
    papers = postings.papers
    number = len(papers)
    if kind != WORD:
        if number == most:
            return gamma(number)
        return gamma(number) + rice(parameter(most, number), _gaps([paper // LEVELS for paper in papers]))
    if number < GROUPED:
        gaps = rice(parameter(most, number), _gaps([paper // LEVELS for paper in papers]))
        return gamma(number) + gaps + "".join([_LEVEL[paper % LEVELS] for paper in papers])
    levels: list[list[int]] = [[] for _ in range(LEVELS)]
    for paper in papers:
        levels[paper & 15].append(paper >> 4)
    groups = [(level, own) for level, own in enumerate(levels) if own]
    if number * _COMMON >= most:
        fewer: dict[int, list[int]] = {}
        for level, own in groups:
            fewer.setdefault(_COARSE[level], []).extend(own)
        groups = [(level, sorted(own)) for level, own in fewer.items()]
    out = [gamma(number), f"{len(groups) - 1:04b}"]
    for level, group in reversed(groups):
        out += (_LEVEL[level], gamma(len(group)), rice(parameter(most, len(group)), _gaps(group)))
    return "".join(out)


def encode_places(kind: int, postings: Postings) -> str:
    """The places of a word or a name: how many each paper has, then the gaps."""
    counts, gaps = postings.counts, [gap & GAP for gap in array("I", bytes(postings.gaps))]
    if kind == NAME:
        return unary(counts) + rice(_AUTHORS, gaps)
    first, later = rice_codes(_FIRST), rice_codes(_PLACES)
    codes = [*map(later.__getitem__, gaps)]
    starts = accumulate(counts, initial=0)
    for paper, start in zip(postings.papers, starts, strict=False):
        if paper & TITLE:
            codes[start] = first[gaps[start]]
        elif paper & 15 != ASIDE:
            codes[start] = later[gaps[start] - BODY]
    return unary(counts) + "".join(codes)


def _gaps(numbers: array[int] | list[int]) -> Iterable[int]:
    """The gaps between rising numbers, the first counted from -1."""
    return map(sub, numbers, (-1, *numbers[:-1]))


def merge(parts: Iterator[dict[str, tuple[bytes, bytes, bytes]]]) -> Shard:
    """Postings of papers in rising order, part after part, in one."""
    joined: dict[str, Postings] = {}
    for part in parts:
        for term, (papers, counts, gaps) in part.items():
            own = joined.get(term)
            if own is None:
                joined[term] = Postings(papers, counts, gaps)
            else:
                own.papers.frombytes(papers)
                own.counts += counts
                own.gaps += gaps
    return joined
