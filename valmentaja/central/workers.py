"""Many files at once, and a line that says how far it is."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

FEW = 64
"""So many jobs are done sooner than a second process is started."""
CHUNK = 32
WIDTH = 30


def default_workers() -> int:
    return min(os.cpu_count() or 1, 8)


def each(work: Callable[[Job], Result], jobs: Sequence[Job], workers: int) -> Iterator[Result]:
    """The results, in the order of the jobs; `work` must be a function of a module or a partial of one."""
    if workers == 1 or len(jobs) <= FEW:
        yield from map(work, jobs)
        return
    spawn = multiprocessing.get_context("spawn")  # a fork would copy DuckDB's threads half-way
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_die_with_parent) as pool:
        yield from pool.map(work, jobs, chunksize=CHUNK)


def _die_with_parent() -> None:
    """A worker whose parent was killed would wait for work forever."""
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def told(results: Iterator[Result], words: str, number: int) -> Iterator[Result]:
    """The same results, with a bar on stderr where a person watches."""
    if not sys.stderr.isatty() or not number:
        yield from results
        return
    for done, result in enumerate(results, start=1):
        if done % CHUNK == 0 or done == number:
            full = WIDTH * done // number
            sys.stderr.write(f"\r{words} [{'#' * full}{'.' * (WIDTH - full)}] {done}/{number}")
            sys.stderr.flush()
        yield result
    sys.stderr.write("\n")


def batches(results: Iterator[Result], size: int) -> Iterator[list[Result]]:
    while batch := list(islice(results, size)):
        yield batch
