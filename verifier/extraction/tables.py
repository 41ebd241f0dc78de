"""Tables: a header row whose cells are labels, and the rows under it, over page breaks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import TWIN, begins_with_label, guessed_places, label_places
from verifier.extraction.labels import Labels
from verifier.extraction.spans import spanned
from verifier.formats.dates import find_dates
from verifier.formats.distance import edit_distance
from verifier.formats.gazetteer import fold
from verifier.formats.phones import find_phones
from verifier.page import Box

FEWEST_HEADERS = 2
VEHICLE_COLUMNS = frozenset({"vin", "brand", "model", "brand_model", "registration_date", "transfer_date"})
OUTLET_COLUMNS = frozenset({"outlet_name", "outlet_address", "outlet_contact", "outlet_phone"})
LYING_ROWS = 8
"""Rows above and below the VINs in which a table whose vehicles stand side by side tells about them."""
WIDEST_GAP = 2.5
"""White above a row, in line heights, from which it is no longer of the table."""
FARTHEST = 0.15
"""Share of the page width between a cell's left side or middle and its header's: further apart do not fit."""


VIN = re.compile(r"(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]|\d\s?(?:st|nd|rd|th|re|ère|er|-?[йяе]|\.?[ºª°])(?![^\W\d_])", re.I)
"""What a head may hold beside its words: brackets, ordinals (Date of 1st registration, 1.ª matrícula)."""
UNKNOWN = ""
"""Name of a column whose header is no known label."""
SEVERAL = frozenset({"serial", "vin", "brand", "model", "registration_date", "transfer_date"})
"""Labels that a reader joins with a neighbour's, because little white stands between narrow columns."""
FEWEST_NAME_LETTERS = 4
"""Letters of an outlet's name: serial numbers, grades and cities of two characters are none."""
SPANNING = frozenset({"brand", "model", "brand_model", "export_country", "registration_date", "transfer_date"})
"""Columns whose cells offices merge over the vehicles that they are the same for."""
SHORTEST_MISREAD, MISREAD = 8, 0.2
"""Characters of a header from which it is known by likeness, and the share of them that may be wrong."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its header; `group` counts the vehicles or outlets that stand side by side."""

    name: str
    head: Cell
    group: int


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
        lying = _lying_table(rows, number, labels)
        if lying:
            tables.append(lying)
            number = max(lying.header, number) + 1
        elif kind:
            columns, last = _with_second_level(rows, number, columns, labels)
            if kind == "outlets":
                columns = _with_name_column(rows, last + 1, columns, labels)
            body, after = _body(rows, last + 1, columns, labels)
            if body:
                tables.append(Table(kind, number, tuple(column.name for column in columns), tuple(body)))
            number = after if body else number + 1
        else:
            number += 1
    return tuple(tables)


