"""Dates, references, parties, destinations and names as offices nobody here has seen put them."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import MAKER, letter_of
from verifier.letter import Field

VIN, OTHER = "LSVAA4182E2184847", "LFV2A21J970002020"
NAME = "北辰汽车制造有限公司"


def value(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


@pytest.mark.parametrize(
    "closing",
    [
        "2026年4月17日／2026-04-17",
        "2026年4月17日 / 17 апреля 2026 г.",
        "2026/4/17 /17 ape 2026 r.",
        "2026-04-17／17 avnl 2026",
        "2026年4月17日／Apnl 17, 2026",
    ],
)
def test_a_date_said_twice_is_the_day_of_issue(closing: str) -> None:
    assert value(letter_of(f"售后维修服务确认书\n车架号：{VIN}\n{NAME}\n{closing}").issued_on) == "2026-04-17"


def test_the_first_of_a_month_is_known_where_its_1_was_read_as_a_letter() -> None:
    assert (
        value(letter_of(f"售后维修服务确认书\n车架号：{VIN}\n{NAME}\n2026年5月1日／ler moi 2026").issued_on)
        == "2026-05-01"
    )


@pytest.mark.parametrize(
    "closing", ["2026-04-17／2026-04-19", "2026/4/17 /19 ape 2026 r.", "2026/4/17 /17 ape 2027 r."]
)
def test_two_days_in_one_closing_are_none(closing: str) -> None:
    assert letter_of(f"售后维修服务确认书\n车架号：{VIN}\n{NAME}\n{closing}").issued_on is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("2026-SQC-0975", "2026-SQC-0975"),
        ("Ne SLY-ASC-2025-00399", "SLY-ASC-2025-00399"),
        ("参考号：津睿海外〔2026〕第213号", "津睿海外〔2026〕第213号"),
    ],
)
def test_references_are_known_by_their_looks_or_label(line: str, number: str) -> None:
    assert value(letter_of(f"售后维修服务确认书\n{line}\n车架号：{VIN}\n{NAME}").number) == number


def test_a_designation_alone_is_no_reference() -> None:
    assert letter_of(f"售后维修服务确认书\n型号 | 长骏牌CQJ7357CHEV5\n车架号 | {VIN}\n{NAME}").number is None


def test_a_reference_under_a_full_title_is_a_line_of_its_own() -> None:
    title = "^关于贵司申请出具出口二手车辆境外售后维修服务确认书事宜的复函以及后续服务安排的说明文件"
    assert value(letter_of(f"{title}\n^SHFW20260525-21\n车架号：{VIN}\n{NAME}").number) == "SHFW20260525-21"


WORKSHOP = "我司委托以下单位负责维修：雅加达亚欧汽车服务中心（地址：雅加达市滨海路13号）"


def test_who_asks_exports_and_who_repairs_does_not() -> None:
    asked = "应天津远航贸易有限公司之请，我司确认下列车辆。"
    letter = letter_of(f"售后维修服务确认书\n{asked}\n车架号：{VIN}\n{WORKSHOP}\n{NAME}")
    assert value(letter.exporter) == "天津远航贸易有限公司"
    assert letter_of(f"售后维修服务确认书\n车架号：{VIN}\n{WORKSHOP}\n{NAME}").exporter is None


def test_the_day_of_the_exporters_own_letter_is_no_unplaced_date() -> None:
    letter = letter_of(f"复函\n贵司2026年1月18日来函收悉。\n车架号：{VIN}\n{NAME}\n2026年1月24日")
    assert not letter.unassigned_dates
    assert letter_of(f"复函\n车辆2026年1月18日。\n车架号：{VIN}\n{NAME}\n2026年1月24日").unassigned_dates


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("现予以确认。出口目的地国家：泰国。", "TH"),
        ("车辆 exported by Tianjin Ganghui Used Car Export Co., Ltd. to Nigeria, shall enjoy service.", "NG"),
        ("对出口阿拉伯埃及共和国的我公司所产车辆作如下确认：", "EG"),
    ],
)
def test_destinations_in_running_text(text: str, country: str) -> None:
    assert value(letter_of(f"售后维修服务确认书\n{text}\n车架号：{VIN}\n{NAME}").export_country) == country


def test_labels_with_colons_side_by_side_are_cards_and_no_table() -> None:
    letter = letter_of(
        f"售后维修服务确认书\n车架号（VIN）： | 车架号（VIN）：\n{VIN} | {OTHER}\n品牌：北辰牌 | 品牌：北辰牌\n"
        f"型号：BC7001A | 型号：BC7002B\n\n{NAME}"
    )
    assert [(value(v.vin), value(v.model)) for v in letter.vehicles] == [(VIN, "BC7001A"), (OTHER, "BC7002B")]


def test_what_stands_in_brackets_behind_a_vin_is_said_of_it() -> None:
    text = f"一辆，型号BC7001A，车架号为{VIN}；车架号为{OTHER}（北辰BC7512B6，2026年2月12日登记）。"
    letter = letter_of(f"售后维修服务确认书\n{text}\n{NAME}")
    assert [value(v.model) for v in letter.vehicles] == ["BC7001A", "BC7512B6"]


def test_a_brand_of_two_words_in_capitals_is_whole() -> None:
    letter = letter_of(f"售后维修服务确认书\n1. {VIN} | DONGFANG AUTO EQF6599CHEV5\n\n{NAME}")
    assert value(letter.vehicles[0].brand) == "DONGFANG AUTO"


def names(rows: str) -> list[str | None]:
    """Return the names of the outlets in rows."""
    letter = letter_of(
        f"售后维修服务确认书\n出口国别：越南\n车架号：{VIN}\n境外服务网点：\n{rows}\n\n{NAME}\n2026年3月12日"
    )
    return [value(o.name) for o in letter.outlets]


@pytest.mark.parametrize(
    "name",
    [
        "河内金轮汽车服务有限公司 Golden Wheel Auto Service Co., Ltd.",
        "河内金轮汽车服务有限公司（Golden Wheel Motors LLC）",
        "金星汽车维修有限公司（河内）",
    ],
)
def test_names_in_two_languages_or_with_their_town_are_whole(name: str) -> None:
    found = names(f"1. {name}\n地址：河内市和平大街12号\n电话：+84 24 3848 5967")
    assert [text and text.replace("(", "（").replace(")", "）") for text in found] == [name]


def test_a_label_inside_a_name_does_not_cut_it() -> None:
    assert names("1. 服务商名称：越南远东汽车售后服务站；地址：河内市和平大街12号；电话：+84 24 3848 5967。") == [
        "越南远东汽车售后服务站"
    ]


def test_neither_a_heading_nor_the_maker_is_an_outlet() -> None:
    rows = "售后服务网点 / Service outlets\nDelta Auto LLC | 12 Giai Phong Road, Hanoi | +84 24 3848 5967"
    assert names(rows) == ["Delta Auto LLC"]
    assert names(f"{MAKER.name_en}, 17 Giai Phong Road, Hanoi, Vietnam") == []


@pytest.mark.parametrize(
    "closing",
    [
        f"Manufacturer (seal) | Authorised signature\n{NAME} | \n日期：2026-04-17",
        f"授权代表（签字） | 王明\n{MAKER.name_en} {NAME}\n日期：2026-04-17",
    ],
)
def test_the_name_over_a_seal_signs_whatever_stands_beside(closing: str) -> None:
    assert value(letter_of(f"售后维修服务确认书\n车架号：{VIN}\n以上属实。\n{closing}").issuer) == NAME
