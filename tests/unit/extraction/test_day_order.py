"""A page's plain dates settle its ambiguous ones; nothing else does."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import LABELS, MAKER, page
from verifier.extraction import extract
from verifier.record import Makers

LETTER = """
售后维修服务确认书
出口国别：智利
车架号：LSVAA4182E2184847
注册登记日期：{registered}
北辰汽车制造有限公司
{signed}
"""


@pytest.mark.parametrize(
    ("registered", "signed", "found", "doubt"),
    [
        ("03/01/2026", "20/03/2026", "2026-01-03", None),
        ("01/03/2026", "03/20/2026", "2026-01-03", None),
        ("03/01/2026", "05/03/2026", "2026-01-03", "ambiguous"),
        ("03/01/2026", "2026年3月20日", "2026-01-03", "ambiguous"),
    ],
)
def test_order_of_day_and_month_is_the_page_s_own(registered: str, signed: str, found: str, doubt: str | None) -> None:
    letter = extract((page(LETTER.format(registered=registered, signed=signed)),), LABELS, Makers([MAKER]))
    (vehicle,) = letter.vehicles
    assert vehicle.registration_date is not None
    assert (vehicle.registration_date.value, vehicle.registration_date.doubt) == (found, doubt)
