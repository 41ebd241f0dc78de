"""Seals stamped across the fanned edges of a letter's pages (骑缝章): each page keeps a slice, together they are one.

The slices are laid side by side, moved up or down until their cuts fit, and looked at as one picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Box, Colour, PageImage, Pixels
from verifier.seals.find import Found, find_rims
from verifier.seals.planes import Plane, as_plane, redness
from verifier.seals.rings import full_turn, sample

WORK_DPI = 100.0
"""Resolution at which slices are laid together: a rim of 1 mm is 4 pixels."""
WIDEST_MM = 30.0
"""A slice is at most this wide: half a seal of 58 mm."""
NARROWEST_MM = 1.5
"""Thinner red at an edge is a scanner's shadow or a coloured border."""
AT_EDGE_MM = 8.0
"""How near to the edge a slice reaches: sheets are cut off or framed a little."""
LAST_GAP_MM = 25.0
"""How far from the edge the last slice may end: where the seal ends, on as much of the last page as was fanned out."""
TALLEST_MM, SHORTEST_MM = 64.0, 6.0
"""Heights of slices: a whole seal's, and that of the outermost tip of one."""
WHITES_MM = (15.0, 26.0)
"""White down a slice that its seal may have, between the star and what stands beneath it: with 9 mm the middle slice of
a seal with a code ended at its star; and, where no seal is found so, between the letters of one without a star."""
RED = 14.0
"""Redness from which a pixel is ink, as for whole seals."""
FEWEST_RED = 12
"""Red pixels of a slice at `WORK_DPI`."""
SHIFT_MM = 6.0
"""How far a page may lie higher or lower in its scan than the one before."""
CUT_MM, FITTING_CUT = 0.75, 0.45
"""Width of the ink that is compared on both sides of a cut, and its least correlation: strokes cut by the edges go on,
others do not. 0.81 the least of five genuine cuts of two unknown generators, nine in ten of 20 pairs of others under
0.78; the ring that the slices must make is asked for besides."""
FEWEST_IN_COLUMN = 2
"""Red pixels from which a column of a slice is inked."""
SURE_SCORE = 0.5
"""Score of a ring from which the laid slices are a seal: whole ones are accepted from 0.35."""
OFF_SIDE = 0.3
"""How far, as a share of its radius, the ring may end before or beyond the slices: edges are cut by scanners."""
RIM_INKED = 0.45
"""Least share of the rim that is inked within each slice: worn seals have 0.7, a slice of another one 0.2."""
RIM_LEVEL = 0.5
"""Share of the rim's usual ink from which a place of it is inked."""
RIM_REACH = 0.025
"""How far from the ring, as a share of its radius, the rim's ink may lie: slices are laid to a pixel or two."""
PAPER_MM = 6.0
"""Paper around the laid slices."""


@dataclass(frozen=True, slots=True)
class Straddling:
    """A seal across several pages: how surely it is one, its diameter, and each page's slice."""

    score: float
    diameter_px: float
    """At `WORK_DPI`."""
    is_oval: bool
    slices: tuple[tuple[int, Box], ...]
    """(page number, box on the upright page)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Edge:
    page: int
    picture: Pixels
    """The page's edge at `WORK_DPI`, mirrored where it is a left one."""
    red: NDArray[np.uint8]
    """1 where it is inked red."""


@dataclass(frozen=True, slots=True, eq=False)
class _Slice:
    page: int
    picture: Pixels
    """The page's edge at `WORK_DPI`, mirrored where it is a left one."""
    top: int
    bottom: int
    left: int
    right: int
    ends_seal: bool
    """It ends before the edge: no page follows in the seal."""


def find_straddling(images: tuple[PageImage, ...]) -> Straddling | None:
    """Return the seal across the right or left edges of consecutive pages, None where there is none."""
    if len(images) < 2:
        return None
    edges: dict[bool, list[_Edge | None]] = {}
    for white_mm, mirrored in product(WHITES_MM, (False, True)):
        if mirrored not in edges:
            edges[mirrored] = [_edge_of(image, mirrored=mirrored) for image in images]
        slices = [_cluster(edge, white_mm) if edge else None for edge in edges[mirrored]]
        run = _longest_run(slices)
        if len(run) > 1 and (found := _laid(run, images, mirrored=mirrored)):
            return found
    return None


