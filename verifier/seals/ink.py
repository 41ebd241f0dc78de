"""Tells a copied seal from a second stamping: ink and paper never give the same grain twice."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from verifier.examination import Seal
from verifier.page import Pixels
from verifier.seals.align import Coarse, coarse, laid, masked_correlation
from verifier.seals.normalise import decode_ink, picture_of
from verifier.seals.planes import Mask, Plane, as_plane, grow, part_print

HALF = 240
"""Compared at half size: about 135 dpi still shows pressure, grain and ragged edges."""
INKED_SHARE = 0.35
"""Only places that both show inked, from this share of full ink, are compared: carved edges agree anyway."""
CARVED_SHARE = 0.5
"""From this share of full ink a place belongs to the carved shape."""
CARVED_SIGMAS = (0.8, 1.3, 2.0, 3.0, 5.0, 8.0)
"""Softnesses at which the carved shape foretells ink: thin strokes scan paler than broad ones, edges paler than
middles, in every stamping alike."""
NEAR_PRINT = 2
"""Print smears into ink by this many pixels at half size."""
GRAIN_SIGMA = 4.0
"""In the stored prints, what is coarser than this is pressure and lighting; what is finer is one impression's ink."""
SOFTENING = 1.5
"""What is finer, in pixels, does not outlive another compression."""
PRESSURE_SIGMA = 20.0
"""What is coarser, in pixels at half size (3.7 mm), is how a seal was pressed: two ovals pressed alike came to 0.86
with it, to 0.73 without."""
HOLES, BLOCK, LEAST_OF_BLOCK = 0.15, 6, 0.4
"""Share of the blocks, of so many pixels a side and known to at least this share, in which print may have been taken
off one of two seals. Of 634 pairs of stampings of one die by two generators none is more alike than 0.58 so
(0.60 with all blocks); a seal keyed out of a letter, its print with it, and laid on another has 0.79 (0.60)."""
MOST_BY_DIE = 0.85
"""No stamping of an unknown generator is more like its impression (121 pairs); what is, may be copied from it."""
SUPPORT = 0.2
LEAST_PIXELS = 800
REMEMBERED = 256
LETTER_GAP, LINE_HEIGHT, LINE_WIDTH = 9, 14, 4
"""Pixels at half size between letters of a line, its greatest height (2.6 mm of an oval's 45), and how many times as
wide it is: two stampings of one oval came to 0.76 with its Latin line, to 0.62 without."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadyInk:
    """One seal made ready: how to lay it on another, its grain and where that is known, at half size."""

    coarse: Coarse
    grain: Plane
    mask: Mask


@lru_cache(maxsize=REMEMBERED)
def _ready(stored: bytes) -> ReadyInk | None:
    """Return a stored seal ready to compare; None where the bytes are none."""
    pixels = decode_ink(stored)
    return None if pixels is None else ready_ink(pixels)


def ready_ink(pixels: Pixels) -> ReadyInk:
    """Return a seal's normalised picture, SIDE × SIDE RGB, ready to compare."""
    ink, inside, printed = _halved(pixels)
    mask = inside & ~grow(printed, NEAR_PRINT) & ~small_lines(ink)
    return ReadyInk(coarse(picture_of(pixels, 1.0, 1.0, has_colour=True)), _unforetold(ink, mask), mask)


def same_pixels(one: Seal, other: Seal) -> float:
    """Return how far two seals are the same pixels, in [−1, 1]: what both share with the registered impression counts
    for nothing.

    A die has nicks and worn places of its own, which all of its stampings show; each seal's likeness to the impression
    (`SealComparison.die`) tells how much of the likeness of two that explains (partial correlation).
    """
    likeness = same_ink(one.ink, other.ink)
    first, second = (
        max(min(seal.comparison.die, MOST_BY_DIE), 0.0) if seal.comparison else 0.0 for seal in (one, other)
    )
    return (likeness - first * second) / math.sqrt((1 - first**2) * (1 - second**2))


def same_ink(a: bytes, b: bytes) -> float:
    """Return how far the ink of two stored seals (`Seal.ink`) is alike, in [−1, 1], at any rotation.

    0.0 where either is empty, damaged or too covered to say. The last `REMEMBERED` seals stay ready.
    """
    first, second = _ready(a), _ready(b)
    return 0.0 if first is None or second is None else alike(first, second)


