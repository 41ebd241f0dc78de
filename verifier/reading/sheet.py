"""A photographed letter becomes a flat sheet: its outline is found, perspective undone, shadow evened out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels

Corners = NDArray[np.float32]
"""Shape (4, 2): x, y in pixels, clockwise from the top left."""
Matrix = NDArray[np.float64]
Grey = NDArray[np.uint8]
"""Shape (height, width)."""
Outline = NDArray[np.int32]
"""Shape (n, 1, 2): points of a contour, as OpenCV gives them."""

LOOK_PX = 700
"""Long side of the picture in which the outline is sought: paper edges are coarse things."""
SAMPLE_PX = 440
"""About the long side of the sample of pixels that tells most scans: the sheet's outline is sought in photos only."""
SMALLEST_SHARE = 0.30
LARGEST_SHARE = 0.985
"""A sheet fills between a third and nearly all of a photo; a scan's own border is no outline."""
WIDEST_CORNER_DEGREES = 25.0
"""How far a corner may be from a right angle before the outline is no sheet seen from above."""
LEAST_CONTRAST = 18.0
"""Grey levels by which paper must be brighter than what lies around each of its edges."""
SURE_CONTRAST = 9.0
"""Half of that: a sample of single pixels is noisier than the picture the outline is sought in."""
A4_RATIO = 297 / 210
RATIO_SLACK = 0.16
"""Perspective shortens a sheet by less than this; other shapes keep their own ratio."""
LONG_SIDE_INCHES = 297 / 25.4
SMOOTH_PX = 61
"""Window, in pixels of a picture `LIGHT_PX` high, over which the light on the paper is taken to be even."""
LIGHT_PX = 420
PAPER_WHITE = 246.0


@dataclass(frozen=True, slots=True, eq=False)
class FlatSheet:
    """A sheet cut out of a photo; `to_photo` takes pixels of the sheet to pixels of the photo (3, 3)."""

    pixels: Pixels
    to_photo: Matrix
    dpi: float


