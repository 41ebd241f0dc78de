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


STRONG_TINT = 70
"""Redness of ink that is surely a seal's or headline's, not the fringe of black print."""
STRONG_PEN = 34
"""Blueness of ink that is surely a pen's: navy is darker than red ink, and less tinted."""
FEWEST_INKED = 200
"""Strongly tinted pixels (every second one each way) that a level can be measured on."""
MOST_DARKNESS = 1.0
"""A red as dark as it is red: beyond that it is brown, and black print would fade with it."""
MOST_PEN_DARKNESS = 3.5
"""Pens write navy: only strokes that are surely blue are cleared, so that black print does not fade."""
PEN_BLUENESS = 24
"""Levels by which a pen's stroke is bluer than red or green; the fringes of black print in JPEGs reach 20."""
SIGNING_MARGIN = 0.06, 0.3
"""Shares of the page width above and below, and beside red ink, within which a pen signs: a seal stands on the closing
lines or next to them. Elsewhere blue ink may be a correction."""
LOOK_STEP = 8
"""Every so many pixels ink of a stamp's colour is looked for: a rim of 1 mm at 200 dpi is as wide."""


def colour_of(pixels: Pixels) -> Colour:
    """Return what the capture kept of the paper's colours, from every fourth pixel each way."""
    few = cast(Pixels, np.ascontiguousarray(pixels[::4, ::4]))
    spread, grey = spread_of(few), few[:, :, 1]
    if float((spread > CHROMA_LEVEL).mean()) > COLOURED_SHARE or float(spread.mean()) > TINT_LEVEL:
        return Colour.COLOUR
    extreme = float(((grey < 16) | (grey > 239)).mean())
    return Colour.BILEVEL if extreme > EXTREME_SHARE else Colour.GREY


def spread_of(pixels: Pixels) -> Pixels:
    """Return how coloured each pixel is: the difference between its strongest and weakest channel."""
    red, green, blue = cv2.split(pixels)
    strongest, weakest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return cast(Pixels, cv2.subtract(strongest, weakest))


def reading_plane(pixels: Pixels, colour: Colour) -> Pixels:
    """Return the page as the readers see it, one plane three times over; seal ink is gone where it can be told.

    The red channel shows red ink nearly as paper and black, blue and green print as print; it took 44 of 45
    reading errors under seals away. What darkness a red ink leaves there (dark reds, worn scanners) grows with its
    redness, so as much is added back: a closing date was lost under such a seal. Around red ink a pen's blue is
    cleared in the same way: signatures run over the name and date that are read there.
    """
    if colour is not Colour.COLOUR:
        return three_times(np.ascontiguousarray(pixels[:, :, 1]))
    red, green, blue = (cast(Pixels, channel) for channel in cv2.split(pixels))
    redness = cast(Pixels, cv2.subtract(red, cv2.max(green, blue)))
    clear = _cleared(red, redness, STRONG_TINT, MOST_DARKNESS)
    return three_times(_without_pen(clear, red, green, blue, redness))


def _cleared(channel: Pixels, tint: Pixels, strong: int, most: float) -> Pixels:
    """Return a channel with ink of its own colour brought to paper, by how much such ink is dark there."""
    darkness = _darkness_of(channel, tint, strong, most)
    return cast(Pixels, cv2.addWeighted(channel, 1.0, tint, darkness, 0.0)) if darkness else channel


def _without_pen(clear: Pixels, red: Pixels, green: Pixels, blue: Pixels, redness: Pixels) -> Pixels:
    """Return the plane `clear` with a pen's blue brought to paper where strong red ink is near."""
    strong = (redness[::LOOK_STEP, ::LOOK_STEP] > STRONG_TINT).astype(np.uint8)
    if not strong.any():
        return clear
    margins = [2 * round(share * strong.shape[1]) + 1 for share in SIGNING_MARGIN]
    near = cv2.dilate(strong, np.ones(margins, np.uint8))
    signed = np.flatnonzero(near.any(axis=1))
    rows = slice(int(signed[0]) * LOOK_STEP, (int(signed[-1]) + 1) * LOOK_STEP)
    blue = blue[rows]
    blueness = cast(Pixels, cv2.subtract(blue, cv2.max(green[rows], red[rows])))
    cleared = cv2.max(clear[rows], _cleared(blue, blueness, STRONG_PEN, MOST_PEN_DARKNESS))
    width, height = blue.shape[::-1]
    here = cv2.resize(near[signed[0] : signed[-1] + 1], (width, height), interpolation=cv2.INTER_NEAREST)
    _, pen = cv2.threshold(blueness, PEN_BLUENESS - 1, 255, cv2.THRESH_BINARY)
    unsigned = clear.copy()
    cv2.copyTo(cleared, cv2.multiply(here, pen), unsigned[rows])
    return unsigned


def three_times(plane: Pixels) -> Pixels:
    """Return a plane of shape (height, width) as an RGB image (height, width, 3) that shares its memory."""
    return np.broadcast_to(plane[:, :, None], (*plane.shape, 3))


def _darkness_of(channel: Pixels, tint: Pixels, strong: int, most: float) -> float:
    """Return how much darker than paper ink is in the channel of its own colour, per level of its tint."""
    inked = tint[::2, ::2] > strong
    if int(inked.sum()) < FEWEST_INKED:
        return 0.0
    paper = float(np.percentile(channel[::8, ::8], 75))
    darkness = (paper - channel[::2, ::2][inked].astype(np.float32)) / tint[::2, ::2][inked]
    return float(np.clip(np.median(darkness), 0.0, most))
