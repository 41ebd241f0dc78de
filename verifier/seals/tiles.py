"""Character by character: how like each tile of a seal's arc is to its specimen's."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from verifier.seals.align import masked_correlation
from verifier.seals.arc import arc_length, depths_of, unwrap
from verifier.seals.layout import STRIP_ROWS, ArcLayout
from verifier.seals.normalise import SealPicture
from verifier.seals.planes import Mask, Plane, as_plane

REACH = 3
"""Each tile may shift by this many pixels: what is left of paper and glass after the alignment."""
REFITS = ((-3.0, 1.0, 1.0), (3.0, 1.0, 1.0), (0.0, 0.95, 1.0), (0.0, 1.05, 1.0), (0.0, 1.0, 0.96), (0.0, 1.0, 1.04))
"""Degrees, width and height by which a single character is tried besides."""
CLEARLY_BETTER = 0.003
"""Correlation by which a character turned or stretched must fit better than as it stands."""
OVERLAP = 0.08
"""Tiles take this share of the pitch from their neighbours, so that no stroke is cut off."""
STROKE_SIGMA = 2.2
"""Differences are smoothed at about a stroke's width before they are believed."""
USABLE_SHARE = 0.6
"""A tile with a smaller share of its specimen's strokes free of print is not judged: 0.6 passed 61 of 70
generated genuine seals under print or a signature (0.75: 42 of 80 others); of 558 with one look-alike character
under print it let 3 through the tiles and none through tiles and reading together."""


@dataclass(frozen=True, slots=True)
class TileScore:
    """One character against its specimen."""

    likeness: float
    """Correlation in [−1, 1] at the best small shift, printed places left out."""
    missing: float
    """Largest patch of specimen ink that the seal lacks, as a share of full ink."""
    added: float
    """Largest patch of ink that the specimen lacks, as a share of full ink."""
    free: float
    """Share of the specimen's strokes that no print hides."""
    inked: float
    """How much of the specimen's ink the seal shows, as the slope of the fit."""

    @property
    def is_usable(self) -> bool:
        """Whether enough of the character is free of print to judge it."""
        return self.free >= USABLE_SHARE


@dataclass(frozen=True, slots=True, eq=False)
class TileCut:
    """One character of a specimen and the same place of a seal, the small shift that fits best taken out.

    All three have the same shape, 64 rows high, the rim on top.
    """

    own: Plane
    """The specimen's ink."""
    seen: Plane
    """The seal's ink."""
    free: Plane
    """1 where no print hides the ink of either, 0 where it does."""
    known: float = 1.0
    """Share of the specimen's tile that no print hides on the specimen itself."""


@dataclass(frozen=True, slots=True, eq=False)
class TilePlace:
    """One character's place: the specimen's own tile, and the seal about it with `REACH` more on every side."""

    own: Plane
    own_free: Plane
    seen: Plane
    free: Plane

    def fitted(self) -> TileCut:
        """Return the tile at the small shift that fits best."""
        return self._shifted(self.seen, self.free)

    def refitted(self) -> TileCut:
        """Return the tile turned or stretched a little where that fits clearly better than a shift alone.

        Paper bends, rubber gives and glass slants: a single affine map of the whole seal leaves a character a few
        degrees or hundredths off. Another character does not become the same by that.
        """
        best = self.fitted()
        most = _likeness(best)
        for turn, wider, taller in REFITS:
            seen, free = (_turned(plane, turn, wider, taller) for plane in (self.seen, self.free))
            cut = self._shifted(seen, free)
            likeness = _likeness(cut)
            if likeness > most + CLEARLY_BETTER:
                best, most = cut, likeness
        return best

    def _shifted(self, seen: Plane, free: Plane) -> TileCut:
        y, x = _best_shift(self.own, seen, free)
        rows, columns = self.own.shape
        both_free = as_plane(free[y : y + rows, x : x + columns] * self.own_free)
        return TileCut(self.own, seen[y : y + rows, x : x + columns], both_free, float(self.own_free.mean()))


