"""Forms whose cells hold several labels, names that lines break, columns in two languages, cards in two rows."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import Letter

VIN, OTHER = "LSVAA4182E2184847", "LFV2A21J970002020"
NAME = "北辰汽车制造有限公司"
HEAD = "^售后维修服务确认书"


def outlets(letter: Letter) -> list[tuple[str | None, ...]]:
    """Return name, address and telephone of each outlet."""
    return [tuple(f.value if f else None for f in (o.name, o.address, o.phone)) for o in letter.outlets]


@pytest.mark.parametrize(
    "lines",
    [
        "第一条 出具单位：北辰汽车制造有限公司。出口企业：青岛胶海供\n应链有限公司。",
        "编号：BC-1 | 出口企业：青岛胶海供\n应链有限公司",
        "出口企业：青岛胶海供\n\n兹就青岛胶海供应链有限公司的车辆确认如下。",
    ],
)
def test_an_exporter_that_a_line_breaks_is_made_whole(lines: str) -> None:
    letter = letter_of(f"{HEAD}\n{lines}\n\n车架号：{VIN}\n\n{NAME}\n2026年3月12日")
    assert letter.exporter
    assert letter.exporter.value == "青岛胶海供应链有限公司"


@pytest.mark.parametrize(
    "sentence",
    [
        "青岛远帆国际贸易有限公司申报出口肯尼亚的下述车辆为我公司生产。",
        "该批车辆计2辆，经青岛远帆国际贸易有限公司申报，销往肯尼亚。",
    ],
)
def test_who_declares_the_export_is_the_exporter(sentence: str) -> None:
    letter = letter_of(f"{HEAD}\n{sentence}\n\n车架号：{VIN}\n\n{NAME}\n2026年3月12日")
    assert letter.exporter
    assert letter.exporter.value == "青岛远帆国际贸易有限公司"


def test_labels_within_a_forms_cell_say_what_belongs_to_its_outlet() -> None:
    letter = letter_of(
        f"{HEAD}\n出口国别 | 尼日利亚\n车架号 | {VIN}\n"
        "境外服务网点 | 奥贡汽修有限公司地址：尼日利亚卡诺市马里兰大道103号联系人：Bola A.电话：+234 1 363 4268\n"
        f"{NAME}\n2026年3月12日"
    )
    assert outlets(letter) == [("奥贡汽修有限公司", "尼日利亚卡诺市马里兰大道103号", "+23413634268")]


def test_a_card_of_two_rows_is_one_outlet() -> None:
    card = "网点名称 | 服务电话\n{} | {}\n详细地址 | 联系人\n{} | Д. Кузнецов\n"
    letter = letter_of(
        f"{HEAD}\n出口国别：俄罗斯\n车架号：{VIN}\n境外服务网点\n"
        + card.format("东方汽车服务中心", "+7 495 555-66-52", "俄罗斯莫斯科市列宁大街50号")
        + card.format("北极星汽车技术中心", "+7 495 734-46-44", "俄罗斯莫斯科市和平大道40号")
        + f"\n{NAME}\n2026年3月12日"
    )
    assert outlets(letter) == [
        ("东方汽车服务中心", "俄罗斯莫斯科市列宁大街50号", "+74955556652"),
        ("北极星汽车技术中心", "俄罗斯莫斯科市和平大道40号", "+74957344644"),
    ]


COLUMNS = """
^售后维修服务确认函
我公司确认对以下出口到肯尼亚的车辆承担责任。 | We hereby confirm that the vehicles below
品牌型号：昌岳牌CY7180H，特此说明如下 | are served by the outlets named herein
车架号： | Make and model: CHANGYUE CY7180H
1. {} | VIN:
2. {} | 1. {}
服务网点见下，由我公司负责联络安排 | 2. {}
本确认书有效期至2026年12月31日。 | This letter is valid until 31 December 2026

