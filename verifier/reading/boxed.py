"""Vehicle numbers written one character to a box, as forms have it: seventeen runs of one character become one line.

A character or two of such a row may not be detected at all: where the others keep one distance, its place is known,
and it is read there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from verifier.formats import vin
from verifier.page import Box, Line, Pixels
from verifier.reading.lines import ROW_SHARE
from verifier.recognition.engine import TextRecogniser

FEWEST = 12
"""Characters of a number that must be detected one by one."""
LONGEST_PIECE = 2
"""Characters of a run that stands in boxes; two narrow neighbours are detected as one at times."""
WIDEST_PITCH = 4.0
"""From one character to the next, in heights of their row."""
EVEN = 0.3
"""Share of the pitch by which a character may stand off its place."""
SURE = 0.8
"""Confidence from which what is read where nothing was detected counts."""


def joined_boxes(lines: Sequence[Line], plane: Pixels, recogniser: TextRecogniser) -> list[Line]:
    """Return the lines of a page, those that are single characters of one number as one line.

    `plane` is what the page was read from, shape (height, width, 3).
    """
    rest = list(lines)
    for row in _rows([line for line in lines if _may_be_boxed(line)]):
        whole = _joined(row, plane, recogniser)
        if whole is not None:
            rest = [line for line in rest if not any(line is one for one in row)]
            rest.append(whole)
    return rest


def _may_be_boxed(line: Line) -> bool:
    return len(line.text) <= LONGEST_PIECE and line.text.isascii() and line.text.isalnum()


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the runs of characters that stand in one row, none far from the next, from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.x0):
        for row in rows:
            height = row[-1].box.height
            level = abs(line.box.centre[1] - row[-1].box.centre[1]) < ROW_SHARE * height
            if level and line.box.x0 - row[-1].box.x1 < WIDEST_PITCH * height:
                row.append(line)
                break
        else:
            rows.append([line])
    return [row for row in rows if sum(len(line.text) for line in row) >= FEWEST]


def _joined(row: Sequence[Line], plane: Pixels, recogniser: TextRecogniser) -> Line | None:
    """Return a row of characters as one line, None where they are no number of seventeen at one distance."""
    characters = [line.span(n, n + 1) for line in row for n in range(len(line.text))]
    middles = np.array([character.box.centre[0] for character in characters])
    pitch = float(np.median(np.diff(middles)))
    if pitch <= 0:
        return None
    places = np.round((middles - middles[0]) / pitch).astype(int)
    pitch = float(np.polyfit(places, middles, 1)[0]) if len(set(places)) == len(places) else 0.0
    if pitch <= 0 or any(abs(x - middles[0] - n * pitch) > EVEN * pitch for n, x in zip(places, middles, strict=True)):
        return None
    if int(places[-1]) >= vin.LENGTH:
        return None
    found = dict(zip(map(int, places), characters, strict=True))
    found |= _read_between(found, vin.LENGTH, pitch, plane, recogniser)
    ordered = [found[n] for n in sorted(found)]
    return _as_line(ordered) if len(ordered) == vin.LENGTH else None


def _read_between(
    found: dict[int, Line], wanted: int, pitch: float, plane: Pixels, recogniser: TextRecogniser
) -> dict[int, Line]:
    """Return what stands at places of a row where nothing was detected: between its characters, then behind them."""
    if len(found) == wanted:
        return {}
    height, width = plane.shape[:2]
    first = found[0]
    boxes = {
        n: Box(x - pitch / 2, first.box.y0, x + pitch / 2, first.box.y1)
        for n in range(wanted)
        if n not in found
        for x in [first.box.centre[0] + n * pitch]
        if x + pitch / 2 < 1.0
    }
    crops = [_inside_frame(box.to_pixels(width=width, height=height), plane) for box in boxes.values()]
    read = recogniser.recognise(crops)
    return {
        n: Line(text.text.strip(), box, text.confidence, (box.x0, box.x1), (text.confidence,))
        for (n, box), text in zip(boxes.items(), read, strict=True)
        if len(text.text.strip()) == 1 and text.text.strip().isalnum() and text.confidence >= SURE
    }


def _inside_frame(box: tuple[int, int, int, int], plane: Pixels) -> Pixels:
    """Return a box's pixels without the upright rules at its sides."""
    x0, y0, x1, y1 = box
    inset = max((x1 - x0) // 8, 1)
    return plane[y0:y1, x0 + inset : x1 - inset]


def _as_line(characters: Sequence[Line]) -> Line:
    """Return single characters as one line, the border between two half-way."""
    borders = [(a.box.x1 + b.box.x0) / 2 for a, b in pairwise(characters)]
    confidences = tuple(character.character_confidences[0] for character in characters)
    return Line(
        text="".join(character.text for character in characters),
        box=Box.around([character.box for character in characters]),
        confidence=min(confidences),
        edges=(characters[0].box.x0, *borders, characters[-1].box.x1),
        character_confidences=confidences,
    )
