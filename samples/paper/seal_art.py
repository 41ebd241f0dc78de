"""Carves seals and stamps them: coverage of ink in [0, 1] at `DRAWN_DPI`, no two impressions alike."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.content import SealPlan
from samples.paper.faces import SEAL_FACES, load

Plane = NDArray[np.float32]
DRAWN_DPI = 600
MARGIN_MM = 3.0
_PX = DRAWN_DPI / 25.4


@lru_cache(maxsize=2048)
def _glyph(character: str, face: str) -> NDArray[np.uint8]:
    """Return a character trimmed to its ink."""
    image = Image.new("L", (360, 360))
    ImageDraw.Draw(image).text((180, 180), character, font=load(SEAL_FACES[face], 180), fill=255, anchor="mm")
    pixels = np.asarray(image)
    rows, columns = np.where(pixels > 40)
    return pixels[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].copy()


def _place(
    canvas: Plane, glyph: NDArray[np.uint8], size: tuple[float, float], at: tuple[float, float], turn: float
) -> None:
    """Draw `glyph` as (width, height) px about `at`, turned clockwise by degrees."""
    height, width = glyph.shape
    fit = np.array([[size[0] / width, 0, -size[0] / 2], [0, size[1] / height, -size[1] / 2], [0, 0, 1]])
    angle = np.radians(turn)
    move = np.array([[np.cos(angle), -np.sin(angle), at[0]], [np.sin(angle), np.cos(angle), at[1]], [0, 0, 1]])
    drawn = cv2.warpAffine(cv2.GaussianBlur(glyph, (0, 0), 0.7), (move @ fit)[:2], canvas.shape[::-1])
    np.maximum(canvas, drawn.astype(np.float32) / 255, out=canvas)


@lru_cache(maxsize=48)
def carve(text: str, shape: str, diameter_mm: float, star: bool, code: str, bottom: str, face: str) -> Plane:
    """Return a perfect impression, upright, with a margin of `MARGIN_MM`."""
    a = diameter_mm / 2 * _PX
    b = a * (30 / 45 if shape == "oval" else 1)
    side = int(2 * a + 2 * MARGIN_MM * _PX)
    canvas = np.zeros((side, side), np.float32)
    middle, scale = side / 2, diameter_mm / 40
    rim = max(round(1.05 * scale * _PX), 2)
    if shape == "square":
        return _square(canvas, text, face, a, rim)
    cv2.ellipse(canvas, ((middle, middle), (2 * a - rim, 2 * b - rim), 0), 1.0, rim, cv2.LINE_AA)
    _arc(canvas, text, face, a, b, scale)
    if star:
        _star(canvas, middle, scale)
    for i, character in enumerate(bottom):
        at = (middle + (i - (len(bottom) - 1) / 2) * 3.5 * scale * _PX, middle + 0.52 * b)
        _place(canvas, _glyph(character, face), (2.9 * scale * _PX, 3.7 * scale * _PX), at, 0)
    for i, digit in enumerate(code):
        angle = np.radians(90 + (6 - i) * 6.2)
        r = a - 2.7 * scale * _PX
        at = (middle + r * np.cos(angle), middle + r * b / a * np.sin(angle))
        _place(canvas, _glyph(digit, "sans"), (1.0 * scale * _PX, 1.7 * scale * _PX), at, np.degrees(angle) - 90)
    return canvas


def _square(canvas: Plane, text: str, face: str, half: float, rim: int) -> Plane:
    """Set four characters in two columns from the right, as on a person's seal."""
    middle = canvas.shape[0] / 2
    corners = round(middle - half), round(middle + half)
    cv2.rectangle(canvas, (corners[0], corners[0]), (corners[1], corners[1]), 1.0, rim, cv2.LINE_AA)
    for number, character in enumerate(text[:4]):
        column, row = divmod(number, 2)
        at = (middle + (0.5 - column) * half * 0.86, middle + (row - 0.5) * half * 0.86)
        _place(canvas, _glyph(character, face), (half * 0.74, half * 0.78), at, 0)
    return canvas


def _arc(canvas: Plane, text: str, face: str, a: float, b: float, scale: float) -> None:
    """Set the name along the rim, clockwise from lower left, spread by its length."""
    oval = b < a
    height = (4.6 if oval else 5.6) * scale * _PX
    inset = 1.9 * scale * _PX + height / 2
    span = min(285.0, 20 + len(text) * 17.5)
    middle = canvas.shape[0] / 2
    a, b = a - inset, b - inset
    pitch = (a + b) / 2 * np.radians(span) / max(len(text) - 1, 1)
    for character, angle in zip(text, np.radians(np.linspace(-90 - span / 2, -90 + span / 2, len(text))), strict=True):
        at = (middle + a * np.cos(angle), middle + b * np.sin(angle))
        normal = np.degrees(np.arctan2(np.sin(angle) / b, np.cos(angle) / a))
        _place(canvas, _glyph(character, face), (min(height * 0.72, pitch * 0.86), height), at, normal + 90)


