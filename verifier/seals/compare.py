"""Whose seal: one to one against the registered impressions of the maker that the letter names.

The answer has three values. A seal is the same only where the whole, every readable character and the core
agree; it differs where clearly seen ink says so; everything else is for a person to look at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from verifier.examination import Likeness, SealComparison
from verifier.formats.names import carved_name
from verifier.page import Box
from verifier.recognition.comparator import CharacterComparator
from verifier.record import Specimen
from verifier.seals.align import Alignment
from verifier.seals.arc import ArcSpan, arc_points
from verifier.seals.core import score_core
from verifier.seals.ink import alike, ready_ink
from verifier.seals.laid import DRAWN_AS, Laid, lay
from verifier.seals.layout import ArcLayout
from verifier.seals.likeness import SAME_LOGIT, SAME_WHOLE, SURE_ARC, Measured, judge, worst_character
from verifier.seals.normalise import SealPicture, to_capture
from verifier.seals.pairs import tile_pairs
from verifier.seals.reading import ArcText
from verifier.seals.registered import LEAST_DIE, UNKNOWN, amounts, impression_amounts, unevenness
from verifier.seals.rings import Ring
from verifier.seals.specimens import PreparedSpecimen, impression_ink, prepare
from verifier.seals.tiles import TileCut, TilePlace, score_tiles, tile_places

HALF_SEEN, MOST_HIDDEN = 0.40, 0.25
"""A character of which less than the first share is free, or more hidden characters than the second share, stay for a
person, and so does an arc read less surely than `SURE_ARC`. Of 120 seals with one look-alike character, by two unknown
generators, the arc of two reads the owner's name, and the free part of neither character looks the same."""
DOUBTFUL_LOGIT = -4.0
"""From here on a character is turned and stretched a little before it is judged. Of 70 genuine colour seals of an
unknown generator 8 had a character above −3 as they lay, 3 then; of 70 with one look-alike two came below −3 instead of
one, and neither could be read."""
ALIKE_WHEN_REDRAWN = 0.88
"""A character is surer against an impression drawn anew only where its strokes lie on it at least this well: genuine
ones of unknown generators do by 0.93 and more; the strokes of one look-alike (庆 and 厌, set down twice) grew as bold,
and lay by 0.82 to 0.85."""
ASPECT_TOLERANCE = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One seal laid on one specimen."""

    comparison: SealComparison
    prepared: PreparedSpecimen
    alignment: Alignment
    measured: Measured

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
    laid = [lay(seal, prepared) for prepared in ready]
    results: list[Compared] = []
    for one in sorted(laid, key=lambda one: -one.alignment.score):
        results.append(_compare(seal, ring, one, comparator, page_size))
        if results[-1].comparison.likeness is Likeness.SAME:
            break  # the others fit less well, and can make it no surer
    best = max(results, key=_rank, default=None)
    return _with_die(seen_together(best, results, ring, page_size), seal) if best is not None else None


def _with_die(compared: Compared, seal: SealPicture) -> Compared:
    """Return a comparison with how much of the ink beyond the carved shape the impression's shares, where it fits, and,
    where that is much, with how evenly the one lies on the other."""
    impression = impression_ink(compared.prepared.specimen) if compared.fits and seal.has_colour else None
    if impression is None:
        return compared
    die = alike(ready_ink(seal.pixels), impression)
    uneven = _unevenness(compared, seal) if die >= LEAST_DIE else UNKNOWN
    return replace(compared, comparison=replace(compared.comparison, die=round(die, 4), uneven=round(uneven, 4)))


def _unevenness(compared: Compared, seal: SealPicture) -> float:
    registered = impression_amounts(compared.prepared.specimen)
    if registered is None:
        return UNKNOWN
    return unevenness(registered, amounts(seal.pixels), compared.alignment.matrix, seal.aspect)


def settled(compared: Compared, arc: ArcText) -> SealComparison:
    """Return the comparison once the arc was read: a character half under print counts as seen where both agree.

    What of it is free must look the same, and the whole arc must read, surely, the name of the impression's owner;
    a character that is hidden altogether stays hidden. So does such an arc settle what misses the limit by little.
    """
    found = compared.comparison
    read = arc.confidence if carved_name(arc.text or "") == carved_name(found.manufacturer) else 0.0
    if read < SURE_ARC:
        return found
    if found.reason == "hidden_under_print" and _half_seen_alike(compared):
        return replace(found, likeness=Likeness.SAME, reason="matches")
    if found.reason == "character_differs" and compared.prepared.layout.is_trusted:
        likeness, reason = judge(compared.measured, owner_read=read)
        return replace(found, likeness=likeness, reason=reason) if likeness is Likeness.SAME else found
    return found


def _half_seen_alike(compared: Compared) -> bool:
    """Return whether few characters are hidden, none altogether, and what is free of them looks the same."""
    hidden = [(compared.measured.tiles[i], compared.measured.logits[i]) for i in compared.comparison.hidden]
    if not 0 < len(hidden) <= MOST_HIDDEN * len(compared.measured.tiles):
        return False
    return all(tile.free >= HALF_SEEN and logit <= SAME_LOGIT for tile, logit in hidden)


def unlike_any(manufacturer: str, specimens: tuple[Specimen, ...], *, is_flat: bool = True) -> SealComparison:
    """Return what is said where no specimen could be laid on the seal: none registered, or another shape.

    `is_flat`: the page was not photographed at an angle, so that the seal's shape is its own.
    """
    if not specimens:
        return SealComparison(manufacturer, "", Likeness.UNSURE, "no_specimen", 0.0)
    likeness, reason = Likeness.UNSURE, "no_specimen"
    if any(prepare(specimen) is not None for specimen in specimens):
        likeness, reason = (Likeness.DIFFERENT, "other_seal") if is_flat else (Likeness.UNSURE, "poor_image")
    return SealComparison(manufacturer, specimens[0].sha256, likeness, reason, 0.0)


def seen_together(best: Compared, results: list[Compared], ring: Ring, page_size: tuple[int, int]) -> Compared:
    """Return the best comparison with each character as the impression that shows it best bears it out.

    Every stamping wears, blots and doubles other characters: one that is like any of the registered impressions of the
    same die is the same character. Only impressions count that lie well on the seal and are cut into as many.
    """
    if best.comparison.likeness is Likeness.SAME:
        return best
    measured = _borne_out(best.measured, [one.measured for one in results if _is_of_die(one, best)])
    return _concluded(best.prepared, best.alignment, measured, ring, page_size)


def _is_of_die(one: Compared, best: Compared) -> bool:
    """Return whether an impression is of the best one's die: it lies on the seal as well, most of the name alike."""
    same_name = carved_name(one.comparison.manufacturer) == carved_name(best.comparison.manufacturer)
    as_many = len(one.measured.tiles) == len(best.measured.tiles)
    lies_well = one.alignment.score >= SAME_WHOLE and float(np.median(one.measured.logits)) < 0.0
    return one is best or (same_name and as_many and lies_well)


