"""Rates and their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.evaluation.figures import Rate, Trial, rate_of, worst_group


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_bounds_hold_the_rate(counts: tuple[int, int]) -> None:
    rate = Rate(*counts)
    low, high = rate.bounds
    assert 0 <= low <= rate.value + 1e-12
    assert rate.value - 1e-12 <= high <= 1


def test_bounds_match_a_published_example() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, Wilson without continuity correction
    low, high = Rate(81, 263).bounds
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_nothing_tried_says_nothing() -> None:
    assert Rate(0, 0).bounds == (0.0, 1.0)
    assert str(Rate(0, 0)) == "none tried"


@pytest.fixture
def trials() -> list[Trial]:
    table = [Trial("vin", True, (("layout", "table"),))] * 6
    prose = [Trial("vin", i > 0, (("layout", "prose"),)) for i in range(6)]
    rare = [Trial("vin", False, (("layout", "rare"),))]
    return [*table, *prose, *rare, Trial("country", False, (("layout", "table"),))]


def test_rate_of_counts_one_figure_in_one_group(trials: list[Trial]) -> None:
    assert rate_of(trials, "vin", layout="prose") == Rate(5, 6)


def test_worst_group_leaves_out_groups_too_small_to_tell(trials: list[Trial]) -> None:
    assert worst_group(trials, "vin", "layout") == ("prose", Rate(5, 6))
