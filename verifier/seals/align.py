"""Lays a specimen on a seal: the angle by polar correlation, then a fine affine refinement."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.seals.normalise import RADIUS, SIDE, SealPicture
from verifier.seals.planes import Mask, Plane

POLAR_RADII = np.linspace(0.12, 0.94, 42, dtype=np.float32)
POLAR_ANGLES = 720
"""Half a degree a step: the refinement reaches ten times further."""
RIVAL_ANGLES = 4
"""Stars and even pitches answer at several angles; this many are tried."""
RIVAL_DISTANCE = 12
"""Steps of the polar picture between rivals: 6 degrees."""
FINE = 3
"""Refinement works on pictures this many times smaller."""
FINE_ROUNDS = 30
LARGEST_SHEAR = 0.06
"""A refinement that stretches more than this has run away (honest scans stay within 0.02)."""
EDGE = 1.06
"""The compared disc reaches this share of the rim's mid-line."""


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """How a specimen lies on a seal: `matrix` (2×3) leads from specimen to seal coordinates."""

    matrix: Plane
    score: float
    """Normalised cross-correlation over the disc, printed places left out."""


def polar_spectrum(ink: Plane, free: Mask | None = None) -> NDArray[np.complex128]:
    """Return the angular spectrum of the inner disc, one row a radius; printed places count as average."""
    angles = np.linspace(0, 2 * np.pi, POLAR_ANGLES, endpoint=False, dtype=np.float32)
    middle = (SIDE - 1) / 2
    x = (middle + RADIUS * POLAR_RADII[:, None] * np.cos(angles)).astype(np.float32)
    y = (middle + RADIUS * POLAR_RADII[:, None] * np.sin(angles)).astype(np.float32)
    polar = cv2.remap(ink, x, y, cv2.INTER_LINEAR)
    weight = np.ones_like(polar)
    if free is not None:
        weight = cv2.remap(free.astype(np.float32), x, y, cv2.INTER_LINEAR)
    mean = (polar * weight).sum(axis=1, keepdims=True) / np.maximum(weight.sum(axis=1, keepdims=True), 1.0)
    spectrum: NDArray[np.complex128] = np.fft.rfft((polar - mean) * weight * POLAR_RADII[:, None], axis=1)
    return spectrum


def rival_angles(specimen: NDArray[np.complex128], seal: NDArray[np.complex128]) -> tuple[float, ...]:
    """Return the likeliest turns (radians, clockwise) from specimen to seal, best first."""
    answer = np.fft.irfft((np.conj(specimen) * seal).sum(axis=0), POLAR_ANGLES)
    angles = []
    for _ in range(RIVAL_ANGLES):
        peak = int(answer.argmax())
        angles.append(2 * np.pi * peak / POLAR_ANGLES)
        around = np.arange(peak - RIVAL_DISTANCE, peak + RIVAL_DISTANCE + 1) % POLAR_ANGLES
        answer[around] = -np.inf
    return tuple(angles)


@dataclass(frozen=True, slots=True, eq=False)
class Coarse:
    """One seal as coarse as the refinement needs it, with the angular spectrum of its fine picture."""

    ink: Plane
    free: Plane
    """1 where no print hides the ink, 0 where it does."""
    spectrum: NDArray[np.complex128]
    aspect: float


def coarse(seal: SealPicture) -> Coarse:
    """Return a seal made ready to be laid on others."""
    free = ~seal.printed
    return Coarse(smaller(seal.ink), smaller(free.astype(np.float32)), polar_spectrum(seal.ink, free), seal.aspect)


def align(ink: Plane, spectrum: NDArray[np.complex128], seal: SealPicture) -> Alignment:
    """Return how the specimen (`ink`, `spectrum`) lies best on `seal`."""
    return laid(smaller(ink), spectrum, coarse(seal))


