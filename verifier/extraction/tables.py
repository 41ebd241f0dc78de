"""Tables: a header row whose cells are labels, and the rows under it, over page breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import begins_with_label, label_places
from verifier.extraction.labels import Labels
from verifier.extraction.spans import spanned
from verifier.extraction.table_bands import ONCE_A_ROW, SPANNING, Placed, band_of, may_span
from verifier.extraction.table_heads import (
    FEWEST_HEADERS,
    UNKNOWN,
    VEHICLE_COLUMNS,
    VIN,
    WIDEST_GAP,
    Column,
    columns_of,
    kind_of,
    label_of,
    with_second_level,
)

LYING_ROWS = 8
"""Rows above and below the VINs in which a table whose vehicles stand side by side tells about them."""
FEWEST_NAME_LETTERS = 4
"""Letters of an outlet's name: serial numbers, grades and cities of two characters are none."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row under a header: cells by column name.

    `number` is the row of the page with its first or its VIN, `more` the others that lines of it take up.
    """

    number: int
    cells: Mapping[str, Cell]
    more: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """All rows of the page that it takes up."""
        return (self.number, *self.more)


@dataclass(frozen=True, slots=True)
class Table:
    """A header with its rows; `kind` is "vehicles" or "outlets"."""

    kind: str
    header: int
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def find_tables(rows: tuple[Row, ...], labels: Labels) -> tuple[Table, ...]:
    """Return the tables of vehicles and outlets; a header holds until text of another shape comes."""
    tables = []
    number = 0
    while number < len(rows):
        columns = columns_of(rows[number], labels)
        kind = kind_of(columns)
        lying = _lying_table(rows, number, labels)
        if lying:
            tables.append(lying)
            number = max(lying.header, number) + 1
        elif kind:
            columns, last = with_second_level(rows, number, columns, labels)
            if kind == "outlets":
                columns = _with_name_column(rows, last + 1, columns, labels)
            body, after = _body(rows, last + 1, columns, labels)
            if body:
                tables.append(Table(kind, number, tuple(column.name for column in columns), tuple(body)))
            number = after if body else number + 1
        else:
            number += 1
    return tuple(tables)


def _lying_table(rows: tuple[Row, ...], number: int, labels: Labels) -> Table | None:
    """Return the table whose labels stand in the first column and whose vehicles stand side by side."""
    vehicles = rows[number].cells[1:]
    if len(vehicles) < FEWEST_HEADERS or label_of(rows[number], labels) != "vin":
        return None
    if not all(VIN.search(cell.text) for cell in vehicles):
        return None
    told: list[dict[str, Cell]] = [{} for _ in vehicles]
    for row in rows[max(number - LYING_ROWS, 0) : number + LYING_ROWS]:
        name = label_of(row, labels)
        if name in VEHICLE_COLUMNS | {"export_country"} and len(row.cells) == len(vehicles) + 1:
            for about, cell in zip(told, row.cells[1:], strict=True):
                about.setdefault(name or "", cell)
    return Table("vehicles", number, tuple(told[0]), tuple(TableRow(number, about) for about in told))


_PAIR = re.compile(r"[^\W\d_]{2,8}\s*[:：]\s*[^\W\d_]")
"""A label with its value in one cell, as the people of the office stand under a table: 制表：…　审核：…"""


def _body(rows: tuple[Row, ...], start: int, columns: list[Column], labels: Labels) -> tuple[list[TableRow], int]:
    """Return the rows under a header and the number of the first row after the table."""
    body: list[TableRow] = []
    loose: list[tuple[str, Cell]] = []
    page, bottom = rows[start - 1].page, rows[start - 1].box.y1
    number = start
    while number < len(rows):
        row = rows[number]
        band = band_of(rows, number, columns, body[-1].cells if body else None)
        if kind_of(columns_of(row, labels)) or (len(band) == 1 and begins_with_label(row.cells[0], labels)):
            break
        if len(row.cells) > 1 and all(_PAIR.match(cell.text) for cell in row.cells):
            break
        placed = band[0]
        if row.page == page and row.box.y0 - bottom > WIDEST_GAP * min(cell.box.height for cell in row.cells):
            break
        if len(band) > 1 or len(placed) >= min(2, len(columns)):
            body += _rows_of(number, band)
            page, bottom = row.page, rows[number + len(band) - 1].box.y1
        elif body and len(placed) == len(row.cells) and (merged := _merged(placed, body[-1])):
            loose += merged
            bottom = max(bottom, row.box.centre[1])
        elif body and len(row.cells) == 1 and placed and _continues(placed, body[-1], columns, labels):
            body[-1] = _joined(body[-1], placed, number)
            bottom = row.box.y1
        elif row.page == page:
            break
        number += len(band)
    return _with_spans(body, loose), max(number, start)


def _with_name_column(rows: tuple[Row, ...], start: int, columns: list[Column], labels: Labels) -> list[Column]:
    """Return the columns of outlets, the first unknown one that holds words being their names where none is said to."""
    if any(column.name in ("outlet_name", "issuer", "name") for column in columns):
        return columns
    for index, column in enumerate(columns):
        if column.name == UNKNOWN:
            named = [*columns[:index], Column("outlet_name", column.head, column.group), *columns[index + 1 :]]
            cells = [
                row.cells["outlet_name"].text
                for row in _body(rows, start, named, labels)[0]
                if "outlet_name" in row.cells
            ]
            if cells and all(sum(map(str.isalpha, text)) >= FEWEST_NAME_LETTERS for text in cells):
                return named
    return columns


def _merged(placed: Placed, last: TableRow) -> list[tuple[str, Cell]]:
    """Return the cells of a row between two others under columns that the row above lacks: they span several rows."""
    cells = [(column.name, cell) for column, cell in placed.items()]
    near = all(cell.box.y0 - _bottom_of(last) < cell.box.height for _, cell in cells)
    return cells if near and may_span(placed, last.cells) else []


def _bottom_of(row: TableRow) -> float:
    """Return where a row ends, as a share of the page height."""
    return max(cell.box.y1 for cell in row.cells.values())


def _with_spans(body: list[TableRow], loose: list[tuple[str, Cell]]) -> list[TableRow]:
    """Return the rows with what merged cells say of all the rows that they span."""
    cells = [dict(row.cells) for row in body]
    stated = {name for own in cells for name in SPANNING & own.keys()}
    for name in {name for name, _ in loose} | {name for name in stated if any(name not in own for own in cells)}:
        of_page: dict[int, list[Cell]] = {}
        for cell in [cell for other, cell in loose if other == name] + [own[name] for own in cells if name in own]:
            of_page.setdefault(cell.page, []).append(cell)
        for page, spanning in of_page.items():
            spanning.sort(key=lambda cell: cell.box.centre[1])
            on_page = [own for own in cells if next(iter(own.values())).page == page]
            middles = [min(cell.box.centre[1] for cell in own.values()) for own in on_page]
            found = spanned(middles, [cell.box.centre[1] for cell in spanning])
            for own, index in zip(on_page, found or (), strict=False):
                own[name] = spanning[index]
    return [replace(row, cells=own) for row, own in zip(body, cells, strict=True)]


def _rows_of(number: int, band: list[Placed]) -> list[TableRow]:
    """Return what a row says whose lines are `band`, one for each group of columns that holds anything."""
    groups: dict[int, dict[str, Cell]] = {}
    for column, cell in ((column, cell) for placed in band for column, cell in placed.items()):
        if column.name != UNKNOWN:
            cells = groups.setdefault(column.group, {})
            above = cells.get(column.name)
            cells[column.name] = Cell.of(cell.page, [*above.pieces, *cell.pieces]) if above else cell
    keyed = next((n for n, placed in enumerate(band) if any(column.name == "vin" for column in placed)), 0)
    more = tuple(number + other for other in range(len(band)) if other != keyed)
    return [TableRow(number + keyed, cells, more) for _, cells in sorted(groups.items())]


def _continues(placed: Placed, last: TableRow, columns: list[Column], labels: Labels) -> bool:
    """Return whether a lone cell close under a row is the next line of one of its cells, no heading under the table."""
    (column, cell), *_ = placed.items()
    if label_places(cell, labels) or (column.name in ONCE_A_ROW and not cell.text.isascii()):
        return False
    bottom, height = _bottom_of(last), cell.box.height
    narrow = cell.box.width < 0.6 * (max(c.head.box.x1 for c in columns) - min(c.head.box.x0 for c in columns))
    return narrow and 0 <= cell.box.y0 - bottom + 0.5 * height < 1.2 * height


def _joined(last: TableRow, more: Placed, number: int) -> TableRow:
    cells = dict(last.cells)
    for name, cell in ((column.name, cell) for column, cell in more.items() if column.name != UNKNOWN):
        cells[name] = Cell.of(cell.page, [*cells[name].pieces, *cell.pieces]) if name in cells else cell
    return TableRow(last.number, cells, (*last.more, number))
