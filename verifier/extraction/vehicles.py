"""The vehicles of a letter: VINs wherever they stand, with what is said about each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from verifier.extraction.brands import OF_BRAND, with_brands_agreed, without_lead
from verifier.extraction.cells import Cell
from verifier.extraction.designations import Position, Said, designations
from verifier.extraction.labelled import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.repeats import without_repeats
from verifier.extraction.table_heads import VIN
from verifier.extraction.tables import TableRow
from verifier.extraction.values import country_field, date_field, text_field
from verifier.extraction.vehicle_looks import (
    only_one,
    place_order,
    said_above,
    said_below,
    said_beside,
    said_dates,
    said_in_brackets,
    said_in_turn,
)
from verifier.extraction.vehicle_sections import SECTION_NUMBER, with_brand_headings, with_sections
from verifier.extraction.vehicle_values import attributes_of
from verifier.extraction.vin_places import VinPlace, find_vin_places
from verifier.formats import vin as vins
from verifier.formats.dates import find_dates
from verifier.letter import Field, VehicleClaim

_SEGMENT_END = re.compile(r"[；;。]|\.\s|$")
_SENTENCE_MODEL = re.compile(
    rf"(?P<brand>(?:(?<=[的为系台辆])|(?<![\u4e00-\u9fff]))(?![台辆部])(?:{OF_BRAND}){{1,8}}?牌|(?!(?:Make|Brand|Model|Type|Modelo|Modèle|The|This|That|Each|One|With|And|El|La|Le)\b)[A-Z][A-Za-z]{{2,15}}(?=[\s,]))[\s，,、/]*(?:(?:Model|Type|Modelo|Modèle|Модель)\s*[:：]?\s*)?"
    r"(?P<model>(?=[A-Z/-]*\d)[A-Z]{1,4}[A-Z0-9/-]{3,20})(?![A-Za-z0-9])"
)
_BOUND_FOR = re.compile(
    r"[(（]\s*(?:出口(?:至|到|往)?|运往|销往|发往|输往|目的国|(?:for\s+)?export(?:ed)?\s+to|destined\s+for|bound\s+for|to|for)\s*[:：]?\s*"
    r"(?P<country>[^()（）]{2,40}?)\s*[)）]",
    re.I,
)
_AND = re.compile(r"\s*(?:[、，,/;；和及与]|\band\b|\by\b|\bet\b|\bи\b)\s*")
_BESIDE_VIN = ("brand", "model", "brand_model")
"""Columns of which a cell that holds a VIN and more is a whole row, read as one: 001 LSVAA… QINLAN QL3995H4D."""
_IS_ROW = re.compile(rf"\W*\d{{0,3}}\W*{VIN.pattern}")
"""A value that is a whole row of a table, its serial number first."""
_VEHICLE_LABELS = ("brand_model", "brand", "model", "registration_date", "transfer_date", "export_country")
FEWEST_ALIKE = 2
"""Values from which their standing before their VINs is no accident."""
SAME_COLUMN = 0.1
"""Share of the page width by which things said of one vehicle may stand apart where VINs stand side by side."""


def find_vehicles(layout: Layout) -> tuple[VehicleClaim, ...]:
    """Return the vehicles in reading order, from tables, lists and prose: each once, however often it is spoken of.

    What stands twice in one list is there twice.
    """
    places = find_vin_places(layout)
    in_table = {
        (row.number, id(cell)): row
        for table in layout.tables
        if table.kind == "vehicles"
        for row in table.rows
        for name, cell in row.cells.items()
        if name not in _BESIDE_VIN or VIN.fullmatch(cell.text.strip())
    }
    loose = [place for place in places if (place.row, id(place.cell)) not in in_table]
    claims = dict(zip(map(id, loose), _claims_of_places(loose, layout), strict=True))
    used: set[int] = set()
    for place in places:
        row = in_table.get((place.row, id(place.cell)))
        if row:
            claims[id(place)] = _claim_of_row(place, row, layout, first=id(row) not in used)
            used.add(id(row))
    if not loose:
        claims = _with_labelled(places, claims, layout)
    whole = [claims[id(place)] for place in places]
    whole = with_brand_headings(whole, [place.row for place in places], layout)
    for said in (
        _of_none(said_below(loose, layout), whole),
        said_above(places, layout),
        [only_one(layout)] * len(places),
    ):
        of = loose if len(said) == len(loose) else places
        beside = dict(zip(map(id, of), said, strict=True)) if said else {}
        whole = [_completed(claim, beside.get(id(place), {})) for claim, place in zip(whole, places, strict=True)]
    whole = [_bound_for(claim, place, layout) for claim, place in zip(whole, places, strict=True)]
    whole = with_sections(whole, [place.row for place in places], layout)
    return with_brands_agreed(without_repeats(places, tuple(whole), layout))


def _bound_for(claim: VehicleClaim, place: VinPlace, layout: Layout) -> VehicleClaim:
    """Return a vehicle with the destination that stands in brackets behind it: 车架号：…，型号：…（出口土耳其）.

    It may stand in the next line, where that is about no other vehicle.
    """
    below = [cell for row in layout.rows[place.row + 1 : place.row + 2] for cell in row.cells]
    below = [] if any(VIN.search(cell.text) for cell in below) else below
    for cell, start in [(place.cell, place.stop), *((cell, 0) for cell in below)]:
        following = VIN.search(cell.text, start)
        bound = _BOUND_FOR.search(cell.text, start, following.start() if following else len(cell.text))
        country = country_field(cell, *bound.span("country"), layout) if bound else None
        if country or following:
            return replace(claim, export_country=claim.export_country or country)
    return claim


def _of_none(said: list[Said], claims: Sequence[VehicleClaim]) -> list[Said]:
    """Return what stands under the VINs without designations that are those of other vehicles already."""
    taken = {(claim.model.page, claim.model.box) for claim in claims if claim.model}

    def is_free(one: Said) -> bool:
        model = one.get("model")
        return model is None or (model.page, model.box) not in taken

    return [one if is_free(one) else {k: v for k, v in one.items() if k not in ("model", "brand")} for one in said]


def _completed(claim: VehicleClaim, said: Said) -> VehicleClaim:
    """Return a vehicle with what else is said of it, where it lacks that; a brand comes with its designation."""
    lacking = {name: field for name, field in said.items() if field and not getattr(claim, name)}
    if "model" in said and "model" not in lacking:
        lacking.pop("brand", None)
    return replace(claim, **lacking)


def _claim_of_row(place: VinPlace, row: TableRow, layout: Layout, *, first: bool) -> VehicleClaim:
    """Return the vehicle of a table row; a second VIN in it says nothing but itself."""
    about = {name: (cell, 0, len(cell.text)) for name, cell in row.cells.items() if first}
    return VehicleClaim(vin=place.vin, **attributes_of(about, layout))


def _with_labelled(places: list[VinPlace], claims: dict[int, VehicleClaim], layout: Layout) -> dict[int, VehicleClaim]:
    """Return the vehicles of tables with what labels outside those say of them, where no row says it of any."""
    tables = layout.in_tables()
    for name in ("brand", "model", "registration_date", "transfer_date"):
        values = [v for v in layout.values(name) if v.row not in tables and not _lists_models(v)]
        if not values or any(getattr(claim, name) for claim in claims.values()):
            continue
        for index, place in enumerate(places):
            value = _value_for(index, places, values)
            said = attributes_of({name: (value.cell, value.start, value.stop)}, layout) if value else {}
            claims[id(place)] = replace(claims[id(place)], **{k: v for k, v in said.items() if v})
    return claims


def _lists_models(value: Labelled) -> bool:
    """Return whether a value is several designations, none of them one vehicle's: 型号：EQC6372BEV、EQC9375A."""
    found = designations(value.text) if value.name == "model" else []
    return any(_AND.fullmatch(value.text, first[1], second[0]) for first, second in pairwise(found))


