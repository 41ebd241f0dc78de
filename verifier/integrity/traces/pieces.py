"""The print of a page in pieces that are compared with each other: runs of one script, where the file's pixels are."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verifier.integrity.traces.strokes import Quad
from verifier.page import Box, Page

_RUN = re.compile(r"[0-9A-Za-z\-/.]{4,18}|[\u4e00-\u9fff]{3,9}|[\u0400-\u04ff]{4,18}")
"""Runs long enough to be measured and no longer than most fields; characters of other scripts have other strokes."""
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
    runs = [(line, match) for line in page.lines for match in _RUN.finditer(line.text)]
    boxes = [Box(line.edges[match.start()], line.box.y0, line.edges[match.end()], line.box.y1) for line, match in runs]
    return _pieces(page, boxes, [match.group() for _, match in runs], size)


def piece_at(page: Page, box: Box, text: str, size: tuple[int, int]) -> Piece:
    """Return the piece in a box of the upright page."""
    return _pieces(page, [box], [text], size)[0]


def _pieces(page: Page, boxes: list[Box], texts: list[str], size: tuple[int, int]) -> tuple[Piece, ...]:
    corners = np.array(boxes).reshape(-1, 4)
    across, down = corners[:, [0, 2, 2, 0]].ravel(), corners[:, [1, 1, 3, 3]].ravel()
    quads = (points_in_file(page, across, down) * size).reshape(-1, 4, 2)
    return tuple(Piece(box, quad, is_latin(text)) for box, quad, text in zip(boxes, quads, texts, strict=True))


def is_latin(text: str) -> bool:
    """Return whether most of a text's letters and digits are ASCII."""
    counted = [c.isascii() for c in text if c.isalnum()]
    return sum(counted) >= MOSTLY * len(counted)


def is_sparse(text: str) -> bool:
    """Return whether too many of a text's characters are a stroke or two."""
    counted = [c in _SPARSE for c in text if c.isalnum()]
    return sum(counted) >= MOST_SPARSE * len(counted)


def points_in_file(page: Page, across: NDArray[np.float64], down: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where points of the upright page stand in the file's page, shape (n, 2); all in fractions."""
    points = np.column_stack([across, down])
    if page.homography is not None:
        mapped = np.column_stack([points, np.ones(len(points))]) @ np.array(page.homography).reshape(3, 3).T
        points = mapped[:, :2] / mapped[:, 2:]
    x, y = points.T
    turned = {0: (x, y), 90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}[page.rotation % 360]
    return np.column_stack(turned)
