"""Pictures for people: same size, turned as the specimen, the difference shown, the worst character framed."""

import dataclasses

import numpy as np

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, impression_scan, specimen_image
from verifier.page import Colour
from verifier.record import Specimen
from verifier.seals.find import find_rims
from verifier.seals.normalise import encode_ink, normalise
from verifier.seals.pictures import character_frame, draw_pictures
from verifier.seals.specimens import prepare

NAME = "华辰启明汽车制造有限公司"
DESIGN = Design(NAME, span_degrees=235.0)
SPECIMEN = Specimen(NAME, specimen_image(DESIGN, np.random.default_rng(0)), "a" * 64)


def scanned(name=NAME, dpi=300):
    return impression_scan(
        dataclasses.replace(DESIGN, name=name), np.random.default_rng(4), Scan(dpi=dpi), wear=0.2, degrees=140.0
    )


def stored(pixels, dpi=300):
    ring = find_rims(pixels, dpi, Colour.COLOUR)[0].ring
    return encode_ink(normalise(pixels, ring, has_colour=True)), ring


def share_of(picture, colour):
    return float((np.abs(picture.astype(int) - colour).max(axis=2) < 60).mean())


def test_a_genuine_seal_leaves_little_difference_and_a_forged_character_much_in_its_frame():
    own = draw_pictures(stored(scanned())[0], SPECIMEN, None)
    forged = draw_pictures(stored(scanned(NAME.replace("明", "朋")))[0], SPECIMEN, 3)
    for picture in (own.crop, own.ink, own.specimen, own.difference, own.marked):
        assert picture.shape == (480, 480, 3)
        assert picture.dtype == np.uint8
    assert np.array_equal(own.crop, own.marked)
    prepared = prepare(SPECIMEN)
    frame = character_frame(prepared.layout, prepared.aspect, 3)
    x0, y0 = frame.min(axis=0).astype(int)
    x1, y1 = frame.max(axis=0).astype(int)
    red = (200, 30, 40)
    assert share_of(forged.difference[y0:y1, x0:x1], red) > 3 * share_of(own.difference[y0:y1, x0:x1], red)
    around = (slice(y0 - 4, y1 + 4), slice(x0 - 4, x1 + 4))
    assert not np.array_equal(forged.crop[around], forged.marked[around])


def test_no_seal_no_pictures():
    assert draw_pictures(b"", SPECIMEN, None) is None
    blank = Specimen("甲", np.full((300, 300, 3), 255, np.uint8), "0")
    assert draw_pictures(stored(scanned())[0], blank, None) is None
