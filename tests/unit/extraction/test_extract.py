"""Extraction on pages set by hand: the same claims, whatever the layout."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import Field, Kind, Letter

CLOSING = """
北辰汽车制造有限公司（盖章）
2026年3月12日
"""
FIRST, SECOND = "LSVAA4182E2184847", "LFV2A21J970002020"
TABLE = f"""
售后维修服务确认书
编号：BC-2026-001
出口国别：哈萨克斯坦
序号 | 车架号 | 品牌 | 型号 | 注册登记日期
1 | {FIRST} | 北辰牌 | BC7001A | 2025-12-20
2 | {SECOND} | 北辰牌 | BC7002B | 2025-12-21

网点名称 | 地址 | 联系人 | 电话
Almaty Auto | Abay 10, Almaty | A. Omarov | +7 727 312 45 67
{CLOSING}
"""
LABEL_LINES = f"""
售后维修服务确认书
编号：BC-2026-001
目的国：哈萨克斯坦
车架号：{FIRST}品牌：北辰牌型号：BC7001A注册日期：2025年12月20日
车架号：{SECOND}品牌：北辰牌型号：BC7002B注册日期：2025年12月21日
服务网点 | 名称：Almaty Auto地址：Abay 10, Almaty联系人：A. Omarov电话：+7 727 312 45 67
{CLOSING}
"""
PROSE = f"""
关于出口车辆售后维修服务的确认函
编号：BC-2026-001
贵公司拟出口至哈萨克斯坦的下列车辆由我公司生产：
北辰牌BC7001A型汽车，车架号{FIRST}，于2025年12月20日注册登记；
北辰牌BC7002B型汽车，车架号{SECOND}，于2025年12月21日注册登记。
服务网点：Almaty Auto，地址：Abay 10, Almaty，联系人A. Omarov，电话+7 727 312 45 67。
{CLOSING}
"""
ENGLISH = f"""
After-sales Maintenance Service Confirmation Letter
Ref. No.: BC-2026-001
Country of destination: Kazakhstan
VIN | Brand | Model | Registration date
{FIRST} | Beichen | BC7001A | 2025-12-20
{SECOND} | Beichen | BC7002B | 2025-12-21

Service provider | Address | Contact person | Telephone
Almaty Auto | Abay 10, Almaty | A. Omarov | +7 727 312 45 67

Beichen Automobile Manufacturing Co., Ltd.
12 March 2026
"""


@pytest.mark.parametrize("rows", [TABLE, LABEL_LINES, PROSE, ENGLISH], ids=["table", "label lines", "prose", "english"])
def test_same_claims_whatever_the_layout(rows: str) -> None:
    letter = letter_of(rows)
    assert letter.kind is Kind.CONFIRMATION_LETTER
    assert value(letter.number) == "BC-2026-001"
    assert value(letter.export_country) == "KZ"
    assert [v.vin.value for v in letter.vehicles] == [FIRST, SECOND]
    assert [v.model.value if v.model else None for v in letter.vehicles] == ["BC7001A", "BC7002B"]
    dates = [v.registration_date.value if v.registration_date else None for v in letter.vehicles]
    assert dates == ["2025-12-20", "2025-12-21"]
    (outlet,) = letter.outlets
    assert value(outlet.name) == "Almaty Auto"
    assert value(outlet.address) == "Abay 10, Almaty"
    assert value(outlet.phone) == "+77273124567"
    assert value(outlet.country) == "KZ"
    assert value(letter.issued_on) == "2026-03-12"
    assert str(value(letter.issuer)).startswith(("北辰汽车制造有限公司", "Beichen Automobile"))
    assert not letter.unassigned_dates
    assert not letter.unassigned_models


def value(field: Field | None) -> str | None:
    """Return what a field claims, None where it claims nothing."""
    return field.value if field else None


def _unassigned(letter: Letter) -> tuple[list[str], list[str]]:
    return [f.value for f in letter.unassigned_dates], [f.value for f in letter.unassigned_models]


def test_what_no_field_accounts_for_is_told() -> None:
    rows = f"""
