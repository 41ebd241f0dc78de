"""Tells a seal that is the scan of a registered impression itself: no two stampings press ink down so evenly alike.

The die cannot be taken off here as between two letters (`seals.ink`): it is known from that very scan. But pressure,
pad and paper leave other amounts of ink in other places every time, over a millimetre or so; the pixels of a scan keep
theirs, however hard they are compressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from verifier.page import Pixels
from verifier.record import Specimen
from verifier.seals.align import disc_of
from verifier.seals.ink import HALF, at_half_size
from verifier.seals.planes import Mask, Plane, as_plane, grow, paper_tone, part_print
from verifier.seals.specimens import prepare

LEAST_DIE = 0.5
"""Likeness of the fine ink to the impression's (`SealComparison.die`) from which a seal may be its scan: of 220 pairs
of genuine letters' seals and impressions of three unknown generators the most alike had 0.38; of 92 plain
copies on bare paper, at 150 to 300 dpi and quality 60 to 95, none had less than 0.6. A worn die alone reaches 0.98."""
NEAR_PRINT = 6
"""Print dims ink by this many pixels at half size once it was compressed."""
LOCAL_SIGMA = 5.0
"""Amounts of ink are compared over this many pixels at half size (1 mm): compression keeps those, and every stamping
has its own."""
INKED = 0.15
"""From this share of full ink, over a millimetre, a place belongs to the seal's strokes."""
LEAST_RED = 0.15
LEAST_FREE, LEAST_PLACES = 0.5, 800
"""A place counts where so much of its surroundings is free of print; so many must."""
LEAST_GAIN = 0.05
SPREAD = (10, 90, 2.56)
"""Percentiles between which what is left is spread, and how many deviations apart they lie: a rest of print does not
make a copy uneven."""
UNKNOWN = 1.0
LAID_SIGMA, LAID_ROUNDS = 1.0, 12
"""Copies at 150 dpi are laid again: before it a tenth of them looked uneven (0.016, then 0.007)."""
FAINTEST_FULL = 0.05
READY = 64


@dataclass(frozen=True, slots=True, eq=False)
class InkAmounts:
    """How much ink lies where, HALF × HALF, told in two ways, and where no print is near."""

    dark: Plane
    """Darkness of green and blue: compression keeps it, print dims it."""
    ratio: Plane
    """Green and blue beside red: print dims all alike, compression blurs it."""
    free: Mask
    ink: Plane
    """As `part_print` tells it: to lay one on another by."""


def amounts(pixels: Pixels) -> InkAmounts:
    """Return the amounts of ink of a normalised seal, SIDE × SIDE RGB."""
    small = cv2.resize(pixels, (HALF, HALF), interpolation=cv2.INTER_AREA).astype(np.uint8)
    ink, printed = part_print(small)
    share = small.astype(np.float32) / paper_tone(small)
    red, other = share[..., 0], share[..., 1:].mean(axis=2)
    return InkAmounts(
        as_plane(1.0 - other),
        as_plane(1.0 - other / np.maximum(red, LEAST_RED)),
        ~grow(printed, NEAR_PRINT),
        as_plane(cv2.GaussianBlur(ink, (0, 0), LAID_SIGMA)),
    )


@lru_cache(maxsize=READY)
def impression_amounts(specimen: Specimen) -> InkAmounts | None:
    """Return the amounts of ink of an impression; None where no seal is found in its picture."""
    prepared = prepare(specimen)
    return amounts(prepared.pixels) if prepared else None


def unevenness(impression: InkAmounts, seal: InkAmounts, matrix: Plane, aspect: float) -> float:
    """Return how unevenly a seal's ink lies against that of an impression, as a share of it: 0 for the very pixels.

    `matrix` leads from the impression to the seal (`Alignment`). `UNKNOWN` where too little is free of print to say.
    """
    half, flags = _refined(impression, seal, at_half_size(matrix)), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    full = max(float(np.percentile(impression.ink, 95)), FAINTEST_FULL)

    def laid(plane: Plane) -> Plane:
        return as_plane(cv2.warpAffine(plane, half, (HALF, HALF), flags=flags))

    free = impression.free & (laid(seal.free.astype(np.float32)) > 0.99) & (disc_of(HALF, aspect) > 0)
    return min(
        _unevenness(impression.dark, laid(seal.dark), free, full),
        _unevenness(impression.ratio, laid(seal.ratio), free, full),
    )


def _refined(impression: InkAmounts, seal: InkAmounts, half: Plane) -> Plane:
    """Return how an impression lies on a seal more finely than `align` tells, as it was where that fails."""
    rounds = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, LAID_ROUNDS, 1e-5)
    free = seal.free.astype(np.uint8)
    try:
        _, found = cv2.findTransformECC(impression.ink, seal.ink, half.copy(), cv2.MOTION_AFFINE, rounds, free, 1)
    except cv2.error:
        return half
    return as_plane(found)


def _unevenness(own: Plane, seen: Plane, free: Mask, full: float) -> float:
    """Return the spread of what of the ink seen is not one and the same share of the impression's."""
    weight = free.astype(np.float32)
    known = cv2.GaussianBlur(weight, (0, 0), LOCAL_SIGMA)
    share = np.maximum(known, LEAST_FREE)
    first, second = (cv2.GaussianBlur(plane * weight, (0, 0), LOCAL_SIGMA) / share for plane in (own, seen))
    places = free & (known > LEAST_FREE) & (first > INKED * full)
    if int(places.sum()) < LEAST_PLACES:
        return UNKNOWN
    x, y = first[places], second[places]
    spread = np.cov(x, y)
    gain = float(spread[0, 1] / max(float(spread[0, 0]), 1e-9))
    if gain < LEAST_GAIN:
        return UNKNOWN
    low, high = np.percentile(y - gain * x, SPREAD[:2])
    return float((high - low) / SPREAD[2] / (gain * x.mean()))
