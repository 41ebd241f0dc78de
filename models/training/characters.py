"""Which characters are carved, which of them look alike, and what training never sees."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_ROOT = "/usr/share/fonts"
_NOTO = f"{_ROOT}/opentype/noto/Noto{{}}CJK-{{}}.ttc"
FACES: tuple[tuple[str, int], ...] = (
    (f"{_ROOT}/truetype/arphic/uming.ttc", 0),
    (f"{_ROOT}/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
    *((_NOTO.format("Serif", weight), 2) for weight in ("Light", "Regular", "Medium", "SemiBold", "Bold", "Black")),
    *((_NOTO.format("Sans", weight), 2) for weight in ("Light", "Regular", "Medium", "Bold")),
    (f"{_ROOT}/truetype/wqy/wqy-zenhei.ttc", 0),
    (f"{_ROOT}/truetype/arphic/ukai.ttc", 0),
    (f"{_ROOT}/truetype/arphic-gkai00mp/gkai00mp.ttf", 0),
)
"""Trained on. Kept aside: LXGW WenKai and WenQuanYi Micro Hei."""
FACE_SHARES = np.array([3, 3, 0.7, 2, 1, 1, 1.5, 0.5, 0.6, 1, 0.6, 1, 1, 1, 1])
FAMILIES = np.array([0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 4])
"""Faces of one family differ by weight only, as impressions of one seal do."""
ASIDE_SHARE = 0.15
"""Share of all characters that training never sees."""
GLYPH = 110
COMMON = (
    "汽车有限公司股份责任集团制造工业新能源客商用乘智技术发展科"
    "中国华东方北京上海天津重庆广州江苏浙安徽福建山西湖南四川云贵"
)
"""Company names are made of few characters: a third of what is carved for training comes from these."""


@lru_cache(maxsize=1)
def characters() -> tuple[str, ...]:
    """Return the 6,763 characters of GB 2312, the usual ones (its first level) first."""
    rows = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    return tuple(code.decode("gb2312") for code in rows if _decodes(code))


def _decodes(code: bytes) -> bool:
    try:
        code.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def is_aside(character: str) -> bool:
    """Return whether training never sees a character."""
    digest = hashlib.sha256(character.encode()).digest()
    return digest[0] < 256 * ASIDE_SHARE


@lru_cache(maxsize=60000)
def glyph(character: str, face: int) -> NDArray[np.uint8]:
    """Return a character trimmed to its ink; an empty picture where the face lacks it."""
    path, index = FACES[face]
    image = Image.new("L", (2 * GLYPH, 2 * GLYPH))
    ImageDraw.Draw(image).text((GLYPH, GLYPH), character, font=_font(path, index), fill=255, anchor="mm")
    pixels = np.asarray(image)
    rows, columns = np.where(pixels > 40)
    if not len(rows):
        return np.zeros((0, 0), np.uint8)
    return pixels[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].copy()


@lru_cache(maxsize=32)
def _font(path: str, index: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, GLYPH, index=index)


@lru_cache(maxsize=32)
def _missing(face: int) -> bytes:
    return glyph("\U0010fffd", face).tobytes()


def draws(character: str, face: int) -> bool:
    """Return whether a face has a character."""
    drawn = glyph(character, face)
    return bool(drawn.size) and drawn.tobytes() != _missing(face)


def look_alikes(faces: tuple[int, ...] = (3, 12), most: int = 12, least: float = 0.5) -> dict[str, tuple[str, ...]]:
    """Return the characters most like each one, by the correlation of their softened pictures in two faces.

    The three nearest stand there whatever their likeness.
    """
    known = [c for c in characters() if all(draws(c, face) for face in faces)]
    pictures = [np.stack([_soft(glyph(c, face)) for c in known]) for face in faces]
    found: dict[str, tuple[str, ...]] = {}
    for first in range(0, len(known), 512):
        part = slice(first, first + 512)
        likeness = sum(p[part] @ p.T for p in pictures) / len(pictures)
        for row, scores in enumerate(likeness):
            scores[first + row] = -1
            best = np.argsort(scores)[::-1][:most]
            found[known[first + row]] = tuple(
                known[i] for place, i in enumerate(best) if scores[i] > least or place < 3
            )
    return found


def _soft(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    small = cv2.GaussianBlur(cv2.resize(picture, (32, 32), interpolation=cv2.INTER_AREA), (0, 0), 1.0)
    flat = small.astype(np.float32).ravel()
    flat -= flat.mean()
    return flat / (np.linalg.norm(flat) + 1e-6)
