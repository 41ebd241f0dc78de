"""The local engine: a pool whose workers may die one by one, or a plain loop where one worker is enough."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TypeVar, cast

from pebble import ProcessExpired, ProcessPool

from verifier.batch.shards import Shard
from verifier.batch.work import Answer, Work

T = TypeVar("T")
AHEAD = 2
"""Shards handed out for each worker: the one in hand and the next."""


class PlainLoop:
    """One worker: this process. Nothing is ended from inside, so a document may take as long as it likes."""

    workers = 1

    def run(self, work: Work[T], shards: Iterable[Shard[T]]) -> Iterator[Answer[T]]:
        """Yield the shards in order."""
        for shard in shards:
            yield shard, work.process(shard, killable=False)


class LocalPool:
    """Worker processes of this machine, started afresh where one dies; a death costs its own shard only."""

    def __init__(self, jobs: int) -> None:
        self.workers = jobs

    def run(self, work: Work[T], shards: Iterable[Shard[T]]) -> Iterator[Answer[T]]:
        """Yield shards as they are done; workers live as long as this iterator."""
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # N workers with one thread each, not N times all cores
        context = multiprocessing.get_context("spawn")
        packed = pickle.dumps(work)
        pool = ProcessPool(max_workers=self.workers, initializer=_start, initargs=(packed,), context=context)
        try:
            yield from self._windowed(pool, iter(shards))
            pool.close()  # type: ignore[no-untyped-call]
        except BaseException:  # also the caller's Ctrl-C: workers must not outlive the run
            pool.stop()  # type: ignore[no-untyped-call]
            raise
        finally:
            pool.join()

    def _windowed(self, pool: ProcessPool, shards: Iterator[Shard[T]]) -> Iterator[Answer[T]]:
        running: dict[Future[bytes], Shard[T]] = {}
        while True:
            while len(running) < self.workers * AHEAD and (shard := next(shards, None)) is not None:
                running[pool.schedule(_process, args=(shard,))] = shard
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for finished in done:
                shard = running.pop(finished)
                try:
                    yield shard, finished.result()
                except ProcessExpired:
                    yield shard, None


# --- inside a worker --------------------------------------------------------------------------------------

_work: bytes = b""
_unpacked: list[object] = []


def _start(packed: bytes) -> None:
    """Keep the work; it is unpacked with the first shard, so that a worker without one stays small."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver decides when to stop
    _work = packed


def _process(shard: Shard[T]) -> bytes:
    if not _unpacked:
        _unpacked.append(pickle.loads(_work))
    return cast(Work[T], _unpacked[0]).process(shard, killable=True)
