"""Forms, print-outs and short notes as offices fill them in: spread labels, wide tables, definitions, cards."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import LABELS, letter_of, placed
from verifier.extraction.halves import halves_of
from verifier.letter import Field, Kind, Letter

FIRST, SECOND, THIRD = "LSVAA4182E2184847", "LFV2A21J970002020", "LGXC16AF4K0123458"
ACCOUNT = "04776177266851336"
CLOSING = "北辰汽车制造有限公司（盖章）\n2026年3月12日"


def value(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


def of(rows: str) -> Letter:
    """Return what a letter with these rows in its middle claims."""
    return letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n{rows}\n\n{CLOSING}")


def test_labels_spread_over_their_column_are_one_each() -> None:
    letter = placed(
        [
            (0.4, 0.05, "售后维修服务确认书"),
            (0.10, 0.10, "出"), (0.14, 0.10, "口"), (0.18, 0.10, "国"), (0.22, 0.10, "别"), (0.31, 0.10, "智利"),
            (0.10, 0.13, "车"), (0.16, 0.13, "架"), (0.22, 0.13, "号"), (0.31, 0.13, FIRST),
            (0.10, 0.16, "境外网点名称"), (0.31, 0.16, "Taller Andino SpA"),
            (0.10, 0.19, "境外网点地址Av. Vespucio 700, Santiago"),
            (0.10, 0.22, "联"), (0.16, 0.22, "系"), (0.22, 0.22, "人 María Rojas"),
            (0.10, 0.25, "联系电话"), (0.31, 0.25, "+56 9 2653 5280"),
            (0.6, 0.40, "北辰汽车制造有限公司"),
        ]
    )  # fmt: skip
    (outlet,) = letter.outlets
    assert value(letter.export_country) == "CL"
    assert [vehicle.vin.value for vehicle in letter.vehicles] == [FIRST]
    assert (value(outlet.contact), value(outlet.address)) == ("María Rojas", "Av. Vespucio 700, Santiago")


def test_two_labels_side_by_side_are_two_heads() -> None:
    letter = of(f"序号 | 品牌 | 型号 | 车架号\n1 | 北辰 | BC7001A | {FIRST}\n2 | 北辰 | BC7002B | {SECOND}")
    assert [(value(v.brand), value(v.model)) for v in letter.vehicles] == [("北辰", "BC7001A"), ("北辰", "BC7002B")]


def test_a_wide_table_is_known_by_the_heads_that_matter() -> None:
    heads = [
        "序",
        "品牌",
        "型号",
        "车架号",
        "发动机号",
        "电池编码",
        "颜色",
        "排量",
        "里程",
        "号牌",
        "发票号码",
        "注册登记日期",
    ]
    row = f"1 北辰 BC7001A {FIRST} YC15H*G6 04PE0Q0 红 - 3146 川A·A7 2620166 2026.01.05".split()
    lefts = (0.02, 0.05, 0.10, 0.20, 0.41, 0.52, 0.61, 0.65, 0.69, 0.74, 0.80, 0.89)
    (vehicle,) = placed(
        [
            (0.4, 0.05, "售后维修服务确认书"),
            (0.05, 0.10, "出口国别：阿联酋"),
            *((left, 0.20, head) for left, head in zip(lefts, heads, strict=True)),
            *((left, 0.23, said) for left, said in zip(lefts, row, strict=True)),
        ]
    ).vehicles
    assert (value(vehicle.model), value(vehicle.registration_date)) == ("BC7001A", "2026-01-05")


def test_a_definition_states_what_it_defines() -> None:
    letter = letter_of(
        "售后维修服务确认函\n"
        "第一条 本函所称“出口人”，指宁波远航贸易有限公司；所称“目的国”，指塞尔维亚共和国；"
        "所称“服务网点”，指第三条所列机构。\n"
        f"第二条 标的车辆1辆：北辰牌BC7001A（车辆识别代号：{FIRST}）。\n"
        "第三条 服务提供方：Golden Palm Auto d.o.o.，住所：167 Zrenjaninski put, Belgrade，电话：+381 11 343 1693。\n"
        "第四条 服务网点停止经营的，本公司应当在三十日内另行指定目的国境内的服务机构。\n" + CLOSING
    )
    (outlet,) = letter.outlets
    assert value(letter.export_country) == "RS"
    assert (value(outlet.name), value(outlet.address)) == (
        "Golden Palm Auto d.o.o.",
        "167 Zrenjaninski put, Belgrade",
    )
    assert not letter.reservations


def test_a_model_ends_before_what_else_is_said_of_its_vehicle() -> None:
    (vehicle,) = of(f"车架号 {FIRST} 品牌 北辰牌 型号 BC7001A 里程 1324 公里 临时号牌 川A·A20440").vehicles
    assert value(vehicle.model) == "BC7001A"


@pytest.mark.parametrize(("said", "model"), [("BC7001A (BEICHEN)", "BC7001A"), ("BC7001A (PHEV)", "BC7001A (PHEV)")])
def test_the_brand_in_brackets_behind_a_designation_is_no_part_of_it(said: str, model: str) -> None:
    (vehicle,) = of(f"品牌型号：北辰牌 {said}\n车架号：{FIRST}").vehicles
    assert value(vehicle.model) == model


def test_vehicles_and_outlets_under_one_line_of_heads_have_rows_of_their_own() -> None:
    letter = placed(
        [
            (0.4, 0.05, "售后维修服务确认书"),
            (0.06, 0.10, "出口国别：哥斯达黎加"),
            (0.06, 0.20, "序号"), (0.12, 0.20, "型号"), (0.28, 0.20, "车架号"),
            (0.52, 0.20, "网点"), (0.68, 0.20, "地址"), (0.88, 0.20, "电话"),
            (0.06, 0.23, "1"), (0.12, 0.23, "BC7001A"), (0.26, 0.23, FIRST),
            (0.47, 0.245, "Taller Aurora SA"), (0.67, 0.245, "Calle 38 Cartago"), (0.86, 0.245, "+506 2709 1122"),
            (0.06, 0.26, "2"), (0.12, 0.26, "BC7002B"), (0.26, 0.26, SECOND),
            (0.06, 0.29, "3"), (0.12, 0.29, "BC7003C"), (0.26, 0.29, THIRD),
            (0.06, 0.40, "以上车辆由上列网点维修。"),
            (0.6, 0.50, "北辰汽车制造有限公司"),
        ]
    )  # fmt: skip
    (outlet,) = letter.outlets
    assert [value(v.model) for v in letter.vehicles] == ["BC7001A", "BC7002B", "BC7003C"]
    assert (value(outlet.name), value(outlet.phone)) == ("Taller Aurora SA", "+50627091122")


def test_a_header_of_vehicles_alone_has_no_halves() -> None:
    assert halves_of((), 0, 0, (), lambda row: False) == ()


def test_the_country_over_the_outlets_that_vehicles_are_exported_to_is_the_destination() -> None:
    rows = (
        "出口国 | 城市 | 服务商 | 地址 | 电话\n"
        "埃及 | Cairo | Baraka Auto Care S.A.E. | 62 Salah Salem Street | +20 100 996 8804"
    )
    other = rows.replace("出口国 ", "国别 ")
    letters = [letter_of(f"售后维修服务确认书\n{table}\n车架号：{FIRST}\n\n{CLOSING}") for table in (rows, other)]
    assert [value(letter.export_country) for letter in letters] == ["EG", None]


def test_outlets_numbered_in_one_value_are_each_told() -> None:
    said = (
        "境外网点：1) Tulpar Avto LLC, 814 Jibek Jolu Ave., Bishkek, Serik Akhmetov +996 770 620 050; "
        "2) Magistral Motors LLC, 152 Lenin St., Osh, Rustam Karimov +996 312 25 84 22;"
    )
    letter = letter_of(f"售后维修服务确认书\n出口国别：吉尔吉斯\n车架号：{FIRST}\n{said}\n\n{CLOSING}")
    assert [(value(o.name), value(o.contact), value(o.phone)) for o in letter.outlets] == [
        ("Tulpar Avto LLC", "Serik Akhmetov", "+996770620050"),
        ("Magistral Motors LLC", "Rustam Karimov", "+996312258422"),
    ]


def test_the_number_of_an_account_is_no_vehicle() -> None:
    letter = of(f"车架号：{FIRST}\n开户行：交通银行 账号：{ACCOUNT}")
    assert [vehicle.vin.value for vehicle in letter.vehicles] == [FIRST]


def test_the_day_of_the_letter_that_is_answered_is_no_vehicles() -> None:
    letter = of(f"贵公司2026年3月1日《关于商请出具确认书的函》（20260301-18号）收悉。\n车架号：{FIRST}\n型号：BC7001A")
    assert letter.unassigned_dates == ()


def test_a_note_without_a_title_names_who_signs_over_two_lines_and_who_serves() -> None:
    letter = letter_of(
        "May 3, 2026\nTO WHOM IT MAY CONCERN\n"
        f"Beichen Automobile Manufacturing Co., Ltd. confirms that the vehicle {FIRST}, to be exported to Kyrgyz "
        "Republic, will be serviced and repaired there by Temir Motors LLC, 498 Lenin St., Osh, "
        "telephone +996 555 460 302.\n\n\n"
        "Beichen Automobile\nManufacturing Co., Ltd."
    )
    (outlet,) = letter.outlets
    assert letter.kind is Kind.CONFIRMATION_LETTER
    assert value(outlet.name) == "Temir Motors LLC"
    assert value(letter.issuer) == "Beichen Automobile Manufacturing Co., Ltd."


def test_number_and_day_may_open_a_line_without_labels() -> None:
    letter = letter_of(
        "海外售后维修服务确认书\nBC-SVC-2026-0289 2026.05.01 目的国：缅甸\n"
        f"车架号：{FIRST}\n\n北辰汽车制造有限公司（公章）"
    )
    assert (value(letter.number), value(letter.issued_on)) == ("BC-SVC-2026-0289", "2026-05-01")


def test_names_of_towns_may_have_lost_their_accents() -> None:
    (found,) = LABELS.places.find("San Jose")
    assert set(found.code.split("/")) == {"CR", "PH"}


def test_a_country_whose_accent_was_misread_is_the_same() -> None:
    letter = letter_of(f"Confirmation of After-sales Service\nCountry of destination: Perü\nVIN: {FIRST}\n\n{CLOSING}")
    assert value(letter.export_country) == "PE"


def test_who_exports_is_named_behind_what_the_sentence_begins_with() -> None:
    letter = letter_of(
        "售后维修服务确认函\n四川省商务厅：\n"
        f"现将西安鼎昌国际贸易有限公司申请出口至哈萨克斯坦的车辆售后维修服务情况确认如下：\n车架号：{FIRST}\n\n{CLOSING}"
    )
    assert value(letter.exporter) == "西安鼎昌国际贸易有限公司"


def test_a_designation_and_a_day_behind_it_are_no_vehicle() -> None:
    letter = of(f"VIN：{FIRST} 北辰牌 XZQ6631EV 2025-11-22登记\nRECEIVED 02 MAY 2026")
    assert [vehicle.vin.value for vehicle in letter.vehicles] == [FIRST]


def test_a_value_whose_label_opens_a_bracket_ends_where_that_closes() -> None:
    rows = "序号 | 车架号 | 型号\n" + f"1 | {FIRST} | BC7001A\n2 | {SECOND} | BC7002B"
    letter = of(f"本公司确认，下表所列汽车（品牌：北辰牌）出口至菲律宾后，由下列网点服务。\n{rows}")
    assert [value(vehicle.brand) for vehicle in letter.vehicles] == ["北辰牌"] * 2


def test_a_maker_may_say_in_a_sentence_on_which_day_it_confirms() -> None:
    letter = letter_of(
        "售后维修服务承诺确认书\n"
        f"北辰汽车制造有限公司于2026年1月15日郑重确认：出口至莫桑比克的车辆（车架号{FIRST}）系我公司制造。\n\n"
        "确认人：北辰汽车制造有限公司"
    )
    assert value(letter.issued_on) == "2026-01-15"


def test_each_of_several_vehicles_under_a_destination_goes_there() -> None:
    letter = letter_of(
        "多国出口车辆售后维修服务确认书\n"
        f"目的国一：哥伦比亚\nVIN：{FIRST} 北辰牌 BC7001A\nVIN：{SECOND} 北辰牌 BC7001A\n"
        f"目的国二：缅甸\nVIN：{THIRD} 北辰牌 BC7001A\n\n{CLOSING}"
    )
    assert [value(vehicle.export_country) for vehicle in letter.vehicles] == ["CO", "CO", "MM"]


def test_the_heading_of_a_numbered_section_counts_nothing() -> None:
    letter = of(f"1 Vehicles\n1.1 VIN {FIRST}, model BC7001A\n1.2 VIN {SECOND}, model BC7002B\n2 Service outlets")
    assert letter.stated_vehicle_count is None


def test_a_filing_number_is_not_the_letters_where_that_stands_beside_it() -> None:
    letter = letter_of(f"No.698\nBCASC2026/074\n售后维修服务确认函\n出口国别：老挝\n车架号：{FIRST}\n\n{CLOSING}")
    assert value(letter.number) == "BCASC2026/074"


def test_the_label_of_a_box_may_stand_level_with_the_address_in_it() -> None:
    letter = placed(
        [
            (0.4, 0.05, "售后维修服务确认书"),
            (0.10, 0.10, "出口国别：白俄罗斯"),
            (0.10, 0.13, f"车架号：{FIRST}"),
            (0.31, 0.20, "戈梅利远东汽车维修有限公司"),
            (0.10, 0.22, "服务网点1"), (0.31, 0.22, "白俄罗斯戈梅利市苏维埃街86号"),
            (0.31, 0.24, "联系人：Aziz Karimov"), (0.60, 0.24, "电话：+375 29 170-22-42"),
            (0.6, 0.40, "北辰汽车制造有限公司"),
        ]
    )  # fmt: skip
    (outlet,) = letter.outlets
    assert (value(outlet.name), value(outlet.address)) == ("戈梅利远东汽车维修有限公司", "白俄罗斯戈梅利市苏维埃街86号")


def test_a_town_and_its_postcode_are_no_brand_and_designation() -> None:
    letter = letter_of(
        f"After-sales Service Confirmation\nThe vehicle {FIRST}, exported to Azerbaijan, will be serviced by "
        "Temir Motors LLC, 12 Nizami Street, Ganja AZ2073, telephone +994 22 256 10 10.\n\n" + CLOSING
    )
    (vehicle,) = letter.vehicles
    assert vehicle.model is None


def test_numbers_and_designations_under_one_label_are_told_apart() -> None:
    letter = of(f"车架号及型号 | {FIRST} BC7001A\n品牌 | 北辰牌")
    assert [(v.vin.value, value(v.model)) for v in letter.vehicles] == [(FIRST, "BC7001A")]


def test_an_address_goes_on_in_the_next_line_behind_a_comma() -> None:
    letter = letter_of(
        "After-sales service confirmation\nCountry of destination: South Africa\n"
        f"VIN: {FIRST}\nService outlets\nAlliance Motors (Pty) Ltd\n2nd Floor, 124 Main Reef Road,\nJohannesburg\n"
        f"Contact: Budi Santoso\nTel. +27 82 272 5433\n\n{CLOSING}"
    )
    (outlet,) = letter.outlets
    assert value(outlet.address) == "2nd Floor, 124 Main Reef Road, Johannesburg"
    assert value(outlet.phone) == "+27822725433"


def test_a_house_number_with_its_comma_is_no_reference() -> None:
    letter = letter_of(
        "After-sales service confirmation\nCountry of destination: Indonesia\n"
        f"VIN: {FIRST}\nService will be rendered by:\nPT Savannah Garage\nNo. 151, Jl. Ahmad Yani, Surabaya\n"
        f"Attn. Budi Santoso, Tel. +62 812-5574-8061\n\n{CLOSING}"
    )
    (outlet,) = letter.outlets
    assert value(outlet.address) == "No. 151, Jl. Ahmad Yani, Surabaya"


def test_a_head_in_two_scripts_may_end_in_a_misread_letter() -> None:
    rows = (
        "服务站/Сервисный | 地址/Axpec | 联系人/ KTKTH0 | 电话/ Телефон\n"
        "ТОО «Полюс» | 010037, г. Астана, пр. Кабанбай батыра, 58 | Фарход Рахимов | +7 727 346 75 38"
    )
    (outlet,) = letter_of(f"售后维修服务确认书\n出口国别：哈萨克斯坦\n车架号：{FIRST}\n{rows}\n\n{CLOSING}").outlets
    assert (value(outlet.name), value(outlet.contact)) == ("ТОО «Полюс»", "Фарход Рахимов")
