"""Scans painted over: the forger prints other characters where a value stood, in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.captures.scanning import Shot
from samples.captures.tools import CLEARERS, PAINTERS
from samples.content import Capture, Pairs
from samples.paper.rendering import Pixels, drawn_width_mm
from samples.paper.sheet import Mark, Sheets, Text

Quad = NDArray[np.float64]
"""Four corners, shape (4, 2): in mm on the sheet, or in pixels of the picture."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a value is painted over: from what (`tools.PAINTERS`, or `cloned` from the same page), what was done to the
    place before (`tools.CLEARERS`), whole or only the characters that differ, and how the file was saved after."""

    paint: str
    clear: str = ""
    whole: bool = True
    after: str = ""


WAYS: dict[str, Way] = {
    "twin": Way("twin"),
    "wiped": Way("wiped"),
    "elsewhere": Way("elsewhere"),
    "typed": Way("typed"),
    "cloned": Way("cloned", "evenly", whole=False),
    "cloned_png": Way("cloned", "evenly", whole=False, after="png"),
    "cloned_resaved": Way("cloned", "healed", whole=False, after="resaved"),
    "cloned_screenshot": Way("cloned", "evenly", whole=False, after="screenshot"),
    "cloned_resampled": Way("cloned_resampled", "healed", whole=False),
    "typed_characters": Way("typed", "evenly", whole=False),
    "typed_screenshot": Way("typed", "evenly", whole=False, after="screenshot"),
    "typed_brushed": Way("typed", "brushed", whole=False, after="resaved"),
    "matched": Way("matched"),
    "matched_characters": Way("matched", "healed", whole=False),
    "other_letter": Way("elsewhere", "healed", whole=False),
    "other_letter_png": Way("elsewhere", "medians", whole=False, after="png"),
    "wiped_characters": Way("wiped", "brushed", whole=False),
    "twin_characters": Way("twin", "healed", whole=False),
    "wiped_png": Way("wiped", after="png"),
    "wiped_resaved": Way("wiped", after="resaved"),
}
KINDS = tuple(WAYS)
GRID_PX = 8
"""Side of JPEG's blocks."""
BLENDED = ("healed", "brushed", "medians")
"""Places cleared like this take new print as ink over their paper; others take it with its own paper."""


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
    way = WAYS[kind]
    pixels = genuine.pixels.copy()
    places = _places(genuine, sheets, page, pairs)
    source = _painted(other, genuine, [text_quad(m, sheets, shown, spare=1.0) for m, shown, _ in places], way, rng)
    for mark, shown, stated in places:
        if way.whole or len(shown) != len(stated) or not shown.isascii():
            mask = _mask(genuine, text_quad(mark, sheets, shown, spare=0.25))
            pixels[mask] = source[mask]
        else:
            _set_characters(
                pixels, genuine, replace(other, pixels=source), sheets, page, (mark, shown, stated), way, rng
            )
    return pixels


def _painted(other: Shot, genuine: Shot, quads: list[Quad], way: Way, rng: np.random.Generator) -> Pixels:
    """Return the forger's picture with the rows about the places as his tool leaves them."""
    if way.paint not in PAINTERS or not quads:
        return other.pixels
    height = other.pixels.shape[0]
    rows = np.concatenate([genuine.to_page(quad)[:, 1] for quad in quads]) * height
    top = max(int(rows.min()) // GRID_PX * GRID_PX, 0)
    painted = other.pixels.copy()
    band = painted[top : int(rows.max()) + GRID_PX]
    band[:] = PAINTERS[way.paint](band.copy(), rng)
    return painted


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


def _set_characters(
    pixels: Pixels,
    genuine: Shot,
    other: Shot,
    sheets: Sheets,
    page: int,
    place: tuple[Text, str, str],
    way: Way,
    rng: np.random.Generator,
) -> None:
    """Set each character that differs: from elsewhere on the page if it is cloned, else from the forger's picture."""
    mark, shown, stated = place
    start = mark.text.index(shown)
    changed = replace(mark, text=mark.text.replace(shown, stated))
    for offset, (old, new) in enumerate(zip(shown, stated, strict=True)):
        if old == new:
            continue
        target = _corner(genuine, _glyph_quad(mark, sheets, start + offset))
        donors = list(_donors(sheets, page, mark, new)) if way.paint.startswith("cloned") else []
        donor, index = donors[int(rng.integers(len(donors)))] if donors else (changed, start + offset)
        picture = genuine if donors else other
        glyph = _cut(picture.pixels, _corner(picture, _glyph_quad(donor, sheets, index)))
        if way.paint == "cloned_resampled":
            glyph = PAINTERS["resampled"](glyph, rng)
        _set(pixels, target, glyph, way, rng)


def _set(pixels: Pixels, target: tuple[int, int, int, int], glyph: Pixels, way: Way, rng: np.random.Generator) -> None:
    """Clear a place and set a character's pixels into its middle."""
    x, y, width, height = target
    here = pixels[y : y + height, x : x + width]
    if way.clear:
        here[:] = CLEARERS[way.clear](here.copy(), rng)
    glyph = glyph[: here.shape[0], : here.shape[1]]
    left = (here.shape[1] - glyph.shape[1]) // 2
    into = here[: glyph.shape[0], left : left + glyph.shape[1]]
    into[:] = np.minimum(into, glyph) if way.clear in BLENDED and way.paint != "cloned" else glyph


def _cut(pixels: Pixels, corner: tuple[int, int, int, int]) -> Pixels:
    x, y, width, height = corner
    return pixels[y : y + height, x : x + width].copy()


def _donors(sheets: Sheets, page: int, like: Text, character: str) -> Iterator[tuple[Text, int]]:
    """Yield places of a character in print of the same size and weight."""
    for mark in sheets.pages[page]:
        if isinstance(mark, Text) and mark.size_mm == like.size_mm and mark.bold == like.bold and not mark.degrees:
            yield from ((mark, index) for index, c in enumerate(mark.text) if c == character)


def _glyph_quad(mark: Text, sheets: Sheets, index: int) -> Quad:
    x0, x1 = (mark.x + drawn_width_mm(mark, sheets.kind, count) for count in (index, index + 1))
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
    start = mark.text.index(part)
    x0, x1 = (mark.x + drawn_width_mm(mark, sheets.kind, count) for count in (start, start + len(part)))
    more = spare * mark.size_mm
    y0, y1 = mark.y - 0.88 * mark.size_mm - more, mark.y + 0.16 * mark.size_mm + more
    return np.array([(x0 - more, y0), (x1 + more, y0), (x1 + more, y1), (x0 - more, y1)])
