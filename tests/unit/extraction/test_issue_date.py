"""The day a letter was signed, and what else may be it."""

from __future__ import annotations

from tests.unit.extraction.sheet import letter_of

HEAD = "售后维修服务确认书\n编号：BC-2026-001\n日期：2025年12月12日\n车架号：LSVAA4182E2184847"
NAME = "北辰汽车制造有限公司（盖章）"


def test_a_later_day_in_the_closing_leaves_a_doubt() -> None:
    letter = letter_of(f"{HEAD}\n{NAME}\n王明　2026年2月24日签于天津")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2025-12-12", "conflict")


def test_days_that_say_something_else_leave_none() -> None:
    letter = letter_of(f"{HEAD}\n登记日期：2025年12月20日\n本确认书有效期至2026年6月30日。\n{NAME}")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2025-12-12", None)
