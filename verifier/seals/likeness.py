"""From what was measured of one seal against one impression to same, different or unsure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verifier.examination import Likeness
from verifier.seals.core import CoreScore
from verifier.seals.normalise import SealPicture
from verifier.seals.tiles import TileScore

SAME_WHOLE = 0.90
"""Correlation over the disc that impressions of one seal reach (0.91 the least of 240 generated scans)."""
SAME_LOGIT = -3.5
"""Below this the comparator takes a character for the same. With specimens as soft as the seal (`softness.py`), of 360
generated genuine seals 341 pass (337 with −3 and sharp specimens), of 77 drawn by others' programs 57 (53); of 360 and
58 with a look-alike character or carved again none, the nearest at −2.8."""
NEARLY_SAME_LOGIT = -3.0
"""Below this it still counts as the same where the arc is read, surely, as the owner's name: of 36 genuine seals in
fresh letters of others' programs two had their worst character between, the nearest look-alike was at −2.8."""
DIFFERENT_LOGIT = 3.0
"""Above this it takes it for another; what lies between is for a person."""
SAME_TILE = 0.75
"""Each readable character of the same seal correlates at least so with its specimen, whatever the comparator says."""
OTHER_MEDIAN = 0.80
"""Another company's arc: half of its characters are below this (0.3 to 0.7; the same seal 0.93 and more)."""
OUTSTANDING_PATCH, OUTSTANDING_RATIO, OUTSTANDING_LOGIT = 0.30, 2.0, 1.0
"""A stroke-sized difference above the first and the second times the median of the characters, together with a logit
that much above their median: none of 80 generated genuine seals at 200 and 300 dpi has it, one of 48 coarser ones."""
OVERLAID_PATCH = 0.60
FEWEST_OVERLAID = 4
OVERLAID_LOST = 0.40
"""Red print adds patches above the first to this many characters, and takes from few: others' seals do both."""
LEAST_USABLE = 0.60
"""Share of characters that must be readable before the arc says anything."""
COARSEST = 2.6
"""Enlargement from which characters are too coarse to be told apart (about 105 dpi on a 40-mm seal)."""
FAINTEST = 0.10
"""Ink on strokes, as a share of black, below which wear and another character look alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What one seal shows against one impression."""

    seal: SealPicture
    whole: float
    """Correlation over the disc."""
    tiles: tuple[TileScore, ...]
    logits: tuple[float, ...]
    """How surely each character differs, by the comparator."""
    core: CoreScore


def judge(measured: Measured, same_logit: float = SAME_LOGIT) -> tuple[Likeness, str]:
    """Return the likeness and its reason; the order is from what is most certain to what is least.

    Characters below `same_logit` count as the same.
    """
    seal, tiles, core = measured.seal, measured.tiles, measured.core
    seen = [(tile, logit) for tile, logit in zip(tiles, measured.logits, strict=True) if tile.is_usable]
    different = Likeness.DIFFERENT if seal.has_colour else Likeness.UNSURE
    if seal.enlargement > COARSEST or stroke_ink(seal) < FAINTEST:
        return Likeness.UNSURE, "poor_image"
    if len(seen) < LEAST_USABLE * len(tiles):
        return Likeness.UNSURE, "hidden_under_print"
    if _is_overlaid([tile for tile, _ in seen]):
        return Likeness.UNSURE, "red_print"
    if float(np.median([tile.likeness for tile, _ in seen])) < OTHER_MEDIAN:
        return different, "other_seal" if seal.has_colour else "no_colour"
    if any(logit > DIFFERENT_LOGIT for _, logit in seen) or core.differs:
        lies_well = measured.whole >= SAME_WHOLE  # else the photograph's slant or a worn rim may be all that differs
        return different if lies_well else Likeness.UNSURE, "character_differs" if seal.has_colour else "no_colour"
    if not all(_agrees(tile, logit, same_logit) for tile, logit in seen) or _one_stands_out(seen):
        return Likeness.UNSURE, "character_differs"
    if measured.whole < SAME_WHOLE or not core.agrees:
        return Likeness.UNSURE, "poor_image"
    if len(seen) < len(tiles):
        return Likeness.UNSURE, "hidden_under_print"
    return Likeness.SAME, "matches"


def _is_overlaid(tiles: list[TileScore]) -> bool:
    """Return whether ink lies over many characters that are themselves all there, as red print does."""
    lost = float(np.median([tile.missing for tile in tiles]))
    return lost < OVERLAID_LOST and sum(tile.added > OVERLAID_PATCH for tile in tiles) >= FEWEST_OVERLAID


def _one_stands_out(seen: list[tuple[TileScore, float]]) -> bool:
    """Return whether one character is less like its specimen than its neighbours in one and the same impression.

    A single dot more or less (达 迏) weighs little with the comparator, but wear and blur are shared by neighbours.
    """
    patches = [max(tile.missing, tile.added) for tile, _ in seen]
    usual_patch, usual_logit = float(np.median(patches)), float(np.median([logit for _, logit in seen]))
    limit = max(OUTSTANDING_PATCH, OUTSTANDING_RATIO * usual_patch)
    return any(
        patch > limit and logit > usual_logit + OUTSTANDING_LOGIT
        for patch, (_, logit) in zip(patches, seen, strict=True)
    )


def _agrees(tile: TileScore, logit: float, same_logit: float) -> bool:
    return logit < same_logit and tile.likeness >= SAME_TILE


def stroke_ink(seal: SealPicture) -> float:
    """Return how dark the inked tenth of the seal is, 0 to 1."""
    return float(np.percentile(seal.free_ink, 92))
