"""Shards: what one worker gets at a time, and what becomes of a shard that took its worker with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

SHARD_SIZE = 200
"""Documents in one shard: large enough that handing it out (280 tasks/s measured) never counts."""
SHARDS_A_WORKER = 8
"""A small set is cut finer, so that no worker waits long for another one's last shard."""
ALONE_TRIES = 3
"""A document that stops its worker this often while alone in its shard is reported and left. Deaths that have
nothing to do with it (an operator's kill, memory taken by a neighbour) seldom strike one document three times."""


@dataclass(frozen=True, slots=True)
class Shard(Generic[T]):
    """Some items of a run, in order; `deaths` counts the workers lost over exactly these items."""

    number: int
    items: tuple[T, ...]
    deaths: int = 0


def size_for(items: int, workers: int, largest: int = SHARD_SIZE) -> int:
    """Return how many items a shard should hold.

    >>> size_for(300, 2), size_for(10**6, 64)
    (19, 200)
    """
    return max(1, min(largest, -(-items // (workers * SHARDS_A_WORKER))))


def cut(items: Iterable[T], size: int) -> Iterator[Shard[T]]:
    """Yield the items in shards of `size`, numbered from 0; reads no further ahead than one shard.

    >>> [shard.items for shard in cut("abcde", 2)]
    [('a', 'b'), ('c', 'd'), ('e',)]
    """
    held: list[T] = []
    number = 0
    for item in items:
        held.append(item)
        if len(held) == size:
            yield Shard(number, tuple(held))
            held, number = [], number + 1
    if held:
        yield Shard(number, tuple(held))


def after_death(shard: Shard[T]) -> tuple[Shard[T], ...]:
    """Return what to run next of a shard that took its worker with it; empty once the culprit is found.

    Halves of a shard of several, the same again for one that was alone: the culprit is isolated in log2 steps.

    >>> after_death(Shard(0, ("a", "b", "c")))
    (Shard(number=0, items=('a',), deaths=0), Shard(number=0, items=('b', 'c'), deaths=0))
    >>> after_death(Shard(0, ("a",), deaths=2))
    ()
    """
    if len(shard.items) > 1:
        middle = len(shard.items) // 2
        return Shard(shard.number, shard.items[:middle]), Shard(shard.number, shard.items[middle:])
    if shard.deaths + 1 < ALONE_TRIES:
        return (Shard(shard.number, shard.items, shard.deaths + 1),)
    return ()


def all_after_deaths(died: Sequence[Shard[T]]) -> tuple[tuple[Shard[T], ...], tuple[Shard[T], ...]]:
    """Return (what to run next, shards of one whose item is poison)."""
    following = [(shard, after_death(shard)) for shard in died]
    return tuple(s for _, more in following for s in more), tuple(shard for shard, more in following if not more)
