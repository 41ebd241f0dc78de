"""Paper under a field against the paper right around it: a patch of one colour is lighter, of another hue, or flatter.

A patch ends close to the print and covers all of it, so that from one end of the field to the other its paper differs
from that above and that below alike. Shading, a fold or a stain's edge lie between the two, a watermark crosses a part
of the field, a tinted row goes on at the left and right. What other print of the page does to the paper under it is
taken off first.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.likeness import FEWEST_LIKE
from verifier.integrity.traces.strokes import LEAST_CONTRAST, Quad, levels
from verifier.page import Pixels

Luma = NDArray[np.uint8]
Plane = NDArray[np.float32]
Steps = NDArray[np.float64]
"""By how much paper under print differs from paper beside it, shape (4, 8): a row for each of `MEASURES`; above and
below in each of `PARTS`, then at the left and right. NaN where there is too little paper."""
MEASURES = ("brightness", "red", "blue", "flatness")
PARTS = 3
"""Parts of a field from its left to its right, each held against the paper above and below it."""
NEAR, FAR = 0.3, 0.95
"""Beyond a reader's box, in its heights, between which the paper above and below it lies."""
BEFORE, BEHIND = 1.0, 2.2
"""The same at the left and right: the new print is narrower than what it covers now and then."""
GOES_ON = 0.4
"""Share of a step up to which the paper at the left and right is taken to be as light as that under the print."""
SHORTEST, TALLEST = 10, 150
"""Pixels of a box: smaller print leaves no paper between its strokes, larger is a title."""
ROWS = 24
"""Of a box that are looked at: of finer scans every second or third row is enough."""
PRINTED = 0.2
"""Of the contrast: darker pixels are print, and those next to it its ripples."""
GROWN = np.ones((5, 5), np.uint8)
STAMPED_OVER = 20
"""Of 255, red above the larger of green and blue."""
FEWEST, FEWEST_PARTS = 12, 2
"""Pixels of paper without which a mean says nothing, and parts without which a field does not."""
FLOORS = np.array((0.35, 0.3, 0.3, 0.06))
"""Least spread of the steps of a page's print: most of 40 genuine tuning pages have less."""
WIDEST = 1.645
"""Spreads beyond which a tenth of a page's print lies where it is spread evenly."""
LIMITS = np.array((4.0, 5.0, 5.0, 8.5))
"""Spreads of the page."""


