"""How a specimen's arc divides into characters: equal pitch, borders drawn to the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.seals.arc import ArcSpan, arc_length, depths_of, other_spans, text_band, text_span, unwrap
from verifier.seals.normalise import RADIUS, SealPicture
from verifier.seals.planes import Plane, as_plane

STRIP_ROWS = 64
"""Rows of the comparison strip, across the text band."""
PITCHES = (0.10, 0.55)
"""Plausible widths of a character with its gap, as shares of the radius: 2 to 11 mm of 20."""
FEWEST, MOST = 2, 40
FITTING, MISFIT, UNFIT = 0.18, 0.30, 0.55
"""Ink at equal borders from which characters do not stand so: 198 of 202 registered impressions of four generators have
0.01 to 0.28, and 0.35 to 0.68 where a code or a Latin name was taken for text; above the last no box is believed.
Between other gaps they stand only where they fit to the first: three such impressions have 0.01 to 0.09 there."""
SAMPLES = 600
"""Places at which the ink of a span is measured."""
NARROWER, WIDER, PITCHES_TRIED = 0.3, 0.75, 32
"""A span is up to this much of a pitch longer than its characters' pitches, or that much shorter."""
SHIFTS = np.linspace(-0.6, 0.6, 33)
"""How far the characters may stand off the middle of the ink, in pitches."""
BORDER = np.array([-0.03, 0.0, 0.03])
"""A border's width, in pitches."""
OUTSIDE = 0.6
"""Weight of a character's ink outside the borders against a border in full ink."""
BORDER_REACH = 0.22
"""A border moves to the quietest column within this share of the pitch."""


@dataclass(frozen=True, slots=True)
class ArcLayout:
    """Characters of one specimen's arc, clockwise: band depths, and where each starts and ends in turns."""

    span: ArcSpan
    band: tuple[float, float]
    boxes: tuple[tuple[float, float], ...]
    misfit: float = 0.0
    """How badly equal borders fit the arc's ink (`MISFIT`); 0 where a registrar confirmed the boxes, and on ovals,
    whose characters may stand at equal angles or at equal lengths."""

    @property
    def is_trusted(self) -> bool:
        """Whether the boxes hold the characters, so that what is seen in them tells whose seal it is."""
        return self.misfit <= UNFIT

    @property
    def count(self) -> int:
        """How many characters the arc has."""
        return len(self.boxes)


