"""Where exactly characters stand: a reader's borders are off by up to half a character, their ink is not.

A run of digits and capitals is cut where its ink is thinnest. Of all ways to cut it into as many characters as were
read, the one is taken that crosses the least ink and stays nearest to the reader's borders.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.pieces import points_in_file
from verifier.integrity.traces.strokes import levels
from verifier.page import Line, Page

Luma = NDArray[np.uint8]
Vector = NDArray[np.float64]
SPARE = 0.6
"""Looked at beyond a run's ends, in its mean character's width."""
LEAST_CONTRAST = 40.0
"""Grey levels between paper and ink."""
DARKEST, PAPER = 0.02, 0.8
"""Shares of a run's pixels that are darker than its print and than its paper are taken to be."""
FAINT = 0.25
"""Of the contrast: fainter pixels are no ink."""
CROSSED, SLIPPED, UNEVEN, EMPTY, LEFT_OUT = 6.0, 1.0, 1.0, 4.0, 0.5
"""What a cut through a column full of ink costs; a border or a width that is a character's width off (squared); a
character without ink; and a character's worth of ink left outside the run."""
LEAST_INK = 0.15
"""Of a run's mean character: less between two cuts is no character."""
TALL = 0.15
"""By how much a character's height may differ from the run's median where its line of print is fitted."""
RULE = 3.0
"""Characters' widths of ink without a gap that are a rule of a table: no stroke is as long, and a rule askew by a
degree stays in one row of pixels for as long. One that touches print made a number half as tall again."""
BAND = 0.06
"""Of a run's darkest row: fainter rows are above or below its print."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character in pixels of the file's page: the middle of its ink, its width, and the height of its run."""

    x: float
    y: float
    width: float
    height: float


def glyphs_of(luma: Luma, page: Page, line: Line, start: int, stop: int) -> list[Glyph] | None:
    """Return the characters `start` to `stop` (exclusive) of a line, None where their ink cannot be told apart.

    `luma` is the file's page, shape (height, width).
    """
    strip = _strip_of(luma, page, line, start, stop)
    if strip is None:
        return None
    ink = _ink(strip.luma, float(strip.borders[-1] - strip.borders[0]) / (stop - start))
    if ink is None:
        return None
    cuts = _cuts(ink.sum(axis=0), strip.borders)
    return None if cuts is None else _measured(ink, cuts, strip)


@dataclass(frozen=True, slots=True)
class _Strip:
    """A run laid upright: its pixels, the reader's borders in them, and (x, y, 1) in them to the file's pixels."""

    luma: Luma
    borders: Vector
    matrix: NDArray[np.float64]


def _strip_of(luma: Luma, page: Page, line: Line, start: int, stop: int) -> _Strip | None:
    size = (luma.shape[1], luma.shape[0])
    edges = np.array(line.edges[start : stop + 1])
    spare = SPARE * (edges[-1] - edges[0]) / (stop - start)
    x0, x1 = edges[0] - spare, edges[-1] + spare
    corners = points_in_file(page, np.array([x0, x1, x0]), np.array([line.box.y0, line.box.y0, line.box.y1])) * size
    wide, tall = (round(float(np.linalg.norm(corner - corners[0]))) for corner in corners[1:])
    if wide < 4 * (stop - start) or tall < 8:
        return None
    matrix = np.column_stack([(corners[1] - corners[0]) / wide, (corners[2] - corners[0]) / tall, corners[0]])
    if abs(matrix[0, 1]) * tall < 0.5 and abs(matrix[1, 0]) * wide < 0.5 and matrix[0, 0] > 0:
        left, top = np.round(corners[0]).astype(int)
        if left < 0 or top < 0:
            return None
        pixels = luma[top : top + tall, left : left + wide]
        matrix = np.array([(1.0, 0.0, left), (0.0, 1.0, top)])
    else:
        back = cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR
        pixels = np.asarray(cv2.warpAffine(luma, matrix, (wide, tall), flags=back, borderValue=255.0), np.uint8)
    if pixels.shape != (tall, wide):
        return None
    return _Strip(pixels, (edges - x0) / (x1 - x0) * wide, matrix)


