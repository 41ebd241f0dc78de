"""The sheet beneath the print of a page: the tone of its paper everywhere, at a resolution at which print is thin."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import PageImage

Tones = NDArray[np.float32]
"""Levels of each colour, 0–255, shape (height, width, 3)."""
Hues = NDArray[np.float32]
"""Red and blue above green, in levels, shape (height, width, 2)."""

DPI = 30.0
"""Print and ink are thin at this resolution and fall to a maximum filter."""
SAMPLED = 0.4
"""Pixels of the page that are looked at for one of that resolution, across and down, as a share of all."""
PRINT_PX = 7
"""Strokes and characters of a headline are narrower."""
WHITE, DARKEST = 240.0, 40.0
"""Brightness of paper for which hues are given, and below which there is none: light takes as much of all colours."""
SMOOTHED_PX = 5
"""Hues are means of so many pixels across and down: of single ones they are known to a level."""


def paper_of(image: PageImage) -> Tones:
    """Return the tone of the paper everywhere, print and ink filled from around."""
    scale = DPI / image.page.dpi
    stride = max(1, int(SAMPLED / scale))
    sampled = np.ascontiguousarray(image.pixels[::stride, ::stride])
    small = cv2.resize(sampled, None, fx=scale * stride, fy=scale * stride, interpolation=cv2.INTER_AREA)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((PRINT_PX, PRINT_PX), np.uint8))
    return cv2.medianBlur(closed.astype(np.uint8), 5).astype(np.float32)


def hues_of(paper: Tones) -> Hues:
    """Return the hue of the paper everywhere, as if all of it were equally bright: a shadow changes little."""
    even = WHITE / np.maximum(paper.mean(axis=2, keepdims=True), DARKEST)
    apart = (paper[..., [0, 2]] - paper[..., [1]]) * even
    return np.asarray(cv2.blur(apart, (SMOOTHED_PX, SMOOTHED_PX)), np.float32)
