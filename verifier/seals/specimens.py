"""Registered impressions made ready to compare with, once each; and what is wrong with a poor one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.formats.names import carved_text, carved_texts
from verifier.page import Colour, Pixels
from verifier.record import Specimen
from verifier.seals.align import polar_spectrum
from verifier.seals.boxes import Proposal, layout_for
from verifier.seals.find import Found, find_rims
from verifier.seals.ink import ReadyInk, ready_ink
from verifier.seals.layout import ArcLayout, ink_between
from verifier.seals.normalise import RADIUS, SIDE, SealPicture, normalise
from verifier.seals.planes import Mask, Plane

CACHED_SPECIMENS = 64
"""Prepared impressions kept per process, about 2 MB each."""
FALLBACK_SIDE_MM = 46.0
"""Where no rim of the stated size is found the picture is taken for a tight crop of one seal."""
COARSEST_DPI = 200.0
"""Below this two look-alike characters cannot be told apart (error rates triple from 200 to 150 dpi)."""
FAINTEST_INK = 0.25
"""Ink on strokes, as a share of black; fainter impressions lose thin strokes."""
LEAST_COVER = 0.85
"""Share of the rim that a clean impression shows."""
MOST_PRINT = 0.01
"""Share of the seal that may lie under print."""


@dataclass(frozen=True, slots=True, eq=False)
class PreparedSpecimen:
    """One registered impression, normalised, with its arc divided into characters as confirmed, else as found."""

    specimen: Specimen
    pixels: Pixels
    ink: Plane
    printed: Mask
    """Where print hides the impression, as on one cut from a letter."""
    aspect: float
    enlargement: float
    spectrum: NDArray[np.complex128]
    layout: ArcLayout
    diameter_mm: float
    """On the rim's mid-line, longer axis, by the scan's stated resolution."""

    @property
    def carved(self) -> str:
        """What is carved of the maker's name, one character a box; empty where the name has more or fewer."""
        return carved_text(self.specimen.manufacturer, self.layout.count)


@lru_cache(maxsize=CACHED_SPECIMENS)
def prepare(specimen: Specimen) -> PreparedSpecimen | None:
    """Return `specimen` ready to compare with; None where no seal is found in its picture."""
    proposal = propose(specimen)
    if proposal is None:
        return None
    picture = proposal.picture
    ink = picture.free_ink
    return PreparedSpecimen(
        specimen=specimen,
        pixels=picture.pixels,
        ink=ink,
        printed=picture.printed,
        aspect=picture.aspect,
        enlargement=picture.enlargement,
        spectrum=polar_spectrum(ink),
        layout=layout_for(specimen, proposal),
        diameter_mm=2 * proposal.ring.major * 25.4 / specimen.dpi,
    )


@lru_cache(maxsize=CACHED_SPECIMENS)
def impression_ink(specimen: Specimen) -> ReadyInk | None:
    """Return the ink of an impression ready to compare; None where no seal is found in its picture."""
    prepared = prepare(specimen)
    return ready_ink(prepared.pixels) if prepared else None


def propose(specimen: Specimen) -> Proposal | None:
    """Return where the characters of an impression seem to stand; None where no seal is found in its picture."""
    pixels = specimen.pixels
    found = _find_impression(pixels, specimen.dpi)
    if found is None:
        return None
    picture = normalise(pixels, found.ring, has_colour=found.coloured)
    return Proposal(picture, found.ring, _carved_on(picture, specimen.manufacturer))


def _carved_on(picture: SealPicture, name: str) -> str:
    """Return what is carved of a name: with its brackets where the arc's gaps stand so."""
    texts = carved_texts(name)
    return min(texts, key=lambda text: ink_between(picture, len(text))) if len(texts) > 1 else texts[0]


def softened(ink: Plane, own: float, other: float) -> Plane:
    """Return specimen ink as coarse as a capture enlarged `other` times, where its own was `own` times."""
    if other <= max(own, 1.0) * 1.05:
        return ink
    side = max(round(SIDE / other), 16)
    coarse = cv2.resize(ink, (side, side), interpolation=cv2.INTER_AREA)
    return cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC).astype(np.float32, copy=False)


def check_specimen(image: Pixels, dpi: float) -> tuple[str, ...]:
    """Return what is wrong with an impression for registration, as codes; empty where it is good.

    `no_seal`, `several_seals`, `coarse` (under 200 dpi), `no_colour`, `faint`, `broken` (the rim has gaps),
    `overprinted`, `cut_off`, `odd_size` (outside 34–60 mm).
    """
    rims = find_rims(image, dpi, Colour.COLOUR)
    if not rims:
        found = _find_impression(image, dpi)
        return ("no_seal",) if found is None else ("odd_size",)
    picture = normalise(image, rims[0].ring, has_colour=rims[0].coloured)
    diameter = 2 * rims[0].ring.major * 25.4 / dpi
    evidence = rims[0].evidence
    doubts = {
        "several_seals": len(rims) > 1,
        "coarse": dpi < COARSEST_DPI,
        "no_colour": not rims[0].coloured,
        "faint": _stroke_ink(picture) < FAINTEST_INK,
        "broken": evidence is not None and evidence.cover < LEAST_COVER,
        "overprinted": _printed_share(picture) > MOST_PRINT,
        "cut_off": evidence is not None and evidence.seen < 1.0,
        "odd_size": not 34.0 <= diameter <= 60.0,
    }
    return tuple(code for code, is_so in doubts.items() if is_so)


def _printed_share(picture: SealPicture) -> float:
    """Return how much of the disc inside the rim lies under print."""
    disc = np.zeros((SIDE, SIDE), np.uint8)
    middle = (SIDE - 1) / 2
    cv2.ellipse(disc, ((middle, middle), (2 * RADIUS, 2 * RADIUS * picture.aspect), 0), 1, -1)
    return float(picture.printed[disc > 0].mean())


def _stroke_ink(picture: SealPicture) -> float:
    """Return how dark the inked tenth of the seal is."""
    return float(np.percentile(picture.free_ink, 92))


def _find_impression(image: Pixels, dpi: float) -> Found | None:
    """Return the surest seal of a registration scan, first at its stated scale, then as a tight crop."""
    for guess in (dpi, max(image.shape[:2]) / FALLBACK_SIDE_MM * 25.4):
        rims = find_rims(image, guess, Colour.COLOUR, scale_known=guess == dpi)
        if rims:
            return rims[0]
    return None
