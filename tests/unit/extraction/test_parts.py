"""Where one document of a file ends and the next begins."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import LABELS, page
from verifier.extraction.parts import split_pages

LETTER = """
售后维修服务确认书
编号：{number}
出口国别：哈萨克斯坦
车架号：LSVAA4182E2184847
网点名称：Almaty Auto 地址：Abay 10, Almaty
北辰汽车制造有限公司
2026年3月12日
{footer}
"""
UNSIGNED = """
售后维修服务确认书
编号：{number}
出口国别：哈萨克斯坦
车辆清单见附件
{footer}
"""
ANNEX = """
附件：车辆清单
序号 | 车架号 | 品牌 | 型号
1 | LSVAA4182E2184847 | 北辰牌 | BC7001A
北辰汽车制造有限公司
2026年3月12日
{footer}
"""
MORE_ROWS = """
2 | LFV2A21J970002020 | 北辰牌 | BC7001A
3 | LSVAA4182E2184847 | 北辰牌 | BC7001A
{footer}
"""
PROOF = """
改装真实性证明
底盘品牌：北辰牌
车架号：LSVAA4182E2184847
安平顺驰专用汽车有限公司
2026年3月12日
{footer}
"""
CERTIFICATE = """
机动车登记证书
机动车所有人 | 天津远航贸易有限公司
登记日期 | 2026-01-10
{footer}
"""
VEHICLE_PAGE = """
注册登记机动车信息栏
车辆品牌 | 北辰牌
车辆识别代号 | LSVAA4182E2184847
{footer}
"""
UNTITLED = """
北辰汽车制造有限公司
我方编号 {number}
尊敬的天津远航贸易有限公司：
贵司拟出口至哈萨克斯坦的车辆，由以下伙伴承担售后维修。
伙伴1：Almaty Auto，位于 Abay 10, Almaty
车架号：LSVAA4182E2184847
车辆一切正常，我司确认提供支持。
顺颂商祺
北辰汽车制造有限公司
（公司印章）
{footer}
"""
OVERFLOW = """
顺颂商祺
北辰汽车制造有限公司
（公司印章）
{footer}
"""
NUMBERED = """
编号：{number}
出口国别：哈萨克斯坦
车架号：LSVAA4182E2184847
{footer}
"""
TRANSLATION = """
Confirmation Letter of After-sales Maintenance Service
Ref. No.: {number}
Country of destination: Kazakhstan
VIN: LSVAA4182E2184847
Service outlet: Almaty Auto, Address: Abay 10, Almaty
Beichen Automobile Manufacturing Co., Ltd.
12 March 2026
{footer}
"""
LICENCE = """
^中华人民共和国出口许可证
出口商：天津远航贸易有限公司
{footer}
"""
INVOICE = """
^机动车销售统一发票
购买方：天津远航贸易有限公司
{footer}
"""


def parts_of(*pages: tuple[str, str, str] | str) -> list[int]:
    """Return how many pages each document has; a page is its text, or (text, number, footer)."""
    texts = [one if isinstance(one, tuple) else (one, "BC-2026-001", "") for one in pages]
    read = tuple(page(text.format(number=n, footer=f), k) for k, (text, n, f) in enumerate(texts, 1))
    return [len(part) for part in split_pages(read, LABELS)]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((LETTER,), [1]),
        (((LETTER, "BC-1", ""), (LETTER, "BC-2", "")), [1, 1]),
        ((UNSIGNED, ANNEX), [2]),
        ((LETTER, ANNEX), [2]),
        ((UNSIGNED, MORE_ROWS, ANNEX), [3]),
        (((UNSIGNED, "BC-1", "第1页 共2页"), (LETTER, "BC-1", "第2页 共2页")), [2]),
        (((UNSIGNED, "BC-1", "第1页 共2页"), (ANNEX, "", "第2页 共2页"), (LETTER, "BC-2", "第1页 共1页")), [2, 1]),
        ((LETTER, PROOF), [1, 1]),
        ((LETTER, CERTIFICATE, VEHICLE_PAGE), [1, 2]),
        ((LETTER, VEHICLE_PAGE), [1, 1]),
        ((CERTIFICATE, VEHICLE_PAGE, CERTIFICATE, VEHICLE_PAGE), [2, 2]),
        ((LETTER, INVOICE, PROOF), [1, 1, 1]),
        (((UNSIGNED, "BC-1", ""), (LETTER, "BC-1", "")), [2]),
        ((LETTER, ""), [2]),
        ((PROOF, UNTITLED), [1, 1]),
        ((INVOICE, UNTITLED), [1, 1]),
        (((UNTITLED, "BC-1", ""), (UNTITLED, "BC-2", "")), [1, 1]),
        ((UNTITLED, PROOF), [1, 1]),
        (((UNTITLED, "BC-1", "第1页 共2页"), (OVERFLOW, "", "第2页 共2页"), CERTIFICATE), [2, 1]),
        ((UNSIGNED, OVERFLOW), [2]),
        (((NUMBERED, "BC-2026-001", ""), (NUMBERED, "BC-2026-002", "")), [2]),
        (((NUMBERED, "BC-2026-001", ""), (NUMBERED, "YH-2026-017", "")), [1, 1]),
        ((INVOICE, LICENCE), [1, 1]),
        ((LETTER, TRANSLATION), [2]),
        ((TRANSLATION, LETTER), [2]),
        (((LETTER, "BC-1", "第1页 共1页"), (TRANSLATION, "BC-1", "Page 1 of 1")), [2]),
        (((LETTER, "BC-2026-001", ""), (TRANSLATION, "YH-2026-017", "")), [1, 1]),
        (((LETTER, "", "第1页 共1页"), (TRANSLATION.replace("LSVAA4", "LFVAA4"), "", "Page 1 of 1")), [1, 1]),
        ((CERTIFICATE, VEHICLE_PAGE, UNTITLED), [2, 1]),
    ],
)
def test_documents_of_a_file_are_told_apart(pages: tuple[tuple[str, str, str] | str, ...], expected: list[int]) -> None:
    assert parts_of(*pages) == expected


def test_pages_keep_their_numbers_and_none_is_lost() -> None:
    texts = [LETTER, ANNEX, PROOF, CERTIFICATE, VEHICLE_PAGE, INVOICE]
    read = tuple(page(text.format(number="BC-1", footer=""), k) for k, text in enumerate(texts, 1))
    groups = split_pages(read, LABELS)
    assert tuple(one for group in groups for one in group) == read
    assert [one.number for one in groups[-1]] == [6]
