"""Columns whose heads were not read, told by what stands under them."""

from __future__ import annotations

from verifier.extraction.cells import Row
from verifier.extraction.labels import Labels
from verifier.extraction.table_bands import placed
from verifier.extraction.table_heads import (
    MODEL,
    UNKNOWN,
    VIN,
    Column,
)
from verifier.formats.phones import has_international


def with_phone_column(rows: tuple[Row, ...], start: int, columns: list[Column]) -> list[Column]:
    """Return the columns of outlets with one of telephones, where the first row has one under no head that was read."""
    if start >= len(rows) or any(column.name in ("outlet_phone", "contact_and_phone") for column in columns):
        return columns
    row = rows[start]
    phones = [cell for cell in row.cells if has_international(cell.text)]
    if len(phones) != 1 or row.page != rows[start - 1].page:
        return columns
    under = next((column for column, cell in placed(row, columns).items() if cell is phones[0]), None)
    if under is not None and under.name != UNKNOWN:
        return columns
    return [column for column in columns if column is not under] + [Column("outlet_phone", phones[0], 0)]


def with_address_column(rows: tuple[Row, ...], start: int, columns: list[Column], labels: Labels) -> list[Column]:
    """Return the columns of outlets with one of addresses, where the first row has one under no head that was read.

    An address names a place; it stands under no known head.
    """
    if start >= len(rows) or any(column.name == "outlet_address" for column in columns):
        return columns
    known = {id(cell) for column, cell in placed(rows[start], columns).items() if column.name != UNKNOWN}
    found = [
        cell
        for cell in rows[start].cells
        if id(cell) not in known and (labels.places.find(cell.text) or labels.countries.find(cell.text))
    ]
    if len(found) != 1 or rows[start].page != rows[start - 1].page:
        return columns
    under = next((column for column, cell in placed(rows[start], columns).items() if cell is found[0]), None)
    return [column for column in columns if column is not under] + [Column("outlet_address", found[0], 0)]


def with_known_values(rows: tuple[Row, ...], start: int, columns: list[Column]) -> list[Column]:
    """Return the columns of vehicles, those named whose heads were misread and whose first value tells what they hold.

    A VIN and a designation tell that; of either no other column may be known.
    """
    under = placed(rows[start], columns) if start < len(rows) else {}
    for name, looks in (("vin", VIN), ("model", MODEL)):
        found = [column for column, cell in under.items() if looks.fullmatch(cell.text) and column.name == UNKNOWN]
        if len(found) == 1 and all(column.name not in (name, "brand_model") for column in columns):
            columns = [Column(name, one.head, one.group) if one is found[0] else one for one in columns]
    return columns
