"""Draws arcs of seals, stamps them, prints over them and scans them, widely: for training only.

Nothing here is shared with the drawings that the benchmarks measure on.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.training.characters import FACES, glyph

Plane = NDArray[np.float32]
DPI = 400
PX = DPI / 25.4
SIDE = int(52 * PX)
"""Width of the drawn paper."""


@dataclass(frozen=True, slots=True)
class Carving:
    """A seal as it is cut: sizes in mm, angles in degrees."""

    text: str
    face: int
    diameter_mm: float
    rim_mm: float
    inset_mm: float
    height_mm: float
    pitch_degrees: float
    width_share: float
    star_mm: float
    digits: bool
    inner: str

    @property
    def radius(self) -> float:
        """Radius of the rim's mid-line, px."""
        return (self.diameter_mm - self.rim_mm) / 2 * PX

    @property
    def first_degrees(self) -> float:
        """Angle of the first character's middle, clockwise from three o'clock."""
        return -90.0 - self.pitch_degrees * (len(self.text) - 1) / 2


def random_carving(rng: np.random.Generator, text: str, face: int) -> Carving:
    """Return a plausible seal."""
    diameter = float(rng.choice([38, 40, 40, 42, 45]))
    count = len(text)
    pitch = float(min(rng.uniform(15, 22), rng.uniform(250, 310) / max(count - 1, 1)))
    return Carving(
        text, face, diameter, float(rng.uniform(0.7, 1.4)), float(rng.uniform(0.5, 1.6)),
        float(rng.uniform(4.2, 6.8)) * diameter / 40, pitch, float(rng.uniform(0.6, 0.95)),
        float(rng.uniform(5.5, 8)) if rng.random() < 0.85 else 0.0, bool(rng.random() < 0.4),
        "".join(rng.choice(list("合同财务业发票专用章"), 5)) if rng.random() < 0.1 else "",
    )  # fmt: skip


def carve(carving: Carving, weight: float) -> Plane:
    """Return the coverage of a perfect impression, upright; `weight` in px thickens (or thins) the strokes."""
    canvas = np.zeros((SIDE, SIDE), np.float32)
    middle = (SIDE - 1) / 2
    cv2.circle(
        canvas, (round(middle), round(middle)), round(carving.radius), 1.0, round(carving.rim_mm * PX), cv2.LINE_AA
    )
    _set_text(canvas, carving, carving.text)
    if carving.star_mm:
        _star(canvas, carving.star_mm * PX)
    for i, character in enumerate(carving.inner):
        at = (middle + (i - 2) * 3.3 * PX, middle + 9 * PX)
        _place(canvas, glyph(character, carving.face), (2.9 * PX, 3.6 * PX), at, 0.0)
    if carving.digits:
        _digits(canvas, carving)
    return _weighted(canvas, weight)


def carve_only(carving: Carving, text: str, weight: float) -> Plane:
    """Return the arc text alone, blanks left out."""
    canvas = np.zeros((SIDE, SIDE), np.float32)
    _set_text(canvas, carving, text)
    return _weighted(canvas, weight)


def _set_text(canvas: Plane, carving: Carving, text: str) -> None:
    middle = (SIDE - 1) / 2
    r = (carving.diameter_mm / 2 - carving.rim_mm - carving.inset_mm - carving.height_mm / 2) * PX
    room = np.radians(carving.pitch_degrees) * r
    for i, character in enumerate(text):
        if character == " ":
            continue
        angle = np.radians(carving.first_degrees + i * carving.pitch_degrees)
        drawn = glyph(character, carving.face)
        height, width = carving.height_mm * PX, min(carving.height_mm * carving.width_share * PX, room * 0.94)
        slim = drawn.shape[1] / drawn.shape[0]
        if slim < 0.5:
            width *= max(slim * 1.6, 0.3)
        elif slim > 1.6:
            height *= max(1.6 / slim, 0.3)
        _place(
            canvas, drawn, (width, height), (middle + r * np.cos(angle), middle + r * np.sin(angle)), angle + np.pi / 2
        )


