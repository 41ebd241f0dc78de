"""Tells a copied seal from a second stamping: the same pixels twice never happens with ink and paper."""

from __future__ import annotations

import cv2
import numpy as np

from verifier.seals.align import masked_correlation
from verifier.seals.normalise import RADIUS, SIDE, decode_ink
from verifier.seals.planes import Plane, ink_plane

FINE = 2
"""Compared at half size: 135 dpi still shows pressure and grain."""
GRAIN_SIGMA = 6.0
"""What is coarser than this is carved shape and lighting; what is finer is this one impression's ink."""
REACH = 4
"""Normalised pictures of the same pixels agree within this many pixels."""


def same_ink(a: bytes, b: bytes) -> float:
    """Return how far two stored seals (`Seal.ink`) are the same pixels, in [−1, 1].

    The same pixels pasted twice score 0.91 and more, two stampings of one seal at most 0.69; 0.80 divides
    them. 0.0 where either is empty or damaged.
    """
    first, second = decode_ink(a), decode_ink(b)
    if first is None or second is None:
        return 0.0
    one, other = _grain(ink_plane(first)), _grain(ink_plane(second))
    side = SIDE // FINE
    inner = one[REACH : side - REACH, REACH : side - REACH]
    answer = cv2.matchTemplate(other, inner, cv2.TM_CCOEFF_NORMED)
    best = float(np.nan_to_num(answer, nan=0.0, posinf=0.0, neginf=0.0).max())
    return float(np.clip(best, -1.0, 1.0))


def _grain(ink: Plane) -> Plane:
    """Return the fine structure of the ink inside the rim's outer edge."""
    small = cv2.resize(ink, (SIDE // FINE, SIDE // FINE), interpolation=cv2.INTER_AREA)
    return (small - cv2.GaussianBlur(small, (0, 0), GRAIN_SIGMA)).astype(np.float32, copy=False)


__all__ = ["RADIUS", "masked_correlation", "same_ink"]
