"""Print that is unlike its page: headings have their like, print set in has none. Medians as NumPy has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.integrity.traces.likeness import MOST_ALONE, Measured, alone, fainter
from verifier.integrity.traces.medians import medians
from verifier.integrity.traces.strokes import FEATURES

USUAL, ODD = np.zeros(len(FEATURES)), np.full(len(FEATURES), 1.0)


def page(odd: int) -> list[Measured]:
    """A page of one face, some of its pieces in another."""
    rng = np.random.default_rng(3)
    rows = [USUAL] * 20 + [ODD] * odd
    return [Measured(row + rng.normal(0, 0.05, len(FEATURES)), 40.0, latin=False) for row in rows]


@pytest.mark.parametrize(("others", "is_alone"), [(0, True), (1, True), (2, False), (5, False)])
def test_a_face_is_alone_where_fewer_than_two_pieces_share_it(others, is_alone):
    assert (alone(Measured(ODD, 40.0, latin=False), page(others)) == MOST_ALONE) is is_alone


def test_print_paler_softer_and_rounder_than_its_page_is_from_elsewhere_and_merely_grey_print_is_not():
    away = np.array([-2.0, -0.9, -1.2, -1.9, -2.6, 0.5, -1.0, -1.8, 0.4])  # a country another hand set anew
    assert fainter(away) > 1
    away[FEATURES.index("edge_detail")] = 0.5
    assert fainter(away) == 0


def test_print_of_another_size_or_script_says_nothing():
    others = [Measured(USUAL, 90.0, latin=False)] * 5 + [Measured(USUAL, 40.0, latin=True)] * 5
    assert alone(Measured(ODD, 40.0, latin=False), others) == 1.0


@given(st.lists(st.lists(st.one_of(st.just(float("nan")), st.floats(-9, 9)), min_size=3, max_size=3), min_size=1))
def test_medians_are_those_of_what_is_known(rows):
    found = medians(np.array(rows))
    for column, one in zip(np.array(rows).T, found, strict=True):
        known = column[np.isfinite(column)]
        assert one == pytest.approx(np.median(known)) if len(known) else np.isnan(one)
