"""Paper under a field against the paper right around it: a patch of one colour is lighter, of another hue, or flatter.

A patch ends close to the print and covers all of it, so that from one end of the field to the other its paper differs
from that above and that below alike. Shading, a fold or a stain's edge lie between the two, a watermark crosses a part
of the field, a tinted row goes on at the left and right. What other print of the page does to the paper under it is
taken off first.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.likeness import FEWEST_LIKE
from verifier.integrity.traces.medians import medians
from verifier.integrity.traces.strokes import LEAST_CONTRAST, Quad, levels
from verifier.page import Pixels

Luma = NDArray[np.uint8]
Plane = NDArray[np.float32]
Zones = NDArray[np.intp]
ZonesOf = Callable[[Plane, Plane, float], tuple[Zones, int]]
Steps = NDArray[np.float64]
"""By how much paper under print differs from paper beside it: a row for each of `MEASURES`, a column for each place
beside it, NaN where there is too little paper."""
MEASURES = ("brightness", "red", "blue", "flatness")
FLATNESS = MEASURES.index("flatness")
PARTS = 3
"""Parts of a field from its left to its right, each held against the paper above and below it."""
NEAR, FAR = 0.3, 0.95
"""Beyond a reader's box, in its heights, between which the paper above and below it lies."""
BEFORE, BEHIND = 2.5, 5.0
"""The same at the left and right: new print is narrower than what it covers now and then, a tinted row is wider."""
GOES_ON = 0.5
"""Share of a step up to which the paper at the left or right is taken to be the same as that under the print. Of 49
numbers and 50 countries painted over by another generator, paper alone finds 32 and 20 with 0.4, 32 and 19 with 0.5, 30
and 18 with 0.6, 29 and 15 with 0.7; a fold that fades along the line has 0.43."""
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
ROWS_A_HEIGHT, FEWEST_OF_ROW = 10, 4
"""Rows into which a box is told, each as high as a crease is wide, and pixels of paper without which one says nothing.
Medians of rows instead of means of all: the brightest genuine step of 111 letters of two generators went from 1.3 to
0.9 of the limit, the patches found in them from 1.4 to 2.9, 2.2 to 6.1, 4.9 to 6.8, 7.0 to 8.8 and 6.3 to 6.1."""
FLOORS = np.array((0.35, 0.3, 0.3, 0.06))
"""Least spread of the steps of a page's print: most of 40 genuine tuning pages have less."""
ROUNDED = np.array((1.2, 3.2, 3.2, 0.0))
"""Roundings of a block's brightness below which a step is none: print moves its block to the next one. Those of hue are
about as coarse (ITU-T T.81, K.2) and twice as large in red and blue above green; half as much again is allowed."""
WIDEST = 1.645
"""Spreads beyond which a tenth of a page's print lies where it is spread evenly."""
LIMITS = np.array((4.0, 5.0, 5.0, 11.0))
"""Spreads of the page."""
HIGHLIGHTED, GREYED = 15.0, 8.0
"""Levels by which red or blue leaves green under a highlighter's ink, and by which it darkens paper on a page without
colour: 17 fields marked by another generator's officials have 35 to 118, two 13 and 18. Seven painted over or pasted
have 7 at most, as a patch is meant to be overlooked. Transparent ink makes no paper lighter."""


def paper_steps(pixels: Pixels, luma: Luma, quad: Quad) -> Steps | None:
    """Return by how much the paper under a piece of print differs from that above and below it, shape (4, 6).

    `quad` are the reader's corners of it in the file's page. The columns are the parts from left to right, against
    what is above, then against what is below. None where the piece is too small, too large or too faint.
    """
    means = _means(pixels, luma, quad, (0.0, FAR), _above_and_below)
    if means is None:
        return None
    under, above, below = np.split(means, 3, axis=1)
    return np.column_stack([under - above, under - below])


def row_steps(pixels: Pixels, luma: Luma, quad: Quad) -> Steps | None:
    """Return by how much the paper under a piece of print differs from that at its left and right, shape (4, 2)."""
    means = _means(pixels, luma, quad, (BEHIND, 0.0), _left_and_right)
    return None if means is None else means[:, :1] - means[:, 1:]


