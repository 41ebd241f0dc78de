"""Pixels set into a page between its JPEG and a lossless file are off the JPEG's steps; nothing else is."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.unit.integrity.test_traces import PATCHED, box_of, compressed, forged, read, scanned, vins
from tests.unit.integrity.test_traces_characters import SUSPECT, cells_of_rows, copied
from verifier.examination import OpenedPage
from verifier.integrity.traces import field_deviations
from verifier.integrity.traces.blocks import CHANGED, _are_of_colours, block_deviations, owned_blocks
from verifier.integrity.traces.compression import QUALITIES, USUAL_STEPS, changes_of, steps_of

FIELDS = {3, SUSPECT}


def deviations(pixels: np.ndarray, texts: list[str]) -> dict[int, float]:
    luma, cells = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)), cells_of_rows(texts)
    steps = steps_of(luma, [(round(cell.x), round(cell.y)) for cell in cells])
    return block_deviations(pixels, luma, owned_blocks(luma, cells, FIELDS), FIELDS, steps)


def test_a_character_set_in_before_a_lossless_file_is_seen_and_no_other():
    pixels, texts, _ = copied()
    found = deviations(pixels, texts)
    assert found[SUSPECT] > 1
    assert found[3] == 0


@pytest.mark.parametrize("save", [np.copy, compressed], ids=["once", "twice"])
def test_a_page_saved_as_jpeg_has_no_changed_blocks(save):
    assert set(deviations(save(scanned(vins(1), 1)), vins(1)).values()) == {0.0}


def test_blocks_of_a_file_that_is_a_jpeg_say_nothing_whatever_they_hold():
    pixels, texts, _ = copied()  # a character off its steps, as no decoder would hand it out
    page, letter = read(texts)
    lossless = OpenedPage(1, pixels, 200, True, born_digital=False)
    stated = replace(lossless, steps=tuple(int(step) for step in USUAL_STEPS[QUALITIES.index(86)]))
    found = [{f.field.text: v for f, v in field_deviations((one,), (page,), letter)} for one in (lossless, stated)]
    assert found[0][texts[SUSPECT]] > found[1][texts[SUSPECT]]


def test_a_page_never_saved_as_jpeg_and_one_made_smaller_say_nothing():
    noisy = np.clip(scanned(vins(1), 1) + np.random.default_rng(1).normal(0, 3, (1, 900, 3)), 0, 255)
    assert deviations(np.ascontiguousarray(noisy.astype(np.uint8)[3:, 5:]), vins(1)) == {}
    pixels, texts = forged("typed")
    assert PATCHED in FIELDS
    smaller = cv2.resize(cv2.resize(pixels, None, fx=0.8, fy=0.8), (pixels.shape[1], pixels.shape[0]))
    assert deviations(np.asarray(smaller), texts) == {}


def coarse(plane: np.ndarray) -> np.ndarray:
    """Return one colour as JPEG of quality 50 hands it out."""
    _, stored = cv2.imencode(".jpg", plane, [cv2.IMWRITE_JPEG_QUALITY, 50])
    return cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE)


def test_blocks_of_a_page_whose_colours_were_saved_each_on_its_own_were_not_changed():
    tinted = np.clip(scanned(vins(3), 3) * np.array([1.0, 0.97, 0.93]), 0, 255).astype(np.uint8)
    pixels = np.dstack([coarse(plane) for plane in cv2.split(tinted)])
    luma, steps = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)), USUAL_STEPS[QUALITIES.index(50)].reshape(8, 8)
    at = owned_blocks(luma, cells_of_rows(vins(3)), FIELDS).at
    changed = changes_of(luma, at, steps) > CHANGED
    assert changed.any()
    assert _are_of_colours(pixels, at[changed], steps).all()
    pixels[:] = np.roll(pixels, 3, axis=(0, 1))
    assert not _are_of_colours(pixels, at[changed], steps).any()


def test_a_stamp_whose_red_is_cut_off_at_white_changes_no_block():
    pixels = scanned(vins(2), 2)
    x0, y0, x1, y1 = box_of(SUSPECT).to_pixels(width=pixels.shape[1], height=pixels.shape[0])
    cv2.circle(pixels, ((x0 + x1) // 2, (y0 + y1) // 2), 70, (255, 40, 45), 4)
    assert deviations(compressed(pixels), vins(2)).get(SUSPECT, 0.0) <= 1
