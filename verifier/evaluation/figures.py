"""Rates with their bounds, counted over everything and over named groups."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Z_95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `n` trials."""

    hits: int
    n: int

    @classmethod
    def of(cls, outcomes: Iterable[bool]) -> Rate:
        """Return the rate of true ones.

        >>> Rate.of([True, False, True])
        Rate(hits=2, n=3)
        """
        counted = list(outcomes)
        return cls(sum(counted), len(counted))

    @property
    def value(self) -> float:
        """The share itself; NaN where nothing was tried."""
        return self.hits / self.n if self.n else math.nan

    @property
    def bounds(self) -> tuple[float, float]:
        """Wilson 95 % bounds (E. B. Wilson, JASA 22, 1927): honest at 0 and 1 and for small n.

        >>> low, high = Rate(0, 100).bounds
        >>> round(low, 3), round(high, 3)
        (0.0, 0.037)
        """
        if not self.n:
            return 0.0, 1.0
        z2 = Z_95 * Z_95
        centre = (self.value + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = Z_95 * math.sqrt(self.value * (1 - self.value) / self.n + z2 / (4 * self.n**2)) / (1 + z2 / self.n)
        return max(centre - half, 0.0), min(centre + half, 1.0)

    def __str__(self) -> str:
        if not self.n:
            return "none tried"
        low, high = self.bounds
        return f"{self.value:.3f} ({self.hits}/{self.n}; 95 % {low:.3f}–{high:.3f})"


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing tried once: which figure it counts for, in which groups, and whether it came out right."""

    figure: str
    right: bool
    groups: tuple[tuple[str, str], ...]
    """(dimension, group), for example ("layout", "ruled_table")."""
    example: str = ""
    """What to look at where it went wrong."""


def rate_of(trials: Iterable[Trial], figure: str, **group: str) -> Rate:
    """Return the rate of `figure` among the trials that stand in every given group."""
    wanted = tuple(group.items())
    return Rate.of(t.right for t in trials if t.figure == figure and all(pair in t.groups for pair in wanted))


def worst_group(trials: Iterable[Trial], figure: str, dimension: str, *, at_least: int = 5) -> tuple[str, Rate] | None:
    """Return the group of `dimension` with the lowest rate among those tried `at_least` times."""
    counted: dict[str, list[bool]] = {}
    for trial in trials:
        if trial.figure == figure:
            for name, group in trial.groups:
                if name == dimension:
                    counted.setdefault(group, []).append(trial.right)
    rates = [(group, Rate.of(outcomes)) for group, outcomes in counted.items() if len(outcomes) >= at_least]
    return min(rates, key=lambda pair: (pair[1].value, -pair[1].n), default=None)
