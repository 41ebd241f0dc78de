"""JPEG done again: with which quality a page was saved, and what saving makes of pixels set into it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Floats = NDArray[np.float32]
BLOCK = 8
"""Side of JPEG's blocks (ITU-T T.81), counted from the picture's corner."""
LUMINANCE = np.array(
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
        14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
        49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    np.float32,
)  # fmt: skip
"""The table of ITU-T T.81, annex K.1, from which the Independent JPEG Group's qualities are scaled."""
QUALITIES = tuple(range(30, 97))
"""Finer ones leave steps near a grey level: whatever they save is unchanged by them."""
WIDE, TALL, SAMPLES = 64, 24, 8
"""Crops in which the quality is sought."""
ROUNDING = 0.02
IDEMPOTENT = 0.5
"""Mean squared distance from the steps of a quality, in grey levels: rounding alone gives 0.08, colour stored coarser
up to 0.35. The right quality is a dent among its neighbours (25 of 27 scans exactly); finer ones come near too."""


def quality_of(luma: Luma, places: Sequence[tuple[int, int]]) -> int:
    """Return the JPEG quality at which the page about some places (x, y) was saved last, 0 where none fits.

    0 too for pages that were made larger or smaller since: their blocks lie elsewhere.
    """
    blocks = _blocks(luma, places)
    if not len(blocks):
        return 0
    waves = (_COSINES @ (blocks - 128.0) @ _COSINES.T).reshape(len(blocks), -1)
    off = (waves[None] - _STEPS[:, None] * np.rint(waves[None] / _STEPS[:, None])).astype(np.float32)
    distances = np.mean(off * off, axis=(1, 2))
    about = np.convolve(np.pad(distances, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    best = int(np.argmin((distances + ROUNDING) / (about + ROUNDING)))
    return QUALITIES[best] if distances[best] < IDEMPOTENT else 0


def as_compressed(luma: Luma, pixels: Luma, at: tuple[int, int], quality: int) -> Floats:
    """Return pixels as they are after being set into the page at (x, y) and saved with it."""
    x, y = at
    height, width = pixels.shape
    left, top = x // BLOCK * BLOCK, y // BLOCK * BLOCK
    right, bottom = -(-(x + width) // BLOCK) * BLOCK, -(-(y + height) // BLOCK) * BLOCK
    canvas = luma[top:bottom, left:right].copy()
    canvas[y - top : y - top + height, x - left : x - left + width] = pixels
    _, stored = cv2.imencode(".jpg", canvas, [cv2.IMWRITE_JPEG_QUALITY, quality])
    saved = np.asarray(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE), np.float32)
    return saved[y - top : y - top + height, x - left : x - left + width]


def _blocks(luma: Luma, places: Sequence[tuple[int, int]]) -> Floats:
    """Return the blocks about some of the places, shape (n, 8, 8)."""
    found = []
    for x, y in places[:: max(1, len(places) // SAMPLES)][:SAMPLES]:
        left, top = x // BLOCK * BLOCK, y // BLOCK * BLOCK
        crop = luma[top : top + TALL, left : left + WIDE]
        if crop.shape == (TALL, WIDE):
            found.append(crop.reshape(TALL // BLOCK, BLOCK, WIDE // BLOCK, BLOCK).swapaxes(1, 2).reshape(-1, 8, 8))
    return np.concatenate(found).astype(np.float32) if found else np.zeros((0, 8, 8), np.float32)


def _cosines() -> Floats:
    """Return the matrix of the discrete cosine transform of 8 values."""
    return np.asarray(cv2.dct(np.eye(BLOCK, dtype=np.float32), flags=cv2.DCT_ROWS).T, np.float32)


def _steps(quality: int) -> Floats:
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return np.clip(np.floor((LUMINANCE * scale + 50) / 100), 1, 255).astype(np.float32)


_COSINES = _cosines()
_STEPS = np.stack([_steps(quality) for quality in QUALITIES])
