"""Values pasted over in a scan's pixels: each verdict field against the other print of its page.

A page calibrates itself: printer, device, paper and compression are the same for all of its print, so a character or
field that came onto the picture in another way stands out, and a poor scan as a whole does not. Characters copied
within the page are told by agreeing too well. What the same device made at the same settings leaves no trace; this is
said in docs/tampering.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.examination import Finding, OpenedPage
from verifier.integrity.fields import Sort, VerdictField, verdict_fields
from verifier.integrity.traces.blocks import block_deviations, owned_blocks
from verifier.integrity.traces.cells import Cell, cells_of
from verifier.integrity.traces.characters import rows_of
from verifier.integrity.traces.compression import steps_of
from verifier.integrity.traces.copies import copy_deviations
from verifier.integrity.traces.faces import face_deviations
from verifier.integrity.traces.likeness import Measured, deviation, standardised
from verifier.integrity.traces.neighbours import crowd_of, field_deviation
from verifier.integrity.traces.paper import Luma, goes_on, paper_deviations, paper_steps, row_steps
from verifier.integrity.traces.pieces import Piece, is_latin, is_sparse, piece_at, pieces_of
from verifier.integrity.traces.repeats import repeat_deviations
from verifier.integrity.traces.savings import saving_deviations
from verifier.integrity.traces.strokes import stroke_row
from verifier.letter import Letter
from verifier.page import Box, Colour, Page, Pixels

__all__ = ["TRACES_VERSION", "field_deviations", "find_traces"]

TRACES_VERSION = "3"
"""Goes up with whatever changes what is found in a scan's pixels: stored examinations are then made anew."""

MOST_PIECES = 28
"""Pieces of one page that are measured, about 0.3 ms each: an even choice, all alike."""
MOST_PAPERS = 24
"""Pieces of one page around which the paper is looked at, about 0.3 ms each."""
NEAREST_PIECES = 25
"""Of these, as many as stand nearest to a field: a photo's focus and light change down the page."""
MOST_WITNESSES = 150
"""Characters outside verdict fields that are measured, about 0.04 ms each."""
_SORTS = (Sort.VIN, Sort.COUNTRY, Sort.DATE, Sort.NAME, Sort.CODE)
_COPIED = (Sort.VIN, Sort.COUNTRY, Sort.DATE, Sort.CODE)
"""Where a copied character would help a forger."""
_BY_CHARACTER = (Sort.VIN, Sort.DATE, Sort.CODE)
"""Written in digits and capitals, whose numbers do not depend on how many strokes they have."""
_NOT_WORTH_CHANGING = ("brand", "model", "issuer")
"""Ends of names. The issuer is held against the seal and the register, and makers set their own name heavier than the
page: 2 of 31 genuine tuning pages cried wolf by it."""
_OF_OUTLETS = "outlets"
"""Long lines of any script: who sends a letter to another country has to change its country as well."""
ONE_NUMBER, FEW_NAMES, GROWTH = 40, 4, 0.12
"""Characters and names on a usual page, and by what share limits grow with the logarithm of how many times more there
are: on genuine tables of 60 vehicles the oddest character lies 1.5 times as far out as on a letter for one."""
SHORT, SHORT_ALLOWED = 3, 1.3
"""Names of so few characters differ by their shapes: of 99 genuine pages three passed the limit, none this one; of 19
countries typed anew all still do. A watermark covers one now and then: 1 of 394 genuine pages, so without this."""
SHARED = 0.2
"""Share of a field's box from which a piece of print is the field's own and no witness about it."""


def find_traces(opened: tuple[OpenedPage, ...], pages: tuple[Page, ...], letter: Letter) -> tuple[Finding, ...]:
    """Return a `tampering` for each verdict field whose print came onto the scan in another way than its page's.

    Boxes are upright; `detail` is the deviation, 1.00 being the limit. Pages drawn by the file itself and pages in
    black and white only are not looked at.
    """
    return tuple(
        Finding(
            "tampering", field.field.page, field.field.box, field.field.text, field=field.name, detail=f"{value:.2f}"
        )
        for field, value in field_deviations(opened, pages, letter)
        if value > 1.0
    )


def field_deviations(
    opened: tuple[OpenedPage, ...], pages: tuple[Page, ...], letter: Letter
) -> Iterator[tuple[VerdictField, float]]:
    """Yield each verdict field that can be measured with its deviation, 1 being the limit."""
    pictures = {page.number: page for page in opened}
    for page in pages:
        fields = [f for f in verdict_fields(letter) if f.field.page == page.number and _is_looked_at(f)]
        if fields and is_measurable(page) and page.number in pictures:
            yield from _of_page(pictures[page.number], page, fields)


def is_measurable(page: Page) -> bool:
    """Return whether a page is a picture with grey levels."""
    return not page.born_digital and page.colour is not Colour.BILEVEL


def _is_looked_at(field: VerdictField) -> bool:
    if field.name.startswith(_OF_OUTLETS) or field.name.endswith(_NOT_WORTH_CHANGING):
        return False
    return field.sort in _SORTS and field.field.box is not None


