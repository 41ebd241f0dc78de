"""How print looks in the pixels of a scan: edges, ink, what compression and noise left around the strokes.

One piece of print becomes a row of numbers that depend little on what it says and much on how it came onto the
picture: the same printer, scanner and compression give the same numbers, an editor's or another scanner's do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels

Plane = NDArray[np.float32]
"""Luminance 0–255, shape (height, width)."""
Mask = NDArray[np.bool_]
Quad = NDArray[np.float64]
"""Corners of a piece of print in pixels of the file's page, clockwise from its top left; shape (4, 2)."""
Row = NDArray[np.float64]
"""One value for each of `FEATURES`, NaN where the piece has too few pixels to tell."""

FEATURES = (
    "contrast", "steepest", "steepness", "edge_detail", "edge_curvature", "stroke", "near_detail", "far_detail", "calm",
)  # fmt: skip
MARGIN = 0.22
"""Paper looked at around a piece, in heights of its box: pasted pieces bring a rim of theirs."""
RED_OVER = 35
"""Of 255: red above the larger of green and blue. Stamped pixels are left out of all numbers."""
LEAST_CONTRAST = 40.0
"""Grey levels between paper and ink below which a piece is too faint to be compared."""
MOST_DARK = 0.6
"""Share of a piece's pixels that are dark only where light print stands on a dark band: bold print covers half. Its
edges are those of paper in ink; one of 69 pages of another generator has its number so."""
RULE, INKED = 1.8, 0.3
"""Heights of a piece's box that no stroke is long, and share of the contrast from which a pixel is ink: values in forms
are underlined, and the line is darker and crisper than their print."""
THIN = 3
"""Every third pixel is enough to say how dark and how steep the darkest and steepest are."""
FEWEST_INK, FEWEST_EDGE, FEWEST_NEAR = 25, 20, 30
"""Pixels without which a number is left out."""
NEAR = (1.5, 4.5)
FAR = 6.0
"""Distances from print in pixels: within the first, compression leaves its ripples; from the second on, it is paper."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece cut out: luminance, where it counts, paper's level and the contrast of its ink."""

    luma: Plane
    counts: Mask
    paper: float
    contrast: float


def stroke_row(pixels: Pixels, quad: Quad) -> Row | None:
    """Return the numbers of a piece of print, None where it is too small, too faint or too much stamped over."""
    cut = _cut(pixels, quad)
    return None if cut is None else _row(cut)


def _cut(pixels: Pixels, quad: Quad) -> _Piece | None:
    outer = grown(quad, MARGIN)
    height, width = pixels.shape[:2]
    x0, y0 = np.maximum(np.floor(outer.min(axis=0)).astype(int), 0)
    x1, y1 = np.minimum(np.ceil(outer.max(axis=0)).astype(int), (width, height))
    if x1 - x0 < 8 or y1 - y0 < 8:
        return None
    crop = pixels[y0:y1, x0:x1]
    mask = np.zeros(crop.shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(outer - (x0, y0)).astype(np.int32)], 1)
    counts = (mask > 0) & ~stamped(crop)
    if int(np.count_nonzero(counts)) < 2 * FEWEST_NEAR:
        return None
    grey = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), np.uint8)
    ink, most, paper = levels(grey[counts], (0.03, MOST_DARK, 0.85))
    if paper - ink < LEAST_CONTRAST or most < (ink + paper) / 2:
        return None
    counts &= ~ruled(grey < paper - INKED * (paper - ink), float(np.linalg.norm(quad[3] - quad[0])))
    return _Piece(grey.astype(np.float32), counts, paper, paper - ink)


def grown(quad: Quad, margin: float) -> Quad:
    """Return the quad with a margin of paper around it, in its heights."""
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    tall = float(np.linalg.norm(down))
    right = across / max(float(np.linalg.norm(across)), 1e-6) * margin * tall
    below = down / max(tall, 1e-6) * margin * tall
    return cast(Quad, quad + np.array([-right - below, right - below, right + below, below - right]))


def stamped(crop: Pixels) -> Mask:
    """Return which pixels are stamped in red, or stand next to such."""
    red, green, blue = cv2.split(crop)
    over = cv2.subtract(red, cv2.max(green, blue)) > RED_OVER
    return cv2.dilate(over.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def ruled(dark: Mask, tall: float) -> Mask:
    """Return where rules lie, with their soft edges: ink that goes on to the right for longer than any stroke.

    `dark` are the pixels of ink, `tall` is the height of the reader's box.
    """
    kernel = np.ones((1, max(round(RULE * tall), 1)), np.uint8)
    rules = cv2.morphologyEx(dark.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    return np.asarray(cv2.dilate(rules, np.ones((5, 5), np.uint8)) > 0)


def _row(piece: _Piece) -> Row | None:
    luma, counts, contrast = piece.luma, piece.counts, piece.contrast
    dark = counts & (luma < piece.paper - 0.5 * contrast)
    if int(dark.sum()) < FEWEST_INK:
        return None
    slope = cv2.magnitude(cv2.Sobel(luma, cv2.CV_32F, 1, 0), cv2.Sobel(luma, cv2.CV_32F, 0, 1)) / 8
    detail = luma - cv2.GaussianBlur(luma, (0, 0), 0.8)
    away = cv2.distanceTransform((luma > piece.paper - 0.18 * contrast).astype(np.uint8), cv2.DIST_L2, 3)
    edge = counts & (slope > 0.15 * contrast)
    near = counts & (away >= NEAR[0]) & (away < NEAR[1])
    far = counts & (away >= FAR)
    if int(edge.sum()) < FEWEST_EDGE or int(near.sum()) < FEWEST_NEAR:
        return None
    curved = np.abs(cv2.Laplacian(luma, cv2.CV_32F))
    steep = counts & (slope > 0.2 * contrast)
    values = (
        np.log(contrast / max(piece.paper, 1.0)),  # a shadow takes as much of both
        np.log(_quantile(slope[counts][::THIN], 0.97) / contrast),
        np.log(slope[edge].mean() / contrast),
        np.log(detail[edge].std() / contrast),
        np.log(curved[edge].mean() / contrast),
        np.log(2 * dark.sum() / max(int(steep.sum()), 1)),
        np.log(_spread(detail[near]) + 0.1),
        np.log(_spread(detail[far]) + 0.1) if int(far.sum()) >= FEWEST_NEAR else np.nan,
        float((np.abs(detail[near]) < 0.5).mean()),
    )
    return np.array(values, dtype=np.float64)


def levels(grey: NDArray[np.uint8], shares: tuple[float, ...]) -> list[float]:
    """Return the grey levels below which some shares of the pixels lie, by counting: quicker than any sorting."""
    total = np.cumsum(np.bincount(grey.ravel(), minlength=256))
    return [float(np.searchsorted(total, share * total[-1])) for share in shares]


def _spread(values: NDArray[np.float32]) -> float:
    """Return the middle half's width as a standard deviation: rules and specks do not move it."""
    thin = values[::THIN]
    low, high = (round(share * (len(thin) - 1)) for share in (0.25, 0.75))
    parted = np.partition(thin, (low, high))
    return float(parted[high] - parted[low]) / 1.349


def _quantile(values: NDArray[np.floating], share: float) -> float:
    """Return the value below which a share of the values lie; NumPy's own takes longer than the rest of a row."""
    at = min(round(share * (len(values) - 1)), len(values) - 1)
    return float(np.partition(values, at)[at])
