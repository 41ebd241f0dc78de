"""A phone's picture of a letter on a table: perspective, curl, shadow, uneven light, a background, sharpening."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.captures.noise import grain
from samples.content import Capture
from samples.paper.rendering import PAPER_DPI, Pixels

LONG_SIDE = 3264
"""Pixels: an eight-megapixel picture, what messengers leave of a phone's photo."""
TILTS = {"flat": 0.012, "tilted": 0.055, "dim": 0.02, "curled": 0.02}
"""How far corners leave the rectangle, as a share of the picture (one standard deviation)."""
CURLS_MM = {"flat": 0.8, "tilted": 2.0, "dim": 1.2, "curled": 6.0}
LIGHT = {"flat": (0.97, 0.10), "tilted": (0.94, 0.22), "dim": (0.66, 0.35), "curled": (0.95, 0.14)}
"""Brightness of the lit side, and how much of it the shadow takes."""
TABLES = ((92, 70, 52), (60, 62, 66), (168, 160, 148), (38, 44, 58), (120, 96, 74))

APP_PX = 200 / 25.4
"""Pixels a millimetre of what scanner apps make of a sheet: 200 dpi."""
APP_SLIP_MM = 1.2
"""How far such an app misses a corner (one standard deviation)."""


def size_mm(paper: Pixels) -> tuple[float, float]:
    """Return a sheet's width and height."""
    return paper.shape[1] / PAPER_DPI * 25.4, paper.shape[0] / PAPER_DPI * 25.4


def photographed(
    paper: Pixels, capture: Capture, rng: np.random.Generator
) -> tuple[Pixels, NDArray[np.float64], float]:
    """Return (picture, matrix from sheet mm to fractions of the picture, curl in mm) of a sheet on a table."""
    wide_mm, tall_mm = size_mm(paper)
    long, short = LONG_SIDE, round(LONG_SIDE * 0.75)
    height, width = (long, short) if tall_mm > wide_mm else (short, long)
    tilt = TILTS[capture.photo]
    bend_mm = float(rng.normal(0, CURLS_MM[capture.photo]))
    margin = float(rng.uniform(0.03, 0.08))
    tall = min((1 - 2 * margin) * height, (1 - 2 * margin) * width * tall_mm / wide_mm)
    wide = tall * wide_mm / tall_mm
    turn = float(rng.normal(0, 1.2 if capture.photo == "flat" else 2.5))
    corners = np.array([(-wide, -tall), (wide, -tall), (wide, tall), (-wide, tall)]) / 2
    spun = corners @ np.array([[np.cos(np.radians(turn)), np.sin(np.radians(turn))],
                               [-np.sin(np.radians(turn)), np.cos(np.radians(turn))]])  # fmt: skip
    target = spun + (width / 2, height / 2) + rng.normal(0, tilt, (4, 2)) * (width, height) * 0.5
    target = np.clip(target, 6, (width - 6, height - 6)).astype(np.float32)
    sheet = np.array([(0, 0), (wide_mm, 0), (wide_mm, tall_mm), (0, tall_mm)], np.float32)
    matrix = cv2.getPerspectiveTransform(sheet, target)
    picture = _on_table(paper, matrix, bend_mm, (width, height), rng)
    lit = picture.astype(np.float32) * _light(capture.photo, (height, width), rng)[..., None] * _cast(rng)
    lit = cv2.GaussianBlur(lit, (0, 0), 0.5 + capture.blur * (1.3 if capture.photo == "dim" else 0.8)).astype(
        np.float32
    )
    soft = cv2.GaussianBlur(lit, (0, 0), 2.0)
    lit = lit + 0.5 * (lit - soft)  # phones sharpen
    lit += grain(rng, lit.shape, capture.noise * (2 if capture.photo == "dim" else 1))
    to_fractions = np.diag([1 / width, 1 / height, 1.0])
    return np.clip(lit, 0, 255).astype(np.uint8), to_fractions @ matrix, bend_mm