def paper_steps(pixels: Pixels, luma: Luma, quad: Quad) -> Steps | None:
    """Return by how much the paper under a piece of print differs from that beside it.

    `quad` are the reader's corners of it in the file's page. None where it is too small, too large or too faint.
    """
    along, down = quad[1] - quad[0], quad[3] - quad[0]
    wide, tall = float(np.linalg.norm(along)), float(np.linalg.norm(down))
    if not SHORTEST <= tall <= TALLEST or wide < SHORTEST:
        return None
    centre, across, upright = quad.mean(axis=0), along / wide, down / tall
    reach = np.abs(across) * (wide / 2 + BEHIND * tall) + np.abs(upright) * (tall / 2 + FAR * tall)
    x0, y0 = np.maximum(np.floor(centre - reach).astype(int), 0)
    x1, y1 = np.minimum(np.ceil(centre + reach).astype(int) + 1, (luma.shape[1], luma.shape[0]))
    if x1 - x0 < SHORTEST or y1 - y0 < SHORTEST:
        return None
    thin = max(1, int(tall) // ROWS)
    x = ((np.arange(x0, x1)[None] - centre[0]) / tall).astype(np.float32)
    y = ((np.arange(y0, y1 - 1, thin)[:, None] - centre[1]) / tall).astype(np.float32)
    zones = _zones(
        x * np.float32(across[0]) + y * np.float32(across[1]),
        x * np.float32(upright[0]) + y * np.float32(upright[1]),
        wide / tall / 2,
    )
    crop, grey = pixels[y0:y1, x0:x1], luma[y0:y1, x0:x1]
    blank = _blank(crop, grey, (zones >= 1) & (zones <= PARTS), thin)
    return None if blank is None else _steps(zones[blank], [plane[blank] for plane in _planes(crop, grey, thin)])


def _zones(off: Plane, below: Plane, half: float) -> NDArray[np.intp]:
    """Return for each pixel where it lies: 1 to 3 under the print's parts, 4 to 6 above, 7 to 9 below, 10 left, 11
    right, else 0. `off` and `below` are its place from the print's middle, `half` half its width, in its heights."""
    zones = np.zeros(off.shape, np.intp)
    part = np.clip(((off + half) * (PARTS / (2 * half))).astype(np.intp), 0, PARTS - 1) + 1
    level, beside = np.abs(off) <= half, np.abs(below) <= 0.5
    for rows, first in ((beside, 0), (_between(-below, 0.5), PARTS), (_between(below, 0.5), 2 * PARTS)):
        zones = np.where(level & rows, part + first, zones)
    for side, number in ((-off, 3 * PARTS + 1), (off, 3 * PARTS + 2)):
        zones[beside & (side > half + BEFORE) & (side < half + BEHIND)] = number
    return zones


def _between(away: Plane, half: float) -> NDArray[np.bool_]:
    return np.asarray((away > half + NEAR) & (away < half + FAR))


def _blank(crop: Pixels, grey: Luma, under: NDArray[np.bool_], thin: int) -> NDArray[np.bool_] | None:
    """Return which pixels are paper, neither printed nor stamped, of every so many rows; None where print is faint."""
    core = grey[:-1:thin][under]
    if len(core) < FEWEST:
        return None
    ink, paper = levels(core, (0.04, 0.85))
    if paper - ink < LEAST_CONTRAST:
        return None
    red, green, blue = cv2.split(crop)
    marked = (grey < paper - PRINTED * (paper - ink)) | (cv2.subtract(red, cv2.max(green, blue)) > STAMPED_OVER)
    return np.asarray(cv2.dilate(marked.astype(np.uint8), GROWN)[:-1:thin] == 0)


def _planes(crop: Pixels, grey: Luma, thin: int) -> list[NDArray[np.generic]]:
    """Return brightness, red and blue above green, and where pixels equal those at their right and below."""
    red, green, blue = (plane[:-1:thin].astype(np.int16) for plane in cv2.split(crop))
    rows = grey[:-1:thin]
    same = rows == grey[1::thin][: len(rows)]
    same[:, :-1] &= rows[:, :-1] == rows[:, 1:]
    return [rows, red - green, blue - green, same]


def _steps(zones: NDArray[np.intp], planes: list[NDArray[np.generic]]) -> Steps:
    """Return the steps from the means of each zone."""
    count = np.bincount(zones, minlength=3 * PARTS + 3).astype(float)
    count[count < FEWEST] = np.nan
    sums = np.stack([np.bincount(zones, weights=plane, minlength=3 * PARTS + 3) for plane in planes])
    means = (sums / count)[:, 1:]
    under, above, below = means[:, :PARTS], means[:, PARTS : 2 * PARTS], means[:, 2 * PARTS : 3 * PARTS]
    middle = under[:, PARTS // 2, None]
    return np.column_stack([under - above, under - below, middle - means[:, 3 * PARTS :]])


def paper_deviation(mine: Steps, page: Sequence[Steps]) -> float | None:
    """Return how unlike the paper around it the paper under a field is; 1 is the limit, None where too few compare.

    `page` are the steps of other print of the page.
    """
    if len(page) < FEWEST_LIKE:
        return None
    others = np.stack(page)
    usual = _medians(others)
    here, each = np.abs(_agreed(mine - usual)), np.abs(_agreed(others - usual))
    spread = np.maximum(1.4826 * np.median(each, axis=0), np.quantile(each, 0.9, axis=0) / WIDEST)
    return float((here / np.maximum(spread, FLOORS) / LIMITS).max())


def _medians(others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median step of each kind to each side, 0 where no print has one."""
    known = np.isfinite(others)
    ordered = np.sort(np.where(known, others, np.inf), axis=0)
    middle = np.maximum(known.sum(axis=0) - 1, 0) // 2
    found = np.take_along_axis(ordered, middle[None], axis=0)[0]
    return np.where(np.isfinite(found), found, 0.0)


def _agreed(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the smallest step above and below (the last axis), 0 where they differ in sign, where parts are missing
    and where the paper goes on at the left and right."""
    around, beside = steps[..., : 2 * PARTS], np.abs(steps[..., 2 * PARTS :])
    known = np.isfinite(around)
    low, high = np.where(known, around, np.inf).min(axis=-1), np.where(known, around, -np.inf).max(axis=-1)
    smallest = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    goes_on = beside.max(axis=-1) < GOES_ON * np.abs(smallest)  # NaN says nothing
    return np.where((known.sum(axis=-1) < 2 * FEWEST_PARTS) | goes_on, 0.0, smallest)
