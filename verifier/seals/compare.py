"""Whose seal: one to one against the registered impressions of the maker that the letter names.

The answer has three values. A seal is the same only where the whole, every readable character and the core
agree; it differs where clearly seen ink says so; everything else is for a person to look at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from verifier.examination import Likeness, SealComparison
from verifier.page import Box
from verifier.record import Specimen
from verifier.seals.align import Alignment, align
from verifier.seals.arc import ArcSpan, arc_points
from verifier.seals.core import CoreScore, score_core
from verifier.seals.layout import ArcLayout
from verifier.seals.normalise import SealPicture, to_capture
from verifier.seals.rings import Ring
from verifier.seals.specimens import PreparedSpecimen, prepare, softened
from verifier.seals.tiles import TileScore, cut_tiles, score_tiles

SAME_WHOLE = 0.90
"""Correlation over the disc that impressions of one seal reach (0.91 the least of 240 generated scans)."""
SAME_TILE = 0.88
"""Each readable character of the same seal reaches this."""
SAME_PATCH = 0.45
"""Largest stroke-sized difference, as a share of full ink, between impressions of one seal."""
DIFFERENT_TILE = 0.80
DIFFERENT_PATCH = 0.70
"""A character below and above these is another one: worn impressions of the same lie between."""
OTHER_MEDIAN = 0.80
"""Another company's arc: half of its characters are below this (0.3 to 0.7; the same seal 0.93 and more)."""
LEAST_USABLE = 0.60
"""Share of characters that must be readable before the arc says anything."""
COARSEST = 2.6
"""Enlargement from which characters are too coarse to be told apart (about 105 dpi on a 40-mm seal)."""
FAINTEST = 0.10
"""Ink on strokes, as a share of black, below which wear and another character look alike."""
ASPECT_TOLERANCE = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One seal laid on one specimen."""

    comparison: SealComparison
    prepared: PreparedSpecimen
    alignment: Alignment
    tiles: tuple[TileScore, ...]

    @property
    def fits(self) -> bool:
        """Whether the specimen lies on the seal well enough to tell where the arc text starts."""
        return self.comparison.score >= SAME_WHOLE and self.comparison.reason != "other_seal"

    @property
    def span(self) -> ArcSpan:
        """Where the specimen's arc text lies on this seal."""
        own = self.prepared.layout.span
        angle = float(np.arctan2(self.alignment.matrix[1, 0], self.alignment.matrix[0, 0]))
        return ArcSpan(float((own.start + angle / (2 * np.pi)) % 1.0), own.length)


def compare_seal(
    seal: SealPicture, ring: Ring, specimens: tuple[Specimen, ...], *, page_size: tuple[int, int]
) -> Compared | None:
    """Return the comparison with the best of `specimens`; None where none of them can be used.

    `ring` and `page_size` (width, height) place the worst character on the page.
    """
    ready = [prepared for prepared in map(prepare, specimens) if prepared is not None]
    ready = [p for p in ready if abs(p.aspect - seal.aspect) <= ASPECT_TOLERANCE]
    results = [_compare(seal, ring, prepared, page_size) for prepared in ready]
    return max(results, key=_rank, default=None)


def unlike_any(manufacturer: str, specimens: tuple[Specimen, ...]) -> SealComparison:
    """Return what is said where no specimen could be laid on the seal: none registered, or another shape."""
    if not specimens:
        return SealComparison(manufacturer, "", Likeness.UNSURE, "no_specimen", 0.0)
    usable = any(prepare(specimen) is not None for specimen in specimens)
    likeness, reason = (Likeness.DIFFERENT, "other_seal") if usable else (Likeness.UNSURE, "no_specimen")
    return SealComparison(manufacturer, specimens[0].sha256, likeness, reason, 0.0)


def _rank(result: Compared) -> tuple[bool, float]:
    return result.comparison.likeness is Likeness.SAME, result.comparison.score


