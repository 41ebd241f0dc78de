"""Draws seal impressions for the seal benchmarks and tests: fictional names only.

An impression is a map of ink coverage in [0, 1]; `seals_scans` brings it onto paper and into pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Plane = NDArray[np.float32]
T = TypeVar("T")

FACES: tuple[tuple[str, int], ...] = (
    ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    ("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/arphic/ukai.ttc", 0),
    ("/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf", 0),
    ("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
)
ASIDE_FACES = (8, 9)
"""Typefaces that nothing was trained or tuned on."""
LEANING = {"（": 0.25, "）": -0.25}
"""How far typefaces draw a bracket off the middle of its cell, in cells."""
PRINT_FACE = ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2)
DRAWN_DPI = 400
GRAIN = DRAWN_DPI / 600
"""Wear is described in pixels of 600 dpi."""

_PLACES = """
    华东 北辰 安远 江城 云岭 海川 吉安 重山 远航 天峰 瑞丰 长风 福清 宁江 庆阳 龙泉 湘北
    粤海 晋源 辽南
""".split()  # noqa: SIM905 - a list of words reads best as words
_BRANDS = """
    启明 晨光 金驰 奥腾 比达 通捷 力帆达 众和 瑞特 未来 星辉 宇通达 昌驰 江远 成达 威盛 东域
    利华 申翔 辰星
""".split()  # noqa: SIM905 - a list of words reads best as words
_KINDS = "汽车 新能源汽车 客车 汽车制造 商用车 汽车工业 乘用车 汽车集团 智能汽车".split()  # noqa: SIM905 - a list of words reads best as words
_FORMS = "有限公司 股份有限公司 有限责任公司 集团有限公司".split()  # noqa: SIM905 - a list of words reads best as words
_PAIRS = """
    辰晨 成诚 城诚 江红 天夫 大太 未末 安桉 长张 比北 福幅 奇寄 吉古 利刊 众从 海梅 威咸
    重量 庆厌 宇字 通适 龙尤 申甲 昌晶 特持 瑞端 冬东 辉挥 奥粤 力刀 车东 云去 川州 远运
    峰锋 丰半 宁守 阳阴 泉皇 湘相 晋普 源原 辽江 启后 明朋 光先 金全 驰弛 腾滕 达迏 捷睫
    帆帜 和种 来末 星皇 域城 华毕 翔祥 盛晟 汽气 制刷 造选 商高 用甩 工土 业亚 乘剩 集隻
    团困 智替 能熊
""".split()  # noqa: SIM905 - a list of words reads best as words
LOOK_ALIKES: tuple[tuple[str, str], ...] = tuple((pair[0], pair[1]) for pair in _PAIRS)


@dataclass(frozen=True)
class Design:
    """What is carved: sizes in millimetres, angles in degrees."""

    name: str
    face: int = 0
    diameter_mm: float = 40.0
    star: bool = True
    code: str = ""
    bottom: str = ""
    shape: str = "round"
    rim_mm: float = 1.0
    text_height_mm: float = 6.0
    text_width: float = 0.72
    span_degrees: float = 250.0
    weight: float = 0.0
    leaning: bool = False
    """Whether brackets stand to one side of their cells, with wide gaps before and after what they hold."""


def random_name(rng: np.random.Generator, part: str = "") -> str:
    """Return a fictional maker's name of 9 to 17 characters; names of the two parts share no place nor brand."""
    words = (of_part(_PLACES, part), of_part(_BRANDS, part), _KINDS, _FORMS)
    return "".join(str(rng.choice(choices)) for choices in words)


def of_part(items: Sequence[T], part: str) -> Sequence[T]:
    """Return every other item: even ones for `tuning`, odd ones for `aside`, all otherwise."""
    return {"tuning": items[::2], "aside": items[1::2]}.get(part, items)


def random_design(rng: np.random.Generator, name: str | None = None, **changes: object) -> Design:
    """Return a plausible official seal."""
    name = name or random_name(rng)
    values: dict[str, object] = {
        "name": name,
        "face": int(rng.choice([0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7])),
        "diameter_mm": float(rng.choice([38.0, 40.0, 40.0, 42.0])),
        "star": bool(rng.random() < 0.85),
        "code": "".join(rng.choice(list("0123456789"), 13)) if rng.random() < 0.5 else "",
        "rim_mm": float(rng.uniform(0.8, 1.3)),
        "text_height_mm": float(rng.uniform(5.0, 6.5)),
        "text_width": float(rng.uniform(0.6, 0.85)),
        "span_degrees": float(min(290.0, 15 + len(name) * rng.uniform(16.0, 19.0))),
        "weight": float(rng.uniform(0.0, 0.06)),
    }
    return Design(**{**values, **changes})  # type: ignore[arg-type]


