"""What a forger's tools make of pixels: other devices, editors, brushes, and how the file is saved afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.captures.noise import grain
from samples.content import Capture
from samples.paper.rendering import Pixels

Painter = Callable[[Pixels, np.random.Generator], Pixels]
"""Makes of the forger's own picture of the sheet what he pastes."""
Quiet = NDArray[np.bool_]
FILL_PX = 4
"""How far an editor's healing brush looks for paper to fill with."""


def as_is(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return another sheet from the same scanner at the same settings: pixels alone cannot tell it."""
    return pixels


def wiped(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return pixels without a scanner's noise, as a drawing program leaves them."""
    return cast(Pixels, cv2.bilateralFilter(pixels, 7, 40, 5))


def from_elsewhere(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return pixels of another scanner: softer or sharper, quieter or noisier, another JPEG quality, another grid."""
    soft = cv2.GaussianBlur(pixels, (0, 0), float(rng.uniform(0.5, 1.0))).astype(np.float32)
    noisy = soft + grain(rng, pixels.shape, float(rng.uniform(1.0, 6.0)))
    shifted = np.roll(np.clip(noisy, 0, 255).astype(np.uint8), (3, 5), axis=(0, 1))
    return cast(Pixels, np.roll(_compressed(shifted, int(rng.integers(60, 96))), (-3, -5), axis=(0, 1)))


def typed(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return crisp dark print on paper of one even tone, as typed in a picture editor."""
    return _crisp(pixels, 22.0)


def _crisp(pixels: Pixels, ink: float) -> Pixels:
    paper = np.median(pixels[::16, ::16].reshape(-1, 3), axis=0)
    grey = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (0, 0), 0.6).astype(np.float32)
    share = 1 / (1 + np.exp(-(grey - 0.62 * paper.mean()) / 9))
    return cast(Pixels, (share[..., None] * paper + (1 - share[..., None]) * ink).astype(np.uint8))


def matched(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return typed print in the page's own ink, made soft and noisy until it looks, to the eye, like the scan's."""
    ink = float(np.percentile(pixels[::3, ::3], 1))
    crisp = _crisp(pixels, ink).astype(np.float32)
    soft = cv2.GaussianBlur(crisp, (0, 0), float(rng.uniform(0.4, 0.9))).astype(np.float32)
    return cast(Pixels, np.clip(soft + grain(rng, soft.shape, float(rng.uniform(1.0, 4.0))), 0, 255).astype(np.uint8))


def resampled(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return pixels moved by a part of a pixel and grown a little, as by an editor's free transform."""
    height, width = pixels.shape[:2]
    move = np.array([[1.0, 0.0, rng.uniform(0.3, 0.7)], [0.0, 1.0, rng.uniform(0.3, 0.7)]])
    return cast(Pixels, cv2.warpAffine(pixels, move, (width, height), borderMode=cv2.BORDER_REPLICATE))


PAINTERS: dict[str, Painter] = {
    "twin": as_is,
    "wiped": wiped,
    "elsewhere": from_elsewhere,
    "typed": typed,
    "matched": matched,
    "resampled": resampled,
}


# --- clearing the place ------------------------------------------------------------------------------------


def evenly(crop: Pixels, rng: np.random.Generator) -> Pixels:
    """Return paper of one tone, the brightest usual one of the place: the filled rectangle."""
    bright = crop.reshape(-1, 3)
    tone = np.median(bright[bright.sum(axis=1) >= np.percentile(bright.sum(axis=1), 60)], axis=0)
    return np.broadcast_to(tone.astype(np.uint8), crop.shape).copy()


def healed(crop: Pixels, rng: np.random.Generator) -> Pixels:
    """Return the place without its print, filled from the paper around each stroke."""
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    dark = (grey < np.percentile(grey, 85) - 14).astype(np.uint8)
    mask = cv2.dilate(dark, np.ones((3, 3), np.uint8))
    return cast(Pixels, cv2.inpaint(crop, mask, FILL_PX, cv2.INPAINT_TELEA))


def medians(crop: Pixels, rng: np.random.Generator) -> Pixels:
    """Return the place under a median filter as wide as its strokes."""
    size = max(crop.shape[0] // 2 * 2 + 1, 3)
    wide = cv2.copyMakeBorder(crop, size, size, size, size, cv2.BORDER_REPLICATE)
    return cast(Pixels, cv2.medianBlur(evenly(wide, rng), 3)[size:-size, size:-size])


def brushed(crop: Pixels, rng: np.random.Generator) -> Pixels:
    """Return the place painted over with a soft brush of the paper's tone: old strokes may shine at its rim."""
    height, width = crop.shape[:2]
    cover = np.zeros((height, width), np.float32)
    cover[1:-1, 1:-1] = 1.0
    cover = cv2.GaussianBlur(cover, (0, 0), max(height / 14, 0.8))[..., None]
    return cast(Pixels, (crop * (1 - cover) + evenly(crop, rng) * cover).astype(np.uint8))


CLEARERS: dict[str, Painter] = {"evenly": evenly, "healed": healed, "medians": medians, "brushed": brushed}


# --- saving the file ---------------------------------------------------------------------------------------


def saved_after(pixels: Pixels, capture: Capture, how: str, rng: np.random.Generator) -> tuple[Pixels, Capture]:
    """Return a changed page and the capture that its file is written by.

    `png`: without loss. `resaved`: as JPEG of another quality. `screenshot`: the page shown smaller on a screen, caught
    without loss and without a scale. Anything else: as the scanner had saved it.
    """
    if how == "png":
        return pixels, replace(capture, form="png")
    if how == "resaved":
        return pixels, replace(capture, quality=int(rng.integers(62, 96)))
    if how == "screenshot":
        factor = float(rng.uniform(0.72, 0.95))
        small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        return cast(Pixels, small), replace(capture, form="png", dpi=round(capture.dpi * factor))
    return pixels, capture


def _compressed(pixels: Pixels, quality: int) -> Pixels:
    _, stored = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cast(Pixels, cv2.imdecode(stored, cv2.IMREAD_COLOR))
