"""Finds the seals of a page: proposals from redness, then from darkness, each judged by its polar picture.

A red headline, a logo or a rule proposes circles too; it has no rim with a text band inside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from verifier.page import Colour, Pixels
from verifier.seals.planes import Plane, as_plane, darkness, redness
from verifier.seals.polar import Evidence, gather_evidence, seal_score
from verifier.seals.ringbank import BANK_DPI, propose_rings
from verifier.seals.rings import Ring, trace_ring

JUDGE_DPI = 150.0
DIAMETERS_MM = (26.0, 60.0)
"""Outer diameters looked for: official seals have 38 to 58; a 28-mm forgery must be seen to be refused."""
DARK_DIAMETERS_MM = (34.0, 60.0)
"""Without colour, print draws many small circles; seals under 34 mm are then not told apart."""
UNKNOWN_SCALE = (0.75, 1.35)
"""Where the resolution is a guess from the paper's shape, sizes are off by up to this."""
RED_LEVEL, DARK_LEVEL = 14.0, 25.0
"""Grey levels of redness or darkness under which a page has nothing to propose (paper grain is 3 to 8)."""
SURE_SCORE = {True: 0.35, False: 0.75}
"""Accepted scores with and without colour, keyed by `coloured` (0 false on pages without seals)."""
WHOLE_OVAL, OVAL_TURNS = 0.97, (-0.3, -0.15, 0.15, 0.3)
"""Score of an oval below which its rim may be followed wrongly, and by how much it is turned then, in radians: one at
16° scored 0.89 with a centre 2 mm off, 1.0 from any of these."""
CLEAR_SCORE = 0.8
"""A seal this sure silences further proposals around its centre, an oval only from `WHOLE_OVAL`: one whose two rims
were followed as one scored 0.91, 3 mm too small, and 1.0 from the next proposal but one."""
BLOB_INK = 0.2
"""Share of full ink that joins a red blob."""
SAME_SEAL_SHARE = 0.5
"""Two rings with centres nearer than this share of the radius are one seal."""

ECHO_REACH, ECHO_SHARE = 0.9, 0.7
"""Echoes of 28-mm ovals within found seals scored 0.35 to 0.54 of 1; overlapping seals lie further apart."""


@dataclass(frozen=True, slots=True)
class Found:
    """A seal's rim on the page as it was captured, in pixels of the page image."""

    ring: Ring
    score: float
    coloured: bool
    """True where it was seen by its redness."""
    evidence: Evidence | None = None
    shape: str = "round"


@dataclass(frozen=True, slots=True)
class _View:
    """One ink plane of a page at two resolutions."""

    judge: Plane
    propose: Plane
    coloured: bool
    scale_known: bool


@dataclass(frozen=True, slots=True, eq=False)
class Reduced:
    """A page as coarse as seals are looked for on it; `shrink` is captured pixels per pixel, at least 1."""

    pixels: Pixels
    dpi: float
    shrink: float


def reduced(pixels: Pixels, dpi: float) -> Reduced:
    """Return a page at no more than `JUDGE_DPI`: averaging all of its pixels costs as much as the search."""
    factor = min(JUDGE_DPI / dpi, 1.0)
    return Reduced(_resized(pixels, factor), dpi * factor, 1 / factor)


def find_rims(pixels: Pixels, dpi: float, colour: Colour, *, scale_known: bool = True) -> tuple[Found, ...]:
    """Return the round and oval seals of a page, surest first; rings are in pixels of `pixels`."""
    return rims_of(reduced(pixels, dpi), colour, scale_known=scale_known)


def rims_of(page: Reduced, colour: Colour, *, scale_known: bool = True) -> tuple[Found, ...]:
    """Return the round and oval seals of a reduced page, surest first; rings are in pixels of the capture."""
    found: list[Found] = []
    if colour is Colour.COLOUR:
        found = _search(_view(redness(page.pixels), page.dpi, True, scale_known), page.dpi)
    if not found:
        found = _search(_view(darkness(page.pixels), page.dpi, False, scale_known), page.dpi)
    return tuple(_scaled(seal, page.shrink) for seal in _distinct(found))


def _resized(pixels: Pixels, factor: float) -> Pixels:
    if factor >= 1:
        return pixels
    size = (max(round(pixels.shape[1] * factor), 1), max(round(pixels.shape[0] * factor), 1))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)


def _view(plane: Plane, dpi: float, coloured: bool, scale_known: bool) -> _View:
    factor = BANK_DPI / dpi
    size = (max(round(plane.shape[1] * factor), 1), max(round(plane.shape[0] * factor), 1))
    small = as_plane(cv2.resize(plane, size, interpolation=cv2.INTER_AREA))
    return _View(plane, small, coloured, scale_known)


def _search(view: _View, dpi: float) -> list[Found]:
    """Return the accepted seals of one ink plane, in pixels of its judging resolution."""
    found: list[Found] = []
    for proposal in _proposals(view):
        ring = proposal.scaled(dpi / BANK_DPI)
        if any(_is_clear(seal) and not _apart(ring, seal.ring) for seal in found):
            continue
        seal = _judged(view, ring, dpi)
        if seal is not None:
            found.append(seal)
    return found


