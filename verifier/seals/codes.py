"""The code beneath a seal's arc text: digits that the registered impression has and a seal carved anew may lack."""

from __future__ import annotations

import cv2
import numpy as np

from verifier.seals.arc import unwrap
from verifier.seals.layout import ArcLayout
from verifier.seals.planes import Plane, as_plane, full_ink

DEPTHS = (0.07, 0.32)
"""Where codes stand: shares of the radius inward from the rim's mid-line; the rim takes up less than the first."""
ROWS, COLUMNS = 48, 1440
"""Samples across that band and around the whole turn."""
MARGIN = 0.02
"""Turns left out at both ends of the text."""
STROKE, FAINTEST, SEEN = 0.5, 0.15, 0.20
"""Share of the gap's darkest ink from which the specimen has a stroke, of full ink under which it has none there, and
from which the seal has any."""
NEAR = np.ones((7, 7), np.uint8)
"""The seal's ink counts that lies as far from a stroke: thin digits lie less exactly than the text."""
LEAST_STROKES, LEAST_FREE = 0.02, 0.5
"""Share of the gap that strokes take up where there is a code (thirteen digits drawn softly take 0.03), and the
share of them that must be free of print."""


def code_share(specimen_ink: Plane, layout: ArcLayout, aspect: float, seen: Plane, free: Plane) -> float:
    """Return how much of the ink in the gap of a specimen's arc text a seal shows, 0 to 1.

    1 where the specimen has hardly any there, or print hides it. `seen` is the seal's ink laid on the specimen, `free`
    where print hides neither, 0 to 1; `aspect` is the seal's height over its width.
    """
    gap = layout.span.gap - 2 * MARGIN
    if gap <= 0:
        return 1.0
    begin = layout.span.start + layout.span.length + MARGIN
    turns = (begin + gap * np.linspace(0.0, 1.0, max(round(COLUMNS * gap), 8))).astype(np.float32) % 1.0
    depths = np.linspace(*DEPTHS, ROWS, dtype=np.float32)
    near = as_plane(cv2.dilate(seen, NEAR))
    own, own_near, own_free = (unwrap(plane, aspect, turns, depths) for plane in (specimen_ink, near, free))
    darkest = float(np.percentile(own, 99))
    strokes = own > STROKE * darkest
    shown = strokes & (own_free > 0.9)
    if (
        darkest < FAINTEST * full_ink(specimen_ink)
        or strokes.mean() < LEAST_STROKES
        or shown.sum() < LEAST_FREE * strokes.sum()
    ):
        return 1.0
    return float((own_near[shown] > SEEN * full_ink(seen)).mean())