def _edge_of(image: PageImage, *, mirrored: bool) -> _Edge | None:
    """Return a page's edge, None where the page has no colour."""
    page, pixels = image.page, image.pixels
    if page.colour is not Colour.COLOUR:
        return None
    columns = min(round((WIDEST_MM + LAST_GAP_MM) / 25.4 * page.dpi), pixels.shape[1])
    edge = pixels[:, :columns][:, ::-1] if mirrored else pixels[:, -columns:]
    factor = WORK_DPI / page.dpi
    size = (max(round(columns * factor), 8), max(round(pixels.shape[0] * factor), 8))
    small = cv2.resize(np.ascontiguousarray(edge), size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return _Edge(page.number, small, (redness(small) > RED).astype(np.uint8))


def _cluster(edge: _Edge, white_mm: float) -> _Slice | None:
    """Return the slice that red ink near a page's edge makes, with no more white than this down it; None where there is
    none or more than a slice.
    """
    mm, picture, red = WORK_DPI / 25.4, edge.picture, edge.red
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((round(white_mm * mm), round(3 * mm)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    best: _Slice | None = None
    for index in range(1, count):
        left, top, width, height, _ = (int(v) for v in stats[index])
        inked = red[labels == index]
        gap = picture.shape[1] - left - width
        if gap > LAST_GAP_MM * mm or not SHORTEST_MM * mm <= height <= TALLEST_MM * mm:
            continue
        if int(inked.sum()) < FEWEST_RED or not NARROWEST_MM * mm <= width <= WIDEST_MM * mm or left == 0:
            continue
        if best is None or height > best.bottom - best.top:
            first, last = _inked_columns(red * (labels == index))
            best = _Slice(edge.page, picture, top, top + height, first, last + 1, gap > AT_EDGE_MM * mm)
    return best


def _inked_columns(red: NDArray[np.uint8]) -> tuple[int, int]:
    """Return the first and last column with ink: scanners leave paper beyond a cut, and joining specks widens it."""
    inked = np.flatnonzero(red.sum(axis=0) >= FEWEST_IN_COLUMN)
    return (int(inked[0]), int(inked[-1])) if len(inked) else (0, red.shape[1] - 1)


def _longest_run(slices: list[_Slice | None]) -> list[_Slice]:
    """Return the longest run of consecutive pages whose slices stand at about one height."""
    best: list[_Slice] = []
    run: list[_Slice] = []
    for one in slices:
        if one is None or (run and (run[-1].ends_seal or not _level(run[-1], one))):
            run = []
        if one is not None:
            run = [*run, one]
        best = max(best, run, key=len)
    return best


def _level(one: _Slice, other: _Slice) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top) - SHIFT_MM / 25.4 * WORK_DPI


def _laid(run: list[_Slice], images: tuple[PageImage, ...], *, mirrored: bool) -> Straddling | None:
    """Return the seal that the slices make when laid side by side."""
    shifts = _shifts(run)
    if shifts is None:
        return None
    picture = _side_by_side(run, shifts)
    if mirrored:
        picture = np.ascontiguousarray(picture[:, ::-1])
    rims = find_rims(picture, WORK_DPI, Colour.COLOUR)
    if not rims or rims[0].score < SURE_SCORE or not _spans(rims[0], run):
        return None
    if min(_rim_shares(picture, rims[0], run[::-1] if mirrored else run)) < RIM_INKED:
        return None
    sizes = {image.page.number: image for image in images}
    boxes = tuple((one.page, _box(one, sizes[one.page], mirrored=mirrored)) for one in run)
    return Straddling(rims[0].score, 2 * rims[0].ring.major, rims[0].ring.is_oval, boxes)


def _spans(rim: Found, run: list[_Slice]) -> bool:
    """Return whether the ring reaches from the first slice's outer side to the last one's."""
    first = round(PAPER_MM / 25.4 * WORK_DPI)
    last = first + sum(one.right - one.left for one in run)
    x0, _, x1, _ = rim.ring.bounds()
    return max(abs(x0 - first), abs(x1 - last)) <= OFF_SIDE * rim.ring.major


def _rim_shares(picture: Pixels, rim: Found, run: list[_Slice]) -> list[float]:
    """Return how much of the rim is inked within each slice, from left to right."""
    angles = full_turn(360)
    scales = np.linspace(1 - RIM_REACH, 1 + RIM_REACH, 13, dtype=np.float32)
    ink = sample(redness(picture), rim.ring, scales, angles).max(axis=0)
    inked = ink > RIM_LEVEL * float(np.percentile(ink, 80))
    along, _ = rim.ring.points(np.ones(1, np.float32), angles)
    borders = round(PAPER_MM / 25.4 * WORK_DPI) + np.cumsum([0, *(one.right - one.left for one in run)])
    within = [(along[0] >= a) & (along[0] < b) for a, b in pairwise(borders)]
    return [float(inked[here].mean()) if here.any() else 1.0 for here in within]


def _shifts(run: list[_Slice]) -> list[int] | None:
    """Return how far each slice is moved down to fit the one before; None where a cut does not fit."""
    shifts = [0]
    for one, other in pairwise(run):
        shift, fit = _best_shift(_profile(one, last=True), _profile(other, last=False))
        if fit < FITTING_CUT:
            return None
        shifts.append(shifts[-1] + shift)
    return shifts


def _profile(one: _Slice, *, last: bool) -> Plane:
    """Return the ink down one side of a slice."""
    wide = round(CUT_MM * WORK_DPI / 25.4)
    columns = slice(max(one.right - wide, 0), one.right) if last else slice(one.left, one.left + wide)
    ink = redness(one.picture)[:, columns].max(axis=1)
    ink[: one.top], ink[one.bottom :] = 0, 0
    return as_plane(cv2.GaussianBlur(np.minimum(ink, 60.0)[:, None], (1, 9), 2.0)[:, 0])


def _best_shift(before: Plane, after: Plane) -> tuple[int, float]:
    """Return by how many rows `after` moves down to be most like `before`, and their correlation then."""
    reach, rows = round(SHIFT_MM / 25.4 * WORK_DPI), min(len(before), len(after))
    best = (0, -1.0)
    for shift in range(-reach, reach + 1):
        one = before[max(shift, 0) : rows + min(shift, 0)]
        other = after[max(-shift, 0) : rows - max(shift, 0)]
        length = float(np.linalg.norm(one) * np.linalg.norm(other))
        fit = float(one @ other) / length if length else -1.0
        best = max(best, (shift, fit), key=lambda pair: pair[1])
    return best


def _side_by_side(run: list[_Slice], shifts: list[int]) -> Pixels:
    """Return the slices as one picture with paper around."""
    margin = round(PAPER_MM / 25.4 * WORK_DPI)
    top = min(one.top + shift for one, shift in zip(run, shifts, strict=True)) - margin
    bottom = max(one.bottom + shift for one, shift in zip(run, shifts, strict=True)) + margin
    parts = [_rows(one, top - shift, bottom - shift) for one, shift in zip(run, shifts, strict=True)]
    paper = [float(v) for v in np.median(parts[0].reshape(-1, 3), axis=0)]
    whole = np.concatenate(parts, axis=1)
    framed = cv2.copyMakeBorder(whole, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=paper)
    return framed.astype(np.uint8)


def _rows(one: _Slice, top: int, bottom: int) -> Pixels:
    """Return a slice between two heights, paper where the page ends."""
    height = one.picture.shape[0]
    cut = one.picture[max(top, 0) : min(bottom, height), one.left : one.right]
    return np.pad(cut, ((max(-top, 0), max(bottom - height, 0)), (0, 0), (0, 0)), mode="edge")


def _box(one: _Slice, image: PageImage, *, mirrored: bool) -> Box:
    """Return where a slice stands on its upright page."""
    height, width = image.pixels.shape[:2]
    factor = image.page.dpi / WORK_DPI
    strip = one.picture.shape[1]
    x0, x1 = (strip - one.right, strip - one.left) if mirrored else (one.left, one.right)
    offset = 0.0 if mirrored else width - strip * factor
    return Box.from_pixels(
        max(offset + x0 * factor, 0.0), one.top * factor, min(offset + x1 * factor, float(width)),
        min(one.bottom * factor, float(height)), width=width, height=height,
    )  # fmt: skip
