"""Cutting work into shards, and isolating what stops a worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hypothesis import given
from hypothesis import strategies as st

from verifier.batch.engine import run_all
from verifier.batch.shards import ALONE_TRIES, Shard, cut, size_for
from verifier.batch.work import Answer, Work


class Fragile:
    """An engine whose worker dies over poison, and at random over anything."""

    workers = 2

    def __init__(self, poison: frozenset[int], accidents: int = 0) -> None:
        self._poison = poison
        self._accidents = accidents
        self.deaths = 0

    def run(self, _work: Work[int], shards: Iterable[Shard[int]]) -> Iterator[Answer[int]]:
        """Yield shards, None for those with poison and for the first few."""
        for shard in shards:
            dies = bool(self._poison & set(shard.items)) or self._accidents > 0
            self._accidents -= 1
            self.deaths += dies
            yield shard, None if dies else b"done"


class Paired:
    """An engine whose workers hold two shards each: one that dies over poison takes its neighbour along."""

    workers = 2

    def __init__(self, poison: frozenset[int]) -> None:
        self._poison = poison

    def run(self, _work: Work[int], shards: Iterable[Shard[int]]) -> Iterator[Answer[int]]:
        """Yield shards, None for both of a pair with poison."""
        waiting = list(shards)
        for pair in (waiting[at : at + 2] for at in range(0, len(waiting), 2)):
            dies = any(self._poison & set(shard.items) for shard in pair)
            yield from ((shard, None if dies else b"done") for shard in pair)


class NoWork:
    """Work that is never looked at."""

    def process(self, shard: Shard[int], *, killable: bool) -> bytes:
        """Return nothing."""
        return b""


@given(st.integers(0, 60), st.integers(1, 20), st.frozensets(st.integers(0, 59), max_size=4), st.integers(0, 2))
def test_every_item_is_done_or_poison_exactly_once(
    items: int, size: int, poison: frozenset[int], accidents: int
) -> None:
    engine = Fragile(poison, accidents)
    done: list[int] = []
    left: list[int] = []
    for shard, answer in run_all(engine, NoWork(), cut(range(items), size)):
        (left if answer is None else done).extend(shard.items)
    assert sorted([*done, *left]) == list(range(items))
    assert set(left) == {number for number in poison if number < items}, "an accident makes nothing poison"


@given(st.integers(1, 30), st.integers(1, 8), st.frozensets(st.integers(0, 29), max_size=3))
def test_neighbour_of_poison_is_never_blamed(items: int, size: int, poison: frozenset[int]) -> None:
    answers = list(run_all(Paired(poison), NoWork(), cut(range(items), size)))
    assert sorted(item for shard, _ in answers for item in shard.items) == list(range(items))
    left = {item for shard, answer in answers if answer is None for item in shard.items}
    assert left == {number for number in poison if number < items}


def test_culprit_is_isolated_in_few_deaths() -> None:
    engine = Fragile(frozenset({137}))
    list(run_all(engine, NoWork(), cut(range(200), 200)))
    assert engine.deaths <= 8 + ALONE_TRIES


@given(st.integers(1, 10**7), st.integers(1, 1000))
def test_workers_have_several_shards_each(items: int, workers: int) -> None:
    size = size_for(items, workers)
    assert 1 <= size <= 200
    assert size == 1 or -(-items // size) >= workers


def test_cutting_reads_no_further_than_it_must() -> None:
    taken: list[int] = []
    shards = cut((taken.append(number) or number for number in range(10)), 3)  # type: ignore[func-returns-value]
    next(shards)
    assert taken == [0, 1, 2]
