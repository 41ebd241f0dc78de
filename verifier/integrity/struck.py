"""Values struck through or crossed out with a pen of any colour: what is crossed out is no longer confirmed.

Print is broken between its characters; a stroke drawn through it is not. A value is struck where straight strokes lie
on its print nearly all along, a block of outlets or vehicles where one slanted stroke runs through it from side to
side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.examination import Finding
from verifier.integrity.fields import Sort, VerdictField, verdict_fields
from verifier.letter import Letter
from verifier.page import Box, PageImage, Pixels

Depth: TypeAlias = NDArray[np.uint8]
DPI, BLOCK_DPI = 150.0, 100.0
"""A pen's stroke of 0.35 mm is two pixels at the first resolution, the white between two characters one or two; strokes
across blocks are long enough for the second."""
INK, FAINTEST = 0.5, 45.0
"""Share of the darkest print about from which a pixel is ink, and the least levels under the paper; of three colours
the darkest counts, in which pens of any colour are as dark as print. At a fixed depth blurred digits run together."""
DARKEST = 97
"""Percentile of a value's place that is taken for its darkest print."""
PAPER_PX, CLEAR_PX = 45, 11
"""Paper is the mean around of what is left when strokes of a few pixels are taken away."""
PIECE_MM, FEWEST_PIECES = 10.0, 2
"""A stroke by hand is straight over this length; a value shorter than two of them cannot be judged."""
BODY = 0.25
"""Share of a line's height, at its top and foot, where an underline, the line of a form that is filled in, or a rule
of the table may touch its print."""
SLOPES = np.linspace(-0.2, 0.2, 9)
UNBROKEN = 0.97
"""Share of a piece under a stroke that is ink."""
STRUCK = 0.6
"""Share of a value's pieces that a stroke crosses. Of 1,271 vehicle numbers, names and addresses on 139 pages of two
foreign generators the most had 0.43, the next 0.33; 251 strokes drawn through such values all had 0.8 and more."""
BLOCKS = ("outlets", "vehicles")
LOWEST_MM, NARROWEST_MM = 8.0, 20.0
"""Height and width from which a block can be crossed out: less is a line's affair."""
MIDDLE = 0.2
"""Share of a block's width, on either side, that a cross may leave free."""
BEYOND = 0.25
"""Share of a block's height by which a cross may begin or end above and below it."""
STEEPEST_RULE = 0.35
"""Share of a block's height that a stroke must climb: rules and underlines are level."""
CROSSED = 0.85
"""Share of a block's middle under a stroke that is ink. Of 73 blocks of 45 generated letters the most that a slanted
line met was 0.62; of 38 crosses drawn over such blocks, bowed by 0.8 mm, the least had 0.98."""
FEW_COLUMNS, STEP = 24, 3.0
"""Places of a line looked at first, and pixels from one line to the next; ink is then a pixel thicker on all sides."""


def find_struck(images: tuple[PageImage, ...], letter: Letter) -> tuple[Finding, ...]:
    """Return a `struck` for each vehicle number and outlet that is struck through, and each block that is crossed out.

    What is crossed out as a block is named by its first value. Other values are left alone: brands and days are too
    short to tell, and signatures run over what stands at the close.
    """
    fields = [field for field in verdict_fields(letter) if field.name.startswith(BLOCKS)]
    return tuple(finding for image in images for finding in _of_page(image, fields))


def _of_page(image: PageImage, fields: list[VerdictField]) -> Iterator[Finding]:
    number = image.page.number
    here = [(field, field.field.box) for field in fields if field.field.page == number and field.field.box]
    if not here:
        return
    resolution = min(DPI, image.page.dpi)
    depth = _depth(image.pixels, resolution / image.page.dpi)
    for field, box in here:
        if field.sort in (Sort.VIN, Sort.PROSE) and _struck_share(depth, box, resolution) >= STRUCK:
            yield Finding("struck", number, box, field.field.text, field=field.name)
    coarse = float(min(BLOCK_DPI / resolution, 1.0))
    small = cv2.resize(depth, None, fx=coarse, fy=coarse, interpolation=cv2.INTER_AREA).astype(np.uint8)
    for kind in BLOCKS:
        block = [(field, box) for field, box in here if field.name.startswith(kind)]
        around = Box.around([box for _, box in block]) if block else None
        if around and _is_crossed(small, around, resolution * coarse):
            first = block[0][0]
            yield Finding("struck", number, around, first.field.text, field=first.name)


