"""Overseas service outlets in tables, label lines, lists and prose: who, where, what phone and country."""

from __future__ import annotations

import re
from dataclasses import replace

from verifier.extraction.cells import Cell
from verifier.extraction.layout import Layout
from verifier.extraction.outlet_country import with_country
from verifier.extraction.outlet_lists import lines_of
from verifier.extraction.outlet_looks import looks_like_address
from verifier.extraction.outlet_parts import KEYS, find_parts, is_announcing, is_heading_of_outlets
from verifier.extraction.outlet_said import Group, is_person, outlet_of
from verifier.extraction.outlet_sense import says_nobody, sensible
from verifier.extraction.outlet_stretches import Part
from verifier.extraction.tables import TableRow
from verifier.extraction.values import country_field
from verifier.formats.names import normalise_name
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import find_phones
from verifier.letter import Field, ServiceOutlet

_ANNOUNCES = re.compile(r"^(?:信息|明细|清单|名单|列表|一览|情况|详情)|如下|见附件|情况属实")
"""What announces outlets behind a word that is a label elsewhere, and names none: 服务网点信息如下."""
_HEADED = re.compile(r"[\u4e00-\u9fff]\s?[/／|]\s*$")
"""A Chinese heading before its twin in another language: 境外售后服务网点 / Пункты обслуживания."""
_SPACE = re.compile(r"(?<=[\u4e00-\u9fff）)])\s+(?=[\u4e00-\u9fff])")
_SHOP = re.compile(r"(?:服务|汽修|汽车|维修|保养|快修|车行|\b(?:Services?|Motors?|Auto\w*|Garage|Workshop))$", re.I)
"""How the name of a workshop without a legal form ends."""
_SAID = ("name", "address", "contact", "phone", "country")
FARTHEST_ROWS = 3
"""Rows between two things said of one outlet; further apart they are of different ones."""
_HOME_PHONE = re.compile(r"(?:\+?86)?(?:0\d{9,11}|1[3-9]\d{9}|[48]00\d{7})$")
"""Telephone numbers of China without the country before them: trunk and area, mobile, service numbers."""
_HOME = frozenset({"CN"})
"""Where the makers are: a nameless address there is the maker's own."""


def find_outlets(layout: Layout, parties: frozenset[str]) -> tuple[ServiceOutlet, ...]:
    """Return the outlets in reading order, each with its country where that can be shown.

    `parties` are the normalised names of those who sign and send the letter: neither these nor makers are outlets.
    """
    found = [*_from_tables(layout), *_from_parts(layout)]
    told = ((row, sensible(outlet, layout)) for row, outlet in found if not _is_party(outlet, parties, layout))
    found = [(row, outlet) for row, outlet in told if outlet]
    return tuple(_with_halves_joined(sorted(_distinct(found), key=lambda pair: pair[0])))


def _with_halves_joined(found: list[tuple[int, ServiceOutlet]]) -> list[ServiceOutlet]:
    """Return the outlets, two of them as one where a grid sets name and telephone over address and person."""
    joined: list[ServiceOutlet] = []
    last = 0
    for row, outlet in found:
        above = joined[-1] if joined else None
        near = above is not None and row - last <= FARTHEST_ROWS and above.name and not above.address
        if above is not None and near and outlet.address and not outlet.name and not _share_a_field(above, outlet):
            said = {name: getattr(above, name) or getattr(outlet, name) for name in _SAID}
            joined[-1] = replace(above, **said)
        else:
            joined.append(outlet)
        last = row
    return joined


def _share_a_field(one: ServiceOutlet, other: ServiceOutlet) -> bool:
    """Return whether both say something that an outlet has once, or lie in different countries."""
    if one.country and other.country and one.country.value != other.country.value:
        return True
    return any(getattr(one, name) and getattr(other, name) for name in _SAID if name != "country")


def _is_party(outlet: ServiceOutlet, parties: frozenset[str], layout: Layout) -> bool:
    name = outlet.name.value if outlet.name else None
    return name is not None and (normalise_name(name) in parties or layout.makers.named(name) is not None)


