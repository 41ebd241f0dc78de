"""Rows of equal small marks at an even pitch, with nothing else about them: what dotted leaders are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

Zone = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels, the last two not included."""
Grey = NDArray[np.uint8]
Marks = NDArray[np.int64]
"""Rows of OpenCV's statistics of connected parts: left, top, width, height, area."""

INK_BELOW_PAPER = 30
"""Grey levels under the paper around: dots of 8-point print scanned at 150 dpi are 45 darker at their middle."""
PAPER_AROUND = 1.2
"""Side of the square whose mean is taken for paper, in heights of a run: print beside it darkens it by a third."""
TALLEST, WIDEST = 0.3, 0.36
"""Largest dot in heights of a detected run (1.5 times the size of its type): a bullet has 0.24, a hyphen 0.2 × 0.06."""
SOLID = 0.6
"""Share of its own box that a dot fills: a round one 0.79, less where it is a few pixels."""
LOW, ROUND, APART = 0.14, 0.72, 0.3
"""Marks taller than this share of a run may be small letters (of 7-point type beside 14-point type). Dots fill their
box as round ones do, letters fill half of it, and stand apart by so many of their heights: bullets by 0.45, less where
they are blurred, letters by 0.15, a typewriter's by 0.3."""
SMALLEST = 2
"""Pixels of a dot; single ones are noise."""
SINK = 0.05
"""Heights by which one dot may stand lower than the next: half the thickness of a full point."""
LONGEST_PITCH = 1.0
"""From dot to dot, in heights: every second letter of a typewriter's is 0.85."""
UNEVEN = 0.3
"""Share by which one pitch or size may differ from the middle one; at least a pixel and a half: dots are few pixels."""
UNEVEN_PIXELS = 1.5
CLEAR = 0.25
"""Heights above and below dots that hold nothing else: dots of an i stand over their stem, those of a dotted border
under their text."""
SPECKS = 0.02
"""Share of the field about two dots that other ink may cover: noise of a scan in black and white."""
FEWEST_DOTS = 4
"""Dots of a row: an ellipsis of Latin print has three."""


@dataclass(frozen=True, slots=True, eq=False)
class DottedRow:
    """Marks of one row from left to right, and the usual distance from one to the next in pixels."""

    marks: Marks
    pitch: float

    @property
    def tall(self) -> float:
        """The usual height of a mark in pixels."""
        return float(np.median(self.marks[:, cv2.CC_STAT_HEIGHT]))

    @property
    def long(self) -> int:
        """Pixels from the first mark to the last."""
        return int(self.marks[-1, cv2.CC_STAT_LEFT] - self.marks[0, cv2.CC_STAT_LEFT])


def find_dotted_rows(grey: Grey, height: float) -> tuple[tuple[DottedRow, ...], Grey, Grey]:
    """Return the dotted rows of a picture, its ink, and that ink without small marks; runs are `height` pixels high."""
    side = 2 * round(height * PAPER_AROUND / 2) + 1
    ink = (cv2.subtract(cv2.blur(grey, (side, side)), grey) > INK_BELOW_PAPER).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    wide, tall, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    small = (wide <= WIDEST * height) & (tall <= TALLEST * height)
    filled = np.where(tall > LOW * height, ROUND, SOLID) * wide * tall
    marks = stats[small & (area >= np.maximum(filled, SMALLEST))].astype(np.int64)
    if len(marks) < FEWEST_DOTS:
        return (), ink, ink
    following = _following(marks, cv2.integral(ink).astype(np.int64), height)
    rows = tuple(row for chain in _chains(following) for row in _even_parts(marks[chain]))
    if not rows:
        return (), ink, ink
    letters = (~small).astype(np.uint8)
    letters[0] = 0
    return rows, ink, letters[labels]


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
        alike = _are_alike(marks[one], marks[other], height) & (np.abs(y[one] - y[other]) <= sink)
        one, other = one[alike], other[alike]
        alone = _are_alone(marks[one], marks[other], inked, CLEAR * height)
        following[one[alone]] = other[alone]
    return following


def _are_alike(one: Marks, other: Marks, height: float) -> NDArray[np.bool_]:
    """Return for pairs of marks whether they are equally wide and tall, and stand apart as dots do."""
    sizes = [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]
    a, b = one[:, sizes], other[:, sizes]
    equal = (np.abs(a - b) <= np.maximum(UNEVEN * np.maximum(a, b), UNEVEN_PIXELS)).all(axis=1)
    tall = one[:, cv2.CC_STAT_HEIGHT]
    room = other[:, cv2.CC_STAT_LEFT] - one[:, cv2.CC_STAT_LEFT] - one[:, cv2.CC_STAT_WIDTH]
    return cast(NDArray[np.bool_], equal & ((tall <= LOW * height) | (room >= APART * tall)))


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
    return [chain for chain in chains if len(chain) >= FEWEST_DOTS]


def _even_parts(marks: Marks) -> list[DottedRow]:
    """Return the parts of a chain of marks that keep to one pitch."""
    pitches = np.diff(marks[:, cv2.CC_STAT_LEFT] + marks[:, cv2.CC_STAT_WIDTH] / 2)
    usual = float(np.median(pitches))
    uneven = np.abs(pitches - usual) > max(UNEVEN * usual, UNEVEN_PIXELS)
    parts = np.split(marks, np.flatnonzero(uneven) + 1)
    return [DottedRow(part, usual) for part in parts if len(part) >= FEWEST_DOTS]