def _compare(seal: SealPicture, ring: Ring, prepared: PreparedSpecimen, page_size: tuple[int, int]) -> Compared:
    ink = softened(prepared.ink, prepared.enlargement, seal.enlargement)
    alignment = align(ink, prepared.spectrum, seal)
    cuts = cut_tiles(ink, prepared.layout, seal, alignment.matrix)
    tiles = score_tiles(cuts)
    core = score_core(ink, prepared.layout, seal, alignment.matrix)
    likeness, reason = _judge(seal, alignment.score, tiles, core)
    worst = worst_tile(tiles)
    comparison = SealComparison(
        manufacturer=prepared.specimen.manufacturer,
        specimen_sha256=prepared.specimen.sha256,
        likeness=likeness,
        reason=reason,
        score=alignment.score,
        characters=len(tiles),
        characters_usable=sum(tile.is_usable for tile in tiles),
        worst_character=worst,
        worst_score=None if worst is None else tiles[worst].likeness,
        worst_box=None if worst is None else _tile_box(worst, prepared.layout, seal, alignment, ring, page_size),
    )
    return Compared(comparison, prepared, alignment, tiles)


def _judge(seal: SealPicture, whole: float, tiles: tuple[TileScore, ...], core: CoreScore) -> tuple[Likeness, str]:
    """Return the likeness and its reason; the order is from what is most certain to what is least."""
    usable = [tile for tile in tiles if tile.is_usable]
    if seal.enlargement > COARSEST or stroke_ink(seal) < FAINTEST:
        return Likeness.UNSURE, "poor_image"
    if len(usable) < LEAST_USABLE * len(tiles):
        return Likeness.UNSURE, "hidden_under_print"
    if float(np.median([tile.likeness for tile in usable])) < OTHER_MEDIAN:
        return (Likeness.DIFFERENT, "other_seal") if seal.has_colour else (Likeness.UNSURE, "no_colour")
    if any(_differs(tile) for tile in usable) or core.differs:
        return (Likeness.DIFFERENT, "character_differs") if seal.has_colour else (Likeness.UNSURE, "no_colour")
    if not all(_agrees(tile) for tile in usable):
        return Likeness.UNSURE, "character_differs"
    if whole < SAME_WHOLE or not core.agrees:
        return Likeness.UNSURE, "poor_image"
    if len(usable) < len(tiles):
        return Likeness.UNSURE, "hidden_under_print"
    return Likeness.SAME, "matches"


def _agrees(tile: TileScore) -> bool:
    return tile.likeness >= SAME_TILE and max(tile.missing, tile.added) <= SAME_PATCH


def _differs(tile: TileScore) -> bool:
    return tile.likeness < DIFFERENT_TILE and max(tile.missing, tile.added) > DIFFERENT_PATCH


def worst_tile(tiles: tuple[TileScore, ...]) -> int | None:
    """Return the index of the readable tile least like its specimen; None where none is readable."""
    readable = [i for i, tile in enumerate(tiles) if tile.is_usable]
    return min(readable, key=lambda i: tiles[i].likeness, default=None)


def stroke_ink(seal: SealPicture) -> float:
    """Return how dark the inked tenth of the seal is, 0 to 1."""
    return float(np.percentile(seal.free_ink, 92))


def _tile_box(
    index: int,
    layout: ArcLayout,
    seal: SealPicture,
    alignment: Alignment,
    ring: Ring,
    page_size: tuple[int, int],
) -> Box:
    """Return where one character stands on the page."""
    turns = np.linspace(layout.borders[index], layout.borders[index + 1], 5, dtype=np.float32)
    depths = np.array(layout.band, np.float32)
    x, y = arc_points(seal.aspect, turns, depths)
    flat = np.stack([x.ravel(), y.ravel()], axis=1)
    on_seal = flat @ alignment.matrix[:, :2].T + alignment.matrix[:, 2]
    points = to_capture(ring, on_seal.astype(np.float32))
    width, height = page_size
    low = np.clip(points.min(axis=0), 0, [width - 1, height - 1])
    high = np.clip(points.max(axis=0), low + 1, [width, height])
    return Box.from_pixels(*(float(v) for v in (*low, *high)), width=width, height=height)
