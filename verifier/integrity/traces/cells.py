"""Single characters of a page: where each stands in the file's pixels, and which verdict field it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.fields import VerdictField
from verifier.integrity.traces.glyphs import Glyph, Luma, glyphs_of
from verifier.integrity.traces.pieces import points_in_file
from verifier.page import Box, Line, Page

MOST_CELLS = 1600
"""Characters of one page that are looked at: a table of 60 vehicles has about as many digits and capitals."""
_RUN = re.compile(r"[0-9A-Z][0-9A-Z\-/.]{3,17}")
"""Runs that are cut by their ink: numbers, codes and dates."""
TALLEST = 1.7
"""Heights of a line from which a field's box is of two."""
MOST_RUNS = 90
"""Runs outside verdict fields that are cut, about 0.3 ms each; the rest keep the reader's borders."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One character: what it is, its middle and size in pixels of the file's page, its field's index or -1.

    `ink` is the width of its own ink and the height of its run's, None where only the reader's borders are known.
    """

    text: str
    x: float
    y: float
    width: float
    height: float
    field: int
    ink: tuple[float, float] | None = None

    @property
    def latin(self) -> bool:
        """Whether it is an ASCII letter or digit: these are half as wide and their strokes fewer."""
        return self.text.isascii()


def cells_of(luma: Luma, page: Page, fields: Sequence[VerdictField]) -> list[Cell]:
    """Return the characters of a page; `luma` is its picture in the file, shape (height, width).

    Of more than `MOST_CELLS` those of fields come first. Characters that are a stroke or a mark are left out.
    """
    cells = list(_all(luma, page, fields))
    if len(cells) <= MOST_CELLS:
        return cells
    stated = [cell for cell in cells if cell.field >= 0][:MOST_CELLS]
    others = [cell for cell in cells if cell.field < 0]
    room = MOST_CELLS - len(stated)
    return stated + others[:: -(-len(others) // room)] if room else stated


def _all(luma: Luma, page: Page, fields: Sequence[VerdictField]) -> Iterator[Cell]:
    left = MOST_RUNS
    for line in page.lines:
        chosen = [i for i, c in enumerate(line.text) if c.isalnum() and c not in "一|"]
        if not chosen:
            continue
        owners = _owners(line, fields)
        cut: dict[int, Glyph] = {}
        for run in _RUN.finditer(line.text):
            stated = any(owner >= 0 for owner in owners[run.start() : run.end()])
            left -= not stated
            glyphs = glyphs_of(luma, page, line, run.start(), run.end()) if stated or left >= 0 else None
            cut |= dict(enumerate(glyphs or (), run.start()))
        yield from _of_line(luma, page, line, chosen, owners, cut)


def _of_line(
    luma: Luma, page: Page, line: Line, chosen: list[int], owners: list[int], cut: dict[int, Glyph]
) -> Iterator[Cell]:
    """Yield some characters of a line, those in `cut` where their ink stands."""
    edges = np.array(line.edges)
    middles = (edges[:-1] + edges[1:]) / 2
    down = (line.box.y0 + line.box.y1) / 2
    across = np.concatenate([middles, edges, [middles[0], middles[0]]])
    heights = np.concatenate([np.full(len(across) - 2, down), [line.box.y0, line.box.y1]])
    points = points_in_file(page, across, heights) * (luma.shape[1], luma.shape[0])
    here, borders, ends = np.split(points, [len(middles), len(middles) + len(edges)])
    height = float(np.linalg.norm(ends[1] - ends[0]))
    widths = np.linalg.norm(np.diff(borders, axis=0), axis=1)
    for i in chosen:
        glyph = cut.get(i)
        x, y = (glyph.x, glyph.y) if glyph else (float(here[i, 0]), float(here[i, 1]))
        ink = (glyph.width, glyph.height) if glyph else None
        yield Cell(line.text[i], x, y, float(widths[i]), height, owners[i], ink)


def is_of_one_line(box: Box, line: Line) -> bool:
    """Return whether a field's box is no taller than a line: one that goes on in the next holds other print as well."""
    return box.height <= TALLEST * line.box.height


def _owners(line: Line, fields: Sequence[VerdictField]) -> list[int]:
    """Return for each character of a line the index of the field it belongs to, or -1."""
    edges = np.array(line.edges)
    middles: NDArray[np.float64] = (edges[:-1] + edges[1:]) / 2
    down = (line.box.y0 + line.box.y1) / 2
    owners = np.full(len(middles), -1)
    for index, field in enumerate(fields):
        box = field.field.box
        if box is not None and box.y0 <= down <= box.y1 and is_of_one_line(box, line):
            owners[(middles >= box.x0) & (middles <= box.x1)] = index
    return [int(owner) for owner in owners]