def look_alike(name: str, rng: np.random.Generator, part: str = "") -> str:
    """Return `name` with one character exchanged for one that looks like it; `part` limits the pairs.

    The name itself where none of its characters has such a twin.
    """
    table: dict[str, list[str]] = {}
    for one, other in of_part(LOOK_ALIKES, part):
        table.setdefault(one, []).append(other)
        table.setdefault(other, []).append(one)
    places = [i for i, c in enumerate(name) if c in table]
    if not places:
        return name
    at = int(rng.choice(places))
    return name[:at] + str(rng.choice(table[name[at]])) + name[at + 1 :]


def has_glyphs(name: str, face: int) -> bool:
    """Return whether the face draws every character of `name`."""
    blank = _glyph("\U0010fffd", face, 40).tobytes()
    return all(_glyph(c, face, 40).tobytes() != blank for c in name)


@lru_cache(maxsize=4096)
def _glyph(character: str, face: int, size: int) -> NDArray[np.uint8]:
    path, index = FACES[face] if face >= 0 else PRINT_FACE
    font = ImageFont.truetype(path, size, index=index)
    image = Image.new("L", (size * 2, size * 2))
    ImageDraw.Draw(image).text((size, size), character, font=font, fill=255, anchor="mm")
    array = np.asarray(image)
    rows, columns = np.where(array > 40)
    if not len(rows):
        return np.zeros((size, size), np.uint8)
    return array[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].copy()


def _place(
    canvas: Plane, glyph: NDArray[np.uint8], box: tuple[float, float], at: tuple[float, float], turn: float
) -> None:
    """Draw `glyph` into `canvas`, `box` = (width, height) px, centred on `at`, turned by degrees."""
    height, width = glyph.shape
    half = int(np.hypot(*box) / 2) + 3
    x0, y0 = max(int(at[0]) - half, 0), max(int(at[1]) - half, 0)
    target = canvas[y0 : int(at[1]) + half, x0 : int(at[0]) + half]
    scale = np.array([[box[0] / width, 0, -box[0] / 2], [0, box[1] / height, -box[1] / 2], [0, 0, 1]])
    angle = np.radians(turn)
    cos, sin = np.cos(angle), np.sin(angle)
    rotate = np.array([[cos, -sin, at[0] - x0], [sin, cos, at[1] - y0], [0, 0, 1]])
    small = cv2.GaussianBlur(glyph, (0, 0), 0.7)
    drawn = cv2.warpAffine(small, (rotate @ scale)[:2], target.shape[::-1], flags=cv2.INTER_AREA)
    np.maximum(target, drawn.astype(np.float32) / 255, out=target)


@lru_cache(maxsize=64)
def carve(design: Design) -> Plane:
    """Return the ink coverage of a perfect impression, upright, at `DRAWN_DPI`, with a 3 mm margin."""
    px = DRAWN_DPI / 25.4
    if design.shape == "square":
        return _carve_square(design, px)
    radius_x = design.diameter_mm / 2 * px
    radius_y = radius_x * (30 / 45 if design.shape == "oval" else 1)
    side = int(2 * radius_x + 6 * px)
    canvas = np.zeros((side, side), np.float32)
    middle = side / 2
    rim = design.rim_mm * px
    cv2.ellipse(
        canvas,
        ((middle, middle), (2 * radius_x - rim, 2 * radius_y - rim), 0),
        1.0,
        max(int(rim), 1),
        cv2.LINE_AA,
    )
    _carve_arc(canvas, design, px, radius_x, radius_y)
    if design.star:
        points = [
            (middle + r * np.sin(k * np.pi / 5), middle - r * np.cos(k * np.pi / 5))
            for k, r in ((k, (7.0 if k % 2 == 0 else 2.67) * px * design.diameter_mm / 40) for k in range(10))
        ]
        cv2.fillPoly(canvas, [np.array(points, np.int32)], 1.0, cv2.LINE_AA)
    if design.bottom:
        _straight(canvas, design.bottom, design.face, middle, middle + 0.52 * radius_y, 3.6 * px, 0.8)
    if design.code:
        for i, digit in enumerate(design.code):
            angle = np.radians(90 + (6 - i) * 6.2)
            r = radius_x - 2.6 * px
            at = (middle + r * np.cos(angle), middle + r * (radius_y / radius_x) * np.sin(angle))
            _place(canvas, _glyph(digit, 4, 60), (1.0 * px, 1.7 * px), at, np.degrees(angle) - 90)
    return canvas


