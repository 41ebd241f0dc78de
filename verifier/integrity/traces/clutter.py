"""Marks that run over print from beside it, signatures and watermarks: they change how print looks, and honestly."""

from __future__ import annotations

import cv2
import numpy as np

from verifier.integrity.traces.strokes import Mask, Quad, grown, levels, ruled, stamped
from verifier.page import Pixels

NEAR, FAR = 0.06, 0.3
"""Beyond a reader's box, in its heights, between which a mark is sought above and below it."""
FAINTEST, DARKEST = 8.0, 0.5
"""Grey levels by which a watermark is darker than paper at the least, and share of the print's contrast at the most."""
SOLID = np.ones((5, 5), np.uint8)
"""A watermark's strokes are wider than print's soft edges and than rules."""
WRITTEN = 0.2
"""Share of the contrast by which a signature is darker than paper at the least."""
MOST = 0.02
"""Share of that band that marks cover beside honest print: tails of letters of the next line."""
ALLOWED = 1.8
"""By how much limits grow where a mark runs over a field: of 155 genuine tuning pages four fields under watermarks and
signatures passed them, by 1.29 to 1.72. Print typed in an editor passes them by more mostly."""


def allowed_for_clutter(pixels: Pixels, quad: Quad, *, signed: bool) -> float:
    """Return by how much limits grow for a piece of print: 1 where nothing runs over it.

    `quad` are the reader's corners of it in the file's page, shape (height, width, 3). Signatures are sought where
    `signed`: elsewhere it is the next line that comes near.
    """
    cut = _cut(pixels, quad)
    if cut is None:
        return 1.0
    crop, core, beside = cut
    grey = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), np.uint8)
    ink, paper = levels(grey[core], (0.03, 0.85))
    pale = (grey < paper - FAINTEST) & (grey > paper - DARKEST * (paper - ink))
    marks = cv2.erode(pale.astype(np.uint8), SOLID) > 0
    if signed:
        written = grey < paper - WRITTEN * (paper - ink)
        marks |= written & ~ruled(written, float(np.linalg.norm(quad[3] - quad[0])))
    marks &= ~stamped(crop)
    return ALLOWED if float(marks[beside].mean()) > MOST else 1.0


def _cut(pixels: Pixels, quad: Quad) -> tuple[Pixels, Mask, Mask] | None:
    """Return the pixels about a piece, where its box lies in them, and where the bands above and below it do."""
    outer, inner = grown(quad, FAR), grown(quad, NEAR)
    along = (quad[1] - quad[0]) / max(float(np.linalg.norm(quad[1] - quad[0])), 1e-6)
    outer += np.array([1, -1, -1, 1])[:, None] * along * FAR * float(np.linalg.norm(quad[3] - quad[0]))
    height, width = pixels.shape[:2]
    x0, y0 = np.maximum(np.floor(outer.min(axis=0)).astype(int), 0)
    x1, y1 = np.minimum(np.ceil(outer.max(axis=0)).astype(int), (width, height))
    if x1 - x0 < 8 or y1 - y0 < 8:
        return None
    band, core = (np.zeros((y1 - y0, x1 - x0), np.uint8) for _ in range(2))
    for mask, corners in ((band, outer), (core, inner)):
        cv2.fillPoly(mask, [np.round(corners - (x0, y0)).astype(np.int32)], 1)
    beside = (band > 0) & (core == 0)
    return (pixels[y0:y1, x0:x1], core > 0, beside) if core.any() and beside.any() else None
