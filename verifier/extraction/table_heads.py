"""The header of a table: cells that are labels, in one line or two, and what their columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import guessed_places, label_places
from verifier.extraction.labels import Labels
from verifier.extraction.twin_labels import TWIN
from verifier.formats.dates import find_dates
from verifier.formats.distance import edit_distance
from verifier.formats.gazetteer import fold
from verifier.formats.phones import find_phones
from verifier.page import Box

FEWEST_HEADERS = 2
FEWEST_WIDE = 4
"""Listed labels, the VIN's among them, of a header whose other heads are known by their words alone."""
VEHICLE_COLUMNS = frozenset({"vin", "brand", "model", "brand_model", "registration_date", "transfer_date"})
OUTLET_COLUMNS = frozenset({"outlet_name", "outlet_address", "outlet_contact", "outlet_phone"})
WIDEST_GAP = 2.5
"""White above a row, in line heights, from which it is no longer of the table."""
VIN = re.compile(r"(?<![A-Z0-9])[A-HJ-NPR-Z0-9]{17}(?![A-Z0-9])")
MODEL = re.compile(r"[A-Z]{2,4}[0-9]{4}[A-Z0-9]{0,10}")
"""A designation and nothing else (GB/T 9417): letters of the maker, four digits, letters of the variant."""
_BRACKET = re.compile(r"[(（][^()（）]*[)）]|\d\s?(?:st|nd|rd|th|re|ère|er|-?[йяе]|\.?[ºª°])(?![^\W\d_])", re.I)
"""What a head may hold beside its words: brackets, ordinals (Date of 1st registration, 1.ª matrícula)."""
UNKNOWN = ""
"""Name of a column whose header is no known label."""
OF_NO_MATTER = frozenset({UNKNOWN, "aside"})
"""Names of columns that come several times beside one vehicle."""
SEVERAL = frozenset({"serial", "vin", "brand", "model", "registration_date", "transfer_date"})
"""Labels that a reader joins with a neighbour's, because little white stands between narrow columns."""
OF_ROWS = frozenset({"serial", "number"})
"""Labels of the narrow first column, which in print of one width stands in one cell with the next: 序号 网点名称."""
SHORTEST_MISREAD, MISREAD = 8, 0.2
"""Characters of a header from which it is known by likeness, and the share of them that may be wrong."""


LONGEST_SERIAL = 4
"""Characters of the head of a column of serial numbers."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its header; `group` counts the vehicles or outlets that stand side by side."""

    name: str
    head: Cell
    group: int


