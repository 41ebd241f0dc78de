"""Print set in between two savings of a page is told from print that was saved twice; nothing else is."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from samples.captures.tools import PAINTERS
from tests.unit.integrity.test_traces import HEIGHT, WIDTH, box_of, read, scanned, vins
from tests.unit.integrity.test_traces_characters import SUSPECT, cells_of_rows
from verifier.examination import OpenedPage
from verifier.integrity.traces import find_traces
from verifier.integrity.traces.blocks import owned_blocks
from verifier.integrity.traces.compression import steps_of
from verifier.integrity.traces.savings import saving_deviations
from verifier.opening import open_document

FIELDS = {3, SUSPECT}
FIRST = 86
"""Quality of `scanned`."""


def saved(pixels: np.ndarray, quality: int, **options) -> OpenedPage:
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", quality=quality, **options)
    return open_document(stored.getvalue()).pages[0]


def painted(kind: str = "wiped") -> tuple[np.ndarray, list[str]]:
    """A page of one saving with a number painted over since, and what it says."""
    texts = vins(0)
    stated = [text if row != SUSPECT else text[::-1] for row, text in enumerate(texts)]
    pixels, other = scanned(texts, 0), scanned(stated, 1)
    x0, y0, x1, y1 = box_of(SUSPECT).to_pixels(width=WIDTH, height=HEIGHT)
    patch = np.s_[y0 - 6 : y1 + 6, x0 - 6 : x1 + 6]
    pixels[patch] = PAINTERS[kind](other, np.random.default_rng(0))[patch]
    return pixels, stated


def deviations(page: OpenedPage, texts: list[str]) -> dict[int, float]:
    luma, cells = np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY)), cells_of_rows(texts)
    steps = steps_of(luma, [(round(cell.x), round(cell.y)) for cell in cells], page.steps)
    return saving_deviations(page.pixels, luma, owned_blocks(luma, cells, FIELDS), FIELDS, steps)


@pytest.mark.parametrize("kind", ["wiped", "matched"])
@pytest.mark.parametrize("quality", [92, 95])
def test_a_number_set_in_before_the_second_saving_is_seen_and_no_other(kind, quality):
    pixels, texts = painted(kind)
    found = deviations(saved(pixels, quality), texts)
    assert found[SUSPECT] > 1
    assert found[3] == 0


def test_the_finding_names_the_number():
    pixels, texts = painted()
    page, letter = read(texts)
    fields = {at: [f.field for f in find_traces((saved(pixels, at),), (page,), letter)] for at in (FIRST, 95)}
    assert fields == {FIRST: [], 95: [f"vehicles[{SUSPECT}].vin"]}


@pytest.mark.parametrize("quality", [88, 92, 95])
@pytest.mark.parametrize("seed", range(3))
def test_a_genuine_page_saved_again_has_no_such_block(seed, quality):
    page = saved(scanned(vins(seed), seed), quality)
    assert set(deviations(page, vins(seed)).values()) <= {0.0}


@pytest.mark.parametrize("quality", [70, FIRST], ids=["coarser", "the same"])
def test_pages_saved_once_or_again_as_coarsely_say_nothing(quality):
    pixels, texts = painted()
    assert deviations(saved(pixels, quality), texts) == {}
    assert deviations(OpenedPage(1, scanned(texts, 1), 200, True, born_digital=False), texts) == {}


def test_first_savings_too_coarse_to_trust_say_nothing():
    coarse = saved(scanned(vins(2), 2), 28).pixels
    assert deviations(saved(np.ascontiguousarray(coarse), 92), vins(2)) == {}


def test_a_stamp_over_a_number_is_no_such_block():
    pixels = scanned(vins(2), 2)
    x0, y0, x1, y1 = box_of(SUSPECT).to_pixels(width=WIDTH, height=HEIGHT)
    cv2.circle(pixels, ((x0 + x1) // 2, (y0 + y1) // 2), 70, (255, 40, 45), 4)
    assert deviations(saved(saved(pixels, FIRST).pixels, 95), vins(2)).get(SUSPECT, 0.0) <= 1
