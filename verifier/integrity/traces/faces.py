"""The type of a vehicle number against its siblings on the page: a list is set in one face, weight and size.

Characters of other numbers are looked for where equal ones stand, all scaled to one height; a reader's borders may be
off by a character. What also counts is how wide and how dark characters are, how tall the number is and how far they
stand apart. Each alone varies with print and reader, several together do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.strokes import RED_OVER
from verifier.page import Pixels

Luma = NDArray[np.uint8]
Vector = NDArray[np.float64]
TALL, AROUND = 24, 1.3
"""Rows of a number drawn anew, and how many of its heights they show."""
SLACK, ASTRAY = 2, 1.2
"""Rows by which a line of print may be off, and distances of characters by which borders may be."""
SOFT = 0.8
"""Blur in pixels: what is left of print is its shape, not its noise and its displacement."""
WHOLE, SHORTEST = 17, 9.0
"""Characters of a vehicle number, all of which have to be found; pixels of height below which they have no shape."""
MOST_STAMPED = 0.02
"""Share of a number's pixels that a seal may cover."""
FEWEST_EQUAL, MOST_EQUAL = 3, 4
"""Characters that others of the page equal, without which shapes are not compared; how many each is compared with."""
PLACED = 0.95
"""Of the fit found, which a character has to have as its borders stand: else its width says nothing."""
ALIKE = 0.98
"""How well equal characters of honest numbers fit in the median (correlation); a page may have less."""
SCALES = np.array((0.06, 0.07, 0.13, 0.08, 0.12))
"""Of shape, width, darkness, height and distance of characters: about what the oddest of a hundred numbers has."""
LIMIT = 2.3
"""Of all five together: of 264 genuine pages with several numbers (tuning pages as the real reader places characters,
and two other generators') the oddest has 2.1."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number drawn anew: how dark its print is, shape (TALL + 2 SLACK, length); its characters' middles there.

    `widths` and `darkness` are its characters', `whole` are its height and distance of characters; logarithms but for
    the widths.
    """

    text: str
    strip: NDArray[np.float32]
    middles: Vector
    step: float
    tiles: list[NDArray[np.float32]]
    widths: Vector
    darkness: Vector
    whole: Vector


def face_deviations(pixels: Pixels, luma: Luma, cells: Sequence[Cell], fields: Set[int]) -> dict[int, float]:
    """Return for each of some vehicle numbers how unlike the others' its type is; 1 is the limit.

    `pixels` and `luma` are the file's page, `fields` indices as in `Cell.field`. Empty for a page with one number.
    """
    runs: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.field in fields and cell.ink:
            runs[cell.field].append(cell)
    numbers = {field: _number(pixels, luma, run) for field, run in runs.items() if len(run) == WHOLE}
    known = {field: number for field, number in numbers.items() if number is not None}
    if len(known) <= 1:
        return {}
    return dict(zip(known, _deviations(list(known.values())), strict=True))


