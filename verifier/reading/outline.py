"""Finds the outline of one sheet of paper in a photo: by its brightness first, by the edges of paper where a shadow
lies across it.

The edge of paper on a desk is a step of a few per cent or more within a few pixels, over the whole of a side and
however the light falls; shadows are soft, and lines of print have paper on both sides.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels

Corners = NDArray[np.float32]
"""Shape (4, 2): x, y in pixels, clockwise from the top left."""
Grey = NDArray[np.uint8]
"""Shape (height, width)."""
Steps = tuple[NDArray[np.float32], ...]
"""How much brighter each pixel's inner side is than its outer one, as differences of logarithms, shape (height, width)
each: at a top edge, to the right, at the bottom, to the left."""
Line = tuple[float, float]
"""Distance from the origin in pixels, and angle of the normal in radians, as OpenCV has them."""

LOOK_PX = 700
"""Long side of the picture in which the outline is sought: paper edges are coarse things."""
SAMPLE_PX = 440
"""About the long side of the sample of pixels that tells most scans: the sheet's outline is sought in photos only."""
SMALLEST_SHARE, LARGEST_SHARE = 0.30, 0.985
"""A sheet fills between a third and nearly all of a photo; a scan's own border is no outline."""
WIDEST_CORNER_DEGREES = 25.0
"""How far a corner may be from a right angle before the outline is no sheet seen from above."""
SURE_CONTRAST = 9.0
"""Grey levels by which a photo's rim is darker than its paper, in a sample of single pixels."""
LEAST_CONTRAST = 18.0
"""The same in the picture the outline is sought in, from which brightness tells paper from what it lies on."""
STEP = 0.04
"""Least difference of logarithms across an edge of paper: 4 per cent."""
STEP_NEAR, STEP_FAR = 2, 6
"""Pixels on either side of an edge between which brightness is averaged; rules of print are narrower."""
STRONGEST_STEP = 0.25
"""Steps above this count alike: paper on black is no better an edge than paper on wood."""
SIDE = np.linspace(0.03, 0.97, 60)
"""Where along a side steps are looked at: corners may be bent or worn."""
SURE_SIDE, LEAST_SIDE = 0.9, 0.5
"""Shares of every side that must be an edge of paper. Of 95 photos of four generators 86 outlines found by brightness
have 0.98 and more, the 8 that a shadow led astray 0.57 and less; those then found by edges 0.92 and more."""
AT_BORDER_PX = 6
"""A side that lies along the photo's own border is where the sheet was cut off, not one without an edge."""
STEEPEST = math.radians(20)
"""How far a side may be from upright or level."""
SHORTEST_SIDE = 0.25
"""Share of the picture's side over which an edge must show to be a candidate."""
CANDIDATES = 5
"""Lines that may be one side of the sheet, the clearest first."""
APART_PX = 10.0
"""Candidates nearer to each other than this are one line."""
PEAK = np.ones((1, 7), np.uint8)
"""Steps are broad; the edge is where they are highest."""
OFFSETS = np.arange(-6.0, 6.5, 0.5)
"""Distances from a side at which its very place is looked for."""


