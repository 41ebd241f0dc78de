"""Dotted leaders between a label and its value are taken off the plane that is read: dots spoil the letters beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels
from verifier.reading.ink import three_times
from verifier.reading.lines import CELL_GAP, SeenLine
from verifier.recognition.engine import DetectedText

Zone = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels, the last two not included."""
Grey = NDArray[np.uint8]
Marks = NDArray[np.int64]
"""Rows of OpenCV's statistics of connected parts: left, top, width, height, area."""

_SIGNS = re.compile(
    r"""^[.·…•●\-–—_,']            # marks before a value
    | (?<=[\s:：)）]) [.·…•●\-–—_]+$ | (?<=[\u3400-\u9fff])[.·…•●\-]+$ | [.·…•●\-–—_,']{2}$   # or after a label
    | [.·…•●\-–—,']{3} | …          # or between both
    """,
    re.VERBOSE,
)
"""What the first reader makes of a line with a leader: of 64 pages with leaders that harmed a line, all show one."""
MOST_SIGNS = 8
"""Lines looked at before a page is taken to have none: 0.2 CPU milliseconds each."""

INK_BELOW_PAPER = 30
"""Grey levels under the paper around: dots of 8-point print scanned at 150 dpi are 45 darker at their middle."""
PAPER_AROUND = 1.2
"""Side of the square whose mean is taken for paper, in text heights: the text beside darkens it by a third."""
TALLEST, WIDEST = 0.3, 0.36
"""Largest dot in heights of a detected run (1.6 times the size of the type): a bullet has 0.24, a hyphen 0.2 × 0.06."""
SOLID = 0.6
"""Share of its own box that a dot fills: a round one 0.79, small letters 0.5 and less."""
LOW, APART = 0.14, 0.4
"""Dots taller than this share of a run stand apart by so many of their heights: bullets by 0.45, small letters of one
word, of 7-point type beside 14-point type at the smallest, by 0.15."""
LONGEST_PITCH = 1.0
"""From dot to dot, in the same heights: every second letter of a typewriter's is 0.85."""
SMALLEST = 2
"""Pixels of a dot; single ones are noise."""
FURTHEST = 1.6
"""Pitches within which the next dot stands, and that two of them which have run together are wide."""
SINK = 0.05
"""Heights by which one dot may stand lower than the next: half the thickness of a full point."""
SPECKS = 0.02
"""Share of the field about two dots that other ink may cover: noise of a scan in black and white."""
SOFT_EDGE = 2
"""Pixels by which a leader's box is widened on all sides to take the soft edges of its dots."""
FEWEST_DOTS = 7
"""Dots of a leader. The ellipsis of Chinese print has six, that of Latin print three."""
FEWEST_WIDE, WIDE = 5, 2.5
"""Dots of one that is so long, in heights: an ellipsis is 1.3 at most."""
FEWEST_BESIDE = 4
"""Dots of a leader on a page that has a longer one of the same pitch: long labels leave little room."""
UNEVEN = 0.3
"""Share by which one pitch or size may differ from the middle one; beside it, a pixel and a half: dots are few pixels."""
UNEVEN_PIXELS = 1.5
CLEAR = 0.25
"""Heights above and below a leader's dots that hold nothing else: dots of an i stand over their stem, those of a
dotted border under their text."""
NEAR_TEXT, TEXT_HEIGHT = 1.5, 0.2
"""A leader begins or ends so near to print at least so tall, in heights: a dotted border or a line to cut along has none."""
SAME_PRINT = 0.5
"""Share of the smaller of two boxes within both from which they hold the same print."""


def suspects(seen: Sequence[SeenLine]) -> list[int]:
    """Return which runs of a page read as if they held a leader, those that show its marks first."""
    marked = [index for index, line in enumerate(seen) if _SIGNS.search(line.read.text.strip())]
    wide = [index for index, line in enumerate(seen) if index not in set(marked) and _has_gap(line)]
    return [*marked, *wide]


def _has_gap(line: SeenLine) -> bool:
    """Return whether nothing was read over a stretch of a run: bullets are no letters to the first reader."""
    gaps = np.diff([0.0, *line.read.centres, 1.0])
    return float(gaps.max()) * line.width > CELL_GAP * line.crop.shape[0]


