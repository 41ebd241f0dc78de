"""Extraction on letters of every tuning layout, read without a fault: a sample of `make understanding`."""

from __future__ import annotations

from samples.layouts import LAYOUTS
from samples.planning import HOLDOUT
from tests.proofs.ideal import known_for
from tests.proofs.understanding import Understood, plans_of, understood

LETTERS = 2
FEWEST_VERIFIED, FEWEST_RIGHT = 0.88, 0.95
"""Measured on two letters of each of 63 layouts: 0.95 and 0.97; less shows that a change broke a layout."""


def _all() -> list[Understood]:
    layouts = [name for name in LAYOUTS if name not in HOLDOUT["layouts"]]
    plans = plans_of(layouts, LETTERS)
    known = known_for(plans)
    return [understood(plan, known) for plan in plans]


def test_letters_of_every_layout_are_understood() -> None:
    found = _all()
    tries = [one for letter in found for one in letter.tries]
    assert sum(letter.verified for letter in found) >= FEWEST_VERIFIED * len(found)
    assert sum(one.right for one in tries) >= FEWEST_RIGHT * len(tries)
    assert all(one.right for one in tries if one.field == "vin")
