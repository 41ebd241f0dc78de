"""Detected runs of text become lines: cropped, recognised, split where one run holds two cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from verifier.page import Box, Line, Pixels, Source
from verifier.recognition.engine import DetectedText, RecognisedText

WIDTH_SCALE = 0.8
"""Crops squeezed to this share of their width read as well and cost a fifth less; at 0.65 errors begin."""
CELL_GAP = 1.8
"""A gap between characters of this many line heights separates two cells; full stops are followed by 1.0."""
ROW_SHARE = 0.5
"""Lines whose middles differ by less than this share of their height stand in one row."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenLine:
    """A detected run before it becomes lines: where it stands, its pixels, what was read (perhaps nothing)."""

    box: tuple[int, int, int, int]
    crop: Pixels
    read: RecognisedText
    settled: bool = False
    """Read already by the reader for print that something crosses: strokes over it are no letters of another script."""

    @property
    def width(self) -> int:
        """Columns of the crop."""
        return int(self.crop.shape[1])

    def columns(self, left: int, right: int, margin: float) -> Pixels:
        """Return the crop from column `left` to `right`, with a margin in line heights on both sides."""
        around = round(margin * self.crop.shape[0])
        return self.crop[:, max(left - around, 0) : right + around]


def crop_box(text: DetectedText, pixels: Pixels) -> tuple[int, int, int, int]:
    """Return (x0, y0, x1, y1), the pixels around a run of text on a straightened page."""
    height, width = pixels.shape[:2]
    x0, y0 = np.floor(text.corners.min(axis=0)).astype(int)
    x1, y1 = np.ceil(text.corners.max(axis=0)).astype(int)
    x0, y0 = min(max(x0, 0), width - 1), min(max(y0, 0), height - 1)
    return int(x0), int(y0), int(max(min(x1, width), x0 + 1)), int(max(min(y1, height), y0 + 1))


def as_line(read: RecognisedText, box: tuple[int, int, int, int], pixels: Pixels, source: Source = Source.OCR) -> Line:
    """Return a crop's text as a line of the page."""
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = box
    return Line(
        text=read.text,
        box=Box.from_pixels(x0, y0, x1, y1, width=width, height=height),
        confidence=read.confidence,
        edges=tuple((x0 + edge * (x1 - x0)) / width for edge in read.edges),
        character_confidences=read.character_confidences,
        source=source,
    )


def split_cells(line: Line, rules: tuple[Box, ...], pixels: Pixels) -> tuple[Line, ...]:
    """Return the line cut at vertical rules that cross it and at gaps too wide for one text."""
    if len(line.text) < 2:
        return (line,)
    height, width = pixels.shape[:2]
    gap = CELL_GAP * line.box.height * height / width
    walls = [(r.x0 + r.x1) / 2 for r in rules if r.height > r.width and _crosses(r, line.box)]
    centres = [(a + b) / 2 for a, b in pairwise(line.edges)]
    cuts = [0]
    for index in range(1, len(line.text)):
        left, right = centres[index - 1], centres[index]
        if right - left > gap + line.box.height * height / width or any(left < wall < right for wall in walls):
            cuts.append(index)
    cuts.append(len(line.text))
    pieces = [_trimmed(line, a, b) for a, b in pairwise(cuts)]
    return tuple(piece for piece in pieces if piece is not None)


def _crosses(rule: Box, line: Box) -> bool:
    middle = (line.y0 + line.y1) / 2
    return rule.y0 < middle < rule.y1 and line.x0 < rule.x0 < line.x1


def _trimmed(line: Line, start: int, stop: int) -> Line | None:
    """Return characters `start` to `stop` without outer spaces, None where nothing is left."""
    while start < stop and line.text[start].isspace():
        start += 1
    while stop > start and line.text[stop - 1].isspace():
        stop -= 1
    return line.span(start, stop) if stop > start else None


def in_reading_order(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines top to bottom, and left to right within a row."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.centre[1]):
        last = rows[-1] if rows else None
        if last and abs(last[0].box.centre[1] - line.box.centre[1]) < ROW_SHARE * last[0].box.height:
            last.append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda one: one.box.x0))
