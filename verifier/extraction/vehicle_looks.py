"""What stands about a VIN without a label: designation, brand and registration date, told by what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from verifier.extraction.brands import find_brands
from verifier.extraction.cells import Cell
from verifier.extraction.designations import ModelPlace, Position, Said, brand_beside, find_models, model_places
from verifier.extraction.layout import Layout
from verifier.extraction.values import date_field, text_field
from verifier.extraction.vin_places import VinPlace
from verifier.formats.dates import find_dates
from verifier.letter import Field

REGISTERED = re.compile(
    r"(?:初次|首次)?(?:注册|登记|上牌|初登)|\breg\.|registered|registration|immatricul|matricul|зарегистр|регистрац",
    re.I,
)
_TRANSFERRED = (
    r"(?:转让|转移|过户)(?:登记)?(?:[（(]?待出口[)）]?)?|待出口|\btransferr?\w*(?:\s+registration)?|\bde-?regist\w*|перерегистр\w*"
    r"|снят\w*\s+с\s+уч\w*|переоформл\w*|traspas\w*|transferid\w*|transfér\w*|mutation|cession"
)
_OF_DAY = re.compile(rf"(?P<transfer_date>{_TRANSFERRED})|(?P<registration_date>{REGISTERED.pattern})", re.I)
"""What a day of a vehicle is of; 转让登记 is no registration."""
_BEHIND_DAY = re.compile(rf"[^，,。；;\d]{{0,6}}?(?:{_OF_DAY.pattern})", re.I)
"""The same right behind the day: 2026年1月29日办理转让登记待出口."""
_BEHIND_VIN = re.compile(r"\s*[(（](?P<said>[^()（）]{4,60})[)）]")
"""What is said of a vehicle in brackets behind its VIN: （闽越FMY7512B6，2026年2月12日登记）."""
FEWEST_TURNS = 2
"""VINs and designations from which their taking turns is no accident."""
FARTHEST_ABOVE = 4
"""Rows above the first VIN in which a designation may head what follows."""
ROWS_BELOW = 3
"""Rows under a VIN in which more may be said of its vehicle."""
_LIKE_MODEL = re.compile(r"(?<![A-Za-z0-9])(?=[A-Z]*[A-Z][A-Z0-9]*\d)[A-Z0-9]{6,}")
NEAR_DATE = 32
"""Characters before a date within which words say what it is of: transferred for export on."""


def place_order(place: VinPlace) -> Position:
    """Return where a VIN stands in the order of reading."""
    return place.row, place.cell.box.x0, place.start


def said_in_turn(places: Sequence[VinPlace], layout: Layout) -> list[Said]:
    """Return what stands with each VIN where VINs and designations take turns, line by line or within lines.

    Then each designation belongs to the VIN before it, or each to the one after; nothing where they do not.
    """
    if len(places) < FEWEST_TURNS:
        return []
    rows = range(max(places[0].row - 1, 0), min(places[-1].row + 2, len(layout.rows)))
    models = model_places(places, layout, rows)
    order = sorted([(place_order(place), True) for place in places] + [(one.order, False) for one in models])
    if len(models) != len(places) or any(one[1] == other[1] for one, other in pairwise(order)):
        return []
    return [one.said() for one in models]


def said_above(places: Sequence[VinPlace], layout: Layout) -> list[Said]:
    """Return, for each VIN, the last designation before it, where designations head the VINs that follow them.

    A heading without a VIN states the registration date of all that it heads, too.
    """
    models = _headings(places, layout)
    found: list[Said] = []
    for place in places if models else ():
        one = max((one for one in models if one.order < place_order(place)), key=lambda one: one.order)
        dates = list(registered_dates(one.cell, 0, len(one.cell.text)))
        dated = len(dates) == 1 and not any(other.cell is one.cell for other in places)
        said = one.said() | ({"registration_date": dates[0]} if dated else {})
        found.append(said if _is_of_list(place, one, places, layout) else {})
    return found


def _headings(places: Sequence[VinPlace], layout: Layout) -> list[ModelPlace]:
    """Return the designations that head the VINs which follow them.

    There are fewer of them than VINs, one before the first VIN, each followed by a VIN; else there are none.
    """
    if not places:
        return []
    tables = layout.table_rows("vehicles")
    rows = range(max(places[0].row - FARTHEST_ABOVE, 0), places[-1].row + 1)
    models = [one for one in model_places(places, layout, rows) if one.row not in tables]
    order = sorted([(place_order(place), True) for place in places] + [(one.order, False) for one in models])
    # a designation behind another heads nothing, nor does the last thing
    heading = not any(not one[1] and not other[1] for one, other in pairwise(order)) and order[-1][1]
    return models if models and len(models) <= len(places) and not order[0][1] and heading else []


def _is_of_list(place: VinPlace, model: ModelPlace, places: Sequence[VinPlace], layout: Layout) -> bool:
    """Return whether a VIN stands in a list under a designation: nothing like another designation stands with it."""
    if place.cell is model.cell:
        return True
    for cell in layout.rows[place.row].cells:
        taken = [other for other in places if other.cell is cell]
        left = [c for n, c in enumerate(cell.text) if not any(other.start <= n < other.stop for other in taken)]
        if _LIKE_MODEL.search("".join(left)):
            return False
    return True


def said_below(places: Sequence[VinPlace], layout: Layout) -> list[Said]:
    """Return, for each VIN, the one designation and registration date of the rows from its own to the next VIN's, or
    to the next heading.
    """
    if not places:
        return []
    tables = layout.in_tables()
    last = min(max(place.row for place in places) + 1 + ROWS_BELOW, len(layout.rows))
    below = model_places(places, layout, range(min(place.row for place in places) + 1, last))
    ends = {one.row for one in _headings(places, layout)} | {place.row for place in places}
    found: list[Said] = []
    for place in places:
        stop = min([*(row for row in ends if row > place.row), place.row + 1 + ROWS_BELOW, last])
        rows = [number for number in range(place.row + 1, stop) if number not in tables]
        models = [one for one in below if place.row < one.row < stop]
        dates = [
            date for n in rows for cell in layout.rows[n].cells for date in registered_dates(cell, 0, len(cell.text))
        ]
        said = models[0].said() if len(models) == 1 and models[0].row in rows else {}
        alone = not any(other is not place and other.row == place.row for other in places)
        found.append((said | ({"registration_date": dates[0]} if len(dates) == 1 else {})) if alone else {})
    return found


def said_beside(place: VinPlace, places: Sequence[VinPlace], layout: Layout) -> Said:
    """Return the one designation, brand and registration date that stand in a VIN's own row, whatever head they lack.

    In running text with several VINs there must be as many designations as those. Otherwise none is chosen.
    """
    beside = [other for other in places if other.row == place.row]
    cells = layout.rows[place.row].cells
    found: Said = {}
    for name in ("model", "brand"):
        seen = [
            (cell, start, stop)
            for cell in cells
            for start, stop in (find_models(cell.text, layout) if name == "model" else find_brands(cell.text))
            if not any(cell is p.cell and start < p.stop and p.start < stop for p in beside)
        ]
        one_each = len(beside) > 1 and len(seen) == len(beside)
        if one_each or (len(beside) == 1 and len({cell.text[a:b] for cell, a, b in seen}) == 1):
            cell, start, stop = seen[beside.index(place) if one_each else 0]
            found[name] = text_field(cell, start, stop)
            if name == "model":
                found |= brand_beside(cell, start, stop)
    found["registration_date"] = _registered_beside(place, beside, cells)
    return found


def said_in_brackets(place: VinPlace, layout: Layout) -> Said:
    """Return the one designation, with its brand, that stands in brackets right behind a VIN; nothing else has it."""
    bracket = _BEHIND_VIN.match(place.cell.text, place.stop)
    if bracket is None:
        return {}
    begin, end = bracket.span("said")
    models = [(a, b) for a, b in find_models(place.cell.text, layout) if begin <= a and b <= end]
    if len(models) != 1:
        return {}
    return {"model": text_field(place.cell, *models[0])} | brand_beside(place.cell, *models[0])


def _registered_beside(place: VinPlace, beside: Sequence[VinPlace], cells: Sequence[Cell]) -> Field | None:
    """Return the one date in a VIN's row that a word of registration stands with: behind the VIN in its cell, else
    in another cell of a row that has one VIN.
    """
    following = [other.start for other in beside if other.cell is place.cell and other.start > place.start]
    ranges = [(place.cell, place.stop, min(following, default=len(place.cell.text)))]
    if len(beside) == 1:
        ranges += [(cell, 0, len(cell.text)) for cell in cells if cell is not place.cell]
        ranges.append((place.cell, 0, place.start))
    for cell, start, stop in ranges:
        dates = list(registered_dates(cell, start, stop))
        if len(dates) == 1:
            return dates[0]
    return None


def said_dates(cell: Cell, start: int, stop: int) -> Iterator[tuple[str, Field]]:
    """Yield the dates of a range that words tell of what they are, as (registration_date or transfer_date, field)."""
    text = cell.text[start:stop]
    last = 0
    for mention in find_dates(text):
        before = list(_OF_DAY.finditer(text, max(mention.start - NEAR_DATE, last), mention.start))
        told = _BEHIND_DAY.match(text, mention.stop) or (before[-1] if before else None)
        field = date_field(cell, start + mention.start, start + mention.stop) if told else None
        if told and told.lastgroup and field:
            yield told.lastgroup, field
        last = mention.stop


def registered_dates(cell: Cell, start: int, stop: int) -> Iterator[Field]:
    """Yield the dates of a range that a word of registration stands with."""
    return (field for name, field in said_dates(cell, start, stop) if name == "registration_date")


def only_one(layout: Layout) -> Said:
    """Return the brand that is the only one a letter names, nothing where it names several."""
    found: dict[str, tuple[Cell, int, int]] = {}
    for cell in layout.flow:
        for begin, end in find_brands(cell.text):
            found.setdefault(cell.text[begin:end], (cell, begin, end))
    return {"brand": text_field(*next(iter(found.values())))} if len(found) == 1 else {}
