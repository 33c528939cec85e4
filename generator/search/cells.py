"""Where the commonest words stand, cut into cells by what stands before and after them.

A phrase asks of a word for those places alone at which a certain other word stands before or after it. So the places
of a word that has very many, and files of its own (`postings.heavy_terms`), are cut into a square of files: into rows
by the class of the word before, into columns by that of the word after. A phrase that begins with the word needs a
column, one that ends with it a row, and one that has it between others a single cell. The classes are told by
`document.words_of`. Where several terms share the place before or after, the word's place is in the cells of all of
them; where nothing stands, in those of class 0.

A cell is the number of all papers that have the word in gamma code; then, for each of `ZONES`, a number plus one in
gamma code, and the gaps (Rice) between so many rising numbers: a paper times the width of the zone, plus how far in the
zone the word stands there. A place is in the first zone that has it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache

from generator.search.bits import gamma, parameter, rice
from generator.search.document import BODY, CLASSES, GAP, LEVELS

#: From so many places on those of a word are cut; a row or a column has, on average, so many at most, if it can.
CUT, MOST = 12_500, 14_000
#: Places from each number on to before another: the usual titles, two parts of the usual abstracts, and all others.
ZONES = ((0, 16), (BODY, BODY + 128), (BODY + 128, BODY + 384), (0, 1 << 24))


def sides_of(places: int) -> int:
    """Into how many rows, and into how many columns, so many places are cut.

    >>> [sides_of(places) for places in (12_499, 12_500, 28_001, 1_000_000)]
    [1, 2, 4, 8]
    """
    sides = 1 if places < CUT else 2
    while 1 < sides < CLASSES and places > sides * MOST:
        sides *= 2
    return sides


@lru_cache(1)  # the cells of a word are made one after the other, each as a file of its own
def encode_cells(papers: bytes, counts: bytes, gaps: bytes, sides: int, most: int) -> list[str]:
    """The cells of a word, row by row; its postings are those of `postings.Postings`, of a part of `most` papers."""
    cells: list[list[list[int]]] = [[[] for _ in ZONES] for _ in range(sides * sides)]
    numbers = array("I", papers)
    groups = [_groups(classes, sides) for classes in range(1 << CLASSES)]
    for paper, place, before, after in _stand(numbers, counts, array("I", gaps)):
        zone, (low, high) = next((i, zone) for i, zone in enumerate(ZONES) if zone[0] <= place < zone[1])
        number = paper * (high - low) + place - low
        for row in groups[before]:
            for column in groups[after]:
                cells[row * sides + column][zone].append(number)
    head = gamma(len(numbers))
    return [head + "".join(map(_zone, cell, ZONES, [most] * len(ZONES))) for cell in cells]


def _stand(numbers: array[int], counts: bytes, gaps: array[int]) -> Iterator[tuple[int, int, int, int]]:
    """Each place of a word: the paper, the place, and the classes of what stands before and after."""
    start = 0
    for number, count in zip(numbers, counts, strict=True):
        paper, place = number // LEVELS, -1
        for gap in gaps[start : start + count]:
            place += gap & GAP
            yield paper, place, gap >> 16 & 255, gap >> 24
        start += count


def _groups(classes: int, sides: int) -> list[int]:
    """The rows, or the columns, of classes."""
    return sorted({one * sides // CLASSES for one in range(CLASSES) if classes >> one & 1} or {0})


def _zone(numbers: list[int], zone: tuple[int, int], most: int) -> str:
    gaps = [number - before for number, before in zip(numbers, [-1, *numbers], strict=False)]
    most *= zone[1] - zone[0]
    return gamma(len(gaps) + 1) + (rice(parameter(most, len(gaps)), gaps) if gaps else "")
