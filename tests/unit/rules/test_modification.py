"""Proofs of modification: each row of the contract, broken alone, says so; the notice judges the vehicle's papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.unit.rules import builders as b
from verifier.examination import Examination, Likeness, SealComparison
from verifier.letter import Kind, VehicleClaim
from verifier.record import Announcement, CccCertificate, Maker, Records, Registry, VehicleRecord
from verifier.report import MANDATORY_PROOF_CHECKS, ApplicationReport, Outcome, Report, Verdict, conclude
from verifier.rules.checklist import Checklist, Item, checklist
from verifier.second_pass import Examined, judge_applications, judge_documents

MODIFIER = "安平顺驰专用汽车有限公司"
OF_PRODUCT = ("chassis_brand", "chassis_model", "modified_brand", "modified_model")
PRODUCT = {"brand": "顺驰牌", "model": "SC5030XLC"}


def proof(**changes: Any) -> Examination:
    """Return what is seen in a faultless proof."""
    letter = replace(
        b.letter(),
        kind=Kind.MODIFICATION_PROOF,
        issuer=b.field(MODIFIER),
        vehicles=(VehicleClaim(b.field(b.VIN)),),
        chassis_brand=b.field("北辰牌"),
        chassis_model=b.field("BC1030D6"),
        modified_brand=b.field("顺驰牌"),
        modified_model=b.field("SC5030XLC"),
        announcement=b.field("第402批"),
        ccc_certificate=b.field("2025011101234567"),
    )
    seal = b.seal(text=MODIFIER, comparison=SealComparison(MODIFIER, "modifier", Likeness.SAME, "same", 0.97))
    return b.examination(sha256="c" * 64, letter=replace(letter, **changes), seals=(seal,))


def record(**changes: Any) -> VehicleRecord:
    """Return the record of the modified vehicle, 45 days old."""
    modified = b.record(
        **PRODUCT,
        manufacturer=MODIFIER,
        chassis_manufacturer=b.MAKER,
        chassis_brand="北辰牌",
        chassis_model="BC1030D6",
        modified_brand="顺驰牌",
        modified_model="SC5030XLC",
        announcement="402",
        ccc_certificate="2025011101234567",
        registration_date=date(2025, 12, 11),
    )
    return replace(modified, **changes)


def registry(**changes: Any) -> Registry:
    """Return an office that knows modifier, product and certificate."""
    makers = (Maker(b.MAKER), Maker(MODIFIER, kind="modified"))
    known = b.registry(
        makers=makers,
        registered=makers,
        specimens=(b.specimen(), b.specimen(manufacturer=MODIFIER, sha256="modifier")),
        announcements=(Announcement("第402批", "顺驰", "SC5030XLC"),),
        ccc=(
            CccCertificate("2025011101234567", MODIFIER, "顺驰牌", "SC5030XLC", date(2025, 1, 1), date(2029, 12, 31)),
        ),
    )
    return replace(known, **changes)


def judge(seen: Examination | None = None, held: VehicleRecord | None = None, known: Registry | None = None) -> Report:
    """Return the report on a proof; what is not given is faultless."""
    return b.judge(seen or proof(), (held or record(),), known or registry())


def test_faultless_proof_is_verified() -> None:
    report = judge()
    assert report.verdict is Verdict.VERIFIED, [c for c in report.checks if c.outcome in ("fail", "unsure")]


OTHER_PRODUCT = Announcement("402", "顺驰", "SC5041")
EXPIRED = CccCertificate("2025011101234567", MODIFIER, "", "", None, date(2025, 12, 31))
CASES: list[tuple[str, str, Callable[[], Report]]] = [
    ("record.modification", "fail", lambda: judge(proof(chassis_brand=b.field("南江牌")))),
    ("record.modification", "fail", lambda: judge(proof(chassis_model=b.field("BC1030D7")))),
    ("record.modification", "fail", lambda: judge(proof(modified_brand=b.field("凯达牌")))),
    ("record.modification", "fail", lambda: judge(proof(modified_model=b.field("SC5030XLD")))),
    ("record.modification", "unsure", lambda: judge(proof(modified_model=None))),
    ("record.modification", "unsure", lambda: judge(proof(chassis_model=b.field("BC1030D6", doubt="ambiguous")))),
    ("record.modification", "unsure", lambda: judge(held=b.record())),
    ("record.manufacturer", "unsure", lambda: judge(proof(issuer=b.field(b.MAKER)))),
    ("record.found", "fail", lambda: judge(proof(vehicles=(VehicleClaim(b.field("LFV2A21J970002020")),)))),
    ("notice.announcement", "fail", lambda: judge(proof(announcement=None), record(announcement=None))),
    ("notice.announcement", "unsure", lambda: judge(proof(announcement=b.field("第401批")))),
    ("notice.announcement", "unsure", lambda: judge(known=registry(announcements=None))),
    (
        "notice.announcement",
        "unsure",
        lambda: judge(known=registry(announcements=(Announcement("402", "顺驰", "SC5041"),))),
    ),
    ("notice.announcement", "unsure", lambda: judge(known=registry(announcements=()))),
    ("notice.ccc", "fail", lambda: judge(proof(ccc_certificate=None), record(ccc_certificate=None))),
    ("notice.ccc", "unsure", lambda: judge(known=registry(ccc=None))),
    ("notice.ccc", "unsure", lambda: judge(known=registry(ccc=()))),
    (
        "notice.ccc",
        "unsure",
        lambda: judge(
            known=registry(ccc=(CccCertificate("2025011101234567", MODIFIER, "", "", None, date(2025, 12, 31)),))
        ),
    ),
    ("seal.present", "fail", lambda: judge(replace(proof(), seals=()))),
    ("seal.specimen", "unsure", lambda: judge(known=registry(specimens=(b.specimen(),)))),
    ("vin.check_digit", "fail", lambda: judge(proof(vehicles=(VehicleClaim(b.field(b.VIN[:-1] + "8")),)))),
]


@pytest.mark.parametrize(("identity", "outcome", "broken"), CASES)
def test_each_row_broken_alone_says_so_and_flags(identity: str, outcome: str, broken: Callable[[], Report]) -> None:
    report = broken()
    assert outcome in {check.outcome.value for check in b.rows(report, identity)}
    assert report.verdict is Verdict.FLAGGED


@pytest.mark.parametrize("identity", sorted(MANDATORY_PROOF_CHECKS))
def test_verified_proof_rests_on_every_mandatory_check(identity: str) -> None:
    checks = tuple(check for check in judge().checks if check.id != identity)
    assert conclude(checks, mandatory=MANDATORY_PROOF_CHECKS) is Verdict.FLAGGED


def test_letter_of_a_modified_vehicle_is_compared_with_the_chassis() -> None:
    letter = b.letter(vehicles=(b.vehicle(model=b.field("BC1030D6"), registration_date=b.field("2025-12-11")),))
    assert b.judge(b.examination(letter=letter), (record(),), registry()).verdict is Verdict.VERIFIED


def test_letter_by_a_modifier_is_refused() -> None:
    seal = b.seal(text=MODIFIER, comparison=SealComparison(MODIFIER, "modifier", Likeness.SAME, "same", 0.97))
    seen = b.examination(letter=b.letter(issuer=b.field(MODIFIER)), seals=(seal,))
    report = b.judge(seen, (record(),), registry())
    assert {check.outcome for check in b.rows(report, "letter.issuer")} == {Outcome.FAIL}


# --- applications -----------------------------------------------------------------------------------------

LETTER = b.examination(
    letter=b.letter(vehicles=(b.vehicle(model=b.field("BC1030D6"), registration_date=b.field("2025-12-11")),))
)


def applied(held: VehicleRecord, *seen: Examination, known: Registry | None = None) -> ApplicationReport:
    """Return the report on AP1 with these documents."""
    records, office = Records((held,)), known or registry()
    documents = [Examined(f"{k}.pdf", one) for k, one in enumerate(seen)]
    reports = judge_documents(documents, (), records, office, b.ON)
    (report,) = judge_applications(["AP1"], zip(documents, reports, strict=True), records, office, b.ON)
    return report


@pytest.mark.parametrize(
    ("days", "seen", "status", "verdict"),
    [
        (45, (LETTER, proof()), "covered", "verified"),
        (45, (LETTER,), "covered", "flagged"),
        (45, (proof(),), "missing", "flagged"),
        (180, (proof(),), "missing", "flagged"),
        (181, (proof(),), "not_required", "verified"),
        (181, (), "not_required", "flagged"),
    ],
)
def test_modified_vehicle_needs_letter_and_proof_or_proof_alone(
    days: int, seen: tuple[Examination, ...], status: str, verdict: str
) -> None:
    held = record(registration_date=date(2026, 1, 25) - timedelta(days=days))
    report = applied(held, *seen)
    assert (report.vehicles[0].status, report.verdict) == (status, verdict)


def test_missing_paper_is_unsure_until_the_checklist_is_confirmed() -> None:
    (row,) = [c for c in applied(record(), LETTER).vehicles[0].checks if c.id == "notice.modification_documents"]
    assert (row.outcome, row.reason) == (Outcome.UNSURE, "missing")
    assert not checklist().confirmed


def test_disputed_proof_leaves_the_papers_disputed() -> None:
    report = applied(record(), LETTER, proof(chassis_brand=b.field("南江牌")))
    (row,) = [c for c in report.vehicles[0].checks if c.id == "notice.modification_documents"]
    assert (row.outcome, row.reason) == (Outcome.UNSURE, "disputed")


def test_office_without_its_own_checklist_takes_the_default() -> None:
    assert checklist("nowhere") == checklist() == Checklist(checklist().items, confirmed=False)


def test_items_are_known_by_kind_or_by_words_at_the_top() -> None:
    by_words = Item("page", "page", "公告页", frozenset(), ("公告页",))
    page = b.page()
    line = replace(page.lines[0], text="产品公告页", edges=(0.1,) * 6, character_confidences=(0.9,) * 5)
    assert by_words.is_met_by(b.examination(pages=(replace(page, lines=(line,)),)))
    assert not by_words.is_met_by(b.examination())
    assert checklist().items[0].is_met_by(proof())


def test_letter_and_proof_of_one_vehicle_do_not_contradict_each_other() -> None:
    documents = [Examined("a.pdf", LETTER), Examined("b.pdf", proof())]
    reports = judge_documents(documents, (), Records((record(),)), registry(), b.ON)
    assert [report.verdict for report in reports] == [Verdict.VERIFIED, Verdict.VERIFIED]