def _distinct(found: list[tuple[int, ServiceOutlet]]) -> list[tuple[int, ServiceOutlet]]:
    """Return the outlets without bare mentions of a name that stands elsewhere with its address."""
    whole = {normalise_name(o.name.value) for _, o in found if o.name and o.address}
    kept: dict[tuple[str, ...], tuple[int, ServiceOutlet]] = {}
    for row, o in found:
        if o.address or o.phone or not o.name or normalise_name(o.name.value) not in whole:
            kept.setdefault(tuple(normalise_name(f.value) if f else "" for f in (o.name, o.address, o.phone)), (row, o))
    return list(kept.values())


# --- tables -----------------------------------------------------------------------------------------------


def _from_tables(layout: Layout) -> list[tuple[int, ServiceOutlet]]:
    return [
        (row.number, with_country(outlet, None, layout))
        for table in layout.tables
        if table.kind == "outlets"
        for row in table.rows
        if (outlet := _from_row(row, layout))
    ]


def _from_row(row: TableRow, layout: Layout) -> ServiceOutlet | None:
    group: Group = {}
    for column, cell in row.cells.items():
        # beside outlet columns a bare 国别 is the outlet's country, whatever it means elsewhere
        key = {"export_country": "country", "issuer": "name"}.get(column) or KEYS.get(column)
        if key and (key != "name" or any(map(str.isalpha, cell.text))):  # 网点: 1, 名称: X
            group[key] = Part(key, row.number, cell, 0, len(cell.text), True, False)
    if "name" in group and says_nobody(group["name"].text):
        del group["name"]  # the label of a form's cell beside the table: 售后服务网点
    if ("name" in group) != ("address" in group):
        group |= _divided(group.get("name") or group["address"], layout)
    outlet = outlet_of(group, layout)
    return outlet if outlet.name or outlet.address else None


def _divided(part: Part, layout: Layout) -> Group:
    """Return name and address of a cell that holds both: in lines of their own, or with a space between, two columns
    that hardly stand apart."""
    for begin, _ in lines_of(part.cell, 0, len(part.cell.text))[1:]:
        over, rest = part.cell.text[:begin].strip(), part.cell.text[begin:]
        named = find_organisations(over)
        whole = bool(named) and named[-1].stop == len(over)
        whole = whole or (any(map(str.isdigit, rest)) and bool(_SHOP.search(over)))
        if whole and looks_like_address(rest, layout) and not find_organisations(rest) and not find_phones(rest):
            return {"name": replace(part, key="name", stop=begin), "address": replace(part, key="address", start=begin)}
    for space in _SPACE.finditer(part.cell.text):
        name, rest = part.cell.text[: space.start()], part.cell.text[space.end() :]
        named = find_organisations(name)
        if named and named[-1].stop == len(name) and looks_like_address(rest, layout) and not find_organisations(rest):
            stops = (space.start(), space.end(), len(part.cell.text))
            return {
                "name": replace(part, key="name", stop=stops[0]),
                "address": replace(part, key="address", start=stops[1], stop=stops[2]),
            }
    return {}


# --- parts outside tables ---------------------------------------------------------------------------------


def _from_parts(layout: Layout) -> list[tuple[int, ServiceOutlet]]:
    """Return outlets from label lines, items and sentences: a new one begins where a thing is said again."""
    found = []
    for group, scope in _groups(layout):
        outlet = with_country(outlet_of(group, layout), scope, layout)
        if _is_outlet(group, outlet, layout):
            found.append((min(part.row for part in group.values()), outlet))
    return found


