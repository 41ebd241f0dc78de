"""All ways of looking at the fields of one page, by their names in docs/tampering.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from verifier.examination import OpenedPage
from verifier.integrity.fields import Sort, VerdictField
from verifier.integrity.traces.blocks import block_deviations, owned_blocks
from verifier.integrity.traces.cells import Cell, cells_of, is_of_one_line
from verifier.integrity.traces.characters import rows_of
from verifier.integrity.traces.clutter import allowed_for_clutter
from verifier.integrity.traces.compression import BLOCK, Steps, steps_of
from verifier.integrity.traces.copies import copy_deviations
from verifier.integrity.traces.faces import face_deviations
from verifier.integrity.traces.neighbours import crowd_of, neighbour_deviations
from verifier.integrity.traces.pieces import piece_at, pieces_of
from verifier.integrity.traces.prints import astray_of, kinds_of
from verifier.integrity.traces.repeats import repeat_deviations
from verifier.integrity.traces.runs import Runs, allowed, patched, unlike
from verifier.integrity.traces.savings import saving_deviations
from verifier.page import Colour, Page, Pixels

Ways = dict[str, dict[int, float]]
"""By way the deviations of fields by their indices, 1 being the limit; a field that cannot be measured is left out."""
COPIED = (Sort.VIN, Sort.COUNTRY, Sort.DATE, Sort.CODE)
"""Where a copied character would help a forger."""
BY_CHARACTER = (Sort.VIN, Sort.DATE, Sort.CODE)
"""Written in digits and capitals, whose numbers do not depend on how many strokes they have."""
SIGNED = ("issued_on", "valid_until")
"""Where signatures run over print."""
MOST_WITNESSES = 150
"""Characters outside verdict fields that are measured, about 0.04 ms each."""
MOSTLY = 0.6
"""Share of a field's characters that have to be measurable: what a seal leaves of a date is changed by it as well."""
OF_PHOTO, UPRIGHT = 1.4, 1e-4
"""By how much limits grow on a photo, whose focus and light change within a line: of 13 photos by two generators never
seen before two passed them, by 1.2 to 1.3. A page whose sides run together (by more than the second) is one."""
OF_NUMBER = 1.5
"""By how much limits grow for the letter's own number, whose few digits stand among other characters in a face of their
own: four of 140 letters of generators never seen before passed them, by 1.04 to 1.27."""
ONE_NUMBER = 40
"""Characters of fields on a usual page: limits grow where there are more (`runs.allowed`)."""


def ways_of(opened: OpenedPage, page: Page, fields: Sequence[VerdictField], *, masked: bool = False) -> Ways:
    """Return what each way says of the fields of a page that stand in its box.

    Where print is laid on through a mask (`masked`), characters that are alike say nothing.
    """
    pixels = opened.pixels
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    cells = cells_of(luma, page, fields)
    sought = {n for n, field in enumerate(fields) if field.sort in COPIED}
    places = [(round(cell.x), round(cell.y)) for cell in cells if cell.field in sought]
    steps = steps_of(luma, places, opened.steps)
    kinds = list(kinds_of(luma, cells, sought))
    owned = owned_blocks(luma, cells, sought)
    lossless = steps if not opened.steps else None  # a file that is a JPEG has no block off its steps
    size = (pixels.shape[1], pixels.shape[0])
    pieces = pieces_of(page, size)
    runs = {
        n: (field, piece_at(page, box, field.field.text, size))
        for n, field in enumerate(fields)
        if (box := field.field.box) is not None
        and any(is_of_one_line(box, line) for line in page.lines if box.y0 <= line.box.centre[1] <= box.y1)
    }
    astray = astray_of(cells, kinds, sought)
    anew = _set_anew(pixels, [cell for n, cell in enumerate(cells) if n not in astray], fields)
    alike = dict(unlike(pixels, pieces, {n: run for n, run in runs.items() if n not in anew}))
    numbers = {n for n, field in enumerate(fields) if field.sort is Sort.VIN}
    never_saved = steps is None and not opened.steps
    return {
        "copies": {} if masked else copy_deviations(luma, cells, kinds, sought, steps),
        "blocks": block_deviations(pixels, luma, owned, sought, lossless),
        "savings": saving_deviations(pixels, luma, owned, sought, steps),
        "neighbours": _allowed_for(pixels, page, runs, anew),
        "likeness": _allowed_for(pixels, page, runs, alike),
        "paper": dict(
            patched(pixels, luma, pieces, runs, _rounding(opened.steps, steps), grey=page.colour is Colour.GREY)
        ),
        "faces": face_deviations(pixels, luma, cells, numbers),
        "repeats": repeat_deviations(luma, cells, kinds, sought) if never_saved and not masked else {},
    }


def _allowed_for(pixels: Pixels, page: Page, runs: Runs, found: Mapping[int, float]) -> dict[int, float]:
    """Return the deviations of fields less by what a photo and marks that run over them allow.

    On a page without colour a mark may be the seal: nothing is said of print under it, and no such page is verified.
    """
    away = max(map(abs, page.homography[6:8])) if page.homography else 0.0
    photo = OF_PHOTO if away > UPRIGHT else 1.0
    kept = {index: value / photo for index, value in found.items()}
    for index in [index for index, value in kept.items() if value > 1 and index in runs]:
        field, piece = runs[index]
        more = allowed_for_clutter(pixels, piece.quad, signed=field.name in SIGNED)
        kept[index] = 0.0 if more > 1 and page.colour is Colour.GREY else kept[index] / more
    return kept


def _rounding(stated: Sequence[int], found: Steps | None) -> float:
    """Return to how many grey levels JPEG rounded the mean of a block, by the file or by what its pixels show."""
    flat = float(stated[0]) if stated else 0.0 if found is None else float(found[0, 0])
    return flat / BLOCK


def _set_anew(pixels: Pixels, cells: Sequence[Cell], fields: Sequence[VerdictField]) -> dict[int, float]:
    """Return the deviation of fields in digits and capitals, where the page says enough about itself."""
    sought = {n for n, field in enumerate(fields) if field.sort in BY_CHARACTER}
    latin = [cell for cell in cells if cell.latin]
    stated = [cell for cell in latin if cell.field in sought]
    others = [cell for cell in latin if cell.field not in sought]
    chosen = stated + others[:: max(1, -(-len(others) // MOST_WITNESSES))]
    crowd = crowd_of(chosen, rows_of(pixels, chosen))
    found = neighbour_deviations(crowd, {index: _siblings(fields, index) for index in sought})
    asked = Counter(cell.field for cell in stated)
    told = Counter(int(field) for field in crowd.places[:, 3])
    more = allowed(len(stated) / ONE_NUMBER)
    return {
        index: (told[index] >= MOSTLY * asked[index])
        * value
        / (more * (OF_NUMBER if fields[index].name == "number" else 1.0))
        for index, value in found.items()
    }


def _siblings(fields: Sequence[VerdictField], index: int) -> list[int]:
    """Return the fields that say the same of other vehicles."""
    said = fields[index].name.partition("].")[2]
    if not said:
        return []
    return [n for n, other in enumerate(fields) if n != index and other.name.partition("].")[2] == said]
