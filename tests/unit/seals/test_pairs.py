"""What the comparator is shown: shares of full ink, print masked, shade and pressure taken out."""

import numpy as np

from verifier.seals.pairs import SIDE, tile_pairs
from verifier.seals.tiles import TileCut


def character(full=0.8):
    ink = np.zeros((64, 52), np.float32)
    ink[10:54, 22:30] = full
    ink[28:36, 6:46] = full
    return ink


def test_pressure_and_shade_are_no_difference():
    free = np.ones((64, 52), np.float32)
    weak = 0.5 * character() + 0.12
    pairs = tile_pairs((TileCut(character(), weak.astype(np.float32), free),) * 3)
    assert pairs.shape == (3, 4, SIDE, SIDE)
    assert pairs.dtype == np.float32
    assert np.abs(pairs[:, 3]).max() < 0.05
    assert pairs[:, 2].max() == 0.0


def test_what_print_hides_is_shown_as_hidden_and_as_no_difference():
    free = np.ones((64, 52), np.float32)
    free[:, :26] = 0.0
    seen = np.where(free > 0, character(), 1.0).astype(np.float32)
    (pair,) = tile_pairs((TileCut(character(), seen, free),))
    assert pair[2, :, :24].min() == 1.0
    assert np.abs(pair[3, :, :24]).max() == 0.0
    assert pair[1, :, :24].max() == 0.0


def test_thin_strokes_are_raised_where_that_is_asked_for():
    free, thin = np.ones((64, 52), np.float32), character()
    thin[:, 26:30] = 0.0
    (plain,), (evened,) = (tile_pairs((TileCut(character(), thin, free),), evened=evened) for evened in (False, True))
    assert evened[1].sum() > 1.05 * plain[1].sum()
    assert np.array_equal(evened[0], plain[0])
    assert np.allclose(evened[3], evened[1] - evened[0], atol=1e-6)


def test_what_has_as_much_ink_is_not_raised():
    free = np.ones((64, 52), np.float32)
    cuts = (TileCut(character(), character(), free),)
    assert np.allclose(tile_pairs(cuts, evened=True), tile_pairs(cuts), atol=1e-6)


def test_a_missing_stroke_stays_a_difference():
    free, seen = np.ones((64, 52), np.float32), character()
    seen[28:36] = 0.0
    (pair,) = tile_pairs((TileCut(character(), seen, free),))
    assert pair[3].min() < -0.8


def test_empty_tiles_and_none_at_all_do_no_harm():
    nothing = np.zeros((64, 52), np.float32)
    assert np.isfinite(tile_pairs((TileCut(nothing, nothing, nothing),))).all()
    assert tile_pairs(()).shape == (0, 4, SIDE, SIDE)
