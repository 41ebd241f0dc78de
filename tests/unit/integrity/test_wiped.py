"""Paper that was filled with one tone in a scan is told; even paper all over, or at white, says nothing."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from verifier.integrity.traces.wiped import wiped_places
from verifier.page import Pixels


def scan(grain: float = 2.0, paper: int = 240) -> Pixels:
    """Return a page of print on grainy paper."""
    rng = np.random.default_rng(3)
    page = np.full((1200, 850, 3), paper, np.uint8)
    for y in range(120, 1000, 60):
        cv2.putText(page, "AFTER-SALES 0123456789", (90, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (40, 40, 40), 2)
    return np.clip(page + rng.normal(0, grain, page.shape), 0, 255).astype(np.uint8)


def wiped(page: Pixels, tone: int = 240) -> Pixels:
    page = page.copy()
    page[565:625, 80:520] = tone
    return page


def saved(page: Pixels, quality: int) -> Pixels:
    stored = io.BytesIO()
    Image.fromarray(page).save(stored, "JPEG", quality=quality)
    return np.asarray(Image.open(stored))


@pytest.mark.parametrize("quality", [None, 95])
def test_a_line_wiped_out_is_found_where_it_stood(quality: int | None) -> None:
    page = wiped(scan())
    (place,) = wiped_places(saved(page, quality) if quality else page)
    assert place.x0 * 850 == pytest.approx(80, abs=8)
    assert place.y1 * 1200 == pytest.approx(625, abs=8)


def test_paper_with_its_grain_has_none() -> None:
    assert wiped_places(scan()) == ()
    assert wiped_places(saved(scan(), 85)) == ()


def test_where_paper_is_even_all_over_a_place_says_nothing() -> None:
    assert wiped_places(wiped(scan(grain=0.0))) == ()


def test_paper_cut_off_at_white_says_nothing() -> None:
    assert wiped_places(wiped(scan(paper=252), tone=255)) == ()