def _claims_of_places(places: list[VinPlace], layout: Layout) -> list[VehicleClaim]:
    """Return the vehicles of VINs outside tables, each with the labelled values that are about it."""
    tables = layout.in_tables()
    values = {name: [v for v in layout.values(name) if v.row not in tables] for name in _VEHICLE_LABELS}
    for name in ("registration_date", "transfer_date"):
        values[name] = [value for value in values[name] if find_dates(value.text)]
    # 车架号及型号 heads both
    values["model"] = [v for v in values["model"] if not (VIN.search(v.text) or _lists_models(v))]
    values["brand"] = [value for value in values["brand"] if not _IS_ROW.match(value.text)]
    # one destination for the whole letter is no vehicle's own, nor is that of a numbered section, nor are several
    own = [v for v in values["export_country"] if not SECTION_NUMBER.match(v.label_cell.text)]
    own = [v for v in own if len({m.code for m in layout.labels.countries.find(v.text)}) < 2]
    values["export_country"] = own if len(own) > 1 else []
    claims = []
    turns = said_in_turn(places, layout)
    dates = _dates_in_turn(places, values["registration_date"])
    for index, place in enumerate(places):
        about = {
            name: (value.cell, value.start, value.stop)
            for name, found in values.items()
            if (
                value := _heading_over(places[index], found)
                if name == "export_country"
                else _value_for(index, places, found)
            )
        }
        sentence = _in_sentence(place, layout)
        if turns:  # then a designation before a VIN may be the last one's
            sentence = {name: field for name, field in sentence.items() if name != "model" and name not in turns[index]}
        stated = sentence | {k: v for k, v in attributes_of(about, layout).items() if v}
        if index in dates:
            stated["registration_date"] = dates[index]
        looks = said_beside(place, places, layout) | (turns[index] if turns else {})
        claims.append(VehicleClaim(vin=place.vin, **(looks | stated | said_in_brackets(place, layout))))
    return claims


