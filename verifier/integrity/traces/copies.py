"""Characters copied within a scan: two of them agree in their noise, as no two prints of one character do.

Each character is held against all of its kind on the page at the shift at which they fit best. Two prints of one
character differ by sensor noise, by a part of a pixel and by where JPEG's blocks cut them; a copy differs by one more
compression at most, and by nothing once that compression is done again on its original (`compression`). How closely
honest prints of this very page agree is the measure, so a page without noise accuses nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.compression import as_compressed, quality_of

Luma = NDArray[np.uint8]
Floats = NDArray[np.float32]
HALF_WIDTH, HALF_HEIGHT = 0.4, 0.42
"""Of a character's cell, what is compared: neighbours and rules stay outside."""
SLACK_ACROSS, SLACK_DOWN = 0.25, 0.12
"""How far, in cells, readers misplace a character."""
SAME_SIZE = 0.2
"""Logarithm of the ratio of heights up to which characters are compared."""
LEAST_CONTRAST = 40.0
"""Grey levels; fainter print is all noise."""
LEAST_FIT = 0.8
"""Correlation below which two cells show other characters, or the reader took one for the other."""
APART_PX = 4
"""A character is not its own copy: readers list a place twice now and then."""
TWINS = 2
"""Most alike characters that are looked at more closely, for each character of a field; one for others."""
WORTH_SIMULATING, MOST_SIMULATED = 1.6, 120
"""In measures of the page: copies lie below 1.3 before their compression is repeated."""
WORTH_MOVING = 150.0
"""Of squared contrast, in ten-thousandths: two prints of a character a pixel off each other differ by less."""
MEASURE = 0.1
"""Share of a page's characters that have a nearer twin than the page's measure: a coincidence among honest ones."""
LEAST_MEASURE, FEWEST = 0.1, 25
"""Of squared contrast, in ten-thousandths, and of characters: a raster without noise, or with little print, says
nothing about how alike two prints can be."""
LIMIT, SHARE = 0.085, 0.3
"""In measures of the page, and of what is close elsewhere on it. Of 430 genuine pages the closest have 0.095, 0.096 and
0.109, and shares of 0.12, 0.17 and 0.19, no two of them on one page; copies saved once more as before have about 0.03
in the median, as PNG 0.00."""
ELSEWHERE, CLOSE, LEAST = 1, 0.5, 0.003
"""Which of the other characters' closeness is the usual one: a second copy is none; what makes two characters partners;
and what keeps exact copies from dividing by nothing."""
EDGE_PX = 16
"""Of the picture: nothing is compared nearer to its edge."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close a character's closest twin is, in measures of the page, and which two they are."""

    value: float
    cell: int
    twin: int


@dataclass(frozen=True, slots=True)
class _Place:
    """A character's rectangle at the place where it fits its kind best."""

    cell: int
    stated: bool
    """Whether it stands in a verdict field."""
    x: int
    y: int
    values: Floats
    contrast: float


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two equal characters: place of each, and mean squared difference over squared contrast, in ten-thousandths."""

    one: _Place
    other: _Place
    apart: float


def copy_deviations(luma: Luma, cells: Sequence[Cell], fields: Set[int]) -> dict[int, float]:
    """Return for each of some fields how suspiciously alike a character of it is to another; 1 is the limit.

    `fields` are indices as in `Cell.field`; `luma` is the file's page, shape (height, width).
    """
    found = closest_twins(luma, cells, fields)
    return {field: _deviation(found, cells, field) for field in fields} if found else {}


def _deviation(found: list[Closeness], cells: Sequence[Cell], field: int) -> float:
    """Return how far below the limit a field's closest twin is, and below what is close elsewhere on the page."""
    mine = [twin for twin in found if cells[twin.cell].field == field]
    if not mine:
        return 0.0
    partners = {twin.twin for twin in mine if twin.value < CLOSE}
    rest = sorted(twin.value for twin in found if cells[twin.cell].field != field and twin.cell not in partners)
    closest = min(twin.value for twin in mine)
    usual = rest[ELSEWHERE] if len(rest) > ELSEWHERE else 0.0
    return min(LIMIT / (closest + LEAST), SHARE * (usual + LEAST) / (closest + LEAST))


def closest_twins(luma: Luma, cells: Sequence[Cell], fields: Set[int]) -> list[Closeness]:
    """Return for each character that has others of its kind how close the closest is; 1 is usual for the closest.

    Only characters that stand in one of the fields are looked for. Empty where the page says too little about itself.
    """
    pairs = [pair for kind in _kinds(cells, fields) for pair in _pairs(luma, cells, kind)]
    nearest: dict[int, float] = {}
    for pair in pairs:
        nearest[pair.one.cell] = min(pair.apart, nearest.get(pair.one.cell, np.inf))
    if len(nearest) < FEWEST:
        return []
    measure = float(np.quantile(list(nearest.values()), MEASURE))
    return _closest(luma, pairs, measure) if measure >= LEAST_MEASURE else []


