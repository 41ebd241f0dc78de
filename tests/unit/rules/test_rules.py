"""A faultless letter is verified; each row of the contract, broken alone, says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.unit.rules import builders as b
from tests.unit.rules.test_signing import signed
from verifier.examination import Examination, Finding, Likeness, SealComparison
from verifier.history import History
from verifier.letter import Kind, Reading, ServiceOutlet
from verifier.match import trace_of
from verifier.page import Box, Source
from verifier.record import Maker, SpecimenStatus
from verifier.report import MANDATORY_CHECKS, Outcome, Report, Verdict, conclude
from verifier.rules.catalogue import catalogue

OTHER = "南江汽车有限公司"
UNIT = "北辰汽车销售有限公司"


def _letter(**changes: object) -> Examination:
    return b.examination(letter=b.letter(**changes))


def _bound_for(*countries: str, together: bool) -> Examination:
    """Return a letter that names destinations, none of them for one vehicle."""
    named = tuple(b.field(country) for country in countries)
    return _letter(export_country=None, export_countries=named, destinations_together=together)


def _vehicle(**changes: object) -> Examination:
    return _letter(vehicles=(b.vehicle(**changes),))


def _seal(**changes: object) -> Examination:
    return b.examination(seals=(b.seal(**changes),))


def _finding(code: str, field: str | None = "issuer") -> Examination:
    return b.examination(findings=(Finding(code, 1, b.BOX, "text", "shown", field),))


def _compared(likeness: Likeness, reason: str = "other_seal") -> SealComparison:
    return SealComparison(b.MAKER, "specimen", likeness, reason, 0.5)


ELSEWHERE = ServiceOutlet(name=b.field("Omsk Auto"), address=b.field("Mira 9, Omsk"), country=b.field("RU"))


def _without_address() -> ServiceOutlet:
    """Return the outlet in the destination, its address missing: a whole one elsewhere does not make up for it."""
    return replace(b.letter().outlets[0], address=None)


def _outlet(**changes: object) -> Examination:
    return _letter(outlets=(replace(b.letter().outlets[0], **changes),))


NEAR = b.VIN[:-1] + "8"
CASES: list[tuple[str, str, Callable[[], Report]]] = [
    ("document.kind", "unsure", lambda: b.judge(_letter(kind=Kind.UNKNOWN))),
    ("document.kind", "unsure", lambda: b.judge(_letter(kind=Kind.OTHER))),
    ("document.legible", "unsure", lambda: b.judge(_letter(number=b.field("BC-2026-001", confidence=0.2)))),
    ("document.text_layer", "fail", lambda: b.judge(_finding("layer_conflict"))),
    ("document.text_layer", "fail", lambda: b.judge(_finding("hidden_text"))),
    ("document.overlay", "fail", lambda: b.judge(_finding("annotation"))),
    ("document.overlay", "fail", lambda: b.judge(_finding("form_field"))),
    ("document.revisions", "unsure", lambda: b.judge(_finding("revision"))),
    ("document.active_content", "unsure", lambda: b.judge(_finding("active_content"))),
    ("document.signature", "unsure", lambda: b.judge(b.examination(signed=True))),
    ("document.pages", "unsure", lambda: b.judge(_letter(page_claims=(b.field("1/2"),)))),
    ("letter.export_country", "fail", lambda: b.judge(_letter(export_country=None, export_countries=()))),
    ("letter.export_country", "unsure", lambda: b.judge(_letter(export_countries=(b.field("KZ", doubt="ambiguous"),)))),
    ("letter.export_country", "unsure", lambda: b.judge(_bound_for("KZ", "UZ", together=False))),
    ("record.export_country", "fail", lambda: b.judge(_bound_for("KG", "UZ", together=True))),
    ("letter.vehicles", "fail", lambda: b.judge(_letter(vehicles=()))),
    ("letter.vehicle_count", "unsure", lambda: b.judge(_letter(stated_vehicle_count=b.field("2")))),
    ("letter.duplicate_vin", "unsure", lambda: b.judge(_letter(vehicles=(b.vehicle(), b.vehicle())))),
    ("letter.outlets", "fail", lambda: b.judge(_letter(outlets=()))),
    ("letter.outlets", "unsure", lambda: b.judge(_outlet(address=None))),
    ("letter.outlets", "unsure", lambda: b.judge(_outlet(name=None))),
    ("letter.outlets", "unsure", lambda: b.judge(_letter(outlets=(_without_address(), ELSEWHERE)))),
    ("letter.outlets_country", "fail", lambda: b.judge(_outlet(country=b.field("CN")))),
    ("letter.outlets_country", "unsure", lambda: b.judge(_outlet(country=None))),
    ("letter.issuer", "fail", lambda: b.judge(_letter(issuer=b.field(UNIT)))),
    ("letter.issuer", "unsure", lambda: b.judge(_letter(issuer=b.field(OTHER)))),
    ("letter.issuer", "unsure", lambda: b.judge(_letter(issuer=None))),
    ("letter.issuer", "unsure", lambda: b.judge(_letter(issuer=b.field(b.MAKER, doubt="conflict")))),
    ("letter.issuer", "fail", lambda: b.judge(known=b.registry(makers=(Maker(b.MAKER, kind="modified"),)))),
    ("letter.issued_on", "fail", lambda: b.judge(_letter(issued_on=b.field("2026-02-02")))),
    ("letter.issued_on", "unsure", lambda: b.judge(_letter(issued_on=None))),
    ("letter.issued_on", "unsure", lambda: b.judge(_letter(number=b.field("沪服函〔2027〕12号")))),
    ("letter.issued_on", "unsure", lambda: b.judge(_letter(number=b.field("沪服函[2024]12号")))),
    ("letter.validity", "fail", lambda: b.judge(_letter(valid_until=b.field("2026-01-24")))),
    ("letter.validity", "fail", lambda: b.judge(_letter(valid_until=b.field("2026-01-30")))),
    ("letter.pages_sealed", "unsure", lambda: b.judge(_vehicle(vin=b.field(b.VIN, page=2)))),
    ("vin.reading", "unsure", lambda: b.judge(_vehicle(vin=b.field(b.VIN, confidence=0.5)))),
    ("vin.reading", "unsure", lambda: b.judge(_vehicle(vin=b.field(b.VIN, source=Source.TEXT_LAYER)))),
    ("vin.check_digit", "fail", lambda: b.judge(_vehicle(vin=b.field(NEAR)))),
    ("vin.homoglyph", "fail", lambda: b.judge(_finding("homoglyph"))),
    ("record.found", "fail", lambda: b.judge(records=())),
    ("record.found", "fail", lambda: b.judge(records=(b.record(vin="LFV2A21J970002020"),))),
    ("record.vin", "fail", lambda: b.judge(records=(b.record(vin=NEAR),))),
    ("record.brand", "fail", lambda: b.judge(_vehicle(brand=b.field("南江牌")))),
    ("record.model", "fail", lambda: b.judge(_vehicle(model=b.field("BC7002B")))),
    ("record.manufacturer", "fail", lambda: b.judge(records=(b.record(manufacturer=OTHER),))),
    ("record.manufacturer", "fail", lambda: b.judge(records=(b.record(chassis_manufacturer=OTHER),))),
    ("record.export_country", "fail", lambda: b.judge(records=(b.record(export_country="RU"),))),
    ("document.legible", "unsure", lambda: b.judge(_letter(issued_on=b.field("2026-03-12", confidence=0.8)))),
    ("document.legible", "pass", lambda: b.judge(_letter(issued_on=b.field("2026-03-12", confidence=0.9)))),
    ("record.applicant", "fail", lambda: b.judge(records=(b.record(applicant="别家公司"),))),
    ("record.applicant", "unsure", lambda: b.judge(_letter(exporter=b.field("Xinjiang Silu Trading Co., Ltd.")))),
    (
        "record.registration_date",
        "fail",
        lambda: b.judge(records=(b.record(registration_date=date(2025, 12, 21)),)),
    ),
    ("record.transfer_date", "fail", lambda: b.judge(records=(b.record(transfer_date=date(2026, 1, 9)),))),
    ("seal.present", "fail", lambda: b.judge(b.examination(seals=()))),
    ("seal.kind", "fail", lambda: b.judge(_seal(kind="special_purpose", inner_text="合同专用章"))),
    ("seal.kind", "fail", lambda: b.judge(_seal(kind="personal"))),
    ("seal.kind", "fail", lambda: b.judge(_seal(text=UNIT))),
    ("seal.kind", "unsure", lambda: b.judge(_seal(kind="unknown", comparison=None))),
    ("seal.colour", "unsure", lambda: b.judge(_seal(colour="none"))),
    ("seal.colour", "fail", lambda: b.judge(_seal(colour="none", printed_black=True))),
    ("seal.medium", "unsure", lambda: b.judge(_seal(medium="pdf_image"))),
    ("seal.medium", "unsure", lambda: b.judge(_seal(medium="vector"))),
    ("seal.medium", "unsure", lambda: b.judge(_seal(medium="unknown"))),
    ("seal.medium", "unsure", lambda: b.judge(_seal(medium="unknown", printed="flat"))),
    ("seal.medium", "unsure", lambda: b.judge(_seal(medium="unknown", printed="screened"))),
    ("seal.specimen", "fail", lambda: b.judge(_seal(comparison=_compared(Likeness.DIFFERENT)))),
    ("seal.specimen", "unsure", lambda: b.judge(_seal(comparison=_compared(Likeness.UNSURE, "poor_image")))),
    ("seal.specimen", "unsure", lambda: b.judge(_seal(comparison=None))),
    ("seal.specimen", "unsure", lambda: b.judge(known=b.registry(specimens=()))),
    ("seal.text", "fail", lambda: b.judge(_seal(text=OTHER))),
    ("seal.text", "unsure", lambda: b.judge(_seal(text=None))),
    ("seal.size", "fail", lambda: b.judge(_seal(diameter_mm=25.0))),
    ("seal.size", "unsure", lambda: b.judge(_seal(diameter_mm=50.0))),
    ("seal.size", "unsure", lambda: b.judge(replace(_seal(diameter_mm=27.4), pages=(b.page(scale_known=False),)))),
]


def test_faultless_letter_is_verified() -> None:
    report = b.judge()
    assert report.verdict is Verdict.VERIFIED, [c for c in report.checks if c.outcome in ("fail", "unsure")]


@pytest.mark.parametrize(("identity", "outcome", "broken"), CASES)
def test_each_row_broken_alone_says_so_and_flags(identity: str, outcome: str, broken: Callable[[], Report]) -> None:
    report = broken()
    assert outcome in {check.outcome.value for check in b.rows(report, identity)}
    assert report.verdict is Verdict.FLAGGED


def test_a_seal_that_equals_a_registered_impression_is_official_whatever_print_across_it_says() -> None:
    assert b.judge(_seal(kind="unknown", inner_text="加盖公章")).verdict is Verdict.VERIFIED
    assert b.judge(_seal(kind="special_purpose", inner_text="合同专用章")).verdict is Verdict.FLAGGED


@pytest.mark.parametrize("identity", sorted(MANDATORY_CHECKS))
def test_verified_rests_on_every_mandatory_check(identity: str) -> None:
    checks = b.judge().checks
    assert conclude(tuple(c for c in checks if c.id != identity)) is Verdict.FLAGGED
    skipped = tuple(replace(c, outcome=Outcome.SKIPPED) if c.id == identity else c for c in checks)
    assert conclude(skipped) is Verdict.FLAGGED


def test_removing_the_seal_never_improves_a_verdict() -> None:
    bare = b.examination(seals=())
    assert b.judge(bare).verdict is Verdict.FLAGGED


def test_second_reader_with_another_valid_vin_makes_the_reading_unsure() -> None:
    other = "LFV2A21J970002020"
    readings = (Reading(other, 0.9, Source.SECOND_READER),)
    row = b.rows(b.judge(_vehicle(vin=b.field(b.VIN, readings=readings))), "vin.reading")[0]
    assert (row.outcome, row.reason) == (Outcome.UNSURE, "conflict")


@pytest.mark.parametrize(
    ("second", "first_again", "confidence", "reason"),
    [
        (b.VIN[:8] + b.VIN[9:], b.VIN, 0.8, None),
        ("VN" + b.VIN[:8] + b.VIN[9:], b.VIN, 0.8, None),
        (b.VIN[:8] + b.VIN[9:], b.VIN, 0.6, "low_confidence"),
        (b.VIN[:8] + b.VIN[9:], b.VIN[:-1], 0.8, "low_confidence"),
        (b.VIN[:7] + b.VIN[9:], b.VIN, 0.8, "low_confidence"),
        (b.VIN[:8] + b.VIN[10:] + b.VIN[9], b.VIN, 0.8, "low_confidence"),
    ],
)
def test_a_second_reader_that_loses_one_character_bears_out_two_equal_readings(
    second: str, first_again: str, confidence: float, reason: str | None
) -> None:
    readings = (Reading(first_again, 0.7, Source.OCR), Reading(second, 0.0, Source.SECOND_READER))
    vin = b.field(b.VIN, confidence=confidence, readings=readings)
    assert b.rows(b.judge(_vehicle(vin=vin)), "vin.reading")[0].reason == reason


def test_an_issuer_that_is_read_poorly_is_borne_out_by_the_registered_seal() -> None:
    letter = b.letter(issuer=b.field(b.MAKER, confidence=0.2))
    assert b.judge(b.examination(letter=letter)).verdict is Verdict.VERIFIED
    other = b.seal(comparison=_compared(Likeness.UNSURE, "poor_image"))
    (row,) = [c for c in b.judge(b.examination(letter=letter, seals=(other,))).checks if c.id == "document.legible"]
    assert (row.outcome, row.subject) == (Outcome.UNSURE, {"field": "issuer"})


def test_further_seals_do_not_fail_a_letter() -> None:
    extra = b.seal(kind="special_purpose", inner_text="合同专用章", comparison=None, score=0.99)
    assert b.judge(b.examination(seals=(extra, b.seal()))).verdict is Verdict.VERIFIED


def test_parts_of_two_seals_do_not_make_one() -> None:
    alike = b.seal(text=OTHER)
    named = b.seal(comparison=None)
    assert b.judge(b.examination(seals=(alike, named))).verdict is Verdict.FLAGGED


def test_the_message_names_the_character_that_differs_or_is_hidden() -> None:
    compared = replace(
        _compared(Likeness.UNSURE, "hidden_under_print"), characters=len(b.MAKER), hidden=(1, 3), worst_character=0
    )
    (row,) = [c for c in b.judge(_seal(comparison=compared)).checks if c.id == "seal.specimen"]
    assert f"“{b.MAKER[1]}{b.MAKER[3]}”" in row.message
    other = replace(compared, likeness=Likeness.DIFFERENT, reason="character_differs", worst_box=b.BOX)
    (row,) = [c for c in b.judge(_seal(comparison=other)).checks if c.id == "seal.specimen"]
    assert f"“{b.MAKER[0]}”" in row.message
    assert row.evidence[-1].box == b.BOX
    unknown = replace(other, characters=len(b.MAKER) + 1)
    (row,) = [c for c in b.judge(_seal(comparison=unknown)).checks if c.id == "seal.specimen"]
    assert "“" not in row.message


EDGE, INSIDE = Box(0.85, 0.5, 1.0, 0.63), Box(0.6, 0.7, 0.8, 0.85)


@pytest.mark.parametrize(
    ("read", "box", "comparison", "outcome"),
    [
        (b.MAKER[:-2], EDGE, _compared(Likeness.UNSURE, "hidden_under_print"), Outcome.UNSURE),
        (b.MAKER[:2] + b.MAKER[-2:], EDGE, _compared(Likeness.UNSURE, "hidden_under_print"), Outcome.UNSURE),
        (b.MAKER[:-2], INSIDE, _compared(Likeness.UNSURE, "poor_image"), Outcome.FAIL),
        (OTHER[:-2], EDGE, _compared(Likeness.UNSURE, "hidden_under_print"), Outcome.FAIL),
        (b.MAKER[:-2], INSIDE, replace(_compared(Likeness.UNSURE, "poor_image"), hidden=(6,)), Outcome.UNSURE),
        (b.MAKER[:-2], INSIDE, replace(_compared(Likeness.DIFFERENT, "other_seal"), hidden=(6,)), Outcome.FAIL),
        (b.MAKER[:-1] + "词", INSIDE, _compared(Likeness.SAME, "matches"), Outcome.UNSURE),
        (b.MAKER[:-1] + "词", INSIDE, _compared(Likeness.UNSURE, "character_differs"), Outcome.FAIL),
        (OTHER, INSIDE, _compared(Likeness.SAME, "matches"), Outcome.FAIL),
    ],
)
def test_a_name_seen_in_part_or_misread_beside_the_issuers_own_impression_is_no_other_name(
    read: str, box: Box, comparison: SealComparison, outcome: Outcome
) -> None:
    report = b.judge(_seal(text=read, text_confidence=0.95, box=box, comparison=comparison))
    assert [row.outcome for row in b.rows(report, "seal.text")] == [outcome]
    assert report.verdict is Verdict.FLAGGED


@pytest.mark.parametrize(
    ("usable", "alike", "outcome"),
    [(8, True, Outcome.PASS), (7, True, Outcome.UNSURE), (8, False, Outcome.UNSURE)],
)
def test_a_typeface_that_is_misread_on_the_impressions_too_is_read(usable: int, alike: bool, outcome: Outcome) -> None:
    same = replace(_compared(Likeness.SAME, "matches"), characters=8, characters_usable=usable, reads_alike=alike)
    report = b.judge(_seal(text=b.MAKER[:-1] + "词", text_confidence=0.3, comparison=same))
    assert [row.outcome for row in b.rows(report, "seal.text")] == [outcome]


@pytest.mark.parametrize("status", [SpecimenStatus.LOST, SpecimenStatus.RETIRED])
def test_impression_out_of_force_vouches_for_nothing(status: SpecimenStatus) -> None:
    lost = b.specimen(status=status)
    assert b.judge(known=b.registry(specimens=(lost,))).verdict is Verdict.FLAGGED
    both = b.registry(specimens=(lost, b.specimen(sha256="another")))
    assert b.judge(known=both).verdict is Verdict.FLAGGED


def test_likeness_to_another_makers_impression_vouches_for_nothing() -> None:
    compared = SealComparison(OTHER, "specimen", Likeness.SAME, "same", 0.97)
    assert b.judge(_seal(comparison=compared)).verdict is Verdict.FLAGGED


@pytest.mark.parametrize(
    ("identity", "change"),
    [
        ("document.page_reuse", {"page_pictures": frozenset({"p"}), "content": "x"}),
        ("letter.number_reuse", {"vins": frozenset({NEAR})}),
        ("vin.reuse", {"countries": frozenset({"RU"})}),
        ("seal.reuse", {"content": "x"}),
    ],
)
def test_reuse_fails(identity: str, change: dict[str, object]) -> None:
    seen = b.examination(pages=(b.page(pixels_sha256="p"),))
    mine = trace_of(seen, "b.pdf", ["AP1"], b.registry())
    history = History.of((replace(mine, sha256="b" * 64, **change),), {(seen.sha256, 1): (0,)})
    report = b.judge(seen, history=history)
    assert {c.outcome for c in b.rows(report, identity)} == {Outcome.FAIL}


@pytest.mark.parametrize(
    ("uneven", "outcome", "reason"),
    [(0.003, Outcome.UNSURE, "same_as_registered"), (0.0085, Outcome.UNSURE, "same_as_registered"),
     (0.0091, Outcome.PASS, None), (1.0, Outcome.PASS, None)],
)  # fmt: skip
def test_registered_scan_itself_is_for_a_person(uneven: float, outcome: Outcome, reason: str | None) -> None:
    compared = replace(_compared(Likeness.SAME, "matches"), die=0.9, uneven=uneven)
    report = b.judge(_seal(comparison=compared))
    assert [(row.outcome, row.reason) for row in b.rows(report, "seal.reuse")] == [(outcome, reason)]
    assert report.verdict is (Verdict.VERIFIED if outcome is Outcome.PASS else Verdict.FLAGGED)


def test_picture_of_the_seal_under_the_issuers_signature_may_be_the_registered_one() -> None:
    compared = replace(_compared(Likeness.SAME, "matches"), die=0.99, uneven=0.001)
    seen = signed(("trusted", b.MAKER), seals=(b.seal(medium="pdf_image", comparison=compared),))
    assert b.judge(seen).verdict is Verdict.VERIFIED


def test_same_file_is_a_duplicate_only_under_another_application() -> None:
    mine = trace_of(b.examination(), "a.pdf", ["AP1"], b.registry())
    assert b.judge(history=History.of((mine,))).verdict is Verdict.VERIFIED
    other = replace(mine, applications=frozenset({"AP2"}))
    assert b.rows(b.judge(history=History.of((other,))), "document.duplicate")[0].outcome is Outcome.FAIL


def test_catalogue_speaks_both_languages_and_never_says_forged() -> None:
    for identity, entry in catalogue().items():
        assert "pass" in entry.texts or identity == "document.tampering" or len(entry.texts) > 0
        for reason, texts in entry.texts.items():
            assert len(texts) == 4, (identity, reason)
            assert texts[0], (identity, reason)
            assert texts[1], (identity, reason)
            assert bool(texts[2]) == bool(texts[3]), (identity, reason)
            assert "forge" not in " ".join(texts).lower()


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [
        ("北辰牌（BEICHEN）", "pass"),
        ("北辰（BEICHN）", "pass"),
        ("南江（BEICHEN）", "fail"),
        ("北辰/南江", "fail"),
        ("BEICHN", "fail"),
    ],
)
def test_of_a_brand_in_two_scripts_the_chinese_one_tells(stated: str, outcome: str) -> None:
    report = b.judge(_vehicle(brand=b.field(stated)), records=(b.record(brand_en="BEICHEN"),))
    assert [c.outcome.value for c in report.checks if c.id == "record.brand"] == [outcome]


@pytest.mark.parametrize("number", ["沪服函〔2025〕12号", "SH202500012", "沪服函〔2026〕2019号"])
def test_a_number_of_last_year_in_january_or_without_a_year_in_brackets_says_nothing(number: str) -> None:
    report = b.judge(_letter(number=b.field(number)))
    assert [c.outcome for c in report.checks if c.id == "letter.issued_on"] == ["pass"]


def test_a_letter_for_several_destinations_alike_serves_each() -> None:
    report = b.judge(_bound_for("KZ", "UZ", together=True))
    outcomes = {check.id: check.outcome for check in report.checks if check.id.endswith("export_country")}
    assert outcomes == {"letter.export_country": "pass", "record.export_country": "pass"}
