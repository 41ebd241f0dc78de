"""What may be said of a service outlet, piece by piece in reading order: labelled, or told by what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.extraction.cells import Cell, Row
from verifier.extraction.label_places import is_label, trimmed
from verifier.extraction.labelled import Labelled, labelled_within
from verifier.extraction.layout import Layout
from verifier.extraction.outlet_lists import items_in, listed_outlets
from verifier.extraction.outlet_looks import ITEM, looks_like_address
from verifier.extraction.outlet_sense import says_nobody
from verifier.extraction.outlet_stretches import Part, is_words_of_labels, unlabelled_parts
from verifier.extraction.table_heads import VIN
from verifier.formats.chinese import has_chinese
from verifier.formats.gazetteer import fold
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import AS_PHONE, find_phones, has_foreign

KEYS = {
    "outlet_name": "name",
    "name": "name",
    "outlet_address": "address",
    "outlet_contact": "contact",
    "outlet_phone": "phone",
    "contact_and_phone": "phone",
    "outlet_country": "country",
}
_CLAUSE_END = re.compile(r"[。；;，）]|[,)]\s|\.\s+(?=[A-ZА-Я])")
_ANNOUNCED = re.compile(r"的?(?:基本|具体|详细)?(?:信息|明细|清单|名单|情况|详情)?(?:如下|见下)\s*[:：]\s*(?=\w)")
"""What announces the outlet that is named right behind it: 服务网点信息如下：X公司（地址：…）."""
_GOES_ON = re.compile(r"\)\s?\d")
"""A bracket that closes within a telephone number."""
_SAID = re.compile(r"[;；。]|(?<=\w{3})\.\s(?=[A-ZА-Я])")
"""Where what is said of a person or a telephone ends, and the next outlet may begin."""
ANNOUNCED_ROWS = 25
"""Rows after a heading that announces outlets in which an unlabelled name may be one."""
LONGEST_HEADING = 20
"""Characters of a heading over outlets; a sentence that announces them may name the first."""
SHORTEST_OWN = 2
"""Characters of a name besides what its kind is called and where it lies."""
_WHOSE = re.compile(
    r"我公司|本公司|我司|我厂|贵公司|指定|授权|特约|境外|海外|当地|国外|附[件页表]|驻|的|各|下列|以下|上述|售后|维修|保养|服务|中心|网点|站|点|部|商"
)
SAME_EDGE = 0.02
"""Share of the page width by which the lines of one box may begin apart."""
ROWS_OF_ONE = 2
"""Rows under an outlet's cells in which more may be said of it."""
BLOCK_ROWS = 4
"""Rows of an address block: name, one or two of address, telephone."""


def find_parts(layout: Layout) -> Iterator[Part]:
    """Yield the parts outside tables in reading order."""
    inside = layout.in_tables()
    lists = _lists_beside_vehicles(layout)
    of_vehicles = _outlet_cells(layout) if not lists else {}
    labelled = _by_row(layout)
    told = {id(value.cell) for value in layout.labelled if value.cell is not value.label_cell}
    announced = known = -ANNOUNCED_ROWS - 1
    for number, row in enumerate(layout.rows):
        for cell in lists.get(number, ()):
            own = labelled_within(cell, number, layout.labels)
            yield from _parts_of_cell(number, cell, own, layout, expected=True, entry=True)
        for cell in of_vehicles.get(number, ()):
            yield from _parts_of_cell(number, cell, labelled.get(number, []), layout, expected=True)
        if number in inside:
            continue
        if is_announcing(" ".join(cell.text for cell in row.cells), layout):
            announced = number
        near = number - announced <= ANNOUNCED_ROWS
        heading = _country_heading(number, row, layout) if near else None
        if heading:
            yield heading
            continue
        if all(id(cell) in told for cell in row.cells):
            continue  # values of the labels over them
        values = [value for value in labelled.get(number, []) if _is_label(value)]
        if not values and len(row.cells) > 1 and any(has_foreign(cell.text) for cell in row.cells):
            yield from _cells_of_outlet(number, row, layout)
            known = number
            continue
        following = labelled.get(number + 1, [])
        expected = near or _speaks_of_outlet(following, row) or _leads_to_phone(layout, number)
        yield from _parts_of_row(number, row, values, layout, expected=expected or number - known <= ROWS_OF_ONE)


def _by_row(layout: Layout) -> dict[int, list[Labelled]]:
    labelled: dict[int, list[Labelled]] = {}
    for value in layout.labelled:
        labelled.setdefault(value.row, []).append(value)
    return labelled


def _parts_of_row(number: int, row: Row, values: list[Labelled], layout: Layout, *, expected: bool) -> Iterator[Part]:
    """Yield what the cells of a row say that are no values of labels beside them."""
    for cell in row.cells:
        beside = [value.stop for value in values if value.cell is cell and value.label_cell is not cell]
        if not beside:
            yield from _parts_of_cell(number, cell, values, layout, expected=expected)
        elif any(value.label_cell is cell and value.label_start >= max(beside) for value in values):
            yield from _parts_of_cell(number, cell, values, layout, expected=expected, start=max(beside))


