"""Documents judged together: order changes nothing, a file's parts stand for themselves, letters serve several."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from samples.filings import Filing, filings
from tests.proofs.filed import judged_sets
from tests.proofs.prove_08 import same_reports
from tests.unit.rules import builders as b
from verifier.record import Records
from verifier.report import ApplicationReport, Outcome, Report, Verdict
from verifier.second_pass import Examined, judge_applications, judge_documents

OTHER_VIN = "LFV2A21J970002020"


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 500), st.integers(0, 10_000))
def test_order_of_documents_and_records_changes_nothing(first: int, shuffle: int) -> None:
    sets = _some(first)
    assert same_reports(judged_sets(sets), judged_sets(sets, shuffled=shuffle))


def _some(first: int) -> list[Filing]:
    everything = _everything()
    return [everything[(first + 7 * step) % len(everything)] for step in range(6)]


@lru_cache(maxsize=1)
def _everything() -> list[Filing]:
    return filings(60, 8)


def test_sets_get_the_reports_they_must() -> None:
    sets = _everything()
    judged = judged_sets(sets)
    for filing, report in zip(sets, judged.applications, strict=True):
        assert report.verdict == filing.verdict, filing.name
        assert {v.vin: str(v.status) for v in report.vehicles} == dict(filing.statuses), filing.name


def judged(documents: list[Examined], records: Records) -> tuple[tuple[Report, ...], dict[str, ApplicationReport]]:
    """Return document reports, and application reports by number."""
    reports = judge_documents(documents, (), records, b.registry(), b.ON)
    numbers = records.application_numbers
    pairs = zip(documents, reports, strict=True)
    applications = judge_applications(numbers, pairs, records, b.registry(), b.ON)
    return reports, dict(zip(numbers, applications, strict=True))


def test_two_letters_of_one_file_with_one_number_contradict_each_other() -> None:
    first = b.examination(part_of=2)
    second = b.examination(part_index=2, part_of=2, letter=b.letter(vehicles=(b.vehicle(b.field(OTHER_VIN)),)))
    records = Records((b.record(), b.record(vin=OTHER_VIN)))
    reports, _ = judged([Examined("a.pdf", first), Examined("a.pdf", second)], records)
    for report in reports:
        assert {c.outcome for c in b.rows(report, "letter.number_reuse")} == {Outcome.FAIL}


def test_parts_of_a_file_are_judged_apart() -> None:
    good = b.examination(part_of=2)
    letter = b.letter(number=b.field("BC-2026-002"), vehicles=(b.vehicle(b.field(OTHER_VIN)),))
    bad = b.examination(part_index=2, part_of=2, letter=letter, seals=())
    records = Records((b.record(), b.record(vin=OTHER_VIN)))
    reports, applications = judged([Examined("a.pdf", good), Examined("a.pdf", bad)], records)
    assert [report.verdict for report in reports] == [Verdict.VERIFIED, Verdict.FLAGGED]
    assert [report.document.part.index for report in reports] == [1, 2]
    assert [v.status for v in applications["AP1"].vehicles] == ["covered", "official"]


def _two_applications(country: str) -> tuple[Examined, Records]:
    """Return a letter filed with AP1 that names a vehicle of AP2 as well."""
    both = (b.vehicle(), b.vehicle(b.field(OTHER_VIN)))
    document = Examined("a.pdf", b.examination(letter=b.letter(vehicles=both)), "AP1")
    second = b.record(vin=OTHER_VIN, application_number="AP2", export_country=country)
    return document, Records((b.record(), second))


def test_letter_filed_with_one_application_serves_another() -> None:
    document, records = _two_applications("KZ")
    _, applications = judged([document], records)
    assert [applications[n].vehicles[0].status for n in ("AP1", "AP2")] == ["covered", "covered"]


def test_letter_filed_with_one_application_does_not_serve_one_for_another_country() -> None:
    document, records = _two_applications("RU")
    _, applications = judged([document], records)
    assert [applications[n].vehicles[0].status for n in ("AP1", "AP2")] == ["covered", "official"]
    assert applications["AP2"].verdict is Verdict.FLAGGED


def test_vehicle_with_a_missing_date_is_no_uncovered_one() -> None:
    _, applications = judged([], Records((b.record(registration_date=None),)))
    report = applications["AP1"]
    assert report.vehicles[0].status == "official"
    assert {c.outcome for c in report.checks if c.id == "record.all_vehicles"} == {Outcome.PASS}


def test_declared_value_without_a_certificates_is_for_a_person() -> None:
    record = b.record(transfer_date=None, applied_transfer_date=b.record().transfer_date)
    document = Examined("a.pdf", b.examination(letter=b.letter(vehicles=(replace(b.vehicle(), transfer_date=None),))))
    _, applications = judged([document], Records((record,)))
    (row,) = [c for c in applications["AP1"].vehicles[0].checks if c.id == "notice.dates_declared"]
    assert (row.outcome, row.reason) == (Outcome.UNSURE, "no_record")
