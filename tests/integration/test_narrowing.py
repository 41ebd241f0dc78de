"""Judging with the records found by index gives what judging with all of them gives."""

from __future__ import annotations

import random

import pytest

from tests.unit.rules import builders as b
from verifier.history import History
from verifier.match import compare
from verifier.record import Records, VehicleRecord
from verifier.store import narrowing, repositories
from verifier.store.database import Database

pytestmark = pytest.mark.integration


def _changed(vin: str, places: int, chance: random.Random) -> str:
    letters = list(vin)
    for place in chance.sample(range(len(letters)), places):
        letters[place] = chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")
    return "".join(letters)


def test_the_same_matches_are_found_as_among_all_records(any_database: Database) -> None:
    chance = random.Random(9)
    vins = [_changed(b.VIN, places, chance) for places in (0, 1, 2, 2, 3, 6, 17, 17, 17)]
    records: list[VehicleRecord] = [
        b.record(vin=vin, application_number=chance.choice(["AP1", "AP2", None])) for vin in vins for _ in range(2)
    ]
    everything = Records(tuple(dict.fromkeys(records)))
    with any_database.transaction() as connection:
        repositories.put_records(connection, everything)
    for application in (None, "AP1", "AP2", "AP-unknown"):
        for claimed in [*vins, *(_changed(b.VIN, 2, chance) for _ in range(30))]:
            seen = b.examination(letter=b.letter(vehicles=(b.vehicle(b.field(claimed)),)))
            with any_database.reading() as connection:
                excerpt = narrowing.records_for(connection, [claimed], application)
                all_of_them = repositories.get_records(connection)
            found, expected = (
                compare(seen, some, b.registry(), History(), application) for some in (excerpt, all_of_them)
            )
            assert (found.applications, found.records_given) == (expected.applications, expected.records_given)
            assert [set(v.near) for v in found.vehicles] == [set(v.near) for v in expected.vehicles]
            assert [set(v.records) for v in found.vehicles] == [set(v.records) for v in expected.vehicles]


def test_without_any_record_none_were_given(any_database: Database) -> None:
    with any_database.reading() as connection:
        assert not narrowing.records_for(connection, [b.VIN], None).is_excerpt
