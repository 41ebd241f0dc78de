"""What exporters and makers filed over time: counted, never decided."""

from __future__ import annotations

from samples.filings import filings
from tests.proofs.filed import judged_sets, office_of
from tests.unit.rules import builders as b
from verifier.cases.enterprise import EnterpriseHistory, enterprise_histories, negative_list
from verifier.record import Records
from verifier.report import Verdict
from verifier.second_pass import Examined, judge_applications, judge_documents


def histories(*records: object) -> dict[str, EnterpriseHistory]:
    """Return the histories by name after one letter was filed for these records."""
    held = Records(tuple(records))  # type: ignore[arg-type]  # records of the builders
    documents = [Examined("a.pdf", b.examination())]
    reports = judge_documents(documents, (), held, b.registry(), b.ON)
    pairs = zip(documents, reports, strict=True)
    applications = judge_applications(held.application_numbers, pairs, held, b.registry(), b.ON)
    return {one.name: one for one in enterprise_histories(reports, applications, held)}


def test_faultless_filing_leaves_no_mismatch() -> None:
    found = histories(b.record())
    assert {(one.role, name) for name, one in found.items()} == {
        ("exporter", "天津远航贸易有限公司"),
        ("manufacturer", b.MAKER),
    }
    assert all(one.mismatches == () and one.repeated == () for one in found.values())
    assert found["天津远航贸易有限公司"].applications == 1


def test_mismatches_stand_by_month_and_kind() -> None:
    exporter = histories(b.record(applied_model="BC9999"))["天津远航贸易有限公司"]
    rows = {(m.month, m.check): m.filings for m in exporter.mismatches}
    assert rows == {("2026-01", "notice.application_matches_certificate"): 1}
    assert dict(exporter.negative_items)["against_the_rules"] == 1
    assert exporter.repeated == ()


def test_the_same_mismatch_again_is_repeated() -> None:
    second = b.record(vin="LFV2A21J970002020", application_number="AP2", applied_model="BC9999")
    exporter = histories(b.record(applied_model="BC9999"), second)["天津远航贸易有限公司"]
    assert exporter.repeated == ("notice.application_matches_certificate",)


def test_histories_do_not_depend_on_the_order_of_filing_and_decide_nothing() -> None:
    sets = filings(40, 8)
    records, _ = office_of(sets)
    straight, mixed = judged_sets(sets), judged_sets(sets, shuffled=3)
    verdicts = [report.verdict for report in straight.applications]
    found = enterprise_histories(straight.documents, straight.applications, records)
    assert found == enterprise_histories(mixed.documents, mixed.applications, records)
    assert [report.verdict for report in straight.applications] == verdicts
    assert Verdict.FLAGGED in verdicts


def test_two_items_of_the_negative_list_are_known_and_none_is_confirmed() -> None:
    assert [item.id for item in negative_list()] == ["false_condition", "against_the_rules"]
