"""The type of a vehicle number against its siblings on the page: a list is set in one face, weight and size.

Equal characters of two numbers are laid on one another, scaled to one height; what also counts is how wide and how
dark they are, how tall the number is and how far its characters stand apart. Each alone varies with print and reader,
several together do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.strokes import RED_OVER
from verifier.page import Pixels

Luma = NDArray[np.uint8]
Vector = NDArray[np.float64]
TALL, WIDE, AROUND = 24, 24, 1.3
"""Pixels of a tile that a character is drawn into, and how many heights of its number it shows."""
SOFT = 0.8
"""Blur of tiles in pixels: what is left of print is its shape, not its noise and its displacement."""
WHOLE, SHORTEST = 17, 9.0
"""Characters of a vehicle number, all of which have to be found; pixels of height below which they have no shape."""
MOST_STAMPED = 0.02
"""Share of a number's pixels that a seal may cover."""
FEWEST_EQUAL = 3
"""Characters that others of the page equal, without which shapes are not compared."""
MOST_UNEVEN = 0.18
"""Spread of the logarithms of how much wider a number's characters are than their equals, above which it was not told
into them: 0.02 to 0.08 in honest numbers, 0.15 in one of another face, 0.19 and more where characters touch."""
ALIKE = 0.98
"""How much equal characters of honest numbers agree in the median (correlation); a page may have less."""
SCALES = np.array((0.06, 0.07, 0.13, 0.08, 0.12))
"""Of shape, width, darkness, height and distance of characters: about what the oddest of a hundred numbers has."""
LIMIT = 2.0
"""Of all five together: of 161 genuine pages with several numbers (tuning pages as the real reader places characters,
and of two other generators) the oddest has 1.74."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number's characters: tiles of unit length, shape (17, pixels), widths, darkness; its height, pitch and gap.

    Height and pitch as logarithms, pitch and gap (pitch less the mean width) as shares of the height.
    """

    text: str
    tiles: Vector
    widths: Vector
    darkness: Vector
    height: float
    pitch: float
    gap: float


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
    turn = np.column_stack([along, (-along[1], along[0])]) / pitch * scale
    tiles = np.stack([_tile(luma, turn, place, width / scale) for place, width in zip(places, widths, strict=True)])
    flat = tiles.reshape(WHOLE, -1)
    length = np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    darkness = np.log(np.maximum(flat.sum(axis=1) / np.maximum(flat.max(axis=1), 1e-6), 1e-6))
    shares = widths / height
    gap = pitch / height - float(shares.mean())
    text = "".join(cell.text for cell in run)
    return _Number(text, flat / length, shares, darkness, np.log(height), np.log(pitch / height), gap)


def _is_stamped(pixels: Pixels, places: Vector, height: float) -> bool:
    low, high = places.min(axis=0) - height / 2, places.max(axis=0) + height / 2
    (x0, y0), (x1, y1) = np.maximum(low, 0).astype(int), high.astype(int) + 1
    red, green, blue = cv2.split(pixels[y0:y1, x0:x1])
    return float((cv2.subtract(red, cv2.max(green, blue)) > RED_OVER).mean()) > MOST_STAMPED


def _tile(luma: Luma, turn: Vector, place: Vector, width: float) -> NDArray[np.float32]:
    """Return how dark a character is, upright and in its number's scale; what stands beside it is left out."""
    middle = np.array([(WIDE - 1) / 2, (TALL - 1) / 2])
    matrix = np.column_stack([turn, place - turn @ middle])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    drawn = cv2.warpAffine(luma, matrix, (WIDE, TALL), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(drawn.astype(np.float32), (0, 0), SOFT)
    outside = np.abs(np.arange(WIDE) - middle[0]) > width / 2 + 1
    dark = np.quantile(soft, 0.9) - soft
    dark[:, outside] = 0.0
    return np.asarray(np.maximum(dark, 0.0), np.float32)


def _deviations(numbers: list[_Number]) -> list[float]:
    owners = np.repeat(np.arange(len(numbers)), WHOLE)
    texts = np.array(list("".join(number.text for number in numbers)))
    tiles = np.concatenate([number.tiles for number in numbers])
    own = np.column_stack([np.concatenate([n.widths for n in numbers]), np.concatenate([n.darkness for n in numbers])])
    alike, off = np.full(len(texts), np.nan), np.full((len(texts), 2), np.nan)
    for text in set(texts.tolist()):
        equal = np.flatnonzero(texts == text)
        apart = owners[equal][:, None] != owners[equal]
        if not apart.any():
            continue
        fits = np.where(apart, tiles[equal] @ tiles[equal].T, -1.0).max(axis=1)
        others = np.where(apart[:, :, None], own[equal][None], np.nan)
        some = apart.any(axis=1)
        alike[equal[some]] = fits[some]
        off[equal[some]] = own[equal][some] - np.nanmedian(others[some], axis=1)
    whole = np.array([(number.height, number.pitch, number.gap) for number in numbers])
    return [
        _deviation(alike, off, owners == at, whole, at) if _is_told(own[owners == at], off[owners == at]) else 0.0
        for at in range(len(numbers))
    ]


def _is_told(own: Vector, off: Vector) -> bool:
    """Return whether a number was told into its characters: where two touch, one box holds both and another a half.

    Where that is so, shapes say nothing of the face; another face makes characters wider or narrower much alike.
    """
    ratios = own[:, 0] / np.maximum(own[:, 0] - off[:, 0], 1e-3)
    known = ratios[np.isfinite(ratios)]
    return known.size == 0 or float(np.std(np.log(known))) <= MOST_UNEVEN


def _deviation(alike: Vector, off: Vector, mine: NDArray[np.bool_], whole: Vector, at: int) -> float:
    """Return how unlike one number is; `alike` and `off` are all characters', `whole` heights, pitches and gaps.

    Faces with characters of one width keep their pitch, others their gaps: what is nearer to the siblings counts.
    """
    known = np.isfinite(alike)
    usual_whole = np.median(np.delete(whole, at, axis=0), axis=0)
    taller, pitch, gap = np.abs(whole[at] - usual_whole)
    apart = (taller, min(pitch, gap / np.exp(usual_whole[1])))
    shape, shown = 0.0, np.zeros(2)
    if np.count_nonzero(mine & known) >= FEWEST_EQUAL:
        usual = float(np.median(alike[~mine & known])) if len(whole) > 2 and (~mine & known).any() else ALIKE
        shape = max(min(usual, ALIKE) - float(np.median(alike[mine & known])), 0.0)
        shown = np.abs(np.median(off[mine & known], axis=0))
    return float(np.linalg.norm(np.array([shape, *shown, *apart]) / SCALES)) / LIMIT
