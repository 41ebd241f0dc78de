"""Marks that run over print: a signature over a date, a watermark, a rule and a seal, which are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.unit.integrity.pages import grained, read_as_drawn
from tests.unit.integrity.test_traces import HEIGHT, WIDTH, vins
from verifier.integrity.traces.clutter import ALLOWED, allowed_for_clutter
from verifier.integrity.traces.pieces import piece_at

ROW = 4


def allowed(pixels: np.ndarray, *, signed: bool = False) -> float:
    page, _ = read_as_drawn(vins(1))
    line = page.lines[ROW]
    return allowed_for_clutter(pixels, piece_at(page, line.box, line.text, (WIDTH, HEIGHT)).quad, signed=signed)


def corners() -> tuple[int, int, int, int]:
    return read_as_drawn(vins(1))[0].lines[ROW].box.to_pixels(width=WIDTH, height=HEIGHT)


def over(pixels: np.ndarray, strokes: np.ndarray) -> np.ndarray:
    return np.minimum(pixels, cv2.GaussianBlur(strokes, (0, 0), 0.8))


@pytest.mark.parametrize("signed", [False, True])
def test_nothing_runs_over_clean_print(signed):
    assert allowed(grained(vins(1), 1), signed=signed) == 1.0


def test_a_watermark_raises_the_limit_anywhere():
    pixels, (x0, y0, x1, y1) = grained(vins(1), 1), corners()
    mark = np.full_like(pixels, 255)
    cv2.line(mark, (x0, y1 + 40), (x1, y0 - 40), (222, 224, 232), 24)
    assert allowed(over(pixels, mark)) == ALLOWED


def test_a_signature_raises_it_where_signatures_run_over_print():
    pixels, (x0, y0, x1, y1) = grained(vins(1), 1), corners()
    mark = np.full_like(pixels, 255)
    for x in range(x0, x1 - 40, 30):
        cv2.line(mark, (x, y1 + 12), (x + 40, y0 - 12), (30, 25, 60), 3)
    assert allowed(over(pixels, mark), signed=True) == ALLOWED
    assert allowed(over(pixels, mark)) == 1.0


@pytest.mark.parametrize(("ink", "thickness"), [((40, 40, 40), 3), ((215, 50, 50), 5)], ids=["rule", "seal"])
def test_rules_and_seals_do_not(ink, thickness):
    pixels, (x0, _, x1, y1) = grained(vins(1), 1), corners()
    mark = np.full_like(pixels, 255)
    cv2.line(mark, (x0 - 80, y1 + 3), (x1 + 80, y1 + 3), ink, thickness)
    assert allowed(over(pixels, mark), signed=True) == 1.0
