"""What ink is, in numbers: redness, darkness, the tone of the paper, and where black print lies."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels

Plane: TypeAlias = NDArray[np.float32]
"""One value per pixel, shape (height, width), float32; inks run from 0 (paper) to about 1 (full ink)."""
Mask: TypeAlias = NDArray[np.bool_]
"""One truth per pixel, shape (height, width)."""

HIDDEN_SHARE = 0.42
"""Where less than this share of the stamp's own red light comes back, black print hides the ink."""
NEAR_PRINT_SHARE = 0.82
"""Below this share print mixes in (thin strokes, edges): there the ink is read from the ratio of channels."""
NEAR_PRINT_PIXELS = 2
"""Compression smears print into its neighbours by about this much."""
STAMP_PERCENTILE = 60
"""The stamp's own red is what most inked pixels reflect; print under or over it is the darker minority."""
INKED_DARKNESS = 0.3
RED_SHARE = 0.5
"""A pixel is stamp ink, not print, where this share of its darkness in G and B is missing in R."""
GREY_DARKNESS, GREY_SHARE = 0.08, 0.2
"""Darker than the first and missing in R by less than this share, a pixel is grey."""
RULE_INK, RULE_SHARE, RULE_SLACK = 0.12, 0.62, 3
"""Ink from which a pixel belongs to a rule, the share of a seal's picture that a rule runs across, and the pixels by
which it may slope meanwhile: a millimetre of rim runs straight for a third of it, a character for a tenth."""
PAPER_PERCENTILE = 85
"""Paper is the bright mode of a patch: seals and print cover well under 15 % of their surroundings."""
PAPER_DARKEST = 90.0
"""No paper scans darker than this; guards patches that are all ink."""
WEAKEST_INK = 0.12
"""Seals fainter than this share of full ink are amplified no further: it would amplify the paper's grain."""


def as_plane(array: object) -> Plane:
    """Return an OpenCV result as the float32 plane it is."""
    return np.asarray(array, dtype=np.float32)


def redness(pixels: Pixels) -> Plane:
    """Return R − max(G, B) above the page's own tint, in grey levels from 0 to 255."""
    red, green, blue = cv2.split(pixels)
    excess = cv2.subtract(red, cv2.max(green, blue)).astype(np.float32)
    return as_plane(np.maximum(excess - float(np.median(excess[::4, ::4])), 0.0))


def darkness(pixels: Pixels) -> Plane:
    """Return how far each pixel is from white, in grey levels from 0 to 255, whatever its hue."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    paper = max(float(np.percentile(grey[::4, ::4], PAPER_PERCENTILE)), PAPER_DARKEST)
    return as_plane(np.clip(paper - grey.astype(np.float32), 0.0, None))


def paper_tone(pixels: Pixels) -> NDArray[np.float32]:
    """Return the paper's R, G, B around a seal, shape (3,)."""
    flat = pixels[::2, ::2].reshape(-1, 3)
    tone: NDArray[np.float32] = np.percentile(flat, PAPER_PERCENTILE, axis=0).astype(np.float32)
    return np.maximum(tone, PAPER_DARKEST)


def full_ink(ink: Plane) -> float:
    """Return how dark full ink is, from every second pixel each way."""
    return max(float(np.percentile(ink[::2, ::2], 95)), 0.05)


def ink_plane(pixels: Pixels) -> Plane:
    """Return the darkness of G and B against the paper, 0 to 1.

    Not redness: JPEG halves the resolution of chroma, so redness blurs strokes that darkness keeps.
    """
    return as_plane(np.clip(1.0 - _light(pixels)[1], 0.0, 1.0))


def part_print(pixels: Pixels) -> tuple[Plane, Mask]:
    """Return red stamp ink, 0 to 1, freed of black and blue print, and where print hides it altogether.

    Black print dims all channels alike, so under its grey edges the ratio of the channels still shows the
    ink; far from print the darkness of G and B does, which compression keeps sharper.
    """
    red, other = _light(pixels)
    dark = np.clip(1.0 - other, 0.0, 1.0)
    ratio = np.clip(1.0 - other / np.maximum(red, 0.15), 0.0, 1.0)
    stamped = (dark > INKED_DARKNESS) & (red - other > RED_SHARE * dark)
    if not stamped.any():
        return dark, np.zeros(dark.shape, np.bool_)
    own_red = float(np.clip(np.percentile(red[stamped], STAMP_PERCENTILE), 0.6, 1.0))
    scale = float(np.clip(np.median(dark[stamped] / np.maximum(ratio[stamped], 0.1)), 0.8, 1.5))
    near = grow(red < NEAR_PRINT_SHARE * own_red, NEAR_PRINT_PIXELS)
    ink = np.where(near, np.clip(ratio * scale, 0.0, 1.0), dark).astype(np.float32)
    return ink, grow(red < HIDDEN_SHARE * own_red, 1) | ruled(ink)


def grey_print(pixels: Pixels) -> Mask:
    """Return where print lies that is too pale to be told from a dark red stamp by its red light alone."""
    red, other = _light(pixels)
    dark = 1.0 - other
    return grow((dark > GREY_DARKNESS) & (red - other < GREY_SHARE * dark), NEAR_PRINT_PIXELS)


def _light(pixels: Pixels) -> tuple[Plane, Plane]:
    """Return the red light, and that of green and blue, as shares of the paper's."""
    planes = zip(cv2.split(pixels), paper_tone(pixels), strict=True)
    red, green, blue = (plane.astype(np.float32) / tone for plane, tone in planes)
    return red, (green + blue) / 2


def ruled(ink: Plane) -> Mask:
    """Return where rules of the page cross a seal, whatever their colour: letterheads are ruled in red.

    No stroke, star or stretch of rim runs straight, level or upright, for so much of a seal's width.
    """
    inked = (ink > RULE_INK).astype(np.uint8)
    length = round(RULE_SHARE * ink.shape[1])
    found = np.zeros_like(inked)
    for size, slack in (((length, 1), (1, RULE_SLACK)), ((1, length), (RULE_SLACK, 1))):
        thick = cv2.dilate(inked, np.ones(slack[::-1], np.uint8))
        across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(size[::-1], np.uint8))
        found |= across.astype(np.uint8)
    return grow(found > 0, 1) if found.any() else np.zeros(ink.shape, np.bool_)


def grow(mask: Mask, pixels: int) -> Mask:
    """Return `mask` widened by `pixels` in every direction."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    return cv2.dilate(mask.astype(np.uint8), kernel).astype(np.bool_)
