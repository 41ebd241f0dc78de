"""Who does the work: a protocol, a registry of engines, and the policy for work that stops its worker.

An engine knows nothing of documents: it takes `Work` and shards, and gives back bytes. `local` is this machine,
`dask://HOST:PORT` a cluster; with one worker the local engine is a plain loop in this process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from verifier.batch.examining import ExamineWork, ToExamine, load_examiner, load_examiner_alone
from verifier.batch.local import LocalPool, PlainLoop
from verifier.batch.outcome import DIED, Outcome, decode_outcomes
from verifier.batch.shards import Shard, all_after_deaths, cut
from verifier.batch.work import Answer, Work
from verifier.errors import ConfigurationError, ProcessingError
from verifier.record import Registry

T = TypeVar("T")
LARGEST_SHARD_BY_HAND = 4
"""Documents in a shard where a person waits for the reports."""


class Engine(Protocol):
    """Runs work on shards, wherever that is."""

    @property
    def workers(self) -> int:
        """How many shards are worked on at a time."""

    def run(self, work: Work[T], shards: Iterable[Shard[T]]) -> Iterator[Answer[T]]:
        """Yield (shard, its bytes) as they are done, in any order; None for a shard that stopped its worker.

        Takes no more shards from the iterable than it needs to keep the workers busy.
        """


def open_engine(name: str, jobs: int) -> Engine:
    """Return the engine of a command's --engine; raises ConfigurationError for one that is not known or installed."""
    if name == "local":
        return LocalPool(jobs) if jobs > 1 else PlainLoop()
    if name.startswith("dask://"):
        return _open_dask(name.removeprefix("dask://"))
    raise ConfigurationError(f"--engine must be local or dask://HOST:PORT, not {name!r}")


def _open_dask(address: str) -> Engine:
    try:
        from verifier.batch.dask_engine import DaskEngine, Tls  # an optional package: only whoever asks needs it
    except ImportError as error:
        raise ConfigurationError(f"--engine dask needs verifier[dask]: {error}") from error
    return DaskEngine(address, Tls.from_environment(os.environ))


def run_all(engine: Engine, work: Work[T], shards: Iterable[Shard[T]]) -> Iterator[Answer[T]]:
    """Yield the answer of every item's shard; None only for shards of one item that is poison.

    A shard that stops its worker is cut in halves until the culprit is alone, which is tried again before it is
    given up; everything beside it is done. An item that is tried again has the engine to itself: a worker that dies
    takes the shard waiting behind it along, and an innocent one must not be blamed for its neighbour three times.
    """
    turns: list[Iterable[Shard[T]]] = [shards]
    while turns:
        died: list[Shard[T]] = []
        for shard, answer in chain.from_iterable(engine.run(work, turn) for turn in turns):
            if answer is None:
                died.append(shard)
            else:
                yield shard, answer
        again, poison = all_after_deaths(died)
        yield from ((shard, None) for shard in poison)
        halves = [shard for shard in again if not shard.deaths]
        turns = [*([halves] if halves else []), *((shard,) for shard in again if shard.deaths)]


def examine_files(
    paths: Sequence[Path], registry: Registry, *, jobs: int, timeout_seconds: float
) -> Iterator[tuple[int, Outcome]]:
    """Yield (index, outcome) for every file as it is done; nothing a file does stops the others.

    Raises MissingEngineError before the first file where something to read with is absent.
    """
    engine = open_engine("local", min(jobs, len(paths)))
    with TemporaryDirectory(prefix="verifier-") as spool:
        load = load_examiner_alone if engine.workers < jobs else load_examiner
        work = ExamineWork(registry, spool, timeout_seconds, load)
        items = (ToExamine(index, str(path)) for index, path in enumerate(paths))
        size = max(1, min(LARGEST_SHARD_BY_HAND, len(paths) // (4 * engine.workers)))
        for shard, answer in run_all(engine, work, cut(items, size)):
            if answer is None:
                yield shard.items[0].index, ProcessingError(DIED)
            else:
                yield from ((done.index, done.outcome) for done in decode_outcomes(answer))
