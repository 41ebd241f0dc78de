"""What the letters of many secretaries taught: sidebars, labels in two languages in a form, brands as headings."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import LABELS, MAKER, letter_of, page, placed
from verifier.extraction.cells import Cell
from verifier.extraction.label_places import label_places
from verifier.letter import Field, Letter

FIRST, SECOND, THIRD = "LSVAA4182E2184847", "LFV2A21J970002020", "LGXC16AF4K0123458"
CLOSING = "北辰汽车制造有限公司（盖章）\n2026年3月12日"


def value(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


def of(rows: str) -> Letter:
    """Return what a letter with these rows in its middle claims."""
    return letter_of(f"售后维修服务确认书\n{rows}\n\n{CLOSING}")


def test_a_brand_heads_the_vehicles_under_it() -> None:
    head = "车辆识别代码 | 车辆型号 | 注册登记日期"
    letter = of(
        "出口国别：阿联酋\n本集团旗下各品牌车辆按品牌列示如下。\n"
        f"（一）天衡牌\n{head}\n{FIRST} | THC6463UA | 2026-01-21\n{SECOND} | THC1035QD | 2026-02-15\n"
        f"（二）砺野牌（1辆）\n{head}\n{THIRD} | THL1030X | 2026-01-07"
    )
    assert [value(v.brand) for v in letter.vehicles] == ["天衡牌", "天衡牌", "砺野牌"]


def test_a_label_and_its_twin_in_one_box_have_their_value_in_the_next() -> None:
    letter = of(
        f"目的国 Country | 科特迪瓦\n车辆 Vehicle 1 | VIN {FIRST}\n网点 Outlet 1 | 亚穆苏克罗马赫尔汽车服务公司"
    )
    assert value(letter.export_country) == "CI"


def test_lines_of_a_box_begin_with_labels_that_have_no_colon() -> None:
    lines = "亚穆苏克罗马赫尔汽车服务公司\n地址科特迪瓦亚穆苏克罗市马赛大街44号\n电话 +225 27 21 70 04 67"
    places = label_places(Cell.of(1, page(lines).lines), LABELS)
    assert [(place.name, place.marked) for place in places] == [("outlet_address", True), ("outlet_phone", True)]


def test_lines_that_break_where_they_are_full_begin_with_no_label() -> None:
    lines = "我公司确认对以下车辆在目的国提供维修并按当地规定及公司\n地址所载的网点负责其售后服务，特此确认。"
    assert label_places(Cell.of(1, page(lines).lines), LABELS) == ()


def test_in_a_sidebar_values_stand_under_their_labels() -> None:
    letter = of(
        "Date | 本公司作为下列车辆的生产企业，确认在上述目的国提供售后维修服务。\n"
        "2026-03-16 | As the manufacturer of the vehicles below, we confirm that maintenance and\n"
        "Valid until | repair will be available at the service points listed.\n"
        f"2026-07-31 | 1 {FIRST}\nDestination | 2 {SECOND}\nChile | BEICHEN BC7001A\n"
        "Exporter | Maher Vehicle Service Centre\n南宁邕联车业有限公司 | 5 Calle Los Conquistadores, Santiago"
    )
    said = (letter.issued_on, letter.valid_until, letter.export_country, letter.exporter)
    assert tuple(map(value, said)) == ("2026-03-16", "2026-07-31", "CL", "南宁邕联车业有限公司")


def test_the_number_of_an_office_s_own_run_is_not_the_letter_s() -> None:
    letter = of(f"流程编号 | OA-736254 | 文件编号 | SHFW202600570\n出口国别：老挝\n车架号：{FIRST}")
    assert value(letter.number) == "SHFW202600570"


@pytest.mark.parametrize(
    "sentence",
    [
        "兹确认我公司在智利为广州佳骋汽车贸易有限公司出口的下列车辆提供售后维修服务。",
        "Por la presente confirmamos el servicio de mantenimiento posventa, en Chile, de los vehículos siguientes.",
        "Nous confirmons l'entretien après-vente, au Chili, des véhicules suivants.",
    ],
)
def test_where_vehicles_are_served_they_go(sentence: str) -> None:
    assert value(of(f"{sentence}\n车架号：{FIRST}").export_country) == "CL"


def test_a_year_before_an_end_of_line_is_no_number_of_years() -> None:
    letter = of(f"本函自签发之日起生效，有效期至2026年10 | We hereby confirm\n月30日。 | below.\n车架号：{FIRST}")
    assert value(letter.valid_until) in (None, "2026-10-30")


@pytest.mark.parametrize("stamp", ["已登记 2026.04.19", "已受理 2026.04.19"])
def test_the_day_of_a_stamp_of_receipt_is_not_that_of_the_letter(stamp: str) -> None:
    assert letter_of(f"{stamp}\n售后维修服务确认书\n车架号：{FIRST}\n\n{CLOSING}").issued_on.doubt is None


def test_a_form_of_zeros_is_spelt_with_its_letters() -> None:
    letter = of(
        "出口国别：俄罗斯\n网点 | 名称 | 地址 | 联系人 | 电话\n"
        "1 | 000 Avtoregion Servis | 80 Pulkovskoye Shosse, Saint Petersburg, Russia | Olga Minina | +7 812 626-48-69\n"
        f"车架号：{FIRST}"
    )
    assert [value(o.name) for o in letter.outlets] == ["OOO Avtoregion Servis"]


def test_a_name_by_its_form_alone_is_that_of_an_outlet() -> None:
    letter = of(
        f"Exported to Belarus.\nVIN {FIRST}\nAuthorised service outlets in Belarus\nOOO Belavto Tekhservis\n"
        "68 Partizansky Prospekt, Minsk, Belarus\nAttn.: Anna Dubovik Tel. +375 17 729-76-79"
    )
    assert [(value(o.name), value(o.address)) for o in letter.outlets] == [
        ("OOO Belavto Tekhservis", "68 Partizansky Prospekt, Minsk, Belarus")
    ]


def test_two_papers_side_by_side_are_read_one_after_the_other() -> None:
    letter = letter_of(
        "售后维修服务确认书 | Подтверждение сервисного обслуживания\n日期：2026年3月16日 | от «16» марта 2026 г.\n"
        "出口国别：乌兹别克斯坦 | Страна назначения: Узбекистан\n"
        "我公司生产的下列车辆： | Автомобили нашего производства:\n"
        f"1) {FIRST} | 1) {FIRST}\n北辰牌 BC7001A，注册登记2026-01-31 | BEICHEN BC7001A, регистрация 31.01.2026\n"
        f"2) {SECOND} | 2) {SECOND}\n北辰牌 BC7002B，注册登记2026-01-06 | BEICHEN BC7002B, регистрация 06.01.2026\n"
        "维修由下列网点提供： | Ремонт обеспечивают:\n生产企业：北辰汽车制造有限公司 | Изготовитель: Beichen Automobile"
    )
    found = [(value(v.vin), value(v.model), value(v.registration_date)) for v in letter.vehicles]
    assert found == [(FIRST, "BC7001A", "2026-01-31"), (SECOND, "BC7002B", "2026-01-06")]
    assert letter.addressee is None


@pytest.mark.parametrize(
    ("line", "addressee"),
    [
        (
            "Attn. Chengdu Rong'ou Import & Export Co., Ltd. (成都蓉欧进出口有限公司) Service Confirmation",
            "成都蓉欧进出口有限公司",
        ),
        ("Attn. Tianjin Gangwantong Export Co., Ltd.", "Tianjin Gangwantong Export Co., Ltd."),
    ],
)
def test_attn_in_the_head_addresses_the_letter(line: str, addressee: str) -> None:
    letter = letter_of(f"{line}\n售后维修服务确认书\n出口国别：印度尼西亚\n车架号：{FIRST}\n\n{CLOSING}")
    assert value(letter.addressee) == addressee


@pytest.mark.parametrize(
    "sentence",
    [
        "the vehicles below, exported by Tianjin Gangwantong Export Co., Ltd. (天津港湾通出口有限公司) to Kenya,",
        "第二条 标的车辆 出口人天津港湾通出口有限公司申请出口的下列机动车，共计1辆：",
    ],
)
def test_an_exporter_is_called_as_applications_call_it(sentence: str) -> None:
    assert value(of(f"{sentence}\n出口国别：肯尼亚\n车架号：{FIRST}").exporter) == "天津港湾通出口有限公司"


def test_a_house_number_is_no_letter_number() -> None:
    letter = of(
        f"Exported to Thailand.\nVIN {FIRST}\nYour service points:\nBerino Truck Care Co., Ltd.\n"
        "No. 181 Bangna-Trad Road, Bangkok, Thailand\nOmar Haddad, +66 81 484 4074"
    )
    (outlet,) = letter.outlets
    assert (value(outlet.address) or "").startswith("No. 181 Bangna-Trad Road, Bangkok, Thailand")
    assert letter.number is None


def test_a_name_has_its_address_in_brackets() -> None:
    letter = of(
        f"出口国别：阿尔及利亚\n车架号：{FIRST}\n境外服务网点\n"
        "1、奥尔坎汽车服务中心（阿尔及利亚阿尔及尔市工业区路158号） | 赵志强 +213 21 70 62 50"
    )
    assert [(value(o.name), value(o.address)) for o in letter.outlets] == [
        ("奥尔坎汽车服务中心", "阿尔及利亚阿尔及尔市工业区路158号")
    ]


def test_a_name_in_capitals_signs() -> None:
    letter = letter_of(
        f"BEICHEN AUTOMOBILE MANUFACTURING CO., LTD.\nAFTER-SALES SERVICE CONFIRMATION LETTER\nExported to Kenya.\n"
        f"VIN {FIRST}\n\nfor and on behalf of\nBEICHEN AUTOMOBILE MANUFACTURING CO., LTD.\n(signed) Lu Wenbo"
    )
    assert value(letter.issuer) == "BEICHEN AUTOMOBILE MANUFACTURING CO., LTD."


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("SUBJECT | After-sales service for used vehicles sold into the United Arab Emirates", "AE"),
        (
            "The car left in good order. Its new owner will live in Georgia. There our partner looks after it.",
            "GE",
        ),
        ("问：车卖到哪里？ | 老挝。", "LA"),
        ("Our workshop in Kenya repairs the cars.", None),
        ("原产国：德国", None),
    ],
)
def test_the_one_country_that_a_letter_names_beside_its_outlets_is_the_destination(
    line: str, country: str | None
) -> None:
    assert value(of(f"{line}\nVIN {FIRST}").export_country) == country


@pytest.mark.parametrize(
    "line",
    [
        "This letter loses its effect after 31 August 2026.",
        "Repairs are free of charge for 36 months from 1 May 2026 at the latest under our terms.",
        "Parts depot: Tema Free Zone, opening 01/04/2026",
        "本单作确认书用，一年，到2027年4月1日止。",
        "用到：2027年3月11日",
    ],
)
def test_a_later_day_amid_a_sentence_is_not_that_of_the_letter(line: str) -> None:
    issued_on = letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n车架号：{FIRST}\n{line}\n\n{CLOSING}").issued_on
    assert issued_on
    assert (issued_on.value, issued_on.doubt) == ("2026-03-12", None)


@pytest.mark.parametrize("line", ["Given at Hefei on 15 May 2026", "落款时间：2026年5月15日", "2026年5月15日"])
def test_a_later_day_that_may_be_the_letter_s_leaves_a_doubt(line: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n签发日期：2026年3月12日\n车架号：{FIRST}\n北辰汽车制造有限公司\n{line}")
    assert letter.issued_on
    assert letter.issued_on.doubt == "conflict" or letter.issued_on.value == "2026-05-15"


@pytest.mark.parametrize("line", ["两辆车均为北辰牌BC7001A", "甲方所造之北辰牌BC7001A"])
def test_words_that_lead_to_a_brand_are_none_of_it(line: str) -> None:
    (vehicle,) = of(f"出口国别：阿联酋\n{line}，车架号 {FIRST}").vehicles
    assert value(vehicle.brand) == "北辰牌"


def test_a_day_within_the_letter_s_number_is_no_other_day_of_a_vehicle() -> None:
    head = "No. | VIN | 品牌 | 车辆型号 | 注册登记日期"
    letter = letter_of(
        f"售后维修服务确认书\n确认书编号：QR-SH-20260301 | 出口企业：青岛远帆进出口有限公司\n{head}\n"
        f"1 | {FIRST} | 北辰牌 | BC7001A | 2026-01-30\n2 | {SECOND} | 北辰牌 | BC7001A | 2026-02-03\n\n{CLOSING}"
    )
    assert letter.unassigned_dates == ()


@pytest.mark.parametrize(
    ("opening", "exporter"),
    [
        (
            "现确认西安长程汽车国际贸易有限公司申请出口至沙特阿拉伯的下列车辆均为我公司产品。",
            "西安长程汽车国际贸易有限公司",
        ),
        ("兹就北京现代远航贸易有限公司拟出口的车辆确认如下：", "北京现代远航贸易有限公司"),
        ("现代远航汽车贸易有限公司申请出口的下列车辆由我公司制造。", "现代远航汽车贸易有限公司"),
        ("本公司承诺由上述网点为重庆渝欧国际供应链有限公司出口的上述车辆提供服务。", "重庆渝欧国际供应链有限公司"),
    ],
)
def test_words_that_open_a_letter_are_no_part_of_who_exports(opening: str, exporter: str) -> None:
    assert value(letter_of(f"售后维修服务确认书\n{opening}\n车架号：{FIRST}\n\n{CLOSING}").exporter) == exporter


def test_the_official_name_of_a_country_in_which_service_is_available() -> None:
    letter = of(
        "We confirm that after-sales service will be available in Islamic Republic of Pakistan for the vehicle below.\n"
        f"VIN {FIRST}"
    )
    assert value(letter.export_country) == "PK"


def test_vehicle_numbers_that_lost_the_white_behind_their_serial_number() -> None:
    letter = of(f"车辆识别代号（VIN）如下：\n01 {FIRST} | 03 {THIRD}\n02{SECOND}")
    assert {vehicle.vin.value for vehicle in letter.vehicles} == {FIRST, SECOND, THIRD}


def test_one_label_gives_number_and_day_of_issue() -> None:
    letter = letter_of(
        "售后维修服务确认书\n编号/日期 | SHQR202605072 / 2026-05-08\n"
        f"车架号：{FIRST}\n注册登记日期：2026-03-02\n\n北辰汽车制造有限公司"
    )
    assert (value(letter.number), value(letter.issued_on)) == ("SHQR202605072", "2026-05-08")


def test_a_day_is_no_designation() -> None:
    (vehicle,) = of(f"出口国别：阿联酋\n车架号：{FIRST}\n车辆型号：2026-02-25").vehicles
    assert vehicle.model is None


@pytest.mark.parametrize(
    ("said", "brand"), [("途E行牌TEX6460BEV1", "途E行牌"), ("途E行牌/TU-E TEX6460BEV1", "途E行牌")]
)
def test_a_latin_letter_may_be_a_character_of_a_chinese_brand(said: str, brand: str) -> None:
    (vehicle,) = of(f"出口国别：阿联酋\n车架号：{FIRST}\n品牌型号：{said}").vehicles
    assert (value(vehicle.brand), value(vehicle.model)) == (brand, "TEX6460BEV1")


def test_a_vehicle_number_that_lost_the_white_before_its_designation() -> None:
    (vehicle,) = of(f"出口国别：阿联酋\n车架号1：{FIRST}RJ6461BEV1").vehicles
    assert vehicle.vin.value == FIRST
    assert not of(f"出口国别：阿联酋\n发动机号：{FIRST[:-1]}9RJ6461BEV1").vehicles  # no check digit bears it out


def test_the_row_s_number_is_no_part_of_the_brand() -> None:
    (vehicle,) = of(f"品牌 | 型号 | 车辆识别代码\n15 江沅 | JYS5033XXYDG | {FIRST}").vehicles
    assert value(vehicle.brand) == "江沅"


def test_a_seal_s_stroke_before_the_day_of_issue_is_none_of_it() -> None:
    letter = letter_of(
        f"售后维修服务确认书\n出口国别：阿联酋\n车架号：{FIRST}\n\n北辰汽车制造有限公司\nRUUN2026年2月23日"
    )
    assert value(letter.issued_on) == "2026-02-23"


@pytest.mark.parametrize("name", ["达喀尔东方之星汽车养护中心", "红海汽车机修厂", "里约汽车工坊", "草原汽车服务处"])
def test_what_workshops_are_called(name: str) -> None:
    outlet = f"{name}\n塞内加尔达喀尔市布尔吉巴大街21号\n李娜·+221 33 8166435"
    letter = of(f"目的国：塞内加尔\n车架号：{FIRST}\n当地售后服务网点\n{outlet}")
    assert [value(outlet.name) for outlet in letter.outlets] == [name]


@pytest.mark.parametrize("head", ["Исх. № BT售后〔2026〕 81号", "cx. Nº BT售后〔2026〕 81号"])
def test_a_number_with_white_in_it_and_its_day(head: str) -> None:
    letter = letter_of(f"{MAKER.name}\n{head} от 13 марта 2026 г.\n目的国：塔吉克斯坦\nVIN {FIRST}\n\n{MAKER.name}")
    assert (value(letter.number), value(letter.issued_on)) == ("BT售后〔2026〕81号", "2026-03-13")


def test_a_number_ends_before_the_label_of_something_else() -> None:
    letter = letter_of(
        f"售后维修服务确认书\n编号SHQR-XI-26318出口目的国蒙古国签发日期2026-04-18\nVIN {FIRST}\n\n{MAKER.name}"
    )
    assert (value(letter.number), value(letter.export_country)) == ("SHQR-XI-26318", "MN")


def test_a_stamp_of_receipt_whose_word_stands_beside_its_office() -> None:
    letter = placed(
        [
            (0.55, 0.02, "广西壮族自治区商务厅"),
            (0.67, 0.02, "收件"),
            (0.56, 0.04, "2026.04.30"),
            (0.38, 0.1, "售后维修服务确认书"),
            (0.12, 0.2, f"车架号：{FIRST}"),
            (0.5, 0.6, MAKER.name),
            (0.5, 0.63, "2026年4月16日"),
        ]
    )
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-04-16", None)


def test_a_vehicle_s_destination_stands_in_brackets_behind_it() -> None:
    letter = of(
        f"拟出口目的国：土耳其、格鲁吉亚\n车辆识别代码：{FIRST}，车辆型号：BC3310G5（出口土耳其）\n"
        f"车辆识别代码：{SECOND}，车辆型号：BC3310G5（出口格鲁吉亚）"
    )
    assert [value(vehicle.export_country) for vehicle in letter.vehicles] == ["TR", "GE"]


def test_an_outlet_that_is_called_by_what_outlets_are_called() -> None:
    letter = of(
        f"出口国家：塔吉克斯坦\n车架号：{FIRST}\n以下网点可为上述车辆提供维修、保养及零配件供应：\n苦盏瑞达授权服务站\n"
        "地址：塔吉克斯坦苦盏市鲁达基大街92号\n负责人：伊万诺夫\n电话：+992 342 80 3791"
    )
    assert [value(outlet.name) for outlet in letter.outlets] == ["苦盏瑞达授权服务站"]


def test_the_label_of_a_form_s_cell_beside_a_table_is_no_outlet() -> None:
    letter = of(
        f"目的国：约旦\n车架号：{FIRST}\n网点名称 | 经营地址 | 电话\n"
        "售后服务网点 | 安曼东方车辆技术服务公司 约旦安曼市国王大街153号 | +962 6 302-7338"
    )
    (outlet,) = letter.outlets
    assert (value(outlet.name), value(outlet.address)) == ("安曼东方车辆技术服务公司", "约旦安曼市国王大街153号")


def test_a_destination_in_brackets_in_the_line_under_its_vehicle() -> None:
    letter = of(
        f"拟出口目的国：肯尼亚、泰国\n车辆1 | VIN：{FIRST}，型号：CHZ6490EREV，\n"
        "初次登记日期：2025年11月18日（出口肯尼亚）\n"
        f"车辆2 | VIN：{SECOND}，型号：CHZ6490EREV，\n初次登记日期：2026年4月14日（出口泰国）"
    )
    assert [value(vehicle.export_country) for vehicle in letter.vehicles] == ["KE", "TH"]


def test_what_says_that_nothing_follows_is_no_value() -> None:
    (vehicle,) = of(f"品牌 | 型号 | 车辆识别代码\n华岳牌 | HY6480HA5 | {FIRST}\n（以下空白）").vehicles
    assert value(vehicle.brand) == "华岳牌"


def test_the_exporter_is_not_where_he_is_said_to_be_named() -> None:
    assert of(f"出口企业：详见申请材料\n车架号：{FIRST}").exporter is None


def test_a_value_goes_on_under_itself_beside_its_label() -> None:
    street = "经营地址：肯尼亚蒙巴萨市独立大道与医院街交口"
    lines = [
        (0.38, 0.08, "售后维修服务确认书"),
        (0.12, 0.2, "出口国"),
        (0.26, 0.2, "肯尼亚"),
        (0.12, 0.23, "车架号"),
        (0.26, 0.23, FIRST),
        (0.12, 0.26, "境外服务网点"),
        (0.26, 0.26, f"蒙巴萨丝路汽修厂，国别：肯尼亚共和国，{street}东侧"),
        (0.26, 0.275, "141号，电话：+254 41 49 2249"),
        (0.5, 0.6, MAKER.name),
    ]
    (outlet,) = placed(lines).outlets
    assert (value(outlet.address) or "").endswith("东侧141号")


def test_a_stamp_of_receipt_in_one_line_behind_its_town() -> None:
    closing = "北辰汽车制造有限公司\nRUUUN 2026年3月4日\n霍尔果斯市商务局收文2026.04.01"
    letter = letter_of(f"售后维修服务确认书\n出口国别：越南\n车架号：{FIRST}\n特此确认。\n\n{closing}")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-03-04", None)