def between(borders: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
    """Return the boxes of characters that follow one another without a gap, by their count + 1 borders."""
    return tuple(pairwise(borders))


def divide_arc(picture: SealPicture, expected: int) -> ArcLayout:
    """Return the layout of a specimen's arc; `expected` is how many characters its maker's name has.

    Where that many cannot stand there the number is taken from the gaps instead.
    """
    span, misfit = _span_for(picture, expected)
    band = text_band(picture, span)
    profile = _profile(picture, span, band)
    count = expected if _is_plausible(expected, span, picture.aspect) else 0
    if not count:
        count = _count_by_gaps(profile, span, picture.aspect)
    borders = _borders(profile, count)
    turns = tuple(float(span.start + span.length * b / len(profile)) for b in borders)
    return ArcLayout(span, band, between(turns), misfit if picture.aspect == 1.0 and np.isfinite(misfit) else 0.0)


def ink_between(picture: SealPicture, count: int) -> float:
    """Return how much ink stands where an arc of `count` characters would have its gaps, 1 being as much as anywhere.

    Infinite where that many characters cannot stand there.
    """
    span, _ = _span_for(picture, count)
    if not _is_plausible(count, span, picture.aspect):
        return float("inf")
    profile = _profile(picture, span, text_band(picture, span))
    inner = _borders(profile, count)[1:-1]
    return float(profile[inner].mean() / max(float(profile.mean()), 1e-6)) if len(inner) else 0.0


def _span_for(picture: SealPicture, count: int) -> tuple[ArcSpan, float]:
    """Return where `count` characters stand and how badly: all but the widest gap, or between others that fit better.

    A registration code or a name in Latin letters may stand on the same arc.
    """
    main = text_span(picture)
    misfit = _misfit(picture, main, count)
    if misfit <= MISFIT:
        return main, misfit
    others = [(span, _misfit(picture, span, count)) for span in other_spans(picture)]
    best = min(others, key=lambda one: one[1], default=(main, misfit))
    return best if best[1] <= FITTING else (main, misfit)


def _misfit(picture: SealPicture, span: ArcSpan, count: int) -> float:
    """Return how much ink equal borders of `count` characters meet at best, and leave outside, as a share of the usual.

    Infinite where that many characters cannot stand there.
    """
    if not _is_plausible(count, span, picture.aspect):
        return float("inf")
    turns = (span.start + np.linspace(-1, 2, 3 * SAMPLES, endpoint=False) * span.length).astype(np.float32)
    ink = unwrap(picture.free_ink, picture.aspect, turns, depths_of(text_band(picture, span), STRIP_ROWS))
    profile = ink[4:-4].mean(axis=0)
    usual = max(float(profile[SAMPLES : 2 * SAMPLES].mean()), 1e-6)
    held = np.concatenate([[0.0], np.cumsum(profile, dtype=np.float64)])
    least = float("inf")
    for pitch in SAMPLES / np.linspace(count - WIDER, count + NARROWER, PITCHES_TRIED):
        firsts = SAMPLES + (SAMPLES - count * pitch) / 2 + pitch * SHIFTS
        borders = firsts[:, None] + pitch * np.arange(count + 1)
        met = profile[(borders[..., None] + pitch * BORDER).astype(np.intp)].mean(axis=(1, 2))
        low, high = (np.clip(ends, SAMPLES, 2 * SAMPLES).astype(np.intp) for ends in (borders[:, 0], borders[:, -1]))
        outside = held[low] - held[SAMPLES] + held[2 * SAMPLES] - held[high]
        least = min(least, float((met + OUTSIDE * outside / pitch).min()) / usual)
    return least


def _profile(picture: SealPicture, span: ArcSpan, band: tuple[float, float]) -> Plane:
    turns = (span.start + np.linspace(0, span.length, 1000, endpoint=False)).astype(np.float32)
    ink = unwrap(picture.free_ink, picture.aspect, turns, depths_of(band, STRIP_ROWS))
    profile = ink[4:-4].mean(axis=0).astype(np.float32)
    return as_plane(cv2.blur(profile[None], (7, 1), borderType=cv2.BORDER_REPLICATE)[0])


def _is_plausible(count: int, span: ArcSpan, aspect: float) -> bool:
    if not FEWEST <= count <= MOST:
        return False
    pitch = span.length * arc_length(aspect) / RADIUS / count
    return PITCHES[0] <= pitch <= PITCHES[1]


def _count_by_gaps(profile: Plane, span: ArcSpan, aspect: float) -> int:
    """Return the number whose equal borders meet the least ink."""
    counts = [n for n in range(FEWEST, MOST) if _is_plausible(n, span, aspect)]
    if not counts:
        return FEWEST
    return min(counts, key=lambda n: float(profile[_borders(profile, n)[1:-1]].mean()) + 0.004 * n)


def _borders(profile: Plane, count: int) -> NDArray[np.intp]:
    """Return count + 1 columns: equal steps, inner ones moved to the quietest column nearby."""
    last = len(profile) - 1
    even = np.linspace(0, last, count + 1)
    reach = max(int(BORDER_REACH * last / count), 1)
    borders = even.astype(np.intp)
    for i in range(1, count):
        low = max(int(even[i]) - reach, 0)
        window = profile[low : int(even[i]) + reach + 1]
        away = np.abs(np.arange(len(window)) + low - even[i]) / reach
        borders[i] = low + int((window + 0.25 * float(profile.mean()) * away).argmin())
    return borders