def _means(pixels: Pixels, luma: Luma, quad: Quad, spare: tuple[float, float], zones_of: ZonesOf) -> Steps | None:
    """Return the middle of all measures of the paper in each zone around a piece of print.

    `spare` is what is looked at beyond its ends and beyond its top and bottom, in its heights.
    """
    along, down = quad[1] - quad[0], quad[3] - quad[0]
    wide, tall = float(np.linalg.norm(along)), float(np.linalg.norm(down))
    if not SHORTEST <= tall <= TALLEST or wide < SHORTEST:
        return None
    centre, across, upright = quad.mean(axis=0), along / wide, down / tall
    reach = np.abs(across) * (wide / 2 + spare[0] * tall) + np.abs(upright) * (tall / 2 + spare[1] * tall)
    x0, y0 = np.maximum(np.floor(centre - reach).astype(int), 0)
    x1, y1 = np.minimum(np.ceil(centre + reach).astype(int) + 1, (luma.shape[1], luma.shape[0]))
    if x1 - x0 < SHORTEST or y1 - y0 < SHORTEST:
        return None
    thin = max(1, int(tall) // ROWS)
    x = ((np.arange(x0, x1)[None] - centre[0]) / tall).astype(np.float32)
    y = ((np.arange(y0, y1 - 1, thin)[:, None] - centre[1]) / tall).astype(np.float32)
    off, below = (x * np.float32(axis[0]) + y * np.float32(axis[1]) for axis in (across, upright))
    zones, count = zones_of(off, below, wide / tall / 2)
    crop, grey = pixels[y0:y1, x0:x1], luma[y0:y1, x0:x1]
    blank = _blank(crop, grey, (np.abs(off) <= wide / tall / 2) & (np.abs(below) <= 0.5), thin)
    if blank is None:
        return None
    blank &= zones > 0
    planes = [plane[blank] for plane in _planes(crop, grey, thin)]
    return _middles(planes, zones[blank] - 1, count, below[blank])


def _middles(planes: list[NDArray[np.generic]], zones: Zones, count: int, below: Plane) -> Steps:
    """Return of each plane the median of its rows' means in each of `count` zones, NaN where there is too little paper.

    A patch's paper is the same in all rows; the crease of a fold and a rule of pale dots are in a few.
    """
    rows = np.clip((below + _REACH) * ROWS_A_HEIGHT, 0, 2 * _REACH * ROWS_A_HEIGHT - 1).astype(np.intp)
    places, size = rows * count + zones, 2 * _REACH * ROWS_A_HEIGHT * count
    many = np.bincount(places, minlength=size).astype(float)
    scarce = many.reshape(-1, count).sum(axis=0) < FEWEST
    many[many < FEWEST_OF_ROW] = np.nan
    means = [np.bincount(places, weights=plane, minlength=size) / many for plane in planes]
    found = medians(np.stack(means, axis=1).reshape(-1, count, len(planes)))
    found[scarce] = np.nan
    return found.T


def _above_and_below(off: Plane, below: Plane, half: float) -> tuple[Zones, int]:
    """Return which zone each pixel lies in, from 1, and how many there are: parts under, above and below print.

    `off` and `below` are places from the print's middle, `half` is half its width, all in its heights.
    """
    part = np.clip(((off + half) * (PARTS / (2 * half))).astype(np.intp), 0, PARTS - 1) + 1
    rows = _ROWS.take(((below + _REACH) * _FINE).astype(np.intp), mode="clip")
    return np.where((np.abs(off) <= half) & (rows > 0), part + PARTS * (rows - 1), 0), 3 * PARTS


def _left_and_right(off: Plane, below: Plane, half: float) -> tuple[Zones, int]:
    """Return the same for what is under print, at its left and at its right."""
    places = [np.abs(off) <= half, *((o > half + BEFORE) & (o < half + BEHIND) for o in (-off, off))]
    return np.select([place & (np.abs(below) <= 0.5) for place in places], [1, 2, 3], 0), 3


def _row_of_heights() -> NDArray[np.intp]:
    """Return for steps of `1 / _FINE` heights from `-_REACH` whether they lie in print (1), above (2), below (3) it."""
    down = (np.arange(2 * _REACH * _FINE) + 0.5) / _FINE - _REACH
    beside = (np.abs(down) > 0.5 + NEAR) & (np.abs(down) < 0.5 + FAR)
    return np.where(np.abs(down) < 0.5, 1, np.where(beside, np.where(down < 0, 2, 3), 0)).astype(np.intp)


_REACH, _FINE = 2, 20
_ROWS = _row_of_heights()


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


def paper_deviations(mine: Steps, page: Steps, rounding: float = 0.0) -> NDArray[np.float64]:
    """Return by how much each measure of the paper under a field is unlike other print's; 1 is the limit.

    `page` are the steps of other print of the page, shape (n, 4, 6); with too few of them nothing is unlike.
    `rounding` is to what JPEG rounded the brightness of a block of the page, in grey levels (0: it did not).
    """
    if len(page) < FEWEST_LIKE:
        return np.zeros(len(MEASURES))
    usual = np.nan_to_num(medians(page))
    here, each = np.abs(_agreed(mine - usual)), np.abs(_agreed(page - usual))
    spread = np.maximum(1.4826 * np.median(each, axis=0), np.quantile(each, 0.9, axis=0) / WIDEST)
    return np.asarray(here / np.maximum(np.maximum(spread, FLOORS) * LIMITS, ROUNDED * rounding))


def goes_on(mine: Steps, beside: Steps) -> NDArray[np.bool_]:
    """Return for each measure whether the paper at the left or right is that under the print, or more so: a tinted row,
    a fold, a shadow that falls along the line."""
    step = _agreed(mine)
    least = np.where(np.isfinite(beside), beside * np.sign(step)[:, None], np.inf).min(axis=1)
    return np.asarray(least < GOES_ON * np.abs(step))


def is_highlighted(mine: Steps, *, grey: bool) -> bool:
    """Return whether the paper under print is that of a highlighter: whose mark it is, its colour does not tell.

    `grey`: the page has no colour, and no rule lets it pass.
    """
    brightness, red, blue, _ = _agreed(mine)
    coloured = max(abs(red), abs(blue)) >= HIGHLIGHTED and brightness <= 0
    return bool(coloured or (grey and brightness <= -GREYED))


def _agreed(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the smaller of the steps to the paper above and below (over the last axis), each the median of its parts.

    0 where parts differ in sign, or are missing. A reader's box may be too wide: an end's paper is not all the patch's.
    Paper that is rougher than its surroundings has the ripples of print, and is no patch.
    """
    known = np.isfinite(steps)
    above, below = (medians(np.moveaxis(side, -1, 0)) for side in np.split(steps, 2, axis=-1))
    smaller = np.where(np.abs(above) < np.abs(below), above, below)
    smaller[..., FLATNESS] = np.maximum(smaller[..., FLATNESS], 0.0)
    one_sign = (steps > 0).sum(axis=-1) % known.sum(axis=-1).clip(1) == 0
    return np.where(one_sign & (known.sum(axis=-1) >= 2 * FEWEST_PARTS), smaller, 0.0)
