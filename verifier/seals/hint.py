"""Whose seal it might be: the registered impressions most like one, as a hint for a person, never as a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from verifier.record import Specimen
from verifier.seals.align import polar_spectrum
from verifier.seals.normalise import decode_ink, picture_of
from verifier.seals.planes import Plane
from verifier.seals.specimens import prepare

RINGS = slice(26, 42, 2)
"""Radii of the arc's text: stars are alike, names are not."""
FREQUENCIES = slice(6, 102)
"""Strokes, not uneven pressure (below) nor grain (above)."""
_SHAPE = (len(range(RINGS.start, RINGS.stop, RINGS.step)), FREQUENCIES.stop - FREQUENCIES.start)
SHORTLIST = 60
"""Impressions compared at every angle, after a comparison that knows no angle."""
ANGLES = 360


@dataclass(frozen=True, slots=True)
class Hint:
    """A maker whose impression looks like the seal; `likeness` is a correlation, at most 1."""

    manufacturer: str
    likeness: float


@dataclass(frozen=True)
class SealIndex:
    """Registered impressions, small enough to keep 10,000 of them (6 KB each)."""

    manufacturers: tuple[str, ...]
    spectra: NDArray[np.complex64]
    """Shape (impressions, radii, frequencies), unit length."""

    @classmethod
    def of(cls, spectra: Iterable[tuple[str, bytes]]) -> SealIndex:
        """Return the index of (manufacturer, what `spectrum_of` gave for an impression); empty bytes are left out."""
        known = [(name, np.frombuffer(packed, np.complex64)) for name, packed in spectra if packed]
        if not known:
            return cls((), np.zeros((0, *_SHAPE), np.complex64))
        return cls(tuple(name for name, _ in known), np.stack([flat.reshape(_SHAPE) for _, flat in known]))

    @cached_property
    def _still(self) -> NDArray[np.float32]:
        return _magnitudes(self.spectra)

    def likeliest(self, stored: bytes, most: int = 3) -> tuple[Hint, ...]:
        """Return the makers whose impressions a stored seal (`Seal.ink`) is most like, best first.

        Empty where the bytes hold no seal or nothing is registered. About 10 CPU ms at 10,000 impressions.
        """
        pixels = decode_ink(stored)
        if pixels is None or not self.manufacturers:
            return ()
        picture = picture_of(pixels, 1.0, 1.0, has_colour=True)
        return self._ranked(_reduced(picture.ink, ~picture.printed), most)

    def _ranked(self, seal: NDArray[np.complex64], most: int) -> tuple[Hint, ...]:
        rough = self._still @ _magnitudes(seal[None])[0]
        count = min(SHORTLIST, len(rough))
        near = np.argpartition(rough, -count)[-count:]
        likeness = _best_turn(self.spectra[near], seal)
        best: dict[str, float] = {}
        for i in np.argsort(likeness)[::-1]:
            best.setdefault(self.manufacturers[near[i]], float(likeness[i]))
        return tuple(Hint(name, round(score, 3)) for name, score in list(best.items())[:most])


def index_of(specimens: Iterable[Specimen]) -> SealIndex:
    """Return the index of impressions; those in which no seal is found are left out."""
    return SealIndex.of((specimen.manufacturer, spectrum_of(specimen)) for specimen in specimens)


def spectrum_of(specimen: Specimen) -> bytes:
    """Return what the index keeps of an impression (6 kB); empty bytes where no seal is found in its picture."""
    prepared = prepare(specimen)
    return b"" if prepared is None else _reduced(prepared.ink, None).tobytes()


def _reduced(ink: Plane, free: NDArray[np.bool_] | None) -> NDArray[np.complex64]:
    spectrum = polar_spectrum(ink, free)[RINGS, FREQUENCIES]
    length = float(np.sqrt((np.abs(spectrum) ** 2).sum()))
    return (spectrum / max(length, 1e-6)).astype(np.complex64)


def _magnitudes(spectra: NDArray[np.complex64]) -> NDArray[np.float32]:
    """Return what of the spectra does not change as a seal turns, unit length, shape (count, values)."""
    flat = np.sqrt(np.abs(spectra)).reshape(len(spectra), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    still: NDArray[np.float32] = (flat / np.maximum(lengths, 1e-6)).astype(np.float32)
    return still


def _best_turn(spectra: NDArray[np.complex64], seal: NDArray[np.complex64]) -> NDArray[np.float64]:
    """Return the correlation of each impression with the seal at the best angle."""
    shared = np.zeros((len(spectra), ANGLES // 2 + 1), np.complex128)
    shared[:, FREQUENCIES] = (np.conj(spectra) * seal).sum(axis=1)
    best: NDArray[np.float64] = (np.fft.irfft(shared, ANGLES, axis=1) * ANGLES / 2).max(axis=1)
    return best