def _outlet_cells(layout: Layout) -> dict[int, list[Cell]]:
    """Return the cells of tables of vehicles that name who serves these, by row."""
    found: dict[int, list[Cell]] = {}
    for row in (row for table in layout.tables if table.kind == "vehicles" for row in table.rows):
        cells = [cell for name, cell in row.cells.items() if KEYS.get(name) == "name"]
        if cells:
            found.setdefault(row.number, []).extend(cells)
    return found


def _lists_beside_vehicles(layout: Layout) -> dict[int, list[Cell]]:
    """Return the outlets that columns of tables of vehicles list, by row."""
    found: dict[int, list[Cell]] = {}
    for table in layout.tables:
        for number, cell in listed_outlets(table, layout) if table.kind == "vehicles" else ():
            found.setdefault(number, []).append(cell)
    return found


def _speaks_of_outlet(values: list[Labelled], above: Row) -> bool:
    """Return whether a row begins with an address or telephone: then the row above may name whose they are. So it may
    where it stands right over what the label of a box is level with.
    """
    if not values or not values[0].marked:
        return False
    first = values[0]
    in_box = first.name == "outlet_name" and first.cell is not first.label_cell and len(above.cells) == 1
    level = in_box and abs(above.cells[0].box.x0 - first.cell.box.x0) < SAME_EDGE
    return level or first.name in ("outlet_address", "outlet_phone")


def _leads_to_phone(layout: Layout, number: int) -> bool:
    """Return whether a foreign telephone number stands in the few rows below, before any VIN."""
    for row in layout.rows[number : number + BLOCK_ROWS]:
        text = " ".join(cell.text for cell in row.cells)
        if VIN.search(text):
            return row is layout.rows[number] and has_foreign(VIN.split(text)[-1])
        if has_foreign(text):
            return True
    return False


def _cells_of_outlet(number: int, row: Row, layout: Layout) -> Iterator[Part]:
    """Yield what the cells of a row say that no header explains: number, address and names are told by their looks.

    Cells that have a telephone each are cards, an outlet each.
    """
    if all(has_foreign(cell.text) for cell in row.cells):
        for cell in row.cells:
            yield from _parts_of_cell(number, cell, [], layout, expected=True, entry=True)
        return
    left = [cell for cell in row.cells if not cell.text.strip().isdigit() and not VIN.search(cell.text)]
    left = [cell for cell in left if not (says_nobody(cell.text) and is_announcing(cell.text, layout))]
    phone = next((cell for cell in left if has_foreign(cell.text)), None)
    if phone is None:
        return
    left.remove(phone)
    named = next((cell for cell in left if find_organisations(cell.text)), left[0] if left else None)
    placed = [cell for cell in left if looks_like_address(cell.text, layout)]
    over = layout.rows[number - 1].cells if number else ()
    if named and placed == [named] and not find_organisations(named.text) and len(over) == 1:
        named = None  # the name stands over the row
    if named:
        left.remove(named)
        yield Part("name", number, named, 0, len(named.text), False, True)
    address = max(
        (cell for cell in left if looks_like_address(cell.text, layout)), key=lambda c: len(c.text), default=None
    )
    if address:
        left.remove(address)
        yield Part("address", number, address, 0, len(address.text), False, False)
    for cell in left[:1]:
        if not any(map(str.isdigit, cell.text)) and not layout.labels.countries.find(cell.text):
            yield Part("contact", number, cell, 0, len(cell.text), False, False)
    yield Part("phone", number, phone, 0, len(phone.text), False, False)


def _country_heading(number: int, row: Row, layout: Layout) -> Part | None:
    """Return a line that is a country's name and nothing else but its number: what follows lies there."""
    cell = row.cells[0]
    item = ITEM.match(cell.text)
    start, stop = trimmed(cell.text, item.end() if item else 0, len(cell.text))
    if len(row.cells) > 1 or start >= stop:
        return None
    named = layout.labels.countries.find(cell.text[start:stop])
    whole = len(named) == 1 and stop - start - (named[0].stop - named[0].start) <= 1
    return Part("heading", number, cell, start, stop, True, True) if whole else None


def is_announcing(text: str, layout: Layout) -> bool:
    """Return whether a text speaks of service outlets."""
    compact = fold(text)
    return any(words in compact for words in layout.labels.outlet_sections)


def is_heading_of_outlets(text: str, layout: Layout) -> bool:
    """Return whether a text is a heading over outlets and nobody's name: Service outlets."""
    return is_words_of_labels(text, layout) and not any(one.formed for one in find_organisations(text))