def tile_places(
    specimen_ink: Plane, specimen_printed: Mask, layout: ArcLayout, seal: SealPicture, matrix: Plane
) -> tuple[TilePlace, ...]:
    """Return one place a character, clockwise; `specimen_ink` must be as soft as the seal."""
    per_turn = arc_length(seal.aspect)
    start = layout.boxes[0][0]
    length = layout.boxes[-1][1] - start
    columns = max(round(length * per_turn), 16)
    turns = (start + length * (np.arange(columns) + 0.5) / columns).astype(np.float32)
    depths = depths_of(layout.band, STRIP_ROWS)
    own = unwrap(specimen_ink, seal.aspect, turns, depths)
    seen = unwrap(seal.ink, seal.aspect, turns, depths, matrix)
    free = 1.0 - unwrap(seal.printed.astype(np.float32), seal.aspect, turns, depths, matrix)
    own_free = 1.0 - unwrap(specimen_printed.astype(np.float32), seal.aspect, turns, depths)
    places = []
    for first, last in layout.boxes:
        extra = OVERLAP * (last - first)
        x0 = max(int((first - extra - start) / length * columns), 0)
        x1 = min(int(np.ceil((last + extra - start) / length * columns)), columns)
        places.append(TilePlace(own[:, x0:x1], own_free[:, x0:x1], _padded(seen, x0, x1), _padded(free, x0, x1)))
    return tuple(places)


def score_tiles(cuts: tuple[TileCut, ...]) -> tuple[TileScore, ...]:
    """Return one score a character, from its template alone."""
    return tuple(_score(cut) for cut in cuts)


def _likeness(cut: TileCut) -> float:
    return masked_correlation(cut.own, cut.seen, (cut.free > 0.9).astype(np.float32))


def _turned(plane: Plane, degrees: float, wider: float, taller: float) -> Plane:
    """Return a tile turned and stretched about its middle."""
    rows, columns = plane.shape
    centre = (columns - 1) / 2, (rows - 1) / 2
    turn = cv2.getRotationMatrix2D(centre, degrees, 1.0)
    stretch = np.array([[wider, 0, centre[0] * (1 - wider)], [0, taller, centre[1] * (1 - taller)], [0, 0, 1]])
    return as_plane(cv2.warpAffine(plane, turn @ stretch, (columns, rows), borderMode=cv2.BORDER_REPLICATE))


def _padded(strip: Plane, x0: int, x1: int) -> Plane:
    """Return columns x0 to x1 with `REACH` more on every side."""
    padded = cv2.copyMakeBorder(strip, REACH, REACH, REACH, REACH, cv2.BORDER_REPLICATE)
    return padded[:, x0 : x1 + 2 * REACH].astype(np.float32, copy=False)


def _score(cut: TileCut) -> TileScore:
    own, seen, free = cut.own, cut.seen, cut.free
    weight = (free > 0.9).astype(np.float32)
    strokes = float(own.sum())
    share = cut.known * float((own * weight).sum()) / strokes if strokes > 0 else 0.0
    slope, rest = _residual(own, seen, weight)
    full = max(float(np.percentile(own, 97)) * slope, 0.05)
    return TileScore(
        likeness=masked_correlation(own, seen, weight),
        missing=float(-rest.min(initial=0.0)) / full,
        added=float(rest.max(initial=0.0)) / full,
        free=share,
        inked=slope,
    )


def _residual(own: Plane, seen: Plane, weight: Plane) -> tuple[float, Plane]:
    """Return the slope of seen over own ink, and what is left of it, smoothed, in the tile's free places."""
    total = max(float(weight.sum()), 1.0)
    mean_own, mean_seen = float((own * weight).sum()) / total, float((seen * weight).sum()) / total
    spread = float((((own - mean_own) ** 2) * weight).sum())
    slope = float(((own - mean_own) * (seen - mean_seen) * weight).sum()) / max(spread, 1e-6)
    slope = max(slope, 0.05)
    rest = (seen - mean_seen - slope * (own - mean_own)) * weight
    smooth = cv2.GaussianBlur(rest, (0, 0), STROKE_SIGMA)
    known = cv2.GaussianBlur(weight, (0, 0), STROKE_SIGMA)
    return slope, np.where(known > 0.5, smooth / np.maximum(known, 0.5), 0.0).astype(np.float32)


def _best_shift(own: Plane, seen: Plane, free: Plane) -> tuple[int, int]:
    """Return (rows, columns) by which `seen` correlates best with `own`."""
    known = seen * free
    shared = cv2.matchTemplate(known, own - own.mean(), cv2.TM_CCORR)
    sums, squares = cv2.integral2(known, sdepth=cv2.CV_64F)
    power = _window_means(squares, own.shape) - _window_means(sums, own.shape) ** 2
    answer = shared / np.sqrt(np.maximum(power, 1e-6))
    y, x = np.unravel_index(int(answer.argmax()), answer.shape)
    return int(y), int(x)


def _window_means(integral: MatLike, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the mean of every window of a shape, from the integral of a plane."""
    rows, columns = shape
    corners = np.asarray(integral, np.float64)
    total = corners[rows:, columns:] - corners[:-rows, columns:] - corners[rows:, :-columns]
    means: NDArray[np.float64] = (total + corners[:-rows, :-columns]) / (rows * columns)
    return means
