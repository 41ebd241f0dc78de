"""Proposes rims: a bank of ring-shaped filters over a small picture of a page's ink.

Every radius is one correlation, done through the Fourier transform; a rim answers with its mean ink less the
mean ink just inside and outside, so broken, faint and half visible rims still answer, and text does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from verifier.seals.planes import Plane, as_plane
from verifier.seals.rings import Ring

BANK_DPI = 32.0
"""A 1-mm rim is 1.3 pixels: enough to place it within a tenth of its radius, for 25 CPU ms a page."""
RIM_MM = 0.5
"""Half width of the filter's rim."""
SIDE_MM = 2.0
"""How far inside and outside the quiet sides are expected."""
RADIUS_STEP = 1.05
"""Ratio of neighbouring radii: tracing reaches 13 % to either side."""
OVALS: tuple[tuple[float, float], ...] = ((45.0, 30.0), (41.0, 28.0), (49.0, 33.0))
"""Usual ovals, axes in mm (45 × 30 is the norm); tracing reaches the sizes between."""
BORDER_MM = 30.0
"""Padding, so that seals whose centre lies near or off the page's edge are proposed."""
MOST_PROPOSALS = 14
"""Strongest answers judged; the true rim has been among the first six."""
FAINTEST_ANSWER = 0.10
"""Answers under this share of full ink come from text and grain."""


@dataclass(frozen=True, slots=True)
class _Shape:
    rx: float
    ry: float


def propose_rings(plane: Plane, low_mm: float, high_mm: float) -> list[Ring]:
    """Return likely rims of `plane` (ink 0 to 1 at `BANK_DPI`), strongest first, in its pixels.

    `low_mm` and `high_mm` bound the outer diameter.
    """
    border = round(BORDER_MM / 25.4 * BANK_DPI)
    height, width = plane.shape[0] + 2 * border, plane.shape[1] + 2 * border
    rows, columns = _good_size(height), _good_size(width)
    padded = np.zeros((rows, columns), np.float32)
    padded[border : border + plane.shape[0], border : border + plane.shape[1]] = plane
    spectrum = as_plane(cv2.dft(padded))
    shapes, kernels = _bank(rows, columns, low_mm, high_mm)
    answers = [_answer(spectrum, kernel)[:height, :width] for kernel in kernels]
    best = answers[0].copy()
    for answer in answers[1:]:
        cv2.max(best, answer, dst=best)
    rings = []
    for y, x in _peaks(best):
        shape = shapes[int(np.argmax([answer[y, x] for answer in answers]))]
        rings.append(Ring(float(x - border), float(y - border), shape.rx, shape.ry))
    return rings


def _answer(spectrum: Plane, kernel: Plane) -> Plane:
    product = cv2.mulSpectrums(spectrum, kernel, 0)
    return as_plane(cv2.dft(product, flags=cv2.DFT_INVERSE | cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT))


def _good_size(pixels: int) -> int:
    """Return a transform size for `pixels`, coarse enough that few banks are ever built."""
    return int(cv2.getOptimalDFTSize((pixels + 47) // 48 * 48))


def _peaks(best: Plane) -> list[tuple[int, int]]:
    """Return (row, column) of the strongest local maxima."""
    top = cv2.dilate(best, np.ones((9, 9), np.uint8))
    rows, columns = np.nonzero((best == top) & (best > FAINTEST_ANSWER))
    order = np.argsort(-best[rows, columns])[:MOST_PROPOSALS]
    return [(int(rows[i]), int(columns[i])) for i in order]


@lru_cache(maxsize=6)
def _bank(rows: int, columns: int, low_mm: float, high_mm: float) -> tuple[list[_Shape], list[Plane]]:
    """Return ring shapes (semi-axes in pixels) and the spectra of their filters."""
    px = BANK_DPI / 25.4
    count = int(np.ceil(np.log(high_mm / low_mm) / np.log(RADIUS_STEP))) + 1
    radii = [low_mm / 2 * px * RADIUS_STEP**i for i in range(count)]
    shapes = [_Shape(r, r) for r in radii]
    shapes += [_Shape(a / 2 * px, b / 2 * px) for a, b in OVALS]
    return shapes, [as_plane(cv2.dft(_filter(rows, columns, shape, px))) for shape in shapes]


def _filter(rows: int, columns: int, shape: _Shape, px: float) -> Plane:
    """Return a zero-mean ring filter, centred on pixel (0, 0) with wrap-around."""
    y = np.minimum(np.arange(rows), rows - np.arange(rows))[:, None].astype(np.float32)
    x = np.minimum(np.arange(columns), columns - np.arange(columns))[None].astype(np.float32)
    scale = np.hypot(x / shape.rx, y / shape.ry)
    distance = (scale - 1) * np.hypot(x, y) / np.maximum(scale, 1e-3)
    rim = _annulus(distance, 0.0, px)
    sides = (_annulus(distance, -SIDE_MM * px, px) + _annulus(distance, SIDE_MM * px, px)) / 2
    return (rim - sides).astype(np.float32)


def _annulus(distance: Plane, at: float, px: float) -> Plane:
    weight = np.exp(-(((distance - at) / (RIM_MM * px * 1.2)) ** 2))
    return as_plane(weight / weight.sum())
