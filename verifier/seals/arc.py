"""The arc text's place: unwrapping the text band into a strip, where the text starts, and how it divides.

Positions along the arc are turns in [0, 1), clockwise from three o'clock of the normalised picture, measured
by length along the middle of the text band, so that round and oval seals unwrap alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.seals.normalise import RADIUS, SIDE, SealPicture
from verifier.seals.planes import Plane, as_plane

BAND = (0.035, 0.42)
"""The unwrapped band: shares of the radius inward from the rim's mid-line; text is 4.5 to 7 mm of 20 high."""
MIDDLE = 0.2
"""The middle of the text, the same way."""
GAP_BAND = (0.16, 0.34)
"""Where a gap of the text is looked for: code digits stand nearer to the rim, 专用章 lines further in."""
DENSE = 2048
"""Samples of the ellipse from which lengths are measured."""
INKED = 0.25
"""Share of the band's strongest profile that counts as text."""
RIM_ROWS, RIM_GAP = 8, 2
"""Rows of 78: an inner rim is up to 0.8 mm of 20 wide, and more than 0.2 mm from the text."""
SMALLEST_GAP = 0.012
"""Gaps shorter than this share of the turn stand within or between characters."""
PROFILE, DEPTHS_SEEN = 720, 16
"""Samples of the turn in which gaps are looked for, and of the depths at each."""
STROKES = 2
"""Of `DEPTHS_SEEN` depths so many hold the one stroke of 一, of which their mean shows next to nothing."""
STROKED = 0.3
"""Share of the band's usual darkest that counts as a stroke of it: between characters there is less than 0.1. Of 200
generated seals whose names begin with 一, 二 or 三 92 had lost half of a character and more, 18 do so."""
FLAT, FLAT_APART = 0.0125, 0.045
"""A flat character is at least so much of the turn wide, and stands at most so far from the next: the edge of any other
one lies within 0.005 of where the text was found to end (97 of 100), and between characters there is up to 0.047."""
WIDE_GAPS, LEAST_WIDE = 4, 0.025
"""At most so many gaps, each of at least so much of the turn, may end a text: beside it stand a code, a second name."""


@dataclass(frozen=True, slots=True)
class ArcSpan:
    """Where arc text stands: from `start`, clockwise over `length` turns; `gap` is the free part."""

    start: float
    length: float

    @property
    def gap(self) -> float:
        """Turns without text."""
        return 1.0 - self.length


