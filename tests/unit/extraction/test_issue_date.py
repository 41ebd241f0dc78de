"""The day a letter was signed, and what else may be it."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import Letter

HEAD = "售后维修服务确认书\n编号：BC-2026-001\n日期：2025年12月12日\n车架号：LSVAA4182E2184847"
NAME, VIN = "北辰汽车制造有限公司（盖章）", "LSVAA4182E2184847"


def day_of(letter: Letter) -> str | None:
    """Return the day of issue."""
    return letter.issued_on.value if letter.issued_on else None


def test_a_later_day_in_the_closing_leaves_a_doubt() -> None:
    letter = letter_of(f"{HEAD}\n{NAME}\n王明　2026年2月24日签于天津")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2025-12-12", "conflict")


def test_days_that_say_something_else_leave_none() -> None:
    letter = letter_of(f"{HEAD}\n登记日期：2025年12月20日\n本确认书有效期至2026年6月30日。\n{NAME}")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2025-12-12", None)


@pytest.mark.parametrize("stamp", ["来件登记\n2026.4.30", "收发室\n2026年4月30日"])
def test_the_day_of_a_stamp_of_receipt_is_not_the_letters(stamp: str) -> None:
    letter = letter_of(f"{stamp}\n{HEAD}\n{NAME}")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2025-12-12", None)


@pytest.mark.parametrize(
    "closing",
    ["生产企业（盖章）2026年3月24日", "制造商（公章）：2026年3月24日", "王志德2026年3月24日", "李娜 2026年3月24日"],
)
def test_the_day_beside_the_place_of_the_seal_or_a_signature(closing: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n车架号：LSVAA4182E2184847\n北辰汽车制造有限公司\n{closing}")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-03-24", None)


@pytest.mark.parametrize("closing", ["复印日2026年3月24日", "有效至2026年3月24日", "截止日（公章）2026年3月24日止"])
def test_a_day_of_something_else_is_none(closing: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n车架号：LSVAA4182E2184847\n北辰汽车制造有限公司\n{closing}")
    assert letter.issued_on is None


def test_days_of_vehicles_in_a_grid_of_unknown_heads_are_none_of_the_letter() -> None:
    grid = f"甲栏 | {VIN} | 2026-01-15\n乙栏 | BC7001A | 2026-02-03\n丙栏 | LFV2A21J970002020"
    letter = letter_of(f"^售后维修服务确认书\n落笔：2026年3月12日\n\n{grid}\n\n{NAME}")
    assert day_of(letter) == "2026-03-12"


@pytest.mark.parametrize("line", ["落笔：2026年3月12日", "Put down as of: 2026-03-12"])
def test_the_only_day_that_nothing_accounts_for_is_the_letters(line: str) -> None:
    letter = letter_of(f"^售后维修服务确认书\n{line}\n\n车架号：{VIN}\n\n{NAME}")
    assert day_of(letter) == "2026-03-12"


def test_of_two_days_that_nothing_accounts_for_none_is_taken() -> None:
    letter = letter_of(
        f"^售后维修服务确认书\n甲方落笔：2026年3月12日\n乙方落笔：2026年3月15日\n\n车架号：{VIN}\n\n{NAME}"
    )
    assert letter.issued_on is None
