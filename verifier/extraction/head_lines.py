"""Heads of a table that take several lines: words broken off, and twins in another language."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.extraction.cells import Cell, Row
from verifier.extraction.labels import Labels
from verifier.extraction.table_bands import HEADING, Rules, widest
from verifier.extraction.table_heads import Column, heads_in, holds_value
from verifier.page import Box

MOST_HEAD_LINES = 3
"""Lines under the first one of a table's heads."""
WIDEST_OVER = 2.0
"""Widths of a head up to which the line over it may be its first half."""
FARTHEST_OVER = 1.3
"""Line heights from the middle of a line over a header to the header's: the caption of a table stands farther off."""


def with_head_lines(
    rows: Sequence[Row], number: int, columns: list[Column], labels: Labels, rules: Rules
) -> tuple[list[Column], int]:
    """Return the columns with what stands over and under the first line of their heads, and the last such line.

    注册日期/Date of first with registration under it is one head; so is one in a second language under the first.
    """
    below = _head_lines(rows, number, columns, rules)
    last = below[-1] if below else number
    line = rows[number - 1] if number else None
    above = [number - 1] if line and _reaches_into(line, rows[number]) and _is_head_line(line, columns) else []
    lines = [cell for n in (*above, *below) for cell in rows[n].cells]
    if not lines:
        return columns, number
    heads: list[tuple[Column | None, list[Cell]]] = [(column, [column.head]) for column in columns]
    for cell in lines:
        over = [parts for _, parts in heads if any(_share(cell.box, part.box) for part in parts)]
        if over:
            over[0].append(cell)
        else:
            heads.append((None, [cell]))
    return [_head_of(column, parts, labels) for column, parts in heads], last


def _head_lines(rows: Sequence[Row], number: int, columns: Sequence[Column], rules: Rules) -> list[int]:
    """Return the lines under the first one of a header that belong to it: nearer to it than to the first row."""
    row = rows[number]
    lines = [number]
    for other in range(number + 1, min(number + 2 + MOST_HEAD_LINES, len(rows))):
        if rows[other].page != row.page:
            break
        lines.append(other)
        if any(holds_value(cell) for cell in rows[other].cells):
            break
    else:
        return []
    cut = widest(rows, lines, rules)
    if cut is None or not any(holds_value(cell) for cell in rows[lines[-1]].cells):
        return []
    found = lines[1:cut]
    whole = all(_is_head_line(rows[other], columns) for other in found)
    return found if whole else []


def _is_head_line(row: Row, columns: Sequence[Column]) -> bool:
    """Return whether every cell of a line is part of one head: its words, or its twin in another language."""
    return all(
        sum(_share(cell.box, column.head.box) for column in columns) <= 1 and not HEADING.search(cell.text)
        for cell in row.cells
    )


def _reaches_into(above: Row, row: Row) -> bool:
    """Return whether a line begins over a header's and ends beside it: the first half of a head of two lines."""
    near = row.box.centre[1] - above.box.centre[1] < FARTHEST_OVER * min(cell.box.height for cell in above.cells)
    widest_head = max((cell.box.width for cell in row.cells if _share(cell.box, above.box)), default=1.0)
    narrow = above.box.width <= WIDEST_OVER * widest_head
    same = above.page == row.page and above.box.y1 > row.box.y0 and near and narrow
    return same and not any(holds_value(cell) or HEADING.search(cell.text) for cell in above.cells)


def _share(a: Box, b: Box) -> bool:
    """Return whether one box stands over another for the most part."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * min(a.width, b.width)


def _head_of(column: Column | None, parts: list[Cell], labels: Labels) -> Column:
    """Return the column whose head is made of lines; what all of them say counts before what the first one says."""
    pieces = sorted((piece for part in parts for piece in part.pieces), key=lambda piece: piece.box.centre[1])
    head = Cell.of(parts[0].page, pieces)
    if len(parts) == 1 and column:
        return column
    named = heads_in(head, labels)
    name = named[0][0] if len(named) == 1 else column.name if column else ""
    return Column(name, head, column.group if column else 0)
