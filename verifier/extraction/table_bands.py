"""The lines that one row of a table takes up, and the columns that they stand under."""

from __future__ import annotations

from collections.abc import Collection

from verifier.extraction.cells import Cell, Row
from verifier.extraction.table_heads import Column
from verifier.page import Box

FARTHEST = 0.15
"""Share of the page width between a cell's left side or middle and its header's: further apart do not fit."""
SPANNING = frozenset({"brand", "model", "brand_model", "export_country", "registration_date", "transfer_date"})
"""Columns whose cells offices merge over the vehicles that they are the same for."""
ONCE_A_ROW = frozenset({"vin", "serial"})
"""Columns whose cells are one line: two of them are two rows, however close they stand."""
INTERLEAVED = 0.25
"""Share of a line's height that it has in common with one beside it of the same row: a cell of one line stands half a
pitch off the two of its neighbour, rows of a table keep white between them."""

Placed = dict[Column, Cell]
"""The cells of a line under the columns that they stand in."""


def placed_under(row: Row, columns: list[Column]) -> Placed:
    """Return the cells of a row under the columns they stand in, the best fitting pairs first."""
    pairs = sorted(
        (_misfit(cell.box, column.head.box), index, order)
        for index, cell in enumerate(row.cells)
        for order, column in enumerate(columns)
    )
    placed: Placed = {}
    used: set[int] = set()
    for misfit, index, order in pairs:
        if misfit <= FARTHEST and index not in used and columns[order] not in placed:
            placed[columns[order]] = row.cells[index]
            used.add(index)
    return placed


def _misfit(cell: Box, head: Box) -> float:
    """Return how far a cell is from standing under a header: left or centred, less what they share."""
    aligned = min(abs(cell.x0 - head.x0), abs(cell.centre[0] - head.centre[0]))
    shared = min(cell.x1, head.x1) - max(cell.x0, head.x0)
    return aligned - (max(shared, 0.0) / max(min(cell.width, head.width), 1e-6)) * FARTHEST


def band_of(rows: tuple[Row, ...], number: int, columns: list[Column], last: Collection[str] | None) -> list[Placed]:
    """Return the cells of the lines that one row of a table takes up, line by line.

    Where its cells have different numbers of lines, one stands between two lines of its neighbour. Cells merged over
    several rows do so, too: they are left to whoever asks, who names the columns of the row above as `last`.
    """
    band = [placed_under(rows[number], columns)]
    if len(band[0]) != len(rows[number].cells) or (last is not None and may_span(band[0], last)):
        return band
    bottom = max(cell.box.y1 for cell in rows[number].cells)
    for row in rows[number + 1 :]:
        if row.page != rows[number].page or min(cell.box.y0 for cell in row.cells) >= bottom:
            break
        placed = placed_under(row, columns)
        names = {column.name for above in band for column in above}
        again = names & ONCE_A_ROW & {column.name for column in placed}
        if len(placed) != len(row.cells) or again or may_span(placed, names):
            break
        if not any(
            column is not other and _shared(cell.box, line.box) > INTERLEAVED * min(cell.box.height, line.box.height)
            for column, cell in placed.items()
            for above in band
            for other, line in above.items()
        ):
            break
        band.append(placed)
        bottom = max(bottom, *(cell.box.y1 for cell in row.cells))
    return band


def _shared(a: Box, b: Box) -> float:
    """Return the height that two boxes have in common, below zero where none."""
    return min(a.y1, b.y1) - max(a.y0, b.y0)


def may_span(placed: Placed, last: Collection[str]) -> bool:
    """Return whether all cells of a row are of columns that offices merge, and that the row above lacks."""
    return all(column.name in SPANNING and column.name not in last for column in placed)
