"""How softly a seal was captured, and its specimen made as soft: lens, glass, ink and compression blur strokes."""

from __future__ import annotations

import cv2
import numpy as np

from verifier.seals.align import disc_of, laid_on, masked_correlation, smaller
from verifier.seals.normalise import SIDE, SealPicture
from verifier.seals.planes import Plane, as_plane

SIGMAS = (1.0, 2.0, 3.0)
"""Gaussians, in pixels of the normalised picture, that a specimen is tried under: one for the whole seal, so that no
character is blurred into another. Seals by phone and at 150 to 300 dpi fitted best under 1 (most of them) or 2."""
CLEARLY_SOFTER = 0.003
"""Correlation by which a softer specimen must fit better than it does as it is."""
SCALE = 2
"""The fit is judged on pictures so many times smaller."""


def as_soft_as(ink: Plane, seal: SealPicture, matrix: Plane) -> Plane:
    """Return specimen ink as softly drawn as the seal it lies on.

    Resolution alone does not tell how soft a capture is (`specimens.softened` sees to that), and the comparator takes
    the soft strokes of a photograph for another character's: of 77 genuine seals drawn, stamped and captured by others'
    programs it passed 58 so, 53 without; of the 19 photographed or at 150 dpi 13 and 9.
    """
    seen = smaller(laid_on(seal.ink, matrix), SCALE)
    free = smaller(as_plane(1.0 - laid_on(seal.printed.astype(np.float32), matrix)), SCALE) > 0.9
    weight = as_plane(disc_of(SIDE // SCALE, seal.aspect) * free)
    best, most = ink, masked_correlation(smaller(ink, SCALE), seen, weight) + CLEARLY_SOFTER
    for sigma in SIGMAS:
        softer = as_plane(cv2.GaussianBlur(ink, (0, 0), sigma))
        fit = masked_correlation(smaller(softer, SCALE), seen, weight)
        if fit > most:
            best, most = softer, fit
    return best
