"""How unlike the rest of its page a piece of print came onto the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.calibration import EDITED, FLOOR, FOREIGN, LIMITS, PRECISION
from verifier.integrity.traces.medians import medians, spread
from verifier.integrity.traces.strokes import FEATURES, Row

MOST_LIKE = 40
"""Pieces of the page that one is compared with: those of its script, nearest in height."""
MOST_WEIGHED = 25
"""Of these as many are taken as come nearest in stroke width: a page sets headings and names in bold."""
FEWEST_LIKE = 6
"""With fewer a page says too little about itself."""
SAME_HEIGHT = 0.3
"""Logarithm of the ratio of heights up to which print is compared: strokes grow with it."""
STROKE = FEATURES.index("stroke")
SECOND, NEXT, MOST_ALONE = 1, 0.7, 1.2
"""Which of the nearest pieces is asked (from 0), and how unlike it is where print is set in: of 27 countries painted
over that were found before, the second nearest lies at 0.57 to 1.43; of 178 genuine ones 9 in 10 below 0.6. No more
than the last is counted: a face used once is no sign alone."""
FAINTER = (FEATURES.index("contrast"), FEATURES.index("edge_detail"), FEATURES.index("edge_curvature"))
"""Which numbers print from elsewhere has less of: paler, softer, rounder."""
LEANS = 1.0
"""Spreads by which it has less of each. Values are set in grey or in light type honestly, but then their edges are as
sharp as the page's: of 278 countries on genuine pages of three generators none leans so and comes to 0.7 of the limit,
of 3,708 runs of any Chinese print there 10 pass it. A country set anew on a page of another generator has 1.2."""
CLIP = 6.0
"""In spreads of the page; beyond it a number is an accident (a rule through the box, a stain)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A piece's numbers with what decides whom it is compared with."""

    row: Row
    height: float
    latin: bool


def standardised(piece: Measured, page: Sequence[Measured]) -> NDArray[np.float64] | None:
    """Return how far each number lies from the page's other pieces, in spreads; None where too few are alike.

    `page` must not hold the piece itself. The spread is the page's own, never below what genuine letters have.
    """
    alike = _alike(piece, [other for other in page if other.latin == piece.latin])
    if len(alike) < FEWEST_LIKE:
        alike = _alike(piece, page)
    if len(alike) < FEWEST_LIKE:
        return None
    rows = np.array([other.row for other in alike])
    middle = medians(rows)
    away = np.nan_to_num((piece.row - middle) / np.hypot(np.nan_to_num(spread(rows, middle)), FLOOR))
    return cast(NDArray[np.float64], np.clip(away, -CLIP, CLIP))


def _alike(piece: Measured, page: Sequence[Measured]) -> list[Measured]:
    """Return the pieces of about the same height; where there are many, those of about the same weight."""
    near = [(abs(float(np.log(other.height / piece.height))), index) for index, other in enumerate(page)]
    same_size = [page[index] for apart, index in sorted(near)[:MOST_LIKE] if apart < SAME_HEIGHT]
    weight = [abs(float(other.row[STROKE] - piece.row[STROKE])) for other in same_size]
    return [same_size[index] for index in np.argsort(weight)[:MOST_WEIGHED]]


def deviation(away: NDArray[np.float64]) -> float:
    """Return how suspicious standardised numbers are; 1 is the limit, see `calibration.LIMITS`.

    The largest of three views, each over its limit: far from the genuine in any direction, toward an editor's crisp
    and clean print, toward another device's softer or noisier one.
    """
    return float(deviations(away[None])[0])


def deviations(away: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the same for each of some rows, shape (n, len(FEATURES))."""
    square = np.einsum("nf,fg,ng->n", away, PRECISION, away)
    distance = np.sqrt(np.maximum(square, 0.0) / away.shape[1])
    return np.asarray((np.column_stack([distance, away @ EDITED, away @ FOREIGN]) / LIMITS).max(axis=1))


def fainter(away: NDArray[np.float64]) -> float:
    """Return how far standardised numbers lean toward another device's print, 1 being the limit; 0 where one of
    `FAINTER` does not.

    Whatever else of the page is as faint, it says more than `deviation`: all three together are no honest face.
    """
    leaning = bool((away[list(FAINTER)] <= -LEANS).all())
    return float(away @ FOREIGN) / LIMITS[2] if leaning else 0.0


def alone(piece: Measured, page: Sequence[Measured]) -> float:
    """Return how unlike a piece is to the second likest other one of its page, in units of `NEXT`; 1 if there is none.

    A heading in bold is unlike most of its page, and like other headings; print set in is like no other, and like one
    by chance or because it was set in with it.
    """
    same = [other for other in page if other.latin == piece.latin]
    near = [other for other in same if abs(float(np.log(other.height / piece.height))) < SAME_HEIGHT]
    if len(near) <= SECOND:
        return 1.0
    rows = np.array([other.row for other in near])
    wide = np.hypot(np.nan_to_num(spread(rows, medians(rows))), FLOOR)
    away = np.clip(np.nan_to_num((piece.row - rows) / wide), -CLIP, CLIP) / np.sqrt(2)
    return min(float(np.sort(deviations(away))[SECOND]) / NEXT, MOST_ALONE)
