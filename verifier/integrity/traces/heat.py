"""A picture for the official: which print of a page looks unlike the rest."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from verifier.integrity.traces.likeness import deviation, standardised
from verifier.integrity.traces.pieces import pieces_of
from verifier.integrity.traces.runs import measured
from verifier.page import Page, Pixels

MOST_COLOURED = 160
"""Pieces of one page; nobody waits for a verdict here."""
STRENGTH = 0.55
"""How much of the colour covers the page."""


def heat_picture(pixels: Pixels, page: Page) -> Pixels:
    """Return the file's page with every piece of print coloured: green like the page, red beyond the limit.

    `pixels` are the page as opened, shape (height, width, 3); the picture has the same shape.
    """
    pieces = pieces_of(page, (pixels.shape[1], pixels.shape[0]))
    print_ = measured(pixels, pieces, MOST_COLOURED)
    quads = {piece.box: piece.quad for piece in pieces}
    glow = np.zeros_like(pixels)
    for index, (box, piece) in enumerate(print_):
        away = standardised(piece, [other for n, (_, other) in enumerate(print_) if n != index])
        if away is not None:
            cv2.fillPoly(glow, [np.round(quads[box]).astype(np.int32)], _colour(deviation(away)))
    covered = glow.any(axis=2, keepdims=True)
    mixed = pixels * (1 - STRENGTH) + glow * STRENGTH
    return cast(Pixels, np.where(covered, mixed, pixels).astype(np.uint8))


def _colour(value: float) -> tuple[int, int, int]:
    """Return green for 0, yellow for a half, red from 1 on."""
    share = min(max(value, 0.0), 1.0)
    return round(255 * min(2 * share, 1.0)), round(200 * min(2 - 2 * share, 1.0)), 40
