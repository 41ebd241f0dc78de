"""Pages put together of two scans: above a line across the whole page paper is of one hue and lit in one way, below it
of another and in another.

Light falls off slowly, and a fold darkens paper from one side to the other alike. A coloured band ends, or is darker
than paper.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from verifier.integrity.sheets import DPI, Hues, Tones
from verifier.page import Box

BORDERS = (0.025, 0.065, 0.2, 0.35, 0.5, 0.65, 0.8, 0.935, 0.975)
"""Borders of the page's parts from left to right, as shares of its width. Each has to show the step, the first and the
last too, which lie beside print: rows of tables and headings are tinted, the paper beside them is not."""
MARGIN = 0.05
"""Share of the page at its top and bottom that is not looked at: a scanner's lid shows there."""
LEAST_PART = 0.15
"""Share of the page's height that either part has at least: letterheads are lower."""
REACH, GAP = round(20 / 25.4 * DPI), round(2.5 / 25.4 * DPI)
"""Rows above and below a line that are compared, and those next to it that are left out: paper's tone is filled in
about print."""
NARROWEST = round(80 / 25.4 * DPI)
"""Pixels of a page's width below which its parts are too narrow to be looked at."""
STEP = 2.0
"""Levels of hue by which paper steps in every part of the page, near the seam and up to both ends alike: of 424 pages
of two foreign generators the one put together of two scans has 3.1, the next 0.3."""
OTHER_LIGHT = 3.0
"""Levels by which the parts' steps of brightness differ, the largest and the smallest left out: two scanners spread
their light in two ways, a fold darkens all parts alike. What JPEG rounds hue to steps at a fold by up to 6.6 levels; of
200 folded pages of our own, saved at 45 to 95, none has 0.8 here, the page put together has 6."""
NEARLY = 0.9
"""Of the widest step: rows about a seam have nearly as wide a one, and the seam lies in their middle."""
MOST_DARKER = 25.0
"""Levels by which one side is darker than the other where it is a printed band, or no paper."""


def parts_of_scans(paper: Tones, hues: Hues) -> tuple[Box, ...]:
    """Return the smaller part of a page on which two scans meet, none where it is of one."""
    row, step = widest_step(paper, hues)
    if step <= STEP:
        return ()
    seam = row / len(paper)
    return (Box(0.0, 0.0, 1.0, seam) if seam < 0.5 else Box(0.0, seam, 1.0, 1.0),)


def widest_step(paper: Tones, hues: Hues) -> tuple[int, float]:
    """Return the row at which the hue of paper steps most, and by how many levels it does so in all parts of the page,
    near the row and up to both ends of the page alike.
    """
    height, width = paper.shape[:2]
    ends = round(MARGIN * height)
    first, last = round(LEAST_PART * height), round((1 - LEAST_PART) * height)
    if first - ends < REACH + GAP or width < NARROWEST:
        return 0, 0.0
    rows = _rows(paper, hues)
    near = np.median(sliding_window_view(rows, REACH, axis=0), axis=-1)
    places = np.arange(first, last)
    steps = near[places + GAP] - near[places - GAP - REACH]
    found = _agreed(steps)
    best = float(found.max())
    if best <= STEP:
        return 0, best
    row = int(np.median(places[found >= NEARLY * best]))
    whole = np.median(rows[row + GAP : height - ends], axis=0) - np.median(rows[ends : row - GAP], axis=0)
    return row, float(min(best, _agreed(whole[None])[0]))


def _rows(paper: Tones, hues: Hues) -> NDArray[np.float64]:
    """Return red, blue and brightness of each row in each part of the page, shape (rows, parts, 3)."""
    planes = np.dstack([hues, paper.mean(axis=2)])
    borders = [round(border * paper.shape[1]) for border in BORDERS]
    return np.stack([np.median(planes[:, left:right], axis=1) for left, right in pairwise(borders)], axis=1)


def _agreed(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return by how much hue steps in the part where it steps least, along the page's step; 0 where the light is one
    scan's, or one side is dark. `steps` has the shape (n, parts, 3).
    """
    hue, light = steps[..., :2], np.sort(steps[..., 2], axis=1)
    mean = hue.mean(axis=1, keepdims=True)
    length = np.maximum(np.linalg.norm(mean, axis=2), 1e-9)
    least = ((hue * mean).sum(axis=2) / length).min(axis=1)
    one_scan = light[:, -2] - light[:, 1] < OTHER_LIGHT
    band = np.abs(np.median(light, axis=1)) > MOST_DARKER
    return np.where(band | one_scan, 0.0, least)
