"""The same pixels twice against two stampings of one seal."""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, impression_scan
from verifier.examination import Likeness, Seal, SealComparison
from verifier.page import Box, Colour
from verifier.seals.find import find_rims
from verifier.seals.ink import HALF, alike, ready_ink, same_ink, same_pixels, small_lines
from verifier.seals.normalise import SIDE, decode_ink, encode_ink, normalise
from verifier.second_pass import SAME_INK

DESIGN = Design("远航通捷汽车有限公司", face=1)


def stored(pixels, dpi=200):
    ring = find_rims(pixels, dpi, Colour.COLOUR)[0].ring
    return encode_ink(normalise(pixels, ring, has_colour=True))


def scanned(seed, degrees=10.0):
    return impression_scan(DESIGN, np.random.default_rng(seed), Scan(dpi=200, quality=90), wear=0.4, degrees=degrees)


def compressed_again(pixels, quality):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(io.BytesIO(file.getvalue())))


def test_pasted_pixels_are_the_same_ink_even_moved_and_compressed_again():
    page = scanned(1)
    moved = np.pad(page, ((37, 0), (12, 0), (0, 0)), constant_values=250)
    assert same_ink(stored(page), stored(compressed_again(moved, 75))) >= SAME_INK


@pytest.mark.parametrize("seed", range(2, 8))
def test_two_stampings_are_never_the_same_ink(seed):
    assert same_ink(stored(scanned(1)), stored(scanned(seed))) < SAME_INK


def with_worn_die(pixels):
    """Return a stamping of a die that carries less ink in the same places every time."""
    ring = find_rims(pixels, 200, Colour.COLOUR)[0].ring
    side, places = 600, np.mgrid[: pixels.shape[0], : pixels.shape[1]].astype(np.float32)
    field = cv2.resize(np.random.default_rng(99).random((50, 50)).astype(np.float32), (side, side))
    x, y = (np.float32(places[1] - ring.cx + side / 2), np.float32(places[0] - ring.cy + side / 2))
    left = 1 - 0.9 * cv2.remap(field, x, y, cv2.INTER_LINEAR)[..., None]
    return (255 - (255 - pixels.astype(np.float32)) * left).astype(np.uint8)


def seal_of(ink, impression):
    die = alike(ready_ink(decode_ink(ink)), ready_ink(decode_ink(impression)))
    compared = SealComparison("M", "", Likeness.SAME, "matches", 1.0, die=die)
    box = Box(0, 0, 1, 1)
    return Seal(1, box, "round", "red", "official", "ink", 40.0, 1.0, comparison=compared, ink=ink)


def test_what_a_worn_die_shows_every_time_is_not_the_same_pixels():
    first, second, registered = (stored(with_worn_die(scanned(seed))) for seed in (1, 2, 3))
    copy = stored(compressed_again(with_worn_die(scanned(1)), 75))
    assert same_ink(first, second) >= SAME_INK
    one, other, copied = (seal_of(ink, registered) for ink in (first, second, copy))
    assert same_pixels(one, other) < SAME_INK - 0.05
    assert same_pixels(one, copied) >= SAME_INK + 0.1


def test_stored_ink_is_small_and_comes_back():
    data = stored(scanned(3))
    assert len(data) <= 100_000
    picture = decode_ink(data)
    assert picture is not None
    assert picture.shape == (SIDE, SIDE, 3)


@pytest.mark.parametrize("broken", [b"", b"RIFF", b"\x89PNG broken"])
def test_damaged_ink_is_no_match(broken):
    assert same_ink(broken, stored(scanned(1))) == 0.0
    assert decode_ink(broken) is None


def test_a_line_of_small_letters_is_left_out_of_what_stampings_are_held_against():
    drawn = np.zeros((HALF, HALF), np.uint8)
    cv2.ellipse(drawn, (120, 120), (108, 70), 0, 0, 360, 255, 5)
    cv2.putText(drawn, "HAICHUAN AUTO", (62, 126), cv2.FONT_HERSHEY_SIMPLEX, 0.4, 255, 1, cv2.LINE_AA)
    cv2.rectangle(drawn, (110, 62), (128, 84), 255, 3)  # a character of the arc
    ink = drawn.astype(np.float32) / 255
    left_out = small_lines(ink)
    assert left_out[112:130, 60:160][drawn[112:130, 60:160] > 100].mean() > 0.9
    assert not left_out[50:90].any()
    assert not left_out[:, :20].any()
