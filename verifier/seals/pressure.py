"""How hard a die was pressed and how wet it was: strokes spread with much ink, and thin out with little.

Both happen within one stamping, from one side to the other, and the registered impression had its own.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from verifier.seals.align import laid_on, smaller
from verifier.seals.normalise import SealPicture
from verifier.seals.planes import Plane, as_plane

SPREADS = (-2, -1, 1, 2, 3, 4)
"""Pixels of the normalised picture by which strokes are thickened all around, thinned below nothing: 4 are 0.37 mm of a
seal of 40, more than a stroke's half."""
EDGE_SIGMA = 0.8
"""Edges of what was thickened are as soft as a scan's at 300 dpi."""
AROUND = 36.0
"""Gaussian, in pixels, over which pressure is told: a character is 70 to 100 pixels high."""
SCALE = 4
"""So wide a Gaussian is taken on pictures so many times smaller: it tells the same at a fifteenth of the cost."""
LEAST_POWER = 2e-6
"""Product of both variances from which there are strokes to compare: 0.01 where characters are full, 1e-8 on paper."""
CLEARLY = 0.01
"""Correlation by which other strokes must fit better than the specimen's own."""


def as_hard_as(ink: Plane, seal: SealPicture, matrix: Plane) -> Plane:
    """Return specimen ink with strokes as bold as the seal's it lies on, place by place; as it is where they are."""
    seen = laid_on(seal.ink, matrix)
    free = as_plane(1.0 - laid_on(seal.printed.astype(np.float32), matrix))
    fit_of = _fits_on(seen, free)
    best, fits, changed = ink, fit_of(ink) + CLEARLY, False
    for spread in SPREADS:
        other = _spread(ink, spread)
        fit = fit_of(other)
        better = fit > fits
        changed = changed or bool(better.any())
        best, fits = np.where(better, other, best), np.maximum(fits, fit)
    return as_plane(best) if changed else ink


def _spread(ink: Plane, by: int) -> Plane:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * abs(by) + 1, 2 * abs(by) + 1))
    changed = cv2.dilate(ink, kernel) if by > 0 else cv2.erode(ink, kernel)
    return as_plane(cv2.GaussianBlur(changed, (0, 0), EDGE_SIGMA))


def _fits_on(seen: Plane, weight: Plane) -> Callable[[Plane], Plane]:
    """Return what tells the correlation of a plane with `seen` around each pixel, 1 where there are hardly any strokes.

    `weight` is how much each pixel counts, 0 to 1.
    """
    total = np.maximum(_around(weight), 1e-3)
    weighted = seen * weight
    mean = _around(weighted) / total
    variance = _around(seen * weighted) / total - mean**2

    def fit(plane: Plane) -> Plane:
        own = plane * weight
        own_mean = _around(own) / total
        power = (_around(plane * own) / total - own_mean**2) * variance
        shared = _around(plane * weighted) / total - own_mean * mean
        alike = np.where(power > LEAST_POWER, shared / np.sqrt(np.maximum(power, LEAST_POWER)), 1.0)
        return as_plane(cv2.resize(as_plane(alike), plane.shape[::-1], interpolation=cv2.INTER_LINEAR))

    return fit


def _around(plane: Plane) -> Plane:
    """Return the mean around each pixel of a plane `SCALE` times smaller."""
    return as_plane(cv2.GaussianBlur(smaller(as_plane(plane), SCALE), (0, 0), AROUND / SCALE))
