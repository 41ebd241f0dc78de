"""The vehicles of a letter: VINs wherever they stand, with what is said about each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import Cell, with_readings
from verifier.extraction.labels import Labelled
from verifier.extraction.layout import Layout
from verifier.extraction.tables import TableRow
from verifier.extraction.values import country_field, date_field, text_field
from verifier.formats import vin as vins
from verifier.letter import Field, VehicleClaim

_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9А-ЯЅІЈ](?:[ .\-·_]{0,2}[A-Za-z0-9А-ЯЅІЈ]){9,24}(?![A-Za-z0-9])")
_LABEL_WORD = re.compile(r"^(?:VIN|VINNO|VINCODE|CHASSISNO|NO)(?=[A-Z0-9]{14,})")
_SERIAL = re.compile(r"^\d{1,3}[ .\-]+(?=\S)")
SHORTEST, LONGEST = 15, 19
"""Under a VIN label, a token of this length is a VIN with characters lost or doubled, and must be flagged."""
FEWEST_LETTERS, FEWEST_DIGITS = 2, 3
MOST_SMALL_LETTERS = 4
"""More small letters than this are words that happen to have seventeen."""
_CHINESE_REGION = "LH"
"""First character of Chinese makers; without a label, another one needs its check digit to be a VIN."""
_SEGMENT_END = re.compile(r"[；;。]|\.\s|$")
_SENTENCE_MODEL = re.compile(
    r"(?P<brand>(?:(?<=[的为系])|(?<![\u4e00-\u9fff]))[\u4e00-\u9fff]{1,8}?牌|[A-Z][A-Za-z]{2,15}(?=\s))\s*(?P<model>[A-Z]{1,4}[A-Z0-9/-]{3,20})(?![A-Za-z0-9])"
)
_REGISTERED = re.compile(r"注册|登记|registered|registration|зарегистр", re.I)
_VEHICLE_LABELS = ("brand_model", "brand", "model", "registration_date", "transfer_date", "export_country")
_BRAND_MODEL = re.compile(
    r"^(?P<brand>[^A-Za-z0-9]*?[牌]|[\u4e00-\u9fff]{2,8}|[A-Za-z]+(?=[\s/]))[\s/、,，·-]*(?P<model>.*[A-Za-z0-9].*)$"
)


@dataclass(frozen=True, slots=True)
class VinPlace:
    """A VIN with the row it stands in."""

    row: int
    vin: Field
    cell: Cell
    start: int
    stop: int


def find_vehicles(layout: Layout) -> tuple[VehicleClaim, ...]:
    """Return the vehicles in reading order: rows of tables first assembled, then VINs in lists and prose."""
    claims: list[tuple[int, VehicleClaim]] = []
    for table in layout.tables:
        if table.kind == "vehicles":
            claims += [(row.number, claim) for row in table.rows if (claim := _claim_of_row(row, layout))]
    taken = {number for number, _ in claims}
    loose = [place for place in _loose_vins(layout) if place.row not in taken]
    claims += [(place.row, claim) for place, claim in zip(loose, _claims_of_places(loose, layout), strict=True)]
    return tuple(claim for _, claim in sorted(claims, key=lambda pair: pair[0]))


def _claim_of_row(row: TableRow, layout: Layout) -> VehicleClaim | None:
    """Return the vehicle of a table row, None where it holds no VIN."""
    cell = row.cells.get("vin")
    places = _vins_in(cell, labelled=True) if cell else []
    if not places:
        others = [found for other in row.cells.values() for found in _vins_in(other, labelled=False)]
        places = others[:1]
    if not places:
        return None
    return VehicleClaim(
        vin=_with_readings(places[0][0], layout),
        **_attributes({name: (other, 0, len(other.text)) for name, other in row.cells.items()}, layout),
    )


def _loose_vins(layout: Layout) -> list[VinPlace]:
    labelled = {id(value.cell) for value in layout.values("vin")}
    numbers = {id(value.cell): (value.start, value.stop) for value in layout.values("number")}
    found = []
    for number, cell in layout.cells():
        fields = _vins_in(cell, labelled=id(cell) in labelled, apart=numbers.get(id(cell)))
        found += [
            VinPlace(number, _with_readings(field, layout), cell, start, start + len(field.text))
            for field, start in fields
        ]
    return found


def _vins_in(cell: Cell, *, labelled: bool, apart: tuple[int, int] | None = None) -> list[tuple[Field, int]]:
    """Return the VINs of a cell as read, with where each begins: 17 characters, or nearly so under a label."""
    found = []
    for match in _TOKEN.finditer(cell.text):
        if apart and match.start() < apart[1] and apart[0] < match.end():
            continue
        start = match.start()
        serial = _SERIAL.match(match.group())
        if serial and len(vins.normalise(match.group())) > vins.LENGTH:
            start += serial.end()
        word = _LABEL_WORD.match(vins.normalise(cell.text[start : match.end()]))
        if word:
            start = _skip(cell.text, start, word.end())
        value = vins.without_impossible(vins.normalise(cell.text[start : match.end()]))
        if _is_vin_like(value, cell.text[start : match.end()], labelled):
            found.append((cell.field(value, start, match.end()), start))
    return found


def _skip(text: str, start: int, characters: int) -> int:
    """Return the position after so many letters and digits."""
    position = start
    while characters:
        characters -= text[position].isalnum()
        position += 1
    while not text[position].isalnum():
        position += 1
    return position


def _is_vin_like(value: str, text: str, labelled: bool) -> bool:
    letters = sum(character.isalpha() for character in value)
    digits = sum(character.isdigit() for character in text)  # as read: words have an O and an I, too
    small = sum(character.islower() for character in text)
    if letters < FEWEST_LETTERS or digits < FEWEST_DIGITS or small > MOST_SMALL_LETTERS:
        return False
    if len(value) == vins.LENGTH:
        return labelled or vins.is_valid(value) or (value[0] in _CHINESE_REGION and not re.search(r"[-_.]", text))
    return labelled and SHORTEST <= len(value) <= LONGEST


def _with_readings(field: Field, layout: Layout) -> Field:
    page = next(page for page in layout.pages if page.number == field.page)
    return with_readings(field, page)


def _claims_of_places(places: list[VinPlace], layout: Layout) -> list[VehicleClaim]:
    """Return the vehicles of VINs outside tables, each with the labelled values that are about it."""
    values = {name: layout.values(name) for name in _VEHICLE_LABELS}
    claims = []
    for index, place in enumerate(places):
        about = {
            name: (value.cell, value.start, value.stop)
            for name, found in values.items()
            if (value := _value_for(index, places, found))
        }
        if "export_country" in about and len(values["export_country"]) < 2:
            del about["export_country"]  # one destination for the whole letter is no vehicle's own
        stated = _in_sentence(place) | {k: v for k, v in _attributes(about, layout).items() if v}
        claims.append(VehicleClaim(vin=place.vin, **stated))
    return claims


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


def _value_for(index: int, places: list[VinPlace], found: tuple[Labelled, ...]) -> Labelled | None:
    """Return the value about vehicle `index`: the only one there is, or the one of as many as vehicles."""
    if len(found) == 1:
        return found[0]
    return found[index] if len(found) == len(places) else None


def _attributes(about: dict[str, tuple[Cell, int, int]], layout: Layout) -> dict[str, Field | None]:
    """Return brand, model, dates and country of a vehicle from the cells that hold them."""
    attributes: dict[str, Field | None] = {}
    if "brand_model" in about:
        attributes |= split_brand_model(*about["brand_model"])
    for name in ("brand", "model"):
        if name in about:
            attributes[name] = text_field(*_first_clause(*about[name]))
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
    return {
        "brand": text_field(cell, offset + match.start("brand"), offset + match.end("brand")),
        "model": text_field(cell, offset + match.start("model"), offset + match.end("model")),
    }