def _is_clear(seal: Found) -> bool:
    """Return whether a seal's rim is so surely followed that no other proposal can follow it better."""
    return seal.score >= (WHOLE_OVAL if seal.shape == "oval" else CLEAR_SCORE)


def _judged(view: _View, ring: Ring, dpi: float) -> Found | None:
    """Return the seal that a proposed ring turns out to be, None where it is none.

    Ovals are proposed level: one that is not wholly followed is tried slanted, from either side.
    """
    found = _followed(view, ring, dpi)
    if found is None or found.shape != "oval" or found.score >= WHOLE_OVAL:
        return found
    slanted = (_followed(view, replace(ring, tilt=found.ring.tilt + turn), dpi) for turn in OVAL_TURNS)
    return max([found, *(one for one in slanted if one)], key=lambda one: one.score)


def _followed(view: _View, ring: Ring, dpi: float) -> Found | None:
    """Return the seal whose rim is followed from a proposed ring, None where it is none."""
    traced = trace_ring(view.judge, ring)
    if not _plausible(traced, view, dpi):
        return None
    evidence = gather_evidence(view.judge, traced)
    score = seal_score(evidence, coloured=view.coloured)
    if score < SURE_SCORE[view.coloured]:
        return None
    return Found(traced, score, view.coloured, evidence, "oval" if traced.is_oval else "round")


def _diameters(view: _View) -> tuple[float, float]:
    """Return the smallest and largest outer diameter looked for, in mm by the page's own scale."""
    low, high = DIAMETERS_MM if view.coloured else DARK_DIAMETERS_MM
    return (low, high) if view.scale_known else (low * UNKNOWN_SCALE[0], high * UNKNOWN_SCALE[1])


def _plausible(ring: Ring, view: _View, dpi: float) -> bool:
    low, high = (mm / 2 * dpi / 25.4 for mm in _diameters(view))
    return low * 0.9 <= ring.major <= high * 1.05 and min(ring.rx, ring.ry) >= 0.5 * ring.major


def _proposals(view: _View) -> list[Ring]:
    """Return candidate rings at `BANK_DPI`: answers of the ring bank, and hulls of red blobs."""
    level = RED_LEVEL if view.coloured else DARK_LEVEL
    top = float(np.percentile(view.propose, 99.5)) if view.propose.size else 0.0
    full = max(top, 2 * level)
    if float(view.propose.max(initial=0.0)) < level:
        return []
    ink = np.clip(view.propose / full, 0, 1)
    low, high = _diameters(view)
    rings = propose_rings(ink, low, high)
    return rings + _hulls(ink, low, high) if view.coloured else rings


def _hulls(ink: Plane, low_mm: float, high_mm: float) -> list[Ring]:
    """Return the ellipses whose hulls red blobs fill: ovals at any tilt and of any proportion."""
    low, high = (mm / 2 * BANK_DPI / 25.4 for mm in (low_mm, high_mm))
    blobs = cv2.morphologyEx((ink > BLOB_INK).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(blobs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    rings = []
    for contour in contours:
        hull = cv2.convexHull(contour)
        if len(hull) < 6 or cv2.contourArea(hull) < 0.4 * np.pi * low * low:
            continue
        (cx, cy), (a, b), angle = cv2.fitEllipse(hull)
        filled = cv2.contourArea(hull) / max(np.pi * a * b / 4, 1.0)
        if 0.88 < filled < 1.12 and low * 0.5 < min(a, b) / 2 and max(a, b) / 2 < high * 1.1:
            rings.append(Ring(cx, cy, a / 2 * 0.97, b / 2 * 0.97, float(np.radians(angle))).normalised())
    return rings


def _distinct(found: list[Found]) -> list[Found]:
    """Return the surest ring of each seal."""
    kept: list[Found] = []
    for seal in sorted(found, key=lambda s: -s.score * s.ring.major**0.25):
        if all(_apart(seal.ring, other.ring) and not _is_echo(seal, other) for other in kept):
            kept.append(seal)
    return sorted(kept, key=lambda s: -s.score)


def _is_echo(seal: Found, surer: Found) -> bool:
    """Return whether a much less sure ring has its centre inside a surer one: arcs of its text and star, not a seal."""
    distance = float(np.hypot(seal.ring.cx - surer.ring.cx, seal.ring.cy - surer.ring.cy))
    return distance < ECHO_REACH * surer.ring.major and seal.score < ECHO_SHARE * surer.score


def _apart(one: Ring, other: Ring) -> bool:
    distance = float(np.hypot(one.cx - other.cx, one.cy - other.cy))
    return distance > SAME_SEAL_SHARE * max(one.major, other.major)


def _scaled(seal: Found, factor: float) -> Found:
    return Found(seal.ring.scaled(factor), seal.score, seal.coloured, seal.evidence, seal.shape)