def find_corners(pixels: Pixels) -> Corners | None:
    """Return the corners of the one bright sheet in a picture, None where there is none."""
    if _is_surely_a_scan(pixels):
        return None
    step = max(1, max(pixels.shape[:2]) // (2 * LOOK_PX))  # every so many pixels do: edges of paper are long
    scale = LOOK_PX / max(pixels.shape[:2])
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    small = cv2.resize(pixels[::step, ::step], size, interpolation=cv2.INTER_AREA)
    grey = cast(Grey, cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    steps = _steps(grey)
    found = _by_brightness(grey, steps)
    if found is None or _seen(found, steps) < SURE_SIDE:
        others = [corners for corners in (found, _by_edges(steps)) if corners is not None]
        found = max(others, key=lambda corners: _seen(corners, steps), default=None)
    return None if found is None or _seen(found, steps) < LEAST_SIDE else found / np.float32(scale)


def _is_surely_a_scan(pixels: Pixels) -> bool:
    """Return whether a rim of a few pixels in a sample of the picture is as bright as its middle."""
    step = max(1, max(pixels.shape[:2]) // SAMPLE_PX)
    grey = cast(Grey, cv2.cvtColor(np.ascontiguousarray(pixels[::step, ::step]), cv2.COLOR_RGB2GRAY))
    return _rim(grey) > _paper(grey) - SURE_CONTRAST


# --- by brightness ---------------------------------------------------------------------------------------------


def _by_brightness(grey: Grey, steps: Steps) -> Corners | None:
    smooth = cast(Grey, cv2.GaussianBlur(grey, (0, 0), 2.0))
    if _rim(smooth) > _paper(smooth) - LEAST_CONTRAST:
        return None
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    length = cv2.arcLength(hull, True)
    for tolerance in (0.01, 0.02, 0.03, 0.05):
        found = cv2.approxPolyDP(hull, tolerance * length, True)
        if len(found) == 4:
            corners = _sharpened(_clockwise(found.reshape(4, 2).astype(np.float32)), steps)
            return corners if _is_sheet(corners, grey.shape) else None
    return None


def _paper(grey: Grey) -> float:
    """Return the level of paper in the light, though a shadow may lie on most of it."""
    return float(np.percentile(grey, 80))


def _rim(grey: Grey) -> float:
    """Return the level that two fifths of a rim of a few pixels exceed."""
    edge = 6
    rim = (grey[:edge], grey[-edge:], grey[:, :edge], grey[:, -edge:])
    return float(np.percentile(np.concatenate([side.ravel() for side in rim]), 60))


def _clockwise(corners: Corners) -> Corners:
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.roll(ordered, -first, axis=0)


# --- by edges --------------------------------------------------------------------------------------------------


def _steps(grey: Grey) -> Steps:
    light = cv2.GaussianBlur(np.log(np.maximum(grey, 8).astype(np.float32)), (0, 0), 1.0)
    kernel = np.zeros((1, 2 * STEP_FAR + 1), np.float32)
    kernel[0, STEP_FAR + STEP_NEAR :], kernel[0, : STEP_FAR - STEP_NEAR + 1] = 1, -1
    kernel /= STEP_FAR - STEP_NEAR + 1
    across, down = (
        cast(NDArray[np.float32], cv2.filter2D(light, -1, k, borderType=cv2.BORDER_REPLICATE))
        for k in (kernel, kernel.T)
    )
    return down, -across, -down, across


def _by_edges(steps: Steps) -> Corners | None:
    """Return the outline of which every side shows the clearest edge."""
    height, width = steps[0].shape
    best, most = None, 0.0
    for lines in itertools.product(*(_lines(steps[side], upright=side % 2 == 1) for side in range(4))):
        corners = _corners(lines)
        if (corners < -AT_BORDER_PX).any() or (corners > np.array([width, height]) + AT_BORDER_PX).any():
            continue
        clear = math.prod(share * strong for share, strong in _sides(corners, steps))
        if clear > most and _is_sheet(corners, (height, width)):
            best, most = corners, clear
    return None if best is None else _sharpened(best, steps)


def _lines(step: NDArray[np.float32], *, upright: bool) -> list[Line]:
    """Return the straight lines, upright or level, along which there are most steps."""
    peaks = (step > STEP) & (step >= cv2.dilate(step, PEAK if upright else PEAK.T))
    middle = 0.0 if upright else math.pi / 2
    length = step.shape[0 if upright else 1]
    found = cv2.HoughLines(
        peaks.astype(np.uint8), 2, math.pi / 360, round(SHORTEST_SIDE * length),
        min_theta=middle - STEEPEST, max_theta=middle + STEEPEST,
    )  # fmt: skip
    kept: list[Line] = []
    for line in [] if found is None else found.reshape(-1, found.shape[-1]):
        distance, angle = float(line[0]), float(line[1])
        if all(abs(distance - d) + abs(angle - a) * length / 2 > APART_PX for d, a in kept):
            kept.append((distance, angle))
        if len(kept) == CANDIDATES:
            break
    return kept


# --- what an outline must be -----------------------------------------------------------------------------------


def _is_sheet(corners: Corners, shape: tuple[int, ...]) -> bool:
    """Return whether corners are those of a sheet seen from above that fills enough of a picture of this shape."""
    if not SMALLEST_SHARE <= cv2.contourArea(corners) / (shape[0] * shape[1]) <= LARGEST_SHARE:
        return False
    for before, at, after in zip(np.roll(corners, 1, axis=0), corners, np.roll(corners, -1, axis=0), strict=True):
        a, b = before - at, after - at
        cosine = float(a @ b) / (float(np.hypot(*a)) * float(np.hypot(*b)) + 1e-6)
        if abs(math.degrees(math.acos(max(-1.0, min(1.0, cosine)))) - 90) > WIDEST_CORNER_DEGREES:
            return False
    return True


def _seen(corners: Corners, steps: Steps) -> float:
    """Return how much of each side, at least, is an edge of paper."""
    return min(share for share, _ in _sides(corners, steps))


def _sides(corners: Corners, steps: Steps) -> list[tuple[float, float]]:
    """Return for every side which share of it is an edge of paper, and how strong that edge is on the whole."""
    last = np.array(steps[0].shape[::-1]) - 1
    found = []
    for start, end, step in zip(corners, np.roll(corners, -1, axis=0), steps, strict=True):
        ends = np.array([start, end])
        if ((ends < AT_BORDER_PX).all(axis=0) | (ends > last - AT_BORDER_PX).all(axis=0)).any():
            found.append((1.0, STEP))
            continue
        x, y = np.clip(np.round(start + (end - start) * SIDE[:, None]), 0, last).astype(int).T
        found.append((float((step[y, x] > STEP).mean()), float(np.clip(step[y, x], 0, STRONGEST_STEP).mean())))
    return found


def _sharpened(corners: Corners, steps: Steps) -> Corners:
    """Return corners where straight lines through the steps next to the four sides meet."""
    lines = []
    for start, end, step in zip(corners, np.roll(corners, -1, axis=0), steps, strict=True):
        along = (end - start) / (float(np.hypot(*(end - start))) + 1e-6)
        normal = np.array([-along[1], along[0]], np.float32)
        near = start + (end - start) * SIDE[:, None, None] + normal * OFFSETS[None, :, None]
        x, y = (near[..., axis].astype(np.float32) for axis in (0, 1))
        seen = cv2.remap(step, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        steep = seen.max(axis=1) > STEP
        if steep.mean() < LEAST_SIDE:
            lines.append(_line(start, along))
            continue
        points = near[np.arange(len(SIDE)), seen.argmax(axis=1)][steep].astype(np.float32)
        vx, vy, px, py = cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append(_line((px, py), (vx, vy)))
    return _corners(lines)


def _line(point: NDArray[np.float32] | tuple[float, float], along: NDArray[np.float32] | tuple[float, float]) -> Line:
    return float(along[0] * point[1] - along[1] * point[0]), math.atan2(along[0], -along[1])


def _corners(sides: Sequence[Line]) -> Corners:
    """Return where the top, right, bottom and left side meet, from the top left."""
    return np.array([_meeting(sides[n - 1], sides[n]) for n in range(4)], np.float32)


def _meeting(first: Line, second: Line) -> NDArray[np.float64]:
    normals = np.array([(math.cos(angle), math.sin(angle)) for _, angle in (first, second)])
    return cast(NDArray[np.float64], np.linalg.solve(normals, [first[0], second[0]]))