def _rank(result: Compared) -> tuple[bool, float]:
    return result.comparison.likeness is Likeness.SAME, result.comparison.score


def _compare(
    seal: SealPicture, ring: Ring, laid: Laid, comparator: CharacterComparator, page_size: tuple[int, int]
) -> Compared:
    measured = _measured(seal, laid, comparator)
    if judge(measured)[1] == "other_seal":
        return _concluded(laid.prepared, laid.alignment, measured, ring, page_size)
    for drawn_as in DRAWN_AS:
        if judge(measured)[0] is Likeness.SAME:
            break
        anew = drawn_as(seal, laid)
        if anew is not laid:
            again = _measured(seal, anew, comparator)
            laid, measured = anew, _borne_out(again, [measured, _more_alike(again, measured)])
    if judge(measured)[0] is not Likeness.SAME and seal.has_colour:
        evened = _measured(seal, laid, comparator, evened=True)
        measured = _borne_out(measured, [measured, _more_alike(evened, measured)])
    return _concluded(laid.prepared, laid.alignment, measured, ring, page_size)


def _measured(seal: SealPicture, laid: Laid, comparator: CharacterComparator, *, evened: bool = False) -> Measured:
    """Return what the seal shows against the impression that lies on it; `evened` is as for `tile_pairs`."""
    prepared, ink, alignment = laid.prepared, laid.ink, laid.alignment
    places = tile_places(ink, prepared.printed, prepared.layout, seal, alignment.matrix)
    cuts = tuple(place.fitted() for place in places)
    logits = tuple(float(logit) for logit in comparator.compare(tile_pairs(cuts, evened=evened)))
    cuts, logits = _looked_at_again(places, cuts, logits, comparator, evened=evened)
    tiles = score_tiles(cuts)
    strength = float(np.median([tile.inked for tile in tiles if tile.is_usable] or [1.0]))
    core = score_core(ink, prepared.printed, prepared.layout, seal, alignment.matrix, strength)
    return Measured(seal, alignment.score, tiles, logits, core, prepared.carved)


def _borne_out(whole: Measured, measures: list[Measured]) -> Measured:
    """Return the measure of the whole with each character as that of `measures` bears it out which shows it best."""
    chosen = [min(measures, key=lambda one: _unlike(one, i)) for i in range(len(whole.tiles))]
    return replace(
        whole,
        tiles=tuple(one.tiles[i] for i, one in enumerate(chosen)),
        logits=tuple(one.logits[i] for i, one in enumerate(chosen)),
    )


def _more_alike(again: Measured, before: Measured) -> Measured:
    """Return what was measured again, no character surer than before whose strokes lie badly on the specimen's."""
    pairs = zip(again.logits, before.logits, again.tiles, strict=True)
    logits = (new if tile.likeness >= ALIKE_WHEN_REDRAWN else max(new, old) for new, old, tile in pairs)
    return replace(again, logits=tuple(logits))


def _unlike(one: Measured, index: int) -> tuple[bool, float]:
    """Return how unlike one character is: hidden ones last, whatever is left of them."""
    return not one.tiles[index].is_usable, one.logits[index]


def _looked_at_again(
    places: tuple[TilePlace, ...],
    cuts: tuple[TileCut, ...],
    logits: tuple[float, ...],
    comparator: CharacterComparator,
    *,
    evened: bool,
) -> tuple[tuple[TileCut, ...], tuple[float, ...]]:
    """Return the tiles and logits, characters that are not surely the same laid more carefully."""
    doubtful = [i for i, logit in enumerate(logits) if logit > DOUBTFUL_LOGIT]
    if not doubtful:
        return cuts, logits
    refitted = [places[i].refitted() if i in doubtful else cut for i, cut in enumerate(cuts)]
    again = comparator.compare(tile_pairs(tuple(refitted), evened=evened))
    return tuple(refitted), tuple(float(again[i]) if i in doubtful else logit for i, logit in enumerate(logits))


def _concluded(
    prepared: PreparedSpecimen, alignment: Alignment, measured: Measured, ring: Ring, page_size: tuple[int, int]
) -> Compared:
    """Return what was measured with the judgement on it."""
    seal, tiles = measured.seal, measured.tiles
    likeness, reason = judge(measured)
    if likeness is Likeness.SAME and not prepared.layout.is_trusted:
        likeness, reason = Likeness.UNSURE, "poor_image"
    worst = worst_character(measured)
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
    return Compared(comparison, prepared, alignment, measured)


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
