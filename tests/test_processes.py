"""Work in several processes gives what it gives in one.

Each test asks a Python of its own: the one that runs tests has threads.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator import processes
from generator.processes import batches, can_fork, lazy_collector, run

ROOT = Path(__file__).parents[1]
HEAD = """
import os, threading, time
from generator import processes
from generator.processes import can_fork, run
"""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", HEAD + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def output(code: str) -> str:
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_results_come_in_order_from_other_processes() -> None:
    said = output(
        """
own = os.getpid()
def work(n):
    time.sleep(0.002 * (n % 3))
    return n, n * n, os.getpid()
found = [*run(work, range(40), 3)]
assert [pair[:2] for pair in found] == [(n, n * n) for n in range(40)]
print(own in {pid for *_, pid in found}, len({pid for *_, pid in found}) > 1)
"""
    )
    assert said == "False True\n"


def test_no_more_parts_are_taken_than_can_be_worked_on() -> None:
    output(
        """
taken = 0
def parts():
    global taken
    for taken in range(1, 101):
        yield taken
for place, result in enumerate(run(lambda part: part, parts(), 2), start=1):
    assert result == place
    assert taken <= place + processes._AHEAD * 2, (taken, place)
assert taken == 100
"""
    )


def test_the_first_error_is_raised_here_and_the_rest_is_left() -> None:
    done = python(
        """
def work(n):
    if n >= 5:
        raise ValueError(f"number {n}")
    return n
found = []
try:
    for result in run(work, range(1000), 2):
        found.append(result)
except ValueError as error:
    print(found, error, processes._function)
"""
    )
    assert (done.returncode, done.stdout) == (0, "[0, 1, 2, 3, 4] number 5 None\n")


def test_a_process_with_threads_is_not_forked() -> None:
    said = output(
        """
waiting = threading.Event()
thread = threading.Thread(target=waiting.wait)
thread.start()
own = os.getpid()
print(can_fork(), {pid == own for pid in run(lambda _: os.getpid(), range(20), 4)})
waiting.set()
thread.join()
print(can_fork())
"""
    )
    assert said == "False {True}\nTrue\n"


def test_processes_end_with_the_one_that_forked_them() -> None:
    code = r"""
processes._WATCH = 0.05
def work(_):
    os.write(1, b"%d\n" % os.getpid())  # in one piece: two processes write
    time.sleep(60)
[*run(work, range(2), 2)]
"""
    command = [sys.executable, "-c", HEAD + code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        children = [int(started.stdout.readline()) for _ in range(2)]
        started.kill()
    end = time.monotonic() + 20
    while any(map(alive, children)):
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
        state = Path(f"/proc/{number}/stat")
        return not state.exists() or ") Z " not in state.read_text()
    except ProcessLookupError:
        return False


def test_ctrl_c_ends_everything() -> None:
    code = r"""
def work(_):
    os.write(1, b"begun\n")  # in one piece: two processes write
    time.sleep(0.5)
[*run(work, range(2), 2)]
"""
    command = [sys.executable, "-c", HEAD + code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as started:
        assert started.stdout
        assert started.stderr
        assert started.stdout.readline() == "begun\n"
        started.send_signal(signal.SIGINT)
        said = started.stderr.read()
    assert started.returncode in (-signal.SIGINT, 130, 1)
    assert said.count("KeyboardInterrupt") == 1


@pytest.mark.parametrize("jobs", [1, 4])
def test_here_too_if_there_is_nothing_to_gain(jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: False)
    assert [*run(lambda part: (part, os.getpid()), "abc", jobs)] == [(part, os.getpid()) for part in "abc"]


def test_a_thread_is_seen() -> None:
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        waiting.set()
        thread.join()


def test_parts_hold_everything_once() -> None:
    assert [*batches(range(5), 2)] == [(0, 1), (2, 3), (4,)]
    assert [*batches([], 2)] == []


def test_the_collector_is_as_it_was() -> None:
    before = gc.get_threshold()
    with lazy_collector():
        assert gc.get_threshold() != before
    assert gc.get_threshold() == before
