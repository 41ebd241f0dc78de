"""How hard a die was pressed and how wet it was: strokes spread with much ink, and thin out with little.

Both happen within one stamping, from one side to the other, and the registered impression had its own.
"""

from __future__ import annotations

import cv2
import numpy as np

from verifier.seals.align import laid_on
from verifier.seals.normalise import SealPicture
from verifier.seals.planes import Plane, as_plane

SPREADS = (-2, -1, 1, 2, 3, 4)
"""Pixels of the normalised picture by which strokes are thickened all around, thinned below nothing: 4 are 0.37 mm of a
seal of 40, more than a stroke's half."""
EDGE_SIGMA = 0.8
"""Edges of what was thickened are as soft as a scan's at 300 dpi."""
AROUND = 36.0
"""Gaussian, in pixels, over which pressure is told: a character is 70 to 100 pixels high."""
LEAST_POWER = 2e-6
"""Product of both variances from which there are strokes to compare: 0.01 where characters are full, 1e-8 on paper."""
CLEARLY = 0.01
"""Correlation by which other strokes must fit better than the specimen's own."""


def as_hard_as(ink: Plane, seal: SealPicture, matrix: Plane) -> Plane:
    """Return specimen ink with strokes as bold as the seal's it lies on, place by place; as it is where they are."""
    seen = laid_on(seal.ink, matrix)
    free = as_plane(1.0 - laid_on(seal.printed.astype(np.float32), matrix))
    best, fits, changed = ink, _fit(ink, seen, free) + CLEARLY, False
    for spread in SPREADS:
        other = _spread(ink, spread)
        fit = _fit(other, seen, free)
        better = fit > fits
        changed = changed or bool(better.any())
        best, fits = np.where(better, other, best), np.maximum(fits, fit)
    return as_plane(best) if changed else ink


def _spread(ink: Plane, by: int) -> Plane:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * abs(by) + 1, 2 * abs(by) + 1))
    changed = cv2.dilate(ink, kernel) if by > 0 else cv2.erode(ink, kernel)
    return as_plane(cv2.GaussianBlur(changed, (0, 0), EDGE_SIGMA))


def _fit(one: Plane, other: Plane, weight: Plane) -> Plane:
    """Return the correlation of two planes around each pixel, 1 where there are hardly any strokes."""

    def around(plane: Plane) -> Plane:
        return as_plane(cv2.GaussianBlur(plane, (0, 0), AROUND))

    total = np.maximum(around(weight), 1e-3)
    first, second = around(one * weight) / total, around(other * weight) / total
    shared = around(one * other * weight) / total - first * second
    power = (around(one * one * weight) / total - first**2) * (around(other * other * weight) / total - second**2)
    return as_plane(np.where(power > LEAST_POWER, shared / np.sqrt(np.maximum(power, LEAST_POWER)), 1.0))
