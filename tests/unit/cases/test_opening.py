"""What is to be decided in a case, how urgently, and what is news on something decided."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.rules import builders as b
from verifier.cases.opening import EARLIER_RISK, has_new_fail, risk_of, vehicles_of
from verifier.history import History
from verifier.report import Check, Outcome, Report
from verifier.store.cases import CaseVehicle, StoredDecision

OTHER = "1M8GDM9AXKP042788"


def report_with(*checks: Check, vins: tuple[str, ...] = (b.VIN,)) -> Report:
    """Return a report on these vehicles with exactly these checks."""
    letter = b.letter(vehicles=tuple(b.vehicle(b.field(vin)) for vin in vins))
    return replace(b.judge(b.examination(letter=letter), history=History()), checks=checks)


def fail(identity: str, **subject: str) -> Check:
    """Return a failing check, about one subject or the whole document."""
    return Check(identity, Outcome.FAIL, dict(subject) or None, severity="high")


def decided(vin: str, *failing: str, state: str = "final") -> StoredDecision:
    """Return a ruling on a vehicle that was made over these failing checks."""
    return StoredDecision(1, 1, vin, "approve", state, "", "", 1, failing, "p", 1.0, None, None, None, 1.0, None, None)


def test_each_vehicle_has_the_fails_about_it_and_about_the_whole_document() -> None:
    report = report_with(fail("record.brand", vin=OTHER), fail("seal.kind"), vins=(b.VIN, OTHER))
    assert vehicles_of([report]) == (
        CaseVehicle(OTHER, ("record.brand", "seal.kind")),
        CaseVehicle(b.VIN, ("seal.kind",)),
    )


def test_a_document_without_vehicles_is_decided_as_a_whole() -> None:
    assert vehicles_of([report_with(fail("letter.vehicles"), vins=())]) == (CaseVehicle("", ("letter.vehicles",)),)


def test_a_fail_that_a_correction_removed_counts_on_whatever_vehicle_it_was_about() -> None:
    now, before = report_with(), report_with(fail("vin.check_digit", vin=OTHER), fail("seal.kind"))
    assert vehicles_of([now], [before]) == (CaseVehicle(b.VIN, ("corrected: seal.kind", "corrected: vin.check_digit")),)
    assert vehicles_of([before], [before])[0].failing == ("seal.kind", "vin.check_digit")


def test_one_serious_fail_outweighs_much_doubt_and_forgery_outweighs_both() -> None:
    unsure = Check("letter.number", Outcome.UNSURE, severity="medium")
    doubtful = risk_of([report_with(*[unsure] * 20)])
    failing, forged = risk_of([report_with(fail("record.found"))]), risk_of([report_with(fail("seal.reuse"))])
    assert risk_of([report_with(Check("seal.kind", Outcome.NOTE))]) == 0
    assert doubtful < failing < forged < EARLIER_RISK


def test_news_is_what_did_not_fail_when_it_was_decided_last() -> None:
    seen = [CaseVehicle(b.VIN, ("vin.reuse",))]
    assert has_new_fail(seen, [decided(b.VIN)])
    assert not has_new_fail(seen, [decided(b.VIN, "vin.reuse")])
    assert has_new_fail(seen, [decided(b.VIN, "vin.reuse"), decided(b.VIN, "seal.kind")])
    assert has_new_fail(seen, [decided(b.VIN), decided(b.VIN, "vin.reuse", state="withdrawn")])
    assert not has_new_fail([CaseVehicle(OTHER, ("vin.reuse",))], [decided(b.VIN, "vin.reuse")])
