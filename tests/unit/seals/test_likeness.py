"""From measures to same, different or unsure: brackets are judged as brackets."""

import dataclasses

import numpy as np
import pytest

from verifier.examination import Likeness
from verifier.seals.core import CoreScore
from verifier.seals.likeness import Measured, judge
from verifier.seals.normalise import SIDE, SealPicture
from verifier.seals.tiles import TileScore

CARVED = "长陵（成都）汽车有限公司"
OPENING = CARVED.index("（")
TILE = TileScore(likeness=0.95, missing=0.12, added=0.12, free=1.0, inked=1.0)


def measured(places, tile=TILE, logit=-6.5, carved=CARVED):
    """Return a seal whose characters are all the same, those at `places` with another tile and logit."""
    pixels = np.full((SIDE, SIDE, 3), 255, np.uint8)
    picture = SealPicture(pixels, np.full((SIDE, SIDE), 0.5, np.float32), np.zeros((SIDE, SIDE), bool), 1.0, 1.0)
    tiles = tuple(tile if i in places else TILE for i in range(len(CARVED)))
    logits = tuple(logit if i in places else -6.5 for i in range(len(CARVED)))
    return Measured(picture, 0.97, tiles, logits, CoreScore(0.0, 0.0, 1.0), carved)


def test_a_bracket_may_be_less_surely_the_same_than_its_neighbours_and_a_letter_may_not():
    outstanding = dataclasses.replace(TILE, added=0.6)
    assert judge(measured([OPENING], outstanding, -4.0)) == (Likeness.SAME, "matches")
    assert judge(measured([OPENING], TILE, -2.0)) == (Likeness.SAME, "matches")
    assert judge(measured([0], outstanding, -4.0)) == (Likeness.UNSURE, "character_differs")
    assert judge(measured([0], TILE, -2.0)) == (Likeness.UNSURE, "character_differs")


@pytest.mark.parametrize(
    ("logit", "likeness", "found"),
    [
        (-1.6, 0.80, Likeness.SAME),
        (-1.4, 0.95, Likeness.UNSURE),
        (-6.0, 0.70, Likeness.UNSURE),
        (3.5, 0.95, Likeness.DIFFERENT),
    ],
)
def test_what_is_no_bracket_stands_for_none(logit, likeness, found):
    tile = dataclasses.replace(TILE, likeness=likeness)
    assert judge(measured([OPENING], tile, logit))[0] is found


def test_where_it_is_not_known_what_is_carved_every_character_is_a_letter():
    assert judge(measured([OPENING], TILE, -2.0, carved="")) == (Likeness.UNSURE, "character_differs")


def test_a_seal_of_which_brackets_alone_can_be_read_says_nothing():
    hidden = dataclasses.replace(TILE, free=0.1)
    few = measured(range(1, len(CARVED) - 1), hidden, carved="（" + CARVED[1:-1] + "）")
    assert judge(few) == (Likeness.UNSURE, "hidden_under_print")


def test_brackets_do_not_count_among_the_characters_that_red_print_lies_over():
    places = [0, 1, 3, OPENING]
    covered = dataclasses.replace(TILE, added=0.9)
    assert judge(measured(places, covered, carved=""))[1] == "red_print"
    assert judge(measured(places, covered))[1] != "red_print"
