"""The rows of a table whose vehicles or outlets stand side by side: its labels are its first column."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from verifier.extraction.cells import Row
from verifier.extraction.labels import Labels
from verifier.extraction.table_heads import FEWEST_HEADERS, OUTLET_COLUMNS, VEHICLE_COLUMNS, heads_in, label_of

LYING_COLUMNS = VEHICLE_COLUMNS | {"export_country"}
"""Labels of what such a table says of a vehicle."""
LYING_OUTLET_COLUMNS = OUTLET_COLUMNS | {"outlet_country", "contact_and_phone", "name"}
"""Labels of what such a table says of an outlet."""
LYING_ROWS = 8
"""Rows above and below the VINs in which a table whose vehicles stand side by side tells about them."""


def lying_rows(rows: Sequence[Row], number: int, labels: Labels) -> range:
    """Return the rows that may tell about the vehicles of a row of VINs, itself among them.

    Where such tables stand one under the other, the next one begins with what stands over the VINs of the first, and
    with a serial number at the latest.
    """
    first = number
    while (above := _vins_before(rows, first, labels)) is not None:
        first = above
    over = {name for row in rows[max(first - LYING_ROWS, 0) : first] if (name := label_of(row, labels))}
    over &= LYING_COLUMNS | {"serial", "number"}
    below = [n for n in range(number + 1, min(number + LYING_ROWS, len(rows))) if _begins_block(rows[n], over, labels)]
    above = _vins_before(rows, number, labels)
    begins = max(number - LYING_ROWS, 0)
    if above is not None:
        heads = [n for n in range(above + 1, number) if _begins_block(rows[n], over, labels)]
        begins = min(heads, default=number)
    return range(begins, min(below, default=min(number + LYING_ROWS, len(rows))))


def lying_outlet_rows(rows: Sequence[Row], number: int, labels: Labels) -> list[int]:
    """Return the rows that tell about outlets side by side around a row of their addresses; empty where it is none.

    Every row about it has as many cells, and no label but its first one.
    """
    width = len(rows[number].cells)
    if width <= FEWEST_HEADERS or label_of(rows[number], labels) != "outlet_address":
        return []

    def tells(other: int) -> bool:
        row = rows[other]
        same = row.page == rows[number].page and len(row.cells) == width
        if not same or label_of(row, labels) not in LYING_OUTLET_COLUMNS:
            return False
        return not any(heads_in(cell, labels) for cell in row.cells[1:])

    first = last = number
    while first > 0 and tells(first - 1):
        first -= 1
    while last + 1 < len(rows) and tells(last + 1):
        last += 1
    return list(range(first, last + 1)) if tells(number) and first < last else []


def _vins_before(rows: Sequence[Row], number: int, labels: Labels) -> int | None:
    """Return the last row of VINs within reach above another."""
    reach = range(number - 1, max(number - 2 * LYING_ROWS, -1), -1)
    return next((n for n in reach if label_of(rows[n], labels) == "vin"), None)


def _begins_block(row: Row, over: Collection[str], labels: Labels) -> bool:
    """Return whether a row is the first of a lying table: a row of VINs, or of what stands over them."""
    name = label_of(row, labels)
    return name == "vin" or name in over
