"""Names that a narrow column breaks before their last characters: …进出口有限公 over 司, apart from its neighbours."""

from __future__ import annotations

import re

from verifier.extraction.cells import Cell, Row

_REST = re.compile(
    r"(?P<rest>司|公司|限公司|有限公司|任公司|责任公司|份有限公司|心|中心|站|厂)(?:[(（][^()（）]{1,12}[)）])?\s*"
)
_WHOLE = re.compile(
    r"(?:有限公司|责任公司|集团公司|服务公司|维修公司|分公司|(?:维修|服务|汽车|汽修|售后)中心|(?:服务|维修)站|修理厂|维修厂)$"
)
ASIDE = 0.03
"""Share of the page width by which the rest may begin beside its line: phones bend lines, labels stand before them."""
FARTHEST_ROWS, PITCH = 3, 1.5
"""Rows below within which the rest stands, and white above it in line heights."""


def with_names_joined(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows with the last characters of broken names in the cell that they belong to.

    What stands alone under a line's left edge and makes the name's legal form or kind whole with it belongs to it.
    """
    taken: set[int] = set()
    joined: dict[int, Cell] = {}
    for number, row in enumerate(rows):
        for cell in row.cells:
            rest = _rest_of(cell, rows[number : number + 1 + FARTHEST_ROWS], taken)
            if rest:
                taken.add(id(rest))
                joined[id(cell)] = Cell.of(cell.page, [*cell.pieces, *rest.pieces])
    if not joined:
        return rows
    kept = (
        Row(row.page, tuple(joined.get(id(cell), cell) for cell in row.cells if id(cell) not in taken)) for row in rows
    )
    return tuple(row for row in kept if row.cells)


def _rest_of(cell: Cell, rows: tuple[Row, ...], taken: set[int]) -> Cell | None:
    """Return the cell with the rest of a name, None where the name is whole or nothing fits it."""
    if not "\u4e00" <= cell.text[-1:] <= "\u9fff" or _WHOLE.search(cell.text):
        return None
    line = cell.pieces[-1].box
    for row in rows:
        for other in row.cells:
            match = _REST.fullmatch(other.text)
            if other is cell or match is None or id(other) in taken or row.page != cell.page:
                continue
            under = other.box.centre[1] > line.centre[1] and other.box.y0 - line.y1 < PITCH * line.height
            beside = abs(other.box.x0 - line.x0) < ASIDE or line.x0 <= other.box.centre[0] <= line.x1
            if under and beside and _WHOLE.search(cell.text + match["rest"]):
                return other
    return None