def _of_page(opened: OpenedPage, page: Page, fields: list[VerdictField]) -> Iterator[tuple[VerdictField, float]]:
    """Yield the fields with the largest of what all ways of looking say."""
    pixels = opened.pixels
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    cells = cells_of(luma, page, fields)
    sought = {n for n, field in enumerate(fields) if field.sort in _COPIED}
    places = [(round(cell.x), round(cell.y)) for cell in cells if cell.field in sought]
    steps = steps_of(luma, places, opened.steps)
    copied = copy_deviations(luma, cells, sought, steps)
    owned = owned_blocks(luma, cells, sought)
    lossless = steps if not opened.steps else None  # a file that is a JPEG has no block off its steps
    changed = block_deviations(pixels, luma, owned, sought, lossless)
    between = saving_deviations(pixels, luma, owned, sought, steps)
    anew = _set_anew(pixels, cells, fields)
    rest = [field for index, field in enumerate(fields) if index not in anew]
    unlike = dict(_unlike(pixels, page, rest)) if rest else {}
    patched = dict(_patched(pixels, luma, page, fields))
    faces = face_deviations(pixels, luma, cells, {n for n, field in enumerate(fields) if field.sort is Sort.VIN})
    repeated = repeat_deviations(luma, cells, sought) if steps is None else {}
    for index, field in enumerate(fields):
        ways = (
            copied.get(index), changed.get(index), between.get(index), anew.get(index), unlike.get(field.name),
            patched.get(index), faces.get(index), repeated.get(index),
        )  # fmt: skip
        values = [value for value in ways if value is not None]
        if values:
            yield field, max(values)


def _patched(pixels: Pixels, luma: Luma, page: Page, fields: list[VerdictField]) -> Iterator[tuple[int, float]]:
    """Yield the indices of fields around which the paper changes, and by how much, 1 being the limit."""
    size = (pixels.shape[1], pixels.shape[0])
    pieces = pieces_of(page, size)
    witnesses = [(piece.box, paper_steps(pixels, luma, piece.quad)) for piece in pieces[:: _every(pieces, MOST_PAPERS)]]
    for index, field in enumerate(fields):
        box = field.field.box
        if box is None:
            continue
        quad = piece_at(page, box, field.field.text, size).quad
        mine = paper_steps(pixels, luma, quad)
        if mine is None:
            continue
        others = [steps for where, steps in witnesses if steps is not None and not _is_shared(where, box)]
        values = paper_deviations(mine, others)
        if values.max() > 1 and (beside := row_steps(pixels, luma, quad)) is not None:
            values = np.where(goes_on(mine, beside), 0.0, values)
        short = SHORT_ALLOWED if len(field.field.text) <= SHORT else 1.0
        yield index, float(values.max()) / short


def _every(pieces: tuple[Piece, ...], most: int) -> int:
    """Return which of so many pieces are taken so that no more than `most` are."""
    return max(1, -(-len(pieces) // most))


def _is_shared(one: Box, other: Box) -> bool:
    """Return whether two boxes hold the same print."""
    return one.covers(other, SHARED) or other.covers(one, SHARED)


def _set_anew(pixels: Pixels, cells: Sequence[Cell], fields: list[VerdictField]) -> dict[int, float]:
    """Return the deviation of fields in digits and capitals, where the page says enough about itself."""
    sought = {n for n, field in enumerate(fields) if field.sort in _BY_CHARACTER}
    latin = [cell for cell in cells if cell.latin]
    stated = [cell for cell in latin if cell.field in sought]
    others = [cell for cell in latin if cell.field not in sought]
    chosen = stated + others[:: max(1, -(-len(others) // MOST_WITNESSES))]
    crowd = crowd_of(chosen, rows_of(pixels, chosen))
    found = {index: field_deviation(crowd, index) for index in sought}
    allowed = _allowed(len(stated) / ONE_NUMBER)
    return {index: value / allowed for index, value in found.items() if value is not None}


def _unlike(pixels: Pixels, page: Page, fields: list[VerdictField]) -> Iterator[tuple[str, float]]:
    """Yield the names of fields whose print as a whole can be compared with the page's, and their deviation."""
    scripts = {is_latin(field.field.text) for field in fields}
    pieces = pieces_of(page, (pixels.shape[1], pixels.shape[0]))
    witnesses = measured_pieces(pixels, tuple(piece for piece in pieces if piece.latin in scripts))
    allowed = _allowed(len(fields) / FEW_NAMES)
    for field in fields:
        away = field_away(pixels, page, field, witnesses)
        if away is not None:
            short = SHORT_ALLOWED if len(field.field.text) <= SHORT else 1.0
            yield field.name, deviation(away) / (allowed * short)


def _allowed(times: float) -> float:
    """Return by how much limits grow on a page that asks so many times more than usual: the oddest of more is odder."""
    return 1 + GROWTH * float(np.log(max(times, 1.0)))


def measured_pieces(pixels: Pixels, pieces: tuple[Piece, ...], most: int = MOST_PIECES) -> list[tuple[Box, Measured]]:
    """Return the pieces that can be measured; of more than `most` an even choice."""
    chosen = pieces[:: _every(pieces, most)]
    rows = [(piece, stroke_row(pixels, piece.quad)) for piece in chosen]
    return [(piece.box, Measured(row, piece.height, piece.latin)) for piece, row in rows if row is not None]


def field_away(
    pixels: Pixels, page: Page, field: VerdictField, witnesses: list[tuple[Box, Measured]]
) -> NDArray[np.float64] | None:
    """Return a field's standardised numbers, None where it or its page is too small or too faint to tell."""
    box = field.field.box
    if box is None or is_sparse(field.field.text):
        return None
    piece = piece_at(page, box, field.field.text, (pixels.shape[1], pixels.shape[0]))
    row = stroke_row(pixels, piece.quad)
    if row is None:
        return None
    apart = sorted((abs(where.centre[1] - box.centre[1]), n) for n, (where, _) in enumerate(witnesses))
    near = [witnesses[n] for _, n in apart[:NEAREST_PIECES]]
    others = [measured for where, measured in near if not _is_shared(where, box)]
    return standardised(Measured(row, piece.height, piece.latin), others)
