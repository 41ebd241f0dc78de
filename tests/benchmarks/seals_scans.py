"""Scans of stamped paper: ink worn, rotated, overprinted, resampled and compressed the way offices do it."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.benchmarks.seals_art import DRAWN_DPI, GRAIN, PRINT_FACE, Design, Plane, carve, stamp, turn


@dataclass(frozen=True)
class Scan:
    """How paper became pixels."""

    dpi: int = 300
    quality: int | None = 85
    subsample: bool = True
    mode: str = "colour"
    blur: float = 0.8
    noise: float = 3.0
    phone: bool = False


def random_phone(rng: np.random.Generator) -> Scan:
    """Return a phone's picture as the flattened page shows it: soft, unevenly lit, strongly compressed."""
    return Scan(
        dpi=int(rng.integers(145, 215)),
        quality=int(rng.integers(60, 88)),
        blur=float(rng.uniform(0.9, 1.6)),
        noise=float(rng.uniform(2.0, 6.0)),
        phone=True,
    )


def random_scan(rng: np.random.Generator, dpi: int | None = None, mode: str = "colour") -> Scan:
    """Return a plausible office scan."""
    return Scan(
        dpi=dpi or int(rng.choice([150, 200, 300])),
        quality=None if rng.random() < 0.15 else int(rng.integers(60, 96)),
        subsample=bool(rng.random() < 0.7),
        mode=mode,
        blur=float(rng.uniform(0.5, 1.2)),
        noise=float(rng.uniform(1.0, 5.0)),
    )


def digitise(
    paper: NDArray[np.uint8], rng: np.random.Generator, scan: Scan, at_dpi: float = DRAWN_DPI
) -> NDArray[np.uint8]:
    """Return RGB pixels of `paper` (RGB at `at_dpi`) as the scanner delivers them."""
    factor = scan.dpi / at_dpi
    size = (round(paper.shape[1] * factor), round(paper.shape[0] * factor))
    small = cv2.resize(paper, size, interpolation=cv2.INTER_AREA)
    if scan.phone:
        small = _photographed(small, rng)
    small = cv2.GaussianBlur(small, (0, 0), scan.blur * scan.dpi / 300 + 0.2)
    noisy = small + rng.normal(0, scan.noise, small.shape) + rng.normal(0, scan.noise / 2, (*small.shape[:2], 1))
    pixels = np.clip(noisy, 0, 255).astype(np.uint8)
    if scan.mode != "colour":
        grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        if scan.mode == "bilevel":
            grey = np.where(grey < 165, 0, 255).astype(np.uint8)
        pixels = np.repeat(grey[..., None], 3, axis=2)
    if scan.quality is None or scan.mode == "bilevel":
        return pixels
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=scan.quality, subsampling=2 if scan.subsample else 0)
    return np.asarray(Image.open(io.BytesIO(stored.getvalue())).convert("RGB"))


