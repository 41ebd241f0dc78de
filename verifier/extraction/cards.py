"""Cards side by side: one that lost a rule holds together as that beside it does, and each is read to its end."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.extraction.cells import Cell, Row
from verifier.extraction.frames import are_beside
from verifier.extraction.table_heads import VIN
from verifier.formats.phones import has_international
from verifier.page import Line

FEWEST_LINES = 3
"""Lines of a card: a number, and two things said of it."""
EDGE = 0.012
"""Share of the page width by which the lines of one card may begin apart."""
BEGINNING = 2
"""Characters by which two lines are known to say the same thing, as its label does."""
FEWEST_ROWS = 2
"""Rows of cards of outlets: a name with its address, and a telephone."""
ALIKE = 0.5
"""Share of the lines of two cards that begin alike: names and addresses do not."""


def with_cards_whole(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a page, lines that stand beside those of a card one by one, and begin alike, as one cell."""
    found = list(cells)
    for card in (cell for cell in cells if _is_card(cell)):
        level = [cell for cell in found if _is_level(cell, card)]
        for first in sorted(level, key=lambda cell: cell.box.y0):
            own = [cell for cell in level if abs(cell.box.x0 - first.box.x0) < EDGE and cell in found]
            lines = sorted((line for cell in own for line in cell.pieces), key=lambda line: line.box.y0)
            if len(own) > 1 and _are_twins(lines, card.pieces):
                found = [cell for cell in found if cell not in own] + [Cell.of(card.page, lines)]
    return found


def _beginning(line: Line) -> str:
    return "".join(line.text.split())[:BEGINNING]


def _is_card(cell: Cell) -> bool:
    """Return whether every line of a cell says another thing: a column of days or numbers is no card."""
    return len(cell.pieces) >= FEWEST_LINES and len({_beginning(line) for line in cell.pieces}) == len(cell.pieces)


def _is_level(cell: Cell, card: Cell) -> bool:
    """Return whether a cell stands beside a card, each of its lines level with one of the card's."""
    apart = cell.box.x1 < card.box.x0 or cell.box.x0 > card.box.x1
    return apart and all(any(are_beside(line.box, other.box) for other in card.pieces) for line in cell.pieces)


def _are_twins(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Return whether lines stand beside those of a card one by one, most saying the same thing of another vehicle."""
    if len(lines) != len(others) or not all(are_beside(a.box, b.box) for a, b in zip(lines, others, strict=True)):
        return False
    return sum(_beginning(a) == _beginning(b) for a, b in zip(lines, others, strict=True)) >= ALIKE * len(lines)


def with_cards_apart(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a page, outlets that stand side by side one after the other.

    Their lines begin at the same edges, and each ends with a telephone number: no table has one in every column.
    """
    found: list[Row] = []
    for row in rows:
        found.append(row)
        first = _first_of_cards(found)
        if len(found) - first >= FEWEST_ROWS:
            cards = found[first:]
            del found[first:]
            found += [Row(row.page, (one.cells[card],)) for card in range(len(row.cells)) for one in cards]
    return found


def _first_of_cards(rows: Sequence[Row]) -> int:
    """Return the number of the first row of the cards that the last row ends; behind it where it ends none."""
    last = rows[-1]
    if len(last.cells) < 2 or not all(has_international(cell.text) for cell in last.cells):
        return len(rows)
    first = len(rows) - 1
    while first and _goes_on(rows[first - 1], last):
        first -= 1
    return first


def _goes_on(row: Row, last: Row) -> bool:
    """Return whether a row is one of the lines of cards over their last one."""
    level = len(row.cells) == len(last.cells) and all(
        abs(a.box.x0 - b.box.x0) < EDGE for a, b in zip(row.cells, last.cells, strict=True)
    )
    return level and not any(has_international(cell.text) or VIN.search(cell.text) for cell in row.cells)
