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

PRINT_SHARE_OF_PAPER = 0.62
"""Red ink reflects red almost as paper does; below this share of the paper's red a pixel is black or blue
print (measured on generated arcs under print)."""
PAPER_PERCENTILE = 85
"""Paper is the bright mode of a patch: seals and print cover well under 15 % of their surroundings."""
PAPER_DARKEST = 90.0
"""No paper scans darker than this; guards patches that are all ink."""
WEAKEST_INK = 0.12
"""Seals fainter than this share of full ink are amplified no further: it would amplify the paper's grain."""


def redness(pixels: Pixels) -> Plane:
    """Return R − max(G, B) above the page's own tint, in grey levels from 0 to 255."""
    red, green, blue = cv2.split(pixels)
    excess = cv2.subtract(red, cv2.max(green, blue)).astype(np.float32)
    return np.maximum(excess - float(np.median(excess[::4, ::4])), 0.0)


def darkness(pixels: Pixels) -> Plane:
    """Return how far each pixel is from white, in grey levels from 0 to 255, whatever its hue."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    paper = max(float(np.percentile(grey[::4, ::4], PAPER_PERCENTILE)), PAPER_DARKEST)
    return np.clip(paper - grey.astype(np.float32), 0.0, None)


def paper_tone(pixels: Pixels) -> NDArray[np.float32]:
    """Return the paper's R, G, B around a seal, shape (3,)."""
    flat = pixels[::2, ::2].reshape(-1, 3)
    tone: NDArray[np.float32] = np.percentile(flat, PAPER_PERCENTILE, axis=0).astype(np.float32)
    return np.maximum(tone, PAPER_DARKEST)


def ink_plane(pixels: Pixels) -> Plane:
    """Return the darkness of G and B against the paper, 0 to 1.

    Not redness: JPEG halves the resolution of chroma, so redness blurs strokes that darkness keeps.
    """
    tone = paper_tone(pixels)
    green_blue = pixels[..., 1:].astype(np.float32) / tone[1:]
    return np.clip(1.0 - green_blue.mean(axis=2), 0.0, 1.0)


def print_mask(pixels: Pixels) -> Mask:
    """Return where black or blue print hides the red ink; all False where the picture has no colour."""
    red = pixels[..., 0].astype(np.float32) / paper_tone(pixels)[0]
    mask: Mask = red < PRINT_SHARE_OF_PAPER
    return mask


def grow(mask: Mask, pixels: int) -> Mask:
    """Return `mask` widened by `pixels` in every direction."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * pixels + 1, 2 * pixels + 1))
    return cv2.dilate(mask.astype(np.uint8), kernel).astype(np.bool_)
