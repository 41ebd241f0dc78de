"""Photographed sheets: found on a table, flattened, evenly lit; scans are left as they are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from verifier.page import Pixels
from verifier.reading.outline import find_corners
from verifier.reading.sheet import PAPER_WHITE, evenly_lit, flattened

CORNERS = np.array([(160, 120), (1340, 180), (1290, 1840), (210, 1900)], np.float32)


def _paper() -> Pixels:
    paper = np.full((1754, 1240, 3), 248, np.uint8)
    for y in range(200, 1500, 60):
        cv2.putText(paper, "AFTER-SALES 0123456789", (120, y), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (20, 20, 20), 3)
    cv2.circle(paper, (850, 1500), 120, (210, 40, 50), 6)
    return paper


def _photo(paper: Pixels) -> Pixels:
    sheet = np.array([(0, 0), (1240, 0), (1240, 1754), (0, 1754)], np.float32)
    matrix = cv2.getPerspectiveTransform(sheet, CORNERS)
    table = np.full((2000, 1500, 3), (92, 70, 52), np.uint8)
    over = cv2.warpPerspective(paper, matrix, (1500, 2000))
    mask = cv2.warpPerspective(np.ones(paper.shape[:2], np.uint8), matrix, (1500, 2000))
    return np.where(mask[..., None] == 1, over, table).astype(np.uint8)


def test_corners_are_found_to_a_few_pixels() -> None:
    found = find_corners(_photo(_paper()))
    assert found is not None
    assert np.abs(found - CORNERS).max() < 5


def _shaded(photo: Pixels, edge: float, soft: float, dark: float) -> Pixels:
    """Return a photo with a shadow from the right, slanted, that begins at `edge` of its width."""
    height, width = photo.shape[:2]
    across = np.arange(width)[None, :] / width - edge + (np.arange(height)[:, None] / height - 0.5) * 0.3
    light = 1 - (1 - dark) / (1 + np.exp(-across / soft))
    return (photo * light[..., None]).astype(np.uint8)


@pytest.mark.parametrize(("edge", "soft"), [(0.5, 0.08), (0.65, 0.1), (0.8, 0.08)])
def test_a_shadow_across_the_sheet_is_no_edge_of_it(edge: float, soft: float) -> None:
    light_desk = _photo(_paper())
    light_desk[(light_desk == (92, 70, 52)).all(axis=2)] = (176, 160, 148)
    found = find_corners(_shaded(light_desk, edge, soft, 0.5))
    assert found is not None
    assert np.abs(found - CORNERS).max() < 8


def test_paper_on_a_desk_hardly_darker_is_found_by_its_edges() -> None:
    photo = _photo(_paper())
    photo[(photo == (92, 70, 52)).all(axis=2)] = (232, 230, 226)
    found = find_corners(photo)
    assert found is not None
    assert np.abs(found - CORNERS).max() < 8


def test_flat_sheet_has_the_paper_shape_and_leads_back() -> None:
    flat = flattened(_photo(_paper()))
    assert flat is not None
    height, width = flat.pixels.shape[:2]
    assert height / width == pytest.approx(297 / 210, rel=0.002)
    ends = np.array([[(0, 0), (width, 0), (width, height), (0, height)]], np.float64)
    assert np.abs(cv2.perspectiveTransform(ends, flat.to_photo)[0] - CORNERS).max() < 5


def test_a_photo_that_software_fitted_into_a_page_between_white_bars() -> None:
    framed = cv2.copyMakeBorder(_photo(_paper()), 90, 130, 40, 0, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    flat = flattened(framed.astype(np.uint8))
    assert flat is not None
    height, width = flat.pixels.shape[:2]
    ends = np.array([[(0, 0), (width, 0), (width, height), (0, height)]], np.float64)
    assert np.abs(cv2.perspectiveTransform(ends, flat.to_photo)[0] - CORNERS - (40, 90)).max() < 5


@pytest.mark.parametrize("margin", [0, 60])
def test_a_scan_cleaned_to_white_is_no_photo(margin: int) -> None:
    page = np.full((1754, 1240, 3), 255, np.uint8)
    page[margin : 1754 - margin : 60, margin : 1240 - margin] = 30
    cv2.rectangle(page, (margin, margin), (1239 - margin, 1753 - margin), (20, 20, 20), 4)
    assert flattened(page) is None


@pytest.mark.parametrize("tone", [255, 248, 235])
def test_scans_are_no_photos(tone: int) -> None:
    scan = np.full((1754, 1240, 3), tone, np.uint8)
    scan[200:1500:60, 120:1100] = 30
    assert find_corners(scan) is None


def test_dark_rim_of_a_lid_left_open_is_no_reason_to_bend_a_page_out_of_shape() -> None:
    scan = np.full((1754, 1240, 3), 250, np.uint8)
    scan[:, 1200:] = 30
    flat = flattened(scan)
    assert flat is None or abs(flat.pixels.shape[1] - 1200) < 30


def test_shadow_is_evened_out_and_ink_stays() -> None:
    paper = _paper()
    shade = np.linspace(1.0, 0.5, paper.shape[1], dtype=np.float32)[None, :, None]
    lit = evenly_lit(np.clip(paper * shade, 0, 255).astype(np.uint8))
    blank = lit[60:140]
    assert blank.min() > PAPER_WHITE - 12
    red = lit[1500, 970].astype(int)
    assert red[0] - max(red[1], red[2]) > 90
