"""The dictionaries: the words there are, for completing what is half typed and mending what is mistyped.

A word that differs from another by one slip has an intact beginning or an intact end. So words are kept twice, by the
first `HEAD` letters and by all after them, in parts by a hash of these: whoever has a slip in the end finds the word
by its beginning, whoever has it in the beginning by its end. No part depends on how many words another has.

A part by beginnings is words in order, apart by blanks: each has a digit (base 36) for how many letters it shares
with the one before, a digit for in how many papers it stands (twice the binary logarithm), and the other letters. A
part by ends is groups, apart by blanks: the end, a colon, and for each word its first letters and the digit for its
papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias
from zlib import crc32

from generator.search.segments import HEADS

#: Words with the number of papers that each stands in.
Dictionary: TypeAlias = dict[str, int]

HEAD = 3
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def is_spelled(term: str) -> bool:
    """Whether a term is a word of letters and long enough to be completed or mended."""
    return len(term) >= HEAD and term.isalnum() and not term[0].isdigit() and max(term) < "\u2e80"


def part_of(kind: str, word: str, bits: int) -> int | None:
    """The number of the part of a dictionary that a word is in; None if it is in none."""
    if kind == HEADS:
        return crc32(word[:HEAD].encode()) >> (32 - bits)
    return crc32(word[HEAD:].encode()) >> (32 - bits) if len(word) > HEAD + 1 else None


def digit(papers: int) -> str:
    """The digit for a number of papers.

    >>> [digit(papers) for papers in (1, 2, 3, 100_000)]
    ['0', '2', '3', 'x']
    """
    return _DIGITS[(papers * papers).bit_length() - 1]


def common(one: str, other: str, most: int) -> int:
    """With how many letters, at most so many, two words begin alike.

    >>> common("graph", "gradient", 9)
    3
    """
    number = 0
    for own, its in zip(one[:most], other, strict=False):
        if own != its:
            break
        number += 1
    return number


def encode_heads(words: Mapping[str, int]) -> str:
    """A part by beginnings.

    >>> encode_heads({"graph": 4, "gradient": 2})
    '02gradient 34ph'
    """
    found = []
    before = ""
    for word in sorted(words):
        shared = common(before, word, len(_DIGITS) - 1)
        found.append(_DIGITS[shared] + digit(words[word]) + word[shared:])
        before = word
    return " ".join(found)


def encode_tails(words: Mapping[str, int]) -> str:
    """A part by ends.

    >>> encode_tails({"graphic": 4, "traffic": 2, "trophic": 2})
    'ffic:tra2 phic:gra4tro2'
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words):
        groups.setdefault(word[HEAD:], []).append(word[:HEAD] + digit(words[word]))
    return " ".join(f"{tail}:{''.join(groups[tail])}" for tail in sorted(groups))
