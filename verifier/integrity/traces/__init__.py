"""Values pasted over in a scan's pixels: each verdict field against the other print of its page.

A page calibrates itself: printer, device, paper and compression are the same for all of its print, so a field that
came onto the picture in another way stands out, and a poor scan as a whole does not. What the same device made at the
same settings leaves no trace; this is said in docs/tampering.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from verifier.examination import Finding, OpenedPage
from verifier.integrity.fields import Sort, VerdictField, verdict_fields
from verifier.integrity.traces.likeness import Measured, deviation, standardised
from verifier.integrity.traces.pieces import Piece, is_sparse, piece_at, pieces_of
from verifier.integrity.traces.strokes import stroke_row
from verifier.letter import Letter
from verifier.page import Box, Colour, Page, Pixels

__all__ = ["field_deviations", "find_traces"]

MOST_PIECES = 160
"""Pieces of one page that are measured, about 0.5 ms each; a table of 60 vehicles has more, all alike."""
_SORTS = (Sort.VIN, Sort.COUNTRY, Sort.DATE, Sort.NAME, Sort.CODE)
_WORTH_CHANGING = ("brand", "model")
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
            yield from _of_page(pictures[page.number].pixels, page, fields)


def is_measurable(page: Page) -> bool:
    """Return whether a page is a picture with grey levels."""
    return not page.born_digital and page.colour is not Colour.BILEVEL


def _is_looked_at(field: VerdictField) -> bool:
    return field.sort in _SORTS and field.field.box is not None and not field.name.endswith(_WORTH_CHANGING)


def _of_page(pixels: Pixels, page: Page, fields: list[VerdictField]) -> Iterator[tuple[VerdictField, float]]:
    witnesses = measured_pieces(pixels, pieces_of(page, (pixels.shape[1], pixels.shape[0])))
    for field in fields:
        away = field_away(pixels, page, field, witnesses)
        if away is not None:
            yield field, deviation(away)


def measured_pieces(pixels: Pixels, pieces: tuple[Piece, ...]) -> list[tuple[Box, Measured]]:
    """Return the pieces that can be measured; of more than `MOST_PIECES` an even choice."""
    chosen = pieces[:: max(1, -(-len(pieces) // MOST_PIECES))]
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
    others = [
        measured for where, measured in witnesses if not where.covers(box, SHARED) and not box.covers(where, SHARED)
    ]
    return standardised(Measured(row, piece.height, piece.latin), others)