def cut_out(
    picture: Pixels, matrix: NDArray[np.float64], paper: Pixels, rng: np.random.Generator
) -> tuple[Pixels, NDArray[np.float64]]:
    """Return a scanner app's picture of the photographed sheet, and its matrix from sheet mm to fractions."""
    height, width = picture.shape[:2]
    wide_mm, tall_mm = size_mm(paper)
    corners = np.array([(0, 0), (wide_mm, 0), (wide_mm, tall_mm), (0, tall_mm)], float)
    corners += rng.normal(0, APP_SLIP_MM, (4, 2))
    seen = cv2.perspectiveTransform(corners[None], matrix)[0] * (width, height)
    size = round(wide_mm * APP_PX), round(tall_mm * APP_PX)
    wide, tall = size
    target = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    move = cv2.getPerspectiveTransform(seen.astype(np.float32), target)
    flat = cv2.warpPerspective(picture, move, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    blank = cv2.GaussianBlur(cv2.dilate(cv2.resize(flat, None, fx=0.1, fy=0.1), np.ones((9, 9))), (0, 0), 6)
    lit = flat.astype(np.float32) / np.maximum(cv2.resize(blank, size).astype(np.float32), 40)
    pulled = np.clip((lit - 0.12) / 0.80, 0, 1) * 255
    to_pixels = move @ np.diag([width, height, 1.0]) @ matrix
    return pulled.astype(np.uint8), np.diag([1 / wide, 1 / tall, 1.0]) @ to_pixels


def _on_table(
    paper: Pixels, matrix: NDArray[np.float64], bend_mm: float, size: tuple[int, int], rng: np.random.Generator
) -> Pixels:
    """Look every pixel of the picture up on the sheet, or on the table beside it."""
    width, height = size
    table = _table(size, rng)
    back = np.linalg.inv(matrix)
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    scale = (back[2, 0] * columns + back[2, 1] * rows + back[2, 2]).astype(np.float32)
    x = (back[0, 0] * columns + back[0, 1] * rows + back[0, 2]).astype(np.float32) / scale
    y = (back[1, 0] * columns + back[1, 1] * rows + back[1, 2]).astype(np.float32) / scale
    wide_mm, tall_mm = size_mm(paper)
    y -= np.float32(bend_mm) * np.sin(np.pi * np.clip(x, 0, wide_mm) / wide_mm)
    across, down = x * np.float32(PAPER_DPI / 25.4), y * np.float32(PAPER_DPI / 25.4)
    soft = cv2.GaussianBlur(paper, (0, 0), 0.6)  # the sheet has more pixels than the picture
    seen = cv2.remap(soft, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    on_sheet = ((x >= 0) & (x <= wide_mm) & (y >= 0) & (y <= tall_mm))[..., None]
    return cast(Pixels, np.where(on_sheet, seen, table).astype(np.uint8))


def _table(size: tuple[int, int], rng: np.random.Generator) -> Pixels:
    width, height = size
    tone = np.array(TABLES[int(rng.integers(len(TABLES)))], np.float32)
    fibres = rng.standard_normal((height // 8 + 1, 24), dtype=np.float32)
    wood = cv2.resize(fibres, (width, height), interpolation=cv2.INTER_CUBIC) * 7
    return np.clip(tone + wood[..., None], 0, 255).astype(np.uint8)


def _light(photo: str, shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float32]:
    """Return brightness: a slope across the picture and the soft shadow of the hand that holds the phone."""
    level, shadow = LIGHT[photo]
    rows, columns = np.mgrid[0 : shape[0] : 16, 0 : shape[1] : 16].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    slope = (np.cos(angle) * columns / shape[1] + np.sin(angle) * rows / shape[0] + 1) / 2
    edge = (columns / shape[1] - rng.uniform(0.5, 1.0)) * 9 + (rows / shape[0] - 0.5) * rng.uniform(-4, 4)
    field = level * (1 - 0.15 * slope) * (1 - shadow / (1 + np.exp(-edge)))
    return cv2.resize(field.astype(np.float32), shape[::-1], interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]


def _cast(rng: np.random.Generator) -> NDArray[np.float32]:
    """Return the light's colour: lamps are warm, windows cold."""
    return np.array([1 + rng.normal(0.01, 0.03), 1.0, 1 + rng.normal(-0.02, 0.04)], np.float32)
