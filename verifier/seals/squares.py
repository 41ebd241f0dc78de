"""Finds square and rectangular seals: personal seals (法人章) and name stamps."""

from __future__ import annotations

import cv2
import numpy as np

from verifier.page import Colour, Pixels
from verifier.seals.planes import Plane, as_plane, redness
from verifier.seals.rings import Ring

SEARCH_DPI = 100.0
SIDES_MM = (9.0, 30.0)
"""Personal seals are 16 to 25 mm; stamps of two characters 10."""
LEAST_RED = 25.0
"""Grey levels of redness from which a pixel counts; square seals without colour are not told from print."""
SPREAD = 1.0
"""Pixels by which blur and the low threshold push every border outward."""
LEAST_FILL = 0.86
"""Share of its smallest rectangle that the hull of a square seal fills (a circle: 0.79)."""
LEAST_RATIO = 0.6
EDGE_COVER = 0.7
"""Share of each border that must be inked: red words have none."""
INTERIOR = (0.06, 0.95)


def find_squares(pixels: Pixels, dpi: float, colour: Colour) -> tuple[Ring, ...]:
    """Return square seals as rings: centre, half sides, tilt in pixels of `pixels`; colour captures only."""
    if colour is not Colour.COLOUR:
        return ()
    factor = min(SEARCH_DPI / dpi, 1.0)
    size = (max(round(pixels.shape[1] * factor), 1), max(round(pixels.shape[0] * factor), 1))
    red = redness(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8))
    mask = (red > LEAST_RED).astype(np.uint8)
    contours, _ = cv2.findContours(
        cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)),
        cv2.RETR_EXTERNAL,
        cv2.CHAIN_APPROX_NONE,
    )
    low, high = (mm / 25.4 * dpi * factor for mm in SIDES_MM)
    large = [contour for contour in contours if min(cv2.boundingRect(contour)[2:]) >= low]
    inked = as_plane(mask)
    rings = [_as_square(as_plane(cv2.convexHull(contour)), inked, low, high) for contour in large]
    return tuple(ring.scaled(1 / factor) for ring in rings if ring is not None)


def _as_square(hull: Plane, mask: Plane, low: float, high: float) -> Ring | None:
    (cx, cy), (width, height), angle = cv2.minAreaRect(hull)
    if not low <= min(width, height) <= max(width, height) <= high:
        return None
    if min(width, height) < LEAST_RATIO * max(width, height):
        return None
    if cv2.contourArea(hull) < LEAST_FILL * width * height:
        return None
    ring = Ring(cx, cy, width / 2 - SPREAD, height / 2 - SPREAD, float(np.radians(angle)))
    return ring if _has_borders(ring, mask) else None


def _has_borders(ring: Ring, mask: Plane) -> bool:
    """Return whether all four borders are inked and the inside is neither empty nor solid."""
    side = 48
    steps = np.linspace(-1, 1, side, dtype=np.float32)
    u, v = np.meshgrid(steps * ring.rx, steps * ring.ry)
    cos, sin = np.cos(ring.tilt), np.sin(ring.tilt)
    x = (ring.cx + u * cos - v * sin).astype(np.float32)
    y = (ring.cy + u * sin + v * cos).astype(np.float32)
    square = cv2.remap(mask, x, y, cv2.INTER_LINEAR) > 0.3
    edges = (
        square[:5].any(axis=0),
        square[-5:].any(axis=0),
        square[:, :5].any(axis=1),
        square[:, -5:].any(axis=1),
    )
    inside = float(square[8:-8, 8:-8].mean())
    return min(float(edge.mean()) for edge in edges) >= EDGE_COVER and INTERIOR[0] <= inside <= INTERIOR[1]
