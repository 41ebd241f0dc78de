"""Who signs is named whole: a branch or department behind the legal form is another issuer than its company."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.extraction.sheet import LABELS, MAKER, page
from verifier.extraction import extract
from verifier.extraction.cells import Cell
from verifier.page import Box, Line
from verifier.record import Makers

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
    issuer = extract((page(CLOSING.format(name=name)),), LABELS, Makers([MAKER])).issuer
    assert issuer is not None
    assert issuer.text.replace(" ", "") == name.replace(" ", "")


def test_what_a_company_makes_is_no_unit_of_it() -> None:
    text = CLOSING.format(name="北辰汽车制造有限公司（盖章）")
    issuer = extract((page(text),), LABELS, Makers([MAKER])).issuer
    assert issuer is not None
    assert issuer.value == "北辰汽车制造有限公司"


def test_a_dash_in_a_known_makers_name_is_no_numeral() -> None:
    maker = replace(MAKER, name="北辰—诺德汽车有限公司")
    text = CLOSING.format(name="北辰一诺德汽车有限公司（盖章）")
    issuer = extract((page(text),), LABELS, Makers([maker])).issuer
    assert issuer is not None
    assert (issuer.value, issuer.text) == ("北辰—诺德汽车有限公司", "北辰一诺德汽车有限公司")


@pytest.mark.parametrize(
    ("read", "kept"), [("| Модель型号", "Модель型号"), ("|VIN |", "VIN"), ("A | B", "A | B"), ("|", "|")]
)
def test_a_rule_read_as_a_stroke_is_no_part_of_a_cell(read: str, kept: str) -> None:
    assert Cell.of(1, (line_of(read),)).text == kept


def line_of(text: str) -> Line:
    edges = tuple(0.1 + 0.01 * n for n in range(len(text) + 1))
    return Line(text, Box(edges[0], 0.1, edges[-1], 0.12), 0.99, edges, (0.99,) * len(text))