def _dates_in_turn(places: list[VinPlace], values: list[Labelled]) -> dict[int, Field | None]:
    """Return the registration dates of VINs that stand in one list, where a label under it has as many dates."""
    found: dict[int, Field | None] = {}
    begin = 0
    for value in sorted(values, key=_order):
        before = [index for index, place in enumerate(places) if place_order(place) < _order(value)]
        dates = find_dates(value.text)
        group = before[begin:]
        if len(dates) == len(group) > 1:
            for index, date in zip(group, dates, strict=True):
                found[index] = date_field(value.cell, value.start + date.start, value.start + date.stop)
        begin = len(before)
    return found


def _heading_over(place: VinPlace, found: list[Labelled]) -> Labelled | None:
    """Return the last value before a VIN: destinations head their vehicles."""
    before = [value for value in found if _order(value) < place_order(place)]
    return max(before, key=_order, default=None)


def _value_for(index: int, places: list[VinPlace], found: list[Labelled]) -> Labelled | None:
    """Return the value about vehicle `index`.

    It is the only one there is, or the one of as many as vehicles; else the nearest: where the first value
    stands before the first VIN, values head what follows them, else each follows its VIN.
    """
    if len(found) == len(places):
        return found[index]
    if len(found) == 1 and _order(found[0]) < place_order(places[0]):
        return found[0]
    own = [value for value in found if _in_column(value, places[index], places)]
    if not own:
        return None
    here = place_order(places[index])
    if _stand_right_before(own, places):
        last = max((place_order(place) for place in places if place_order(place) < here), default=(-1, 0.0, 0))
        return max((value for value in own if last < _order(value) < here), key=_order, default=None)
    if _order(own[0]) < place_order(places[0]):
        return max((value for value in own if _order(value) < here), key=_order, default=None)
    following = [place_order(place) for place in places if place_order(place) > here]
    stop = min(following, default=(len(found) + here[0] + 1000, 0.0, 0))
    return min((value for value in own if here < _order(value) < stop), key=_order, default=None)


def _stand_right_before(values: list[Labelled], places: list[VinPlace]) -> bool:
    """Return whether all of several values stand nearer to the VIN under them than to the one above: cards whose VIN
    comes last, one of which lost its value.
    """
    if len(values) < FEWEST_ALIKE:
        return False
    for value in values:
        apart = [(abs(_down(place.cell) - _down(value.label_cell)), place.row > value.row) for place in places]
        if not min(apart)[1]:
            return False
    return True


def _down(cell: Cell) -> float:
    """Return how far down in the document a cell stands, in pages."""
    return cell.page + cell.box.centre[1]


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


def _in_sentence(place: VinPlace, layout: Layout) -> dict[str, Field | None]:
    """Return brand, model and registration date from the sentence around a VIN in running text."""
    cell, start, stop = place.cell, place.start, place.stop
    end = _SEGMENT_END.search(cell.text, stop)
    last = end.start() if end else len(cell.text)
    first = max((m.end() for m in _SEGMENT_END.finditer(cell.text, 0, start) if m.group()), default=0)
    found: dict[str, Field | None] = {}
    match = _SENTENCE_MODEL.search(cell.text, first, start) or _SENTENCE_MODEL.search(cell.text, stop, last)
    is_town = bool(match and layout.labels.places.find(match["brand"]))  # Ganja AZ2073: a town and its postcode
    if match and len(match["model"]) < vins.LENGTH and match["brand"] != "VIN" and not is_town:
        found["brand"] = text_field(cell, without_lead(cell.text, *match.span("brand")), match.end("brand"))
        found["model"] = text_field(cell, match.start("model"), match.end("model"))
    for name, field in said_dates(cell, stop, last):
        found.setdefault(name, field)
    return found
