"""Whose seal it might be: an office of several makers, on both databases, and impressions registered before."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, impression_scan, specimen_image
from tests.unit.rules.builders import seal as a_seal
from verifier.cases import hinting
from verifier.examination import Likeness, Seal, SealComparison
from verifier.page import Colour
from verifier.record import Maker, Specimen
from verifier.seals.find import find_rims
from verifier.seals.normalise import encode_ink, normalise
from verifier.store import repositories
from verifier.store.database import Database

NAMES = ("华辰启明汽车制造有限公司", "云岭星辉客车工业有限公司", "海川远航商用车有限公司")


def design(name: str) -> Design:
    return Design(name, span_degrees=235.0)


@pytest.fixture
def registered(any_database: Database) -> Database:
    specimens = [
        Specimen(name, specimen_image(design(name), np.random.default_rng(i)), f"{i:064d}")
        for i, name in enumerate(NAMES)
    ]
    with any_database.transaction() as connection:
        repositories.put_specimens(connection, map(Maker, NAMES), specimens)
    return any_database


def stamped(name: str) -> Seal:
    pixels = impression_scan(
        design(name), np.random.default_rng(9), Scan(dpi=200), wear=0.4, degrees=70.0, over="print"
    )
    ring = find_rims(pixels, 200, Colour.COLOUR)[0].ring
    return replace(a_seal(), ink=encode_ink(normalise(pixels, ring, has_colour=True)), comparison=None)


def test_the_maker_of_an_unknown_seal_is_hinted_at(registered: Database) -> None:
    hints = hinting.likeliest(registered, stamped(NAMES[1]))
    assert hints[0].manufacturer == NAMES[1]


def test_a_seal_of_nobody_registered_hints_at_nobody(registered: Database) -> None:
    assert hinting.likeliest(registered, stamped("福清众和新能源汽车有限公司")) == ()


def test_a_seal_that_equals_its_impression_needs_no_hint(registered: Database) -> None:
    compared = SealComparison(NAMES[1], f"{1:064d}", Likeness.SAME, "", 0.9)
    assert hinting.likeliest(registered, replace(stamped(NAMES[1]), comparison=compared)) == ()


def test_a_lost_seal_is_hinted_at_no_more(registered: Database) -> None:
    seal = stamped(NAMES[1])
    assert hinting.likeliest(registered, seal)
    with registered.transaction() as connection:
        repositories.retire_specimen(connection, f"{1:064d}", repositories.SpecimenStatus.LOST)
    assert NAMES[1] not in {hint.manufacturer for hint in hinting.likeliest(registered, seal)}


def test_impressions_of_an_older_database_are_worked_through(
    registered: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hinting, "MOST_AT_ONCE", 1)
    asked = [hinting.likeliest(registered, stamped(NAMES[2])) for _ in NAMES]
    assert asked[0] == ()
    assert asked[-1][0].manufacturer == NAMES[2]