def _photographed(page: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return the page under a lamp, with what perspective a flattened picture keeps."""
    height, width = page.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = (corners + rng.normal(0, 0.008 * width, (4, 2))).astype(np.float32)
    seen = cv2.warpPerspective(
        page, cv2.getPerspectiveTransform(corners, moved), (width, height), borderMode=cv2.BORDER_REPLICATE
    )
    light = cv2.resize(
        rng.uniform(0.78, 1.0, (3, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    return np.clip(seen * np.clip(light, 0, 1)[..., None], 0, 255).astype(np.uint8)


_PROSE = (
    "兹确认本公司生产的下列车辆在出口目的国境内由授权服务网点提供售后维修服务车辆识别"
    "代号日期联系电话地址特此确认二〇二六年壹月"
)


def letterpress(
    shape: tuple[int, int],
    rng: np.random.Generator,
    pitch_mm: float = 8.0,
    size_mm: float = 4.2,
    dpi: float = DRAWN_DPI,
) -> Plane:
    """Return coverage of printed text lines filling `shape`."""
    px = dpi / 25.4
    canvas = Image.new("L", (shape[1], shape[0]))
    draw = ImageDraw.Draw(canvas)
    font = ImageFont.truetype(PRINT_FACE[0], int(size_mm * px), index=PRINT_FACE[1])
    y = float(rng.uniform(0, pitch_mm)) * px
    while y < shape[0]:
        text = "".join(rng.choice(list(_PROSE), 60))
        draw.text((-float(rng.uniform(0, 20)), y), text, font=font, fill=255)
        y += pitch_mm * px
    return np.asarray(canvas, np.float32) / 255


def print_ink(paper: NDArray[np.uint8], coverage: Plane, ink: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Return `paper` with `ink` laid on by `coverage` (multiplied, as transparent ink does)."""
    out = paper.copy()
    for channel, tone in enumerate(ink):
        factor = 1 - coverage * np.float32(1 - tone / 255)
        out[..., channel] = cv2.multiply(paper[..., channel], factor, dtype=cv2.CV_8U)
    return out


def red(rng: np.random.Generator) -> tuple[int, int, int]:
    """Return a stamp pad's red."""
    return int(rng.integers(195, 245)), int(rng.integers(20, 75)), int(rng.integers(25, 80))


def sheet(shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return blank paper, RGB."""
    tone = np.array([rng.integers(240, 256)] * 3) - np.array([0, rng.integers(0, 4), rng.integers(0, 9)])
    return np.full((*shape, 3), tone, np.uint8)


def specimen_image(design: Design, rng: np.random.Generator, dpi: int = 300) -> NDArray[np.uint8]:
    """Return a registration scan: one careful impression on white paper, RGB at `dpi`."""
    coverage = turn(stamp(carve(design), rng, wear=0.2), float(rng.uniform(-6, 6)))
    paper = print_ink(sheet((coverage.shape[0], coverage.shape[1]), rng), coverage, red(rng))
    return digitise(paper, rng, Scan(dpi=dpi, quality=92, blur=0.6, noise=2.0))


def impression_scan(
    design: Design,
    rng: np.random.Generator,
    scan: Scan,
    wear: float = 0.4,
    over: str = "clean",
    degrees: float | None = None,
    ink: tuple[int, int, int] | None = None,
) -> NDArray[np.uint8]:
    """Return a patch (≈ 62 mm square) of a scanned letter with one stamped seal in the middle.

    `over`: `clean`, `inner` (print through the lower middle, arc mostly free), `print` (lines all over),
    `red` (the same in red), `signature` (a pen stroke across), `faded` (as `clean`; wear and ink tell),
    `doubled` (the die slipped).
    """
    side = int(62 / 25.4 * DRAWN_DPI)
    coverage = np.zeros((side, side), np.float32)
    mark = stamp(carve(design), rng, wear)
    free = (side - mark.shape[0]) // 2
    dx, dy = (int(v) for v in rng.uniform(-free * 0.6, free * 0.6, 2))
    coverage[free + dy : free + dy + mark.shape[0], free + dx : free + dx + mark.shape[1]] = mark
    angle = float(rng.uniform(0, 360)) if degrees is None else degrees
    coverage = turn(coverage, angle, (1 + rng.normal(0, 0.003), 1 + rng.normal(0, 0.003)))
    if over == "doubled":
        coverage = _slipped(coverage, rng)
    paper = sheet((side, side), rng)
    paper = print_ink(paper, coverage, ink or red(rng))
    black = _over(over, side, rng)
    if black is not None:
        tone = (40, 50, 120) if over == "signature" and rng.random() < 0.5 else (30, 30, 32)
        tone = red(rng) if over == "red" else tone
        paper = print_ink(paper, black, tone)
    return digitise(paper, rng, scan)


def _slipped(coverage: Plane, rng: np.random.Generator) -> Plane:
    """Return a stamping with a paler second one 0.2 to 0.7 mm away."""
    angle, away = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.2, 0.7)) / 25.4 * DRAWN_DPI
    move = np.array([[1, 0, away * np.cos(angle)], [0, 1, away * np.sin(angle)]], np.float32)
    second = cv2.warpAffine(coverage, move, coverage.shape[::-1]) * float(rng.uniform(0.15, 0.7))
    return np.maximum(coverage, second).astype(np.float32)


def _over(over: str, side: int, rng: np.random.Generator) -> Plane | None:
    if over in ("clean", "faded", "doubled"):
        return None
    if over in ("print", "red"):
        return letterpress((side, side), rng)
    canvas = np.zeros((side, side), np.float32)
    if over == "inner":
        band = letterpress((int(side * 0.10), int(side * 0.42)), rng, pitch_mm=6)
        y, x = int(side * 0.52), int(side * 0.30)
        canvas[y : y + band.shape[0], x : x + band.shape[1]] = band
        return canvas
    origin = np.array([side * 0.1, side * 0.5])
    points = origin + np.cumsum(rng.normal(0, side * 0.06, (14, 2)) + np.array([side * 0.055, 0]), axis=0)
    smooth = cv2.resize(points.astype(np.float32), (2, 300), interpolation=cv2.INTER_CUBIC)
    cv2.polylines(canvas, [smooth.astype(np.int32)], False, 1.0, int(rng.uniform(8, 18) * GRAIN), cv2.LINE_AA)
    return canvas
