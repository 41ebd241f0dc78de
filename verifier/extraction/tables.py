"""Tables: a header row whose cells are labels, and the rows under it, over page breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from verifier.extraction.cells import Cell, Row
from verifier.extraction.halves import Half, halves_of
from verifier.extraction.head_lines import with_head_lines
from verifier.extraction.labels import Labels
from verifier.extraction.lying_rows import LYING_COLUMNS, lying_outlet_rows, lying_rows
from verifier.extraction.spans import spanned
from verifier.extraction.table_bands import Rules, are_parted, banded, may_go_on, placed, under
from verifier.extraction.table_ends import ends_table
from verifier.extraction.table_heads import (
    FEWEST_HEADERS,
    UNKNOWN,
    VIN,
    WIDEST_GAP,
    Column,
    columns_of,
    kind_of,
    label_of,
    with_second_level,
)
from verifier.extraction.unheaded import with_address_column, with_known_values, with_phone_column

FEWEST_NAME_LETTERS = 4
"""Letters of an outlet's name: serial numbers, grades and cities of two characters are none."""
NUMBERED = frozenset({"serial", "number"})
"""Columns of serial numbers: No. may head either."""
CLOSE = 0.5
"""White between two lines of one cell, in line heights: rows of a table have their rule and margins between."""
SPANNING = frozenset({"brand", "model", "brand_model", "export_country", "registration_date", "transfer_date"})
"""Columns whose cells offices merge over the vehicles that they are the same for."""


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
    lines: tuple[int, ...]
    """Numbers of the rows that it takes up, header and wrapped lines included."""


def find_tables(rows: tuple[Row, ...], labels: Labels, rules: Rules) -> tuple[Table, ...]:
    """Return the tables of vehicles and outlets; a header holds until text of another shape comes."""
    tables = []
    number = 0
    while number < len(rows):
        columns = columns_of(rows[number], labels)
        kind = kind_of(columns)
        lying = _lying_table(rows, number, labels) or _lying_outlets(rows, number, labels)
        if lying:
            tables.append(lying)
            number = max(lying.header, number) + 1
        elif kind:
            columns, last = with_second_level(rows, number, columns, labels)
            if last == number:
                columns, last = with_head_lines(rows, number, columns, labels, rules)
            halves = halves_of(rows, number, last + 1, columns, partial(ends_table, columns=columns, labels=labels))
            if halves:
                tables += [table for half in halves if (table := _table_of(half, number, labels, rules))]
                number = max([last, *(n for half in halves for n in half.numbers)]) + 1
                continue
            if kind == "outlets":
                columns = _with_name_column(rows, last + 1, columns, labels, rules)
            else:
                columns = with_known_values(rows, last + 1, columns)
            body, lines, after = _body(rows, last + 1, columns, labels, rules)
            if body:
                names = tuple(column.name for column in columns)
                tables.append(Table(kind, number, names, tuple(body), (*range(number, last + 1), *lines)))
            number = after if body else number + 1
        else:
            number += 1
    return tuple(tables)


def _table_of(half: Half, header: int, labels: Labels, rules: Rules) -> Table | None:
    """Return the table that one of two halves is, None where no row stands under its heads."""
    body, lines, _ = _body(half.rows, 1, half.columns, labels, rules)
    if not body:
        return None
    names = tuple(column.name for column in half.columns)
    found = tuple(TableRow(half.numbers[row.number], row.cells) for row in body)
    return Table(half.kind, header, names, found, (header, *sorted({half.numbers[line] for line in lines})))


def _lying_table(rows: tuple[Row, ...], number: int, labels: Labels) -> Table | None:
    """Return the table whose labels stand in the first column and whose vehicles stand side by side."""
    vehicles = rows[number].cells[1:]
    if len(vehicles) < FEWEST_HEADERS or label_of(rows[number], labels) != "vin":
        return None
    if not all(VIN.search(cell.text) for cell in vehicles):
        return None
    told: list[dict[str, Cell]] = [{} for _ in vehicles]
    lines = [number]
    for other in lying_rows(rows, number, labels):
        name = label_of(rows[other], labels)
        if name in LYING_COLUMNS and len(rows[other].cells) == len(vehicles) + 1:
            lines.append(other)
            for about, cell in zip(told, rows[other].cells[1:], strict=True):
                about.setdefault(name or "", cell)
    return Table("vehicles", number, tuple(told[0]), tuple(TableRow(number, about) for about in told), tuple(lines))


def _lying_outlets(rows: tuple[Row, ...], number: int, labels: Labels) -> Table | None:
    """Return the table whose labels stand in the first column and whose outlets stand side by side."""
    lines = lying_outlet_rows(rows, number, labels)
    if not lines:
        return None
    names = [label_of(rows[line], labels) or "" for line in lines]
    told = [
        {name: rows[line].cells[index] for name, line in zip(names, lines, strict=True)}
        for index in range(1, len(rows[number].cells))
    ]
    return Table("outlets", lines[-1], tuple(names), tuple(TableRow(number, about) for about in told), tuple(lines))


