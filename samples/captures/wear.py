"""What happens to paper before anyone scans it: copied again, faded, folded, punched, stained, shone through."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.content import Capture
from samples.paper.rendering import PAPER_DPI, Pixels

_PX = PAPER_DPI / 25.4
Shade = NDArray[np.float32]


def worn(paper: Pixels, capture: Capture, rng: np.random.Generator) -> Pixels:
    """Return the paper as it comes to the scanner, RGB at `PAPER_DPI`."""
    for _ in range(capture.copies):
        paper = _copied(paper, rng)
    if capture.faded:
        paper = _faded(paper, capture.faded)
    if capture.bleed:
        paper = _shone_through(paper, capture.bleed)
    if capture.folds:
        paper = _folded(paper, capture.folds, rng)
    for _ in range(capture.stains):
        _stain(paper := paper.copy(), rng)
    if capture.holes:
        _punch(paper := paper.copy(), rng)
    return paper


def _copied(paper: Pixels, rng: np.random.Generator) -> Pixels:
    """One more generation on an office copier: grey, harder, a little turned and grown, with specks."""
    grey = cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY).astype(np.float32)
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, 0.25)), float(rng.normal(1, 0.003)))
    grey = cv2.warpAffine(grey, matrix, (width, height), borderValue=250.0).astype(np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 1.0).astype(np.float32)
    grey = 255 / (1 + np.exp(-(grey - 150) / 22))
    for x, y in zip(rng.integers(0, width - 4, 260), rng.integers(0, height - 4, 260), strict=True):
        grey[y : y + int(rng.integers(1, 4)), x : x + int(rng.integers(1, 4))] *= 0.4
    return np.repeat(np.clip(grey, 0, 252).astype(np.uint8)[..., None], 3, axis=2)


def _faded(paper: Pixels, share: float) -> Pixels:
    """Black print pales toward the paper's tone; coloured ink keeps."""
    tone = np.median(paper[::40, ::40].reshape(-1, 3), axis=0)
    dark = paper.max(axis=2, keepdims=True).astype(np.float32)  # coloured ink is bright in one channel
    weight = share * np.clip((170 - dark) / 120, 0, 1)
    return cast(Pixels, (paper + weight * (tone - paper)).astype(np.uint8))


def _shone_through(paper: Pixels, strength: float) -> Pixels:
    """The other side's print, mirrored and soft. The page's own lines stand in for it, moved half a line."""
    back = cv2.GaussianBlur(cv2.cvtColor(paper[:, ::-1], cv2.COLOR_RGB2GRAY), (0, 0), 2.2)
    back = np.roll(back, 37, axis=0).astype(np.float32)
    pale = 1 - strength * np.clip((235 - back) / 235, 0, 1)
    return cast(Pixels, (paper * pale[..., None]).astype(np.uint8))


def _folded(paper: Pixels, folds: int, rng: np.random.Generator) -> Pixels:
    """Creases across the sheet: a bright worn line, a shadow beside it, each panel lit a little differently."""
    height = paper.shape[0]
    shade = np.ones(height, np.float32)
    rows = np.arange(height, dtype=np.float32)
    for number in range(folds):
        at = height * (number + 1) / (folds + 1) + float(rng.normal(0, 20))
        shade *= 1 - 0.10 * np.exp(-np.maximum(rows - at, 0) / 60) * (rows > at)
        shade *= 1 + 0.05 * np.exp(-((rows - at) ** 2) / 8)
        shade *= np.where(rows > at, 1 - float(rng.uniform(0, 0.05)), 1)
    creased = np.clip(paper * shade[:, None, None], 0, 255)
    for number in range(folds):  # toner flakes off where the paper broke
        at = int(height * (number + 1) / (folds + 1))
        flakes = rng.random((6, paper.shape[1])) < 0.12
        creased[at : at + 6][flakes] = 235
    return creased.astype(np.uint8)


def _stain(paper: Pixels, rng: np.random.Generator) -> None:
    """A brown ring or blot, drawn in place."""
    height, width = paper.shape[:2]
    radius = int(rng.uniform(8, 24) * _PX)
    x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
    y0, y1, x0, x1 = max(y - radius, 0), min(y + radius, height), max(x - radius, 0), min(x + radius, width)
    rows, columns = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    away = np.hypot(rows - y, columns - x) / radius
    depth = np.where(away < 1, 0.05 + 0.14 * np.exp(-(((away - 0.93) / 0.04) ** 2)), 0).astype(np.float32)
    tint = np.array([0.5, 0.75, 1.0], np.float32)
    paper[y0:y1, x0:x1] = np.clip(paper[y0:y1, x0:x1] * (1 - depth[..., None] * tint), 0, 255)


def _punch(paper: Pixels, rng: np.random.Generator) -> None:
    """Two holes at the left edge, 80 mm apart (ISO 838), the scanner's dark lid behind them or its white one."""
    lid = (40, 40, 42) if rng.random() < 0.5 else (255, 255, 255)
    middle = paper.shape[0] / 2 + float(rng.normal(0, 4 * _PX))
    for side in (-40, 40):
        cv2.circle(paper, (round(12 * _PX), round(middle + side * _PX)), round(3 * _PX), lid, -1, cv2.LINE_AA)