def _kinds(cells: Sequence[Cell], fields: Set[int]) -> Iterator[list[int]]:
    """Yield the characters that are equal and of about the same height, where one of them is in a field."""
    equal: dict[str, list[int]] = defaultdict(list)
    for index, cell in enumerate(cells):
        equal[cell.text].append(index)
    for indices in equal.values():
        stated = [cells[index].height for index in indices if cells[index].field in fields]
        if stated and len(indices) > 1:
            height = float(np.median(stated))
            yield [index for index in indices if abs(np.log(cells[index].height / height)) < SAME_SIZE]


def _pairs(luma: Luma, cells: Sequence[Cell], kind: list[int]) -> Iterator[_Pair]:
    places = _placed(luma, cells, kind)
    if len(places) < 2:
        return
    stack = np.stack([place.values.ravel() for place in places])
    square = (stack * stack).sum(axis=1)
    apart = (square[:, None] + square[None] - 2 * stack @ stack.T) / stack.shape[1]
    at = np.array([(place.x, place.y) for place in places])
    apart[np.abs(at[:, None] - at[None]).sum(axis=2) < APART_PX] = np.inf
    for index, row in enumerate(apart):
        place = places[index]
        for twin in np.argsort(row)[: TWINS if place.stated else 1]:
            if np.isfinite(row[twin]):
                near = row[twin] / place.contrast**2 * 1e4 < WORTH_MOVING
                pair = _Pair(place, places[twin], _difference(place, places[twin].values))
                yield _refined(luma, place, places[twin]) if near and place.stated else pair


def _placed(luma: Luma, cells: Sequence[Cell], kind: list[int]) -> list[_Place]:
    """Return the rectangles of equal characters, all of one size, moved onto the first of them."""
    if not kind:
        return []
    width = float(np.median([cells[index].width for index in kind]))
    height = float(np.median([cells[index].height for index in kind]))
    half = max(int(HALF_WIDTH * width), 3), max(int(HALF_HEIGHT * height), 5)
    slack = int(SLACK_ACROSS * width) + 2, int(SLACK_DOWN * height) + 2
    first: Luma | None = None
    found = []
    for index in sorted(kind, key=lambda index: cells[index].field < 0):
        x, y = round(cells[index].x) - half[0], round(cells[index].y) - half[1]
        region = _region(luma, x - slack[0], y - slack[1], 2 * (half[0] + slack[0]) + 1, 2 * (half[1] + slack[1]) + 1)
        if region is None:
            continue
        if first is None:
            first = region[slack[1] : -slack[1], slack[0] : -slack[0]]
        left, top, fit = _best(region, first)
        values = region[top : top + first.shape[0], left : left + first.shape[1]].astype(np.float32)
        contrast = float(values.max() - values.min())
        if fit >= LEAST_FIT and contrast >= LEAST_CONTRAST:
            at = x - slack[0] + left, y - slack[1] + top
            found.append(_Place(index, cells[index].field >= 0, *at, values - values.mean(), contrast))
    return found


def _region(luma: Luma, x: int, y: int, width: int, height: int) -> Luma | None:
    inside = EDGE_PX <= x < luma.shape[1] - width - EDGE_PX and EDGE_PX <= y < luma.shape[0] - height - EDGE_PX
    return luma[y : y + height, x : x + width] if inside else None


def _best(region: Luma, template: Luma) -> tuple[int, int, float]:
    """Return where a template fits a region best, and how well."""
    _, fit, _, (left, top) = cv2.minMaxLoc(cv2.matchTemplate(region, template, cv2.TM_CCOEFF_NORMED))
    return left, top, fit


def _refined(luma: Luma, one: _Place, other: _Place) -> _Pair:
    """Return the pair with the other's place moved by a pixel where that fits better."""
    height, width = one.values.shape
    region = luma[other.y - 1 : other.y + height + 1, other.x - 1 : other.x + width + 1]
    left, top, _ = _best(region, luma[one.y : one.y + height, one.x : one.x + width])
    values = region[top : top + height, left : left + width].astype(np.float32)
    values -= values.mean()
    moved = replace(other, x=other.x - 1 + left, y=other.y - 1 + top, values=values)
    return _Pair(one, moved, _difference(one, values))


def _difference(one: _Place, values: Floats) -> float:
    return float(np.mean((one.values - values) ** 2)) / one.contrast**2 * 1e4


def _closest(luma: Luma, pairs: list[_Pair], measure: float) -> list[Closeness]:
    worth = sorted((p for p in pairs if p.apart < WORTH_SIMULATING * measure), key=lambda p: p.apart)[:MOST_SIMULATED]
    quality = quality_of(luma, [(pair.one.x, pair.one.y) for pair in worth])
    repeated = {id(pair): _as_copied(luma, pair, quality) for pair in worth} if quality else {}
    closest: dict[int, Closeness] = {}
    for pair in pairs:
        value = min(pair.apart, repeated.get(id(pair), np.inf)) / measure
        if pair.one.cell not in closest or value < closest[pair.one.cell].value:
            closest[pair.one.cell] = Closeness(value, pair.one.cell, pair.other.cell)
    return list(closest.values())


def _as_copied(luma: Luma, pair: _Pair, quality: int) -> float:
    """Return how far a character lies from its twin set in its place and compressed with the page."""
    one, other = pair.one, pair.other
    height, width = one.values.shape
    original = luma[other.y : other.y + height, other.x : other.x + width]
    values = as_compressed(luma, original, (one.x, one.y), quality)
    return _difference(one, values - values.mean())