def _parts_of_cell(
    row: int,
    cell: Cell,
    values: list[Labelled],
    layout: Layout,
    *,
    expected: bool,
    entry: bool = False,
    start: int = 0,
) -> Iterator[Part]:
    """Yield what the labels of a cell say from `start` on, and what stands before, between and behind them."""
    own = sorted((v for v in values if v.label_cell is cell and _is_label(v)), key=lambda v: v.label_start)
    if not own and _is_heading(cell, layout):
        return
    position = max(_behind_vins(cell), start)
    for value in own:
        key = _key_of(value, own)
        announced = _ANNOUNCED.match(value.cell.text, value.start, value.stop) if key == "name" else None
        value_start = announced.end() if announced else value.start
        items = items_in(value.cell, value_start, value.stop) if key == "name" else []
        for begin, finish in items:
            yield from unlabelled_parts(row, value.cell, begin, finish, layout, expected=True, leads=False, entry=True)
        if items:
            position = max(position, value.stop if value.cell is cell else len(cell.text))
            continue
        if value.label_start >= position:
            leads = key is not None and key != "name"
            yield from unlabelled_parts(
                row, cell, position, value.label_start, layout, expected=expected, leads=leads, entry=entry
            )
        end = _SAID.search(value.text) if key in ("phone", "contact") else None
        stop = value.start + end.start() if end else value.stop
        stop = balanced(value.cell.text, value.start, stop) if key == "phone" else stop
        told = key not in (None, "name") and bool(find_phones(AS_PHONE + value.text))
        named = key == "name" and _is_label(value)
        placed = key == "address" and cell is value.cell and looks_like_address(value.text, layout)
        if key and (named or value.marked or told or placed):
            fresh = not cell.text[: value.label_start].strip()
            yield Part(key, row, value.cell, value_start, stop, True, fresh)
        position = max(position, stop if value.cell is cell else len(cell.text))
    yield from unlabelled_parts(
        row, cell, position, len(cell.text), layout, expected=expected, leads=False, entry=entry
    )


def balanced(text: str, start: int, stop: int) -> int:
    """Return where a value ends: before a bracket that closes what was opened before it."""
    depth = 0
    for position in range(start, stop):
        depth += (text[position] in "(（") - (text[position] in ")）")
        if depth < 0:
            if _GOES_ON.match(text, position, stop):
                depth = 0
                continue  # +998 71) 235-98-58 lost the bracket that it opened
            return position
    return stop


def _is_heading(cell: Cell, layout: Layout) -> bool:
    """Return whether a short cell is a lone label or a heading: 附页肯尼亚维修站点, not Talleres Bioko S.L."""
    named = find_organisations(cell.text)
    if len(cell.text) > LONGEST_HEADING or any(one.formed for one in named):
        return False
    if named and has_chinese(cell.text) and len(_own_words(cell.text, layout)) >= SHORTEST_OWN:
        return False
    return is_label(cell, layout.labels) or is_announcing(cell.text, layout)


def _own_words(text: str, layout: Layout) -> str:
    """Return what a text says besides words for outlets, places and whose they are: 瑞达 of 苦盏瑞达授权服务站."""
    for mention in reversed([*layout.labels.countries.find(text), *layout.labels.places.find(text)]):
        text = text.replace(text[mention.start : mention.stop], " ")
    left = fold(_WHOSE.sub("", text))
    for words in sorted(layout.labels.outlet_sections, key=len, reverse=True):
        left = left.replace(words, "")
    return "".join(character for character in left if character.isalpha())


def _is_label(value: Labelled) -> bool:
    """Return whether a label is one: Taller, Garage and Workshop without a colon begin a name.

    A Chinese one, right before a name that ends the value or is followed by a bracket, is: 维修机构X公司（地址）.
    """
    if value.marked or KEYS.get(value.name) != "name":
        return True
    chinese = value.label_cell.text[value.label_start : value.label_start + 1] >= "\u4e00"
    named = find_organisations(value.text) if chinese else ()
    named = tuple(one for one in named if one.formed or has_chinese(value.text))
    whole = bool(named) and named[0].start == 0 and named[0].stop >= len(value.text) - 1
    led = value.label_cell.text[value.label_start : value.start] if value.cell is value.label_cell else ""
    twin = any(character.isalpha() and not has_chinese(character) for character in led)  # 维修机构 Oficina X: its name
    return whole or (bool(named) and not twin and named[0].start == 0 and value.text[named[0].stop] in "（(")


def _key_of(value: Labelled, beside: list[Labelled]) -> str | None:
    """Return what a label says of an outlet; "name of the company" beside an address is the outlet's, too."""
    if value.name == "contact_and_phone" and not find_phones(AS_PHONE + value.text):
        return "contact"
    if value.name == "issuer" and any(KEYS.get(other.name) in ("address", "phone") for other in beside):
        return "name"
    return KEYS.get(value.name)


def _behind_vins(cell: Cell) -> int:
    """Return where the clause with the last VIN of a cell ends, 0 where it holds none: vehicles are no outlets."""
    last = max((match.end() for match in VIN.finditer(cell.text)), default=0)
    if not last:
        return 0
    end = _CLAUSE_END.search(cell.text, last)
    return end.end() if end else len(cell.text)
