"""What the same-character comparator is shown of two tiles."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.seals.planes import Plane, as_plane
from verifier.seals.tiles import TileCut

SIDE = 64
"""Height and width of each plane."""
FULL_PERCENTILE = 95
"""Strokes cover a fifth of a tile: this percentile is its full ink."""
PAPER_PERCENTILE = 25
"""The inkless quarter of a tile is its paper."""
FAINTEST = 0.05
GAINS = (0.6, 1.4)
"""A tile's ink may be this much weaker or stronger than the whole arc's before the difference counts."""


def tile_pairs(cuts: tuple[TileCut, ...]) -> NDArray[np.float32]:
    """Return the comparator's input, shape (count, 4, 64, 64).

    Planes: the specimen's ink, the seal's ink, where print hides it, and the seal's minus the specimen's; ink as
    shares of full ink, so that pressure is no difference; places under print empty.
    """
    if not cuts:
        return np.zeros((0, 4, SIDE, SIDE), np.float32)
    owns = [_lifted(cut.own, np.ones_like(cut.own)) for cut in cuts]
    seens = [_lifted(cut.seen, cut.free) for cut in cuts]
    full_own = max(float(np.median([_full(own) for own in owns])), FAINTEST)
    full_seen = max(float(np.median([_full(seen) for seen in seens])), FAINTEST)
    return np.stack(
        [_pair(own / full_own, seen, cut.free, full_seen) for own, seen, cut in zip(owns, seens, cuts, strict=True)]
    )


def _lifted(ink: Plane, free: Plane) -> Plane:
    """Return the ink above the tile's own paper: shade is no ink; places under print empty."""
    clear = ink[free > 0.5]
    paper = float(np.percentile(clear, PAPER_PERCENTILE)) if clear.size else 0.0
    return as_plane(np.maximum(ink - paper, 0.0) * free)


def _pair(own: Plane, seen: Plane, free: Plane, full_seen: float) -> NDArray[np.float32]:
    gain = float(np.clip(_full(seen), GAINS[0] * full_seen, GAINS[1] * full_seen))
    own, seen, free = _squared(own), _squared(seen / gain), _squared(free)
    own, seen = np.clip(own, 0, 1.5), np.clip(seen, 0, 1.5)
    return np.stack([own, seen, 1 - free, seen - own * free]).astype(np.float32)


def _full(ink: Plane) -> float:
    return float(np.percentile(ink, FULL_PERCENTILE))


def _squared(plane: Plane) -> Plane:
    return as_plane(cv2.resize(plane, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR))