def _weighted(canvas: Plane, weight: float) -> Plane:
    if abs(weight) < 0.15:
        return canvas
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    changed = cv2.dilate(canvas, kernel) if weight > 0 else cv2.erode(canvas, kernel)
    share = min(abs(weight), 1.0)
    return np.asarray(canvas * (1 - share) + changed * share, np.float32)


def _digits(canvas: Plane, carving: Carving) -> None:
    r = (carving.diameter_mm / 2 - carving.rim_mm - 1.4) * PX
    for i in range(13):
        angle = np.radians(90 + (6 - i) * 6.2)
        at = ((SIDE - 1) / 2 + r * np.cos(angle), (SIDE - 1) / 2 + r * np.sin(angle))
        _place(canvas, glyph("0123456789"[(i * 7) % 10], 9), (PX, 1.7 * PX), at, angle - np.pi / 2)


def _place(
    canvas: Plane, drawn: NDArray[np.uint8], size: tuple[float, float], at: tuple[float, float], turn: float
) -> None:
    """Draw a glyph as (width, height) px about `at`, turned clockwise by radians, touching only its own square."""
    half = int(np.hypot(*size) / 2) + 3
    x0, y0 = int(at[0]) - half, int(at[1]) - half
    rows, columns = drawn.shape
    cos, sin = np.cos(turn), np.sin(turn)
    fit = np.array([[size[0] / columns, 0, -size[0] / 2], [0, size[1] / rows, -size[1] / 2], [0, 0, 1]])
    move = np.array([[cos, -sin, at[0] - x0], [sin, cos, at[1] - y0], [0, 0, 1]])
    sigma = max(0.45 * min(columns / size[0], rows / size[1]), 0.3)
    soft = cv2.GaussianBlur(drawn, (0, 0), sigma)
    patch = cv2.warpAffine(soft, (move @ fit)[:2], (2 * half, 2 * half)).astype(np.float32) / 255
    target = canvas[max(y0, 0) : y0 + 2 * half, max(x0, 0) : x0 + 2 * half]
    np.maximum(target, patch[max(-y0, 0) :, max(-x0, 0) :][: target.shape[0], : target.shape[1]], out=target)


def _star(canvas: Plane, tip: float) -> None:
    middle = (SIDE - 1) / 2
    radii = [tip if k % 2 == 0 else tip * 0.382 for k in range(10)]
    points = [(middle + r * np.sin(k * np.pi / 5), middle - r * np.cos(k * np.pi / 5)) for k, r in enumerate(radii)]
    cv2.fillPoly(canvas, [np.array(points, np.int32)], 1.0, cv2.LINE_AA)


def noise(rng: np.random.Generator, cell: float) -> Plane:
    """Return smooth noise of unit deviation over the paper, grains about `cell` px."""
    count = int(SIDE / cell) + 3
    small = rng.standard_normal((count, count), dtype=np.float32)
    return np.asarray(cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC), np.float32)


def stamp(coverage: Plane, rng: np.random.Generator, wear: float) -> Plane:
    """Return one impression: ink spread or starved, uneven pressure, grain, bare spots, scratches, a slip."""
    spread = cv2.GaussianBlur(coverage, (0, 0), float(rng.uniform(0.5, 1.9)))
    level = 0.5 + float(rng.normal(0, 0.07)) * (0.5 + wear) + 0.09 * wear * (noise(rng, 60) + noise(rng, 6))
    inked = 1 / (1 + np.exp(np.float32(-rng.uniform(7, 13)) * (spread - level)))
    uneven = 0.25 + 0.22 * noise(rng, 110) + 0.16 * noise(rng, 8) + 0.10 * noise(rng, 2.2) + _slope(rng)
    mark = inked * np.clip(1 - wear * uneven, 0.12, 1)
    if rng.random() < 0.3 * wear + 0.05:
        mark = mark * np.clip(1.6 + noise(rng, float(rng.uniform(5, 16))) * 0.7, 0, 1)
    if rng.random() < 0.12:
        mark = _scratched(mark, rng)
    if rng.random() < 0.08:
        step = rng.normal(0, 0.25 * PX, 2)
        ghost = cv2.warpAffine(mark, np.array([[1, 0, step[0]], [0, 1, step[1]]]), (SIDE, SIDE))
        mark = np.maximum(mark, ghost * float(rng.uniform(0.15, 0.5)))
    return np.asarray(mark, np.float32)