def find_leaders(plane: Pixels, boxes: Sequence[Zone], signs: Sequence[int]) -> tuple[Zone, ...]:
    """Return the leaders of a page, none unless one stands in the row of a suspect run (an index of `boxes`).

    `plane` is the page as the readers see it, `boxes` are the runs of text found on it.
    """
    if not signs:
        return ()
    grey = plane[:, :, 0]
    height = float(np.median([y1 - y0 for _, y0, _, y1 in boxes]))
    rows = [boxes[index] for index in signs[:MOST_SIGNS]]
    margin = round(height / 2)
    bands = (cast(Grey, grey[max(y0 - margin, 0) : y1 + margin]) for _, y0, _, y1 in rows)
    if not any(_leaders_of(np.ascontiguousarray(band), height) for band in bands):
        return ()
    return tuple(_leaders_of(np.ascontiguousarray(grey), height))


def _leaders_of(grey: Grey, height: float) -> list[Zone]:
    """Return the leaders of a picture whose runs of text are `height` pixels high."""
    side = 2 * round(height * PAPER_AROUND / 2) + 1
    ink = (cv2.subtract(cv2.blur(grey, (side, side)), grey) > INK_BELOW_PAPER).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    wide, tall, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    small = (wide <= WIDEST * height) & (tall <= TALLEST * height) & (area >= SMALLEST)
    marks = stats[small & (area >= SOLID * wide * tall)].astype(np.int64)
    if len(marks) < FEWEST_DOTS:
        return []
    following = _following(marks, cv2.integral(ink).astype(np.int64), height)
    rows = [row for chain in _chains(following) for row in _even_parts(marks[chain])]
    return [_grown(row, ink, height) for row in _kept(rows, ink, height)]


def _following(marks: Marks, inked: NDArray[np.int64], height: float) -> NDArray[np.int64]:
    """Return for each mark the next equal one to its right with nothing else about them, -1 where there is none."""
    x = marks[:, cv2.CC_STAT_LEFT] + marks[:, cv2.CC_STAT_WIDTH] / 2
    y = marks[:, cv2.CC_STAT_TOP] + marks[:, cv2.CC_STAT_HEIGHT] / 2
    sink = max(SINK * height, 1.0)
    following = np.full(len(marks), -1)
    for offset in (0.0, 0.5):  # what the edge of a row parts in one, stands in one row in the other
        row = np.floor(y / (2 * sink) + offset)
        order = np.lexsort((x, row))
        one, other = order[:-1], order[1:]
        near = (row[one] == row[other]) & (x[other] - x[one] <= LONGEST_PITCH * height)
        one, other = one[near], other[near]
        apart = marks[other, cv2.CC_STAT_LEFT] - marks[one, cv2.CC_STAT_LEFT] - marks[one, cv2.CC_STAT_WIDTH]
        tall = marks[one, cv2.CC_STAT_HEIGHT]
        alike = _are_alike(marks[one], marks[other]) & ((tall <= LOW * height) | (apart >= APART * tall))
        alike &= np.abs(y[one] - y[other]) <= sink
        one, other = one[alike], other[alike]
        clear = _are_alone(marks[one], marks[other], inked, CLEAR * height)
        following[one[clear]] = other[clear]
    return following


def _are_alike(one: Marks, other: Marks) -> NDArray[np.bool_]:
    """Return for pairs of marks whether they are equally wide and tall."""
    sizes = [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]
    a, b = one[:, sizes], other[:, sizes]
    return cast(NDArray[np.bool_], (np.abs(a - b) <= np.maximum(UNEVEN * np.maximum(a, b), UNEVEN_PIXELS)).all(axis=1))