def laid(specimen: Plane, spectrum: NDArray[np.complex128], seal: Coarse) -> Alignment:
    """Return how a coarse specimen lies best on a coarse seal; the matrix is one between their fine pictures."""
    disc = disc_of(SIDE // FINE, seal.aspect)
    starts = [_rotation(angle) for angle in rival_angles(spectrum, seal.spectrum)]
    scored = [(_overlap(specimen, seal.ink, seal.free, disc, start), i) for i, start in enumerate(starts)]
    score, best = max(scored)
    refined = _refined(specimen, seal.ink, seal.free, starts[best])
    if refined is not None:
        better = _overlap(specimen, seal.ink, seal.free, disc, refined)
        if better > score:
            return Alignment(_enlarged(refined), better)
    return Alignment(_enlarged(starts[best]), score)


def relaid(ink: Plane, seal: SealPicture, matrix: Plane) -> Alignment:
    """Return how a specimen whose ink was drawn anew lies on the seal, near `matrix`."""
    near = _reduced(matrix)
    other = coarse(seal)
    refined = _refined(smaller(ink), other.ink, other.free, near)
    found = matrix if refined is None else _enlarged(refined)
    return Alignment(found, fit_of(ink, seal, found))


def fit_of(ink: Plane, seal: SealPicture, matrix: Plane) -> float:
    """Return the correlation of a specimen with the seal it lies on, as `align` measures it."""
    free = smaller((~seal.printed).astype(np.float32))
    disc = disc_of(SIDE // FINE, seal.aspect)
    return _overlap(smaller(ink), smaller(seal.ink), free, disc, _reduced(matrix))


def masked_correlation(one: Plane, other: Plane, weight: Plane) -> float:
    """Return the correlation of two planes under `weight`; 0 where either is flat or nothing is weighed."""
    total = float(weight.sum())
    if total < 16:
        return 0.0
    first = one - float((one * weight).sum()) / total
    second = other - float((other * weight).sum()) / total
    shared = float((first * second * weight).sum())
    power = float((first * first * weight).sum()) * float((second * second * weight).sum())
    return shared / float(np.sqrt(power)) if power > 1e-9 else 0.0


def laid_on(plane: Plane, matrix: Plane, side: int = SIDE) -> Plane:
    """Return the seal's plane turned into the specimen's coordinates."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(plane, matrix, (side, side), flags=flags).astype(np.float32, copy=False)


def smaller(plane: Plane, times: int = FINE) -> Plane:
    """Return a normalised plane so many times smaller."""
    size = (SIDE // times, SIDE // times)
    return cv2.resize(plane, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)


def disc_of(side: int, aspect: float) -> Plane:
    """Return the disc that is compared, 1 inside and 0 outside, in a picture of `side` × `side` pixels."""
    mask = np.zeros((side, side), np.float32)
    radius = RADIUS * EDGE * side / SIDE
    middle = (side - 1) / 2
    cv2.ellipse(mask, ((middle, middle), (2 * radius, 2 * radius * aspect), 0), 1.0, -1)
    return mask


def _rotation(angle: float) -> Plane:
    middle = (SIDE // FINE - 1) / 2
    cos, sin = np.cos(angle), np.sin(angle)
    linear = np.array([[cos, -sin], [sin, cos]])
    offset = np.array([middle, middle]) - linear @ np.array([middle, middle])
    return np.hstack([linear, offset[:, None]]).astype(np.float32)


def _enlarged(matrix: Plane) -> Plane:
    """Return a map between small pictures as one between full-size ones (pixel centres kept)."""
    shift = (FINE - 1) / 2
    full = matrix.copy()
    full[:, 2] = FINE * matrix[:, 2] + shift - matrix[:, :2] @ np.array([shift, shift], np.float32)
    return full


def _reduced(matrix: Plane) -> Plane:
    """Return a map between full-size pictures as one between small ones (pixel centres kept)."""
    shift = (FINE - 1) / 2
    small = matrix.copy()
    small[:, 2] = (matrix[:, 2] - shift + matrix[:, :2] @ np.array([shift, shift], np.float32)) / FINE
    return small


def _overlap(specimen: Plane, seal: Plane, free: Plane, disc: Plane, matrix: Plane) -> float:
    side = specimen.shape[0]
    return masked_correlation(
        specimen, laid_on(seal, matrix, side), disc * (laid_on(free, matrix, side) > 0.9).astype(np.float32)
    )


def _refined(specimen: Plane, seal: Plane, free: Plane, start: Plane) -> Plane | None:
    """Return the affine map that correlates best near `start`, None where it runs away."""
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, FINE_ROUNDS, 1e-5)
    mask = (free > 0.9).astype(np.uint8)
    try:
        _, found = cv2.findTransformECC(specimen, seal, start.copy(), cv2.MOTION_AFFINE, criteria, mask, 3)
    except cv2.error:
        return None
    change = found[:, :2] @ np.linalg.inv(start[:, :2]) - np.eye(2)
    return found.astype(np.float32) if float(np.abs(change).max()) < LARGEST_SHEAR else None
