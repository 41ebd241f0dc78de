"""The middle of a seal against its specimen's: the star, or a 专用章 line that the official seal lacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.seals.align import laid_on
from verifier.seals.arc import upright_turn
from verifier.seals.codes import code_share
from verifier.seals.layout import ArcLayout
from verifier.seals.normalise import RADIUS, SIDE, SealPicture
from verifier.seals.planes import Mask, Plane, as_plane, full_ink, grey_print

PATCH_SIGMA = 6.0
"""Differences of the middle are believed at about a character's size (a 3-mm character is 32 pixels)."""
DIFFERENT_PATCH = 0.27
AGREEING_PATCH = 0.20
"""Ink of a character-sized patch that only one of the two has, as a share of full ink: of 90 generated special-purpose
seals the least gave 0.09 (between lines of print), wear, shade and print residue on genuine ones up to 0.22 at 150 dpi
and by phone. Patches alone do not tell them apart; strokes that stand in a line do."""
STROKE_SIGMAS = (1.0, 3.5)
"""What is finer than a stroke and what is coarser, in pixels of the half-size picture: the paper's shade and grain are
no strokes."""
LINE = (0.80, 0.15)
"""Width and height of a line of carved text, as shares of the radius."""
OVAL_DEPTH, OVAL_MARGIN = 0.08, 9
"""How near the rim an oval's lines stand, as a share of the longer radius; how far from its arc's strokes, pixels."""
LINE_STRENGTHS = (0.35, 1.0)
"""The strokes of the arc may be this weak beside full ink before those of the middle are held against them."""
AGREEING_LINE, DIFFERENT_LINE = 0.018, 0.045
"""Strokes along a line of the middle that the specimen lacks, beside the arc's: of 90 generated special-purpose seals
the least gave 0.022 (200 dpi), 0.032 (150 dpi) and 0.050 (phone); of 90 genuine ones six more than 0.018, all faded or
by phone, at most 0.043. Ovals: 0.073 and more against 0.008 and less."""
LEAST_CODE = 0.35
"""Of a code's strokes that the seal must show; worn, pale and half covered ones are no other die's."""
BARE_SHARE = 0.3
"""Ink is only added where the specimen shows less than this share of full ink: a star pressed harder is no line."""
SHADE_BLOCK, SHADE_PERCENTILE = 48, 35
"""Pixels of a block of the normalised picture, and what of its darkness is taken for paper."""
LEAST_KNOWN = 0.4
"""Share of a patch or line that must be free to be judged."""
FAINT_PRINT = 0.1
"""Share of a pixel from which pale print counts: it is left out of what is added or missing, as is print's edge."""
LEAST_FREE = 0.5
"""Share of the middle that must be free of print to be judged."""


@dataclass(frozen=True, slots=True)
class CoreScore:
    """Largest character-sized patch of ink in the middle that one has and the other lacks."""

    added: float
    missing: float
    free: float
    line: float = 0.0
    """Strokes along a straight line that only the seal has, as a share of the arc's."""
    code: float = 1.0
    """How much of the specimen's ink in the gap of its arc text, where codes are carved, the seal shows; 1 where there
    is none, or print hides it."""

    @property
    def differs(self) -> bool:
        """Whether the middle clearly shows something else."""
        return self.free >= LEAST_FREE and self.added > DIFFERENT_PATCH and self.line > DIFFERENT_LINE

    @property
    def agrees(self) -> bool:
        """Whether the middle may be the same; a worn or overprinted star does not count against it."""
        return self.added <= AGREEING_PATCH and self.line <= AGREEING_LINE and self.code >= LEAST_CODE


