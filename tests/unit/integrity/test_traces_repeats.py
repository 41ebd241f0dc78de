"""A character copied with the grain of its paper is found on a page never compressed; honest prints are not."""

from __future__ import annotations

import cv2
import numpy as np

from tests.unit.integrity.pages import grained, read_as_drawn
from tests.unit.integrity.test_traces import vins
from verifier.integrity.fields import verdict_fields
from verifier.integrity.traces.cells import Cell, cells_of
from verifier.integrity.traces.prints import kinds_of
from verifier.integrity.traces.repeats import repeat_deviations

COPIED = 4
DIGITS = "023456789"


def looked_at(pixels: np.ndarray, texts: list[str]) -> tuple[np.ndarray, list[Cell]]:
    page, letter = read_as_drawn(texts)
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    return luma, cells_of(luma, page, list(verdict_fields(letter)))


def repeats(luma: np.ndarray, cells: list[Cell], fields: set[int]) -> dict[int, float]:
    return repeat_deviations(luma, cells, list(kinds_of(luma, cells, fields)), fields)


def with_copy(pixels: np.ndarray, texts: list[str]) -> np.ndarray:
    """The page, one character of a number replaced by an equal one of another number, paper and all."""
    _, cells = looked_at(pixels, texts)
    copy = next(c for c in cells if c.field == COPIED and c.text in DIGITS)
    source = next(c for c in cells if c.text == copy.text and c.field > COPIED + 1)
    width, height = 10, 14
    x, y, u, v = (round(value) for value in (copy.x, copy.y, source.x, source.y))
    pixels = pixels.copy()
    piece = pixels[v - height : v + height, u - width : u + width].copy()
    pixels[y - height : y + height, x - width : x + width] = piece
    return pixels


def test_honest_prints_have_each_their_own_grain():
    luma, cells = looked_at(grained(vins(2), 2), vins(2))
    assert set(repeats(luma, cells, set(range(18))).values()) == {0.0}


def test_a_copy_is_found():
    luma, cells = looked_at(with_copy(grained(vins(2), 2), vins(2)), vins(2))
    assert repeats(luma, cells, {COPIED})[COPIED] > 1


def test_paper_without_grain_repeats_itself():
    luma, cells = looked_at(with_copy(grained(vins(2), 2, grain=0.0), vins(2)), vins(2))
    assert repeats(luma, cells, {COPIED})[COPIED] == 0


def test_a_drawn_page_repeats_its_print_and_is_no_copy():
    texts = vins(2)[:3] * 6
    luma, cells = looked_at(grained(texts, 2, grain=0.0), texts)
    assert set(repeats(luma, cells, set(range(18))).values()) == {0.0}
