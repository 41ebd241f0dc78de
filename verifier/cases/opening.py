"""When a person must look: cases are opened with the judgement that calls for one, in its transaction."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from verifier.report import Check, Outcome, Report, Verdict
from verifier.store import blind as blind_cases
from verifier.store import cases, people
from verifier.store import documents as uploads
from verifier.store.cases import CaseVehicle, NewCase, StoredCase
from verifier.store.clock import now
from verifier.store.database import Database
from verifier.store.documents import StoredUpload

WHOLE = ""
"""Stands for the vehicle of a document that names none."""
RISK = {Outcome.FAIL: {"high": 100, "medium": 30, "low": 10}, Outcome.UNSURE: {"high": 8, "medium": 4, "low": 1}}
"""What a check adds to a case's risk: one serious fail outweighs whatever is merely unsure (chosen, not measured)."""
FORGERY_RISK = 200
FORGERY_CHECKS = frozenset(
    [
        "document.duplicate", "document.page_reuse", "document.text_layer", "document.overlay", "document.signature",
        "letter.number_reuse", "vin.reuse", "vin.homoglyph", "seal.reuse", "seal.specimen", "seal.text",
    ]
)  # fmt: skip
"""Checks whose failing tells of intent rather than of a slip."""
EARLIER_RISK = 1000
"""What was decided and now fails comes first: a licence may be out already."""
_chance = random.SystemRandom()


def open_after(
    connection: Connection,
    upload: StoredUpload,
    reports: Sequence[Report],
    uncorrected: Sequence[Report],
    version: int,
    control_share: float,
) -> None:
    """Open, refresh or close the document's case, as its newest judgement asks; decisions are never touched.

    `uncorrected` are the reports on what the machine read, where an official corrected it. `upload` is the row
    before the judgement.
    """
    office = people.office_of(connection, upload.owner)
    if office is None:  # nobody logs in here, so nobody decides
        return
    if uploads.document_row(connection, upload.id).state == uploads.DELETED:
        return
    vehicles, at = vehicles_of(reports, uncorrected), now(connection)
    verified = all(report.verdict is Verdict.VERIFIED for report in reports)
    undecided = cases.undecided_case(connection, upload.id)
    if undecided is not None:
        _renew(connection, undecided, vehicles, risk_of(reports), version, verified=verified)
        return
    decided = cases.decisions_on(connection, upload.id)
    if any(one.state == cases.FINAL for one in decided):
        if not has_new_fail(vehicles, decided):
            return
        reason, risk, blind = cases.DECIDED_EARLIER, EARLIER_RISK + risk_of(reports), False
    elif not verified:
        reason, risk, blind = cases.FLAGGED, risk_of(reports), _chance.random() < control_share
    elif upload.verdict != Verdict.VERIFIED.value and _chance.random() < control_share:
        reason, blind = cases.CONTROL, True
        risk = blind_cases.typical_risk(connection, office, _chance.random()) or 0  # its place must not betray it
    else:
        return
    cases.open_case(connection, NewCase(upload.id, office, reason, blind, risk, version), vehicles, at)


def reopen_decided(database: Database, sha256: str, failing: Iterable[str]) -> int:
    """Open a case *decided earlier* for every decided document with some content that now fails otherwise.

    `failing` names checks that fail now; those that failed when it was decided are no news. Returns how many were
    opened; the decision itself stands.
    """
    opened, now_failing = 0, tuple(sorted(set(failing)))
    with database.transaction() as connection:
        for upload in uploads.uploads_of(connection, [sha256]):
            decided = cases.decisions_on(connection, upload.id)
            standing = sorted({one.vin for one in decided if one.state == cases.FINAL})
            vehicles = tuple(CaseVehicle(vin, now_failing) for vin in standing)
            office = people.office_of(connection, upload.owner)
            if office is None or not has_new_fail(vehicles, decided):
                continue
            new = NewCase(upload.id, office, cases.DECIDED_EARLIER, False, EARLIER_RISK, upload.report_version)
            opened += cases.open_case(connection, new, vehicles, now(connection)) is not None
    return opened


def _renew(
    connection: Connection,
    case: StoredCase,
    vehicles: Sequence[CaseVehicle],
    risk: int,
    version: int,
    *,
    verified: bool,
) -> None:
    is_free = case.state == cases.OPEN and (case.held_until or 0.0) < now(connection)
    if verified and is_free and case.reason == cases.FLAGGED and not any(v.failing for v in vehicles):
        cases.change(connection, case.id, state=cases.CLOSED, closed_at=now(connection), report_version=version)
        return
    kept = case.risk if case.reason == cases.CONTROL else risk + EARLIER_RISK * (case.reason == cases.DECIDED_EARLIER)
    cases.refresh_case(connection, case.id, vehicles, risk=kept, report_version=version)


def has_new_fail(vehicles: Iterable[CaseVehicle], decided: Iterable[cases.StoredDecision]) -> bool:
    """Return whether a check fails that did not when the vehicle was decided last."""
    known: dict[str, frozenset[str]] = {}
    for decision in decided:  # oldest first: the last one stands
        if decision.state == cases.FINAL:
            known[decision.vin] = frozenset(decision.failing)
    everything = frozenset[str]().union(*known.values())
    return any(set(vehicle.failing) - known.get(vehicle.vin, everything) for vehicle in vehicles)


def vehicles_of(reports: Sequence[Report], uncorrected: Sequence[Report] = ()) -> tuple[CaseVehicle, ...]:
    """Return what is to be decided: every vehicle with the checks that fail for it or for the whole document.

    A fail that went away because somebody corrected the reading counts on: one person alone must not argue it away.
    """
    vins = sorted({vin for report in reports for vin in _vins(report)}) or [WHOLE]
    failing = [check for report in reports for check in report.checks if check.outcome is Outcome.FAIL]
    now_failing = {check.id for check in failing}
    argued_away = sorted(
        {
            f"corrected: {check.id}"
            for report in uncorrected
            for check in report.checks
            if check.outcome is Outcome.FAIL and check.id not in now_failing
        }
    )
    return tuple(CaseVehicle(vin, (*sorted({c.id for c in failing if _bears_on(c, vin, vins)}), *argued_away))
                 for vin in vins)  # fmt: skip


def _bears_on(check: Check, vin: str, vins: Sequence[str]) -> bool:
    about = (check.subject or {}).get("vin")
    return about is None or about == vin or about not in vins


def _vins(report: Report) -> list[str]:
    return [vehicle["vin"].value for vehicle in report.fields.get("vehicles", ()) if vehicle.get("vin")]


def risk_of(reports: Iterable[Report]) -> int:
    """Return how urgently somebody should look: the sum over what fails or is unsure."""
    checks = [check for report in reports for check in report.checks]
    weights = [RISK.get(check.outcome, {}).get(check.severity, 0) for check in checks]
    forged = {check.id for check in checks if check.outcome is Outcome.FAIL} & FORGERY_CHECKS
    return sum(weights) + FORGERY_RISK * len(forged)
