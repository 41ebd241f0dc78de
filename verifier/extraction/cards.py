"""Cards side by side, of which one lost a rule: its lines are one cell as those of the card beside it are."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.extraction.cells import Cell
from verifier.extraction.frames import are_beside
from verifier.page import Line

FEWEST_LINES = 3
"""Lines of a card: a number, and two things said of it."""
EDGE = 0.012
"""Share of the page width by which the lines of one card may begin apart."""
BEGINNING = 2
"""Characters by which two lines are known to say the same thing, as its label does."""
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
