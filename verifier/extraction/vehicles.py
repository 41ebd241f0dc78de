"""The vehicles of a letter: VINs wherever they stand, with what is said about each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from verifier.extraction.cells import Cell
from verifier.extraction.labels import Labelled, trimmed
from verifier.extraction.layout import Layout
from verifier.extraction.tables import TableRow
from verifier.extraction.values import country_field, date_field, text_field
from verifier.extraction.vin_places import VinPlace, find_vin_places
from verifier.letter import Field, VehicleClaim

_SEGMENT_END = re.compile(r"[；;。]|\.\s|$")
_SENTENCE_MODEL = re.compile(
    r"(?P<brand>(?:(?<=[的为系台辆])|(?<![\u4e00-\u9fff]))(?![台辆部])[\u4e00-\u9fff]{1,8}?牌|[A-Z][A-Za-z]{2,15}(?=\s))\s*(?P<model>[A-Z]{1,4}[A-Z0-9/-]{3,20})(?![A-Za-z0-9])"
)
MODEL = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,4}[0-9]{3,5}[A-Z0-9]{0,14}(?![A-Za-z0-9])")
"""Chinese model designations (GB/T 9417): letters of the maker, at least three digits, letters of the variant."""
_BRAND = re.compile(r"(?:(?<=[的为系台辆])|(?<![\u4e00-\u9fff]))(?![台辆部])[\u4e00-\u9fff]{1,8}牌")
_REGISTERED = re.compile(r"注册|登记|registered|registration|зарегистр", re.I)
_VEHICLE_LABELS = ("brand_model", "brand", "model", "registration_date", "transfer_date", "export_country")
_BRAND_MODEL = re.compile(
    r"^(?:\d{1,3}\s*(?=[\u4e00-\u9fff]))?(?P<brand>[^A-Za-z0-9]*?[牌]|[\u4e00-\u9fff]{2,8}|[A-Za-z]+(?=[\s/]))[\s/、,，·-]*(?P<model>.*[A-Za-z0-9].*)$"
)
_BRAND_FIRST = re.compile(r"^\s*[\u4e00-\u9fff—-]{1,10}牌\s*(?=.*[A-Za-z0-9])")
"""A brand before the designation in a column or after a label that says 型号 alone."""
_LATIN_BRAND = re.compile(r"^[A-Za-z][A-Za-z -]*\s(?=[A-Z]{1,5}\d\S*$)")
"""The brand once more in Latin letters: 朔方牌 SHUOFANG SF2031."""
_SECTION_NUMBER = re.compile(r"^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．:：]|[①-⑳•●◆■□*·-])\s*")
FEWEST_TURNS = 2
"""VINs and designations from which their taking turns is no accident."""
NEAR = 3
"""Characters between a brand and the designation behind it."""
SAME_COLUMN = 0.1
"""Share of the page width by which things said of one vehicle may stand apart where VINs stand side by side."""

Position = tuple[int, float, int]
"""Row, left edge of the cell, character: the order of reading."""


def find_vehicles(layout: Layout) -> tuple[VehicleClaim, ...]:
    """Return the vehicles in reading order, from tables, lists and prose; every VIN is one."""
    places = find_vin_places(layout)
    in_table = {
        (row.number, id(cell)): row
        for table in layout.tables
        if table.kind == "vehicles"
        for row in table.rows
        for cell in row.cells.values()
    }
    loose = [place for place in places if (place.row, id(place.cell)) not in in_table]
    claims = dict(zip(map(id, loose), _claims_of_places(loose, layout), strict=True))
    used: set[int] = set()
    for place in places:
        row = in_table.get((place.row, id(place.cell)))
        if row:
            claims[id(place)] = _claim_of_row(place, row, layout, first=id(row) not in used)
            used.add(id(row))
    return tuple(_with_section_country(layout, places, [claims[id(place)] for place in places]))


def _claim_of_row(place: VinPlace, row: TableRow, layout: Layout, *, first: bool) -> VehicleClaim:
    """Return the vehicle of a table row; a second VIN in it says nothing but itself."""
    about = {name: (cell, 0, len(cell.text)) for name, cell in row.cells.items() if first}
    return VehicleClaim(vin=place.vin, **_attributes(about, layout))


def _with_section_country(layout: Layout, places: list[VinPlace], claims: list[VehicleClaim]) -> Iterator[VehicleClaim]:
    """Yield the vehicles with the country of the section they stand in, where a letter has sections for several."""
    sections = list(_sections(layout))
    several = len({field.value for _, field in sections}) > 1
    for place, claim in zip(places, claims, strict=True):
        over = [field for row, field in sections if row <= place.row]
        yield replace(claim, export_country=over[-1]) if several and over and not claim.export_country else claim


def _sections(layout: Layout) -> Iterator[tuple[int, Field]]:
    """Yield (row, country) of the headings that name one country: "二、出口国别：加纳", or the country alone."""
    inside = layout.table_rows("vehicles") | layout.table_rows("outlets")
    labelled = {value.row: value for value in layout.values("export_country")}
    for number, row in enumerate(layout.rows):
        if number in labelled:
            value = labelled[number]
            if len(layout.labels.countries.find(value.text)) == 1:
                field = country_field(value.cell, value.start, value.stop, layout)
                if field:
                    yield number, field
        elif number not in inside and len(row.cells) == 1:
            cell = row.cells[0]
            item = _SECTION_NUMBER.match(cell.text)
            start, stop = trimmed(cell.text, item.end() if item else 0, len(cell.text))
            named = layout.labels.countries.find(cell.text[start:stop])
            field = country_field(cell, start, stop, layout)
            if len(named) == 1 and named[0].stop - named[0].start >= stop - start - 1 and field:
                yield number, field


def _claims_of_places(places: list[VinPlace], layout: Layout) -> list[VehicleClaim]:
    """Return the vehicles of VINs outside tables, each with the labelled values that are about it."""
    tables = layout.table_rows("vehicles") | layout.table_rows("outlets")
    values = {name: [v for v in layout.values(name) if v.row not in tables] for name in _VEHICLE_LABELS}
    # one destination for the whole letter is no vehicle's own, nor is that of a numbered section
    own = [v for v in values["export_country"] if not _SECTION_NUMBER.match(v.label_cell.text)]
    values["export_country"] = own if len(own) > 1 else []
    claims = []
    turns = _in_turn(places, layout)
    for index, place in enumerate(places):
        about = {
            name: (value.cell, value.start, value.stop)
            for name, found in values.items()
            if (value := _value_for(index, places, found))
        }
        stated = _in_sentence(place) | {k: v for k, v in _attributes(about, layout).items() if v}
        looks = turns[index] if turns else _by_looks(place, places, layout)
        claims.append(VehicleClaim(vin=place.vin, **(looks | stated)))
    return claims


def _in_turn(places: list[VinPlace], layout: Layout) -> list[dict[str, Field | None]]:
    """Return what stands with each VIN where VINs and designations take turns, line by line or within lines.

    Then each designation belongs to the VIN before it, or each to the one after; nothing where they do not.
    """
    if len(places) < FEWEST_TURNS:
        return []
    first, last = places[0].row, places[-1].row
    said: list[tuple[Position, Cell, re.Match[str]]] = []
    for number in range(max(first - 1, 0), min(last + 2, len(layout.rows))):
        for cell in layout.rows[number].cells:
            vins = [(place.start, place.stop) for place in places if place.cell is cell]
            said += [
                ((number, cell.box.x0, match.start()), cell, match)
                for match in MODEL.finditer(cell.text)
                if not any(match.start() < stop and start < match.end() for start, stop in vins)
            ]
    order = sorted([(_place_order(place), True) for place in places] + [(at, False) for at, _, _ in said])
    if len(said) != len(places) or any(one[1] == other[1] for one, other in pairwise(order)):
        return []
    return [_said_in_turn(cell, match) for _, cell, match in sorted(said, key=lambda one: one[0])]


def _said_in_turn(cell: Cell, match: re.Match[str]) -> dict[str, Field | None]:
    """Return a designation and the brand right before it."""
    found: dict[str, Field | None] = {"model": text_field(cell, match.start(), match.end())}
    brands = [brand for brand in _BRAND.finditer(cell.text, 0, match.start()) if match.start() - brand.end() <= NEAR]
    if brands:
        found["brand"] = text_field(cell, brands[-1].start(), brands[-1].end())
    return found


def _by_looks(place: VinPlace, places: list[VinPlace], layout: Layout) -> dict[str, Field | None]:
    """Return the one model designation and the one brand that stand in a VIN's own row, whatever head they lack.

    In running text with several VINs there must be as many as those. Otherwise none is chosen.
    """
    beside = [other for other in places if other.row == place.row]
    cells = layout.rows[place.row].cells
    found: dict[str, Field | None] = {}
    for name, pattern in (("model", MODEL), ("brand", _BRAND)):
        seen = [
            (cell, match)
            for cell in cells
            for match in pattern.finditer(cell.text)
            if not any(cell is p.cell and match.start() < p.stop and p.start < match.end() for p in beside)
        ]
        one_each = len(beside) > 1 and len(seen) == len(beside)
        if one_each or (len(beside) == 1 and len({match.group() for _, match in seen}) == 1):
            cell, match = seen[beside.index(place) if one_each else 0]
            found[name] = text_field(cell, match.start(), match.end())
    return found


def _value_for(index: int, places: list[VinPlace], found: list[Labelled]) -> Labelled | None:
    """Return the value about vehicle `index`.

    It is the only one there is, or the one of as many as vehicles; else the nearest: where the first value
    stands before the first VIN, values head what follows them, else each follows its VIN.
    """
    if len(found) == len(places):
        return found[index]
    if len(found) == 1 and _order(found[0]) < _place_order(places[0]):
        return found[0]
    own = [value for value in found if _in_column(value, places[index], places)]
    if not own:
        return None
    here = _place_order(places[index])
    if _order(own[0]) < _place_order(places[0]):
        return max((value for value in own if _order(value) < here), key=_order, default=None)
    following = [_place_order(place) for place in places if _place_order(place) > here]
    stop = min(following, default=(len(found) + here[0] + 1000, 0.0, 0))
    return min((value for value in own if here < _order(value) < stop), key=_order, default=None)


def _in_column(value: Labelled, place: VinPlace, places: list[VinPlace]) -> bool:
    """Return whether a value may be about a vehicle: of VINs side by side, about the one in its own column."""
    beside = any(other.row == place.row and other.cell is not place.cell for other in places)
    if not beside:
        return True
    left = value.label_cell.box.x0
    nearest = min((abs(other.cell.box.x0 - left) for other in places if other.row == place.row), default=0.0)
    return abs(place.cell.box.x0 - left) <= max(nearest, 0.0) + 1e-6


def _order(value: Labelled) -> Position:
    return value.row, value.label_cell.box.x0, value.label_start


def _place_order(place: VinPlace) -> Position:
    return place.row, place.cell.box.x0, place.start


def _in_sentence(place: VinPlace) -> dict[str, Field | None]:
    """Return brand, model and registration date from the sentence around a VIN in running text."""
    cell, start, stop = place.cell, place.start, place.stop
    end = _SEGMENT_END.search(cell.text, stop)
    last = end.start() if end else len(cell.text)
    first = max((m.end() for m in _SEGMENT_END.finditer(cell.text, 0, start) if m.group()), default=0)
    found: dict[str, Field | None] = {}
    match = _SENTENCE_MODEL.search(cell.text, first, start) or _SENTENCE_MODEL.search(cell.text, stop, last)
    if match:
        found["brand"] = text_field(cell, match.start("brand"), match.end("brand"))
        found["model"] = text_field(cell, match.start("model"), match.end("model"))
    if _REGISTERED.search(cell.text, stop, last):
        found["registration_date"] = date_field(cell, stop, last)
    return found


def _attributes(about: dict[str, tuple[Cell, int, int]], layout: Layout) -> dict[str, Field | None]:
    """Return brand, model, dates and country of a vehicle from the cells that hold them."""
    attributes: dict[str, Field | None] = {}
    if "brand_model" in about:
        attributes |= split_brand_model(*about["brand_model"])
    for name in ("brand", "model"):
        if name in about:
            attributes[name] = text_field(*_first_clause(*about[name]))
    if "model" in about and _BRAND_FIRST.match(attributes["model"].text if attributes["model"] else ""):
        split = split_brand_model(*_first_clause(*about["model"]))
        attributes |= split if "brand" not in about else {"model": split["model"]}
    for name in ("registration_date", "transfer_date"):
        if name in about:
            attributes[name] = date_field(*about[name])
    if "export_country" in about:
        cell, start, stop = about["export_country"]
        attributes["export_country"] = country_field(cell, start, stop, layout)
    return attributes


def _first_clause(cell: Cell, start: int, stop: int) -> tuple[Cell, int, int]:
    """Return a range up to its first semicolon: what follows is about something else."""
    end = re.search(r"[;；。]", cell.text[start:stop])
    return cell, start, start + end.start() if end else stop


def split_brand_model(cell: Cell, start: int, stop: int) -> dict[str, Field | None]:
    """Return `brand` and `model` of a value that joins them; only `model` where no brand is told apart."""
    match = _BRAND_MODEL.match(cell.text[start:stop].strip())
    if not match:
        return {"model": text_field(cell, start, stop)}
    offset = start + len(cell.text[start:stop]) - len(cell.text[start:stop].lstrip())
    latin = _LATIN_BRAND.match(match["model"])
    begin = match.start("model") + (latin.end() if latin else 0)
    return {
        "brand": text_field(cell, offset + match.start("brand"), offset + match.end("brand")),
        "model": text_field(cell, offset + begin, offset + match.end("model")),
    }
