"""Which vehicle of an application needs a letter, and whether one covers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.rules import builders as b
from verifier.record import Records
from verifier.report import ApplicationReport, Verdict
from verifier.rules.applications import Document, judge_application
from verifier.second_pass import Examined, judge_applications, judge_documents

APPLIED = date(2026, 5, 20)
OTHER_VIN = "LFV2A21J970002020"


def judged(*records: object, letters: tuple[Examined, ...] = ()) -> ApplicationReport:
    """Return the report on application AP1."""
    known = Records(tuple(records))  # type: ignore[arg-type]  # records of the builders
    reports = judge_documents(letters, (), known, b.registry(), b.ON)
    (report,) = judge_applications(["AP1"], zip(letters, reports, strict=True), known, b.registry(), b.ON)
    return report


LETTER = Examined("a.pdf", b.examination())


@pytest.mark.parametrize(
    ("days", "status"), [(0, "missing"), (179, "missing"), (180, "missing"), (181, "not_required"), (-1, "official")]
)
def test_letter_is_needed_from_day_0_to_180(days: int, status: str) -> None:
    registered = APPLIED - timedelta(days=days)
    record = b.record(registration_date=registered, application_date=APPLIED, transfer_date=APPLIED)
    (vehicle,) = judged(record).vehicles
    assert (vehicle.status, vehicle.age_days) == (status, days)


def test_leap_day_counts_as_a_day() -> None:
    record = b.record(registration_date=date(2027, 12, 1), application_date=date(2028, 5, 29))
    assert judged(record).vehicles[0].age_days == 180


def test_undisputed_letter_covers() -> None:
    report = judged(b.record(), letters=(LETTER,))
    assert [v.status for v in report.vehicles] == ["covered"]
    assert report.verdict is Verdict.VERIFIED


def test_flagged_letter_covers_nothing() -> None:
    flagged = replace(LETTER, seen=b.examination(seals=()))
    report = judged(b.record(), letters=(flagged,))
    assert report.verdict is Verdict.FLAGGED
    assert report.vehicles[0].status == "official"


def test_one_vehicle_without_letter_flags_the_application() -> None:
    report = judged(b.record(), b.record(vin=OTHER_VIN), letters=(LETTER,))
    assert [v.status for v in report.vehicles] == ["covered", "missing"]
    assert report.verdict is Verdict.FLAGGED


def test_transitional_vehicle_goes_to_an_official() -> None:
    report = judged(b.record(transfer_date=date(2025, 12, 31)))
    assert report.vehicles[0].status == "transitional"
    assert report.verdict is Verdict.FLAGGED


def test_before_the_notice_nothing_is_needed() -> None:
    record = b.record(application_date=date(2025, 12, 31), registration_date=date(2025, 12, 1))
    assert judged(record).vehicles[0].status == "not_required"


def test_pre_check_is_judged_on_the_day_given() -> None:
    record = b.record(application_date=None, registration_date=b.ON - timedelta(days=10))
    assert judged(record).vehicles[0].age_days == 10


def test_declared_data_must_equal_the_certificate() -> None:
    assert judged(b.record(applied_model="BC7001A"), letters=(LETTER,)).verdict is Verdict.VERIFIED
    assert judged(b.record(applied_model="BC7001B"), letters=(LETTER,)).verdict is Verdict.FLAGGED


def test_order_of_documents_changes_nothing() -> None:
    seen = b.examination(
        sha256="b" * 64, letter=b.letter(number=b.field("BC-2026-002"), vehicles=(b.vehicle(b.field(OTHER_VIN)),))
    )
    letters = (LETTER, Examined("b.pdf", seen))
    records = b.record(), b.record(vin=OTHER_VIN)
    assert judged(*records, letters=letters) == judged(*records, letters=letters[::-1])


def test_letter_that_was_not_compared_with_the_application_covers_nothing() -> None:
    seen = b.examination()
    elsewhere = replace(b.judge(seen), applications=("AP2",))
    report = judge_application("AP1", Records((b.record(),)), (Document(seen, elsewhere),), b.ON, b.registry())
    assert report.vehicles[0].status == "official"
