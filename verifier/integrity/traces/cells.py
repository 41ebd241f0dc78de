"""Single characters of a page: where each stands in the file's pixels, and which verdict field it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.fields import VerdictField
from verifier.integrity.traces.pieces import points_in_file
from verifier.page import Line, Page

MOST_CELLS = 1600
"""Characters of one page that are looked at: a table of 60 vehicles has about as many digits and capitals."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One character: what it is, its middle and size in pixels of the file's page, its field's index or -1."""

    text: str
    x: float
    y: float
    width: float
    height: float
    field: int

    @property
    def latin(self) -> bool:
        """Whether it is an ASCII letter or digit: these are half as wide and their strokes fewer."""
        return self.text.isascii()


def cells_of(page: Page, fields: Sequence[VerdictField], size: tuple[int, int]) -> list[Cell]:
    """Return the characters of a page whose picture in the file has `size` (width, height).

    Of more than `MOST_CELLS` those of fields come first. Characters that are a stroke or a mark are left out.
    """
    cells = [cell for line in page.lines for cell in _of_line(page, line, fields, size)]
    if len(cells) <= MOST_CELLS:
        return cells
    stated = [cell for cell in cells if cell.field >= 0][:MOST_CELLS]
    others = [cell for cell in cells if cell.field < 0]
    room = MOST_CELLS - len(stated)
    return stated + others[:: -(-len(others) // room)] if room else stated


def _of_line(page: Page, line: Line, fields: Sequence[VerdictField], size: tuple[int, int]) -> list[Cell]:
    chosen = [i for i, c in enumerate(line.text) if c.isalnum() and c not in "一|"]
    if not chosen:
        return []
    edges = np.array(line.edges)
    middles = (edges[:-1] + edges[1:]) / 2
    down = (line.box.y0 + line.box.y1) / 2
    across = np.concatenate([middles, edges, [middles[0], middles[0]]])
    heights = np.concatenate([np.full(len(across) - 2, down), [line.box.y0, line.box.y1]])
    points = points_in_file(page, across, heights) * size
    here, borders, ends = np.split(points, [len(middles), len(middles) + len(edges)])
    height = float(np.linalg.norm(ends[1] - ends[0]))
    widths = np.linalg.norm(np.diff(borders, axis=0), axis=1)
    owners = _owners(line, middles, down, fields)
    return [
        Cell(line.text[i], float(here[i, 0]), float(here[i, 1]), float(widths[i]), height, owners[i]) for i in chosen
    ]


def _owners(line: Line, middles: NDArray[np.float64], down: float, fields: Sequence[VerdictField]) -> list[int]:
    owners = np.full(len(middles), -1)
    for index, field in enumerate(fields):
        box = field.field.box
        if box is not None and box.y0 <= down <= box.y1:
            owners[(middles >= box.x0) & (middles <= box.x1)] = index
    return [int(owner) for owner in owners]