def _star(canvas: Plane, middle: float, scale: float) -> None:
    radii = [(7.0 if k % 2 == 0 else 2.67) * _PX * scale for k in range(10)]
    points = [(middle + r * np.sin(k * np.pi / 5), middle - r * np.cos(k * np.pi / 5)) for k, r in enumerate(radii)]
    cv2.fillPoly(canvas, [np.array(points, np.int32)], 1.0, cv2.LINE_AA)


def _noise(rng: np.random.Generator, shape: tuple[int, int], cell: float) -> Plane:
    """Return smooth noise of unit deviation with grains of about `cell` pixels."""
    small = rng.standard_normal((int(shape[0] / cell) + 4, int(shape[1] / cell) + 4)).astype(np.float32)
    big = cv2.resize(small, (int(small.shape[1] * cell), int(small.shape[0] * cell)), interpolation=cv2.INTER_CUBIC)
    big = big[: shape[0], : shape[1]]
    return (big - big.mean()) / (big.std() + 1e-6)


def impression(seal: SealPlan) -> Plane:
    """Return one impression of `seal`, turned, with uneven pressure, grain and spread; same seed, same pixels."""
    rng = np.random.default_rng(seal.seed)
    carved = carve(seal.text, seal.shape, seal.diameter_mm, seal.star, seal.code, seal.bottom, seal.face)
    shape, wear = (carved.shape[0], carved.shape[1]), seal.wear
    spread = cv2.GaussianBlur(carved, (0, 0), float(rng.uniform(1.0, 2.4)))
    level = 0.5 + float(rng.normal(0, 0.06)) * (0.5 + wear)
    inked = 1 / (1 + np.exp(-11 * (spread - level - 0.1 * wear * (_noise(rng, shape, 90) + _noise(rng, shape, 9)))))
    uneven = 0.22 * _noise(rng, shape, 160) + 0.16 * _noise(rng, shape, 12) + 0.10 * _noise(rng, shape, 3)
    mark = (inked * np.clip(1 - wear * (0.25 + uneven + _tilt(rng, shape)), 0.15, 1)).astype(np.float32)
    matrix = cv2.getRotationMatrix2D((shape[1] / 2, shape[0] / 2), -seal.degrees, 1.0)
    matrix[0] *= 1 + float(rng.normal(0, 0.002))
    turned: Plane = cv2.warpAffine(mark, matrix, shape[::-1], flags=cv2.INTER_LINEAR)  # type: ignore[assignment]
    if seal.doubled_mm:
        turned = _slipped(turned, seal.doubled_mm, rng)
    if seal.faint:
        turned = turned * np.float32(1 - seal.faint)
    return turned


def _slipped(mark: Plane, by_mm: float, rng: np.random.Generator) -> Plane:
    """Return the mark with a weak second edge: the stamp touched the paper again as it was lifted."""
    angle, step = rng.uniform(0, 2 * np.pi), by_mm * _PX
    shift = np.array([[1, 0, step * np.cos(angle)], [0, 1, step * np.sin(angle)]])
    ghost = cv2.warpAffine(mark, shift, mark.shape[::-1]) * np.clip(0.35 + 0.5 * _tilt(rng, mark.shape), 0, 0.6)  # type: ignore[arg-type]
    return np.asarray(np.maximum(mark, ghost), np.float32)


def _tilt(rng: np.random.Generator, shape: tuple[int, int]) -> Plane:
    """Return a slope from -0.5 to 0.5 across the seal: the hand pressed one side harder."""
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    slope = (np.cos(angle) * (x / shape[1] - 0.5) + np.sin(angle) * (y / shape[0] - 0.5)) * rng.uniform(0, 1)
    return np.asarray(slope, np.float32)


def red(seed: int, ink: str = "red") -> tuple[int, int, int]:
    """Return a stamp pad's colour: one of many reds, or the near black of a laser printer."""
    rng = np.random.default_rng(seed + 1)
    if ink == "black":
        return 34, 34, 36
    return int(rng.integers(195, 240)), int(rng.integers(20, 70)), int(rng.integers(25, 78))


def specimen(seal: SealPlan) -> NDArray[np.uint8]:
    """Return a registration scan at 300 dpi: one careful impression on white paper, RGB."""
    mark = impression(seal)
    side = round(mark.shape[0] * 300 / DRAWN_DPI)
    small = cv2.GaussianBlur(cv2.resize(mark, (side, side), interpolation=cv2.INTER_AREA), (0, 0), 0.5)
    ink = np.array(red(seal.seed), np.float32)
    rng = np.random.default_rng(seal.seed + 2)
    paper = 251 - small[..., None] * (251 - ink) + rng.normal(0, 1.5, (side, side, 3))
    return np.clip(paper, 0, 255).astype(np.uint8)