def columns_of(row: Row, labels: Labels) -> list[Column]:
    """Return the columns of a header row, empty where the row is none.

    A cell of several labels heads several columns; one that is no label heads a column of its own that nothing is
    taken from; labels that come again begin a second vehicle or outlet beside the first.
    """
    heads = [heads_in(cell, labels) for cell in row.cells]
    if sum(map(bool, heads)) < max(FEWEST_HEADERS, (len(row.cells) + 1) // 2) and not _is_wide(row, heads, labels):
        return []
    misread = [None if own else _nearly(cell.text, labels) for own, cell in zip(heads, row.cells, strict=True)]
    heads = [[(name, cell)] if name else own for name, own, cell in zip(misread, heads, row.cells, strict=True)]
    heads = [own or _guessed_head(cell, labels) for own, cell in zip(heads, row.cells, strict=True)]
    if _are_pairs(row, heads):
        return []
    holds = any(not own and holds_value(cell) for own, cell in zip(heads, row.cells, strict=True))
    if holds and not _is_misread_serial(row, heads):
        return []
    found = [pair for own, cell in zip(heads, row.cells, strict=True) for pair in own or [(UNKNOWN, cell)]]
    columns: list[Column] = []
    group = 0
    for name, cell in found:
        group += name not in OF_NO_MATTER and any(c.name == name and c.group == group for c in columns)
        columns.append(Column(name, cell, group))
    return columns


def with_second_level(
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
        heads = [heads_in(cell, labels) for cell in row.cells]
        apart = all(_is_apart(cell.box, column.head.box) for cell in row.cells for column in columns)
        if all(heads) and apart:
            columns = columns + [Column(name, cell, 0) for own in heads for name, cell in own]
            last = max(last, beside)
    return columns, last


def _is_apart(a: Box, b: Box) -> bool:
    """Return whether one box stands wholly to the left or right of another."""
    return a.x1 <= b.x0 or b.x1 <= a.x0


def _is_wide(row: Row, heads: list[list[tuple[str, Cell]]], labels: Labels) -> bool:
    """Return whether a row is the header of a table in which most columns are of no matter here (排量, 里程, 发票号码):
    it has the vehicles' heads, and most of the others are labels by their words."""
    known = sum(map(bool, heads))
    if known < FEWEST_WIDE or all(name != "vin" for own in heads for name, _ in own):
        return False
    guessed = sum(bool(_guessed_head(c, labels)) for c, own in zip(row.cells, heads, strict=True) if not own)
    return known + guessed > len(row.cells) // 2


def _guessed_head(cell: Cell, labels: Labels) -> list[tuple[str, Cell]]:
    """Return the head that is in no list, as its words tell."""
    places = guessed_places(cell, (), labels)
    return [(places[0].name, cell)] if places and places[0].value_start >= len(cell.text) else []


def holds_value(cell: Cell) -> bool:
    """Return whether a cell without a label is no header of an unknown column: it holds figures."""
    return any(map(str.isdigit, _BRACKET.sub("", TWIN.sub("", cell.text))))


def _is_misread_serial(row: Row, heads: list[list[tuple[str, Cell]]]) -> bool:
    """Return whether all cells but a first one of few characters are heads: N° over 序号 was read as 6号."""
    return len(row.cells) > FEWEST_HEADERS and len(row.cells[0].text) <= LONGEST_SERIAL and all(heads[1:])


def label_of(row: Row, labels: Labels) -> str | None:
    """Return the label that a row begins with and that is all its first cell holds."""
    heads = heads_in(row.cells[0], labels)
    return heads[0][0] if len(heads) == 1 else None


def _are_pairs(row: Row, heads: list[list[tuple[str, Cell]]]) -> bool:
    """Return whether a row is labels with their values beside them, two pairs a row, and no header."""
    alternate = len(heads) % 2 == 0 and all(heads[::2]) and not any(heads[1::2])
    values = [cell.text for cell, own in zip(row.cells, heads, strict=True) if not own]
    return alternate or any(find_dates(text) or find_phones(text) or VIN.search(text) for text in values)


def heads_in(cell: Cell, labels: Labels) -> list[tuple[str, Cell]]:
    """Return (label, where it stands) of the labels that are all a cell holds."""
    places = label_places(cell, labels)
    whole = len(places) == 1 and places[0].start == 0 and places[0].stop >= len(cell.text)
    if not places or places[0].start > 2 or not (whole or _is_all_label(cell, labels)):
        return []
    mentions = labels.fields.find(cell.text)
    if places[0].name in OF_ROWS and (own := [m.code for m in mentions if m.code in OUTLET_COLUMNS]):
        return [(own[0], cell)]
    apart = {mention.code: mention for mention in reversed(mentions) if mention.code in SEVERAL}
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


def kind_of(columns: list[Column]) -> str | None:
    """Return what a header is over; the same label with its colon, on cards side by side, is over nothing."""
    names = {column.name for column in columns}
    if names == {"vin"} and all(column.head.text.rstrip().endswith((":", "：")) for column in columns):
        return None
    if "vin" in names:
        return "vehicles"
    if len(names & OUTLET_COLUMNS) >= FEWEST_HEADERS and names & {"outlet_name", "outlet_address"}:
        return "outlets"
    return "vehicles" if len(names & VEHICLE_COLUMNS) >= FEWEST_HEADERS + 1 else None
