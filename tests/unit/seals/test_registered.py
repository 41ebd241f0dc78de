"""The scan of a registered impression laid on a page, against further stampings of the same die."""

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, digitise, impression_scan, letterpress, print_ink, sheet, specimen_image
from tests.unit.seals.test_ink import compressed_again, with_worn_die
from verifier.page import Colour
from verifier.record import Specimen
from verifier.rules.seal import MOST_EVEN
from verifier.seals.compare import compare_seal
from verifier.seals.find import find_rims
from verifier.seals.ink import alike, ready_ink
from verifier.seals.normalise import normalise
from verifier.seals.registered import LEAST_DIE, UNKNOWN, amounts, impression_amounts, unevenness
from verifier.seals.specimens import impression_ink, prepare

DESIGN = Design("远航通捷汽车有限公司", face=1)
REGISTERED = specimen_image(DESIGN, np.random.default_rng(50))


class NoComparator:
    """Says of every pair of characters that they are the same."""

    version = "none"

    def compare(self, pairs):
        return np.full(len(pairs), -9.0, np.float32)


def registered(pixels):
    return Specimen("远航通捷汽车有限公司", pixels, "1" * 64)


def pasted(pixels, dpi, quality, *, degrees=0.0, scale=1.0, printed=False):
    """Return a page on which a scan at 300 dpi was multiplied, saved as JPEG."""
    times, rng = scale * dpi / 300, np.random.default_rng(7)
    scan = cv2.resize(pixels, None, fx=times, fy=times, interpolation=cv2.INTER_AREA)
    scan = cv2.copyMakeBorder(scan, 40, 40, 40, 40, cv2.BORDER_REPLICATE)
    height, width = scan.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    scan = cv2.warpAffine(scan, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    paper = sheet((height, width), rng)
    if printed:
        print_ = letterpress((height, width), rng, pitch_mm=14.0, size_mm=3.7, dpi=dpi)
        paper = print_ink(paper, print_, (30, 30, 32))
    page = digitise(paper, rng, Scan(dpi=dpi, quality=None, blur=0.6, noise=2.0), at_dpi=dpi)
    return compressed_again((page.astype(np.float32) * scan / 255).astype(np.uint8), quality)


def seal_in(pixels, dpi):
    ring = find_rims(pixels, dpi, Colour.COLOUR)[0].ring
    return normalise(pixels, ring, has_colour=True), ring


def compared(pixels, dpi, specimen):
    seal, ring = seal_in(pixels, dpi)
    found = compare_seal(seal, ring, (specimen,), NoComparator(), page_size=pixels.shape[1::-1])
    assert found is not None
    return found


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("quality", [60, 75, 95])
def test_the_registered_scan_on_a_page_is_told_at_any_resolution_and_quality(dpi, quality):
    found = compared(pasted(REGISTERED, dpi, quality), dpi, registered(REGISTERED)).comparison
    assert found.die >= LEAST_DIE
    assert found.uneven <= MOST_EVEN


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("change", [{"degrees": 4.0}, {"scale": 1.03}, {"scale": 0.98}, {"printed": True}])
def test_the_registered_scan_turned_scaled_or_on_print_is_told(dpi, change):
    assert compared(pasted(REGISTERED, dpi, 85, **change), dpi, registered(REGISTERED)).comparison.uneven <= MOST_EVEN


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("seed", range(2, 6))
def test_another_stamping_is_not_the_registered_scan(seed, dpi):
    letter = impression_scan(DESIGN, np.random.default_rng(seed), Scan(dpi=dpi, quality=90), wear=0.1)
    assert compared(letter, dpi, registered(REGISTERED)).comparison.uneven == UNKNOWN


@pytest.mark.parametrize("seed", range(2, 6))
def test_stampings_of_one_worn_die_pressed_evenly_are_not_the_registered_scan(seed):
    first, other = (
        with_worn_die(impression_scan(DESIGN, np.random.default_rng(s), Scan(dpi=200), wear=0.1, degrees=10.0))
        for s in (1, seed)
    )
    specimen = Specimen("远航通捷汽车有限公司", first, "2" * 64, dpi=200.0)
    found, (seal, _) = compared(other, 200, specimen), seal_in(other, 200)
    even = unevenness(impression_amounts(specimen), amounts(seal.pixels), found.alignment.matrix, seal.aspect)
    assert even > 1.5 * MOST_EVEN
    assert found.comparison.uneven > 1.5 * MOST_EVEN


def test_a_seal_that_print_covers_is_not_judged():
    prepared = prepare(registered(REGISTERED))
    black = prepared.pixels.copy()
    black[::12] = 0
    black[1::12] = 0
    flat = np.eye(2, 3, dtype=np.float32)
    assert unevenness(amounts(prepared.pixels), amounts(black), flat, 1.0) == UNKNOWN
    assert unevenness(amounts(prepared.pixels), amounts(prepared.pixels), flat, 1.0) < 0.001


def test_the_die_is_not_what_tells_them_apart():
    worn = with_worn_die(impression_scan(DESIGN, np.random.default_rng(1), Scan(dpi=200), wear=0.1, degrees=10.0))
    other = with_worn_die(impression_scan(DESIGN, np.random.default_rng(2), Scan(dpi=200), wear=0.1, degrees=10.0))
    specimen = Specimen("远航通捷汽车有限公司", worn, "3" * 64, dpi=200.0)
    assert alike(ready_ink(seal_in(other, 200)[0].pixels), impression_ink(specimen)) >= LEAST_DIE
