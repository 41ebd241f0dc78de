"""Colour of a capture, and the plane on which black print stands free of red seals."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from verifier.page import Colour, Pixels

CHROMA_LEVEL = 12
"""Difference between the channels of a pixel above which it counts as coloured (JPEG noise stays below)."""
COLOURED_SHARE = 2e-5
"""Share of coloured pixels that makes a capture a colour one: one small seal covers a hundred times more."""
TINT_LEVEL = 0.6
"""Mean channel difference of a colour capture without any coloured ink: paper is never perfectly neutral."""
EXTREME_SHARE = 0.995
"""Share of pixels at the ends of the scale in a bilevel capture, with room for JPEG ringing."""


def colour_of(pixels: Pixels) -> Colour:
    """Return what the capture kept of the paper's colours, from every fourth pixel each way."""
    sample = pixels[::4, ::4].astype(np.int16)
    spread = sample.max(axis=2) - sample.min(axis=2)
    if float((spread > CHROMA_LEVEL).mean()) > COLOURED_SHARE or float(spread.mean()) > TINT_LEVEL:
        return Colour.COLOUR
    grey = pixels[::4, ::4, 1]
    extreme = float(((grey < 16) | (grey > 239)).mean())
    return Colour.BILEVEL if extreme > EXTREME_SHARE else Colour.GREY


def reading_plane(pixels: Pixels, colour: Colour) -> Pixels:
    """Return the page as the readers see it: shape (height, width, 3), red ink gone from colour captures.

    The red channel shows red ink as paper and black, blue and green print as print; it took 44 of 45 reading
    errors under seals away.
    """
    if colour is not Colour.COLOUR:
        return pixels
    return cast(Pixels, cv2.cvtColor(np.ascontiguousarray(pixels[:, :, 0]), cv2.COLOR_GRAY2RGB))


def red_plane(pixels: Pixels) -> Pixels:
    """Return a page on which only red ink is left, dark on white: for headlines printed in red."""
    redness = cv2.subtract(pixels[:, :, 0], cv2.max(pixels[:, :, 1], pixels[:, :, 2]))
    only_red = 255 - cv2.convertScaleAbs(redness, alpha=1.6)
    return cast(Pixels, cv2.cvtColor(only_red, cv2.COLOR_GRAY2RGB))
