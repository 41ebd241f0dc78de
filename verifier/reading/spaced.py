"""Pale words whose characters stand far apart across a page, 草　稿 as a watermark: the detector sees no run in them.

Of 80 such words of 18 and 28 mm drawn beneath dense print (five words, four slants, two tones) 70 are read so.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple, cast

import cv2
import numpy as np

from verifier.page import Pixels
from verifier.reading.ink import three_times

CHARACTER_MM, ASPECT = (7.0, 45.0), 1.8
"""Least and largest side of a character of a watermark, and how much longer one side may be."""
PARTS_MM = 2.5
"""Strokes of one character lie nearer to each other than this; print that crosses it breaks it."""
ALIKE, APART = 1.6, (1.1, 5.0)
"""Ratio of the sizes of two characters of a word, and sizes from one's middle to the next one's."""
STEEPEST = 65.0
"""Degrees that such a word may rise or fall."""
MOST_CHARACTERS = 8
"""Pale groups of a page from which it is shading or a pattern."""
MARGIN = 0.12
"""Of a character's size, kept around it."""


class _Character(NamedTuple):
    x: float
    y: float
    size: float


def spaced_words(pale: Pixels, dpi: float) -> Iterator[tuple[tuple[float, float, float, float], Pixels]]:
    """Yield where on a page two pale characters that may be a word stand (left, top, right, bottom, in pixels), and the
    two level and side by side.

    `pale` is a page's pale ink as dark print on white, shape (height, width), at `dpi`.
    """
    for a, b in combinations(_characters(pale, dpi), 2):
        first, last = sorted((a, b))
        size = max(a.size, b.size)
        apart = float(np.hypot(last.x - first.x, last.y - first.y)) / size
        slant = float(np.degrees(np.arctan2(last.y - first.y, last.x - first.x)))
        if size > ALIKE * min(a.size, b.size) or not APART[0] < apart < APART[1] or abs(slant) > STEEPEST:
            continue
        half = size / 2
        box = first.x - half, min(a.y, b.y) - half, last.x + half, max(a.y, b.y) + half
        yield box, three_times(np.hstack([_level(pale, one, size, slant) for one in (first, last)]))


def _characters(pale: Pixels, dpi: float) -> list[_Character]:
    """Return the groups of pale strokes that are about square; none where there are too many of them."""
    px = dpi / 25.4
    side = max(round(PARTS_MM * px), 1)
    ink = (pale < 128).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, np.ones((side, side), np.uint8)))
    found = []
    for x, y, width, height, _ in stats[1:].tolist():
        low, high = sorted((width - side, height - side))
        if CHARACTER_MM[0] * px < low and high < CHARACTER_MM[1] * px and high < ASPECT * low:
            found.append(_Character(x + width / 2, y + height / 2, float(high)))
    return found if len(found) <= MOST_CHARACTERS else []


def _level(pale: Pixels, one: _Character, size: float, slant: float) -> Pixels:
    """Return the square of a character, turned so that its word is level."""
    turn = cv2.getRotationMatrix2D((one.x, one.y), slant, 1.0)
    edge = round(size * (1 + 2 * MARGIN))
    turn[:, 2] = turn[:, 2] + edge / 2 - np.array([one.x, one.y])
    return cast(Pixels, cv2.warpAffine(pale, turn, (edge, edge), borderValue=255))
