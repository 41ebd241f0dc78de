"""Fields as runs of print against the other runs of their page: how they look, and the paper about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.fields import Sort, VerdictField
from verifier.integrity.traces.likeness import Measured, alone, deviation, fainter, standardised
from verifier.integrity.traces.paper import (
    FLATNESS,
    Luma,
    goes_on,
    is_highlighted,
    paper_deviations,
    paper_steps,
    row_steps,
)
from verifier.integrity.traces.pieces import Piece, is_sparse
from verifier.integrity.traces.strokes import stroke_row
from verifier.page import Box, Pixels

Runs = Mapping[int, tuple[VerdictField, Piece]]
"""Fields by their indices with their pieces of print."""
MOST_PIECES = 28
"""Pieces of one page that are measured, about 0.3 ms each: an even choice, all alike."""
MOST_PAPERS = 24
"""Pieces of one page around which the paper is looked at, about 0.3 ms each."""
NEAREST_PIECES = 25
"""Of these, as many as stand nearest to a field: a photo's focus and light change down the page."""
FEW_NAMES, GROWTH = 4, 0.12
"""Names on a usual page, and by what share limits grow with the logarithm of how many times more there are: on genuine
tables of 60 vehicles the oddest character lies 1.5 times as far out as on a letter for one."""
SHORT, SHORT_ALLOWED = 3, 1.3
"""Names of so few characters differ by their shapes: of 99 genuine pages three passed the limit, none this one; of 19
countries typed anew all still do. A watermark covers one now and then: 1 of 394 genuine pages, so without this."""
SHARED = 0.2
"""Share of a field's box from which a piece of print is the field's own and no witness about it."""


def patched(
    pixels: Pixels,
    luma: Luma,
    pieces: Sequence[Piece],
    fields: Runs,
    rounding: float,
    *,
    grey: bool = False,
) -> Iterator[tuple[int, float]]:
    """Yield the indices of fields around which the paper changes, and by how much, 1 being the limit.

    `pieces` are the page's, `rounding` is what `paper_deviations` asks for; `grey`: the page has no colour. Under a
    highlighter's ink shade and hue say nothing, a patch without grain stays one.
    """
    chosen = _evenly(pieces, MOST_PAPERS)
    quads = {piece.box: piece.quad for piece in (*chosen, *(piece for _, piece in fields.values()))}
    steps = {box: paper_steps(pixels, luma, quad) for box, quad in quads.items()}
    known = [(piece.box, found) for piece in chosen if (found := steps[piece.box]) is not None]
    boxes, others = np.array([box for box, _ in known]), np.array([found for _, found in known])
    for index, (field, piece) in fields.items():
        here = steps[piece.box]
        if here is None:
            continue
        values = paper_deviations(here, others[~_shared(boxes, piece.box)], rounding)
        if values.max() > 1 and is_highlighted(here, grey=grey):
            values[:FLATNESS] = 0.0
        if values.max() > 1 and (beside := row_steps(pixels, luma, piece.quad)) is not None:
            values = np.where(goes_on(here, beside), 0.0, values)
        yield index, float(values.max()) / _allowed_short(field)


def unlike(pixels: Pixels, pieces: Sequence[Piece], fields: Runs) -> Iterator[tuple[int, float]]:
    """Yield the indices of fields whose print as a whole can be compared with the page's, and their deviation."""
    scripts = {piece.latin for _, piece in fields.values()}
    witnesses = measured(pixels, [piece for piece in pieces if piece.latin in scripts])
    boxes = np.array([box for box, _ in witnesses]).reshape(-1, 4)
    for index, (field, piece) in fields.items():
        row = None if is_sparse(field.field.text) else stroke_row(pixels, piece.quad)
        if row is None:
            continue
        apart = np.abs(boxes[:, 1] + boxes[:, 3] - 2 * piece.box.centre[1])
        near = np.argsort(apart, kind="stable")[:NEAREST_PIECES]
        others = [witnesses[n][1] for n in near[~_shared(boxes[near], piece.box)]]
        mine = Measured(row, piece.height, piece.latin)
        away = standardised(mine, others)
        if away is not None:
            value = float(np.sqrt(deviation(away) * alone(mine, others))) / _allowed_short(field)
            if field.sort is Sort.COUNTRY:
                value = max(value, fainter(away))
            yield index, value / allowed(len(fields) / FEW_NAMES)


def measured(pixels: Pixels, pieces: Sequence[Piece], most: int = MOST_PIECES) -> list[tuple[Box, Measured]]:
    """Return the pieces that can be measured; of more than `most` an even choice."""
    rows = [(piece, stroke_row(pixels, piece.quad)) for piece in _evenly(pieces, most)]
    return [(piece.box, Measured(row, piece.height, piece.latin)) for piece, row in rows if row is not None]


def allowed(times: float) -> float:
    """Return by how much limits grow on a page that asks so many times more than usual: the oddest of more is odder."""
    return 1 + GROWTH * float(np.log(max(times, 1.0)))


def _allowed_short(field: VerdictField) -> float:
    return SHORT_ALLOWED if len(field.field.text) <= SHORT else 1.0


def _evenly(pieces: Sequence[Piece], most: int) -> Sequence[Piece]:
    """Return no more than `most` of some pieces, an even choice."""
    return pieces[:: max(1, -(-len(pieces) // most))]


def _shared(boxes: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    """Return which of some boxes, shape (n, 4), hold print that another box holds."""
    x0, y0, x1, y1 = boxes.reshape(-1, 4).T
    wide, tall = np.minimum(x1, box.x1) - np.maximum(x0, box.x0), np.minimum(y1, box.y1) - np.maximum(y0, box.y0)
    smaller = np.minimum((x1 - x0) * (y1 - y0), box.area)
    return np.asarray((wide > 0) & (tall > 0) & (wide * tall >= SHARED * smaller))
