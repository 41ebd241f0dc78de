"""A specimen's strokes are drawn as bold as those of the seal it is laid on, place by place."""

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import specimen_image
from verifier.record import Specimen
from verifier.seals.normalise import SIDE, SealPicture
from verifier.seals.planes import Plane
from verifier.seals.pressure import as_hard_as
from verifier.seals.specimens import prepare

SPECIMEN = prepare(
    Specimen("甲", specimen_image(Design("华辰启明汽车制造有限公司"), np.random.default_rng(2)), "0" * 64)
)
AS_IT_LIES = np.array([[1, 0, 0], [0, 1, 0]], np.float32)


def captured(ink: Plane, covered: bool = False) -> SealPicture:
    printed = np.zeros(ink.shape, bool)
    if covered:
        printed[200:240] = True
        ink = np.where(printed, np.random.default_rng(1).random(ink.shape), ink).astype(np.float32)
    return SealPicture(np.zeros((*ink.shape, 3), np.uint8), ink, printed, 1.0, 1.0, True)


def spread(ink: Plane, by: int) -> Plane:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * abs(by) + 1, 2 * abs(by) + 1))
    return cv2.dilate(ink, kernel) if by > 0 else cv2.erode(ink, kernel)


@pytest.mark.parametrize("covered", [False, True])
@pytest.mark.parametrize("by", [-2, 2, 3])
def test_strokes_become_as_bold_as_the_seals(by: int, covered: bool) -> None:
    pressed = spread(SPECIMEN.ink, by)
    drawn = as_hard_as(SPECIMEN.ink, captured(pressed, covered), AS_IT_LIES)
    assert np.abs(drawn - pressed).mean() < 0.5 * np.abs(SPECIMEN.ink - pressed).mean()


def test_one_side_may_be_pressed_harder_than_the_other() -> None:
    pressed = spread(SPECIMEN.ink, 3)
    pressed[:, : SIDE // 2] = SPECIMEN.ink[:, : SIDE // 2]
    drawn = as_hard_as(SPECIMEN.ink, captured(pressed), AS_IT_LIES)
    left, right = np.s_[:, : SIDE // 2 - 60], np.s_[:, SIDE // 2 + 60 :]
    assert np.abs(drawn - pressed)[left].mean() < 0.1 * np.abs(SPECIMEN.ink - pressed)[right].mean()
    assert np.abs(drawn - pressed)[right].mean() < 0.5 * np.abs(SPECIMEN.ink - pressed)[right].mean()


def test_a_seal_pressed_alike_leaves_it_as_it_is() -> None:
    assert as_hard_as(SPECIMEN.ink, captured(SPECIMEN.ink), AS_IT_LIES) is SPECIMEN.ink
