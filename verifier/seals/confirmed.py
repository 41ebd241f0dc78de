"""A seal that an official confirmed becomes a registered impression, so that a registry fills by working."""

from __future__ import annotations

import hashlib

import numpy as np

from verifier.examination import Seal
from verifier.page import PageImage, Pixels
from verifier.record import Specimen
from verifier.seals.normalise import RADIUS, decode_ink
from verifier.seals.specimens import COARSEST_DPI, check_specimen

MARGIN_MM = 3.0
"""Paper left around an impression cut from a page."""
RIM_MM = 1.05
"""Diameters are given over the rim's outer edge, pictures are normalised on its mid-line."""


def cut_impression(image: PageImage, seal: Seal) -> Pixels:
    """Return the picture of a seal with a margin, at the page's own resolution (`image.page.dpi`)."""
    height, width = image.pixels.shape[:2]
    margin = round(MARGIN_MM / 25.4 * image.page.dpi)
    x0, y0 = max(int(seal.box.x0 * width) - margin, 0), max(int(seal.box.y0 * height) - margin, 0)
    x1, y1 = int(np.ceil(seal.box.x1 * width)) + margin, int(np.ceil(seal.box.y1 * height)) + margin
    return image.pixels[y0:y1, x0:x1].copy()


def confirmed_specimen(seal: Seal, manufacturer: str, page_dpi: float) -> tuple[Specimen, tuple[str, ...]] | None:
    """Return a stored seal as an impression of `manufacturer`, and what is wrong with it (`check_specimen`).

    It is made from `Seal.ink`, so that the page itself need not be kept; `page_dpi` is what it was captured with.
    None where nothing usable was stored.
    """
    pixels = decode_ink(seal.ink)
    if pixels is None or seal.diameter_mm <= RIM_MM:
        return None
    dpi = 2 * RADIUS * 25.4 / (seal.diameter_mm - RIM_MM)
    digest = hashlib.sha256(seal.ink).hexdigest()
    specimen = Specimen(manufacturer, pixels, digest, dpi=dpi, shape=seal.shape, diameter_mm=seal.diameter_mm)
    problems = check_specimen(pixels, dpi)
    coarse = ("coarse",) if page_dpi < COARSEST_DPI and "coarse" not in problems else ()
    return specimen, (*problems, *coarse)
