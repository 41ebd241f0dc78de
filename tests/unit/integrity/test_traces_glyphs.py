"""Characters stand where their ink is, however a reader's borders are off."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import ImageFont

from samples.paper.faces import TYPES
from tests.unit.integrity.test_traces import HEIGHT, LEFT, SIZE, STEP, TOP, WIDTH, read, scanned, vins
from verifier.integrity.traces.cells import cells_of
from verifier.integrity.traces.glyphs import glyphs_of
from verifier.integrity.traces.prints import SLACK
from verifier.page import Box, Line

FACE = ImageFont.truetype(TYPES["song"].other.path, SIZE)
WITHIN_PX = SLACK
ROW = 5


def luma_of(pixels: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))


def true_middles(text: str) -> np.ndarray:
    starts = [LEFT + FACE.getlength(text[:n]) for n in range(len(text))]
    boxes = [FACE.getbbox(character) for character in text]
    return np.array([start + (box[0] + box[2] - 1) / 2 for start, box in zip(starts, boxes, strict=True)])


def line_of(text: str, slips: np.ndarray) -> Line:
    """The line as a reader gives it: its box too tall, its borders off by `slips` pixels."""
    edges = np.array([LEFT + FACE.getlength(text[:n]) for n in range(len(text) + 1)]) + slips
    y = TOP + ROW * STEP
    box = Box.from_pixels(edges[0], y - 6, edges[-1], y + SIZE + 10, width=WIDTH, height=HEIGHT)
    return Line(text, box, 0.99, tuple(edges / WIDTH), (0.99,) * len(text))


@pytest.mark.parametrize("seed", range(3))
def test_borders_off_by_a_third_of_a_character_do_not_matter(seed):
    text, rng = vins(seed)[ROW], np.random.default_rng(seed)
    slips = rng.normal(0, 3.0, len(text) + 1) + rng.uniform(-4, 4)
    found = glyphs_of(luma_of(scanned(vins(seed), seed)), read([])[0], line_of(text, slips), 0, len(text))
    assert found is not None
    assert np.abs(np.array([glyph.x for glyph in found]) - true_middles(text)).max() < WITHIN_PX
    assert max(glyph.y for glyph in found) - min(glyph.y for glyph in found) < WITHIN_PX


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_laid_on_the_glass_turned_is_cut_at_the_same_places(rotation):
    text, pixels = vins(0)[ROW], scanned(vins(0), 0)
    luma = np.ascontiguousarray(np.rot90(luma_of(pixels), rotation // 90))
    found = glyphs_of(luma, read([], rotation=rotation)[0], line_of(text, np.zeros(18)), 0, len(text))
    assert found is not None
    along = np.array([glyph.x if rotation == 180 else glyph.y for glyph in found])
    expected = true_middles(text) if rotation == 270 else WIDTH - 1 - true_middles(text)
    assert np.abs(along - expected).max() < WITHIN_PX


def test_a_rule_and_a_comma_beside_a_number_are_not_its_characters():
    text, pixels = vins(0)[ROW], scanned(vins(0), 0)
    y, end = TOP + ROW * STEP, LEFT + round(FACE.getlength(text))
    cv2.line(pixels, (LEFT - 7, y - 8), (LEFT - 7, y + SIZE + 12), (40, 40, 40), 2)
    cv2.circle(pixels, (end + 6, y + SIZE - 4), 2, (40, 40, 40), -1)
    found = glyphs_of(luma_of(pixels), read([])[0], line_of(text, np.zeros(18)), 0, len(text))
    assert found is not None
    assert np.abs(np.array([glyph.x for glyph in found]) - true_middles(text)).max() < WITHIN_PX


def test_bare_paper_and_places_outside_the_page_have_no_characters():
    page, text = read([])[0], vins(0)[ROW]
    assert glyphs_of(np.full((HEIGHT, WIDTH), 250, np.uint8), page, line_of(text, np.zeros(18)), 0, 17) is None
    outside = line_of(text, np.full(18, -400.0))
    assert glyphs_of(luma_of(scanned(vins(0), 0)), page, outside, 0, 17) is None


def test_cells_know_their_ink_and_their_field():
    texts = vins(0)
    page, _ = read(texts)
    cells = cells_of(luma_of(scanned(texts, 0)), page, ())
    assert len(cells) == sum(len(text) for text in texts)
    assert sum(cell.ink is not None for cell in cells) > 0.9 * len(cells)
    assert {cell.field for cell in cells} == {-1}
