"""How each character looks in a scan's pixels: numbers that say how it came onto the picture.

Like `strokes`, for single characters and all of a page at once: a forger changes one character of seventeen, which
the number as a whole hardly shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.strokes import LEAST_CONTRAST, MOST_DARK, RED_OVER
from verifier.page import Pixels

Floats = NDArray[np.float32]
Rows = NDArray[np.float64]
"""One row of `MEASURES` for each character, NaN where it cannot be measured."""
MEASURES = (
    "contrast", "steepest", "steepness", "edge_detail", "edge_curvature", "stroke", "ripple", "calm", "paper",
    "across", "down",
)  # fmt: skip
"""The last two are how crisp edges are that one crosses from left to right and from top to bottom."""
HALF_WIDTH, HALF_HEIGHT = 0.5, 0.5
"""Of a character's cell, what is measured about its middle."""
MARGIN = 2
"""Pixels about that, so that filters see whole strokes."""
STEP = 0.2
"""Logarithm of the ratio of heights that are measured together, in windows of one size."""
SMALLEST, LARGEST = 5, 48
"""Half a window's side in pixels: smaller print has no strokes to measure, larger are titles."""
MOST_STAMPED = 0.02
"""Share of a window that stamped ink may cover."""
NEAR_PX, FAR_PX = 3, 9
"""Sides of the squares by which print is grown: between the two lie the ripples of compression."""
RULE_COVER, RULE_BAND, RULE_EDGE = 0.97, 0.3, 2
"""Share of a window's columns that a table's rule darkens (the bar of a T leaves more), shares of its height above and
below within which one stands beside a character, and rows of its soft edge."""
BENDS = np.array([[1, -2, 1]], np.float32), np.array([[1], [-2], [1]], np.float32)
"""Filters that say how sharply brightness bends across and down."""
THIN = 2
"""Every other pixel is enough to say how dark and how steep the darkest and steepest are."""
ONE_WAY = 2.0
"""How many times as steep across as down, or the reverse, an edge is that counts for one direction."""
FEWEST = 12
"""Pixels without which an average says nothing."""


@dataclass(frozen=True, slots=True)
class _Planes:
    """Luminance of windows and what filters make of it, a row of pixels for each window."""

    luma: Floats
    slope: Floats
    detail: Floats
    curved: Floats
    across: Floats
    down: Floats


def rows_of(pixels: Pixels, cells: Sequence[Cell]) -> Rows:
    """Return the numbers of characters, shape (len(cells), len(MEASURES))."""
    rows = np.full((len(cells), len(MEASURES)), np.nan)
    groups: dict[tuple[bool, int], list[int]] = defaultdict(list)
    for index, cell in enumerate(cells):
        groups[cell.latin, round(float(np.log(max(cell.height, 1.0))) / STEP)].append(index)
    for indices in groups.values():
        chosen = [cells[index] for index in indices]
        width = float(np.median([cell.width for cell in chosen]))
        height = float(np.median([cell.height for cell in chosen]))
        half = round(HALF_WIDTH * width), round(HALF_HEIGHT * height)
        if SMALLEST <= half[1] <= LARGEST and half[0] >= SMALLEST // 2:
            kept, windows = _windows(pixels, chosen, half)
            if kept:
                rows[[indices[at] for at in kept]] = _measured(windows)
    return rows


def _windows(pixels: Pixels, cells: list[Cell], half: tuple[int, int]) -> tuple[list[int], Pixels]:
    """Return which characters lie inside the page, and their windows, shape (n, height, width, 3)."""
    across, down = half[0] + MARGIN, half[1] + MARGIN
    tall, wide = pixels.shape[:2]
    kept, windows = [], []
    for at, cell in enumerate(cells):
        x, y = round(cell.x), round(cell.y)
        if across <= x < wide - across and down <= y < tall - down:
            kept.append(at)
            windows.append(pixels[y - down : y + down + 1, x - across : x + across + 1])
    return kept, np.stack(windows) if windows else np.zeros((0, 1, 1, 3), np.uint8)


