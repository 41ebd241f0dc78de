"""A seal's perceptual key: finds, among a million, the few impressions worth comparing pixel by pixel.

The grain of the ink is laid out in polar form, so that a turned copy is a shifted one. Its angular spectrum is kept
twice: as magnitudes, which no turn changes, projected to 64 numbers (the sieve), and coarsely with phase, from
which the correlation at the best turn follows (the second sieve). What passes both is compared by `ink.same_ink`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.examination import Seal
from verifier.seals.ink import HALF, grain_of

Floats = NDArray[np.float32]
Small = NDArray[np.int8]

RINGS, ANGLES = 24, 256
INNER, OUTER = 0.15, 0.98
"""From and to which share of the rim the grain is sampled."""
RIM = 108.0
"""Radius of the rim's mid-line in the half-size picture."""
SOFTENING = 1.5
"""Pixels: what is finer does not survive another scan."""
SIEVE_WAVES, PHASED_WAVES = 24, 32
"""Waves around the circle that are kept, from the first on."""
PHASED_RINGS = 16
SIEVE = 64
PRINT_BYTES = SIEVE + 2 * PHASED_RINGS * PHASED_WAVES
SAME_DIAMETER = 0.06
"""Two prints of the same pixels have nearly the same diameter."""
PASSING = 256
"""Candidates that the first sieve lets through to the second."""
LIKELY = 0.45
"""Correlation at the best turn from which pixels are compared: 95 % of 400 pairs of stampings of one seal stay below
0.46; of 390 copies, most of them turned, scaled, printed over or compressed hard, 93 % lie above."""


def print_of(stored: bytes) -> bytes | None:
    """Return the perceptual key of a stored seal (`Seal.ink`), PRINT_BYTES long; None where it holds no ink."""
    grain = grain_of(stored)
    if grain is None or not grain.any():
        return None
    spectrum = np.fft.rfft(_polar(grain), axis=1)[:, 1 : PHASED_WAVES + 1]
    return _sieve(spectrum[:, :SIEVE_WAVES]).tobytes() + _phased(spectrum[RINGS - PHASED_RINGS :]).tobytes()


def ink_key_of(seal: Seal) -> bytes | None:
    """Return the perceptual key of a seal's ink: the stored one, worked out where an earlier version stored none."""
    return seal.ink_key or print_of(seal.ink)


def _polar(grain: Floats) -> Floats:
    angles = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False, dtype=np.float32)
    radii = np.linspace(INNER, OUTER, RINGS, dtype=np.float32)[:, None] * RIM
    middle = (HALF - 1) / 2
    x, y = (middle + radii * np.cos(angles)).astype(np.float32), (middle + radii * np.sin(angles)).astype(np.float32)
    soft = cv2.GaussianBlur(grain.astype(np.float32), (0, 0), SOFTENING)
    return np.asarray(cv2.remap(soft, x, y, cv2.INTER_LINEAR), np.float32)


def _sieve(spectrum: NDArray[np.complex128]) -> Small:
    """Return the magnitudes, freed of what all seals share (rows and columns centred), projected, as int8."""
    size = np.abs(spectrum)
    size = np.log1p(size / (size.mean() + 1e-9))
    size = size - size.mean(axis=0) - size.mean(axis=1, keepdims=True) + size.mean()
    return _scaled((size.ravel() @ _directions()).astype(np.float32))


@cache
def _directions() -> NDArray[np.float64]:
    """Return the fixed directions that magnitudes are projected on (Johnson and Lindenstrauss, 1984)."""
    return np.random.default_rng(648).standard_normal((RINGS * SIEVE_WAVES, SIEVE))


def _phased(spectrum: NDArray[np.complex128]) -> Small:
    return _scaled(np.stack([spectrum.real, spectrum.imag]).astype(np.float32).ravel())


