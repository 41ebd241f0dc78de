"""Where a table is over: another header, a label with its value, the people of the office."""

from __future__ import annotations

import re

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import begins_with_label, label_places
from verifier.extraction.labels import Labels
from verifier.extraction.table_bands import is_labelled_contact, placed
from verifier.extraction.table_heads import OUTLET_COLUMNS, Column, columns_of, kind_of

_PAIR = re.compile(r"[^\W\d_]{2,8}\s*[:：]\s*[^\W\d_]")
"""A label with its value in one cell, as the people of the office stand under a table: 制表：…　审核：…"""


def ends_table(row: Row, columns: list[Column], labels: Labels) -> bool:
    """Return whether a row is no table's: another header, a label with its value, the people of the office.

    Contacts keep their labels (联系人：… over 电话：…) where one column holds both.
    """
    labelled = begins_with_label(row.cells[0], labels) and not is_labelled_contact(row.cells[0], columns, labels)
    labelled = labelled and not _ends_name(row, columns, labels)
    if kind_of(columns_of(row, labels)) or labelled or any(_signs(cell, columns, labels) for cell in row.cells):
        return True
    return len(row.cells) > 1 and all(_PAIR.match(cell.text) for cell in row.cells)


def _ends_name(row: Row, columns: list[Column], labels: Labels) -> bool:
    """Return whether a row begins with the last words of a provider's name, which are a label elsewhere.

    "Service Center" under "Accra Silkway", beside the last lines of its neighbours, has no colon and stands under the
    names' head.
    """
    cell = row.cells[0]
    column = next((column for column, own in placed(row, columns).items() if own is cell), None)
    plain = all(place.name in OUTLET_COLUMNS and not place.marked for place in label_places(cell, labels))
    heads = [place for other in row.cells[1:] for place in label_places(other, labels)]
    return column is not None and column.name == "outlet_name" and len(row.cells) > 1 and plain and not heads


def _signs(cell: Cell, columns: list[Column], labels: Labels) -> bool:
    """Return whether a cell begins with a label of the closing: who signs, or the day."""
    places = label_places(cell, labels)
    about = places[0].name if places and places[0].start == 0 else None
    return about in ("issuer", "signature", "issued_on") and all(column.name != about for column in columns)
