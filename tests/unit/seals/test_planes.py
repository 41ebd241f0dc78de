"""Ink of a stamp is told from print, however pale."""

import numpy as np
import pytest

from verifier.seals.likeness import stroke_ink
from verifier.seals.normalise import SIDE, SealPicture
from verifier.seals.planes import grey_print


@pytest.mark.parametrize("grey", [(150, 148, 145), (120, 120, 122), (185, 184, 180)])
def test_pale_grey_print_beside_a_dark_red_stamp_is_told_from_it(grey: tuple[int, int, int]) -> None:
    pixels = np.full((240, 240, 3), 252, np.uint8)
    pixels[20:60, 20:220] = (150, 30, 40)
    pixels[120:126, 40:200] = grey
    found = grey_print(pixels)
    assert not found[24:56, 24:216].any()
    assert found[120:126, 40:200].all()


def test_an_oval_with_a_short_name_is_as_dark_as_its_strokes() -> None:
    aspect = 0.6
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE - 0.5
    rim = np.abs(np.hypot(x / 0.45, y / (0.45 * aspect)) - 0.9) < 0.055
    ink = np.where(rim, 0.6, 0.0).astype(np.float32)
    picture = SealPicture(np.zeros((SIDE, SIDE, 3), np.uint8), ink, np.zeros((SIDE, SIDE), bool), aspect, 1.0, True)
    assert rim.mean() < 0.08
    assert stroke_ink(picture) == pytest.approx(0.6, abs=0.01)
