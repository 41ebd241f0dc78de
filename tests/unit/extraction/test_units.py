"""Who signs is named whole: a branch or department behind the legal form is another issuer than its company."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.extraction.sheet import LABELS, MAKER, page
from verifier.extraction import extract

CLOSING = """
售后维修服务确认书
编号：BC-2026-0001
出口国别：哈萨克斯坦
车架号：LSVAA4182E2184847
{name}
2026年3月5日
"""


@pytest.mark.parametrize(
    "name",
    [
        "北辰汽车制造有限公司海外销售分公司",
        "北辰汽车制造有限公司国际部",
        "北辰特种汽车制造厂有限责任公司",
        "北辰汽车（集团）有限公司乘用车分公司",
        "Beichen Automobile Manufacturing Co., Ltd. Overseas Department",
        "Beichen Chiyuan Automobile Group Corp., Ltd.",
        "北辰汽车制造有限公司",
    ],
)
def test_the_signing_unit_is_part_of_the_name(name: str) -> None:
    issuer = extract((page(CLOSING.format(name=name)),), LABELS, (MAKER,)).issuer
    assert issuer is not None
    assert issuer.text.replace(" ", "") == name.replace(" ", "")


def test_what_a_company_makes_is_no_unit_of_it() -> None:
    text = CLOSING.format(name="北辰汽车制造有限公司（盖章）")
    issuer = extract((page(text),), LABELS, (MAKER,)).issuer
    assert issuer is not None
    assert issuer.value == "北辰汽车制造有限公司"


def test_a_dash_in_a_known_makers_name_is_no_numeral() -> None:
    maker = replace(MAKER, name="北辰—诺德汽车有限公司")
    text = CLOSING.format(name="北辰一诺德汽车有限公司（盖章）")
    issuer = extract((page(text),), LABELS, (maker,)).issuer
    assert issuer is not None
    assert (issuer.value, issuer.text) == ("北辰—诺德汽车有限公司", "北辰一诺德汽车有限公司")