def _carve_arc(canvas: Plane, design: Design, px: float, radius_x: float, radius_y: float) -> None:
    middle = canvas.shape[0] / 2
    height = design.text_height_mm * px * design.diameter_mm / 40 * (0.75 if design.shape == "oval" else 1)
    inset = (design.rim_mm + 0.7) * px + height / 2
    count = len(design.name)
    angles = np.radians(np.linspace(-90 - design.span_degrees / 2, -90 + design.span_degrees / 2, count))
    pitch = (radius_x - inset) * np.radians(design.span_degrees) / max(count - 1, 1)
    if design.leaning:
        cell = np.radians(design.span_degrees) / max(count - 1, 1)
        angles = angles + cell * np.array([LEANING.get(character, 0.0) for character in design.name])
    for character, angle in zip(design.name, angles, strict=True):
        a, b = radius_x - inset, radius_y - inset
        at = (middle + a * np.cos(angle), middle + b * np.sin(angle))
        normal = np.degrees(np.arctan2(np.sin(angle) / b, np.cos(angle) / a))
        glyph = _glyph(character, design.face, 160)
        thin = min(glyph.shape[1] / glyph.shape[0], 1.0)
        width = min(height * design.text_width, pitch * 0.92) * max(thin, 0.35)
        _place(canvas, glyph, (width, height * min(1.0, glyph.shape[0] / glyph.shape[1] * 1.15)), at, normal + 90)
    if design.weight:
        canvas[:] = np.maximum(canvas, cv2.dilate(canvas, np.ones((3, 3), np.uint8)) * min(1, design.weight * 12))


def _straight(canvas: Plane, text: str, face: int, x: float, y: float, height: float, width: float) -> None:
    for i, character in enumerate(text):
        at = (x + (i - (len(text) - 1) / 2) * height * width * 1.1, y)
        _place(canvas, _glyph(character, face, 160), (height * width, height), at, 0)


def _carve_square(design: Design, px: float) -> Plane:
    side = int(design.diameter_mm * px + 6 * px)
    canvas = np.zeros((side, side), np.float32)
    margin, rim = int(3 * px), max(int(design.rim_mm * px), 1)
    cv2.rectangle(canvas, (margin, margin), (side - margin, side - margin), 1.0, rim)
    characters = (design.name + "印之章章")[:4]
    step = (side - 2 * margin) / 2
    for i, character in enumerate(characters):
        at = (margin + step * (1.5 - i // 2), margin + step * (0.5 + i % 2))
        _place(canvas, _glyph(character, design.face, 160), (step * 0.75, step * 0.8), at, 0)
    return canvas


def _noise(rng: np.random.Generator, shape: tuple[int, int], cell: float) -> Plane:
    """Return smooth noise of unit deviation whose grains are about `cell` pixels."""
    small = rng.standard_normal((int(shape[0] / cell) + 4, int(shape[1] / cell) + 4)).astype(np.float32)
    big = cv2.resize(small, (int(small.shape[1] * cell), int(small.shape[0] * cell)), interpolation=cv2.INTER_CUBIC)
    big = big[: shape[0], : shape[1]]
    return (big - big.mean()) / (big.std() + 1e-6)


def stamp(coverage: Plane, rng: np.random.Generator, wear: float = 0.4) -> Plane:
    """Return one impression of a carved seal: uneven pressure, grain, spread; `wear` in [0, 1]."""
    shape = (coverage.shape[0], coverage.shape[1])
    spread = cv2.GaussianBlur(coverage, (0, 0), float(rng.uniform(1.0, 2.6)) * GRAIN)
    level = (
        0.5
        + float(rng.normal(0, 0.08)) * (0.5 + wear)
        + 0.10 * wear * _noise(rng, shape, 90 * GRAIN)
        + 0.10 * wear * _noise(rng, shape, 9 * GRAIN)
    )
    inked = 1 / (1 + np.exp(-(spread - level) * 11))
    density = np.clip(
        1
        - wear
        * (
            0.25
            + 0.22 * _noise(rng, shape, 160 * GRAIN)
            + 0.16 * _noise(rng, shape, 12 * GRAIN)
            + 0.10 * _noise(rng, shape, 3 * GRAIN)
        ),
        0.15,
        1,
    )
    return (inked * density).astype(np.float32)


def turn(
    plane: Plane, degrees: float, scale: tuple[float, float] = (1.0, 1.0), shift: tuple[float, float] = (0, 0)
) -> Plane:
    """Return `plane` turned clockwise about its middle on a canvas of the same size."""
    middle = (plane.shape[1] / 2, plane.shape[0] / 2)
    matrix = cv2.getRotationMatrix2D(middle, -degrees, 1.0)
    matrix[:, 0] *= scale[0]
    matrix[:, 1] *= scale[1]
    matrix[:, 2] += np.array(middle) - matrix[:, :2] @ np.array(middle) - matrix[:, 2] + np.array(shift)
    return cv2.warpAffine(plane, matrix, plane.shape[::-1], flags=cv2.INTER_LINEAR)
