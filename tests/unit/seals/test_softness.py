"""A specimen is made as soft as the capture it is laid on, the same for all of its characters."""

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import specimen_image
from verifier.record import Specimen
from verifier.seals.normalise import SealPicture
from verifier.seals.softness import as_soft_as
from verifier.seals.specimens import prepare

SPECIMEN = prepare(
    Specimen("甲", specimen_image(Design("华辰启明汽车制造有限公司"), np.random.default_rng(2)), "0" * 64)
)
AS_IT_LIES = np.array([[1, 0, 0], [0, 1, 0]], np.float32)


def captured(sigma: float, covered: bool = False) -> SealPicture:
    """Return the specimen's own ink captured softly, under print where `covered`."""
    ink = SPECIMEN.ink if not sigma else cv2.GaussianBlur(SPECIMEN.ink, (0, 0), sigma)
    printed = np.zeros(ink.shape, bool)
    if covered:
        printed[220:260] = True
        ink = np.where(printed, np.random.default_rng(1).random(ink.shape), ink).astype(np.float32)
    return SealPicture(np.zeros((*ink.shape, 3), np.uint8), ink, printed, 1.0, 1.0, True)


@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize("sigma", [1.0, 2.0, 3.0])
def test_a_specimen_becomes_as_soft_as_the_seal(sigma: float, covered: bool) -> None:
    softer = as_soft_as(SPECIMEN.ink, captured(sigma, covered), AS_IT_LIES)
    assert np.array_equal(softer, cv2.GaussianBlur(SPECIMEN.ink, (0, 0), sigma))


def test_a_sharp_capture_leaves_it_as_it_is() -> None:
    assert as_soft_as(SPECIMEN.ink, captured(0.0), AS_IT_LIES) is SPECIMEN.ink
