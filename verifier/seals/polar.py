"""Whether a ring is a seal's rim: coverage, text band, clear core, and the five-fold star or its absence."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from verifier.seals.planes import Mask, Plane
from verifier.seals.rings import Ring, full_turn, sample

ANGLES = 240
SCALES = np.linspace(0.06, 1.16, 67, dtype=np.float32)
"""Sampled radii, as shares of the rim's mid-line."""
FULL_INK_PERCENTILE = 80
"""Full ink is what most of the rim shows: a percentile of the rim's own strength over the angles."""
INKED_SHARE = 0.45
"""A sample is inked from this share of the rim's own full ink."""
OUTSTANDING_SHARE = 0.25
"""A rim has this share of its full ink more than the gaps on both of its sides."""
COVER_FLOOR, COVER_FULL = 0.40, 0.85
"""Rim coverage that begins to count, and that counts fully: faint and overlapped rims keep 0.55 and more."""
THIN_STROKE_SHARE = 0.2
"""Hair strokes at 150 dpi keep this share of the rim's full ink."""
TEXT_DENSITY = (0.02, 0.65)
"""Share of inked samples in the text band: faint short names to bold long ones; solid discs lie above."""
TEXT_SPREAD = 0.12
"""A name, even worn to fragments, inks at least this share of the turn."""
FEWEST_STROKES = 9
"""A circle through a name crosses this many strokes (worn ones 12 and more); rings and ovals of logos 4."""
BAND_OVER_CORE = 1.8
"""Without colour and star, arc text must be this much denser than the middle: print through a ring gave 1.2 to 1.6."""
STAR_FLOOR = 0.22
"""Five-fold share of the variation around the middle from which a star is believed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the polar picture of a candidate shows; all in [0, 1]."""

    cover: float
    """Share of the rim's angles on the page that are inked, with less ink on both sides."""
    text_density: float
    text_spread: float
    """Share of angles whose text band holds ink."""
    core_density: float
    outside_density: float
    star: float
    """How five-fold the middle is."""
    strokes: int
    """Most separate strokes that one circle through the text band crosses."""
    seen: float
    """Share of the rim that lies on the page."""

    @property
    def has_star(self) -> bool:
        """Whether the middle holds a five-pointed star."""
        return self.star >= STAR_FLOOR


def gather_evidence(plane: Plane, ring: Ring) -> Evidence:
    """Return what `plane` shows around `ring`."""
    polar = sample(plane, ring, SCALES, full_turn(ANGLES))
    on_page = polar[_rows(0.98, 1.02)].max(axis=0) >= 0
    polar = np.maximum(polar, 0.0)
    rim = polar[_rows(0.95, 1.05)].max(axis=0)
    full = float(np.percentile(rim[on_page], FULL_INK_PERCENTILE)) if on_page.any() else 0.0
    if full <= 0:
        return Evidence(0, 0, 0, 0, 0, 0, 0, float(on_page.mean()))
    inked = polar > INKED_SHARE * full
    text = polar[_rows(0.60, 0.90)] > THIN_STROKE_SHARE * full
    return Evidence(
        cover=_cover(polar, rim, full, on_page),
        text_density=float(text[:, on_page].mean()),
        text_spread=float(cv2.blur((text.mean(axis=0) > 0.10).astype(np.float32)[None], (9, 1)).mean()),
        core_density=float(inked[_rows(0.42, 0.54)].mean()),
        outside_density=float(inked[_rows(1.09, 1.16)][:, on_page].mean()),
        star=_five_fold(polar),
        strokes=_strokes(text),
        seen=float(on_page.mean()),
    )


def seal_score(evidence: Evidence, *, coloured: bool) -> float:
    """Return how surely a ring is a seal, 0 to 1; without colour print may stand anywhere, so more is asked.

    No star is required: foreign-invested makers may have none.
    """
    cover = float(np.clip((evidence.cover - COVER_FLOOR) / (COVER_FULL - COVER_FLOOR), 0, 1))
    low, high = TEXT_DENSITY
    if not low <= evidence.text_density <= high or evidence.text_spread < TEXT_SPREAD:
        return 0.0
    if evidence.strokes < FEWEST_STROKES * evidence.seen:
        return 0.0
    whole = float(np.clip(evidence.seen / 0.5, 0, 1))
    score = cover * whole * (1.0 if evidence.core_density < 0.45 else 0.6)
    if not coloured:
        score *= 1.0 if evidence.has_star or evidence.cover > 0.9 else 0.75
        if not evidence.has_star and evidence.text_density < BAND_OVER_CORE * evidence.core_density:
            score *= 0.6  # lines of print run through a ring
    return float(np.clip(score + (0.1 if evidence.has_star and cover > 0 else 0.0), 0, 1))


def _rows(low: float, high: float) -> slice:
    first, last = (int(v) for v in np.searchsorted(SCALES, [low, high]))
    return slice(first, max(last, first + 1))


def _cover(polar: Plane, rim: Plane, full: float, on_page: Mask) -> float:
    """Return the share of the rim's angles on the page that are inked and stand out from both sides."""
    inside = polar[_rows(0.91, 0.97)].min(axis=0)
    outside = polar[_rows(1.03, 1.10)].min(axis=0)
    stands_out = (rim > INKED_SHARE * full) & (rim - np.maximum(inside, outside) > OUTSTANDING_SHARE * full)
    return float(stands_out[on_page].mean())


def _strokes(text: Mask) -> int:
    """Return the largest number of inked runs of any radius in the text band."""
    begins = text & ~np.roll(text, 1, axis=1)
    return int(begins.sum(axis=1).max(initial=0))


def _five_fold(polar: Plane) -> float:
    """Return the share of the angular variation between hub and star tips that repeats five times a turn."""
    profile = polar[_rows(0.16, 0.36)].mean(axis=0)
    spectrum = np.abs(np.fft.rfft(profile - profile.mean())) ** 2
    total = float(spectrum[1:25].sum())
    return float(spectrum[5] + spectrum[10]) / total if total > 1e-6 else 0.0
