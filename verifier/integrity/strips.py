"""Strips of other paper over values: lines printed elsewhere, cut out and glued on beside the labels that stay.

A strip is a rectangle whose paper is of another hue, about as bright, that holds two lines or more and ends between
them and other print of the same lines. Tinted cells and marks darken paper by more, stand in many places, or are wider.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.sheets import DPI, Hues, Tones
from verifier.integrity.traces.paper import HIGHLIGHTED
from verifier.page import Box

APART = 3.0
"""Levels of hue by which a strip's paper differs from the page's: that of the one known strip by 8."""
MARKED = HIGHLIGHTED
"""Levels of hue from which it is a highlighter's."""
AS_BRIGHT = 10.0
"""Levels by which a strip is darker or lighter than the paper right around it: the one known 3 to 5, tinted cells of
forms 20 and more. Of 539 pages without a strip none has one by its shape and place, whatever its hue and brightness."""
LEAST_MM, LARGEST = (25.0, 13.0), 0.2
"""Width and height of a strip, that of two lines, and the largest share of the page: a wider one is a block's tint."""
FILLS = 0.85
"""Share of its rectangle that a strip fills; the one known, a little askew, fills 0.87."""
FEWEST_LINES = 2
"""Lines on a strip, and of these, such as go on beside it."""
WITNESSES = 7
"""Of so many places of the paper one tells its usual hue."""
RING_PX = (2, 5)
"""Pixels from a strip's border between which the paper around it lies."""


def strips_of(paper: Tones, hues: Hues, lines: Sequence[Box]) -> tuple[Box, ...]:
    """Return the rectangle of a page's paper that is a strip, none where there are several: those are a form's cells.

    `paper` and `hues` are the tone and the hue of the page's paper, `lines` are where its print stands.
    """
    usual = np.median(hues.reshape(-1, 2)[::WITNESSES], axis=0)
    apart = cv2.magnitude(*(hues[..., n] - np.float32(usual[n]) for n in range(2)))
    other = (apart > APART).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(other, connectivity=4)
    large = [(label, stat) for label, stat in enumerate(stats[1:], 1) if _is_large(stat, other.shape)]
    found = tuple(
        box
        for label, stat in large
        if float(np.median(apart[labels == label])) <= MARKED and _is_as_bright(paper, stat)
        if _cuts_lines(box := _box(stat, other.shape), lines)
    )
    return found if len(large) == 1 else ()


def _is_large(stat: NDArray[np.int32], shape: tuple[int, ...]) -> bool:
    left, top, wide, high, area = (int(value) for value in stat)
    within = left > 0 and top > 0 and left + wide < shape[1] and top + high < shape[0]
    large = wide >= LEAST_MM[0] / 25.4 * DPI and high >= LEAST_MM[1] / 25.4 * DPI
    return within and large and area >= FILLS * wide * high and wide * high <= LARGEST * shape[0] * shape[1]


def _box(stat: NDArray[np.int32], shape: tuple[int, ...]) -> Box:
    left, top, wide, high = (int(value) for value in stat[:4])
    return Box.from_pixels(left, top, left + wide, top + high, width=shape[1], height=shape[0])


def _is_as_bright(paper: Tones, stat: NDArray[np.int32]) -> bool:
    """Return whether a rectangle is as bright as the paper around it."""
    left, top, wide, high = (int(value) for value in stat[:4])
    grey = paper.mean(axis=2)
    near, far = RING_PX
    ring = np.zeros(grey.shape, np.bool_)
    ring[max(0, top - far) : top + high + far, max(0, left - far) : left + wide + far] = True
    ring[max(0, top - near) : top + high + near, max(0, left - near) : left + wide + near] = False
    inside = grey[top : top + high, left : left + wide]
    return bool(abs(np.median(inside) - np.median(grey[ring])) <= AS_BRIGHT)


def _cuts_lines(box: Box, lines: Sequence[Box]) -> bool:
    """Return whether a rectangle holds lines that other print stands beside."""
    inside = [line for line in lines if box.covers(line, 0.8)]
    outside = [line for line in lines if line.x1 <= box.x0 or line.x0 >= box.x1]
    beside = [line for line in inside if any(other.y0 < line.centre[1] < other.y1 for other in outside)]
    return len(beside) >= FEWEST_LINES