def _slope(rng: np.random.Generator) -> Plane:
    angle, steps = rng.uniform(0, 2 * np.pi), np.linspace(-0.5, 0.5, SIDE, dtype=np.float32)
    return np.asarray((np.cos(angle) * steps[None] + np.sin(angle) * steps[:, None]) * rng.uniform(0, 1.1), np.float32)


def _scratched(mark: Plane, rng: np.random.Generator) -> Plane:
    clear = np.zeros_like(mark)
    for _ in range(int(rng.integers(1, 4))):
        a, b = rng.integers(0, SIDE, 2), rng.integers(0, SIDE, 2)
        cv2.line(clear, tuple(map(int, a)), tuple(map(int, b)), 1.0, int(rng.integers(1, 4)), cv2.LINE_AA)
    return np.asarray(mark * (1 - 0.8 * clear), np.float32)


def moved(plane: Plane, degrees: float, stretch: tuple[float, float]) -> Plane:
    """Return the plane turned clockwise about its middle and stretched along the page's axes."""
    middle = (SIDE - 1) / 2
    matrix = cv2.getRotationMatrix2D((middle, middle), -degrees, 1.0)
    matrix[0] *= stretch[0]
    matrix[1] *= stretch[1]
    matrix[:, 2] = np.array([middle, middle]) - matrix[:, :2] @ np.array([middle, middle])
    return np.asarray(cv2.warpAffine(plane, matrix, (SIDE, SIDE)), np.float32)


def over_print(rng: np.random.Generator, kind: str) -> Plane:
    """Return the coverage of what was printed or written over the seal."""
    canvas = np.zeros((SIDE, SIDE), np.float32)
    if kind == "signature":
        for _ in range(int(rng.integers(1, 3))):
            steps = rng.normal(0, SIDE * 0.07, (12, 2)) + np.array([SIDE * 0.06, rng.normal(0, SIDE * 0.03)])
            points = np.array([0, rng.uniform(0.15, 0.85) * SIDE]) + np.cumsum(steps, axis=0)
            smooth = cv2.resize(points.astype(np.float32), (2, 200), interpolation=cv2.INTER_CUBIC)
            cv2.polylines(canvas, [smooth.astype(np.int32)], False, 1.0, int(rng.uniform(4, 13)), cv2.LINE_AA)
        return canvas
    if kind == "rules":
        for y in np.arange(rng.uniform(0, 100), SIDE, rng.uniform(70, 170)):
            cv2.line(canvas, (0, int(y)), (SIDE, int(y)), 1.0, int(rng.integers(2, 6)))
        for x in rng.uniform(0, SIDE, int(rng.integers(1, 4))):
            cv2.line(canvas, (int(x), 0), (int(x), SIDE), 1.0, int(rng.integers(2, 6)))
        return canvas
    return _lines(rng)


WORDS = (
    "兹确认本公司生产的下列车辆在出口目的国境内由授权服务网点提供售后维修日期联系电话地址特此二〇六年月0123456789LGWXAB"
)


