"""Stamped ink told from a program's flat colour and a printer's dots."""

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, impression_scan
from verifier.page import Colour
from verifier.seals.find import reduced, rims_of
from verifier.seals.printed import FLAT, SCREENED, SPECKLES, printed_as

DESIGN = Design("华辰启明汽车制造有限公司", span_degrees=235.0)
RED = np.array([205, 35, 45], np.float32)


def stamped(dpi, seed=2, **more):
    return impression_scan(DESIGN, np.random.default_rng(seed), Scan(dpi=dpi), wear=0.3, **more)


def coverage(pixels):
    """Return how much of each pixel a perfect impression of the same seal covers, a little soft."""
    red, other = pixels[..., 0].astype(np.float32), pixels[..., 1:].mean(axis=2, dtype=np.float32)
    solid = cv2.morphologyEx(((red - other) > 50).astype(np.float32), cv2.MORPH_CLOSE, np.ones((5, 5)))
    return cv2.GaussianBlur(solid, (0, 0), 0.8)[..., None]


def laid_in(pixels, share, seed=0, quality=85):
    """Return paper with noise of its own and ink of one colour laid in by `share`, saved as JPEG."""
    noise = np.random.default_rng(seed).normal(0, 2.0, pixels.shape)
    page = (1 - share) * (246 + noise) + share * RED
    bgr = np.clip(page, 0, 255).astype(np.uint8)[..., ::-1]
    ok, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert ok
    return cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1].copy()


def dots(shape, period, degrees=15.0):
    """Return a printer's screen at `period` pixels, between 0 and 1."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    a = np.radians(degrees)
    u, v = x * np.cos(a) + y * np.sin(a), y * np.cos(a) - x * np.sin(a)
    return ((np.cos(2 * np.pi * u / period) + np.cos(2 * np.pi * v / period)) / 4 + 0.5)[..., None]


def found_on(pixels, dpi):
    (rim, *_) = rims_of(reduced(pixels, dpi), Colour.COLOUR)
    return rim.ring


@pytest.mark.parametrize("dpi", [150, 200, 300, 600])
@pytest.mark.parametrize("over", ["clean", "inner"])
def test_a_stamped_seal_looks_stamped(dpi, over):
    pixels = stamped(dpi, over=over)
    assert printed_as(pixels, found_on(pixels, dpi)) is None


@pytest.mark.parametrize("dpi", [300, 600])
def test_one_colour_laid_into_a_scan_is_flat(dpi):
    original = stamped(dpi)
    assert printed_as(laid_in(original, coverage(original)), found_on(original, dpi)) == FLAT


@pytest.mark.parametrize("dpi", [220, 300])
def test_one_colour_is_flat_under_a_scanners_noise_too(dpi):
    original = stamped(dpi)
    noise = np.random.default_rng(5).normal(0, 4.0, original.shape)
    pixels = np.clip(laid_in(original, coverage(original), quality=95) + noise, 0, 255).astype(np.uint8)
    assert printed_as(pixels, found_on(original, dpi)) == FLAT


@pytest.mark.parametrize("dpi", [220, 300])
def test_pixels_strewn_for_worn_ink_are_seen(dpi):
    original = stamped(dpi)
    strewn = np.random.default_rng(6).random(original.shape[:2])[..., None] > 0.3
    pixels = laid_in(original, coverage(original) * strewn, quality=92)
    assert printed_as(pixels, found_on(original, dpi)) == SPECKLES


@pytest.mark.parametrize(("dpi", "lines"), [(300, 133), (400, 150), (600, 200)])
def test_a_printers_dots_are_seen(dpi, lines):
    original = stamped(dpi)
    share = coverage(original) * (0.55 + 0.45 * dots(original.shape, dpi / lines))
    assert printed_as(laid_in(original, share), found_on(original, dpi)) == SCREENED


def test_a_page_without_red_ink_says_nothing():
    original = stamped(200)
    assert printed_as(np.full_like(original, 245), found_on(original, 200)) is None


def test_dots_set_at_random_in_two_inks_are_seen():
    """An ink-jet's magenta and yellow lie in no grid, and each in places of its own."""
    original = stamped(400)
    share, random = coverage(original)[..., 0], np.random.default_rng(3)
    page = np.full((*share.shape, 3), 246.0, np.float32)
    for colour in ((226, 30, 120), (252, 232, 30)):
        cells = random.random((share.shape[0] // 2 + 1, share.shape[1] // 2 + 1)).astype(np.float32)
        thrown = cv2.resize(cells, share.shape[::-1], interpolation=cv2.INTER_NEAREST)
        laid = cv2.GaussianBlur((0.7 * share > thrown).astype(np.float32), (0, 0), 0.8)[..., None]
        page *= 1 - laid * (1 - np.float32(colour) / 255)
    pixels = np.clip(page, 0, 255).astype(np.uint8)
    assert printed_as(pixels, found_on(original, 400)) == SCREENED


def test_dots_of_two_inks_that_grow_paler_together_are_seen():
    original = stamped(300)
    rng = np.random.default_rng(3)
    inked = coverage(original)[..., 0] > 0.5
    tone = rng.uniform(0.6, 1.0, inked.shape)[..., None]
    yellow = rng.uniform(0.0, 1.0, inked.shape)[..., None] < 0.3
    dots = np.where(yellow, (225, 150, 25), (200, 35, 60)) * tone
    pixels = np.where(inked[..., None], dots, original).clip(0, 255).astype(np.uint8)
    pixels = cv2.GaussianBlur(pixels, (0, 0), 0.6)
    assert printed_as(pixels, found_on(original, 300)) == SCREENED


def thrown(original, dpi, quality):
    """Return the same seal printed with cyan, magenta and yellow thrown at random, 600 dots an inch, as a scan."""
    rng = np.random.default_rng(3)
    share = cv2.resize(coverage(original)[..., 0], None, fx=600 / dpi, fy=600 / dpi)
    page = np.full((*share.shape, 3), 246.0, np.float32)
    for taken, ink in ((0.12, (25, 160, 230)), (0.9, (226, 30, 120)), (0.8, (252, 235, 25))):
        dots = (taken * share > rng.random(share.shape)).astype(np.float32)
        page *= 1 - cv2.GaussianBlur(dots, (0, 0), 0.45)[..., None] * (1 - np.float32(ink) / 255)
    scan = cv2.resize(page, original.shape[1::-1], interpolation=cv2.INTER_AREA)
    scan += rng.normal(0, 2.0, (*scan.shape[:2], 1))
    bgr = np.clip(scan, 0, 255).astype(np.uint8)[..., ::-1]
    ok, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert ok
    return cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1].copy()


@pytest.mark.parametrize(("dpi", "quality"), [(300, 70), (300, 85), (400, 70)])
def test_dots_thrown_at_random_are_seen_through_compression(dpi, quality):
    """Halved, the hues of neighbouring dots run together and the two inks grow paler as one."""
    original = stamped(dpi)
    assert printed_as(thrown(original, dpi, quality), found_on(original, dpi)) == SCREENED


@pytest.mark.parametrize("over", ["clean", "print", "red", "signature"])
@pytest.mark.parametrize(("dpi", "noise"), [(200, 8.0), (300, 8.0), (300, 4.0)])
def test_a_scanners_noise_is_no_printers(dpi, noise, over):
    scan = Scan(dpi=dpi, quality=95, noise=noise)
    pixels = impression_scan(DESIGN, np.random.default_rng(4), scan, wear=0.9, over=over)
    assert printed_as(pixels, found_on(pixels, dpi)) is None
