"""Charts as geometry for an SVG: stacked bars over weeks, a line over them, bars of counts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.cases.statistics import Row

WIDTH, HEIGHT = 720.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 8.0, 10.0, 26.0
GAP = 0.25
"""Of a bar's place, left empty."""
STEPS = (1, 2, 5)
MOST_TICKS = 4
MOST_LABELS = 9
KINDS = ("verified", "flagged", "unreadable")


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle with what it says."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across with its number, or a name below."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that the template draws."""

    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    below: tuple[Tick, ...]
    line: str = ""
    """Points of a polyline."""
    width: float = WIDTH
    height: float = HEIGHT


def weekly(rows: Sequence[Row]) -> Chart:
    """Return stacked bars, one a week."""
    ticks, top = _scale(max((row.total for row in rows), default=0))
    place = (WIDTH - LEFT - RIGHT) / max(len(rows), 1)
    bars: list[Bar] = []
    for number, row in enumerate(rows):
        below = 0
        for kind, value in zip(KINDS, (row.verified, row.flagged, row.unreadable), strict=True):
            if value:
                y, height = _y(below + value, top), _y(below, top) - _y(below + value, top)
                bars.append(Bar(LEFT + (number + GAP / 2) * place, y, place * (1 - GAP), height, kind, row.name, value))
            below += value
    return Chart(tuple(bars), tuple(Tick(_y(n, top), str(n)) for n in ticks), _names(rows, place))


def shares(rows: Sequence[Row]) -> Chart:
    """Return the straight-through share as a line; weeks without documents are left out."""
    place = (WIDTH - LEFT - RIGHT) / max(len(rows), 1)
    points = [
        (LEFT + (number + 0.5) * place, _y(row.straight_through, 1.0))
        for number, row in enumerate(rows)
        if row.straight_through is not None
    ]
    across = tuple(Tick(_y(share, 1.0), f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = tuple(Bar(x, y, 0, 0, "dot", "", 0) for x, y in points)
    return Chart(dots, across, _names(rows, place), line)


def _names(rows: Sequence[Row], place: float) -> tuple[Tick, ...]:
    every = -(-len(rows) // MOST_LABELS) or 1
    return tuple(Tick(LEFT + (n + 0.5) * place, row.name[5:]) for n, row in enumerate(rows) if n % every == 0)


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)


def _scale(most: int) -> tuple[list[int], float]:
    """Return round numbers from 0 to at least `most`, and the last of them.

    >>> _scale(7), _scale(0), _scale(230)
    (([0, 2, 4, 6, 8], 8.0), ([0, 1], 1.0), ([0, 100, 200, 300], 300.0))
    """
    most = max(most, 1)
    steps = (step * 10**power for power in range(9) for step in STEPS)
    step = next(step for step in steps if -(-most // step) <= MOST_TICKS)
    top = -(-most // step) * step
    return list(range(0, top + 1, step)), float(top)
