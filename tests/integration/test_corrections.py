"""Corrections and the control of the machine, on a real store of each sort."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.service.office import Office
from tests.service.parties import Parties, rulings
from tests.unit.rules import builders as b
from verifier.cases import control, corrections, decisions, queue
from verifier.cases.corrected import CorrectionError
from verifier.cases.corrections import Reading
from verifier.cases.decisions import (
    Ruled,
)
from verifier.cases.queue import Filters
from verifier.store.database import Database

pytestmark = pytest.mark.integration


@pytest.fixture
def parties(any_database: Database) -> Parties:
    """Return two offices with an empty queue, on each sort of store in turn."""
    return Parties(any_database)


def test_a_misread_value_is_corrected_judged_at_once_and_the_machine_s_reading_stays(parties: Parties) -> None:
    north = parties.north
    claim = parties.fresh_claim(north)
    parties.put_records(north, claim, "AP-corrected")
    document = parties.upload(north, replace(claim, brand="误读牌"), application="AP-corrected")
    parties.work()
    before = parties.case_of(north, document)
    assert before.vehicles[0].failing == ("record.brand",)
    version = corrections.correct(
        parties.database, north["official"], document, Reading(1, "vehicles.0.brand", "北辰牌"), b.ON
    )
    office = Office(parties.database)
    report = office.report(document)
    assert version == 2
    field = report["fields"]["vehicles"][0]["brand"]
    assert (field["value"], field["text"], field["source"]) == ("北辰牌", "误读牌", "official")
    (kept,) = corrections.list_corrections(parties.database, document)
    assert "误读牌" in kept.machine
    # the fail that one person argued away still takes a second one
    after = parties.case_of(north, document)
    assert after.vehicles[0].failing == ("corrected: record.brand",)
    case = decisions.decide(
        parties.database, north["official"], after.case.id, after.case.version, rulings(after, Ruled.APPROVE)
    )
    assert case.state == "awaiting_second"
    corrections.take_back(parties.database, north["official"], document, kept.id, b.ON)
    assert office.report(document)["fields"]["vehicles"][0]["brand"]["source"] == "ocr"


def test_kinds_and_vehicles_are_corrected_too_and_nonsense_is_refused(parties: Parties) -> None:
    view, official = parties.flagged_case(parties.north), parties.north["official"]
    document, office = view.document.id, Office(parties.database)
    corrections.correct(parties.database, official, document, Reading(1, "vehicles.1.vin", b.VIN), b.ON)
    vins = [row["vin"]["value"] for row in office.report(document)["fields"]["vehicles"]]
    assert vins == [view.vehicles[0].vin, b.VIN]
    assert [one.vin for one in parties.case_of(parties.north, document).vehicles] == sorted(vins)
    corrections.correct(parties.database, official, document, Reading(1, "kind", "other"), b.ON)
    assert office.report(document)["kind"] == "other"
    for field, value in (("nothing", "x"), ("vehicles.0.vin", "SHORT"), ("kind", "novel"), ("issued_on", "soon"),
                         ("export_country", "XX"), ("pages", "2,1"), ("vehicles.x.vin", b.VIN)):  # fmt: skip
        with pytest.raises(CorrectionError):
            corrections.correct(parties.database, official, document, Reading(1, field, value), b.ON)


def test_a_corrected_vin_is_found_by_later_letters(parties: Parties) -> None:
    """The machine misread one letter's VIN: once it is corrected, its reuse for another maker shows on both."""
    north, office = parties.north, Office(parties.database)
    used = parties.fresh_claim(north)
    misread = parties.upload(north, parties.fresh_claim(north), application="AP-second")
    other = parties.upload(north, used, application="AP-first")
    parties.work()
    assert "vin.reuse" not in office.failing(other)
    corrections.correct(parties.database, north["official"], misread, Reading(1, "vehicles.0.vin", used.vins[0]), b.ON)
    parties.work()
    assert "vin.reuse" in office.failing(misread) & office.failing(other)


def test_control_is_blind_and_measures_disagreement(any_database: Database) -> None:
    parties = Parties(any_database, control_share=1.0)
    north = parties.north
    first, second = parties.genuine(north), parties.genuine(north)
    seen = queue.pull(parties.database, north["official"], Filters(reason="flagged"))
    assert seen is not None
    assert seen.is_blind
    assert (seen.case.reason, seen.case.risk, seen.document.verdict) == ("flagged", 0, None)
    assert control.measured(parties.database, north.office.id) == control.Measured(0, 0, 2)
    decisions.decide(parties.database, north["official"], seen.case.id, 1, rulings(seen, Ruled.APPROVE))
    other = parties.case_of(north, second if seen.document.id == first else first)
    decisions.decide(parties.database, north["senior"], other.case.id, 1, rulings(other, Ruled.REJECT))
    found = control.measured(parties.database, north.office.id)
    assert (found.judged, found.disagreed, found.waiting) == (2, 1, 0)
    assert found.bounds is not None
    assert found.bounds[0] < 0.5 < found.bounds[1]
    told = queue.open_view(parties.database, north["official"], other.case.id)
    assert (told.is_blind, told.case.reason, told.document.verdict) == (False, "control", "verified")


def test_without_control_a_verified_letter_awaits_nobody(parties: Parties) -> None:
    assert not parties.has_case(parties.genuine(parties.north))


def test_records_that_make_a_flagged_letter_good_close_its_case(parties: Parties) -> None:
    claim = parties.fresh_claim(parties.north)
    document = parties.upload(parties.north, claim)
    parties.work()
    parties.put_records(parties.north, claim, "AP-late")
    parties.work()
    assert parties.case_of(parties.north, document).case.state == "closed"
