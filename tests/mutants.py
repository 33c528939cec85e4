"""Damaged copies of files: bytes or lines changed, doubled, moved or lost, and pieces of markup put in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.strategies import PIECES


def mutants(data: bytes, seed: str, most: int) -> Iterator[bytes]:
    """So many damaged copies of a file, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same changes in every run
    changes: tuple[Callable[[random.Random, bytearray], bytearray], ...] = (byte, cut, piece, line, swap)
    for _ in range(most):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            changed = chance.choice(changes)(chance, changed)
        yield bytes(changed)


def byte(chance: random.Random, data: bytearray) -> bytearray:
    """One byte is another."""
    if data:
        data[chance.randrange(len(data))] = chance.choice(b"\"'{}[]:,\\\n#-&;<>=@%|\x00\x80\xff 9")
    return data


def cut(chance: random.Random, data: bytearray) -> bytearray:
    """A piece is lost."""
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 5, 500)) :]


def piece(chance: random.Random, data: bytearray) -> bytearray:
    """A piece that means something is put in."""
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(PIECES).encode("utf-8", "replace") + data[place:]


def line(chance: random.Random, data: bytearray) -> bytearray:
    """A line is lost, or there twice."""
    lines = data.split(b"\n")
    place = chance.randrange(len(lines))
    return bytearray(b"\n").join(
        lines[:place] + lines[place : place + 1] * chance.choice((0, 2)) + lines[place + 1 :]
    )


def swap(chance: random.Random, data: bytearray) -> bytearray:
    """Two lines have changed places."""
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return bytearray(b"\n").join(lines)
