"""JPEG done again: with which quality a page was saved, and what saving makes of pixels set into it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
BLOCK = 8
"""Side of JPEG's blocks (ITU-T T.81), counted from the picture's corner."""
WIDE, TALL = 96, 32
SAMPLES = 6
"""Crops in which the quality is sought, and their size in pixels."""
COARSE = tuple(range(96, 30, -3))
"""Qualities of the tables of the Independent JPEG Group, which most software writes."""
IDEMPOTENT = 0.2
"""Mean squared change, in grey levels: saved pixels saved again at their own quality change by less than 0.05 (0.16 at
most, where colour is stored coarser), at any other by more than 0.3."""


def quality_of(luma: Luma, places: Sequence[tuple[int, int]]) -> int:
    """Return the JPEG quality at which the page about some places (x, y) was saved last, 0 where none fits.

    0 too for pages that were made larger or smaller, or turned, since: their blocks lie elsewhere.
    """
    sample = _sample(luma, places)
    if sample is None:
        return 0
    coarse = min(COARSE, key=lambda quality: _change(sample, quality))
    near = [quality for quality in range(coarse - 2, coarse + 3) if quality <= COARSE[0]]
    changes = {quality: _change(sample, quality) for quality in near}
    best = min(changes, key=lambda quality: changes[quality])
    return best if changes[best] < IDEMPOTENT else 0


def as_compressed(luma: Luma, pixels: Luma, at: tuple[int, int], quality: int) -> NDArray[np.float32]:
    """Return pixels as they are after being set into the page at (x, y) and saved with it."""
    x, y = at
    height, width = pixels.shape
    left, top = x // BLOCK * BLOCK, y // BLOCK * BLOCK
    right, bottom = -(-(x + width) // BLOCK) * BLOCK, -(-(y + height) // BLOCK) * BLOCK
    canvas = luma[top:bottom, left:right].copy()
    canvas[y - top : y - top + height, x - left : x - left + width] = pixels
    saved = _saved(canvas, quality)
    return saved[y - top : y - top + height, x - left : x - left + width].astype(np.float32)


def _sample(luma: Luma, places: Sequence[tuple[int, int]]) -> Luma | None:
    """Return crops about some of the places, cut along the blocks, one below the other."""
    crops = []
    for x, y in places[:: max(1, len(places) // SAMPLES)][:SAMPLES]:
        left = min(x, luma.shape[1] - WIDE) // BLOCK * BLOCK
        top = min(y, luma.shape[0] - TALL) // BLOCK * BLOCK
        if left >= 0 and top >= 0:
            crops.append(luma[top : top + TALL, left : left + WIDE])
    return np.vstack(crops) if crops else None


def _change(sample: Luma, quality: int) -> float:
    difference = sample.astype(np.float32) - _saved(sample, quality)
    return float(np.mean(difference * difference))


def _saved(pixels: Luma, quality: int) -> Luma:
    _, stored = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cast(Luma, cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE))