def _measured(windows: Pixels) -> Rows:
    """Return the numbers of windows of one size; filters run over all of them laid below each other."""
    count, height, width = windows.shape[:3]
    windows = _without_rules(windows)
    sheet = windows.reshape(count * height, width, 3)
    grey = cv2.cvtColor(sheet, cv2.COLOR_RGB2GRAY)
    luma = grey.astype(np.float32)
    red, green, blue = cv2.split(sheet)
    stamped = cv2.subtract(red, cv2.max(green, blue)) > RED_OVER
    across, down = cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)
    slope = cv2.magnitude(across, down) / 8
    detail = luma - cv2.GaussianBlur(luma, (0, 0), 0.8)
    curved = np.abs(cv2.Laplacian(luma, cv2.CV_32F))
    shape = (count, height, width)
    inner = np.s_[:, MARGIN:-MARGIN, MARGIN:-MARGIN]
    filtered = (luma, slope, detail, curved, np.abs(across), np.abs(down))
    planes = _Planes(*(np.asarray(p).reshape(shape)[inner].reshape(count, -1) for p in filtered))
    ink, paper = _quantiles(grey.reshape(shape)[inner].reshape(count, -1)[:, ::THIN], (0.04, 0.85))
    print_ = (luma.reshape(shape) < (paper - 0.18 * (paper - ink))[:, None, None]).astype(np.uint8)
    grown = [
        cv2.dilate(print_.reshape(sheet.shape[:2]), np.ones((size, size), np.uint8)).reshape(shape)[inner]
        for size in (NEAR_PX, FAR_PX)
    ]
    near = ((grown[1] > 0) & (grown[0] == 0)).reshape(count, -1)
    bent = [np.abs(cv2.filter2D(luma, cv2.CV_32F, kernel)).reshape(shape)[inner].reshape(count, -1) for kernel in BENDS]
    rows = np.column_stack([_rows(planes, near, ink, paper), _crispness(planes, bent, paper - ink)])
    light = (planes.luma < ((ink + paper) / 2)[:, None]).mean(axis=1) > MOST_DARK
    rows[(stamped.reshape(count, -1).mean(axis=1) > MOST_STAMPED) | (paper - ink < LEAST_CONTRAST) | light] = np.nan
    return rows


def _without_rules(windows: Pixels) -> Pixels:
    """Return windows with paper where a table's rule runs above or below the character: it is darker than print, and
    one row of a table stands nearer to it than another.
    """
    grey = windows[..., 1]
    ink, paper = _quantiles(grey.reshape(len(grey), -1)[:, ::THIN], (0.04, 0.85))
    ruled = (grey < ((ink + paper) / 2)[:, None, None]).mean(axis=2) > RULE_COVER
    band = round(RULE_BAND * grey.shape[1])
    ruled[:, band:-band] = False
    if not ruled.any():
        return windows
    wide = cv2.dilate(ruled.astype(np.uint8), np.ones((1, 2 * RULE_EDGE + 1), np.uint8)) > 0
    cleared = windows.copy()
    for at in np.flatnonzero(ruled.any(axis=1)):
        light = windows[at][grey[at] >= paper[at]]
        cleared[at][wide[at]] = np.median(light, axis=0)
    return cleared


def _rows(planes: _Planes, near: NDArray[np.bool_], ink: Rows, paper: Rows) -> Rows:
    luma, slope, detail = planes.luma, planes.slope, planes.detail
    contrast = np.maximum(paper - ink, 1.0)
    wide = contrast[:, None]
    edge, steep = slope > 0.15 * wide, slope > 0.2 * wide
    dark = luma < paper[:, None] - 0.5 * wide
    ripple = np.abs(detail)
    values = (
        np.log(contrast / np.maximum(paper, 1.0)),  # a shadow takes as much of both
        np.log(_quantiles(slope[:, ::THIN], (0.97,))[0] / contrast + 1e-3),
        np.log(_mean(slope, edge) / contrast),
        np.log(np.sqrt(_mean(detail * detail, edge)) / contrast + 1e-3),
        np.log(_mean(planes.curved, edge) / contrast + 1e-3),
        np.log(2 * dark.sum(axis=1) / np.maximum(steep.sum(axis=1), 1) + 1e-2),
        np.log(_mean(ripple, near) + 0.1),
        _mean((ripple < 0.5).astype(np.float32), near),
        _mean(luma, luma >= paper[:, None]),
    )
    return np.column_stack([np.asarray(value, np.float64) for value in values])


def _crispness(planes: _Planes, bent: Sequence[Floats], contrast: Rows) -> Rows:
    """Return how crisp edges are across and down, shape (n, 2), each by edges of its own direction: an E has more of
    one, an L of the other. A character with too few of one is told by the other, one with neither by all its edges.
    """
    wide = np.maximum(contrast, 1.0)
    edge = planes.slope > 0.15 * wide[:, None]
    ways = (planes.across, planes.down), (planes.down, planes.across)
    found = [_mean(bend, edge & (one > ONE_WAY * other)) for bend, (one, other) in zip(bent, ways, strict=True)]
    either = np.where(np.isnan(found), np.array(found[::-1]), np.array(found))
    values = np.where(np.isnan(either), _mean(planes.curved, edge) / 2, either)
    return np.asarray(np.log(values / wide + 1e-3).T, np.float64)


def _quantiles(values: NDArray[np.generic], shares: tuple[float, ...]) -> list[NDArray[np.float64]]:
    """Return the values below which shares of each row lie; NumPy's own percentiles take several times as long."""
    at = [round(share * (values.shape[1] - 1)) for share in shares]
    parted = np.partition(values, at, axis=1)
    return [parted[:, one].astype(np.float64) for one in at]


def _mean(values: Floats, where: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each row's mean over the pixels that count, NaN where too few do."""
    count = where.sum(axis=1)
    total = (values * where).sum(axis=1, dtype=np.float64)
    return np.where(count >= FEWEST, total / np.maximum(count, 1), np.nan)
