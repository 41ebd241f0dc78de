"""Finding: seals of every colour, print and place; and nothing where there is none."""

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import DRAWN_DPI, Design, carve, stamp, turn
from tests.benchmarks.seals_scans import Scan, digitise, impression_scan, letterpress, print_ink, sheet
from verifier.page import Colour
from verifier.seals.find import find_rims
from verifier.seals.squares import find_squares

NAME = "华东启明汽车有限公司"
ROUND = Design(NAME)
OVAL = Design(NAME, diameter_mm=45.0, shape="oval", star=False)


def scanned(design=ROUND, over="clean", mode="colour", dpi=150, seed=1, **more):
    rng = np.random.default_rng(seed)
    return impression_scan(design, rng, Scan(dpi=dpi, mode=mode), over=over, **more)


def placed(patch, at, dpi=150):
    """Return an A4 page with the patch's middle at `at` (mm), cut off at the page's edges."""
    page = np.full((round(297 / 25.4 * dpi), round(210 / 25.4 * dpi), 3), 250, np.uint8)
    big = cv2.copyMakeBorder(page, 400, 400, 400, 400, cv2.BORDER_CONSTANT, value=(250, 250, 250))
    y, x = (round(v / 25.4 * dpi) + 400 - s // 2 for v, s in zip(at[::-1], patch.shape, strict=False))
    big[y : y + patch.shape[0], x : x + patch.shape[1]] = patch
    return np.ascontiguousarray(big[400:-400, 400:-400])


@pytest.mark.parametrize("over", ["clean", "inner", "signature", "print"])
@pytest.mark.parametrize("mode", ["colour", "grey"])
def test_a_round_seal_is_found_with_its_size(over, mode):
    found = find_rims(scanned(over=over, mode=mode, seed=4), 150, Colour(mode))
    assert len(found) == 1
    assert found[0].coloured is (mode == "colour")
    assert 2 * found[0].ring.major / 150 * 25.4 == pytest.approx(39.0, rel=0.03)


def test_a_bilevel_seal_is_found():
    assert len(find_rims(scanned(mode="bilevel", wear=0.2), 150, Colour.BILEVEL)) == 1


@pytest.mark.parametrize("degrees", [-8.0, 30.0])
def test_a_tilted_red_oval_is_found_as_one(degrees):
    found = find_rims(scanned(OVAL, degrees=degrees), 150, Colour.COLOUR)
    assert [seal.shape for seal in found] == ["oval"]
    assert 2 * found[0].ring.major / 150 * 25.4 == pytest.approx(44.0, rel=0.03)


def two_rimmed_oval(degrees, seed):
    """Return a page with an oval that has a thin second rim within its rim."""
    rng, px = np.random.default_rng(seed), DRAWN_DPI / 25.4
    coverage = carve(Design(NAME, diameter_mm=45.0, shape="oval", star=False, text_height_mm=4.8)).copy()
    middle = round(coverage.shape[0] / 2)
    axes = round((45 / 2 - 1.6) * px), round((30 / 2 - 1.6) * px)
    cv2.ellipse(coverage, (middle, middle), axes, 0, 0, 360, 1.0, 3, cv2.LINE_AA)
    mark = turn(stamp(coverage, rng), degrees)
    paper = print_ink(sheet(mark.shape, rng), mark, (215, 40, 45))
    return placed(digitise(paper, rng, Scan(dpi=150)), (110.0, 120.0))


@pytest.mark.parametrize(("degrees", "seed"), [(39.0, 3), (50.0, 8), (21.0, 10)])
def test_an_oval_with_two_rims_is_followed_along_the_outer_one(degrees, seed):
    found = find_rims(two_rimmed_oval(degrees, seed), 150, Colour.COLOUR)
    assert [seal.shape for seal in found] == ["oval"]
    assert 2 * found[0].ring.major / 150 * 25.4 == pytest.approx(44.0, rel=0.015)


def test_a_seal_half_off_the_page_is_found():
    page = placed(scanned(), (205.0, 150.0))
    found = find_rims(page, 150, Colour.COLOUR)
    assert len(found) == 1
    box = found[0].ring.box(width=page.shape[1], height=page.shape[0])
    assert box.x1 == 1.0


def test_touching_seals_are_two():
    rng = np.random.default_rng(2)
    mark = stamp(carve(ROUND), rng)
    wide = np.zeros((mark.shape[0], 2 * mark.shape[1]), np.float32)
    wide[:, : mark.shape[1]] = mark
    shift = round(39.2 / 25.4 * DRAWN_DPI)
    wide[:, shift : shift + mark.shape[1]] = np.maximum(wide[:, shift : shift + mark.shape[1]], mark)
    paper = print_ink(sheet(wide.shape, rng), wide, (215, 40, 45))
    pixels = digitise(paper, rng, Scan(dpi=150))
    assert len(find_rims(pixels, 150, Colour.COLOUR)) == 2


def test_a_red_headline_a_rule_and_a_disc_are_no_seals():
    rng = np.random.default_rng(3)
    shape = (round(200 / 25.4 * 300), round(180 / 25.4 * 300))
    paper = sheet(shape, rng)
    heading = np.zeros(shape, np.float32)
    heading[200:500] = letterpress((300, shape[1]), rng, pitch_mm=20, size_mm=14, dpi=300)
    heading[560:575, 100:-100] = 1.0
    cv2.circle(heading, (1000, 1500), 240, 1.0, -1)
    paper = print_ink(paper, heading, (210, 20, 30))
    paper = print_ink(paper, letterpress(shape, rng, dpi=300), (30, 30, 30))
    pixels = digitise(paper, rng, Scan(dpi=150), at_dpi=300)
    assert find_rims(pixels, 150, Colour.COLOUR) == ()


@pytest.mark.parametrize("colour", list(Colour))
def test_blank_and_tiny_pages_have_no_seals(colour):
    assert find_rims(np.full((800, 600, 3), 255, np.uint8), 75, colour) == ()
    assert find_rims(np.zeros((3, 2, 3), np.uint8), 300, colour) == ()
    assert find_squares(np.zeros((3, 2, 3), np.uint8), 300, colour) == ()


def test_a_square_personal_seal_is_found_and_a_round_one_is_not_square():
    personal = Design("张三", diameter_mm=20.0, shape="square")
    squares = find_squares(scanned(personal, degrees=5.0), 150, Colour.COLOUR)
    assert len(squares) == 1
    assert 2 * squares[0].major / 150 * 25.4 == pytest.approx(21.0, rel=0.03)
    assert find_squares(scanned(), 150, Colour.COLOUR) == ()
