"""Brands that a letter says many times, one of them read poorly."""

from __future__ import annotations

import pytest

from tests.unit.rules import builders as b
from verifier.extraction.brands import with_brands_agreed


@pytest.mark.parametrize(
    ("poor", "confidence", "sure", "told"),
    [
        ("捷呤牌", 0.61, "捷岭牌", "捷岭牌"),
        ("捷呤牌", 0.90, "捷岭牌", "捷呤牌"),
        ("腾越牌", 0.50, "捷岭牌", "腾越牌"),
        ("捷呤牌", 0.61, "捷岭", "捷呤牌"),
    ],
)
def test_a_poorly_read_brand_is_the_letters_own(poor: str, confidence: float, sure: str, told: str) -> None:
    claims = (b.vehicle(brand=b.field(sure)), b.vehicle(brand=b.field(poor, confidence=confidence)))
    assert [claim.brand.value for claim in with_brands_agreed(claims) if claim.brand] == [sure, told]


def test_of_two_brands_that_are_as_near_none_is_taken() -> None:
    claims = (
        b.vehicle(brand=b.field("捷岭牌")),
        b.vehicle(brand=b.field("捷玲牌")),
        b.vehicle(brand=b.field("捷呤牌", confidence=0.5)),
    )
    assert [claim.brand.value for claim in with_brands_agreed(claims) if claim.brand] == ["捷岭牌", "捷玲牌", "捷呤牌"]
