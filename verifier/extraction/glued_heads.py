"""Heads of a table that were read as one with what stands under them, where the rule between was missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from verifier.extraction.cells import Cell, Row
from verifier.extraction.frames import are_beside, rows_of_cells
from verifier.extraction.labels import Labels
from verifier.extraction.table_heads import VEHICLE_COLUMNS, VIN, heads_in, holds_value
from verifier.formats.organisations import find_organisations
from verifier.page import Line

SERIAL, FEWEST_HEADS = "serial", 3
"""The narrow first column, and cells of a row of heads in which two may have run together."""
_SERIAL_BEFORE = re.compile(r"(?P<serial>序(?=[^号\s])|(?:序号|编号)(?=/?[\u4e00-\u9fff])|\S+(?= ))[\s/]?(?=\S)")
"""The head of the first column and where the next one's begins."""
_SERIALS = ("序", "编号", "No.", "No", "№", "#", "N°", "N.°", "Nº", "N.º", "STT", "T/r", "Sıra")
LONGEST = 120
"""Characters of a head and what stands under it: more are a paragraph."""


def with_heads_apart(rows: Sequence[Row], labels: Labels) -> tuple[Row, ...]:
    """Return the rows with every head apart from the value, or the next label, that its frame holds under it.

    A label over a value is parted only beside another head, or over a list of VINs, with the value beside cells of the
    next row or with figures: captions in frames of their own stay with their values.
    """
    rows = [_with_serial_apart(row, labels) for row in rows]
    found: list[Row] = []
    number = 0
    while number < len(rows):
        row = rows[number]
        parts = _parts_of_row(row, rows[number + 1 : number + 2], labels)
        number += 1
        if len(parts) == len(row.cells):
            found.append(row)
            continue
        top, bottom = min(cell.box.y0 for cell in parts), max(cell.box.y1 for cell in parts)
        while found and found[-1].page == row.page and found[-1].box.centre[1] > top:
            parts = [*found.pop().cells, *parts]
        while number < len(rows) and rows[number].page == row.page and rows[number].box.centre[1] < bottom:
            parts += rows[number].cells
            number += 1
        found += rows_of_cells(row.page, parts)
    return tuple(found)


def _with_serial_apart(row: Row, labels: Labels) -> Row:
    """Return a row of heads with that of the narrow first column apart from the next one's: 序号 服务提供方 | 地址,
    序品牌 | 型号, 编号服务机构 | 网点地址."""
    first = row.cells[0]
    if len(row.cells) < FEWEST_HEADS or len(first.pieces) > 1 or not (parted := _SERIAL_BEFORE.match(first.text)):
        return row
    line = first.pieces[0]
    parts = parted.span("serial"), (parted.end(), len(line.text))
    serial, next_head = (Cell.of(first.page, [line.span(*part)]) for part in parts)
    is_serial = serial.text in _SERIALS or _names(serial, labels) == {SERIAL}
    if not is_serial or len(_names(next_head, labels)) != 1:
        return row
    heads = sum(len(heads_in(cell, labels)) == 1 for cell in row.cells[1:])
    return Row(row.page, (serial, next_head, *row.cells[1:])) if heads >= FEWEST_HEADS - 1 else row


def _parts_of_row(row: Row, following: Sequence[Row], labels: Labels) -> list[Cell]:
    """Return the cells of a row, those that hold a head and something under it in parts."""
    if not any(_may_be_glued(cell, labels) for cell in row.cells):
        return list(row.cells)
    pure = sum(1 for cell in row.cells if len(heads_in(cell, labels)) == 1)
    below = [cell for other in following if other.page == row.page for cell in other.cells]
    listed = all(any(VIN.search(cell.text) for cell in cells) for cells in (row.cells, below))
    return [part for cell in row.cells for part in _parts(cell, below if pure or listed else None, labels)]


def _may_be_glued(cell: Cell, labels: Labels) -> bool:
    """Return whether a cell is of several lines, no paragraph, and holds words of labels: looked up at little cost."""
    return len(cell.pieces) > 1 and len(cell.text) <= LONGEST and bool(labels.fields.find(cell.text))


def _parts(cell: Cell, below: Sequence[Cell] | None, labels: Labels) -> list[Cell]:
    """Return a cell's head and what stands under it; `below` are the next row's cells, None beside no other head."""
    lines = _lines(cell.pieces)
    if len(lines) < 2:
        return [cell]
    stacked = [_names(Cell.of(cell.page, line), labels) for line in lines]
    if all(len(names) == 1 and names <= VEHICLE_COLUMNS for names in stacked) and not _is_one_label(cell, labels):
        kinds = {name for names in stacked for name in names}
        return [Cell.of(cell.page, line) for line in lines] if len(kinds) == len(lines) else [cell]
    if len(_names(cell, labels)) == 1 and not _holds_name(lines[-1], cell.page, labels):
        return [cell]
    for count in range(len(lines) - 1, 0, -1):
        head, rest = (Cell.of(cell.page, _pieces(part)) for part in (lines[:count], lines[count:]))
        if len(_names(head, labels)) != 1 or _holds_name(lines[count - 1], cell.page, labels):
            continue
        if _names(rest, labels):
            return [head, *_parts(rest, below, labels)]
        told = below is not None and (holds_value(rest) or any(are_beside(rest.box, other.box) for other in below))
        return [head, *_said_again(lines[count:], cell.page)] if told else [cell]
    return [cell]


def _said_again(lines: Sequence[list[Line]], page: int) -> list[Cell]:
    """Return the lines under a head as one cell, as several where they say the same for several rows."""
    first = lines[0][0].text
    if len(lines) > 1 and all(line[0].text == first for line in lines):
        return [Cell.of(page, line) for line in lines]
    return [Cell.of(page, _pieces(lines))]


def _is_one_label(cell: Cell, labels: Labels) -> bool:
    """Return whether all of a cell is one known label."""
    mentions = labels.fields.find(cell.text)
    return len(mentions) == 1 and mentions[0].stop - mentions[0].start >= len(cell.text)


def _holds_name(line: Sequence[Line], page: int, labels: Labels) -> bool:
    """Return whether a line is an organisation's name and no label: Highway Vehicle Service."""
    cell = Cell.of(page, line)
    named = find_organisations(cell.text)
    return bool(named) and named[0].stop - named[0].start >= len(cell.text) - 1 and not _names(cell, labels)


def _names(cell: Cell, labels: Labels) -> set[str]:
    """Return what the labels that are all of a cell are about."""
    return {name for name, _ in heads_in(cell, labels)}


def _lines(pieces: Sequence[Line]) -> list[list[Line]]:
    """Return the pieces of a cell line by line."""
    lines: list[list[Line]] = []
    for piece in pieces:
        if lines and are_beside(piece.box, lines[-1][0].box):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _pieces(lines: Iterable[Sequence[Line]]) -> list[Line]:
    return [piece for line in lines for piece in line]
