"""Work in several processes, its results in order, with no more in memory than a few parts.

Processes are forks of this one, so nothing but parts and results is sent between them. Where that cannot be done
safely (a process with threads, such as a preview; a system without fork) the work is done here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")

#: Parts that wait for each process, so that none is idle.
_AHEAD = 3
#: Seconds between two looks whether the process that forked this one is still there.
_WATCH = 1.0

#: What the processes do. They are forks, so nothing of it need be sent to them.
_function: Callable[[Any], Any] | None = None


def can_fork() -> bool:
    """Whether this process may fork: a fork of one with threads could wait for a lock for ever."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def run(function: Callable[[_Part], _Result], parts: Iterable[_Part], jobs: int) -> Iterator[_Result]:
    """The results of `function` for each of `parts`, in order, from `jobs` processes. The first error is raised."""
    if jobs < 2 or not can_fork():
        yield from map(function, parts)
        return
    global _function  # forks inherit it
    _function = function
    pool = ProcessPoolExecutor(
        jobs, multiprocessing.get_context("fork"), initializer=_begin, initargs=(os.getpid(),)
    )
    try:
        waiting: deque[Future[_Result]] = deque()
        for part in parts:
            waiting.append(pool.submit(_work, part))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        _function = None
        pool.shutdown(wait=True, cancel_futures=True)


def batches(items: Iterable[_Part], size: int) -> Iterator[tuple[_Part, ...]]:
    """Items in parts of a size; the last may have fewer.

    >>> [*batches("abcde", 2)]
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    rest = iter(items)
    while part := tuple(islice(rest, size)):
        yield part


@contextmanager
def lazy_collector() -> Iterator[None]:
    """Let Python look seldom for cycles of garbage: what a build makes has few, and looking costs a fifth of it."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin(parent: int) -> None:
    """Leave Ctrl-C to the process that forked this one, and end when it ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


def _work(part: Any) -> Any:
    if _function is None:
        raise RuntimeError("a process that was not forked by run")
    return _function(part)