def alike(first: ReadyInk, second: ReadyInk) -> float:
    """Return how far the ink of two seals is alike beyond their carved shape, in [−1, 1], at any rotation."""
    matrix = at_half_size(laid(first.coarse.ink, first.coarse.spectrum, second.coarse).matrix)
    size = (HALF, HALF)
    grain = cv2.warpAffine(second.grain, matrix, size, flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP)
    mask = cv2.warpAffine(second.mask.astype(np.uint8), matrix, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    shared, own, other = first.mask & mask.astype(np.bool_), first.grain, as_plane(grain)
    fine, theirs = _without_pressure(own, shared), _without_pressure(other, shared)
    return min(_correlation(own, other, shared), _correlation(fine, theirs, _without_holes(fine, theirs, shared)))


def _without_holes(first: Plane, second: Plane, shared: Mask) -> Mask:
    """Return the shared places without the blocks in which two seals are least alike: where print was taken off one of
    them before it was laid on another letter, its strokes are missing."""
    if int(shared.sum()) < LEAST_PIXELS:
        return shared
    apart = (first / max(float(first[shared].std()), 1e-6) - second / max(float(second[shared].std()), 1e-6)) ** 2
    side = HALF // BLOCK
    shape = (side, BLOCK, side, BLOCK)
    known = shared.reshape(shape).mean(axis=(1, 3))
    unlike = (apart * shared).reshape(shape).mean(axis=(1, 3)) / np.maximum(known, 1e-6)
    judged = known >= LEAST_OF_BLOCK
    if not judged.any():
        return shared
    kept = judged & (unlike <= np.quantile(unlike[judged], 1 - HOLES))
    return np.kron(kept, np.ones((BLOCK, BLOCK), np.bool_)).astype(np.bool_) & shared


def grain_of(stored: bytes) -> Plane | None:
    """Return the fine structure of a stored seal's ink, HALF × HALF, zero where there is none; None for no seal."""
    pixels = decode_ink(stored)
    if pixels is None:
        return None
    ink, inside, printed = _halved(pixels)
    weight = (inside & ~printed).astype(np.float32)
    local = cv2.GaussianBlur(ink * weight, (0, 0), GRAIN_SIGMA)
    share = cv2.GaussianBlur(weight, (0, 0), GRAIN_SIGMA)
    return as_plane((ink - local / np.maximum(share, 1e-3)) * weight)


def _halved(pixels: Pixels) -> tuple[Plane, Mask, Mask]:
    """Return ink, the inner places of its strokes, and where print hides it, all HALF × HALF."""
    small = cv2.resize(pixels, (HALF, HALF), interpolation=cv2.INTER_AREA).astype(np.uint8)
    ink, printed = part_print(small)
    inside = cv2.erode((ink > INKED_SHARE * _full(ink)).astype(np.uint8), np.ones((3, 3), np.uint8))
    return ink, inside.astype(np.bool_), printed


def small_lines(ink: Plane) -> Mask:
    """Return where a level line of small carved letters stands, as a Latin name does across an oval: its letters run
    together at this size, and their shapes look like grain that every stamping shares."""
    carved = (ink > INKED_SHARE * _full(ink)).astype(np.uint8)
    joined = cv2.morphologyEx(carved, cv2.MORPH_CLOSE, np.ones((1, LETTER_GAP), np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(joined.astype(np.uint8), connectivity=8)
    high, wide = boxes[:, cv2.CC_STAT_HEIGHT], boxes[:, cv2.CC_STAT_WIDTH]
    lines = (high <= LINE_HEIGHT) & (wide >= LINE_WIDTH * high)
    lines[0] = False  # what is no ink
    return grow(lines[labels], NEAR_PRINT)


def _full(ink: Plane) -> float:
    return max(float(np.percentile(ink, 95)), 0.05)


def _unforetold(ink: Plane, mask: Mask) -> Plane:
    """Return what of the ink its carved shape does not foretell, zero off the mask: the grain of this one impression.

    Least squares over the softened shape and its squares; what is left are pressure, paper and wear.
    """
    if int(mask.sum()) < LEAST_PIXELS:
        return np.zeros_like(ink)
    carved = (ink > CARVED_SHARE * _full(ink)).astype(np.float32)
    soft = [cv2.GaussianBlur(carved, (0, 0), sigma)[mask] for sigma in CARVED_SIGMAS]
    shape = np.stack([*soft, *(plane**2 for plane in soft), np.ones_like(soft[0])], axis=1)
    weights, *_ = np.linalg.lstsq(shape, ink[mask], rcond=None)
    grain = np.zeros_like(ink)
    grain[mask] = ink[mask] - shape @ weights
    return grain


def at_half_size(matrix: Plane) -> Plane:
    """Return a map between normalised pictures as one between half-size ones (pixel centres kept)."""
    half = matrix.copy()
    half[:, 2] = (matrix[:, 2] + matrix[:, :2] @ np.array([0.5, 0.5], np.float32) - 0.5) / 2
    return half


def _correlation(one: Plane, other: Plane, shared: Mask) -> float:
    """Return the correlation of two softened grains where both are known; 0 where that is too little."""
    if int(shared.sum()) < LEAST_PIXELS:
        return 0.0
    weight = shared.astype(np.float32)
    known = np.maximum(cv2.GaussianBlur(weight, (0, 0), SOFTENING), SUPPORT)
    return masked_correlation(
        as_plane(cv2.GaussianBlur(one * weight, (0, 0), SOFTENING) / known),
        as_plane(cv2.GaussianBlur(other * weight, (0, 0), SOFTENING) / known),
        weight,
    )


def _without_pressure(grain: Plane, shared: Mask) -> Plane:
    """Return a grain without what changes slowly over the seal: stampings pressed down on the same side share it."""
    weight = shared.astype(np.float32)
    slow = cv2.GaussianBlur(grain * weight, (0, 0), PRESSURE_SIGMA)
    return as_plane(grain - slow / np.maximum(cv2.GaussianBlur(weight, (0, 0), PRESSURE_SIGMA), 1e-3))
