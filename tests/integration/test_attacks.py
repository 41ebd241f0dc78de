"""Every kind of attack on a Chinese, an English and a bilingual letter, drawn and scanned; the letters pass."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from samples.captures.attacks import ATTACKS, Attack
from samples.content import Plan
from samples.making import make, sheets_of
from samples.planning import genuine_plan
from samples.world.vehicles import one_character_off
from tests.proofs.ideal import Known, drawn, examined, flagging, judged, known_for, layered, opened_with_opinions

pytestmark = pytest.mark.integration
LAYOUTS = ("form", "english_table", "bilingual")
FORMS = {"drawn": drawn, "scanned": layered}


@lru_cache(maxsize=1)
def plans() -> dict[str, Plan]:
    base = genuine_plan(7, 5, one_country=True)
    return {layout: replace(base, layout=layout) for layout in LAYOUTS}


@lru_cache(maxsize=1)
def known() -> Known:
    return known_for([*plans().values()])


@lru_cache(maxsize=6)
def file_of(layout: str, form: str) -> tuple[Plan, bytes]:
    plan = FORMS[form](plans()[layout])
    return plan, make(plan).document


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_genuine_letter_is_verified(layout, form):
    plan, document = file_of(layout, form)
    assert flagging(judged(examined(plan, opened_with_opinions(document), known()), known())) == {}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attacked_letter_is_flagged_by_the_check_that_should(attack: Attack):
    at = ATTACKS.index(attack)
    forms = ["drawn"] if attack.drawn_only else [*FORMS]
    layout = LAYOUTS[at % len(LAYOUTS)]
    for form in forms:
        plan, document = file_of(layout, form)
        vin = plan.letter.vehicles[0].vin
        pairs = ((vin, one_character_off(vin, np.random.default_rng(at))),)
        opened = opened_with_opinions(attack.apply(document, sheets_of(plan), pairs))
        flags = flagging(judged(examined(plan, opened, known(), pairs if attack.shows else ()), known()))
        assert set(flags) & set(attack.trips), (form, flags)