def _lines(rng: np.random.Generator) -> Plane:
    """Return lines of print over all or part of the paper."""
    path, index = FACES[int(rng.choice([0, 3, 6, 9, 12, 13]))]
    size = float(rng.uniform(2.6, 5.2)) * PX
    font = ImageFont.truetype(path, int(size), index=index)
    canvas = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(canvas)
    pitch = size * float(rng.uniform(1.25, 2.6))
    first, last = (0.0, 1.0) if rng.random() < 0.5 else sorted(rng.uniform(0, 1, 2))
    for y in np.arange(SIDE * first + rng.uniform(-pitch, pitch), SIDE * last, pitch):
        text = "".join(rng.choice(list(WORDS), int(SIDE / size) + 2))
        draw.text((-float(rng.uniform(0, size)), float(y)), text, font=font, fill=255)
    return np.asarray(canvas, np.float32) / 255


@dataclass(frozen=True, slots=True)
class Capture:
    """How paper became pixels."""

    dpi: float
    quality: int
    subsampled: bool
    blur: float
    grain: float
    mode: str = "colour"
    phone: bool = False


def random_capture(rng: np.random.Generator) -> Capture:
    """Return an office scan, sometimes a phone's picture, most of them 150 to 300 dpi and in colour."""
    phone = rng.random() < 0.18
    dpi = float(rng.choice([150, 200, 200, 250, 300, 300])) * float(rng.uniform(0.93, 1.07))
    if phone:
        dpi = float(rng.uniform(125, 260))
    mode = str(rng.choice(["colour"] * 14 + ["grey", "bilevel"]))
    quality = int(rng.integers(45, 97))
    blur = float(rng.uniform(0.35, 1.3)) * (1.0 if not phone else float(rng.uniform(0.7, 1.3)))
    return Capture(dpi, quality, bool(rng.random() < 0.7), blur, float(rng.uniform(0.5, 5.5)), mode, phone)


def capture(coverage: Plane, black: Plane | None, rng: np.random.Generator, how: Capture) -> NDArray[np.uint8]:
    """Return RGB pixels of ink on paper, print over it."""
    size = (round(SIDE * how.dpi / DPI),) * 2
    ink = np.asarray(cv2.resize(coverage, size, interpolation=cv2.INTER_AREA), np.float32)
    paper = np.array([rng.integers(225, 256)] * 3, np.float32) - np.array([0, rng.integers(0, 6), rng.integers(0, 14)])
    red = np.array([rng.integers(165, 248), rng.integers(10, 95), rng.integers(15, 105)], np.float32)
    strength = float(rng.uniform(0.75, 1.0)) if rng.random() < 0.75 else float(rng.uniform(0.4, 0.75))
    page = paper * (1 - ink[..., None] * strength * (1 - red / 255))
    if black is not None:
        tone = np.array((35, 45, 120) if rng.random() < 0.3 else (rng.integers(15, 70),) * 3, np.float32)
        page = page * (
            1 - np.asarray(cv2.resize(black, size, interpolation=cv2.INTER_AREA))[..., None] * (1 - tone / 255)
        )
    if how.phone:
        shade = np.asarray(
            cv2.resize(rng.uniform(0.72, 1.05, (3, 3)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
        )
        page = page * shade[..., None]
    page = cv2.GaussianBlur(page, (0, 0), how.blur * how.dpi / 300 + 0.2)
    if rng.random() < 0.25:
        page = page + rng.uniform(0.3, 1.0) * (page - cv2.GaussianBlur(page, (0, 0), 1.3))
    grain = np.empty((*size, 3), np.float32)
    cv2.randn(grain, 0, how.grain)
    page = page + 0.8 * grain + grain[::-1, :, :1]
    pixels = np.clip(page, 0, 255).astype(np.uint8)
    if how.mode != "colour":
        grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        grey = np.where(grey < 160, 0, 255).astype(np.uint8) if how.mode == "bilevel" else grey
        pixels = np.repeat(grey[..., None], 3, axis=2)
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=how.quality, subsampling=2 if how.subsampled else 0)
    return np.asarray(Image.open(stored))