def _are_alone(one: Marks, other: Marks, inked: NDArray[np.int64], around: float) -> NDArray[np.bool_]:
    """Return for pairs of marks whether no other ink stands between, above or below them."""
    height, width = (side - 1 for side in inked.shape)
    middle = one[:, cv2.CC_STAT_TOP] + one[:, cv2.CC_STAT_HEIGHT] / 2
    top = np.clip((middle - around).astype(int), 0, height)
    bottom = np.clip((middle + around).astype(int) + 1, 0, height)
    left = one[:, cv2.CC_STAT_LEFT]
    right = np.clip(other[:, cv2.CC_STAT_LEFT] + other[:, cv2.CC_STAT_WIDTH], 0, width)
    ink = inked[bottom, right] - inked[top, right] - inked[bottom, left] + inked[top, left]
    others = ink - one[:, cv2.CC_STAT_AREA] - other[:, cv2.CC_STAT_AREA]
    return cast(NDArray[np.bool_], others <= SPECKS * (bottom - top) * (right - left))


def _chains(following: NDArray[np.int64]) -> list[list[int]]:
    """Return the marks that follow one another, each in one chain."""
    starts = set(np.flatnonzero(following >= 0).tolist()) - set(following.tolist())
    chains = []
    taken = set[int]()
    for start in sorted(starts):
        chain = [start]
        while (after := int(following[chain[-1]])) >= 0 and after not in taken:
            chain.append(after)
            taken.add(after)
        chains.append(chain)
    return [chain for chain in chains if len(chain) >= FEWEST_BESIDE]


def _even_parts(row: Marks) -> list[Marks]:
    """Return the parts of a row of marks that keep to one pitch."""
    pitches = _pitches(row)
    usual = float(np.median(pitches))
    uneven = np.abs(pitches - usual) > max(UNEVEN * usual, UNEVEN_PIXELS)
    parts = np.split(row, np.flatnonzero(uneven) + 1)
    return [part for part in parts if len(part) >= FEWEST_BESIDE]


def _pitches(row: Marks) -> NDArray[np.float64]:
    return np.diff(row[:, cv2.CC_STAT_LEFT] + row[:, cv2.CC_STAT_WIDTH] / 2)


def _kept(rows: list[Marks], ink: Grey, height: float) -> list[Marks]:
    """Return the rows of marks that are leaders: long ones beside print, and short ones like them between print."""
    sides = [_print_beside(row, ink, height) for row in rows]
    usual = [float(np.median(_pitches(row))) for row in rows]
    sure = [_is_long(row, height) and any(beside) for row, beside in zip(rows, sides, strict=True)]
    known = [pitch for pitch, is_sure in zip(usual, sure, strict=True) if is_sure]
    return [
        row
        for row, pitch, beside, is_sure in zip(rows, usual, sides, sure, strict=True)
        if is_sure or (all(beside) and any(abs(pitch - one) <= max(UNEVEN * one / 2, UNEVEN_PIXELS) for one in known))
    ]


def _is_long(row: Marks, height: float) -> bool:
    length = row[-1, cv2.CC_STAT_LEFT] - row[0, cv2.CC_STAT_LEFT]
    return len(row) >= FEWEST_DOTS or (len(row) >= FEWEST_WIDE and length >= WIDE * height)


def _print_beside(row: Marks, ink: Grey, height: float) -> tuple[bool, bool]:
    """Return whether print taller than the marks stands left and right of a row of them."""
    left, top, right, bottom = _around(row, ink.shape)
    reach = round(NEAR_TEXT * height)
    middle = (top + bottom) / 2
    rows = slice(max(round(middle - CLEAR * height), 0), round(middle + CLEAR * height) + 1)
    beside = ink[rows, max(left - reach, 0) : left], ink[rows, right : right + reach]
    before, after = (np.count_nonzero(part.any(axis=1)) >= TEXT_HEIGHT * height for part in beside)
    return bool(before), bool(after)


def _around(row: Marks, shape: tuple[int, ...]) -> Zone:
    """Return the box of a row of marks with their soft edges."""
    left, top = row[:, cv2.CC_STAT_LEFT], row[:, cv2.CC_STAT_TOP]
    right, bottom = left + row[:, cv2.CC_STAT_WIDTH], top + row[:, cv2.CC_STAT_HEIGHT]
    soft = SOFT_EDGE
    return (
        max(int(left.min()) - soft, 0),
        max(int(top.min()) - soft, 0),
        min(int(right.max()) + soft, shape[1]),
        min(int(bottom.max()) + soft, shape[0]),
    )


