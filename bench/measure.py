"""What a command costs: wall and processor time, memory; and what a folder holds.

The measuring process stays small. A child's peak of memory begins with what its parent held when it started it, so
everything that needs memory is done in processes of its own.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_STAT = Path("/proc/stat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run took: seconds, and bytes. `cpu` is of all its processes together, `peak` of the largest one.

    `others` are the seconds that the machine's processors were busy with something else, 0 where the system does not
    say: see `disturbed`.
    """

    wall: float
    cpu: float
    peak: int
    others: float


class CommandError(Exception):
    """A command that was measured did not do what it should."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in a folder. Raises CommandError, with the end of what it wrote, unless it ends well."""
    log = folder / ".log"
    before, start = busy(), time.perf_counter()
    with log.open("wb") as output:
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise CommandError(
            f"{command[0]} ended with {child.returncode}: {log.read_text('utf-8', 'replace')[-2000:]}"
        )
    log.unlink()
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, busy() - before - cpu) if before else 0.0
    return Cost(wall=wall, cpu=cpu, peak=usage.ru_maxrss * 1024, others=others)


def disturbed(wall: float, others: float) -> bool:
    """Whether something else took a tenth of a processor, or more, from a run that took `wall` seconds."""
    return others > 0.1 * wall + 0.1


def settle(patience: float) -> None:
    """Wait until the machine has nothing else to do, at most so many seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = busy()
        time.sleep(1)
        if not disturbed(1, busy() - before):
            return


def busy() -> float:
    """Seconds that all processors together have worked since the machine started."""
    try:
        numbers = [int(number) for number in _STAT.read_text("ascii").split("\n", 1)[0].split()[1:]]
    except OSError:
        return 0.0
    user, nice, system, _idle, _waiting, interrupt, soft = numbers[:7]
    return (user + nice + system + interrupt + soft) / os.sysconf("SC_CLK_TCK")


def contents(folder: Path) -> tuple[int, int]:
    """How many files a folder holds, and their bytes."""
    files = size = 0
    for root, _, names in os.walk(folder):
        files += len(names)
        size += sum(os.stat(os.path.join(root, name)).st_size for name in names)  # noqa: PTH116, PTH118 - many files
    return files, size