def _body(
    rows: tuple[Row, ...], start: int, columns: list[Column], labels: Labels, rules: Rules
) -> tuple[list[TableRow], list[int], int]:
    """Return the rows under a header, the numbers of the lines they take, and that of the first row after them."""
    body: list[TableRow] = []
    loose: list[tuple[str, Cell]] = []
    lines: list[int] = []
    page, bottom = rows[start - 1].page, rows[start - 1].box.y1
    number = start
    bands = banded(rows, start, columns, labels, rules, lambda row: ends_table(row, columns, labels))
    while number < len(rows):
        row = bands.rows.get(number, rows[number])
        if number in bands.owner:
            lines.append(number)
            number += 1
            continue
        if ends_table(row, columns, labels):
            break
        cells = placed(row, columns)
        if row.page == page and row.box.y0 - bottom > WIDEST_GAP * min(cell.box.height for cell in row.cells):
            break
        if body and _is_rest(row, cells, body[-1]):
            body[-1] = _joined(body[-1], cells)
            bottom = row.box.y1
        elif len(cells) >= min(2, len(columns)):
            body += _rows_of(number, cells)
            page, bottom = row.page, row.box.y1
        elif body and len(cells) == len(row.cells) and (merged := _merged(cells, body[-1])):
            loose += merged
            bottom = max(bottom, row.box.centre[1])
        elif body and len(row.cells) == 1 and cells and _continues(row, body[-1], columns, labels, rules):
            body[-1] = _joined(body[-1], under(row, _beside(body[-1], columns), columns))
            bottom = row.box.y1
        elif row.page == page:
            break
        else:
            number += 1
            continue
        lines.append(number)
        number += 1
    return _with_spans(body, loose), lines, max(number, start)


def _with_name_column(
    rows: tuple[Row, ...], start: int, columns: list[Column], labels: Labels, rules: Rules
) -> list[Column]:
    """Return the columns of outlets, the first unknown one that holds words being their names where none is said to."""
    columns = with_address_column(rows, start, with_phone_column(rows, start, columns), labels)
    if any(column.name in ("outlet_name", "issuer", "name") for column in columns):
        return columns
    for index, column in enumerate(columns):
        if column.name == UNKNOWN:
            named = [*columns[:index], Column("outlet_name", column.head, column.group), *columns[index + 1 :]]
            cells = [
                row.cells["outlet_name"].text
                for row in _body(rows, start, named, labels, rules)[0]
                if "outlet_name" in row.cells
            ]
            if cells and all(sum(map(str.isalpha, text)) >= FEWEST_NAME_LETTERS for text in cells):
                return named
    return columns


def _is_rest(row: Row, cells: dict[Column, Cell], last: TableRow) -> bool:
    """Return whether a row is the second lines of an outlet's cells: close under it, without number and telephone."""
    names = {column.name for column in cells}
    whole = {"outlet_name", "outlet_phone"} <= last.cells.keys() and last.cells.keys() & NUMBERED
    if not whole or names & {*NUMBERED, "outlet_phone", UNKNOWN} or not names <= last.cells.keys():
        return False
    height = min(cell.box.height for cell in row.cells)
    return len(cells) == len(row.cells) > 1 and row.box.y0 - _bottom_of(last) < CLOSE * height


def _merged(placed: dict[Column, Cell], last: TableRow) -> list[tuple[str, Cell]]:
    """Return the cells of a row between two others under columns that the row above lacks: they span several rows."""
    cells = [(column.name, cell) for column, cell in placed.items()]
    between = all(
        name in SPANNING and name not in last.cells and cell.box.y0 - _bottom_of(last) < cell.box.height
        for name, cell in cells
    )
    return cells if between else []


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
    return [TableRow(row.number, own) for row, own in zip(body, cells, strict=True)]


def _rows_of(number: int, placed: dict[Column, Cell]) -> list[TableRow]:
    """Return what a row says, one for each group of columns that holds anything."""
    groups: dict[int, dict[str, Cell]] = {}
    for column, cell in placed.items():
        if column.name != UNKNOWN:
            groups.setdefault(column.group, {})[column.name] = cell
    return [TableRow(number, cells) for _, cells in sorted(groups.items())]


def _beside(row: TableRow, columns: list[Column]) -> dict[Column, Cell]:
    """Return the cells of a row by their columns."""
    return {column: row.cells[column.name] for column in columns if column.name in row.cells}


def _continues(row: Row, last: TableRow, columns: list[Column], labels: Labels, rules: Rules) -> bool:
    """Return whether a lone cell close under a row is the next line of one of its cells."""
    beside = _beside(last, columns)
    above = Row(row.page, tuple(last.cells.values()))
    if not may_go_on(row, beside, columns, labels) or are_parted(above, row, rules.get(row.page, ())):
        return False
    bottom, height = _bottom_of(last), min(cell.box.height for cell in (*row.cells, *last.cells.values()))
    narrow = row.box.width < 0.6 * (max(c.head.box.x1 for c in columns) - min(c.head.box.x0 for c in columns))
    return narrow and 0 <= row.box.y0 - bottom + 0.5 * height < 1.2 * height


def _joined(last: TableRow, more: dict[Column, Cell]) -> TableRow:
    cells = dict(last.cells)
    for name, cell in ((column.name, cell) for column, cell in more.items() if column.name != UNKNOWN):
        cells[name] = Cell.of(cell.page, [*cells[name].pieces, *cell.pieces]) if name in cells else cell
    return TableRow(last.number, cells)
