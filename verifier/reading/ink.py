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


STRONG_RED = 70
"""Redness of ink that is surely a seal's or headline's, not the fringe of black print."""
FEWEST_INKED = 200
"""Strongly red pixels (every second one each way) that a level can be measured on."""
MOST_DARKNESS = 1.0
"""A red as dark as it is red: beyond that it is brown, and black print would fade with it."""


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
    """Return the page as the readers see it, one plane three times over; seal ink is gone where it can be told.

    The red channel shows red ink nearly as paper and black, blue and green print as print; it took 44 of 45
    reading errors under seals away. What darkness a red ink leaves there (dark reds, worn scanners) grows with its
    redness, so as much is added back: a closing date was lost under such a seal.
    """
    if colour is not Colour.COLOUR:
        return three_times(np.ascontiguousarray(pixels[:, :, 1]))
    red = np.ascontiguousarray(pixels[:, :, 0])
    redness = cast(Pixels, cv2.subtract(red, cv2.max(pixels[:, :, 1], pixels[:, :, 2])))
    darkness = _darkness_of_red(red, redness)
    clear = cv2.addWeighted(red, 1.0, redness, darkness, 0.0) if darkness else red
    return three_times(cast(Pixels, clear))


def three_times(plane: Pixels) -> Pixels:
    """Return a plane of shape (height, width) as an RGB image (height, width, 3) that shares its memory."""
    return np.broadcast_to(plane[:, :, None], (*plane.shape, 3))


def _darkness_of_red(red: Pixels, redness: Pixels) -> float:
    """Return how much darker than paper red ink is in the red channel, per level of redness."""
    inked = redness[::2, ::2] > STRONG_RED
    if int(inked.sum()) < FEWEST_INKED:
        return 0.0
    paper = float(np.percentile(red[::8, ::8], 75))
    darkness = (paper - red[::2, ::2][inked].astype(np.float32)) / redness[::2, ::2][inked]
    return float(np.clip(np.median(darkness), 0.0, MOST_DARKNESS))
