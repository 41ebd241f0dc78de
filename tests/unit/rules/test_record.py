"""The exporter beside the applicant: the same name, its pinyin, or another company."""

from __future__ import annotations

import pytest

from tests.unit.rules import builders as b


@pytest.mark.parametrize(
    ("exporter", "outcome", "reason"),
    [
        ("天津远航贸易有限公司", "pass", None),
        ("天津远航进出口有限公司", "fail", "differs"),
        ("Tianjin Yuanhang Trading Co., Ltd.", "note", "other_script"),
        ("TIANJIN YUAN HANG TRADE COMPANY LIMITED", "note", "other_script"),
        ("Xinjiang Silu Supply Chain Co., Ltd.", "unsure", "spelt_otherwise"),
    ],
)
def test_an_exporter_in_latin_letters_must_sound_like_the_applicant(
    exporter: str, outcome: str, reason: str | None
) -> None:
    (check,) = b.rows(b.judge(b.examination(letter=b.letter(exporter=b.field(exporter)))), "record.applicant")
    assert check.outcome == outcome
    assert reason is None or check.reason == reason


@pytest.mark.parametrize(
    ("addressee", "outcome", "reason"),
    [
        ("天津远航贸易有限公司", "pass", None),
        ("天津市商务局、天津远航贸易有限公司", "pass", None),
        ("满洲里北疆通商有限公司", "unsure", "addressed_otherwise"),
        ("天津市商务局", "skipped", "not_stated"),
        ("TIANJIN YUAN HANG TRADE COMPANY LIMITED", "note", "other_script"),
    ],
)
def test_a_company_that_the_letter_is_addressed_to_is_the_applicant(
    addressee: str, outcome: str, reason: str | None
) -> None:
    letter = b.letter(exporter=None, addressee=b.field(addressee))
    (check,) = b.rows(b.judge(b.examination(letter=letter)), "record.applicant")
    assert (check.outcome, check.reason) == (outcome, reason)


def test_a_stated_exporter_counts_and_not_whom_the_letter_is_addressed_to() -> None:
    letter = b.letter(exporter=b.field("天津远航贸易有限公司"), addressee=b.field("满洲里北疆通商有限公司"))
    (check,) = b.rows(b.judge(b.examination(letter=letter)), "record.applicant")
    assert check.outcome == "pass"


@pytest.mark.parametrize(("said", "outcome"), [("南江牌", "unsure"), ("北辰牌", "skipped")])
def test_a_brand_that_stands_somewhere_else_in_the_letter_is_not_passed_over(said: str, outcome: str) -> None:
    vehicle = b.vehicle(brand=None)
    letter = b.letter(vehicles=(vehicle,), unassigned_brands=(b.field(said),))
    (check,) = b.rows(b.judge(b.examination(letter=letter)), "record.brand")
    assert check.outcome == outcome


def _two(model: str) -> tuple[object, ...]:
    """Two vehicles without a model of their own, models that stand somewhere, and their records."""
    vehicles = (b.vehicle(model=None), b.vehicle(vin=b.field("LFV2A21J970002020"), model=None))
    letter = b.letter(vehicles=vehicles, unassigned_models=(b.field("BC7001A"), b.field("BC7001A")))
    return letter, (b.record(model=model), b.record(vin="LFV2A21J970002020", model="BC7001A"))


@pytest.mark.parametrize(
    ("model", "outcomes"), [("BC7001A", ["skipped", "skipped"]), ("BC7009", ["unsure", "skipped"])]
)
def test_each_recorded_model_stands_among_those_not_told_apart(model: str, outcomes: list[str]) -> None:
    letter, records = _two(model)
    rows = b.rows(b.judge(b.examination(letter=letter), records=records), "record.model")
    assert [row.outcome for row in rows] == outcomes
