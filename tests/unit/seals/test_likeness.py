"""From measures to same, different or unsure."""

import dataclasses

import numpy as np
import pytest

from verifier.examination import Likeness
from verifier.seals.core import CoreScore
from verifier.seals.likeness import Measured, is_slip, judge, worst_character
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


@pytest.mark.parametrize(
    ("free", "owner_read", "found"),
    [(0.66, 0.0, Likeness.UNSURE), (0.66, 0.9, Likeness.SAME), (1.0, 0.0, Likeness.SAME)],
)
def test_a_difference_beside_print_is_doubted_where_the_arc_does_not_read_the_owner(free, owner_read, found):
    half_covered = dataclasses.replace(TILE, missing=0.49, free=free)
    assert judge(measured([0], half_covered, -5.7), owner_read=owner_read)[0] is found


@pytest.mark.parametrize("free", [0.85, 1.0])
def test_a_character_is_not_alone_because_print_covers_part_of_those_it_is_like(free):
    seal = measured([], TILE)
    logits = (-3.7, -5.8, *seal.logits[2:])
    tiles = (TILE, dataclasses.replace(TILE, free=free), *seal.tiles[2:])
    coarse = dataclasses.replace(seal.seal, enlargement=1.7)
    seal = dataclasses.replace(seal, seal=coarse, logits=logits, tiles=tiles)
    assert judge(seal, owner_read=0.995)[0] is Likeness.SAME


def test_a_character_less_like_than_every_other_one_is_alone_whatever_is_read():
    assert judge(measured([0], TILE, -3.7), owner_read=0.9996) == (Likeness.UNSURE, "character_differs")
    assert judge(measured([0], TILE, -4.6), owner_read=0.9996) == (Likeness.SAME, "matches")


def test_the_worst_character_is_a_letter_unless_a_bracket_is_none():
    seal = measured([OPENING], TILE, -2.0)
    seal = dataclasses.replace(seal, logits=(-3.0, *seal.logits[1:]))
    assert worst_character(seal) == 0
    assert worst_character(measured([OPENING], TILE, 2.0)) == OPENING
    assert worst_character(measured(range(len(CARVED)), dataclasses.replace(TILE, free=0.0))) is None


@pytest.mark.parametrize(
    ("read", "logit", "free", "slip"),
    [
        ("长凌成都汽车有限公司", -6.2, 1.0, True),
        ("长凌成都汽车有限公司", -5.2, 1.0, False),
        ("长凌成都汽车有限公司", -6.2, 0.7, False),
        ("长凌成部汽车有限公司", -6.2, 1.0, False),
        ("长陵成都汽车有限公司", -6.2, 1.0, False),
        ("长陵成都汽车公司", -6.2, 1.0, False),
    ],
    ids=["other letter", "not surely the same", "under print", "two letters", "none", "fewer"],
)
def test_a_reader_slips_in_one_letter_that_is_surely_the_carved_one(read, logit, free, slip):
    tile = dataclasses.replace(TILE, free=free)
    assert is_slip(measured([1], tile, logit), CARVED, read) is slip