def _ink(pixels: Luma, width: float) -> NDArray[np.float32] | None:
    """Return how much ink each pixel holds, in [0, 1], the rows of print alone; None where there is hardly any.

    `width` is that of a character in pixels: ink that goes on for several is a rule.
    """
    dark, paper = levels(pixels, (DARKEST, PAPER))
    contrast = paper - dark
    if contrast < LEAST_CONTRAST:
        return None
    ink = np.clip((paper - pixels.astype(np.float32)) / contrast, 0.0, 1.0)
    ink[ink < FAINT] = 0.0
    rules = cv2.morphologyEx((ink > 0).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, round(RULE * width)), np.uint8))
    ink[rules > 0] = 0.0
    rows = ink.sum(axis=1)
    middle = len(rows) // 2
    blank = np.flatnonzero(rows < BAND * rows[len(rows) // 5 : -len(rows) // 5].max(initial=1e-6))
    top = max((at for at in blank if at < middle), default=-1)
    bottom = min((at for at in blank if at > middle), default=len(rows))
    ink[: top + 1] = 0.0
    ink[bottom:] = 0.0
    return ink if ink.any() else None


def _cuts(columns: NDArray[np.float32], borders: Vector) -> Vector | None:
    """Return the borders of characters, shape (n + 1,), by dynamic programming over columns of little ink."""
    count = len(borders) - 1
    width = (borders[-1] - borders[0]) / count
    places = _valleys(columns)
    if len(places) <= count:
        return None
    total = np.concatenate([[0.0], np.cumsum(columns)])
    mean = total[-1] / count
    crossed = CROSSED * columns[places] / max(float(columns.max()), 1e-6)
    inside = total[places[None, :]] - total[places[:, None]]
    apart = places[None, :] - places[:, None]
    steps = UNEVEN * (apart / width - 1) ** 2 + EMPTY * (inside < LEAST_INK * mean)
    steps[apart <= 0] = np.inf
    costs = crossed + SLIPPED * ((places - borders[0]) / width) ** 2 + LEFT_OUT * total[places] / mean
    came = np.zeros((count, len(places)), np.intp)
    for at in range(1, count + 1):
        ways = costs[:, None] + steps
        came[at - 1] = np.argmin(ways, axis=0)
        slipped = SLIPPED * ((places - borders[at]) / width) ** 2
        costs = ways[came[at - 1], np.arange(len(places))] + crossed + slipped
    costs = costs + LEFT_OUT * (total[-1] - total[places]) / mean
    chosen = [int(np.argmin(costs))]
    if not np.isfinite(costs[chosen[0]]):
        return None
    for row in came[::-1]:
        chosen.append(int(row[chosen[-1]]))
    return places[chosen[::-1]].astype(float)


def _valleys(columns: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the columns with no more ink than both their neighbours, of a gap its middle, and both ends."""
    padded = np.concatenate([[np.inf], columns, [np.inf]])
    low = (padded[1:-1] <= padded[:-2]) & (padded[1:-1] <= padded[2:])
    starts = np.flatnonzero(np.diff(np.concatenate([[0], low.view(np.int8)])) == 1)
    ends = np.flatnonzero(np.diff(np.concatenate([low.view(np.int8), [0]])) == -1)
    return np.unique(np.concatenate([[0], (starts + ends) // 2, [len(columns) - 1]]))


def _measured(ink: NDArray[np.float32], cuts: Vector, strip: _Strip) -> list[Glyph]:
    """Return the characters, each across where its own ink stands, all of the run's height and on one line."""
    inked = np.asarray(ink > 0)
    across, first, last = np.any(inked, axis=0), inked.argmax(axis=0), len(ink) - inked[::-1].argmax(axis=0)
    starts = cuts[:-1].astype(int)
    tops = np.minimum.reduceat(np.where(across, first, np.inf)[: int(cuts[-1])], starts)
    bottoms = np.maximum.reduceat(np.where(across, last, -np.inf)[: int(cuts[-1])], starts)
    columns = np.where(across, np.arange(len(across)), np.nan)
    spans = [_span(columns[left:right], left, right) for left, right in zip(starts, cuts[1:].astype(int), strict=True)]
    x = np.array(spans).mean(axis=1)
    heights = bottoms - tops
    height = float(np.median(heights[np.isfinite(heights)]))
    y = _straight(x, tops, bottoms, height)
    points = np.column_stack([x - 0.5, y - 0.5, np.ones(len(x))]) @ strip.matrix.T
    return [
        Glyph(float(px), float(py), right - left, height) for (px, py), (left, right) in zip(points, spans, strict=True)
    ]


def _span(columns: Vector, left: int, right: int) -> tuple[float, float]:
    """Return where ink begins and ends among some columns, NaN where there is none; all of them where all are."""
    found = columns[np.isfinite(columns)]
    return (float(found[0]), float(found[-1]) + 1) if len(found) else (float(left), float(right))


def _straight(x: Vector, tops: Vector, bottoms: Vector, height: float) -> Vector:
    """Return the middle of the line of print at some places, from the characters that are as tall as most."""
    heights = bottoms - tops
    usual = np.isfinite(heights) & (np.abs(heights - height) <= TALL * height)
    if not usual.any():
        usual = np.isfinite(heights)
    at, middle = x[usual], (tops[usual] + bottoms[usual]) / 2
    spread = at - at.mean()
    square = float(spread @ spread)
    slope = float(spread @ (middle - middle.mean())) / square if len(at) > 3 and square else 0.0
    return middle.mean() + slope * (x - at.mean())  # type: ignore[no-any-return]
