"""The scanner: worn paper becomes pixels at a resolution, askew, blurred, noisy, in colour, grey or black and white."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.captures.noise import grain
from samples.captures.phone import cut_out, photographed
from samples.captures.wear import worn
from samples.content import Capture
from samples.paper.rendering import PAPER_DPI, Pixels
from samples.paper.sheet import WIDTH_MM

BILEVEL_THRESHOLD = 160
Points = NDArray[np.float64]
"""Shape (n, 2)."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One page as captured, and where its paper went: `corners` has A4's four corners and `bend_mm` its curl."""

    pixels: Pixels
    matrix: NDArray[np.float64]
    """Takes (x mm, y mm, 1) on the flat sheet to (x, y, w) as fractions of the picture."""
    bend_mm: float = 0.0
    width_mm: float = WIDTH_MM

    def to_page(self, points: Points) -> Points:
        """Return where points in mm on the sheet stand, as fractions of the picture."""
        bent = points + np.column_stack([np.zeros(len(points)), bend(points[:, 0] / self.width_mm, self.bend_mm)])
        mapped = np.column_stack([bent, np.ones(len(bent))]) @ self.matrix.T
        return cast(Points, mapped[:, :2] / mapped[:, 2:])


def bend(across: NDArray[np.float64], bend_mm: float) -> NDArray[np.float64]:
    """Return how far a curled sheet's points lie below the flat sheet's, in mm; `across` is a share of its width."""
    return cast(NDArray[np.float64], bend_mm * np.sin(np.pi * across))


def captured(paper: Pixels, capture: Capture, rng: np.random.Generator) -> Shot:
    """Return one printed and stamped page as the office's device delivers it."""
    paper = worn(paper, capture, rng)
    if capture.photo:
        pixels, matrix, bend_mm = photographed(paper, capture, rng)
        if capture.whitened:
            pixels, matrix = cut_out(pixels, matrix, paper, rng)
        shot = _turned(_coloured(pixels, capture), matrix, bend_mm, capture.turned)
        return replace(shot, width_mm=paper.shape[1] / PAPER_DPI * 25.4)
    return _scanned(paper, capture, rng)


def _scanned(paper: Pixels, capture: Capture, rng: np.random.Generator) -> Shot:
    height, width = paper.shape[:2]
    askew = np.eye(3)
    if capture.skew_degrees:
        askew[:2] = cv2.getRotationMatrix2D((width / 2, height / 2), capture.skew_degrees, 1.0)
        paper = cv2.warpAffine(paper, askew[:2], (width, height), flags=cv2.INTER_LINEAR, borderValue=(247, 246, 243))  # type: ignore[assignment]
    factor = capture.dpi / PAPER_DPI
    size = (round(width * factor), round(height * factor))
    small = cv2.resize(paper, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    small = cv2.GaussianBlur(small, (0, 0), capture.blur * capture.dpi / 300 + 0.2).astype(np.float32)
    if capture.shading:
        ramp = np.linspace(0, 1, small.shape[1], dtype=np.float32)[None, :, None]
        small *= 1 - capture.shading * np.abs(ramp - float(rng.uniform(0.2, 0.8)))
    small += grain(rng, small.shape, capture.noise)
    for x in rng.integers(0, small.shape[1] - 3, capture.streaks):
        small[:, x : x + int(rng.integers(1, 3))] *= rng.uniform(0.55, 0.9, 3).astype(np.float32)
    if capture.resent_px:
        small = _resent(small, capture, rng)
    to_paper = np.diag([PAPER_DPI / 25.4, PAPER_DPI / 25.4, 1.0])
    matrix = np.diag([1 / width, 1 / height, 1.0]) @ askew @ to_paper
    return _turned(_coloured(np.clip(small, 0, 255).astype(np.uint8), capture), matrix, 0.0, capture.turned)


def _resent(pixels: NDArray[np.float32], capture: Capture, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the picture as a messenger hands it on: compressed, made smaller, sharpened a little."""
    bgr = np.clip(pixels, 0, 255).astype(np.uint8)[..., ::-1]
    _, stored = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(68, 86))])
    once = cv2.imdecode(stored, cv2.IMREAD_COLOR)[..., ::-1]
    factor = capture.resent_px / max(once.shape[:2])
    small = cv2.resize(once, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(small + 0.35 * (small - cv2.GaussianBlur(small, (0, 0), 1.2)), np.float32)


def _coloured(pixels: Pixels, capture: Capture) -> Pixels:
    if capture.colour == "colour":
        return pixels
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if capture.colour == "bilevel":
        grey = np.where(grey < BILEVEL_THRESHOLD, 0, 255)
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)


def _turned(pixels: Pixels, matrix: NDArray[np.float64], bend_mm: float, degrees: int) -> Shot:
    """Return the picture laid on the glass turned clockwise by 0, 90, 180 or 270 degrees."""
    quarter = np.array([[0, -1, 1], [1, 0, 0], [0, 0, 1]], float)  # fractions: (x, y) to (1 - y, x)
    for _ in range(degrees // 90):
        matrix = quarter @ matrix
    return Shot(np.ascontiguousarray(np.rot90(pixels, -degrees // 90)), matrix, bend_mm)
