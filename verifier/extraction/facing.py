"""Text set in two columns side by side, a language each: every paragraph is read down its own column.

Columns that list the same vehicles are two papers side by side: one is read after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from verifier.extraction.cells import Cell, Row
from verifier.extraction.table_heads import VIN
from verifier.formats.chinese import has_chinese

_ARABIC = re.compile(r"[\u0600-\u06ff]")
EDGE = 0.01
"""Share of the page width by which the lines of one column may begin apart."""
NARROWEST = 0.3
"""Share of the page width that a column of running text at least takes; columns of tables and forms are narrower."""
FULL = 0.85
"""Share of a column's width from which a line of it is full."""
CHINESE_LEFT, CHINESE_RIGHT = 0.5, 0.2
"""Shares of the cells that have Chinese in them, at least in the left column and at most in the right one."""
FEWEST_BESIDE = 5
"""Lines of the right column from which it is a paper of its own, not a label said again beside its value."""
FEWEST_FULL, FEWEST_FULL_TWINS = 4, 3
"""Full lines of a block from which it is running text: names and addresses side by side have a long one at most. What
stands in Chinese beside another language is rather the same text twice: a short paragraph has one and two."""


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


def with_twins_apart(rows: Sequence[Row], goes_on: Callable[[Cell, Cell, float], bool]) -> list[Row]:
    """Return the rows of a page, columns in two languages that name the same vehicles one after the other.

    `goes_on` is as for `with_columns_joined`.
    """
    twins = [number for number, row in enumerate(rows) if _names_a_vehicle_twice(row)]
    if not twins:
        return list(rows)
    edge = min(rows[number].cells[1].box.x0 for number in twins) - EDGE
    first, last = twins[0], twins[-1] + 1
    while first and _is_apart(rows[first - 1], edge):
        first -= 1
    while last < len(rows) and _is_apart(rows[last], edge):
        last += 1
    block = rows[first:last]
    left = [Row(row.page, row.cells[:1]) for row in block if row.cells[0].box.x0 < edge]
    right = [Row(row.page, row.cells[-1:]) for row in block if row.cells[-1].box.x0 >= edge]
    if len(right) < FEWEST_BESIDE or not all(_is_apart(row, edge) for row in block):
        return list(rows)
    sides = [[row.cells[0] for row in side] for side in (left, right)]
    told_twice = max(map(_chinese_share, sides)) <= CHINESE_RIGHT and all(
        _names_a_vehicle_twice(row) for row in block if _names_a_vehicle(row)
    )
    if not told_twice and not _is_chinese_beside_another(*sides):
        return list(rows)
    return [*rows[:first], *_joined(left, goes_on), *_joined(right, goes_on), *rows[last:]]


def _is_chinese_beside_another(left: Sequence[Cell], right: Sequence[Cell]) -> bool:
    """Return whether the left column is in Chinese and the right one in another language."""
    return _chinese_share(left) >= CHINESE_LEFT and _chinese_share(right) <= CHINESE_RIGHT


def _chinese_share(cells: Sequence[Cell]) -> float:
    return sum(has_chinese(cell.text) for cell in cells) / max(len(cells), 1)


def _names_a_vehicle(row: Row) -> bool:
    return any(VIN.search(cell.text) for cell in row.cells)


def _names_a_vehicle_twice(row: Row) -> bool:
    found = [set(VIN.findall(cell.text)) for cell in row.cells]
    return len(found) == 2 and bool(found[0] & found[1])


def _is_apart(row: Row, edge: float) -> bool:
    """Return whether a row has a cell on either side of an edge at most, and none across it."""
    sides = [cell.box.x0 >= edge for cell in row.cells]
    return sides in ([False, True], [False], [True]) and all(
        cell.box.x1 < edge or cell.box.x0 >= edge for cell in row.cells
    )


def _block(rows: Sequence[Row], first: int) -> list[Row]:
    """Return the rows from `first` on whose lines all begin at one of the two edges that the first row sets."""
    edges = _edges(rows[first])
    last = first + 1
    while len(edges) == 2 and last < len(rows) and all(_column(cell, edges) is not None for cell in rows[last].cells):
        last += 1
    return list(rows[first:last])


def _edges(row: Row) -> list[tuple[float, float]]:
    """Return the left and right edges of a row's cells."""
    return [(cell.box.x0, cell.box.x1) for cell in row.cells]


def _column(cell: Cell, edges: Sequence[tuple[float, float]]) -> int | None:
    """Return the column whose edge a cell begins at; Arabic begins at the right one."""
    from_right = bool(_ARABIC.search(cell.text))
    side = cell.box.x1 if from_right else cell.box.x0
    return next((index for index, edge in enumerate(edges) if abs(side - edge[from_right]) < EDGE), None)


def _columns(block: Sequence[Row]) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of a block's two columns, from top to bottom."""
    edges = _edges(block[0])
    found: tuple[list[Cell], list[Cell]] = ([], [])
    for row in block:
        for cell in row.cells:
            found[_column(cell, edges) or 0].append(cell)
    return found


def _width(block: Sequence[Row]) -> float:
    return max(cell.box.width for row in block for cell in row.cells)


def _is_running_text(block: Sequence[Row]) -> bool:
    """Return whether a block is two columns of running text: both wide and with full lines, none into the other."""
    if len(block) < 3 or len(_edges(block[0])) != 2:
        return False
    edges, width, columns = _edges(block[0]), _width(block), _columns(block)
    full = [sum(cell.box.width > FULL * width for cell in column) for column in columns]
    fewest = FEWEST_FULL_TWINS if _is_chinese_beside_another(*columns) else FEWEST_FULL
    wide, apart = width > NARROWEST, edges[0][0] + width < edges[1][0] + EDGE
    return wide and apart and min(full) > 0 and sum(full) >= fewest


def _joined(block: Sequence[Row], goes_on: Callable[[Cell, Cell, float], bool]) -> list[Row]:
    """Return the rows of a block with each line taken to the one above it in its column that goes on in it."""
    edges, width = _edges(block[0]), _width(block)
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
