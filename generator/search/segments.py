"""Into which parts the index is cut, and where each of its files is.

Papers are numbered in the order of their first appearance, oldest first. The `BASE` holds all but the newest, of which
there are at most one in fifty: they are `RECENT`. A new day so writes the recent part anew and leaves the base as it
is, until the recent part has become too large: then the base takes it in. Where the base ends depends on how many
papers there are, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from zlib import crc32

BASE, RECENT = "a", "b"
#: How the signs of terms are spelled in addresses.
_SIGNS = {"": "", "@": "n", "#": "t", "$": "s", "=": "i"}
#: An archive of fewer papers is in one part; of a larger one the recent part has fewer than this at least.
_WHOLE, _STEP = 2_048, 256
#: One paper in so many may be in the recent part.
_SHARE = 50
#: Papers of a file of cards, and of a file of facets.
CARDS, FACETS = 16, 4_096
#: Kinds of files: lists of terms and their places, in shards; words by their beginnings and by their ends; cards;
#: facets.
LISTS, PLACES, HEADS, TAILS, CARD, FACET = "p", "q", "f", "r", "d", "c"
#: Files of terms that have files of their own: their list and their places.
HEAVY, HEAVY_PLACES = "h", "x"


def base_of(papers: int) -> int:
    """How many of so many papers are in the base.

    >>> [base_of(papers) for papers in (0, 2_047, 2_048, 20_049, 100_049)]
    [0, 2047, 2048, 19968, 99840]
    """
    if papers < _WHOLE:
        return papers
    step = _STEP
    for size in (_STEP << bits for bits in range(20)):
        for wider in (size, size * 3 // 2):
            if wider <= papers // _SHARE:
                step = max(step, wider)
    return papers - papers % step


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index: the papers from `start` to before `stop`."""

    name: str
    start: int
    stop: int

    @property
    def size(self) -> int:
        """How many papers it has."""
        return self.stop - self.start

    @property
    def shard_bits(self) -> int:
        """The bits of the number of a shard."""
        return _bits(self.size // (16 if self.name == BASE else 4), 12)

    @property
    def word_bits(self) -> int:
        """The bits of the number of a part of the dictionary."""
        return _bits(self.size // 128, 9)

    def least(self, kind: str) -> int:
        """From how many papers on a word is in a dictionary: what one paper alone has is often a slip, and slips in the
        beginning are seldom.
        """
        least = 1 if self.size < 5_000 else 2 if self.size < 50_000 else 3
        return 2 * least if kind == TAILS and least > 1 else least

    def __bool__(self) -> bool:
        """Whether it has papers."""
        return self.size > 0

    def address(self, kind: str, number: int) -> str:
        """The address of a file.

        >>> Segment(BASE, 0, 10).address(CARD, 35)
        'search/a/d0z.js'
        """
        return f"search/{self.name}/{kind}{_base36(number)}.js"

    def heavy(self, kind: str, word: str, sign: str) -> str:
        """The address of a file of a term that has its own: in it stand the CRC-32 of its word and its sign.

        >>> Segment(BASE, 0, 10).heavy(HEAVY, "arxiv-daily", "$")
        'search/a/hf08bd862s.js'
        """
        return f"search/{self.name}/{kind}{crc32(word.encode()):08x}{_SIGNS[sign]}.js"

    def own(self, kind: str, word: str, sign: str, sides: int) -> list[str]:
        """The addresses of the files of a kind of such a term: one, or the cells of a square, row by row.

        >>> Segment(BASE, 0, 10).own(HEAVY_PLACES, "model", "", 2)[1:3]
        ['search/a/x2b93895301.js', 'search/a/x2b93895310.js']
        """
        address = self.heavy(kind, word, sign)
        if sides == 1:
            return [address]
        cells = product(range(sides), repeat=2)
        return [f"{address.removesuffix('.js')}{row}{column}.js" for row, column in cells]

    def addresses(self) -> Iterator[str]:
        """The addresses of all files whose number follows from that of the papers."""
        if self:
            for kind, number in self.numbers():
                yield from (self.address(kind, one) for one in range(number))

    def numbers(self) -> tuple[tuple[str, int], ...]:
        """Of each kind of file, how many there are."""
        return (
            (LISTS, 1 << self.shard_bits),
            (PLACES, 1 << self.shard_bits),
            (HEADS, 1 << self.word_bits),
            *(((TAILS, 1 << self.word_bits),) if self.name == BASE else ()),
            (CARD, -(-self.size // CARDS)),
            (FACET, -(-self.size // FACETS)),
        )


def segments_of(papers: int) -> tuple[Segment, Segment]:
    """The base and the recent part of so many papers."""
    base = base_of(papers)
    return Segment(BASE, 0, base), Segment(RECENT, base, papers)


def row_of(segment: Segment, number: int, kind: str = HEADS) -> int:
    """The number of the row of a shard, or of a part of a dictionary."""
    return (int(segment.name == BASE) << 32) + (int(kind == TAILS) << 24) + number


def _bits(wanted: int, most: int) -> int:
    return min(max(wanted.bit_length() - 1, 0), most)


def _base36(number: int) -> str:
    """A number with at least two digits.

    >>> _base36(35), _base36(36 * 36)
    ('0z', '100')
    """
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    found = ""
    while number or len(found) < 2:
        number, digit = divmod(number, 36)
        found = digits[digit] + found
    return found
