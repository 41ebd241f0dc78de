"""The rim of a seal as an ellipse: sampling a picture around it, and tracing its mid-line exactly.

Specimen and query are measured by the same mid-line: 2.6 % of disagreement ruins a comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Box
from verifier.seals.planes import Plane, as_plane

TRACE_ANGLES = 240
TRACE_RANGES = (0.13, 0.07, 0.05)
"""How far from the guess the rim is looked for, as shares of the radius, coarse to fine: a Hough circle at
75 dpi is within a tenth; rims are about 1 mm on a 20 mm radius."""
OVAL_RANGES = (0.1, 0.1, 0.07, 0.05)
"""Further rounds for ovals: a proposal's proportions are rough, and one correction of both axes is not enough (45-mm
ovals came out at 42 mm without)."""
RIM_SHARE = 0.05
"""A rim's width as a share of the radius: 1 mm of 20 mm."""
ROUND_ASPECT = 0.90
"""Below this ratio of the axes a seal is oval: stretched scans keep 0.95, oval seals have 0.67 to 0.8."""
IRLS_ROUNDS = 6
OUTLIER_SHARE = 0.02
"""Rim points further off the fit than this share of the radius lose their vote."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The mid-line of a rim, in pixels: centre, semi-axes (rx ≥ ry up to tracing), tilt of rx in radians.

    `slanted`: a round seal that a photograph shows as an ellipse.
    """

    cx: float
    cy: float
    rx: float
    ry: float
    tilt: float = 0.0
    slanted: bool = False

    @property
    def is_oval(self) -> bool:
        """Whether the axes differ more than a distorted scan explains."""
        return not self.slanted and min(self.rx, self.ry) < ROUND_ASPECT * max(self.rx, self.ry)

    @property
    def major(self) -> float:
        """The longer semi-axis, pixels."""
        return max(self.rx, self.ry)

    def scaled(self, factor: float) -> Ring:
        """Return the ring on a picture enlarged by `factor`."""
        return replace(self, cx=self.cx * factor, cy=self.cy * factor, rx=self.rx * factor, ry=self.ry * factor)

    def shifted(self, dx: float, dy: float) -> Ring:
        """Return the ring moved by (dx, dy) pixels."""
        return replace(self, cx=self.cx + dx, cy=self.cy + dy)

    def normalised(self) -> Ring:
        """Return the same ellipse with rx its longer axis and tilt in [−π/2, π/2); round ones untilted."""
        ring = self
        if ring.ry > ring.rx:
            ring = replace(ring, rx=ring.ry, ry=ring.rx, tilt=ring.tilt + np.pi / 2)
        if not ring.is_oval:
            return ring
        return replace(ring, tilt=float((ring.tilt + np.pi / 2) % np.pi - np.pi / 2))

    def bounds(self, margin: float = 0.03) -> tuple[float, float, float, float]:
        """Return (x0, y0, x1, y1) in pixels of the upright rectangle around the rim's outer edge."""
        cos, sin = np.cos(self.tilt), np.sin(self.tilt)
        half_x = float(np.hypot(self.rx * cos, self.ry * sin)) * (1 + margin)
        half_y = float(np.hypot(self.rx * sin, self.ry * cos)) * (1 + margin)
        return self.cx - half_x, self.cy - half_y, self.cx + half_x, self.cy + half_y

    def box(self, *, width: int, height: int) -> Box:
        """Return the seal's box on a page of `width` × `height` pixels, cut at the page's edges."""
        x0, y0, x1, y1 = self.bounds()
        clipped = (max(x0, 0.0), max(y0, 0.0), min(x1, float(width)), min(y1, float(height)))
        return Box.from_pixels(*clipped, width=width, height=height)

    def points(
        self, scales: NDArray[np.float32], angles: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return x and y, shape (scales, angles), of the ellipse shrunk or grown about its centre."""
        along = scales[:, None] * self.rx * np.cos(angles)[None]
        across = scales[:, None] * self.ry * np.sin(angles)[None]
        cos, sin = np.cos(self.tilt), np.sin(self.tilt)
        x = self.cx + along * cos - across * sin
        y = self.cy + along * sin + across * cos
        return x.astype(np.float32), y.astype(np.float32)


def full_turn(count: int) -> NDArray[np.float32]:
    """Return `count` angles of one turn, radians, starting at 0 (rightward) and running clockwise."""
    return np.linspace(0, 2 * np.pi, count, endpoint=False, dtype=np.float32)


def sample(plane: Plane, ring: Ring, scales: NDArray[np.float32], angles: NDArray[np.float32]) -> Plane:
    """Return the plane around the ring, shape (scales, angles); −1 off the picture."""
    x, y = ring.points(scales, angles)
    return as_plane(cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=-1.0))


def trace_ring(plane: Plane, guess: Ring) -> Ring:
    """Return the rim's mid-line near `guess`, fitted to ink through all angles; robust to gaps and print."""
    ring, further = guess, True
    angles = full_turn(TRACE_ANGLES)
    reaches = list(TRACE_RANGES)
    while reaches:
        offsets, weights = _rim_offsets(plane, ring, angles, reaches.pop(0))
        if float((weights > 0).mean()) < 0.2:
            return ring
        ring = _moved(ring, _fit(offsets, weights, angles)).normalised()
        if not reaches and ring.is_oval and further:
            reaches, further = list(OVAL_RANGES), False
    return ring


def _rim_offsets(
    plane: Plane, ring: Ring, angles: NDArray[np.float32], reach: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return where the rim lies at each angle, as a share of the radius off the ring, and its weight."""
    scales = np.linspace(1 - reach, 1 + reach, 41, dtype=np.float32)
    seen = np.maximum(sample(plane, ring, scales, angles), 0.0)
    step = 2 * reach / 40
    width = max(int(RIM_SHARE / step) | 1, 3)
    ridge = cv2.blur(seen, (5, width), borderType=cv2.BORDER_REPLICATE)
    prior = np.exp(-(((scales - 1) / (reach * 0.7)) ** 2)).astype(np.float32)[:, None]
    best = (ridge * prior).argmax(axis=0)
    rows = np.arange(len(scales))[:, None]
    near = np.abs(rows - best[None]) <= max(width // 2, 1)
    mass = np.where(near, seen, 0.0)
    total = mass.sum(axis=0)
    centre = (mass * scales[:, None]).sum(axis=0) / np.maximum(total, 1e-6)
    strength = ridge[best, np.arange(len(angles))]
    usable = strength > 0.4 * float(np.percentile(strength, 80))
    weights = np.where(usable & (total > 0), strength, 0.0)
    return (centre - 1).astype(np.float32), weights.astype(np.float32)


def _fit(
    offsets: NDArray[np.float32], weights: NDArray[np.float32], angles: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the five Fourier terms (1, cos, sin, cos 2, sin 2) of the offsets, outliers voted out."""
    terms = [np.ones_like(angles), np.cos(angles), np.sin(angles), np.cos(2 * angles), np.sin(2 * angles)]
    basis = np.stack(terms, axis=1)
    trust = weights.copy()
    fitted = np.zeros(5, np.float32)
    for _ in range(IRLS_ROUNDS):
        weighted = basis * trust[:, None]
        normal = weighted.T @ basis + 1e-3 * float(trust.sum() + 1e-6) * np.diag([0, 0, 0, 1.0, 1.0])
        fitted = np.linalg.solve(normal, weighted.T @ offsets).astype(np.float32)
        rest = (offsets - basis @ fitted) / OUTLIER_SHARE
        trust = as_plane(weights / (1 + rest**2) ** 2)
    return fitted


def _moved(ring: Ring, terms: NDArray[np.float32]) -> Ring:
    """Return the ellipse whose radius differs from `ring`'s by the Fourier `terms`."""
    grow, cos1, sin1, cos2, sin2 = (float(v) for v in terms)
    along, across = cos1 * ring.rx, sin1 * ring.ry
    cos, sin = np.cos(ring.tilt), np.sin(ring.tilt)
    moved = replace(ring, cx=ring.cx + along * cos - across * sin, cy=ring.cy + along * sin + across * cos)
    if ring.is_oval:
        turn = sin2 / max(ring.rx / ring.ry - ring.ry / ring.rx, 0.1) * 2
        return replace(moved, rx=ring.rx * (1 + grow + cos2), ry=ring.ry * (1 + grow - cos2), tilt=ring.tilt + turn)
    stretch, direction = float(np.hypot(cos2, sin2)), float(np.arctan2(sin2, cos2)) / 2
    mean = (ring.rx + ring.ry) / 2
    squeeze = (ring.rx - ring.ry) / (ring.rx + ring.ry)
    across2 = np.array([squeeze * np.cos(2 * ring.tilt), squeeze * np.sin(2 * ring.tilt)]) + stretch * np.array(
        [np.cos(2 * (direction + ring.tilt)), np.sin(2 * (direction + ring.tilt))]
    )
    size = float(np.hypot(*across2))
    tilt = float(np.arctan2(across2[1], across2[0])) / 2
    return replace(moved, rx=mean * (1 + grow) * (1 + size), ry=mean * (1 + grow) * (1 - size), tilt=tilt)
