"""Slips of other paper about a seal, beside shadows, shaded pages and coloured bands."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from verifier.examination import Seal
from verifier.integrity.slips import find_slips
from verifier.page import Box, Colour, Page, PageImage

WIDTH, HEIGHT, DPI = 1240, 1754, 150
SEAL_AT, SEAL_RADIUS = (850, 1350), 118
SEAL = Box.from_pixels(732, 1232, 968, 1468, width=WIDTH, height=HEIGHT)


def paper(seed: int = 1) -> np.ndarray:
    """Return a sheet with grain, lines of print and light that falls from one side."""
    rng = np.random.default_rng(seed)
    light = np.linspace(0, 9, WIDTH)[None, :, None] + np.linspace(0, 5, HEIGHT)[:, None, None]
    sheet = 236 + light * np.ones(3) + rng.normal(0, 2.0, (HEIGHT, WIDTH, 3))
    for row in range(150, 1650, 60):
        for column in range(130, 1100, 28):
            if rng.random() < 0.8:
                sheet[row : row + 22, column : column + int(rng.integers(6, 20))] = 40
    return sheet


def sealed(sheet: np.ndarray) -> PageImage:
    """Return the sheet with a red seal, saved as JPEG."""
    pixels = np.clip(sheet, 0, 255).astype(np.uint8)
    cv2.circle(pixels, SEAL_AT, SEAL_RADIUS, (200, 40, 50), 6)
    cv2.circle(pixels, SEAL_AT, 30, (200, 40, 50), -1)
    _, stored = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85])
    page = Page(1, 210, 297, True, DPI, Colour.COLOUR, False, 0, None, ())
    return PageImage(page, np.ascontiguousarray(cv2.imdecode(stored, cv2.IMREAD_COLOR)[..., ::-1]))


def slips(image: PageImage) -> list[Box]:
    seal = Seal(1, SEAL, "round", "red", "official", "ink", 40.0, 0.98)
    return [finding.box for finding in find_slips((image,), (seal,)) if finding.box]


def laid(sheet: np.ndarray, tint: tuple[float, float, float]) -> np.ndarray:
    """Return the sheet with a rectangle of other paper about the seal's place."""
    sheet[1180:1540, 680:1040] = np.array(tint) + np.random.default_rng(3).normal(0, 2.0, (360, 360, 3))
    return sheet


def test_a_whole_sheet_has_no_slip():
    assert slips(sealed(paper())) == []


@pytest.mark.parametrize("tint", [(228.0, 226.0, 215.0), (255.0, 255.0, 255.0), (240.0, 240.0, 228.0)])
def test_paper_of_another_tone_about_a_seal_is_a_slip(tint: tuple[float, float, float]):
    (box,) = slips(sealed(laid(paper(), tint)))
    expected = Box.from_pixels(680, 1180, 1040, 1540, width=WIDTH, height=HEIGHT)
    assert box == pytest.approx(expected, abs=0.02)


def test_a_shadow_with_soft_borders_is_none():
    sheet = paper()
    shade = np.zeros((HEIGHT, WIDTH), np.float32)
    shade[1150:1560, 640:1080] = 20
    assert slips(sealed(sheet - cv2.GaussianBlur(shade, (0, 0), 60)[..., None])) == []


def test_a_band_across_the_page_is_none():
    sheet = paper()
    sheet[1180:1540] -= 14
    assert slips(sealed(sheet)) == []


def test_a_makers_mark_printed_as_a_block_of_red_is_none():
    sheet = paper()
    sheet[60:150, 130:220] = (178, 28, 38)
    box = Box.from_pixels(130, 60, 220, 150, width=WIDTH, height=HEIGHT)
    mark = Seal(1, box, "square", "red", "personal", "ink", 15.0, 0.9)
    assert find_slips((sealed(sheet),), (mark,)) == ()
    sheet[60:150, 130:220] = 225 - 190 * (np.indices((90, 90)).sum(axis=0) % 30 < 4)[..., None]
    assert len(find_slips((sealed(sheet),), (mark,))) == 1


def test_a_slip_without_a_seal_is_left_to_others():
    image = sealed(laid(paper(), (228.0, 226.0, 215.0)))
    assert find_slips((image,), ()) == ()
