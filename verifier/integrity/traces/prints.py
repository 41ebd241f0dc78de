"""Equal characters of a page laid on one another, and how near each comes to each other one.

Two prints of one character differ by a part of a pixel, by their noise and by where JPEG's blocks cut them. The first
is taken off: each is explained by a small filter over another (`KERNEL`), which moves by parts of a pixel and softens
as an editor's free transform does. What remains is noise, unless one was made from the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import log
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.compression import Floats, Luma, Mask

KERNEL = tuple((across, down) for down in (-1, 0, 1) for across in (-1, 0, 1))
"""Pixels that a filter weighs, as steps from its middle."""
RIDGE = 1e-4
"""Of a print's own energy, added so that filters of prints without detail stay small."""
SAME_SIZE, NEXT_SIZE = 0.12, 1.1
"""Logarithm of the ratio of heights up to which print is of one size; ratio that begins another one."""
SLACK, SLACK_ACROSS, SLACK_DOWN = 3, 0.5, 0.15
"""Pixels by which ink, and shares of a cell by which readers, misplace a character."""
WIDE, TALL = 0.8, 0.7
"""Of a character's cell what is compared where its ink is not known: neighbours and rules stay outside."""
LEAST_WIDE, LEAST_TALL = 5, 7
"""Pixels; smaller print has no shape."""
LEAST_FIT = 0.75
"""Correlation below which two cells show other characters, or the reader took one for the other."""
LEAST_CONTRAST = 40.0
"""Grey levels; fainter print is all noise."""
PRINTED = 0.12
"""Of a kind's contrast: fainter pixels are paper, whose noise a forger's brush may have changed."""
OF_DATES = "年月日"
"""Characters that stand in every date, whatever it says: nobody copies them."""
EDGE_PX = 16
"""Of the picture: nothing is compared nearer to its edge."""
APART_PX = 4
"""A character is not its own copy: readers list a place twice now and then."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Equal characters of one size: the cells that they are, the first `stated` of them in verdict fields.

    `at` are their corners (x, y), shape (n, 2); `counts` the pixels with print, shape (height, width); `values` these
    pixels less their mean, shape (n, p); `filters` what makes of each (first axis) each other one (last), shape
    (n, 9, n); `moved` and `filtered` the mean squared distances after the best step of a pixel and after the filter,
    in ten-thousandths of the latter's squared contrast, infinite for a character and itself.
    """

    cells: list[int]
    stated: int
    at: NDArray[np.intp]
    counts: Mask
    values: Floats
    filters: Floats
    steps: NDArray[np.intp]
    moved: Floats
    filtered: Floats
    scale: Floats
    """By which mean squares are divided."""


def kinds_of(luma: Luma, cells: Sequence[Cell], fields: Set[int]) -> Iterator[Kind]:
    """Yield the equal characters of which some stand in some fields; `luma` is the page, shape (height, width)."""
    equal: dict[str, list[int]] = defaultdict(list)
    for index, cell in enumerate(cells):
        if cell.text not in OF_DATES:
            equal[cell.text].append(index)
    for indices in equal.values():
        stated = [n for n in indices if cells[n].field in fields and (cells[n].ink or not cells[n].latin)]
        if stated and len(indices) > 1:
            for same in _sizes(cells, stated):
                kind = _kind(luma, cells, same, _others(cells, indices, same))
                if kind:
                    yield kind


def astray_of(cells: Sequence[Cell], kinds: Sequence[Kind], fields: Set[int]) -> set[int]:
    """Return the last characters of some fields that do not show what they are, as equal ones of the page show it.

    Readers stretch borders over a pen's tick behind a number: of 23 ticked ones four had their last digit on the tick.
    `kinds` are `kinds_of(luma, cells, fields)`.
    """
    shown = {n for kind in kinds for n in kind.cells}
    known = {cells[n].text for n in shown}
    last = {cell.field: n for n, cell in enumerate(cells) if cell.field in fields and cell.ink}
    return {n for n in last.values() if cells[n].text in known and n not in shown}


def _size(cell: Cell) -> float:
    return cell.ink[1] if cell.ink else cell.height


def _sizes(cells: Sequence[Cell], stated: list[int]) -> list[list[int]]:
    """Return some characters in groups of one size."""
    ordered = sorted(stated, key=lambda n: _size(cells[n]))
    groups = [[ordered[0]]]
    for one, following in pairwise(ordered):
        if _size(cells[following]) > NEXT_SIZE * _size(cells[one]):
            groups.append([])
        groups[-1].append(following)
    return groups


def _others(cells: Sequence[Cell], indices: list[int], same: list[int]) -> list[int]:
    """Return the further characters that may be of the size: those whose ink is not known, and equal ones."""
    height, taken = float(median(_size(cells[n]) for n in same)), set(same)
    inked = cells[same[0]].ink is not None
    return [
        n
        for n in indices
        if n not in taken and ((inked and not cells[n].ink) or abs(log(_size(cells[n]) / height)) < SAME_SIZE)
    ]


