"""The middle of a seal against its specimen's: the star, or a 专用章 line that the official seal lacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from verifier.seals.align import laid_on
from verifier.seals.layout import ArcLayout
from verifier.seals.normalise import RADIUS, SIDE, SealPicture
from verifier.seals.planes import Mask, Plane, as_plane

PATCH_SIGMA = 6.0
"""Differences of the middle are believed at about a character's size (a 3-mm character is 32 pixels)."""
DIFFERENT_PATCH = 0.27
AGREEING_PATCH = 0.15
"""Ink of a character-sized patch that only one of the two has, as a share of full ink: of 16 generated special-purpose
seals the least gave 0.20, wear and print residue on genuine ones up to 0.19 at 150 dpi."""
BARE_SHARE = 0.3
"""Ink is only added where the specimen shows less than this share of full ink: a star pressed harder is no line."""
SHADE_BLOCK, SHADE_PERCENTILE = 48, 35
"""Pixels of a block of the normalised picture, and what of its darkness is taken for paper."""
LEAST_FREE = 0.5
"""Share of the middle that must be free of print to be judged."""


@dataclass(frozen=True, slots=True)
class CoreScore:
    """Largest character-sized patch of ink in the middle that one has and the other lacks."""

    added: float
    missing: float
    free: float

    @property
    def differs(self) -> bool:
        """Whether the middle clearly shows something else."""
        return self.free >= LEAST_FREE and self.added > DIFFERENT_PATCH

    @property
    def agrees(self) -> bool:
        """Whether the middle may be the same; a worn or overprinted star does not count against it."""
        return self.added <= AGREEING_PATCH


def score_core(
    specimen_ink: Plane, specimen_printed: Mask, layout: ArcLayout, seal: SealPicture, matrix: Plane
) -> CoreScore:
    """Return how the seal's middle differs from the specimen's."""
    disc = _disc(round(layout.band[1], 2), seal.aspect)
    seen = laid_on(seal.ink, matrix)
    free = laid_on((~seal.printed).astype(np.float32), matrix) * disc * ~specimen_printed
    own, known = specimen_ink, free > 0.9
    full_own = _full(own)
    bare = cv2.erode((own < BARE_SHARE * full_own).astype(np.uint8), np.ones((3, 3)))
    seen = as_plane(np.maximum(seen - _shade(seen, known & (bare > 0)), 0.0))
    rest = (seen / _full(seen) - own / full_own) * known
    weight = _patched(known.astype(np.float32))
    patches = [
        np.where(weight > 0.4, _patched(as_plane(part)) / np.maximum(weight, 0.4), 0.0)
        for part in (np.maximum(rest, 0.0) * bare, np.maximum(-rest, 0.0))
    ]
    share = float(known.sum()) / max(float(disc.sum()), 1.0)
    return CoreScore(float(patches[0].max(initial=0.0)), float(patches[1].max(initial=0.0)), share)


def _full(ink: Plane) -> float:
    """Return how dark full ink is, from every second pixel each way."""
    return max(float(np.percentile(ink[::2, ::2], 95)), 0.05)


def _patched(part: Plane) -> Plane:
    """Return the mean over a character's size, at half the width and height: nothing finer is left in it."""
    half = cv2.resize(part, (SIDE // 2, SIDE // 2), interpolation=cv2.INTER_AREA)
    return as_plane(cv2.GaussianBlur(half, (0, 0), PATCH_SIGMA / 2))


def _shade(seen: Plane, paper: Mask) -> Plane:
    """Return how dark the bare paper is from place to place: the light of a room is no ink.

    Lines of text cover less than half of a block, so a low percentile of it is paper.
    """
    blocks = SIDE // SHADE_BLOCK
    cut = (blocks, SHADE_BLOCK, blocks, SHADE_BLOCK)
    values = seen.reshape(cut).swapaxes(1, 2).reshape(blocks, blocks, -1)
    known = paper.reshape(cut).swapaxes(1, 2).reshape(blocks, blocks, -1)
    usual = float(np.percentile(seen[paper], SHADE_PERCENTILE)) if paper.any() else 0.0
    levels = np.full((blocks, blocks), usual, np.float32)
    for row, column in np.argwhere(known.mean(axis=2) > LEAST_FREE):
        levels[row, column] = np.percentile(values[row, column][known[row, column]], SHADE_PERCENTILE)
    return as_plane(cv2.resize(levels, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR))


@lru_cache(maxsize=32)
def _disc(depth: float, aspect: float) -> Plane:
    mask = np.zeros((SIDE, SIDE), np.float32)
    middle = (SIDE - 1) / 2
    along, across = RADIUS * (1 - depth - 0.03), RADIUS * max(aspect - depth - 0.03, 0.05)
    cv2.ellipse(mask, ((middle, middle), (2 * along, 2 * across), 0), 1.0, -1)
    return mask