def _scaled(values: Floats) -> Small:
    """Return values as int8 at a scale that keeps all but the rarest extremes."""
    scale = 3.0 * float(np.sqrt(np.mean(values**2))) + 1e-9
    return np.clip(np.round(values / scale * 127), -127, 127).astype(np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """The first SIEVE bytes of seals' keys: lets the likeliest through."""

    rows: Floats
    """Shape (seals, SIEVE), each of length one."""
    diameters: Floats
    """Millimetres."""

    @classmethod
    def of(cls, sieves: Sequence[bytes], diameters: Sequence[float]) -> Sieve:
        """Return the sieve of keys' first SIEVE bytes."""
        rows = np.frombuffer(b"".join(sieves), np.int8).reshape(len(sieves), SIEVE)
        return cls(_of_length_one(rows), np.asarray(diameters, np.float32))

    def near(self, one: bytes, diameter_mm: float, tolerance: float) -> tuple[int, ...]:
        """Return the PASSING seals that are most like a key, of about its diameter, in no order.

        `tolerance` is the share by which diameters of the same pixels may differ.
        """
        likeness = self.rows @ _of_length_one(np.frombuffer(one[:SIEVE], np.int8)[None])[0]
        apart = np.abs(self.diameters - diameter_mm)
        likeness[apart > tolerance * np.maximum(self.diameters, diameter_mm)] = -np.inf
        few = min(PASSING, len(likeness))
        found = np.argpartition(-likeness, few - 1)[:few]
        return tuple(int(i) for i in found if np.isfinite(likeness[i]))


def like_at_some_turn(one: bytes, phased: Sequence[bytes]) -> NDArray[np.bool_]:
    """Return of each key, without its first SIEVE bytes, whether it may be that of the same pixels, turned."""
    return _turned(one, phased) >= LIKELY


def _turned(one: bytes, phased: Sequence[bytes]) -> Floats:
    if not phased:
        return np.zeros(0, np.float32)
    rows = np.frombuffer(b"".join(phased), np.int8).reshape(len(phased), PRINT_BYTES - SIEVE)
    return _at_best_turn(np.frombuffer(one[SIEVE:], np.int8), rows)


def _of_length_one(rows: Small) -> Floats:
    whole = rows.astype(np.float32)
    return np.asarray(whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-6), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class PrintShelf:
    """The keys of seals that could be one another, ready to be searched."""

    prints: tuple[bytes, ...]
    sieve: Sieve

    @classmethod
    def of(cls, prints: Sequence[bytes], diameters: Sequence[float]) -> PrintShelf:
        """Return a shelf of keys as `print_of` gives them."""
        return cls(tuple(prints), Sieve.of([one[:SIEVE] for one in prints], diameters))

    def find(self, index: int, tolerance: float) -> tuple[int, ...]:
        """Return the seals that may carry the same pixels as the one at `index`, likeliest first.

        `tolerance` is the share by which diameters of the same pixels may differ.
        """
        one = self.prints[index]
        near = [i for i in self.sieve.near(one, float(self.sieve.diameters[index]), tolerance) if i != index]
        scores = _turned(one, [self.prints[i][SIEVE:] for i in near])
        order = np.argsort(-scores, kind="stable")
        return tuple(near[i] for i in order if scores[i] >= LIKELY)


def _at_best_turn(one: Small, others: Small) -> Floats:
    """Return the correlation of one polar grain with others, each at the turn that suits it best."""
    shape = (2, PHASED_RINGS, PHASED_WAVES)
    a = one.astype(np.float32).reshape(shape)
    b = others.astype(np.float32).reshape(-1, *shape)
    first, second = a[0] - 1j * a[1], b[:, 0] + 1j * b[:, 1]
    crossed = np.zeros((len(b), 2 * PHASED_WAVES + 1), np.complex64)
    crossed[:, 1 : PHASED_WAVES + 1] = np.einsum("rw,nrw->nw", first, second)
    peaks = np.fft.irfft(crossed, 4 * PHASED_WAVES, axis=1).max(axis=1) * 4 * PHASED_WAVES / 2
    power = (np.abs(first) ** 2).sum() * (np.abs(second) ** 2).sum(axis=(1, 2))
    return np.asarray(peaks / np.sqrt(np.maximum(power, 1e-6)), np.float32)