def _columns_of(row: Row, labels: Labels) -> list[Column]:
    """Return the columns of a header row, empty where the row is none.

    A cell of several labels heads several columns; one that is no label heads a column of its own that nothing is
    taken from; labels that come again begin a second vehicle or outlet beside the first.
    """
    heads = [_heads_in(cell, labels) for cell in row.cells]
    if sum(map(bool, heads)) < max(FEWEST_HEADERS, (len(row.cells) + 1) // 2):
        return []
    misread = [None if own else _nearly(cell.text, labels) for own, cell in zip(heads, row.cells, strict=True)]
    heads = [[(name, cell)] if name else own for name, own, cell in zip(misread, heads, row.cells, strict=True)]
    heads = [own or _guessed_head(cell, labels) for own, cell in zip(heads, row.cells, strict=True)]
    if _are_pairs(row, heads) or any(
        not own and _holds_value(cell) for own, cell in zip(heads, row.cells, strict=True)
    ):
        return []
    found = [pair for own, cell in zip(heads, row.cells, strict=True) for pair in own or [(UNKNOWN, cell)]]
    columns: list[Column] = []
    group = 0
    for name, cell in found:
        group += name != UNKNOWN and any(c.name == name and c.group == group for c in columns)
        columns.append(Column(name, cell, group))
    return columns


def _with_second_level(
    rows: tuple[Row, ...], number: int, columns: list[Column], labels: Labels
) -> tuple[list[Column], int]:
    """Return the columns with those of a second line of heads under or over the first, and the last header row.

    Heads of two levels stand so: 序号, 车架号 and 登记日期 over both lines, 车辆名称 over 品牌 and 型号.
    """
    last = number
    for beside in (number + 1, number - 1):
        if last > number:
            break  # what stands over the first line then spans the second
        row = rows[beside] if 0 <= beside < len(rows) and rows[beside].page == rows[number].page else None
        if row is None or abs(row.box.centre[1] - rows[number].box.centre[1]) > WIDEST_GAP * row.box.height:
            continue
        heads = [_heads_in(cell, labels) for cell in row.cells]
        apart = all(_is_apart(cell.box, column.head.box) for cell in row.cells for column in columns)
        if all(heads) and apart:
            columns = columns + [Column(name, cell, 0) for own in heads for name, cell in own]
            last = max(last, beside)
    return columns, last


def _is_apart(a: Box, b: Box) -> bool:
    """Return whether one box stands wholly to the left or right of another."""
    return a.x1 <= b.x0 or b.x1 <= a.x0


def _guessed_head(cell: Cell, labels: Labels) -> list[tuple[str, Cell]]:
    """Return the head that is in no list, as its words tell."""
    places = guessed_places(cell, (), labels)
    return [(places[0].name, cell)] if places and places[0].value_start >= len(cell.text) else []


def _holds_value(cell: Cell) -> bool:
    """Return whether a cell without a label is no header of an unknown column: it holds figures."""
    return any(map(str.isdigit, _BRACKET.sub("", cell.text)))


def _lying_table(rows: tuple[Row, ...], number: int, labels: Labels) -> Table | None:
    """Return the table whose labels stand in the first column and whose vehicles stand side by side."""
    vehicles = rows[number].cells[1:]
    if len(vehicles) < FEWEST_HEADERS or _label_of(rows[number], labels) != "vin":
        return None
    if not all(VIN.search(cell.text) for cell in vehicles):
        return None
    told: list[dict[str, Cell]] = [{} for _ in vehicles]
    for row in rows[max(number - LYING_ROWS, 0) : number + LYING_ROWS]:
        name = _label_of(row, labels)
        if name in VEHICLE_COLUMNS | {"export_country"} and len(row.cells) == len(vehicles) + 1:
            for about, cell in zip(told, row.cells[1:], strict=True):
                about.setdefault(name or "", cell)
    return Table("vehicles", number, tuple(told[0]), tuple(TableRow(number, about) for about in told))


def _label_of(row: Row, labels: Labels) -> str | None:
    """Return the label that a row begins with and that is all its first cell holds."""
    heads = _heads_in(row.cells[0], labels)
    return heads[0][0] if len(heads) == 1 else None


def _are_pairs(row: Row, heads: list[list[tuple[str, Cell]]]) -> bool:
    """Return whether a row is labels with their values beside them, two pairs a row, and no header."""
    alternate = len(heads) % 2 == 0 and all(heads[::2]) and not any(heads[1::2])
    values = [cell.text for cell, own in zip(row.cells, heads, strict=True) if not own]
    return alternate or any(find_dates(text) or find_phones(text) or VIN.search(text) for text in values)


def _heads_in(cell: Cell, labels: Labels) -> list[tuple[str, Cell]]:
    """Return (label, where it stands) of the labels that are all a cell holds."""
    places = label_places(cell, labels)
    whole = len(places) == 1 and places[0].start == 0 and places[0].stop >= len(cell.text)
    if not places or places[0].start > 2 or not (whole or _is_all_label(cell, labels)):
        return []
    apart = {mention.code: mention for mention in reversed(labels.fields.find(cell.text)) if mention.code in SEVERAL}
    if len(apart) < 2 or len(cell.pieces) > 1:
        return [(places[0].name, cell)]
    ordered = sorted(apart.values(), key=lambda mention: mention.start)
    stops = [mention.start for mention in ordered[1:]] + [len(cell.text)]
    spans = [(mention.code, mention.start, stop) for mention, stop in zip(ordered, stops, strict=True)]
    return [(name, Cell.of(cell.page, [cell.pieces[0].span(start, stop)])) for name, start, stop in spans]


def _nearly(text: str, labels: Labels) -> str | None:
    """Return the long label that a header cell is but for a few characters that were misread."""
    read = fold(text)
    if len(read) < SHORTEST_MISREAD or any(map(str.isdigit, read)):
        return None
    most = int(MISREAD * len(read))
    characters = set(read)  # each edit changes two of the characters that only one of the texts has
    near = {
        code
        for name, code in labels.fields.codes.items()
        if abs(len(name) - len(read)) <= most
        and len(characters.symmetric_difference(name)) <= 2 * most
        and edit_distance(name, read) <= most
    }
    return near.pop() if len(near) == 1 else None


def _is_all_label(cell: Cell, labels: Labels) -> bool:
    """Return whether a cell is labels and next to nothing else: "服务提供方 Provider", "VIN（17位）"."""
    rest = list(cell.text)
    for mention in labels.fields.find(cell.text):
        rest[mention.start : mention.stop] = [""] * (mention.stop - mention.start)
    if TWIN.search(cell.text) and labels.fields.find(TWIN.sub("", cell.text)):
        return True
    left = "".join(rest).strip(" ():：（）/,，.")
    return len(left) <= 2 or (left.isascii() and len(left) <= 0.6 * len(cell.text) and not any(map(str.isdigit, left)))


def _kind_of(columns: list[Column]) -> str | None:
    names = {column.name for column in columns}
    if "vin" in names:
        return "vehicles"
    if len(names & OUTLET_COLUMNS) >= FEWEST_HEADERS and names & {"outlet_name", "outlet_address"}:
        return "outlets"
    return "vehicles" if len(names & VEHICLE_COLUMNS) >= FEWEST_HEADERS + 1 else None


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
        if _kind_of(_columns_of(row, labels)) or begins_with_label(row.cells[0], labels):
            break
        if len(row.cells) > 1 and all(_PAIR.match(cell.text) for cell in row.cells):
            break
        placed = _placed(row, columns)
        if row.page == page and row.box.y0 - bottom > WIDEST_GAP * min(cell.box.height for cell in row.cells):
            break
        if len(placed) >= min(2, len(columns)):
            body += _rows_of(number, placed)
            page, bottom = row.page, row.box.y1
        elif body and len(placed) == len(row.cells) and (merged := _merged(placed, body[-1])):
            loose += merged
            bottom = max(bottom, row.box.centre[1])
        elif body and len(row.cells) == 1 and placed and _continues(row, body[-1], columns, labels):
            body[-1] = _joined(body[-1], placed)
            bottom = row.box.y1
        elif row.page == page:
            break
        number += 1
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


def _placed(row: Row, columns: list[Column]) -> dict[Column, Cell]:
    """Return the cells of a row under the columns they stand in, the best fitting pairs first."""
    pairs = sorted(
        (_misfit(cell.box, column.head.box), index, order)
        for index, cell in enumerate(row.cells)
        for order, column in enumerate(columns)
    )
    placed: dict[Column, Cell] = {}
    used: set[int] = set()
    for misfit, index, order in pairs:
        if misfit <= FARTHEST and index not in used and columns[order] not in placed:
            placed[columns[order]] = row.cells[index]
            used.add(index)
    return placed


def _misfit(cell: Box, head: Box) -> float:
    """Return how far a cell is from standing under a header: left or centred, less what they share."""
    aligned = min(abs(cell.x0 - head.x0), abs(cell.centre[0] - head.centre[0]))
    shared = min(cell.x1, head.x1) - max(cell.x0, head.x0)
    return aligned - (max(shared, 0.0) / max(min(cell.width, head.width), 1e-6)) * FARTHEST


def _continues(row: Row, last: TableRow, columns: list[Column], labels: Labels) -> bool:
    """Return whether a lone cell close under a row is the next line of one of its cells."""
    if label_places(row.cells[0], labels):
        return False
    bottom, height = _bottom_of(last), row.box.height
    narrow = row.box.width < 0.6 * (max(c.head.box.x1 for c in columns) - min(c.head.box.x0 for c in columns))
    return narrow and 0 <= row.box.y0 - bottom + 0.5 * height < 1.2 * height


def _joined(last: TableRow, more: dict[Column, Cell]) -> TableRow:
    cells = dict(last.cells)
    for name, cell in ((column.name, cell) for column, cell in more.items() if column.name != UNKNOWN):
        cells[name] = Cell.of(cell.page, [*cells[name].pieces, *cell.pieces]) if name in cells else cell
    return TableRow(last.number, cells)
