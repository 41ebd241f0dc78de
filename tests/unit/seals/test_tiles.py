"""One character's tile, laid on the seal as well as it can be."""

import cv2
import numpy as np
import pytest

from verifier.seals.tiles import REACH, TilePlace, score_tiles


def stroked(text="V"):
    """Return a tile of 64 x 60 with a letter's strokes."""
    tile = np.zeros((64, 60), np.uint8)
    cv2.putText(tile, text, (6, 54), cv2.FONT_HERSHEY_SIMPLEX, 2.0, 255, 7, cv2.LINE_AA)
    return cv2.GaussianBlur(tile.astype(np.float32) / 255, (0, 0), 1.0)


def place(own, seen):
    """Return a place whose surroundings are paper."""
    padded = cv2.copyMakeBorder(seen, REACH, REACH, REACH, REACH, cv2.BORDER_CONSTANT, value=0.0)
    return TilePlace(own, np.ones_like(own), padded, np.ones_like(padded))


def likeness(cut):
    """Return how like the two tiles are."""
    return score_tiles((cut,))[0].likeness


@pytest.mark.parametrize("degrees", [-3.0, 3.0])
def test_a_turned_character_is_turned_back(degrees):
    own = stroked()
    turned = cv2.warpAffine(own, cv2.getRotationMatrix2D((29.5, 31.5), degrees, 1.0), (60, 64))
    found = place(own, turned)
    assert likeness(found.refitted()) > likeness(found.fitted()) + 0.01


def test_a_character_that_fits_stays_as_it_is():
    own = stroked()
    found = place(own, own)
    assert np.array_equal(found.refitted().seen, found.fitted().seen)


def test_another_character_does_not_become_the_same():
    found = place(stroked("V"), stroked("N"))
    assert likeness(found.refitted()) < 0.8