def score_core(
    specimen_ink: Plane,
    specimen_printed: Mask,
    layout: ArcLayout,
    seal: SealPicture,
    matrix: Plane,
    strength: float = 1.0,
) -> CoreScore:
    """Return how the seal's middle differs from the specimen's; `strength` is how dark the strokes of its arc are."""
    disc = _disc(round(layout.band[1], 2), seal.aspect)
    seen = laid_on(seal.ink, matrix)
    seen_free = laid_on((~seal.printed).astype(np.float32), matrix) * ~specimen_printed
    code = code_share(specimen_ink, layout, seal.aspect, seen, as_plane(seen_free))
    free = seen_free * disc
    own, known = specimen_ink, free > 0.9
    full_own = full_ink(own)
    bare = cv2.erode((own < BARE_SHARE * full_own).astype(np.uint8), np.ones((3, 3))).astype(np.uint8)
    share = float(known.sum()) / max(float(disc.sum()), 1.0)
    if seal.has_colour:
        pale = laid_on(_pale_print(seal), matrix) > FAINT_PRINT
        known, seen_free = known & ~pale, as_plane(seen_free * ~pale)
    line = _line_of_strokes(seen, _lined(seen_free, bare, seal.aspect, known), upright_turn(layout.span))
    seen = as_plane(np.maximum(seen - _shade(seen, known & (bare > 0)), 0.0))
    rest = (seen / full_ink(seen) - own / full_own) * known
    weight = _patched(known.astype(np.float32))
    patches = [
        np.where(weight > LEAST_KNOWN, _patched(as_plane(part)) / np.maximum(weight, LEAST_KNOWN), 0.0)
        for part in (np.maximum(rest, 0.0) * bare, np.maximum(-rest, 0.0))
    ]
    return CoreScore(
        float(patches[0].max(initial=0.0)),
        float(patches[1].max(initial=0.0)),
        share,
        line / float(np.clip(strength, *LINE_STRENGTHS)),
        code,
    )


def _lined(free: Plane, bare: NDArray[np.uint8], aspect: float, known: Mask) -> Plane:
    """Return where a line of text would be seen, 1 or 0: on the specimen's paper, clear of print.

    The middle of an oval is too low for a line: it stands in the gap of the arc text, beneath.
    """
    if aspect == 1.0:
        return as_plane(known & (bare > 0))
    clear = cv2.erode(bare, np.ones((OVAL_MARGIN, OVAL_MARGIN)))
    return as_plane((free * _disc(OVAL_DEPTH, aspect) > 0.9) & (clear > 0))


def _line_of_strokes(seen: Plane, bare: Plane, turn: float) -> float:
    """Return how much more strokes the strongest line of the upright middle has than the usual one, of full ink.

    `bare` is 1 where the specimen shows paper and no print hides the seal, else 0.
    """
    half = (SIDE // 2, SIDE // 2)
    small, free = (as_plane(cv2.resize(plane, half, interpolation=cv2.INTER_AREA)) for plane in (seen, bare))
    fine, coarse = (cv2.GaussianBlur(small, (0, 0), sigma) for sigma in STROKE_SIGMAS)
    strokes = as_plane(np.maximum(fine - coarse, 0.0) * free / full_ink(seen))
    middle = (SIDE // 2 - 1) / 2
    upright = cv2.getRotationMatrix2D((middle, middle), float(np.degrees(turn)), 1.0)
    size = tuple(round(share * RADIUS / 2) for share in LINE)
    inked, known = (
        cv2.boxFilter(cv2.warpAffine(plane, upright, half), -1, size, borderType=cv2.BORDER_CONSTANT)
        for plane in (strokes, free)
    )
    judged = known > LEAST_KNOWN
    if not judged.any():
        return 0.0
    lines = inked[judged] / known[judged]
    return float(lines.max() - np.median(lines))


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


@lru_cache(maxsize=1)
def _pale_print(seal: SealPicture) -> Plane:
    """Return where pale print lies, 1 or 0; one seal is compared many times, with each impression as often as drawn."""
    return grey_print(seal.pixels).astype(np.float32)


@lru_cache(maxsize=32)
def _disc(depth: float, aspect: float) -> Plane:
    mask = np.zeros((SIDE, SIDE), np.float32)
    middle = (SIDE - 1) / 2
    along, across = RADIUS * (1 - depth - 0.03), RADIUS * max(aspect - depth - 0.03, 0.05)
    cv2.ellipse(mask, ((middle, middle), (2 * along, 2 * across), 0), 1.0, -1)
    return mask