def _depth(pixels: Pixels, scale: float) -> Depth:
    """Return how many levels each pixel's darkest colour lies under the paper around it."""
    red, green, blue = cv2.split(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    darkest = cv2.min(cv2.min(red, green), blue)
    clear = cv2.dilate(darkest, np.ones((CLEAR_PX, CLEAR_PX), np.uint8))
    return cv2.subtract(cv2.blur(clear, (PAPER_PX, PAPER_PX)), darkest).astype(np.uint8)


def _ink_of(part: Depth) -> NDArray[np.uint8]:
    """Return 1 where the ink of a place lies, at least `INK` as deep as its darkest print."""
    return (part > max(FAINTEST, INK * float(np.percentile(part, DARKEST)))).astype(np.uint8)


def _struck_share(depth: Depth, box: Box, dpi: float) -> float:
    """Return the share of a value's pieces through whose print a straight stroke runs unbroken."""
    x0, y0, x1, y1 = box.to_pixels(width=depth.shape[1], height=depth.shape[0])
    ink = _ink_of(depth[y0:y1, x0:x1])
    height, width = ink.shape
    piece = round(PIECE_MM / 25.4 * dpi)
    count = width // piece
    middles = np.arange(round(BODY * height), round((1 - BODY) * height))
    if count < FEWEST_PIECES or not len(middles):
        return 0.0
    across = np.arange(piece)
    rows = middles[None, :, None] + SLOPES[:, None, None] * (across - piece / 2)
    rows = np.clip(np.rint(rows).astype(int), 0, height - 1)
    struck = 0
    for start in np.linspace(0, width - piece, count).astype(int):
        struck += bool((ink[rows, start + across].mean(axis=2) >= UNBROKEN).any())
    return float(struck / count)


def _is_crossed(depth: Depth, block: Box, dpi: float) -> bool:
    """Return whether one slanted stroke runs through a block from side to side."""
    height, width = depth.shape
    tall, wide = block.height * height, block.width * width
    if tall < LOWEST_MM / 25.4 * dpi or wide < NARROWEST_MM / 25.4 * dpi:
        return False
    left, top = max(int(block.x0 * width), 0), block.y0 * height
    first, last = max(int(top - BEYOND * tall), 0), int(top + (1 + BEYOND) * tall) + 1
    part = _ink_of(depth[first:last, left : left + int(wide) + 1])
    ends = np.arange(0.0, len(part) - 1, STEP)
    starts, stops = (plane.ravel() for plane in np.meshgrid(ends, ends))
    slanted = np.abs(starts - stops) >= STEEPEST_RULE * tall
    lines = np.column_stack([starts[slanted], stops[slanted]])
    thick = cv2.dilate(part, np.ones((3, 3), np.uint8)).astype(np.uint8)
    for count in (FEW_COLUMNS, part.shape[1]):
        lines = lines[_inked_share(thick, lines, count) >= UNBROKEN]
    around = np.array([(up, down) for up in (-1, 0, 1) for down in (-1, 0, 1)], np.float64)
    near = (lines[:, None] + around).reshape(-1, 2)
    return bool((_inked_share(part, near, part.shape[1]) >= CROSSED).any())


def _inked_share(part: NDArray[np.uint8], lines: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the share of each line's middle that is ink, looked at in `count` places.

    `lines` (n, 2): the rows of the block at which each begins on its left and ends on its right.
    """
    along = np.linspace(MIDDLE, 1 - MIDDLE, count)
    rows = lines[:, :1] + (lines[:, 1:] - lines[:, :1]) * along
    rows = np.clip(np.rint(rows).astype(np.intp), 0, len(part) - 1)
    shares: NDArray[np.float64] = part[rows, np.rint(along * (part.shape[1] - 1)).astype(np.intp)].mean(axis=1)
    return shares
