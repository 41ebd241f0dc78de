"""A patch of another shade or without grain under a number is seen; tinted rows, shading and watermarks are none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.unit.integrity.pages import grained, read_as_drawn
from tests.unit.integrity.test_traces import HEIGHT, PATCHED, WIDTH, box_of, vins
from tests.unit.integrity.test_traces_savings import saved
from verifier.examination import OpenedPage
from verifier.integrity.fields import verdict_fields
from verifier.integrity.traces import find_traces
from verifier.integrity.traces.paper import FLATNESS, LIMITS, MEASURES, paper_deviations
from verifier.integrity.traces.pieces import piece_at, pieces_of
from verifier.integrity.traces.runs import patched

X0, Y0, X1, Y1 = box_of(PATCHED).to_pixels(width=WIDTH, height=HEIGHT)
AROUND = np.s_[Y0 - 4 : Y1 + 4, X0 - 4 : X1 + 4]


def shade(pixels: np.ndarray, where: tuple[slice, slice], by: float) -> np.ndarray:
    """The page, everything in a place lighter or darker by so many levels."""
    changed = pixels.astype(np.float32)
    changed[where] += by
    return np.clip(changed, 0, 255).astype(np.uint8)


def deviations(pixels: np.ndarray, *, grey: bool = False) -> dict[int, float]:
    page, letter = read_as_drawn(vins(3))
    luma = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    size = (pixels.shape[1], pixels.shape[0])
    fields = {n: (f, piece_at(page, f.field.box, f.field.text, size)) for n, f in enumerate(verdict_fields(letter))}
    return dict(patched(pixels, luma, pieces_of(page, size), fields, 0.0, grey=grey))


def test_paper_of_one_shade_accuses_nobody():
    found = deviations(grained(vins(3)))
    assert len(found) == len(vins(3))
    assert max(found.values()) < 0.7


@pytest.mark.parametrize("by", [-5, -3, 3])
@pytest.mark.parametrize("quality", [None, 80])
def test_a_number_on_a_patch_of_another_shade_is_the_only_one_that_stands_out(by, quality):
    pixels = shade(grained(vins(3)), AROUND, by)
    found = deviations(pixels if quality is None else saved(pixels, quality).pixels)
    assert [field for field, value in found.items() if value > 1] == [PATCHED]


def test_a_patch_without_grain_stands_out_though_its_shade_is_right():
    pixels = grained(vins(3))
    patch = pixels[AROUND]
    level = np.median(patch, axis=(0, 1))
    pixels[AROUND] = np.where(patch.min(axis=2, keepdims=True) > 230, level, patch)
    assert [field for field, value in deviations(pixels).items() if value > 1] == [PATCHED]


@pytest.mark.parametrize(
    "where",
    [
        np.s_[Y0 - 14 : Y1 + 14, :],
        np.s_[Y0 - 200 : Y1, :],
        np.s_[:, X0 - 40 : X0 + 90],
        np.s_[Y0 - 30 : Y1 + 30, X1 - 60 :],
    ],
    ids=["a tinted row", "a stain down to the middle", "a stripe down the page", "a mark over its end"],
)
def test_what_is_not_a_patch_accuses_nobody(where):
    assert max(deviations(shade(grained(vins(3)), where, -9)).values()) <= 1


def test_a_fold_that_deepens_to_both_sides_is_no_patch():
    pixels = grained(vins(3)).astype(np.float32)
    away = np.abs(np.arange(WIDTH) - (X0 + X1) / 2) / (X1 - X0)
    pixels[AROUND[0]] -= (5 + 3 * away)[None, :, None]
    assert max(deviations(np.clip(pixels, 0, 255).astype(np.uint8)).values()) <= 1


def highlighted(pixels: np.ndarray) -> np.ndarray:
    """The page, its number under the yellow ink of a highlighter, which lets print through."""
    ink = np.ones(pixels.shape)
    ink[AROUND] = (0.99, 0.96, 0.6)
    return np.round(pixels * ink).astype(np.uint8)


def test_a_number_under_a_highlighter_is_no_patch_but_one_without_grain_is():
    pixels = grained(vins(3))
    assert max(deviations(highlighted(pixels)).values()) <= 1
    patch = pixels[AROUND]
    pixels[AROUND] = np.where(patch.min(axis=2, keepdims=True) > 230, np.median(patch, axis=(0, 1)), patch)
    assert [field for field, value in deviations(highlighted(pixels)).items() if value > 1] == [PATCHED]


def test_a_highlighters_band_on_a_page_without_colour_is_no_patch():
    pixels = shade(grained(vins(3)), AROUND, -16)
    assert deviations(pixels)[PATCHED] > 1
    assert deviations(pixels, grey=True)[PATCHED] <= 1


def test_a_crease_that_runs_through_a_readers_box_is_no_patch():
    crease = np.s_[Y0 + 8 : Y0 + 16, :]
    pixels = shade(grained(vins(3)), crease, -14)
    for beside in (np.s_[: X0 - 10], np.s_[X1 + 10 :]):  # its light edge comes nearer there
        pixels = shade(pixels, (crease[0], beside), 14)
    assert max(deviations(pixels).values()) <= 1


def test_a_patch_that_leaves_one_end_of_a_readers_box_is_seen():
    pixels = shade(grained(vins(3)), np.s_[Y0 - 4 : Y1 + 4, X0 + (X1 - X0) // 4 : X1 + 4], -4)
    assert [field for field, value in deviations(pixels).items() if value > 1] == [PATCHED]


def test_a_step_that_jpeg_rounds_to_is_none():
    steps = np.zeros((len(MEASURES), 6))
    steps[0] = 2.0
    others = np.zeros((12, *steps.shape))
    assert paper_deviations(steps, others)[0] > 1
    assert paper_deviations(steps, others, rounding=2.0)[0] < 1


def test_the_finding_names_the_number():
    page, letter = read_as_drawn(vins(3))
    pixels = shade(grained(vins(3)), AROUND, -4)
    opened = OpenedPage(1, pixels, 200, True, born_digital=False)
    assert [f.field for f in find_traces((opened,), (page,), letter)] == [f"vehicles[{PATCHED}].vin"]


def test_too_little_print_to_compare_with_says_nothing():
    steps = np.full((len(MEASURES), 6), 30.0)
    assert paper_deviations(steps, np.zeros((5, *steps.shape))).max() == 0
    assert paper_deviations(steps, np.zeros((6, *steps.shape))).max() > 10


def test_a_deviation_is_the_smaller_median_step_over_floor_and_limit():
    steps = np.zeros((len(MEASURES), 6))
    steps[0] = (-3.5, -7, -9, -5, -4, -6)
    steps[1] = (-3.5, 7, -9, -5, -4, -6)  # not of one sign
    steps[FLATNESS] = -0.9  # rougher
    found = paper_deviations(steps, np.zeros((6, *steps.shape)))
    assert found.tolist() == pytest.approx([5 / 0.35 / LIMITS[0], 0, 0, 0])
