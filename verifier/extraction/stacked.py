"""Columns in which labels stand over their values, beside others that have nothing to do with them: sidebars, cards.

What stands to the right of such a label is a line of another column. A column is told by a label whose kind of value
(a day, a country) stands under it and not beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import begins_with_label, is_label, label_places
from verifier.extraction.labels import Labels
from verifier.formats.dates import find_dates

DAYS = ("issued_on", "valid_until", "registration_date", "transfer_date")
ROWS_UNDER = 2
"""Rows in which the value under a label is sought: lines of other columns stand between."""
SAME_COLUMN, INWARD = 0.025, 0.03
"""Shares of the page width by which labels of one column, and their values, may stand aside."""


@dataclass(frozen=True, slots=True)
class _Lone:
    """A cell that is a label and nothing else, beside another one and over its value."""

    cell: Cell
    under: Cell
    over: bool
    """Its kind of value stands under it and not beside it."""
    beside: bool
    """Its kind of value stands beside it."""


def values_under_labels(rows: Sequence[Row], labels: Labels) -> dict[int, Cell]:
    """Return the value under each label that stands over its own, by the label cell's identity."""
    lone = list(_lone_labels(rows, labels))
    found = {}
    for one in lone:
        column = [other for other in lone if _in_one_column(one.cell, other.cell)]
        if any(other.over for other in column) and not any(other.beside for other in column):
            found[id(one.cell)] = one.under
    return found


def _in_one_column(one: Cell, other: Cell) -> bool:
    return one.page == other.page and abs(one.box.x0 - other.box.x0) < SAME_COLUMN


def _lone_labels(rows: Sequence[Row], labels: Labels) -> Iterator[_Lone]:
    for number, row in enumerate(rows):
        for cell, right in zip(row.cells, row.cells[1:], strict=False):
            if not is_label(cell, labels):
                continue
            below = [c for later in rows[number + 1 : number + 1 + ROWS_UNDER] for c in later.cells]
            under = next((c for c in below if -SAME_COLUMN < c.box.x0 - cell.box.x0 < INWARD), None)
            if under is None or under.page != cell.page or begins_with_label(under, labels):
                continue
            name = label_places(cell, labels)[0].name
            beside = _is_of_kind(right, name, labels)
            yield _Lone(cell, under, _is_of_kind(under, name, labels) and not beside, beside)


def _is_of_kind(cell: Cell, name: str, labels: Labels) -> bool:
    """Return whether a cell holds a day or a country, as its label says, and next to nothing else."""
    found = (
        find_dates(cell.text) if name in DAYS else labels.countries.find(cell.text) if name == "export_country" else ()
    )
    return any(2 * (mention.stop - mention.start) > len(cell.text) for mention in found)
