"""Pages put together of two scans are told; folds, stains, tinted blocks and two scans of one paper are not."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import pytest

from samples.captures.scanning import captured
from samples.making import sheets_of
from samples.paper.rendering import printed
from samples.planning import CAPTURES, careful_plan
from verifier.integrity.slips import find_slips
from verifier.page import Box, Colour, Page, PageImage, Pixels

WARM, COLD = (250, 248, 243), (246, 248, 250)
CUT = 0.6


def lit(pixels: Pixels, towards: int) -> Pixels:
    """Return a scan whose light falls off by 8 levels to the left (-1) or to the right (1)."""
    fall = np.linspace(0, 8, pixels.shape[1])[::-towards]
    return np.clip(pixels - fall[:, None], 0, 255).astype(np.uint8)


@lru_cache
def scan(index: int, tone: tuple[int, int, int], capture: str = "scan_200") -> Pixels:
    """Return the first page of a letter on paper of a tone."""
    plan = careful_plan(index, 8118)
    paper = printed(sheets_of(plan), 0, tone)
    return captured(paper, replace(CAPTURES[capture], skew_degrees=0.0), np.random.default_rng(index)).pixels


def parts(pixels: Pixels, colour: Colour = Colour.COLOUR) -> list[Box | None]:
    page = Page(1, 210, 297, True, pixels.shape[0] / 297 * 25.4, colour, False, 0, None, ())
    return [finding.box for finding in find_slips((PageImage(page, pixels),), ())]


def put_together(upper: Pixels, lower: Pixels, cut: float = CUT) -> Pixels:
    """Return the upper part of one scan and the lower part of another scanner's, as an editor saves them."""
    row = round(cut * len(upper))
    pixels = np.vstack([lit(upper, 1)[:row], lit(lower, -1)[row:]])
    return saved(pixels, 85)


def saved(pixels: Pixels, quality: int) -> Pixels:
    _, stored = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(cv2.imdecode(stored, cv2.IMREAD_COLOR)[..., ::-1])


@pytest.mark.parametrize("cut", [0.25, 0.6, 0.8])
def test_the_smaller_of_two_scans_is_told_up_to_where_they_meet(cut: float) -> None:
    (box,) = parts(put_together(scan(1, WARM), scan(2, COLD), cut))
    expected = Box(0, 0, 1, cut) if cut < 0.5 else Box(0, cut, 1, 1)
    assert box is not None
    assert tuple(box) == pytest.approx(tuple(expected), abs=0.02)


@pytest.mark.parametrize("capture", ["scan_200", "low_quality", "stained", "folded", "faded", "bleed_through"])
def test_a_sheet_scanned_whole_has_no_seam(capture: str) -> None:
    assert parts(scan(3, WARM, capture)) == []


@pytest.mark.parametrize("quality", [45, 60, 95])
def test_a_fold_is_none_where_saving_rounds_its_hue(quality: int) -> None:
    assert all(parts(saved(scan(index, WARM, "folded"), quality)) == [] for index in (2, 3, 5))


def test_two_scans_of_the_same_paper_cannot_be_told() -> None:
    assert parts(put_together(scan(1, WARM), scan(2, WARM))) == []


def test_a_tinted_block_that_leaves_the_margins_white_is_none() -> None:
    pixels = scan(1, WARM).copy()
    height, width = pixels.shape[:2]
    block = pixels[round(0.3 * height) : round(0.8 * height), round(0.09 * width) : round(0.91 * width)]
    block[...] = np.minimum(block, np.array((236, 240, 250), np.uint8))
    assert parts(pixels) == []


def test_a_dark_foot_of_a_letterhead_is_none() -> None:
    pixels = scan(1, WARM).copy()
    pixels[round(0.8 * len(pixels)) :] = (40, 70, 120)
    assert parts(pixels) == []


def test_a_page_without_colour_says_nothing() -> None:
    assert parts(put_together(scan(1, WARM), scan(2, COLD)), Colour.GREY) == []
