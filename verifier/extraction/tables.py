"""Tables: a header row whose cells are labels, and the rows under it, over page breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from verifier.extraction.cells import Cell, Row
from verifier.extraction.labels import Labels, label_places
from verifier.page import Box

FEWEST_HEADERS = 2
VEHICLE_COLUMNS = frozenset({"vin", "brand", "model", "brand_model", "registration_date", "transfer_date"})
OUTLET_COLUMNS = frozenset({"outlet_name", "outlet_address", "outlet_contact", "outlet_phone"})
FARTHEST = 0.15
"""Share of the page width between a cell's left side or middle and its header's: further apart do not fit."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row under a header: cells by column name."""

    number: int
    cells: Mapping[str, Cell]


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
        columns = _columns_of(rows[number], labels)
        kind = _kind_of(columns)
        if kind:
            body, after = _body(rows, number + 1, columns, labels)
            tables.append(Table(kind, number, tuple(name for name, _ in columns), tuple(body)))
            number = after
        else:
            number += 1
    return tuple(tables)


def _columns_of(row: Row, labels: Labels) -> list[tuple[str, Cell]]:
    """Return (label, cell) of a header row, empty where the row is none."""
    columns = []
    for cell in row.cells:
        places = label_places(cell, labels)
        if places and places[0].start <= 2 and _is_all_label(cell, labels):
            columns.append((places[0].name, cell))
    return columns if len(columns) >= max(FEWEST_HEADERS, (len(row.cells) + 1) // 2) else []


def _is_all_label(cell: Cell, labels: Labels) -> bool:
    """Return whether a cell is labels and next to nothing else: "服务提供方 Provider", "VIN（17位）"."""
    rest = list(cell.text)
    for mention in labels.fields.find(cell.text):
        rest[mention.start : mention.stop] = [""] * (mention.stop - mention.start)
    left = "".join(rest).strip(" ():：（）/,，.")
    return len(left) <= 2 or (left.isascii() and len(left) <= 0.6 * len(cell.text) and not any(map(str.isdigit, left)))


def _kind_of(columns: list[tuple[str, Cell]]) -> str | None:
    names = {name for name, _ in columns}
    if "vin" in names:
        return "vehicles"
    if len(names & OUTLET_COLUMNS) >= FEWEST_HEADERS:
        return "outlets"
    return "vehicles" if len(names & VEHICLE_COLUMNS) >= FEWEST_HEADERS + 1 else None


def _body(
    rows: tuple[Row, ...], start: int, columns: list[tuple[str, Cell]], labels: Labels
) -> tuple[list[TableRow], int]:
    """Return the rows under a header and the number of the first row after the table."""
    body: list[TableRow] = []
    page = rows[start - 1].page
    number = start
    while number < len(rows):
        row = rows[number]
        if _kind_of(_columns_of(row, labels)):
            break
        placed = _placed(row, columns)
        if len(placed) >= min(2, len(columns)):
            body.append(TableRow(number, placed))
            page = row.page
        elif body and len(row.cells) == 1 and placed and _continues(row, body[-1], columns, labels):
            body[-1] = _joined(body[-1], placed)
        elif row.page == page:
            break
        number += 1
    return body, max(number, start)


def _placed(row: Row, columns: list[tuple[str, Cell]]) -> dict[str, Cell]:
    """Return the cells of a row under the columns they stand in, the best fitting pairs first."""
    pairs = sorted(
        (_misfit(cell.box, head.box), index, name) for index, cell in enumerate(row.cells) for name, head in columns
    )
    placed: dict[str, Cell] = {}
    used: set[int] = set()
    for misfit, index, name in pairs:
        if misfit <= FARTHEST and index not in used and name not in placed:
            placed[name] = row.cells[index]
            used.add(index)
    return placed


def _misfit(cell: Box, head: Box) -> float:
    """Return how far a cell is from standing under a header: left or centred, less what they share."""
    aligned = min(abs(cell.x0 - head.x0), abs(cell.centre[0] - head.centre[0]))
    shared = min(cell.x1, head.x1) - max(cell.x0, head.x0)
    return aligned - (max(shared, 0.0) / max(min(cell.width, head.width), 1e-6)) * FARTHEST


def _continues(row: Row, last: TableRow, columns: list[tuple[str, Cell]], labels: Labels) -> bool:
    """Return whether a lone cell close under a row is the next line of one of its cells."""
    if label_places(row.cells[0], labels):
        return False
    bottom = max(cell.box.y1 for cell in last.cells.values())
    height = row.box.height
    narrow = row.box.width < 0.6 * (max(h.box.x1 for _, h in columns) - min(h.box.x0 for _, h in columns))
    return narrow and 0 <= row.box.y0 - bottom + 0.5 * height < 1.2 * height


def _joined(last: TableRow, more: dict[str, Cell]) -> TableRow:
    cells = dict(last.cells)
    for name, cell in more.items():
        cells[name] = Cell.of(cell.page, [*cells[name].pieces, *cell.pieces]) if name in cells else cell
    return TableRow(last.number, cells)