def _number(pixels: Pixels, luma: Luma, run: list[Cell]) -> _Number | None:
    """Return a number as it is compared, None where it is too small, stamped over or not told into characters."""
    height = float(np.median([cell.ink[1] for cell in run if cell.ink]))
    places = np.array([(cell.x, cell.y) for cell in run])
    widths = np.array([cell.ink[0] for cell in run if cell.ink])
    along = (places[-1] - places[0]) / (WHOLE - 1)
    pitch = float(np.linalg.norm(along))
    if height < SHORTEST or pitch < SHORTEST / 2 or _is_stamped(pixels, places, height):
        return None
    scale = AROUND * height / TALL
    unit = along / pitch
    margin = (ASTRAY + 1) * pitch / scale
    middles = (places - places[0]) @ unit / scale + margin
    length = int(middles[-1] + margin) + 1
    turn = np.column_stack([unit, (-unit[1], unit[0])]) * scale
    start = places[0] - turn @ np.array([margin, (TALL - 1) / 2 + SLACK])
    size = (length, TALL + 2 * SLACK)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    drawn = cv2.warpAffine(luma, np.column_stack([turn, start]), size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(drawn, (0, 0), SOFT).astype(np.float32)
    strip = np.maximum(np.quantile(soft, 0.8) - soft, 0.0).astype(np.float32)
    tiles = [_tile(strip, at, width / scale) for at, width in zip(middles, widths, strict=True)]
    darkness = np.log([max(float(tile.sum() / max(tile.max(), 1.0)), 1e-6) for tile in tiles])
    text = "".join(cell.text for cell in run)
    whole = np.log([height, pitch / height])
    return _Number(text, strip, middles, pitch / scale, tiles, widths / height, darkness, whole)


def _tile(strip: NDArray[np.float32], middle: float, width: float) -> NDArray[np.float32]:
    left, right = round(middle - width / 2 - 1), round(middle + width / 2 + 1) + 1
    return strip[SLACK:-SLACK, max(left, 0) : right]


def _is_stamped(pixels: Pixels, places: Vector, height: float) -> bool:
    low, high = places.min(axis=0) - height / 2, places.max(axis=0) + height / 2
    (x0, y0), (x1, y1) = np.maximum(low, 0).astype(int), high.astype(int) + 1
    red, green, blue = cv2.split(pixels[y0:y1, x0:x1])
    return float((cv2.subtract(red, cv2.max(green, blue)) > RED_OVER).mean()) > MOST_STAMPED


def _deviations(numbers: list[_Number]) -> list[float]:
    found = [_compared(number, [other for other in numbers if other is not number]) for number in numbers]
    whole = np.array([number.whole for number in numbers])
    return [_deviation(found, whole, at) for at in range(len(numbers))]


def _compared(number: _Number, others: list[_Number]) -> Vector:
    """Return how well each character that others have fits theirs, and by how much its width and darkness differ.

    Shape (n, 3); the latter two are NaN where its borders are not those of the character.
    """
    rows = []
    for at, text in enumerate(number.text):
        equal = [(other, n) for other in others for n, same in enumerate(other.text) if same == text]
        equal = equal[:: max(1, -(-len(equal) // MOST_EQUAL))]
        if not equal:
            continue
        fits = [_fit(number, at, other.tiles[n]) for other, n in equal]
        best = max(fit for fit, _ in fits)
        widths = [number.widths[at] - other.widths[n] for other, n in equal]
        darkness = [number.darkness[at] - other.darkness[n] for other, n in equal]
        placed = max(here for _, here in fits) >= PLACED * best
        rows.append((best, median(widths), median(darkness)) if placed else (best, np.nan, np.nan))
    return np.array(rows).reshape(-1, 3)


def _fit(number: _Number, at: int, tile: NDArray[np.float32]) -> tuple[float, float]:
    """Return how well a tile fits anywhere about a character (correlation), and how well where the character is."""
    middle, half = number.middles[at], tile.shape[1] / 2
    left = max(round(middle - ASTRAY * number.step - half), 0)
    region = number.strip[:, left : round(middle + ASTRAY * number.step + half) + 1]
    if region.shape[1] < tile.shape[1] or not tile.any():
        return 0.0, 0.0
    fits = cv2.matchTemplate(region, tile, cv2.TM_CCORR_NORMED)
    here = round(middle - half) - left
    return float(fits.max()), float(fits[:, max(here - 1, 0) : here + 3].max(initial=0.0))


def _deviation(found: list[Vector], whole: Vector, at: int) -> float:
    """Return how unlike one of some numbers is; `found` are their rows as in `_compared`, `whole` as in `_Number`."""
    apart = np.abs(whole[at] - np.median(np.delete(whole, at, axis=0), axis=0))
    mine, others = found[at], np.concatenate([rows for n, rows in enumerate(found) if n != at])
    shape, shown = 0.0, np.zeros(2)
    if len(mine) >= FEWEST_EQUAL:
        usual = float(np.median(others[:, 0])) if len(found) > 2 else ALIKE
        shape = max(min(usual, ALIKE) - float(np.median(mine[:, 0])), 0.0)
        placed = mine[np.isfinite(mine[:, 1]), 1:]
        shown = np.abs(np.median(placed, axis=0)) if len(placed) >= FEWEST_EQUAL else shown
    return float(np.linalg.norm(np.array([shape, *shown, *apart]) / SCALES)) / LIMIT
