"""Whose seal: one to one against the registered impressions of the maker that the letter names.

The answer has three values. A seal is the same only where the whole, every readable character and the core
agree; it differs where clearly seen ink says so; everything else is for a person to look at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from verifier.examination import Likeness, SealComparison
from verifier.page import Box
from verifier.recognition.comparator import CharacterComparator
from verifier.record import Specimen
from verifier.seals.align import Alignment, align
from verifier.seals.arc import ArcSpan, arc_points
from verifier.seals.core import CoreScore, score_core
from verifier.seals.layout import ArcLayout
from verifier.seals.normalise import SealPicture, to_capture
from verifier.seals.pairs import tile_pairs
from verifier.seals.planes import Plane
from verifier.seals.reading import ArcText
from verifier.seals.rings import Ring
from verifier.seals.specimens import PreparedSpecimen, carved_name, prepare, softened
from verifier.seals.tiles import TileScore, cut_tiles, score_tiles

SAME_WHOLE = 0.90
"""Correlation over the disc that impressions of one seal reach (0.91 the least of 240 generated scans)."""
SAME_LOGIT = -3.0
"""Below this the comparator takes a character for the same: of 80 generated genuine seals at 200 and 300 dpi one had
a character above (−2.4), of 100 with a look-alike none was below −0.6."""
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
HALF_SEEN = 0.40
SURE_ARC = 0.90
MOST_HIDDEN = 0.25
"""A character of which less than the first share is free, an arc read less surely than the second, or more hidden
characters than the third share stay for a person."""
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
    logits: tuple[float, ...]
    """How surely each character differs, by the comparator."""

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
    seal: SealPicture,
    ring: Ring,
    specimens: tuple[Specimen, ...],
    comparator: CharacterComparator,
    *,
    page_size: tuple[int, int],
) -> Compared | None:
    """Return the comparison with the best of `specimens`; None where none of them can be used.

    `ring` and `page_size` (width, height) place the worst character on the page.
    """
    ready = [prepared for prepared in map(prepare, specimens) if prepared is not None]
    ready = [p for p in ready if abs(p.aspect - seal.aspect) <= ASPECT_TOLERANCE]
    laid = [_laid(seal, prepared) for prepared in ready]
    results: list[Compared] = []
    for one in sorted(laid, key=lambda one: -one.alignment.score):
        results.append(_compare(seal, ring, one, comparator, page_size))
        if results[-1].comparison.likeness is Likeness.SAME:
            break  # the others fit less well, and can make it no surer
    return max(results, key=_rank, default=None)


def settled(compared: Compared, arc: ArcText) -> SealComparison:
    """Return the comparison once the arc was read: a character half under print counts as seen where both agree.

    What of it is free must look the same, and the whole arc must read, surely, the name of the impression's owner;
    a character that is hidden altogether stays hidden.
    """
    found = compared.comparison
    hidden = [(compared.tiles[i], compared.logits[i]) for i in found.hidden]
    if found.reason != "hidden_under_print" or not 0 < len(hidden) <= MOST_HIDDEN * len(compared.tiles):
        return found
    reads = arc.confidence >= SURE_ARC and carved_name(arc.text or "") == carved_name(found.manufacturer)
    if not reads or any(tile.free < HALF_SEEN or logit > SAME_LOGIT for tile, logit in hidden):
        return found
    return replace(found, likeness=Likeness.SAME, reason="matches")


def unlike_any(manufacturer: str, specimens: tuple[Specimen, ...]) -> SealComparison:
    """Return what is said where no specimen could be laid on the seal: none registered, or another shape."""
    if not specimens:
        return SealComparison(manufacturer, "", Likeness.UNSURE, "no_specimen", 0.0)
    usable = any(prepare(specimen) is not None for specimen in specimens)
    likeness, reason = (Likeness.DIFFERENT, "other_seal") if usable else (Likeness.UNSURE, "no_specimen")
    return SealComparison(manufacturer, specimens[0].sha256, likeness, reason, 0.0)


def _rank(result: Compared) -> tuple[bool, float]:
    return result.comparison.likeness is Likeness.SAME, result.comparison.score


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """An impression as soft as the seal, and how it lies on it."""

    prepared: PreparedSpecimen
    ink: Plane
    alignment: Alignment


def _laid(seal: SealPicture, prepared: PreparedSpecimen) -> _Laid:
    ink = softened(prepared.ink, prepared.enlargement, seal.enlargement)
    return _Laid(prepared, ink, align(ink, prepared.spectrum, seal))


def _compare(
    seal: SealPicture, ring: Ring, laid: _Laid, comparator: CharacterComparator, page_size: tuple[int, int]
) -> Compared:
    prepared, ink, alignment = laid.prepared, laid.ink, laid.alignment
    cuts = cut_tiles(ink, prepared.printed, prepared.layout, seal, alignment.matrix)
    tiles = score_tiles(cuts)
    logits = tuple(float(logit) for logit in comparator.compare(tile_pairs(cuts)))
    core = score_core(ink, prepared.printed, prepared.layout, seal, alignment.matrix)
    likeness, reason = _judge(seal, alignment.score, tiles, logits, core)
    worst = worst_tile(tiles, logits)
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
        hidden=tuple(i for i, tile in enumerate(tiles) if not tile.is_usable),
        worst_box=None if worst is None else _tile_box(worst, prepared.layout, seal, alignment, ring, page_size),
    )
    return Compared(comparison, prepared, alignment, tiles, logits)


def _judge(
    seal: SealPicture, whole: float, tiles: tuple[TileScore, ...], logits: tuple[float, ...], core: CoreScore
) -> tuple[Likeness, str]:
    """Return the likeness and its reason; the order is from what is most certain to what is least."""
    seen = [(tile, logit) for tile, logit in zip(tiles, logits, strict=True) if tile.is_usable]
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
        return different, "character_differs" if seal.has_colour else "no_colour"
    if not all(_agrees(tile, logit) for tile, logit in seen) or _one_stands_out(seen):
        return Likeness.UNSURE, "character_differs"
    if whole < SAME_WHOLE or not core.agrees:
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


def _agrees(tile: TileScore, logit: float) -> bool:
    return logit < SAME_LOGIT and tile.likeness >= SAME_TILE


def worst_tile(tiles: tuple[TileScore, ...], logits: tuple[float, ...]) -> int | None:
    """Return the index of the readable tile most surely different; None where none is readable."""
    readable = [i for i, tile in enumerate(tiles) if tile.is_usable]
    return max(readable, key=lambda i: logits[i], default=None)


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
    turns = np.linspace(*layout.boxes[index], 5, dtype=np.float32)
    depths = np.array(layout.band, np.float32)
    x, y = arc_points(seal.aspect, turns, depths)
    flat = np.stack([x.ravel(), y.ravel()], axis=1)
    on_seal = flat @ alignment.matrix[:, :2].T + alignment.matrix[:, 2]
    points = to_capture(ring, on_seal.astype(np.float32))
    width, height = page_size
    low = np.clip(points.min(axis=0), 0, [width - 1, height - 1])
    high = np.clip(points.max(axis=0), low + 1, [width, height])
    return Box.from_pixels(*(float(v) for v in (*low, *high)), width=width, height=height)
