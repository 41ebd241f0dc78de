"""Many values, a bounded number in one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

MOST_VALUES = 500
"""In one query: SQLite takes a bounded number of parameters."""
T = TypeVar("T")


def in_groups(values: Iterable[T], size: int = MOST_VALUES) -> Iterator[list[T]]:
    """Yield the values, `size` at a time."""
    held: list[T] = []
    for value in values:
        held.append(value)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