售后维修服务确认书
出口国别：哈萨克斯坦
{FIRST}  ∗ BC9999X ∗ BC8888Y ∗ 2025.11.02
{CLOSING}
"""
    letter = letter_of(rows)
    assert letter.vehicles[0].model is None
    assert _unassigned(letter) == (["2025-11-02"], ["BC9999X", "BC8888Y"])


def test_notices_cited_far_from_the_vehicles_are_no_vehicle_dates() -> None:
    rows = f"""
售后维修服务确认书
根据商务部2025年11月11日通知
特出具本确认书
一
二
三
出口国别：哈萨克斯坦
车架号：{FIRST}
{CLOSING}
"""
    assert _unassigned(letter_of(rows)) == ([], [])


def test_table_goes_on_over_the_page_without_a_header() -> None:
    first = f"""
售后维修服务确认书
出口国别：哈萨克斯坦
序号 | 车架号 | 品牌 | 型号
1 | {FIRST} | 北辰牌 | BC7001A
"""
    second = f"""
2 | {SECOND} | 北辰牌 | BC7002B
{CLOSING}
"""
    letter = letter_of(first, second)
    assert [(v.vin.page, v.vin.value) for v in letter.vehicles] == [(1, FIRST), (2, SECOND)]
    assert value(letter.vehicles[1].model) == "BC7002B"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("白俄罗斯", ["BY"]),
        ("俄罗斯联邦", ["RU"]),
        ("印度尼西亚", ["ID"]),
        ("南苏丹", ["SS"]),
        ("赤道几内亚", ["GQ"]),
        ("索马里", ["SO"]),
        ("尼日利亚", ["NG"]),
        ("阿联酋", ["AE"]),
        ("俄羅斯", ["RU"]),
        ("海外", []),
        ("中亚地区", []),
        ("迪拜", []),
    ],
)
def test_countries_are_whole_names_and_nothing_else(text: str, codes: list[str]) -> None:
    letter = letter_of(f"售后维修服务确认书\n出口国别：{text}\n车架号：{FIRST}\n{CLOSING}")
    assert [country.value for country in letter.export_countries] == codes
    assert (letter.mislabelled_country is None) == bool(codes)


def test_countries_in_addresses_are_no_destination() -> None:
    letter = letter_of(f"售后维修服务确认书\n地址：中国吉林省长春市\n车架号：{FIRST}\n{CLOSING}")
    assert letter.export_countries == ()


def test_second_label_of_the_same_kind_begins_a_new_outlet() -> None:
    rows = """
售后维修服务确认书
网点名称：Almaty Auto
地址：Abay 10, Almaty
网点名称：Astana Motors
地址：Syganak 47, Astana
"""
    outlets = letter_of(rows + CLOSING).outlets
    assert [o.name.value for o in outlets if o.name] == ["Almaty Auto", "Astana Motors"]
    assert [o.country.value for o in outlets if o.country] == ["KZ", "KZ"]


@pytest.mark.parametrize(
    "dated",
    [
        "Tianjin, 12 March 2026",
        "天津，2026年3月12日",
        "Issued at Tianjin on 12 March 2026",
        "Signed on 12 March 2026",
        "Fait à Tianjin, le 12 mars 2026",
        "12/Mar/2026",
    ],
)
def test_a_place_or_a_word_of_issuing_may_lead_to_the_date(dated: str) -> None:
    letter = letter_of(TABLE.replace("2026年3月12日", dated))
    assert value(letter.issued_on) == "2026-03-12"


@pytest.mark.parametrize("dated", ["车辆于 2026年3月12日", "Registered 12 March 2026", "有效期至 2026年3月12日"])
def test_other_words_before_a_date_make_it_another(dated: str) -> None:
    assert letter_of(TABLE.replace("2026年3月12日", dated)).issued_on is None
