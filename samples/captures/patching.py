"""Scans painted over: the forger prints other characters where a value stood, in pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.captures.noise import grain
from samples.captures.scanning import Shot
from samples.content import Capture, Pairs
from samples.paper.rendering import Pixels
from samples.paper.sheet import Mark, Sheets, Text

Quad = NDArray[np.float64]
"""Four corners, shape (4, 2): in mm on the sheet, or in pixels of the picture."""
Painter = Callable[[Pixels, np.random.Generator], Pixels]
"""Makes of the forger's own picture of the sheet what he pastes."""


def says_instead(sheets: Sheets, pairs: Pairs) -> Sheets:
    """Return the sheets with every `shown` text replaced by the `stated` one."""
    return replace(sheets, pages=[[_changed(mark, pairs) for mark in page] for page in sheets.pages])


def _changed(mark: Mark, pairs: Pairs) -> Mark:
    if isinstance(mark, Text):
        for shown, stated in pairs:
            if shown and shown in mark.text:
                mark = replace(mark, text=mark.text.replace(shown, stated))
    return mark


def as_received(shot: Shot, capture: Capture) -> Shot:
    """Return a picture as the forger has it: he works on the scan's file, so its compression is already in it."""
    if capture.form not in ("jpg", "pdf_scan"):
        return shot
    bgr = cv2.cvtColor(shot.pixels, cv2.COLOR_RGB2BGR)
    _, stored = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, capture.quality])
    return replace(shot, pixels=cast(Pixels, cv2.cvtColor(cv2.imdecode(stored, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)))


def patched(
    genuine: Shot,
    other: Shot,
    sheets: Sheets,
    page: int,
    pairs: Pairs,
    rng: np.random.Generator,
    kind: str,
) -> Pixels:
    """Return a page's pixels with the places that hold a `shown` text painted over in one of the ways of `KINDS`.

    `other` shows the sheet as `says_instead` has it, from a scanner of the same make with the same settings.
    """
    pixels = genuine.pixels.copy()
    places = _places(genuine, sheets, page, pairs)
    if kind == "cloned":
        for mark, shown, stated in places:
            _clone(pixels, genuine, sheets, page, (mark, shown, stated), other)
        return pixels
    source = PAINTERS[kind](other.pixels, rng)
    for mark, shown, _ in places:
        mask = _mask(genuine, text_quad(mark, sheets, shown, spare=0.25))
        pixels[mask] = source[mask]
    return pixels


def _places(genuine: Shot, sheets: Sheets, page: int, pairs: Pairs) -> list[tuple[Text, str, str]]:
    return [
        (mark, shown, stated)
        for mark in sheets.pages[page]
        if isinstance(mark, Text)
        for shown, stated in pairs
        if shown and shown in mark.text
    ]


def _mask(shot: Shot, quad: Quad) -> NDArray[np.bool_]:
    height, width = shot.pixels.shape[:2]
    mask = np.zeros((height, width), np.uint8)
    corners = shot.to_page(quad) * (width, height)
    cv2.fillPoly(mask, [np.round(corners).astype(np.int32)], 1)
    return mask == 1


# --- the ways ---------------------------------------------------------------------------------------------


def _as_is(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return another sheet from the same scanner at the same settings: pixels alone cannot tell it."""
    return pixels


def _wiped(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return pixels without a scanner's noise, as a drawing program leaves them."""
    return cast(Pixels, cv2.bilateralFilter(pixels, 7, 40, 5))


def _from_elsewhere(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return pixels of another scanner: softer or sharper, quieter or noisier, another JPEG quality, another grid."""
    soft = cv2.GaussianBlur(pixels, (0, 0), float(rng.uniform(0.5, 1.0))).astype(np.float32)
    noisy = soft + grain(rng, pixels.shape, float(rng.uniform(1.0, 6.0)))
    shifted = np.roll(np.clip(noisy, 0, 255).astype(np.uint8), (3, 5), axis=(0, 1))
    _, stored = cv2.imencode(".jpg", shifted, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 96))])
    return cast(Pixels, np.roll(cv2.imdecode(stored, cv2.IMREAD_COLOR), (-3, -5), axis=(0, 1)))


def _typed(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Return crisp dark print on paper of one even tone, as typed in a picture editor."""
    paper = np.median(pixels[::16, ::16].reshape(-1, 3), axis=0)
    grey = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (0, 0), 0.6).astype(np.float32)
    share = 1 / (1 + np.exp(-(grey - 0.62 * paper.mean()) / 9))
    return cast(Pixels, (share[..., None] * paper + (1 - share[..., None]) * 22).astype(np.uint8))


PAINTERS: dict[str, Painter] = {
    "twin": _as_is,
    "wiped": _wiped,
    "elsewhere": _from_elsewhere,
    "typed": _typed,
}
KINDS = (*PAINTERS, "cloned")
"""`cloned`: only the characters that differ are replaced, by the same characters from elsewhere on the page."""


def _clone(pixels: Pixels, genuine: Shot, sheets: Sheets, page: int, place: tuple[Text, str, str], other: Shot) -> None:
    """Copy each character that differs from another place of the same scan; from `other` where the page has none."""
    mark, shown, stated = place
    start = mark.text.index(shown)
    for offset, (old, new) in enumerate(zip(shown, stated, strict=False)):
        if old == new:
            continue
        target = _corner(genuine, _glyph_quad(mark, sheets, start + offset))
        donor = next(_donors(sheets, page, mark, new), None)
        picture, quad = (
            (other, _glyph_quad(mark, sheets, start + offset)) if donor is None
            else (genuine, _glyph_quad(donor[0], sheets, donor[1]))
        )  # fmt: skip
        x, y, width, height = _corner(picture, quad)
        rows, columns = min(height, target[3]), min(width, target[2])
        pixels[target[1] : target[1] + rows, target[0] : target[0] + columns] = picture.pixels[
            y : y + rows, x : x + columns
        ]


def _donors(sheets: Sheets, page: int, like: Text, character: str) -> Iterator[tuple[Text, int]]:
    """Yield places of a character in print of the same size and weight."""
    for mark in sheets.pages[page]:
        if isinstance(mark, Text) and mark.size_mm == like.size_mm and mark.bold == like.bold and not mark.degrees:
            yield from ((mark, index) for index, c in enumerate(mark.text) if c == character and mark.text.isascii())


def _glyph_quad(mark: Text, sheets: Sheets, index: int) -> Quad:
    x0 = mark.x + sheets.width(mark.text[:index], mark.size_mm, mark.bold)
    x1 = mark.x + sheets.width(mark.text[: index + 1], mark.size_mm, mark.bold)
    y0, y1 = mark.y - 0.88 * mark.size_mm, mark.y + 0.16 * mark.size_mm
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])


def _corner(shot: Shot, quad: Quad) -> tuple[int, int, int, int]:
    """Return (x, y, width, height) in pixels of the upright box around a quad."""
    height, width = shot.pixels.shape[:2]
    corners = np.round(shot.to_page(quad) * (width, height)).astype(int)
    (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
    return int(x0), int(y0), int(x1 - x0), int(y1 - y0)


def text_quad(
    mark: Text, sheets: Sheets, part: str, spare: float = 0.0
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the corners in mm, shape (4, 2), of `part` in a line of print, `spare` sizes wider all round."""
    x0 = mark.x + sheets.width(mark.text[: mark.text.index(part)], mark.size_mm, mark.bold)
    x1 = x0 + sheets.width(part, mark.size_mm, mark.bold)
    more = spare * mark.size_mm
    y0, y1 = mark.y - 0.88 * mark.size_mm - more, mark.y + 0.16 * mark.size_mm + more
    return np.array([(x0 - more, y0), (x1 + more, y0), (x1 + more, y1), (x0 - more, y1)])
