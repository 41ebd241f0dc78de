"""Turns a seal's arc into straight pictures of text that a line reader can read."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels
from verifier.seals.arc import ArcSpan, arc_length, depths_of, unwrap
from verifier.seals.normalise import RADIUS, SIDE, SealPicture
from verifier.seals.planes import Plane

ROWS = 48
"""Height of a strip of text: what line readers take."""
BORDER_ROWS = 3
"""Paper above and below the characters."""
LEAD_TURNS = 0.012
"""Free arc kept before the first and after the last character, in turns."""
INPAINT_RADIUS = 3
FINER = 2
FULL_PERCENTILE, PAPER_INK_PERCENTILE = 95, 30
"""Text covers a fifth of its band: these percentiles are its full ink and its paper."""
FAINTEST = 0.08
LOWEST_LINE = 0.09
"""Straight lines in seals are at least this high, as a share of the radius (2 mm of 20)."""


def arc_strip(
    picture: SealPicture, span: ArcSpan, band: tuple[float, float], stretch: float, *, filled: bool
) -> Pixels:
    """Return the arc's ink, dark on white, contrast stretched, shape (48, width, 3).

    Where print hides the ink the strip is empty, or, `filled`, painted over from the strokes around.
    """
    turns, depths = _grid(picture, span, band, stretch)
    ink = unwrap(picture.ink if filled else picture.free_ink, picture.aspect, turns, depths)
    grey = _as_text(ink)
    if filled and picture.printed.any():
        hidden = unwrap(picture.printed.astype(np.float32), picture.aspect, turns, depths) > 0.4
        grey = cv2.inpaint(grey, hidden.astype(np.uint8), INPAINT_RADIUS, cv2.INPAINT_TELEA).astype(np.uint8)
    return _framed(np.repeat(grey[..., None], 3, axis=2))


def _as_text(ink: Plane) -> NDArray[np.uint8]:
    """Return ink as dark strokes on white."""
    full = max(float(np.percentile(ink, FULL_PERCENTILE)), FAINTEST)
    floor = float(np.percentile(ink, PAPER_INK_PERCENTILE))
    level = np.clip((ink - floor) / max(full - floor, 0.05), 0, 1)
    grey: NDArray[np.uint8] = (255 * (1 - level)).astype(np.uint8)
    return grey


def upright_ink(picture: SealPicture, turn: float) -> Plane:
    """Return the seal's ink turned upright; `turn` is its angle, radians clockwise."""
    middle = (SIDE - 1) / 2
    matrix = cv2.getRotationMatrix2D((middle, middle), float(np.degrees(turn)), 1.0)
    return cv2.warpAffine(picture.free_ink, matrix, (SIDE, SIDE)).astype(np.float32, copy=False)


def straight_strip(upright: Plane, top: float, bottom: float, half_width: float) -> Pixels | None:
    """Return a line of text between two heights (shares of the radius below the middle) of an upright seal.

    The cut is drawn tight around the rows and columns that hold ink; None where there is no line of text.
    """
    middle = (SIDE - 1) / 2
    x0, x1 = int(middle - half_width * RADIUS), int(middle + half_width * RADIUS)
    region = upright[int(middle + top * RADIUS) : int(middle + bottom * RADIUS), x0:x1]
    inked = region > max(0.45 * float(np.percentile(upright, 95)), FAINTEST)
    rows, columns = np.flatnonzero(inked.mean(axis=1) > 0.04), np.flatnonzero(inked.any(axis=0))
    if len(rows) < LOWEST_LINE * RADIUS or len(columns) < 2 * len(rows):
        return None
    cut = region[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return _framed(np.repeat(_as_text(cut)[..., None], 3, axis=2))


def _grid(
    picture: SealPicture, span: ArcSpan, band: tuple[float, float], stretch: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return positions along the arc and depths across it, `FINER` times finer than the strip."""
    lead = min(LEAD_TURNS, span.gap / 2)
    length = span.length + 2 * lead
    rows = (ROWS - 2 * BORDER_ROWS) * FINER
    high = (band[1] - band[0]) * RADIUS
    columns = int(length * arc_length(picture.aspect) / high * rows * stretch)
    steps = (np.arange(max(columns, 8)) + 0.5) / max(columns, 8)
    turns = (span.start - lead + length * steps).astype(np.float32)
    return turns, depths_of(band, rows)


def _framed(strip: Pixels) -> Pixels:
    """Return the strip at reading height, with paper above and below."""
    height = ROWS - 2 * BORDER_ROWS
    width = max(round(strip.shape[1] * height / strip.shape[0]), 8)
    small = cv2.resize(strip, (width, height), interpolation=cv2.INTER_AREA)
    paper = [float(v) for v in np.percentile(small.reshape(-1, 3), 80, axis=0)]
    framed = cv2.copyMakeBorder(
        small, BORDER_ROWS, BORDER_ROWS, 2 * BORDER_ROWS, 2 * BORDER_ROWS, cv2.BORDER_CONSTANT, value=paper
    )
    return framed.astype(np.uint8)
