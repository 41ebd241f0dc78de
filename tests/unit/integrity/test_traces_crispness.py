"""Edges that fall on the pixels of a scan are crisp one way only; what an editor sets is crisp both ways."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.unit.integrity.test_traces_neighbours import TYPED, crowd
from verifier.integrity.traces.cells import Cell
from verifier.integrity.traces.characters import MEASURES, rows_of
from verifier.integrity.traces.neighbours import neighbour_deviations

WAYS = ("across", "down")


@pytest.mark.parametrize("way", WAYS)
def test_print_that_is_crisp_one_way_only_is_not_typed(way: str):
    siblings = {0: [1], 1: [0]}
    assert neighbour_deviations(crowd(TYPED, {}), siblings)[0] > 1
    assert neighbour_deviations(crowd(TYPED | {way: -0.4}, {}), siblings)[0] < 1


def block(across: float, down: float) -> np.ndarray:
    """Return a page with one block as a character, its edges softened across and down."""
    page = np.full((80, 80), 240.0)
    page[28:53, 28:53] = 40.0
    page = cv2.GaussianBlur(page, (0, 0), sigmaX=across, sigmaY=down)
    return np.repeat(page.round().astype(np.uint8)[..., None], 3, axis=2)


@pytest.mark.parametrize(("softened", "other"), [WAYS, WAYS[::-1]])
def test_each_direction_is_told_by_its_own_edges(softened: str, other: str):
    pages = (block(**{softened: by, other: 0.5}) for by in (0.5, 1.2))
    sharp, soft = (rows_of(page, [Cell("0", 40, 40, 44, 44, 0)])[0] for page in pages)
    assert soft[MEASURES.index(softened)] < sharp[MEASURES.index(softened)] - 0.3
    assert soft[MEASURES.index(other)] == pytest.approx(sharp[MEASURES.index(other)], abs=0.1)
