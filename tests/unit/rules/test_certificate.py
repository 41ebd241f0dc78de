"""Registration certificates: compared with the record, never verified by the machine, taken over by an official."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.rules import builders as b
from verifier.cases.certified_record import Confirmation, record_of_certificate
from verifier.errors import InvalidInputError
from verifier.examination import Examination
from verifier.letter import Kind
from verifier.record import Records
from verifier.report import Outcome, Report, Verdict
from verifier.second_pass import Examined, judge_applications, judge_documents

EXPORTER = "天津远航贸易有限公司"
OFFICE = b.seal(text="天津市公安局交通警察支队", comparison=None)


def certificate(**changes: Any) -> Examination:
    """Return what is seen in a certificate that agrees with the record."""
    letter = replace(
        b.letter(),
        kind=Kind.REGISTRATION_CERTIFICATE,
        issuer=None,
        owner=b.field(EXPORTER),
        manufacturer=b.field(b.MAKER),
        mortgaged=b.field("no"),
    )
    return b.examination(sha256="d" * 64, letter=replace(letter, **changes), seals=(OFFICE,))


def outcomes(report: Report) -> dict[str, Outcome]:
    """Return each check's last outcome."""
    return {check.id: check.outcome for check in report.checks}


def test_agreeing_certificate_still_goes_to_an_official() -> None:
    report = b.judge(certificate())
    assert report.verdict is Verdict.FLAGGED
    assert [c.id for c in report.checks if c.outcome in (Outcome.FAIL, Outcome.UNSURE)] == ["certificate.seal"]


CASES: list[tuple[str, Outcome, Examination]] = [
    ("certificate.owner", Outcome.FAIL, certificate(owner=b.field("别家公司"))),
    ("certificate.owner", Outcome.UNSURE, certificate(owner=None)),
    ("certificate.mortgage", Outcome.FAIL, certificate(mortgaged=b.field("yes"))),
    (
        "certificate.mortgage",
        Outcome.UNSURE,
        certificate(mortgaged=None, vehicles=(b.vehicle(transfer_date=None),)),
    ),
    ("certificate.mortgage", Outcome.PASS, certificate(mortgaged=None)),
    ("certificate.seal", Outcome.UNSURE, replace(certificate(), seals=())),
    ("certificate.seal", Outcome.UNSURE, replace(certificate(), seals=(b.seal(text="北辰汽车有限公司"),))),
    ("record.brand", Outcome.FAIL, certificate(vehicles=(b.vehicle(brand=b.field("南江牌")),))),
    ("record.model", Outcome.FAIL, certificate(vehicles=(b.vehicle(model=b.field("BC7002B")),))),
    ("record.manufacturer", Outcome.FAIL, certificate(manufacturer=b.field("南江汽车有限公司"))),
    ("record.manufacturer", Outcome.UNSURE, certificate(manufacturer=None)),
    (
        "record.registration_date",
        Outcome.FAIL,
        certificate(vehicles=(b.vehicle(registration_date=b.field("2025-12-21")),)),
    ),
    (
        "record.transfer_date",
        Outcome.FAIL,
        certificate(vehicles=(b.vehicle(transfer_date=b.field("2026-01-11")),)),
    ),
]


@pytest.mark.parametrize(("identity", "outcome", "seen"), CASES)
def test_each_row_says_what_does_not_agree(identity: str, outcome: Outcome, seen: Examination) -> None:
    assert outcomes(b.judge(seen))[identity] is outcome


@pytest.mark.parametrize(("mortgaged", "verdict"), [("no", Verdict.VERIFIED), ("yes", Verdict.FLAGGED)])
def test_open_pledge_flags_the_application(mortgaged: str, verdict: Verdict) -> None:
    documents = [Examined("a.pdf", b.examination()), Examined("b.pdf", certificate(mortgaged=b.field(mortgaged)))]
    records = Records((b.record(),))
    reports = judge_documents(documents, (), records, b.registry(), b.ON)
    (report,) = judge_applications(["AP1"], zip(documents, reports, strict=True), records, b.registry(), b.ON)
    assert (report.vehicles[0].status, report.verdict) == ("covered", verdict)


# --- taken over as a record -------------------------------------------------------------------------------


def test_confirmed_certificate_becomes_a_record() -> None:
    values = {"applicant": EXPORTER, "application_number": "AP7", "export_country": "KZ"}
    record = record_of_certificate(certificate(), Confirmation("office 3", values))
    assert (record.vin, record.brand, record.model, record.manufacturer) == (b.VIN, "北辰牌", "BC7001A", b.MAKER)
    assert (record.registration_date, record.transfer_date) == (date(2025, 12, 20), date(2026, 1, 10))
    assert (record.owner, record.applicant, record.application_number) == (EXPORTER, EXPORTER, "AP7")


def test_official_corrects_what_was_misread() -> None:
    seen = certificate(manufacturer=None, vehicles=(b.vehicle(b.field(b.VIN[:-1] + "8")),))
    with pytest.raises(InvalidInputError, match="vin"):
        record_of_certificate(seen, Confirmation("office 3", {"manufacturer": b.MAKER}))
    corrected = Confirmation("office 3", {"manufacturer": b.MAKER, "vin": b.VIN, "registration_date": "2025-12-21"})
    record = record_of_certificate(seen, corrected)
    assert (record.vin, record.registration_date) == (b.VIN, date(2025, 12, 21))


@pytest.mark.parametrize(
    ("seen", "confirmation", "says"),
    [
        (b.examination(), Confirmation("office 3"), "no registration certificate"),
        (certificate(), Confirmation(" "), "official"),
        (certificate(owner=None), Confirmation("office 3"), "owner"),
        (certificate(owner=b.field("天", doubt="ambiguous")), Confirmation("office 3"), "owner"),
        (certificate(), Confirmation("office 3", {"colour": "white"}), "colour"),
        (certificate(), Confirmation("office 3", {"transfer_date": "tomorrow"}), "transfer_date"),
    ],
)
def test_record_never_rests_on_a_guess(seen: Examination, confirmation: Confirmation, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says):
        record_of_certificate(seen, confirmation)
