"""All ways of looking at the fields of one page, by their names in docs/tampering.md."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from verifier.examination import OpenedPage
from verifier.integrity.fields import Sort, VerdictField
from verifier.integrity.traces.blocks import block_deviations, owned_blocks
from verifier.integrity.traces.cells import Cell, cells_of
from verifier.integrity.traces.characters import rows_of
from verifier.integrity.traces.compression import BLOCK, Steps, steps_of
from verifier.integrity.traces.copies import copy_deviations
from verifier.integrity.traces.faces import face_deviations
from verifier.integrity.traces.neighbours import crowd_of, field_deviation
from verifier.integrity.traces.origins import origin_deviations
from verifier.integrity.traces.pieces import piece_at, pieces_of
from verifier.integrity.traces.prints import kinds_of
from verifier.integrity.traces.repeats import repeat_deviations
from verifier.integrity.traces.runs import allowed, patched, unlike
from verifier.integrity.traces.savings import saving_deviations
from verifier.page import Page, Pixels

Ways = dict[str, dict[int, float]]
"""By way the deviations of fields, 1 being the limit, by their indices; a field that a way cannot measure is left out."""
COPIED = (Sort.VIN, Sort.COUNTRY, Sort.DATE, Sort.CODE)
"""Where a copied character would help a forger."""
BY_CHARACTER = (Sort.VIN, Sort.DATE, Sort.CODE)
"""Written in digits and capitals, whose numbers do not depend on how many strokes they have."""
MOST_WITNESSES = 150
"""Characters outside verdict fields that are measured, about 0.04 ms each."""
ONE_NUMBER = 40
"""Characters of fields on a usual page: limits grow where there are more (`runs.allowed`)."""


def ways_of(opened: OpenedPage, page: Page, fields: Sequence[VerdictField]) -> Ways:
    """Return what each way says of the fields of a page that stand in its box."""
    pixels = opened.pixels
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    cells = cells_of(luma, page, fields)
    sought = {n for n, field in enumerate(fields) if field.sort in COPIED}
    places = [(round(cell.x), round(cell.y)) for cell in cells if cell.field in sought]
    steps = steps_of(luma, places, opened.steps)
    kinds = list(kinds_of(luma, cells, sought))
    owned = owned_blocks(luma, cells, sought)
    lossless = steps if not opened.steps else None  # a file that is a JPEG has no block off its steps
    anew = _set_anew(pixels, cells, fields)
    size = (pixels.shape[1], pixels.shape[0])
    pieces = pieces_of(page, size)
    runs = {
        n: (field, piece_at(page, field.field.box, field.field.text, size))
        for n, field in enumerate(fields)
        if field.field.box is not None
    }
    numbers = {n for n, field in enumerate(fields) if field.sort is Sort.VIN}
    never_saved = steps is None and not opened.steps
    return {
        "copies": copy_deviations(luma, cells, kinds, sought, steps),
        "origins": origin_deviations(luma, cells, kinds, sought, steps),
        "blocks": block_deviations(pixels, luma, owned, sought, lossless),
        "savings": saving_deviations(pixels, luma, owned, sought, steps),
        "neighbours": anew,
        "likeness": dict(unlike(pixels, pieces, {n: run for n, run in runs.items() if n not in anew})),
        "paper": dict(patched(pixels, luma, pieces, runs, _rounding(opened.steps, steps))),
        "faces": face_deviations(pixels, luma, cells, numbers),
        "repeats": repeat_deviations(luma, cells, kinds, sought) if never_saved else {},
    }


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
    found = {index: field_deviation(crowd, index) for index in sought}
    more = allowed(len(stated) / ONE_NUMBER)
    return {index: value / more for index, value in found.items() if value is not None}
