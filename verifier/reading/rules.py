"""Ruled lines of tables and forms, found in the page image."""

from __future__ import annotations

import cv2
import numpy as np

from verifier.page import Box, Pixels

RULE_DPI = 100.0
"""Rules are as visible at this resolution as at any higher one."""
SHORTEST_MM = 8.0
"""Shorter strokes are parts of characters: the tallest headline has 7-mm strokes."""
THICKEST_MM = 1.2
"""Thicker bars are shadows or edges of the sheet."""
STEEPEST = 0.009
"""Rise over run of a rule on a page that stands upright to half a degree."""
INK_BELOW_PAPER = 40
"""Grey levels under the local paper: a hairline scanned at 150 dpi keeps about 60."""
MOST_LABELS = 65_000
"""Parts of a picture that labels of two bytes tell apart, a few less."""


def find_rules(pixels: Pixels, dpi: float) -> tuple[Box, ...]:
    """Return the horizontal and vertical ruled lines of an upright page, seen on its reading plane, as thin boxes."""
    scale = min(RULE_DPI / dpi, 1.0)
    grey = np.ascontiguousarray(pixels[:, :, 0])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    ink = ((cv2.blur(small, (31, 31)).astype(np.int16) - small) > INK_BELOW_PAPER).astype(np.uint8)
    shortest = max(3, round(SHORTEST_MM * dpi * scale / 25.4))
    thickest = max(2.0, THICKEST_MM * dpi * scale / 25.4)
    found = []
    for kernel in ((shortest, 1), (1, shortest)):
        # one pixel of slack across, so that a rule one pixel off its row stays one rule
        slack = np.ones((3, 1) if kernel[1] == 1 else (1, 3), np.uint8)
        opened = cv2.morphologyEx(cv2.dilate(ink, slack), cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
        # a rule has at least `shortest` pixels; labels of two bytes are found in a third of the time of larger ones
        few = cv2.countNonZero(opened) < MOST_LABELS * shortest
        _, _, stats, _ = cv2.connectedComponentsWithStats(opened, ltype=cv2.CV_16U if few else cv2.CV_32S)
        for x, y, w, h, area in stats[1:]:
            steepest = STEEPEST * max(w, h)
            if area / max(w, h) <= thickest + 2 and min(w, h) <= thickest + 2 + steepest:
                found.append(Box.from_pixels(x, y, x + w, y + h, width=width, height=height))
    return tuple(found)
