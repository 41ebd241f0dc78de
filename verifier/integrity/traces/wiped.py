"""Places of a scan that were filled with one even tone, as no scanner leaves paper: a line of text was wiped out there.

Paper has grain, and where compression smooths it, it does so all over the page. So a page says something only where
hardly any other block of its paper is even.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Box, Pixels

BLOCK = 8
"""Pixels: where the page was saved as JPEG, what is even within a block stays so."""
LOOKED_AT = ((0, 0), (3, 5), (7, 7), (5, 2), (1, 6))
"""Pixels of a block that are compared first."""
WHITE = 253
"""Scanners cut paper off at white: what is as light may be even honestly."""
PAPER_PERCENTILE, PAPER_SLACK = 70, 30
"""Of the blocks' darkest pixels, those of paper, and how much darker a block of it may be."""
MOST_EVEN = 0.02
"""Share of the page's paper that may be even elsewhere. Of some 270 genuine scans of five unknown generators none has
an even place by these limits; the one page with a wiped line has none elsewhere."""
MOSTLY_EVEN = 0.4
"""Share of blocks that look even at first from which a page is as a scanner or a program smoothed it."""
LEAST_BLOCKS, LEAST_SIDES, LEAST_FILL = 24, (6, 2), 0.8
"""Blocks of an even place, of its width and height, and its share of the rectangle around it: a short word's room."""


def wiped_places(pixels: Pixels) -> tuple[Box, ...]:
    """Return the rectangles of a scan, RGB, that are of one even tone, as fractions of it."""
    height, width = pixels.shape[:2]
    even, darkest = _even_blocks(pixels)
    if not even.any():
        return ()
    blank = darkest > np.percentile(darkest, PAPER_PERCENTILE) - PAPER_SLACK
    toned = (even & blank & (darkest < WHITE)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(toned, connectivity=4)
    found = [
        (x, y, across, down) for x, y, across, down, blocks in stats[1:].tolist() if _is_filled(across, down, blocks)
    ]
    elsewhere = even & blank
    for x, y, across, down in found:
        elsewhere[y : y + down, x : x + across] = False
    if int(elsewhere.sum()) > MOST_EVEN * int(blank.sum()):
        return ()
    return tuple(
        Box.from_pixels(*(float(BLOCK * side) for side in (x, y, x + across, y + down)), width=width, height=height)
        for x, y, across, down in found
    )


def _even_blocks(pixels: Pixels) -> tuple[NDArray[np.bool_], NDArray[np.uint8]]:
    """Return which blocks are of one tone, and how dark each is, shape (rows, columns): where a few pixels of a block
    differ, the others need no look.
    """
    rows, columns = pixels.shape[0] // BLOCK, pixels.shape[1] // BLOCK
    blocks = pixels[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK, 3)
    first, *others = (blocks[:, down, :, across] for down, across in LOOKED_AT)
    even = np.logical_and.reduce([(first == other).all(axis=2) for other in others])
    if even.mean() > MOSTLY_EVEN:
        return np.zeros_like(even), first.min(axis=2)
    y, x = np.nonzero(even)
    even[y, x] = (blocks[y, :, x] == first[y, x][:, None, None]).all(axis=(1, 2, 3))
    return even, np.minimum.reduce([first, *others]).min(axis=2)


def _is_filled(across: int, down: int, blocks: int) -> bool:
    large = blocks >= LEAST_BLOCKS and across >= LEAST_SIDES[0] and down >= LEAST_SIDES[1]
    return large and blocks > LEAST_FILL * across * down
