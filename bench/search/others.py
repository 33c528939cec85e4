"""How long the machine was busy with something else: not with this program, its browser or its server."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.measure import busy, disturbed

_PROCESSES = Path("/proc")


@dataclass(slots=True)
class Watch:
    """What passed while something was done, known when it is done: seconds, and those of others' processor time."""

    wall: float = 0.0
    others: float = 0.0

    @property
    def disturbed(self) -> bool:
        """Whether times that were measured meanwhile say little."""
        return disturbed(self.wall, self.others)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch what is done."""
    watch = Watch()
    start, all_before, ours_before = time.monotonic(), busy(), ours()
    try:
        yield watch
    finally:
        watch.wall = time.monotonic() - start
        watch.others = max(0.0, (busy() - all_before) - (ours() - ours_before))


def ours() -> float:
    """Processor seconds of this process and of all that it has started, directly or not; those that ended too."""
    stats = {}
    for folder in _PROCESSES.glob("[0-9]*"):
        try:
            stats[int(folder.name)] = parse((folder / "stat").read_text("utf-8", "replace"))
        except OSError:  # it has ended meanwhile
            continue
    return family(stats, os.getpid()) / os.sysconf("SC_CLK_TCK")


def parse(stat: str) -> tuple[int, int]:
    """The parent of a process and the ticks that it and its ended children took, as the text of its ``stat`` says."""
    fields = stat.rpartition(")")[2].split()  # its name, in brackets before, may hold blanks and brackets
    return int(fields[1]), sum(map(int, fields[11:15]))


def family(stats: dict[int, tuple[int, int]], eldest: int) -> int:
    """The ticks of a process and its descendants, given parent and ticks of each."""
    children = defaultdict(list)
    for process, (parent, _) in stats.items():
        children[parent].append(process)
    total, waiting = 0, [eldest]
    while waiting:
        process = waiting.pop()
        total += stats.get(process, (0, 0))[1]
        waiting += children[process]
    return total
