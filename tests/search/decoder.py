"""Reads what the index is written in, by the words of its format: bits out of texts, postings out of bits."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from struct import iter_unpack
from typing import Any, NamedTuple

WORD, NAME, FLAT = range(3)
#: From this level on a word is in the title; and the place of the first word of an abstract.
TITLE, BODY = 8, 64


def text_in(content: bytes) -> tuple[int, str]:
    """What a file of data holds: of how many papers its part of the index is, and what is after that."""
    match = re.fullmatch(r'bs\("([\u0100-\ud7ff]+)"\)', content.decode("utf-16"))
    assert content.startswith(b"\xff\xfe")
    assert match
    return Bits(match[1][:2]).bits(30), match[1][2:]


class Posting(NamedTuple):
    """A paper that has a term: how much it says there, and where it stands."""

    paper: int
    level: int
    places: tuple[int, ...] = ()


class Bits:
    """The bits of a text, fifteen a character, each byte of which has one of 182 values."""

    def __init__(self, text: str) -> None:
        pairs = [divmod(ord(char), 256) for char in text]
        assert all(1 <= high <= 182 and low < 182 for high, low in pairs)
        self.rest = "".join(f"{(high - 1) * 182 + low:015b}" for high, low in pairs)
        self.at = 0

    def bits(self, count: int) -> int:
        """So many bits as a number."""
        self.at += count
        assert self.at <= len(self.rest)
        return int(self.rest[self.at - count : self.at] or "0", 2)

    def _run(self, bit: str) -> int:
        count = 0
        while self.rest[self.at + count] == bit:
            count += 1
        self.at += count + 1
        return count

    def gamma(self) -> int:
        """A number from 1 on."""
        zeros = self._run("0")
        return (1 << zeros) + self.bits(zeros)

    def rice(self, parameter: int) -> int:
        """A number from 1 on."""
        return (self._run("1") << parameter) + self.bits(parameter) + 1

    def rising(self, count: int, parameter: int) -> list[int]:
        """Numbers from 0 on, each greater than the one before."""
        last = -1
        return [last := last + self.rice(parameter) for _ in range(count)]

    def ended(self) -> bool:
        """Whether nothing is left but what fills up a character."""
        rest = self.rest[self.at :]
        return len(rest) < 15 and not rest.strip("0")


def parameter(most: int, number: int) -> int:
    """Rice's parameter for so many of so many numbers: 2 to it is 11/16 of a gap at most."""
    found = 0
    while 16 * number << (found + 1) <= 11 * most:
        found += 1
    return found


def read_list(bits: Bits, kind: int, most: int) -> list[Posting]:
    """The papers of a term, without places, in rising order."""
    number = bits.gamma()
    if kind != WORD:
        own = range(most) if number == most else bits.rising(number, parameter(most, number))
        return [Posting(paper, 0) for paper in own]
    if number < 16:
        rising = bits.rising(number, parameter(most, number))
        return [Posting(paper, bits.bits(4)) for paper in rising]
    groups = [_group(bits, most) for _ in range(bits.bits(4) + 1)]
    levels = [level for level, _ in groups]
    assert levels == sorted(set(levels), reverse=True)
    found = sorted(Posting(paper, level) for level, papers in groups for paper in papers)
    assert len({one.paper for one in found}) == len(found) == number
    return found


def _group(bits: Bits, most: int) -> tuple[int, list[int]]:
    level, count = bits.bits(4), bits.gamma()
    return level, bits.rising(count, parameter(most, count))


def read_places(bits: Bits, kind: int, listed: list[Posting]) -> list[Posting]:
    """The same papers with their places."""
    counts = [bits.rice(0) if kind == NAME or one.level else 0 for one in listed]
    return [
        one._replace(places=tuple(_places(bits, count, kind, one.level)))
        for one, count in zip(listed, counts, strict=True)
    ]


def _places(bits: Bits, count: int, kind: int, level: int) -> Iterator[int]:
    low = kind == WORD and level < TITLE
    place = BODY - 1 if low else -1
    for number in range(count):
        place += bits.rice(1 if kind == NAME else 5 if number or low else 2)
        yield place


def read_cell(text: str, most: int) -> tuple[int, list[tuple[int, int]]]:
    """How many papers have a word, and those of its places that are in a cell, each after its paper."""
    bits = Bits(text)
    papers = bits.gamma()
    found = []
    for start, width in ((0, 16), (64, 128), (192, 256), (0, 1 << 24)):
        count = bits.gamma() - 1
        numbers = bits.rising(count, parameter(most * width, count)) if count else []
        found += [(number // width, start + number % width) for number in numbers]
    assert bits.ended()
    return papers, found


def places_of(gaps: bytes) -> list[int]:
    """The places of a term in a paper, as the archive keeps them: two bytes each, and two of what stands beside."""
    place, found = -1, []
    for (gap,) in iter_unpack("=I", gaps):
        place += gap & 65_535
        found.append(place)
    return found


def read_shard(
    text: str, placed: str, shard_bits: int, most: int
) -> Iterator[tuple[int, int, list[Posting]]]:
    """The fingerprints of the terms of a shard, or of a term that has its own file, with their kinds and papers."""
    bits, others = Bits(text), Bits(placed)
    count = bits.gamma() - 1
    marks = bits.rising(count, parameter(4 << 32 - shard_bits, count)) if count else []
    for mark in marks:
        listed = read_list(bits, mark % 4, most)
        yield mark // 4, mark % 4, listed if mark % 4 == FLAT else read_places(others, mark % 4, listed)
    assert bits.ended()
    assert others.ended()


def read_packed(text: str, common: str) -> Any:
    """The JSON of a file of cards, facets or words, which was packed as if it stood behind a common text."""
    bits = Bits(text)
    data = bytes(bits.bits(8) for _ in range(bits.bits(24)))
    assert bits.ended()
    return json.loads(zlib.decompressobj(-15, common.encode("ascii")).decompress(data))


def read_heads(text: str) -> dict[str, int]:
    """The words of a part of a dictionary by beginnings, each with the digit for its papers."""
    found: dict[str, int] = {}
    word = ""
    for entry in text.split():
        word = word[: int(entry[0], 36)] + entry[2:]
        found[word] = int(entry[1], 36)
    return found


def read_tails(text: str) -> dict[str, int]:
    """The words of a part of a dictionary by ends, each with the digit for its papers."""
    groups = (group.split(":") for group in text.split())
    return {own[i : i + 3] + tail: int(own[i + 3], 36) for tail, own in groups for i in range(0, len(own), 4)}
