"""Text set in two columns side by side, a language each: every paragraph is read down its own column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verifier.extraction.cells import Cell, Row

EDGE = 0.01
"""Share of the page width by which the lines of one column may begin apart."""
NARROWEST = 0.3
"""Share of the page width that a column of running text at least takes; columns of tables and forms are narrower."""
FULL = 0.85
"""Share of a column's width from which a line of it is full."""
FEWEST_FULL = 4
"""Full lines of a block from which it is running text: names and addresses side by side have a long one at most."""


def with_columns_joined(rows: Sequence[Row], goes_on: Callable[[Cell, Cell, float], bool]) -> list[Row]:
    """Return the rows of a page with the paragraphs of facing columns as one cell each.

    `goes_on` tells of a line and the one under it in its column, of a certain width, whether they are one paragraph.
    """
    found: list[Row] = []
    number = 0
    while number < len(rows):
        block = _block(rows, number)
        found += _joined(block, goes_on) if _is_running_text(block) else block
        number += len(block)
    return found


def _block(rows: Sequence[Row], first: int) -> list[Row]:
    """Return the rows from `first` on whose lines all begin at one of the two edges that the first row sets."""
    edges = [cell.box.x0 for cell in rows[first].cells]
    last = first + 1
    while len(edges) == 2 and last < len(rows) and all(_column(cell, edges) is not None for cell in rows[last].cells):
        last += 1
    return list(rows[first:last])


def _column(cell: Cell, edges: Sequence[float]) -> int | None:
    return next((index for index, edge in enumerate(edges) if abs(cell.box.x0 - edge) < EDGE), None)


def _width(block: Sequence[Row]) -> float:
    return max(cell.box.width for row in block for cell in row.cells)


def _is_running_text(block: Sequence[Row]) -> bool:
    """Return whether a block is two columns of running text: both wide and with full lines, none into the other."""
    if len(block) < 3:
        return False
    edges, width = [cell.box.x0 for cell in block[0].cells], _width(block)
    full = [_column(c, edges) for row in block for c in row.cells if c.box.width > FULL * width]
    return width > NARROWEST and edges[0] + width < edges[1] + EDGE and len(full) >= FEWEST_FULL and {*full} == {0, 1}


def _joined(block: Sequence[Row], goes_on: Callable[[Cell, Cell, float], bool]) -> list[Row]:
    """Return the rows of a block with each line taken to the one above it in its column that goes on in it."""
    edges, width = [cell.box.x0 for cell in block[0].cells], _width(block)
    rows: list[list[Cell]] = []
    place: dict[int, tuple[int, int]] = {}
    for row in block:
        kept: list[Cell] = []
        for cell in row.cells:
            column = _column(cell, edges) or 0
            above = rows[place[column][0]][place[column][1]] if column in place else None
            if above and goes_on(Cell.of(row.page, above.pieces[-1:]), cell, width):
                rows[place[column][0]][place[column][1]] = Cell.of(row.page, [*above.pieces, *cell.pieces])
            else:
                place[column] = len(rows), len(kept)
                kept.append(cell)
        rows.append(kept)
    return [Row(block[0].page, tuple(cells)) for cells in rows if cells]