def _kind(luma: Luma, cells: Sequence[Cell], stated: list[int], others: list[int]) -> Kind | None:
    if len(stated) + len(others) < 2:
        return None
    inked = cells[stated[0]].ink is not None
    width = float(median([cells[n].ink[0] if inked else WIDE * cells[n].width for n in stated]))  # type: ignore[index]
    height = float(median(_size(cells[n]) for n in stated))
    size = round(width), round(height) + 2 if inked else round(TALL * height)
    if size[0] < LEAST_WIDE or size[1] < LEAST_TALL:
        return None
    kept, at, pieces = _placed(luma, cells, stated + others, size, len(stated))
    chosen = set(stated)
    if len(kept) < 2 or kept[0] not in chosen:
        return None
    return _compared(kept, sum(n in chosen for n in kept), at, pieces)


def _placed(
    luma: Luma, cells: Sequence[Cell], indices: list[int], size: tuple[int, int], stated: int
) -> tuple[list[int], NDArray[np.intp], Floats]:
    """Return which characters fit their kind, their corners, and their pixels with a rim of one."""
    width, height = size
    first = [_corner(cells[n], size) for n in indices[:stated]]
    kept, at, pieces = list[int](), list[tuple[int, int]](), list[Luma]()
    template = _mean_of(luma, first, size)
    if template is None:
        return kept, np.zeros((0, 2), np.intp), np.zeros((0, height + 2, width + 2), np.float32)
    for n in indices:
        cell, (x, y) = cells[n], _corner(cells[n], size)
        across = SLACK if cell.ink else round(SLACK_ACROSS * cell.width) + SLACK
        down = SLACK if cell.ink else round(SLACK_DOWN * cell.height) + SLACK
        region = _region(luma, x - across - 1, y - down - 1, width + 2 * across + 2, height + 2 * down + 2)
        if region is None:
            continue
        fits = cv2.matchTemplate(region[1:-1, 1:-1], template, cv2.TM_CCOEFF_NORMED)
        _, fit, _, (left, top) = cv2.minMaxLoc(fits)
        piece = region[top : top + height + 2, left : left + width + 2]
        x, y = x - across + left, y - down + top
        if fit >= LEAST_FIT:
            kept.append(n)
            at.append((x, y))
            pieces.append(piece)
    if not kept:
        return kept, np.zeros((0, 2), np.intp), np.zeros((0, height + 2, width + 2), np.float32)
    stacked = np.stack(pieces)
    shown = np.flatnonzero(np.ptp(stacked, axis=(1, 2)) >= LEAST_CONTRAST)
    kept, places, stacked = [kept[n] for n in shown], np.array(at, np.intp)[shown], stacked[shown]
    again = np.tril(np.abs(places[:, None] - places).sum(axis=2) < APART_PX, -1).any(axis=1)
    fresh = np.flatnonzero(~again)
    return [kept[n] for n in fresh], places[fresh], stacked[fresh].astype(np.float32)


def _corner(cell: Cell, size: tuple[int, int]) -> tuple[int, int]:
    return round(cell.x - (size[0] - 1) / 2), round(cell.y - (size[1] - 1) / 2)


def _mean_of(luma: Luma, corners: list[tuple[int, int]], size: tuple[int, int]) -> Luma | None:
    regions = [region for x, y in corners if (region := _region(luma, x, y, *size)) is not None]
    return np.mean(regions, axis=0).astype(np.uint8) if regions else None


def _region(luma: Luma, x: int, y: int, width: int, height: int) -> Luma | None:
    inside = EDGE_PX <= x < luma.shape[1] - width - EDGE_PX and EDGE_PX <= y < luma.shape[0] - height - EDGE_PX
    return luma[y : y + height, x : x + width] if inside else None


def _compared(kept: list[int], stated: int, at: NDArray[np.intp], pieces: Floats) -> Kind:
    """Return a kind with all that its characters say of one another; the filters are least squares."""
    height, width = pieces.shape[1] - 2, pieces.shape[2] - 2
    middle = np.median(pieces[:, 1:-1, 1:-1], axis=0)
    counts = middle < middle.max() - PRINTED * np.ptp(middle)
    views = np.stack([pieces[:, 1 + y : 1 + y + height, 1 + x : 1 + x + width][:, counts] for x, y in KERNEL], axis=1)
    views -= views.mean(axis=2, keepdims=True)
    values = views[:, len(KERNEL) // 2]
    among = views @ views.transpose(0, 2, 1)
    toward = (views.reshape(-1, values.shape[1]) @ values.T).reshape(len(kept), len(KERNEL), len(kept))
    square = np.einsum("np,np->n", values, values)
    energy = np.einsum("nkk->nk", among)
    ridge = RIDGE * energy.mean(axis=1)[:, None, None] * np.eye(len(KERNEL), dtype=np.float32)
    filters = np.linalg.solve(among + ridge, toward)
    scale = np.ptp(pieces, axis=(1, 2)) ** 2 * 1e-4
    filtered = square - 2 * (toward * filters).sum(axis=1) + (filters * (among @ filters)).sum(axis=1)
    moved = energy[:, :, None] - 2 * toward + square
    nearest = moved.min(axis=1)
    np.fill_diagonal(filtered, np.inf)
    np.fill_diagonal(nearest, np.inf)
    share = values.shape[1] * scale
    return Kind(
        kept, stated, at, counts, values, filters, moved.argmin(axis=1), nearest / share, filtered / share, scale
    )