def _grown(row: Marks, ink: Grey, height: float) -> Zone:
    """Return the box of a leader with dots beside it that have run together, up to the print that follows."""
    left, top, right, bottom = _around(row, ink.shape)
    middle, around = (top + bottom) // 2, round(CLEAR * height)
    band = ink[max(middle - around, 0) : middle + around + 1].copy()
    start = top - max(middle - around, 0)
    dotted = band[start : start + bottom - top].any(axis=0)
    band[start : start + bottom - top] = 0
    other = band.any(axis=0)
    reach = round(FURTHEST * float(np.median(_pitches(row))))
    first = left - _further(dotted[:left][::-1], other[:left][::-1], reach)
    last = right + _further(dotted[right:], other[right:], reach)
    return first, top, last, bottom


def _further(dotted: NDArray[np.bool_], other: NDArray[np.bool_], reach: int) -> int:
    """Return how many columns on a leader goes, given where ink of its height and other ink stands."""
    edge = blank = inked = 0
    for column, (dot, print_) in enumerate(zip(dotted.tolist(), other.tolist(), strict=True)):
        if print_ or max(blank, inked) > reach:
            break
        if dot:
            inked, blank = inked + 1, 0
        else:
            edge = column if inked else edge
            inked, blank = 0, blank + 1
    return edge


def without_leaders(plane: Pixels, leaders: Sequence[Zone]) -> Pixels:
    """Return the plane with paper where its leaders stood."""
    grey = np.ascontiguousarray(plane[:, :, 0]).copy()
    for x0, y0, x1, y1 in leaders:
        side = 2 * (y1 - y0) + 1
        # the brightest pixels of a dot's surroundings are the paper it stands on, whatever light falls there
        grey[y0:y1, x0:x1] = cv2.morphologyEx(grey[y0:y1, x0:x1], cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    return three_times(cast(Pixels, grey))


def split_at_leaders(found: Sequence[DetectedText], leaders: Sequence[Zone]) -> tuple[DetectedText, ...]:
    """Return the runs of a page without its leaders, those that reach over one leader as label and value."""
    runs: list[DetectedText] = []
    for text in found:
        left, right = float(text.corners[:, 0].min()), float(text.corners[:, 0].max())
        crossed = [zone for zone in leaders if left < zone[0] and zone[2] < right and _is_in_row(zone, text)]
        if len(crossed) == 1:  # blanks that were filled in are words of one sentence, their line stays whole
            runs += [_between(text, left, crossed[0][0]), _between(text, crossed[0][2], right)]
        else:
            runs.append(text)
    return tuple(runs)


def _is_in_row(zone: Zone, text: DetectedText) -> bool:
    top, bottom = text.corners[:, 1].min(), text.corners[:, 1].max()
    return bool(top < (zone[1] + zone[3]) / 2 < bottom)


def _between(text: DetectedText, left: float, right: float) -> DetectedText:
    """Return the part of a run between two columns of the page."""
    start, stop = text.corners[[0, 3], 0].mean(), text.corners[[1, 2], 0].mean()
    along = text.corners[[1, 2]] - text.corners[[0, 3]]
    shares = [(column - start) / (stop - start) for column in (left, right)]
    first, last = (text.corners[[0, 3]] + min(max(share, 0.0), 1.0) * along for share in shares)
    return replace(text, corners=np.array([first[0], last[0], last[1], first[1]]))


def kept_beside(boxes: Sequence[Zone], leaders: Sequence[Zone], again: Sequence[Zone]) -> tuple[list[int], list[int]]:
    """Return which runs of a page no leader touches, and which of those found without leaders are none of these."""
    kept = [index for index, box in enumerate(boxes) if not any(_shared(box, zone) for zone in leaders)]
    fresh = [
        index
        for index, box in enumerate(again)
        if not any(_shared(box, boxes[k]) > SAME_PRINT * min(_area(box), _area(boxes[k])) for k in kept)
    ]
    return kept, fresh


def _shared(one: Zone, other: Zone) -> int:
    width, height = (min(one[k + 2], other[k + 2]) - max(one[k], other[k]) for k in (0, 1))
    return max(width, 0) * max(height, 0)


def _area(box: Zone) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
