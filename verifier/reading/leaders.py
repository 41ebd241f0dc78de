"""Dotted leaders between label and value are taken off the plane that is read: dots spoil the letters beside them.

A page is searched only where a line read as if it held one; the page that is shown and kept as evidence has them still.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.page import Pixels
from verifier.reading.dots import CLEAR, LOW, UNEVEN, UNEVEN_PIXELS, DottedRow, Grey, Zone, find_dotted_rows
from verifier.reading.ink import three_times
from verifier.reading.lines import CELL_GAP, SeenLine
from verifier.recognition.engine import DetectedText

_SIGNS = re.compile(
    r"""^[.·…•●\-–—_,']            # marks before a value
    | (?<=[\s:：)）]) [.·…•●\-–—_]+$ | (?<=[\u3400-\u9fff])[.·…•●\-]+$ | [.·…•●\-–—_,']{2}$   # or after a label
    | [.·…•●\-–—,']{3} | …          # or between both
    """,
    re.VERBOSE,
)
"""What the first reader makes of a line with a leader. Of 80 pages with leaders, those without such a line among four
looked at were read without fault (13), but for two with bullets that touch one another."""
MOST_LOOKS = 4
"""Lines looked at before a page is taken to have none: 1 CPU millisecond each."""
ASIDE, LOOK_HEIGHT = 4.0, 48
"""Heights left and right of a run within which its leader begins, and its height in pixels for that look: that of
11-point type at 200 dpi; with 32, hyphens run together."""

FEWEST_DOTS = 7
"""Dots of a leader. The ellipsis of Chinese print has six, that of Latin print three."""
FEWEST_WIDE, WIDE = 5, 2.5
"""Dots of one that is so long, in heights of a run: an ellipsis is 1.3 at most."""
NEAR_TEXT, TEXT_HEIGHT = 1.5, 0.2
"""A leader begins or ends so near to print at least so tall, in heights: a line to cut along has none."""
ON_LEVEL = 0.25
"""Share of the columns of print beside a leader that have ink at its dots' height: lines of text have 0.35 and more at
their foot, the tails of g and y over a dotted border less than 0.2."""
IN_LINE = 0.3, 0.86
"""Shares of a run's height between which its leader stands: in the middle, or as full points do at 0.73; a dotted line
under it or around its cell stands at 0.95 and beyond."""
NEAR_LINE = 0.8
"""Heights from a run's middle within which what stands there belongs to it: lines stand one apart, or more."""
FURTHEST = 1.6
"""Pitches within which the next dot stands, and that two of them which have run together are wide."""
MOST_LEADERS = 300
"""Of a page: a list of three columns has 180; more is a pattern, and what it costs is bounded."""
SOFT_EDGE = 2
"""Pixels by which a leader's box is widened on all sides to take the soft edges of its dots."""
SAME_PRINT = 0.5
"""Share of the smaller of two boxes within both from which they hold the same print."""


def suspects(seen: Sequence[SeenLine]) -> list[int]:
    """Return which runs of a page read as if they held a leader, those that show its marks first."""
    marked = [index for index, line in enumerate(seen) if _SIGNS.search(line.read.text.strip())]
    return marked + [index for index, line in enumerate(seen) if index not in marked and _has_gap(line)]


def _has_gap(line: SeenLine) -> bool:
    """Return whether nothing was read over a stretch of a run: bullets are no letters to the first reader."""
    gaps = np.diff([0.0, *line.read.centres, 1.0])
    return bool(gaps.max() * line.width > CELL_GAP * line.crop.shape[0])


def find_leaders(plane: Pixels, boxes: Sequence[Zone], looks: Sequence[int]) -> tuple[Zone, ...]:
    """Return the leaders of a page, none unless one stands in or beside one of the runs `looks`, by index of `boxes`.

    `plane` is the page as the readers see it, `boxes` are the runs of text found on it.
    """
    if not looks:
        return ()
    grey = plane[:, :, 0]
    height = float(np.median([y1 - y0 for _, y0, _, y1 in boxes]))
    spread = looks[:: -(-len(looks) // MOST_LOOKS)]
    if not any(_shows_leader(grey, boxes[index], height) for index in spread):
        return ()
    found = _leaders_of(np.ascontiguousarray(grey), np.array(boxes, float), height)
    return found if len(found) <= MOST_LEADERS else ()


def _shows_leader(grey: Grey, run: Zone, height: float) -> bool:
    """Return whether a leader stands in a run or next to it, seen no finer than that takes."""
    x0, y0, x1, y1 = run
    left, top = max(x0 - round(ASIDE * height), 0), max(y0 - round(height / 2), 0)
    band = grey[top : y1 + round(height / 2), left : x1 + round(ASIDE * height)]
    scale = min(LOOK_HEIGHT / height, 1.0)
    small = cv2.resize(np.ascontiguousarray(band), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    box = np.array([(x0 - left, y0 - top, x1 - left, y1 - top)]) * scale
    return bool(_leaders_of(cast(Grey, small), box, height * scale))


def _leaders_of(grey: Grey, boxes: NDArray[np.float64], height: float) -> tuple[Zone, ...]:
    """Return the leaders of a picture with runs of text, of shape (n, 4), that are `height` pixels high."""
    rows, ink, letters = find_dotted_rows(grey, height)
    beside = [_print_beside(row, letters, height) for row in rows]
    near = [_in_line(_around(row, ink.shape), boxes, height) for row in rows]
    long = [_is_long(row, height) and any(sides) for row, sides in zip(rows, beside, strict=True)]
    sure = [row for row, is_long, line in zip(rows, long, near, strict=True) if is_long and line]
    return tuple(
        _grown(row, ink, height)
        for row, sides, is_long, line in zip(rows, beside, long, near, strict=True)
        if line is not False and ((is_long and line) or ((is_long or all(sides)) and _is_like_one_of(row, sure)))
    )


def _is_long(row: DottedRow, height: float) -> bool:
    dots = len(row.marks)
    is_low = row.tall <= LOW * height  # bullets may stand for hidden digits
    return dots >= FEWEST_DOTS or (dots >= FEWEST_WIDE and row.long >= WIDE * height and is_low)


def _is_like_one_of(row: DottedRow, others: Sequence[DottedRow]) -> bool:
    """Return whether a row of dots keeps to the pitch of a leader of the page: long labels leave it little room."""
    return any(abs(row.pitch - other.pitch) <= max(UNEVEN * other.pitch / 2, UNEVEN_PIXELS) for other in others)


def _in_line(zone: Zone, boxes: NDArray[np.float64], height: float) -> bool | None:
    """Return whether marks stand on the line of a run that they are part of or next to; None where no run is near.

    What a leader does to a line may hide all of it from the detector.
    """
    x0, y0, x1, y1 = boxes.T
    share = ((zone[1] + zone[3]) / 2 - y0) / (y1 - y0)
    beside = (x0 < zone[2] + NEAR_TEXT * height) & (x1 > zone[0] - NEAR_TEXT * height)
    near = beside & (np.abs(share - 0.5) < NEAR_LINE)
    return bool((near & (share > IN_LINE[0]) & (share < IN_LINE[1])).any()) if near.any() else None


def _print_beside(row: DottedRow, letters: Grey, height: float) -> tuple[bool, bool]:
    """Return whether print taller than the marks, which they are level with, stands left and right of a row of them."""
    left, top, right, bottom = _around(row, letters.shape)
    reach, middle = round(NEAR_TEXT * height), (top + bottom) / 2
    first = max(round(middle - CLEAR * height), 0)
    rows, level = slice(first, round(middle + CLEAR * height) + 1), slice(top - first, bottom - first)
    sides = letters[rows, max(left - reach, 0) : left], letters[rows, right : right + reach]
    before, after = (_is_level(side, level, TEXT_HEIGHT * height) for side in sides)
    return before, after


def _is_level(side: Grey, level: slice, tall: float) -> bool:
    """Return whether a part of a picture holds print of more than some rows, much of it in the rows `level`."""
    inked, there = (np.count_nonzero(part.any(axis=0)) for part in (side, side[level]))
    return bool(np.count_nonzero(side.any(axis=1)) >= tall and there >= ON_LEVEL * inked)


def _around(row: DottedRow, shape: tuple[int, ...]) -> Zone:
    """Return the box of a row of marks with their soft edges."""
    left, top = row.marks[:, cv2.CC_STAT_LEFT], row.marks[:, cv2.CC_STAT_TOP]
    right, bottom = left + row.marks[:, cv2.CC_STAT_WIDTH], top + row.marks[:, cv2.CC_STAT_HEIGHT]
    x0, y0 = (max(int(side.min()) - SOFT_EDGE, 0) for side in (left, top))
    x1, y1 = (int(side.max()) + SOFT_EDGE for side in (right, bottom))
    return x0, y0, min(x1, shape[1]), min(y1, shape[0])


def _grown(row: DottedRow, ink: Grey, height: float) -> Zone:
    """Return the box of a leader with dots beside it that have run together, up to the print that follows."""
    left, top, right, bottom = _around(row, ink.shape)
    first = max((top + bottom) // 2 - round(CLEAR * height), 0)
    band = ink[first : (top + bottom) // 2 + round(CLEAR * height) + 1].copy()
    level = slice(top - first, bottom - first)
    dotted = np.any(band[level], axis=0, keepdims=True)[0]
    band[level] = 0
    other = np.any(band, axis=0, keepdims=True)[0]
    reach = round(FURTHEST * row.pitch)
    before = _further(dotted[:left][::-1], other[:left][::-1], reach)
    return left - before, top, right + _further(dotted[right:], other[right:], reach), bottom


def _further(dotted: NDArray[np.bool_], other: NDArray[np.bool_], reach: int) -> int:
    """Return how many columns on a leader goes, given where ink of its height and other ink stands."""
    edge = blank = inked = 0
    for column, (is_dot, is_print) in enumerate(zip(dotted.tolist(), other.tolist(), strict=True)):
        if is_print or max(blank, inked) > reach:
            break
        if is_dot:
            inked, blank = inked + 1, 0
        else:
            edge = column if inked else edge
            inked, blank = 0, blank + 1
    return edge


def without_leaders(plane: Pixels, leaders: Sequence[Zone]) -> Pixels:
    """Return the plane with paper where its leaders stood."""
    grey = np.ascontiguousarray(plane[:, :, 0]).copy()
    last = grey.shape[0] - 1
    for x0, y0, x1, y1 in leaders:
        above, below = (grey[row, x0:x1].astype(np.float32) for row in (max(y0 - 1, 0), min(y1, last)))
        share = (np.arange(y0, y1, dtype=np.float32)[:, None] - y0 + 1) / (y1 - y0 + 1)
        # paper as it is above and below, with its light and its noise: an even bar would be read as a dash
        grey[y0:y1, x0:x1] = np.rint(above + share * (below - above)).astype(np.uint8)
    return three_times(grey)


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
