"""Days of several vehicles that a missed rule left in one frame: each line goes to the row that it is level with."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.extraction.cells import Cell, Row
from verifier.formats.dates import find_dates

LEVEL = 0.6
"""Line heights by which a day may stand off the middle of its row."""


def with_days_apart(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with the days of a cell that reaches over several of them in a row each.

    The cell holds nothing but days, a line each, and every line is level with another row's cells.
    """
    found = list(rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            level = _levels(cell, number, found)
            if level:
                for piece, other in zip(cell.pieces, level, strict=True):
                    own = [one for one in found[other].cells if one is not cell]
                    day = Cell.of(cell.page, [piece])
                    found[other] = Row(row.page, tuple(sorted([*own, day], key=lambda one: one.box.x0)))
    return tuple(found)


def _levels(cell: Cell, number: int, rows: Sequence[Row]) -> list[int]:
    """Return the row of each line of a cell of days, nothing where a line is level with none, or two with one."""
    if len(cell.pieces) < 2 or not all(_is_day(piece.text) for piece in cell.pieces):
        return []
    near = [n for n in range(max(number - len(cell.pieces), 0), min(number + len(cell.pieces), len(rows)))]
    levels = []
    for piece in cell.pieces:
        apart = [(abs(_middle(rows[n], cell) - piece.box.centre[1]), n) for n in near if _beside(rows[n], cell)]
        off, nearest = min(apart, default=(1.0, -1))
        if off > LEVEL * piece.box.height:
            return []
        levels.append(nearest)
    return levels if len(set(levels)) == len(levels) else []


def _is_day(text: str) -> bool:
    days = find_dates(text)
    return len(days) == 1 and days[0].stop - days[0].start >= len(text.strip()) - 2


def _beside(row: Row, cell: Cell) -> list[Cell]:
    """Return the cells of one line that stand beside a cell in a row of its page."""
    return [one for one in row.cells if one is not cell and len(one.pieces) == 1 and one.page == cell.page]


def _middle(row: Row, cell: Cell) -> float:
    """Return how far down the cells beside a cell stand, as a share of the page's height."""
    middles = [one.box.centre[1] for one in _beside(row, cell)]
    return sum(middles) / len(middles)