def flattened(pixels: Pixels) -> FlatSheet | None:
    """Return the sheet of a photo, evenly lit, None where the picture is no photo of a sheet on something darker."""
    corners = find_corners(pixels)
    if corners is None:
        return None
    width, height = _size(corners)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    to_photo = cv2.getPerspectiveTransform(target, corners).astype(np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(pixels, to_photo, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return FlatSheet(evenly_lit(cast(Pixels, flat)), to_photo, max(width, height) / LONG_SIDE_INCHES)


def find_corners(pixels: Pixels) -> Corners | None:
    """Return the corners of the one bright sheet in a picture, None where there is none."""
    if _is_surely_a_scan(pixels):
        return None
    step = max(1, max(pixels.shape[:2]) // (2 * LOOK_PX))  # every so many pixels do: edges of paper are long
    scale = LOOK_PX / max(pixels.shape[:2])
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    small = cv2.resize(pixels[::step, ::step], size, interpolation=cv2.INTER_AREA)
    grey = cast(Grey, cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 2.0))
    if _bright(_rim(grey)) > _bright(grey) - LEAST_CONTRAST:
        return None  # a scan
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = cast(Outline, max(contours, key=cv2.contourArea))
    corners = _quadrilateral(cast(Outline, cv2.convexHull(outline)))
    if corners is None or not _is_sheet(corners, grey):
        return None
    return _sharpened(corners, outline) / np.float32(scale)


def _is_surely_a_scan(pixels: Pixels) -> bool:
    """Return whether a rim of a few pixels in a sample of the picture is as bright as its middle."""
    step = max(1, max(pixels.shape[:2]) // SAMPLE_PX)
    grey = cast(Grey, cv2.cvtColor(np.ascontiguousarray(pixels[::step, ::step]), cv2.COLOR_RGB2GRAY))
    return _bright(_rim(grey)) > _bright(grey) - SURE_CONTRAST


def _bright(grey: Grey) -> float:
    """Return the level that two fifths of the pixels exceed: paper, where there is any."""
    return float(np.percentile(grey, 60))


def _rim(grey: Grey) -> Grey:
    edge = 6
    return np.concatenate([grey[:edge].ravel(), grey[-edge:].ravel(), grey[:, :edge].ravel(), grey[:, -edge:].ravel()])


def _quadrilateral(hull: Outline) -> Corners | None:
    """Return the four corners that the hull comes down to, clockwise from the top left."""
    length = cv2.arcLength(hull, True)
    for tolerance in (0.01, 0.02, 0.03, 0.05):
        found = cv2.approxPolyDP(hull, tolerance * length, True)
        if len(found) == 4:
            return _clockwise(found.reshape(4, 2).astype(np.float32))
    return None


def _clockwise(corners: Corners) -> Corners:
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.roll(ordered, -first, axis=0)


def _is_sheet(corners: Corners, grey: Grey) -> bool:
    area = float(cv2.contourArea(corners)) / grey.size
    if not SMALLEST_SHARE <= area <= LARGEST_SHARE:
        return False
    for before, at, after in zip(np.roll(corners, 1, axis=0), corners, np.roll(corners, -1, axis=0), strict=True):
        a, b = before - at, after - at
        cosine = float(a @ b) / (float(np.hypot(*a)) * float(np.hypot(*b)) + 1e-6)
        if abs(math.degrees(math.acos(max(-1.0, min(1.0, cosine)))) - 90) > WIDEST_CORNER_DEGREES:
            return False
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(corners).astype(np.int32), 1)
    around = cv2.dilate(inside, np.ones((25, 25), np.uint8)) - inside
    within = inside - cv2.erode(inside, np.ones((25, 25), np.uint8))
    if around.sum() < 200:
        return False
    return float(np.median(grey[within == 1])) - float(np.median(grey[around == 1])) >= LEAST_CONTRAST


def _sharpened(corners: Corners, outline: Outline) -> Corners:
    """Return corners where straight lines through the four edges of the outline meet."""
    points = outline.reshape(-1, 2).astype(np.float32)
    lines = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / (float(np.hypot(*(end - start))) + 1e-6)
        normal = np.array([-along[1], along[0]], np.float32)
        place = (points - start) @ along
        near = points[
            (np.abs((points - start) @ normal) < 9)
            & (place > 0.08 * np.hypot(*(end - start)))
            & (place < 0.92 * np.hypot(*(end - start)))
        ]
        if len(near) < 20:
            return corners
        vx, vy, x, y = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((np.array([vx, vy]), np.array([x, y])))
    met = [_meeting(before, here) for before, here in zip([lines[-1], *lines[:-1]], lines, strict=True)]
    sharp = np.array(met, np.float32)
    return sharp if float(np.abs(sharp - corners).max()) < 25 else corners


def _meeting(first: tuple[Matrix, Matrix], second: tuple[Matrix, Matrix]) -> Matrix:
    steps = np.column_stack([first[0], -second[0]])
    along = np.linalg.lstsq(steps, second[1] - first[1], rcond=None)[0][0]
    return cast(Matrix, first[1] + along * first[0])


def _size(corners: Corners) -> tuple[int, int]:
    """Return (width, height) of the flat sheet in pixels: A4's ratio where that is what it can be."""
    top, right, bottom, left = (float(np.hypot(*side)) for side in np.roll(corners, -1, axis=0) - corners)
    width, height = max(top, bottom), max(left, right)
    ratio = max(width, height) / min(width, height)
    if abs(ratio / A4_RATIO - 1) <= RATIO_SLACK:
        long_side = max(width, height, min(width, height) * A4_RATIO)
        width, height = (long_side / A4_RATIO, long_side) if height >= width else (long_side, long_side / A4_RATIO)
    return round(width), round(height)


def evenly_lit(pixels: Pixels) -> Pixels:
    """Return the sheet with its paper white everywhere: each channel over the light that falls there."""
    scale = LIGHT_PX / pixels.shape[0]
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((9, 9), np.uint8))  # print is thin: what is brightest nearby is paper
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, SMOOTH_PX), (0, 0), 9)
    light = cv2.resize(paper, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return cast(Pixels, cv2.divide(pixels, np.maximum(light, 8), scale=PAPER_WHITE))
