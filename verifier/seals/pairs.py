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
MOST_INK, MOST_RAISED = 1.5, 1.6
"""Shares of full ink that are told apart at most, and by how much a thinly inked seal is raised at most. Of 32 genuine
colour seals of a red-team generator, stamped with thinner strokes than their impressions, 15 had all characters below
the comparator's limit as they were, 22 raised; of 22 forged ones no other came below it."""
GAINS = (0.6, 1.4)
"""A tile's ink may be this much weaker or stronger than the whole arc's before the difference counts."""


def tile_pairs(cuts: tuple[TileCut, ...], *, evened: bool = False) -> NDArray[np.float32]:
    """Return the comparator's input, shape (count, 4, 64, 64).

    Planes: the specimen's ink, the seal's ink, where print hides it, and the seal's minus the specimen's; ink as
    shares of full ink, so that pressure is no difference; places under print empty. `evened`: the seal's ink is raised
    where all in all it has less than the specimen's, strokes being thinner under less pressure.
    """
    if not cuts:
        return np.zeros((0, 4, SIDE, SIDE), np.float32)
    owns = [_lifted(cut.own, np.ones_like(cut.own)) for cut in cuts]
    seens = [_lifted(cut.seen, cut.free) for cut in cuts]
    full_own = max(float(np.median([_full(own) for own in owns])), FAINTEST)
    full_seen = max(float(np.median([_full(seen) for seen in seens])), FAINTEST)
    pairs = np.stack(
        [_pair(own / full_own, seen, cut.free, full_seen) for own, seen, cut in zip(owns, seens, cuts, strict=True)]
    )
    return _evened(pairs) if evened else pairs


def _evened(pairs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return pairs with the seal's ink raised by twice what it has less than the specimen's, over all tiles."""
    free = 1 - pairs[:, 2]
    own, seen = ((np.clip(pairs[:, plane], 0, 1) * free).sum(axis=(1, 2)) for plane in (0, 1))
    less = float(np.median(own / np.maximum(seen, 1.0))) - 1
    raised = np.clip(pairs[:, 1] * np.clip(1 + 2 * less, 1.0, MOST_RAISED), 0, MOST_INK)
    return np.stack([pairs[:, 0], raised, pairs[:, 2], raised - pairs[:, 0] * free], axis=1).astype(np.float32)


def _lifted(ink: Plane, free: Plane) -> Plane:
    """Return the ink above the tile's own paper: shade is no ink; places under print empty."""
    clear = ink[free > 0.5]
    paper = float(np.percentile(clear, PAPER_PERCENTILE)) if clear.size else 0.0
    return as_plane(np.maximum(ink - paper, 0.0) * free)


def _pair(own: Plane, seen: Plane, free: Plane, full_seen: float) -> NDArray[np.float32]:
    gain = float(np.clip(_full(seen), GAINS[0] * full_seen, GAINS[1] * full_seen))
    own, seen, free = _squared(own), _squared(seen / gain), _squared(free)
    own, seen = np.clip(own, 0, MOST_INK), np.clip(seen, 0, MOST_INK)
    return np.stack([own, seen, 1 - free, seen - own * free]).astype(np.float32)


def _full(ink: Plane) -> float:
    return float(np.percentile(ink, FULL_PERCENTILE))


def _squared(plane: Plane) -> Plane:
    return as_plane(cv2.resize(plane, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR))