def _groups(layout: Layout) -> list[tuple[Group, Field | None]]:
    """Return the parts in groups, each with the country of the heading over it."""
    groups: list[tuple[Group, Field | None]] = []
    scope: Field | None = None
    last = -1
    for part in find_parts(layout):
        if part.key == "heading":
            scope = country_field(part.cell, part.start, part.stop, layout)
            groups.append(({}, scope))
            continue
        if groups and (whole := _address_over_lines(part, groups[-1][0])):
            groups[-1][0]["address"] = whole
            last = part.row
            continue
        if part.key == "name" and _is_label_of_form(part, layout):
            continue  # the label of a form's cell, level with the middle of what it is about
        if groups and _is_address_under_name(part, groups[-1][0], layout):
            part = replace(part, key="address")  # the label of the box stands level with its second line
        if groups and _is_rest_of_address(part, groups[-1][0], layout):
            last = part.row
            continue
        if part.key in ("address", "contact") and not part.labelled and not (groups and "name" in groups[-1][0]):
            continue  # words with a place in them are an address only behind a name
        if not groups or part.row - last > FARTHEST_ROWS or _begins(part, groups[-1][0]):
            groups.append(({}, scope))
        elif part.key in groups[-1][0] and not (part.labelled and not groups[-1][0][part.key].labelled):
            continue  # said again beside the first; what a label says replaces what only looks so
        groups[-1][0][part.key] = part
        last = part.row
    return [(group, over) for group, over in groups if group]


def _address_over_lines(part: Part, group: Group) -> Part | None:
    """Return the address that goes on in the next line behind a comma: 124 Main Reef Road, / Johannesburg."""
    begun = group.get("address")
    if begun is None or part.key != "address" or part.labelled or part.row != begun.row + 1:
        return None
    if not begun.cell.text.rstrip().endswith((",", "，")) or "phone" in group or part.start:
        return None
    cell = Cell.of(begun.cell.page, [*begun.cell.pieces, *part.cell.pieces])
    return replace(begun, cell=cell, stop=len(cell.text) - (len(part.cell.text) - part.stop))


def _is_address_under_name(part: Part, group: Group, layout: Layout) -> bool:
    """Return whether what a label calls an outlet is the address right under the outlet's name."""
    named = group.get("name")
    if named is None or len(group) > 1 or named.row + 1 != part.row or part.key != "name" or not part.labelled:
        return False
    plain = not find_organisations(part.text) and bool(find_organisations(named.text))
    return plain and looks_like_address(part.text, layout)


def _is_rest_of_address(part: Part, group: Group, layout: Layout) -> bool:
    """Return whether a "name" is the town that an address goes on with behind a comma in the next line."""
    address = group.get("address")
    if address is None or part.key != "name" or part.labelled or part.row != address.row + 1:
        return False
    broken = address.cell.text.rstrip().endswith((",", "，")) and address.stop >= len(address.cell.text.rstrip()) - 1
    return broken and bool(layout.labels.places.find(part.text)) and not find_organisations(part.text)


def _is_label_of_form(part: Part, layout: Layout) -> bool:
    """Return whether a name is but the label of a box, level with the middle of what it is about."""
    around = part.cell.text
    return part.labelled and says_nobody(around) and is_announcing(around, layout)


def _begins(part: Part, group: Group) -> bool:
    """Return whether a part belongs to the next outlet: said already, or the head of a new item."""
    if part.key == "name" and part.fresh and not part.labelled:
        return bool(group)
    if part.key not in group:
        return False
    beside = group[part.key].row == part.row and part.key in ("phone", "contact")
    return not beside and (part.labelled or part.fresh or part.key == "name")


def _is_outlet(group: Group, outlet: ServiceOutlet, layout: Layout) -> bool:
    """Return whether a group is more than a name in passing or the maker's own address line."""
    name = group.get("name")
    if outlet.phone and outlet.country is None and _HOME_PHONE.match(outlet.phone.value):
        return False  # the maker's own telephone
    if outlet.name is None or name is None:
        at_home = outlet.country is not None and outlet.country.value in _HOME
        return outlet.address is not None and outlet.phone is not None and not at_home
    if name.labelled and not (outlet.address or outlet.phone) and _HEADED.search(name.cell.text[: name.start]):
        return False
    if name.labelled and _ANNOUNCES.search(outlet.name.value):
        return False
    if name.labelled and is_heading_of_outlets(outlet.name.value, layout) and not outlet.address:
        return False
    if name.labelled:
        return bool(outlet.address or outlet.phone) or not is_person(outlet.name.value)
    abroad = outlet.country is None or outlet.country.value not in _HOME
    return (outlet.address is not None or outlet.phone is not None) and abroad
