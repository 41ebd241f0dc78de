"""Model designations of vehicles, told by what they look like, and the brands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verifier.extraction.brands import OF_BRAND, without_lead
from verifier.extraction.cells import Cell
from verifier.extraction.layout import Layout
from verifier.extraction.letter_number import find_number
from verifier.extraction.values import text_field
from verifier.extraction.vin_places import VinPlace
from verifier.formats.dates import find_dates
from verifier.letter import Field

MODEL = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=[Mm]odel)|(?<=[Mm]odelo)|(?<=[Tt]ype)|(?<=[Tt]ipo))[A-Z]{1,4}[0-9]{3,5}[A-Z0-9]{0,14}(?![A-Za-z0-9])"
)
"""Chinese model designations (GB/T 9417): letters of the maker, at least three digits, letters of the variant."""
_BEFORE_MODEL = re.compile(
    rf"(?P<chinese>(?![—-])(?:{OF_BRAND}){{1,8}}牌)?"
    r"[\s/、,，·(（)）-]*(?P<latin>(?:(?:^|(?<=[,;:，；：]\s)|(?<=[,;:，；：]))[A-Z][A-Z-]{1,20}\s)?[A-Z][A-Za-z-]{1,20})?[\s/、,，)）]*"
    r"(?:модель|model|modelo|modèle|型号)?[\s:：]*$",
    re.I,
)
_NO_BRANDS = frozenset(
    re.findall(
        r"\S+",
        "VIN NO CODE CAR CARS SUV MPV BUS TRUCK VAN UNIT UNITS TYPE MODEL BRAND MAKE EV BEV PHEV HEV THE AND",
    )
)
"""Words in capitals that stand before a designation and name no brand."""
_AFTER_MODEL = re.compile(r"\s*[(（]\s*(?P<chinese>[\u4e00-\u9fff—-]{1,8}牌)\s*[)）]")
SHORTEST_BRAND = 3
_GLUED = re.compile(r"(?<![A-Za-z0-9])[A-Z]{5,20}[0-9]{3,5}[A-Z0-9]{0,14}(?![A-Za-z0-9])")
_WORD = re.compile(r"[A-Za-z]{3,}")
Said = dict[str, Field | None]
Position = tuple[int, float, int]
"""Row, left edge of the cell, character: the order of reading."""


@dataclass(frozen=True, slots=True)
class ModelPlace:
    """A designation that is no part of a VIN, with the row it stands in."""

    row: int
    cell: Cell
    start: int
    stop: int

    @property
    def order(self) -> Position:
        """Where it stands in the order of reading."""
        return self.row, self.cell.box.x0, self.start

    def said(self) -> Said:
        """Return the designation and the brand beside it."""
        return {"model": text_field(self.cell, self.start, self.stop), **brand_beside(self.cell, self.start, self.stop)}


def brand_beside(cell: Cell, start: int, stop: int) -> Said:
    """Return the brand right before a designation, or in brackets behind it; nothing where there is none."""
    before = _BEFORE_MODEL.search(cell.text, 0, start)
    for match in (before, _AFTER_MODEL.match(cell.text, stop)):
        if match and match["chinese"]:
            begin, end = match.span("chinese")
            return {"brand": text_field(cell, without_lead(cell.text, begin, end), end)}
    latin = before["latin"] if before else None
    if before and latin and latin.isupper() and not _NO_BRANDS.intersection(latin.split()):
        return {"brand": text_field(cell, *before.span("latin"))}
    return {}


def model_places(places: Sequence[VinPlace], layout: Layout, rows: range) -> list[ModelPlace]:
    """Return the designations in some rows, none inside a VIN or the letter's own number, in the order of reading."""
    own = find_number(layout)
    found = []
    for number in rows:
        for cell in layout.rows[number].cells:
            taken = [(place.start, place.stop) for place in places if place.cell is cell]
            found += [
                ModelPlace(number, cell, start, stop)
                for start, stop in find_models(cell.text, layout)
                if not any(start < b and a < stop for a, b in taken)
                and not (own and own.page == cell.page and cell.text[start:stop] in own.text)
            ]
    return sorted(found, key=lambda one: one.order)


def designations(text: str, start: int = 0, stop: int | None = None) -> list[tuple[int, int]]:
    """Return where designations stand, without a date that lost the white before it: QZE6671BEVB2025-10-20."""
    found = [match.span() for match in MODEL.finditer(text, start, len(text) if stop is None else stop)]
    dates = [mention.start for mention in find_dates(text)] if found else []
    cut = ((a, min([day for day in dates if a < day < b], default=b)) for a, b in found)
    return [(a, b) for a, b in cut if MODEL.fullmatch(text[a:b])]


def find_models(text: str, layout: Layout) -> list[tuple[int, int]]:
    """Return where designations stand, those too that lost the white behind a brand: BENCHENGBC6490H.

    Such a brand must stand elsewhere in the letter as a word.
    """
    found = [(start, stop) for start, stop in designations(text) if not _is_postcode(text, start, layout)]
    for match in _GLUED.finditer(text):
        cuts = [n for n in range(SHORTEST_BRAND, len(match.group())) if MODEL.fullmatch(match.group()[n:])]
        words = _words(layout) if cuts else frozenset()
        known = [n for n in cuts if match.group()[:n].casefold() in words]
        found += [(match.start() + known[-1], match.end())] if known else []
    return sorted(found)


def _is_postcode(text: str, start: int, layout: Layout) -> bool:
    """Return whether a town stands right before what looks like a designation: Ganja AZ2073."""
    before = text[:start].rstrip(" ,")
    return any(town.stop == len(before) for town in layout.labels.places.find(before))


def _words(layout: Layout) -> frozenset[str]:
    """Return the Latin words of a letter, in small letters."""
    cells = (cell for row in (*layout.rows, *layout.margins) for cell in row.cells)
    return frozenset(word.casefold() for cell in cells for word in _WORD.findall(cell.text))
