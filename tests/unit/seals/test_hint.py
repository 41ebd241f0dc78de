"""Unknown makers: the likeliest registered impressions, quickly, at any rotation."""

import time

import numpy as np

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, impression_scan, specimen_image
from verifier.page import Colour
from verifier.record import Specimen
from verifier.seals.find import find_rims
from verifier.seals.hint import SealIndex, index_of
from verifier.seals.normalise import encode_ink, normalise

NAMES = ("华辰启明汽车制造有限公司", "云岭星辉客车工业有限公司", "海川远航商用车有限公司", "福清众和新能源汽车有限公司")
SPECIMENS = tuple(
    Specimen(name, specimen_image(Design(name, span_degrees=235.0), np.random.default_rng(i)), f"{i:064d}")
    for i, name in enumerate(NAMES)
)


def stored(name, degrees, over="clean"):
    design = Design(name, span_degrees=235.0)
    rng = np.random.default_rng(9)
    pixels = impression_scan(design, rng, Scan(dpi=200), wear=0.4, degrees=degrees, over=over)
    ring = find_rims(pixels, 200, Colour.COLOUR)[0].ring
    return encode_ink(normalise(pixels, ring, has_colour=True))


def test_the_likeliest_maker_is_named_first_at_any_rotation():
    index = index_of(SPECIMENS)
    for name, degrees in zip(NAMES, (0.0, 95.0, 181.0, 300.0), strict=True):
        hints = index.likeliest(stored(name, degrees, over="print"))
        assert hints[0].manufacturer == name
        assert hints[0].likeness > hints[1].likeness + 0.1


def test_ten_thousand_impressions_take_less_than_a_tenth_of_a_second():
    known = index_of(SPECIMENS)
    rng = np.random.default_rng(0)
    shape = (9996, *known.spectra.shape[1:])
    others = rng.standard_normal(shape, dtype=np.float32) + 1j * rng.standard_normal(shape, dtype=np.float32)
    others /= np.sqrt((np.abs(others) ** 2).sum(axis=(1, 2), keepdims=True))
    spectra = np.concatenate([others.astype(np.complex64), known.spectra])
    index = SealIndex((*(f"{i}" for i in range(9996)), *known.manufacturers), spectra)
    ink = stored(NAMES[2], 33.0)
    index.likeliest(ink)
    started = time.process_time()
    assert index.likeliest(ink)[0].manufacturer == NAMES[2]
    assert time.process_time() - started < 0.1


def test_nothing_registered_or_no_seal_hints_at_nobody():
    assert index_of(()).likeliest(stored(NAMES[0], 0.0)) == ()
    assert index_of(SPECIMENS[:1]).likeliest(b"none") == ()
