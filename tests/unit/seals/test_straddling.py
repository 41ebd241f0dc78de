"""Seals across the edges of pages: found from their slices, and only where the slices are one seal's."""

import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, impression_scan
from verifier.page import Colour, Page, PageImage
from verifier.seals.straddling import find_straddling

DPI = 150
NAME = "华东启明汽车有限公司"
MM = DPI / 25.4


def page(number, slice_=None, top_mm=120.0, *, left=False, gap_mm=0.0):
    """Return an A4 page with a slice of a seal at its right (or left) edge, or a gap away from the right one."""
    pixels = np.full((round(297 * MM), round(210 * MM), 3), 250, np.uint8)
    if slice_ is not None:
        top, (height, width) = round(top_mm * MM), slice_.shape[:2]
        end = pixels.shape[1] - round(gap_mm * MM)
        columns = slice(0, width) if left else slice(end - width, end)
        pixels[top : top + height, columns] = slice_
    seen = Page(
        number=number, width_mm=210.0, height_mm=297.0, scale_known=True, dpi=DPI, colour=Colour.COLOUR,
        born_digital=False, rotation=0, homography=None, lines=(), rules=(), pixels_sha256="",
    )  # fmt: skip
    return PageImage(seen, pixels)


def sliced(count, seed=1):
    """Return a seal's scan cut into slices of one width."""
    patch = impression_scan(Design(NAME), np.random.default_rng(seed), Scan(dpi=DPI))
    middle, reach = patch.shape[1] // 2, round(21 * MM)
    return np.array_split(patch[:, middle - reach : middle + reach], count, axis=1)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_slices_on_consecutive_pages_are_one_seal(count):
    pages = tuple(page(n, cut, 120 + 1.5 * (n % 2)) for n, cut in enumerate(sliced(count), 1))
    found = find_straddling((page(0), *pages))
    assert [number for number, _ in found.slices] == list(range(1, count + 1))
    assert found.diameter_px * 25.4 / 100 == pytest.approx(39.0, rel=0.06)
    assert all(box.x1 > 0.97 for _, box in found.slices)


def test_a_seal_across_left_edges_is_found():
    cuts = sliced(3)
    found = find_straddling(tuple(page(n, cuts[3 - n], left=True) for n in (1, 2, 3)))
    assert [number for number, _ in found.slices] == [1, 2, 3]
    assert all(box.x0 < 0.03 for _, box in found.slices)


@pytest.mark.parametrize("gap_mm", [10.0, 20.0])
def test_the_last_slice_ends_with_the_seal_wherever_its_page_ends(gap_mm):
    first, second = sliced(2)
    found = find_straddling((page(1, first), page(2, second, gap_mm=gap_mm)))
    assert [number for number, _ in found.slices] == [1, 2]
    assert found.slices[1][1].x1 == pytest.approx(1 - gap_mm / 210.0, abs=0.03)


def test_only_the_last_slice_may_end_before_the_edge():
    first, second, third = sliced(3)
    found = find_straddling((page(1, first), page(2, second, gap_mm=15.0), page(3, third)))
    assert found is None or [number for number, _ in found.slices] != [1, 2, 3]


def test_slices_at_other_heights_or_of_one_page_are_none():
    first, second = sliced(2)
    assert find_straddling((page(1, first), page(2, second, 200.0))) is None
    assert find_straddling((page(1, first), page(2))) is None
    assert find_straddling((page(1, first),)) is None


def test_the_same_half_twice_is_no_seal():
    first, _ = sliced(2)
    assert find_straddling((page(1, first), page(2, first))) is None


def test_red_borders_are_no_seals():
    border = np.full((round(40 * MM), round(6 * MM), 3), (200, 30, 40), np.uint8)
    assert find_straddling((page(1, border), page(2, border), page(3, border))) is None


@pytest.mark.parametrize(("code", "star"), [("3502060012467", True), ("", True), ("3502060012467", False)])
def test_a_slice_with_white_beneath_its_star_is_whole(code, star):
    design = Design(NAME, code=code, span_degrees=235.0, star=star)
    patch = impression_scan(design, np.random.default_rng(4), Scan(dpi=DPI))
    middle, reach = patch.shape[1] // 2, round(21 * MM)
    cuts = np.array_split(patch[:, middle - reach : middle + reach], 3, axis=1)
    found = find_straddling(tuple(page(n, cut) for n, cut in enumerate(cuts, 1)))
    assert [number for number, _ in found.slices] == [1, 2, 3]
