# ruff: noqa: E501 - one company a row reads best
"""Fictional companies that build vehicles on other makers' chassis."""

from __future__ import annotations

from samples.world.maker import Maker

_ROWS = """
shunchi | 安平顺驰专用汽车有限公司 | Anping Shunchi Special Vehicle Co., Ltd. | 顺驰牌 | SHUNCHI | L9A | 131199 | 安平市 | SC5030XLC SC5041XXY | 40 | 1311990052201 | song
kaida | 湖山凯达改装车有限公司 | Hushan Kaida Modified Vehicle Co., Ltd. | 凯达牌 | KAIDA | L9K | 420899 | 湖山市 | KD5180GSS KD5040ZYS | 40 | | kai
yitong | 宜通专用车制造有限公司 | Yitong Special Vehicle Manufacturing Co., Ltd. | 宜通牌 | YITONG | L9Y | 371399 | 宜州市 | YT5045XJH YT5036XSW | 38 | 3713990041180 | song2
huaneng | 华能特种车辆股份有限公司 | Huaneng Special Purpose Vehicle Corp., Ltd. | 华特牌 | HUATE | L9H | 320699 | 华州市 | HT5250GJY HT5022TYH | 42 | 3206990017732 | sans
lude | 鲁德房车科技有限公司 | Lude Motorhome Technology Co., Ltd. | 鲁德牌 | LUDE | L9L | 370699 | 鲁州市 | LD5040XLJ LD5033XLJ | 40 | | bold
"""


def _modifier(row: str) -> Maker:
    key, name, name_en, brand, brand_en, wmi, region, city, models, diameter, code, face = map(
        str.strip, row.split("|")
    )
    return Maker(
        key, name, name_en, brand, brand_en, (wmi,), region, city, tuple(models.split()),
        diameter_mm=float(diameter), code=code, face=face,
    )  # fmt: skip


MODIFIERS: tuple[Maker, ...] = tuple(map(_modifier, _ROWS.strip().splitlines()))