def unwrap(
    plane: Plane,
    aspect: float,
    turns: NDArray[np.float32],
    depths: NDArray[np.float32],
    matrix: Plane | None = None,
) -> Plane:
    """Return the plane along the arc, shape (depths, turns): rim side on top, clockwise to the right.

    `matrix`, 2×3, leads from these coordinates to those of `plane` where the two are turned to each other.
    """
    x, y = arc_points(aspect, turns, depths)
    if matrix is not None:
        x, y = (
            (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]).astype(np.float32),
            (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]).astype(np.float32),
        )
    return as_plane(cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def arc_points(
    aspect: float, turns: NDArray[np.float32], depths: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return x and y in the normalised picture, shape (depths, turns)."""
    angles = ellipse_angles(aspect, turns)
    middle = (SIDE - 1) / 2
    along = RADIUS * (1.0 - depths)[:, None]
    across = RADIUS * (aspect - depths)[:, None]
    x = middle + along * np.cos(angles)[None]
    y = middle + across * np.sin(angles)[None]
    return x.astype(np.float32), y.astype(np.float32)


def arc_length(aspect: float) -> float:
    """Return the length of the middle of the text band, normalised pixels."""
    return float(_lengths(aspect)[-1])


def _lengths(aspect: float) -> NDArray[np.float64]:
    angles = np.linspace(0, 2 * np.pi, DENSE + 1)
    speed = np.hypot((1 - MIDDLE) * np.sin(angles), (aspect - MIDDLE) * np.cos(angles)) * RADIUS
    steps = (speed[1:] + speed[:-1]) / 2 * (2 * np.pi / DENSE)
    lengths: NDArray[np.float64] = np.concatenate([[0.0], np.cumsum(steps)])
    return lengths


def ellipse_angles(aspect: float, turns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the ellipse's parameter, radians, at each position along the arc."""
    if aspect == 1.0:
        return as_plane(turns * 2 * np.pi)
    lengths = _lengths(aspect)
    whole = np.floor(turns)
    inside = np.interp((turns - whole) * lengths[-1], lengths, np.linspace(0, 2 * np.pi, DENSE + 1))
    return as_plane(inside + whole * 2 * np.pi)


def depths_of(band: tuple[float, float], rows: int) -> NDArray[np.float32]:
    """Return `rows` depths across a band, rim side first."""
    return as_plane(np.linspace(band[0], band[1], rows))


def upright_turn(span: ArcSpan) -> float:
    """Return how far the seal is turned, radians clockwise: the middle of the arc text stands on top."""
    return float(((span.start + span.length / 2 - 0.75) * 2 * np.pi) % (2 * np.pi))


def text_span(picture: SealPicture) -> ArcSpan:
    """Return where the arc text stands: everything but the widest gap, printed places counted as unknown."""
    inked = _inked_turns(picture)
    if inked is None:
        return ArcSpan(0.25, 1.0)
    gaps = _gaps(inked)
    start, gap = max(gaps, key=lambda one: one[1], default=(0.25, 0.0))
    if gap < SMALLEST_GAP:
        return ArcSpan(start, 1.0)
    span = ArcSpan(start, 1.0 - gap)
    return _with_flat_ends(span, _stroked_turns(picture)) if picture.has_colour else span


def _with_flat_ends(span: ArcSpan, stroked: NDArray[np.bool_]) -> ArcSpan:
    """Return a text with what stands at its ends of characters like 一 and 三, whose few strokes run along the arc."""
    count = len(stroked)
    first, free = round(span.start * count), round(span.gap * count)
    before = _flat(stroked[(first - 1 - np.arange(free)) % count])
    after = _flat(stroked[(first + count - free + np.arange(free)) % count])
    if before + after >= free:
        return span
    return ArcSpan((first - before) % count / count, span.length + (before + after) / count)


def _flat(outward: NDArray[np.bool_]) -> int:
    """Return how many samples of a gap, from one end of a text on, flat characters take up."""
    edges = np.flatnonzero(np.diff(outward.astype(np.int8), prepend=0, append=0))
    reach = 0
    for begin, end in edges.reshape(-1, 2).tolist():
        if end - begin < FLAT * PROFILE or begin - reach > FLAT_APART * PROFILE:
            break
        reach = end
    return reach


def _stroked_turns(picture: SealPicture) -> NDArray[np.bool_]:
    """Return where along the turn there is as much as one stroke, `PROFILE` samples."""
    turns = np.linspace(0, 1, PROFILE, endpoint=False, dtype=np.float32)
    ink = unwrap(picture.free_ink, picture.aspect, turns, depths_of(GAP_BAND, DEPTHS_SEEN))
    darkest = as_plane(np.sort(ink, axis=0)[-STROKES:].mean(axis=0))
    smooth = cv2.blur(darkest[None], (5, 1), borderType=cv2.BORDER_WRAP)[0]
    stroked: NDArray[np.bool_] = smooth > STROKED * float(np.percentile(smooth, 90))
    return stroked


def other_spans(picture: SealPicture) -> tuple[ArcSpan, ...]:
    """Return where else arc text may stand, between any two of the `WIDE_GAPS` widest gaps: a code or a name in Latin
    letters may stand on the same arc.

    No gap within a text is wider than those that end it: before a bracket there may be one, at its foot there is.
    """
    inked = _inked_turns(picture)
    if inked is None:
        return ()
    gaps = sorted(_gaps(inked), key=lambda one: -one[1])[:WIDE_GAPS]
    wide = [(start, gap) for start, gap in gaps if gap >= LEAST_WIDE]
    return tuple(
        span
        for before in wide
        for after in wide
        if (span := _between(before, after)).length > 0 and _widest_within(span, wide) <= min(before[1], after[1])
    )


def _between(before: tuple[float, float], after: tuple[float, float]) -> ArcSpan:
    """Return what stands from the end of one gap to the beginning of another."""
    start, gap = before[0], after[1]
    return ArcSpan(start, (after[0] - gap - start) % 1.0)


def _widest_within(span: ArcSpan, gaps: list[tuple[float, float]]) -> float:
    """Return the widest of `gaps` within a span, 0 where there is none."""
    return max((gap for start, gap in gaps if 0 < (start - span.start) % 1.0 < span.length), default=0.0)


def _inked_turns(picture: SealPicture) -> NDArray[np.bool_] | None:
    """Return where along the turn text stands, `PROFILE` samples; None where nothing stands out."""
    turns = np.linspace(0, 1, PROFILE, endpoint=False, dtype=np.float32)
    depths = depths_of(GAP_BAND, DEPTHS_SEEN)
    ink = unwrap(picture.ink, picture.aspect, turns, depths)
    free = 1.0 - unwrap(picture.printed.astype(np.float32), picture.aspect, turns, depths)
    known = free.mean(axis=0)
    profile = (ink * free).sum(axis=0) / np.maximum(free.sum(axis=0), 1.0)
    profile = np.where(known > 0.3, profile, np.median(profile))
    smooth = cv2.blur(profile.astype(np.float32)[None], (5, 1), borderType=cv2.BORDER_WRAP)[0]
    low, high = np.percentile(smooth, [8, 92])
    if high - low < 0.02:
        return None
    inked: NDArray[np.bool_] = smooth > low + INKED * (high - low)
    return inked if inked.any() else None


def _gaps(inked: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Return the circular runs without ink: where the text after each starts, and how long it is, in turns."""
    count = len(inked)
    on = np.flatnonzero(inked)
    runs = np.diff(np.concatenate([on, [on[0] + count]])) - 1
    return [(float(on[(i + 1) % len(on)]) / count, float(run) / count) for i, run in enumerate(runs) if run]


def text_band(picture: SealPicture, span: ArcSpan) -> tuple[float, float]:
    """Return the depths between which the arc text stands, a little margin included."""
    turns = (span.start + np.linspace(0, span.length, 360)).astype(np.float32)
    depths = depths_of(BAND, 78)
    ink = unwrap(picture.free_ink, picture.aspect, turns, depths)
    profile = ink.mean(axis=1)
    full = float(np.percentile(profile[6:], 90))
    body = _beyond_rims(np.flatnonzero(profile[6:60] > 0.28 * full) + 6)
    if len(body) < 10:
        return 0.05, 0.36
    inner = _first_quiet(profile, int(body[0]), 0.22 * full)
    step = (BAND[1] - BAND[0]) / 77
    margin = 0.022
    return max(BAND[0] + step * float(body[0]) - margin, 0.03), min(BAND[0] + step * inner + margin, BAND[1])


def _beyond_rims(inked: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the inked rows of a band from the text on: a second, thinner rim may run between the rim and the text."""
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > RIM_GAP) + 1)
    while len(runs) > 1 and len(runs[0]) <= RIM_ROWS:
        runs = runs[1:]
    return np.concatenate(runs)


def _first_quiet(profile: Plane, start: int, level: float) -> int:
    """Return the first row at least 18 rows below `start` where the text's ink ends."""
    quiet = np.flatnonzero(profile[start + 18 :] < level)
    return start + 18 + int(quiet[0]) if len(quiet) else len(profile) - 1
