"""A specimen is drawn twice where the seal it is laid on was set down twice."""

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_bench import trials
from tests.benchmarks.seals_scans import specimen_image
from verifier.record import Specimen
from verifier.seals.doubling import as_doubled_as
from verifier.seals.normalise import SIDE, SealPicture
from verifier.seals.planes import Plane
from verifier.seals.specimens import prepare

SPECIMEN = prepare(
    Specimen("甲", specimen_image(Design("华辰启明汽车制造有限公司"), np.random.default_rng(2)), "0" * 64)
)
AS_IT_LIES = np.array([[1, 0, 0], [0, 1, 0]], np.float32)


def captured(ink: Plane) -> SealPicture:
    return SealPicture(np.zeros((*ink.shape, 3), np.uint8), ink, np.zeros(ink.shape, bool), 1.0, 1.0, True)


def moved(ink: Plane, right: int, down: int) -> Plane:
    return cv2.warpAffine(ink, np.array([[1, 0, right], [0, 1, down]], np.float32), (SIDE, SIDE))


@pytest.mark.parametrize(("right", "down", "strength"), [(8, 0, 0.5), (-6, 6, 0.3), (0, -12, 0.8)])
def test_a_paler_second_impression_is_drawn_where_it_lies(right: int, down: int, strength: float) -> None:
    twice = np.maximum(SPECIMEN.ink, strength * moved(SPECIMEN.ink, right, down))
    drawn = as_doubled_as(SPECIMEN.ink, captured(twice), AS_IT_LIES)
    assert np.abs(drawn - twice).mean() < 0.25 * np.abs(SPECIMEN.ink - twice).mean()


def test_a_seal_set_down_once_leaves_it_as_it_is() -> None:
    assert as_doubled_as(SPECIMEN.ink, captured(SPECIMEN.ink), AS_IT_LIES) is SPECIMEN.ink


@pytest.mark.parametrize("seed", [5000, 5003, 5008])
def test_a_doubled_seal_is_its_own_and_a_look_alike_is_not(seed: int) -> None:
    said = {t.kind: t.matches for t in trials(seed, kinds=("same", "alike", "recarved"), overs=("doubled",))}
    assert said == {"same": True, "alike": False, "recarved": False}
