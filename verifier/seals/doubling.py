"""Seals that were set down twice: the die touches the paper, slips a little and leaves a paler second impression.

What a specimen does not explain of the seal's ink looks like the specimen once more, some way beside it.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from verifier.seals.align import disc_of, laid_on, smaller
from verifier.seals.normalise import SIDE, SealPicture
from verifier.seals.planes import Plane, as_plane

SCALE = 2
"""Second impressions are sought on pictures so many times smaller."""
FARTHEST = 20
"""Pixels there by which a die slips at most: 4 mm of a seal of 40."""
NEAREST = 2
"""The same below which it is but soft edges."""
ALIKE = 0.25
"""Correlation of what is left of the ink with the specimen moved. Of 11 doubled seals by two unknown generators 10 had
more (0.29 to 0.48)."""
FAINTEST, FULL = 0.10, 1.0
"""Strengths of a second impression beside the first: fainter ones change no character."""
BARE, INKED = 0.15, 0.50
"""Shares of full ink below which a specimen is bare, and above which the moved one has a stroke."""
FEWEST_PIXELS = 50


class _Second(NamedTuple):
    """A second impression: how far it lies from the first, in small pixels, and its strength beside it."""

    right: int
    down: int
    strength: float


def as_doubled_as(ink: Plane, seal: SealPicture, matrix: Plane) -> Plane:
    """Return specimen ink with the second impression that the seal it lies on shows, as it is where there is none.

    Of 11 genuine doubled seals by two unknown generators 8 were the same as their specimen, all 11 so.
    """
    second = _second_impression(ink, seal, matrix)
    if second is None:
        return ink
    move = np.array([[1, 0, SCALE * second.right], [0, 1, SCALE * second.down]], np.float32)
    moved = cv2.warpAffine(ink, move, (SIDE, SIDE))
    return as_plane(np.maximum(ink, second.strength * moved))


def _second_impression(ink: Plane, seal: SealPicture, matrix: Plane) -> _Second | None:
    seen, own = smaller(laid_on(seal.ink, matrix), SCALE), smaller(ink, SCALE)
    free = smaller(as_plane(1.0 - laid_on(seal.printed.astype(np.float32), matrix)), SCALE) > 0.9
    weight = as_plane(disc_of(SIDE // SCALE, seal.aspect) * free)
    gain = float((own * seen * weight).sum()) / max(float((own * own * weight).sum()), 1e-6)
    left = as_plane(np.clip(seen - gain * own, 0, None) * weight)
    right, down, fit = _displacement(as_plane(own * weight), left)
    if fit < ALIKE or max(abs(right), abs(down)) < NEAREST:
        return None
    full = float(np.percentile(own, 97))
    moved = np.roll(own, (down, right), axis=(0, 1))
    beside = (moved > INKED * full) & (own < BARE * full) & (weight > 0)
    if int(beside.sum()) < FEWEST_PIXELS:
        return None
    strength = min(float(np.median(seen[beside])) / max(gain * full, 1e-6), FULL)
    return _Second(right, down, strength) if strength >= FAINTEST else None


def _displacement(one: Plane, other: Plane) -> tuple[int, int, float]:
    """Return by how many pixels to the right and down `one` fits `other` best, and their correlation there."""
    first, second = one - one.mean(), other - other.mean()
    power = float(np.sqrt(float((first * first).sum()) * float((second * second).sum())))
    answer = np.fft.irfft2(np.fft.rfft2(second) * np.conj(np.fft.rfft2(first)), first.shape)
    near = np.roll(answer, (FARTHEST, FARTHEST), axis=(0, 1))[: 2 * FARTHEST + 1, : 2 * FARTHEST + 1]
    down, right = np.unravel_index(int(near.argmax()), near.shape)
    return int(right) - FARTHEST, int(down) - FARTHEST, float(near.max()) / max(power, 1e-9)
