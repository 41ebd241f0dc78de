"""The print of a page in pieces that are compared with each other: runs of one script, where the file's pixels are."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from verifier.integrity.traces.strokes import Quad
from verifier.page import Box, Page, turned_point

_RUN = re.compile(r"[0-9A-Za-z\-/.]{4,}|[\u4e00-\u9fff]{3,}|[\u0400-\u04ff]{4,}")
"""Runs long enough to be measured; characters of other scripts have strokes of other widths."""
MOSTLY = 0.7
_SPARSE = frozenset("〇零一二三十○")
MOST_SPARSE = 0.4
"""Share of characters that are a stroke or two: 二〇二六年 has too few edges to be told from anything."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of print: its box on the upright page, its corners in the file's pixels, whether it is Latin or digits."""

    box: Box
    quad: Quad
    latin: bool

    @property
    def height(self) -> float:
        """Height in pixels of the file's page."""
        return float(np.linalg.norm(self.quad[3] - self.quad[0]))


def pieces_of(page: Page, size: tuple[int, int]) -> tuple[Piece, ...]:
    """Return the runs of print of a page whose picture in the file has `size` (width, height)."""
    return tuple(
        piece_at(page, line.span(match.start(), match.end()).box, match.group(), size)
        for line in page.lines
        for match in _RUN.finditer(line.text)
    )


def piece_at(page: Page, box: Box, text: str, size: tuple[int, int]) -> Piece:
    """Return the piece in a box of the upright page."""
    corners = [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)]
    quad = np.array([_in_file(page, x, y) for x, y in corners]) * size
    return Piece(box, quad, is_latin(text))


def is_latin(text: str) -> bool:
    """Return whether most of a text's letters and digits are ASCII."""
    counted = [c.isascii() for c in text if c.isalnum()]
    return sum(counted) >= MOSTLY * len(counted)


def is_sparse(text: str) -> bool:
    """Return whether too many of a text's characters are a stroke or two."""
    counted = [c in _SPARSE for c in text if c.isalnum()]
    return sum(counted) >= MOST_SPARSE * len(counted)


def _in_file(page: Page, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the upright page stands in the file's page, both in fractions."""
    if page.homography is not None:
        across, down, scale = np.array(page.homography).reshape(3, 3) @ (x, y, 1.0)
        x, y = float(across / scale), float(down / scale)
    return turned_point(x, y, -page.rotation)
