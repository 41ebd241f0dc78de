"""A table of vehicles and one of outlets side by side under one line of heads: each has rows of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verifier.extraction.cells import Row
from verifier.extraction.frames import rows_of_cells
from verifier.extraction.table_heads import OUTLET_COLUMNS, VEHICLE_COLUMNS, Column, kind_of

OF_OUTLETS = OUTLET_COLUMNS | {"contact_and_phone", "outlet_country", "name"}


@dataclass(frozen=True, slots=True)
class Half:
    """One of two tables side by side: its columns, its rows, and of each row the number of a row of the page."""

    kind: str
    columns: list[Column]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]


def halves_of(
    rows: Sequence[Row], header: int, start: int, columns: Sequence[Column], ends: Callable[[Row], bool]
) -> tuple[Half, ...]:
    """Return both tables that stand under a header, none where it is the header of one.

    `start` is the first row under it; `ends` tells of a row whether the tables are over. Each half begins with its part
    of the header.
    """
    outlets = [column for column in columns if column.name in OF_OUTLETS]
    vehicles = [column for column in columns if column.name in VEHICLE_COLUMNS]
    if kind_of(outlets) != "outlets" or kind_of(vehicles) != "vehicles":
        return ()
    first, second = sorted((vehicles, outlets), key=lambda side: min(column.head.box.x0 for column in side))
    left, right = max(c.head.box.x1 for c in first), min(c.head.box.x0 for c in second)
    if left >= right:
        return ()
    stop = next((n for n in range(start, len(rows)) if ends(rows[n]) or rows[n].page != rows[header].page), len(rows))
    edge = _edge(rows[start:stop], left, right)
    at = header, start, stop
    return tuple(
        _half("vehicles" if side is vehicles else "outlets", columns, rows, at, edge, is_left=side is first)
        for side in (first, second)
    )


def _edge(rows: Sequence[Row], left: float, right: float) -> float:
    """Return where one table is over and the other begins: where the fewest cells reach across, between the heads."""
    steps = [left + (right - left) * share / 20 for share in range(1, 20)]
    cells = [cell.box for row in rows for cell in row.cells]
    return min(steps, key=lambda x: (sum(box.x0 < x < box.x1 for box in cells), abs(x - (left + right) / 2)))


def _half(
    kind: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    at: tuple[int, int, int],
    edge: float,
    *,
    is_left: bool,
) -> Half:
    header, start, stop = at
    own_columns = [column for column in columns if (column.head.box.centre[0] < edge) is is_left]
    numbered = [
        (cell, number)
        for number in range(start, stop)
        for cell in rows[number].cells
        if (cell.box.centre[0] < edge) is is_left
    ]
    own = rows_of_cells(rows[header].page, [cell for cell, _ in numbered])
    of_cell = {id(cell): number for cell, number in numbered}
    head = Row(rows[header].page, tuple(column.head for column in own_columns))
    numbers = tuple(of_cell[id(row.cells[0])] for row in own)
    return Half(kind, own_columns, (head, *own), (header, *numbers))