北辰汽车制造有限公司
"""


def test_vehicles_of_two_columns_in_two_languages_are_the_same() -> None:
    letter = letter_of(COLUMNS.format(VIN, OTHER, VIN, OTHER))
    assert [(claim.vin.value, claim.vin.doubt) for claim in letter.vehicles] == [(VIN, None), (OTHER, None)]


def test_columns_that_name_other_vehicles_leave_a_doubt() -> None:
    letter = letter_of(COLUMNS.format(VIN, OTHER, "LNX8ML5TXSE646757", "LNX8ML5TXTJ646945"))
    assert {claim.vin.doubt for claim in letter.vehicles} == {"conflict"}
    assert len(letter.vehicles) == 4


@pytest.mark.parametrize(
    "sentence",
    [
        "现确认为该等车辆在俄罗斯提供售后维修服务保障，网点信息如下。",
        "2. 车辆运抵俄罗斯后，可由我公司当地服务伙伴提供维修保养。",
        "We confirm that repair of the vehicles will be provided in Russia by our partners.",
    ],
)
def test_where_the_vehicles_are_served_is_the_destination_where_nothing_else_says_it(sentence: str) -> None:
    letter = letter_of(f"{HEAD}\n{sentence}\n\n车架号：{VIN}\n\n{NAME}\n2026年3月12日")
    assert letter.export_country
    assert letter.export_country.value == "RU"


def test_where_an_outlet_lies_is_no_destination() -> None:
    letter = letter_of(
        f"{HEAD}\n车架号：{VIN}\n维修由莫斯科东方汽车服务有限公司承担，地址：俄罗斯莫斯科市列宁大街50号。\n{NAME}\n2026年3月12日"
    )
    assert letter.export_country is None


@pytest.mark.parametrize(
    "sentence", ["维修技术资料自2026年1月1日起免费更新。", "按照《海外售后服务管理办法》（2025年3月1日修订）处置。"]
)
def test_the_day_from_which_a_rule_holds_is_no_day_of_a_vehicle(sentence: str) -> None:
    letter = letter_of(f"{HEAD}\n车架号：{VIN}\n{sentence}\n\n{NAME}\n2026年3月12日")
    assert letter.unassigned_dates == ()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("P.O. Box 4412, Nairobi", None),
        ("P.O.Box 4412, Nairobi, Kenya", None),
        ("内罗毕邮政信箱4412号", None),
        ("Enterprise Road 107, Nairobi, P.O. Box 4412", "Enterprise Road 107, Nairobi, P.O. Box 4412"),
    ],
)
def test_a_post_office_box_is_no_place_to_repair_a_car(address: str, told: str | None) -> None:
    letter = letter_of(
        f"{HEAD}\n出口国别：肯尼亚\n车架号：{VIN}\n服务网点：Savanna Lion Motors Ltd\n"
        f"地址：{address}\n电话：+254 20 267 3448\n{NAME}"
    )
    assert [one[1] for one in outlets(letter)] == [told]


def test_a_last_day_that_was_not_read_as_one_is_told() -> None:
    letter = letter_of(f"{HEAD}\n车架号：{VIN}\n本确认书有效期至2026-03 01\n{NAME}\n2026年3月12日")
    assert letter.valid_until is None
    assert letter.unread_validity
    assert letter.unread_validity.text.endswith("2026-03 01")


@pytest.mark.parametrize("label", ["编号/ No. ", "编号/No.", "编号／No."])
def test_a_number_stands_behind_its_label_in_two_languages(label: str) -> None:
    letter = letter_of(f"{HEAD}\n{label}AS2026518278\n我公司确认如下事项。\n车架号：{VIN}\n{NAME}\n2026年3月12日")
    assert letter.number
    assert letter.number.value == "AS2026518278"


def test_a_number_of_vehicles_may_stand_in_a_cell_of_its_own() -> None:
    letter = letter_of(f"{HEAD}\n出口国 | 墨西哥 | 数量 | 7\n车架号：{VIN}\n{NAME}\n2026年3月12日")
    assert letter.stated_vehicle_count
    assert letter.stated_vehicle_count.value == "7"


def test_an_exporters_name_may_begin_at_the_end_of_the_line_above_it() -> None:
    letter = letter_of(
        f"{HEAD}\n兹确认，下列车辆由满洲 | We confirm\n里北方驰达汽车贸易有限公司拟出口至泰国。 | the vehicles\n\n"
        f"车架号：{VIN}\n{NAME}"
    )
    assert letter.exporter
    assert letter.exporter.value == "满洲里北方驰达汽车贸易有限公司"


@pytest.mark.parametrize(
    ("line", "brand", "model"),
    [
        (f"Make HAITUO Model HTX5030XXY\nVIN No. {VIN}", "HAITUO", "HTX5030XXY"),
        (f"商标品牌鲁驰，车辆型号 SLC7001BEV05，车架号 {VIN}", "鲁驰", "SLC7001BEV05"),
        (f"厂牌 云马牌型号 YMA6460E2车辆识别代码 {VIN}", "云马牌", "YMA6460E2"),
        (f"厂牌云马牌型号 YMA6460E2车辆识别代码 {VIN}", "云马牌", "YMA6460E2"),
        (f"The WL6461GBA with VIN {VIN}.", None, "WL6461GBA"),
        (f"Chassis No. (VIN) {VIN}, Make LUCHI, Model SLC6400PVK", "LUCHI", "SLC6400PVK"),
    ],
)
def test_labels_without_a_colon_are_no_part_of_a_brand(line: str, brand: str | None, model: str) -> None:
    (claim,) = letter_of(f"{HEAD}\n{line}\n\n{NAME}\n2026年3月12日").vehicles
    assert (claim.brand.value if claim.brand else None, claim.model.value if claim.model else None) == (brand, model)


def test_a_makers_letterhead_addresses_nobody() -> None:
    letter = letter_of(f"{NAME}\nTo whom it may concern,\n{HEAD}\n车架号：{VIN}\n\n{NAME}\n2026年3月12日")
    assert letter.addressee is None


def test_a_bird_is_no_crow() -> None:
    letter = letter_of(f"{HEAD}\n出口国别：鸟兹别克斯坦\n车架号：{VIN}\n{NAME}")
    assert letter.export_country
    assert letter.export_country.value == "UZ"
