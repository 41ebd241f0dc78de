"""Which rows of a table a merged cell is about: one cell stands in the middle of all the rows that it spans."""

from __future__ import annotations

from collections.abc import Sequence

SLACK = 0.35
"""Share of the distance between two rows by which a merged cell may stand off the middle of its rows."""


def spanned(rows: Sequence[float], cells: Sequence[float]) -> list[int] | None:
    """Return for each row the index of the cell that spans it.

    `rows` and `cells` are the heights of their middles on one page, from top to bottom. The cells must cover all rows,
    one behind the other, each standing in the middle of its own; None where they do not, as with an empty cell.

    >>> spanned([1, 2, 3, 4], [1.5, 3.5])
    [0, 0, 1, 1]
    >>> spanned([1, 2, 3], [1, 3]) is None
    True
    """
    found: list[int] = []
    for index, middle in enumerate(cells):
        first = len(found)
        if first == len(rows):
            return None
        wanted = 2 * middle - rows[first]
        last = min(range(first, len(rows)), key=lambda number: abs(rows[number] - wanted))
        pitch = (rows[-1] - rows[0]) / max(len(rows) - 1, 1)
        if abs(rows[last] - wanted) > 2 * SLACK * pitch:
            return None
        found += [index] * (last - first + 1)
    return found if len(found) == len(rows) else None
