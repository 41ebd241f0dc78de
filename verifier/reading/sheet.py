"""A photographed letter becomes a flat sheet: perspective is undone, shadow evened out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels
from verifier.reading.outline import Corners, find_corners

Matrix = NDArray[np.float64]

A4_RATIO = 297 / 210
RATIO_SLACK = 0.16
"""Perspective shortens a sheet by less than this; other shapes keep their own ratio."""
LONG_SIDE_INCHES = 297 / 25.4
SMOOTH_PX = 61
"""Window, in pixels of a picture `LIGHT_PX` high, over which the light on the paper is taken to be even."""
LIGHT_PX = 420
PAPER_WHITE = 246.0
BAR_WHITE, BAR_STEP = 250, 8
"""Level from which a row or column is a bar that software leaves, and of how many pixels one is looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class FlatSheet:
    """A sheet cut out of a photo; `to_photo` takes pixels of the sheet to pixels of the photo (3, 3)."""

    pixels: Pixels
    to_photo: Matrix
    dpi: float


def flattened(pixels: Pixels) -> FlatSheet | None:
    """Return the sheet of a photo, evenly lit, None where the picture is no photo of a sheet on something darker."""
    left, top, right, bottom = _within_bars(pixels)
    corners = find_corners(pixels[top:bottom, left:right])
    if corners is None:
        return None
    corners += np.array([left, top], np.float32)
    width, height = _size(corners)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    to_photo = cv2.getPerspectiveTransform(target, corners).astype(np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(pixels, to_photo, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return FlatSheet(evenly_lit(cast(Pixels, flat)), to_photo, max(width, height) / LONG_SIDE_INCHES)


def _within_bars(pixels: Pixels) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) of the picture that a page shows between white bars: a photo fitted into A4."""
    rows, columns = (pixels[:, ::BAR_STEP].min(axis=(1, 2)), pixels[::BAR_STEP].min(axis=(0, 2)))
    edges = []
    for darkest in (columns, rows):
        inked = np.flatnonzero(darkest < BAR_WHITE)
        edges.append((int(inked[0]), int(inked[-1]) + 1) if len(inked) else (0, len(darkest)))
    (left, right), (top, bottom) = edges
    return left, top, right, bottom


def _size(corners: Corners) -> tuple[int, int]:
    """Return (width, height) of the flat sheet in pixels: A4's ratio where that is what it can be."""
    top, right, bottom, left = (float(np.hypot(*side)) for side in np.roll(corners, -1, axis=0) - corners)
    width, height = max(top, bottom), max(left, right)
    ratio = max(width, height) / min(width, height)
    if abs(ratio / A4_RATIO - 1) <= RATIO_SLACK:
        long_side = max(width, height, min(width, height) * A4_RATIO)
        width, height = (long_side / A4_RATIO, long_side) if height >= width else (long_side, long_side / A4_RATIO)
    return round(width), round(height)


def evenly_lit(pixels: Pixels) -> Pixels:
    """Return the sheet with its paper white everywhere: each channel over the light that falls there."""
    scale = LIGHT_PX / pixels.shape[0]
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))  # print is thin: what is brightest nearby is paper
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, SMOOTH_PX), (0, 0), 9)
    light = cv2.resize(paper, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return cast(Pixels, cv2.divide(pixels, np.maximum(light, 8), scale=PAPER_WHITE))
