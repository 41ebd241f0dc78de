"""What letters of offices that nobody here set taught: one test for each class of slip."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of, placed
from verifier.letter import Field, Letter

FIRST, SECOND, THIRD = "LSVAA4182E2184847", "LFV2A21J970002020", "LGXC16AF4K0123458"
ARABIC = "شركة الهلال لخدمات السيارات"
CLOSING = "北辰汽车制造有限公司（盖章）\n2026年3月12日"


def value(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


def of(rows: str) -> Letter:
    """Return what a letter with these rows in its middle claims."""
    return letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n{rows}\n\n{CLOSING}")


def test_lying_tables_one_under_the_other_keep_their_own_vehicles() -> None:
    block = "No. | {} | {}\nChassis No. (VIN) | {} | {}\nBrand | BEICHEN | BEICHEN\nModel | {} | {}"
    rows = "\n".join(
        (
            block.format(1, 2, FIRST, SECOND, "BC7001A", "BC7002B"),
            block.format(3, 4, THIRD, "LSVAA4189E2184859", "BC7003C", "BC7004D"),
        )
    )
    assert [value(v.model) for v in of(rows).vehicles] == ["BC7001A", "BC7002B", "BC7003C", "BC7004D"]


def test_a_block_of_a_lying_table_begins_with_what_stands_over_the_first_vins() -> None:
    block = "Model | {} | {}\nVIN | {} | {}\nBrand | BEICHEN | BEICHEN"
    rows = "\n".join(
        (
            block.format("BC7001A", "BC7002B", FIRST, SECOND),
            block.format("BC7003C", "BC7004D", THIRD, "LSVAA4189E2184859"),
        )
    )
    assert [value(v.model) for v in of(rows).vehicles] == ["BC7001A", "BC7002B", "BC7003C", "BC7004D"]


def test_vins_head_their_column_where_its_words_were_misread() -> None:
    (vehicle,) = of(
        f"No. | 品牌 | 型号 | 车架号（VN码） | 注册登记日期\n1 | 北辰 | BC7001A | {FIRST} | 2026.1.5"
    ).vehicles
    assert (value(vehicle.brand), value(vehicle.registration_date)) == ("北辰", "2026-01-05")


ANNEX = "\n".join(f"{n} | LSVAA4182E21848{n:02}" for n in range(10, 25))


@pytest.mark.parametrize(
    "rows",
    [
        f"12 March 2026\nAfter-sales confirmation letter\nThe vehicles go to Kenya.\nSee Annex A.\nMore.\nMore.\nYours "
        f"faithfully,\nNorth Star Automotive Stock Co., Ltd.\nService Manager\nAnnex A\nNo. | VIN\n{ANNEX}",
        f"12 March 2026\nAfter-sales confirmation letter\nNorth Star Automotive Stock Co., Ltd. (the “Maker”) hereby "
        f"confirms it.\nAnnex A\nNo. | VIN\n{ANNEX}",
    ],
    ids=["under a courtesy", "hereby"],
)
def test_who_signs_a_letter_that_annexes_follow(rows: str) -> None:
    assert value(letter_of(rows).issuer) == "North Star Automotive Stock Co., Ltd."


def test_words_of_a_closing_that_lost_their_white_are_no_name() -> None:
    letter = letter_of(f"Confirmation\nVIN: {FIRST}\nForand on behalf of North Star Bus Co., Ltd.\nDated 17 March 2026")
    assert value(letter.issuer) == "North Star Bus Co., Ltd."


def test_a_house_in_a_table_of_outlets_is_no_number_of_the_letter() -> None:
    table = "服务商名称 | 地址 | 电话\nGulf Star LLC | No. 181, Leninsky Prospekt, Moscow | +7 438 110 00 23"
    letter = letter_of(f"关于确认书的复函\n^SH/SH/2026/0783\n车架号：{FIRST}\n{table}\n\n{CLOSING}")
    assert value(letter.number) == "SH/SH/2026/0783"


def test_a_number_ends_with_its_own_word() -> None:
    letter = letter_of(f"函号：（2026）北辰确字第700号出口车辆售后维修\n车架号：{FIRST}\n{CLOSING}")
    assert value(letter.number) == "(2026)北辰确字第700号"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("海湾之星汽车维修有限公司 Gulf Star Car Care", "海湾之星汽车维修有限公司 Gulf Star Car Care"),
        ("Gulf Star Auto LLC; Ful address", "Gulf Star Auto LLC"),
        ("■ Gulf Star Auto LLC", "Gulf Star Auto LLC"),
        (ARABIC, ARABIC),
    ],
)
def test_an_outlets_name_is_whole_and_no_more(name: str, read: str) -> None:
    (outlet,) = of(f"服务提供方：{name}\n地址：Al Khor Industrial Area 2, Dubai\n电话：+971 4 333 1820").outlets
    assert (value(outlet.name), value(outlet.contact)) == (read, None)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("1. 迪拜联合汽车有限公司，地址：迪拜市工业路8号，电话：+971 4 333 1820", "迪拜联合汽车有限公司"),
        ("我公司联合海湾汽车维修公司（地址：迪拜市工业路8号，电话：+971 4 333 1820）承担维修。", "海湾汽车维修公司"),
        (f"Repairs are done by {ARABIC}, located in Dubai (telephone +971 4 333 1820).", ARABIC),
        ("Service is rendered byGulf Star Ltd., located at Al Khor 2, Dubai. Tel. +971 4 333 1820", "Gulf Star Ltd."),
    ],
    ids=["a word of the name", "who joins", "Arabic", "no white"],
)  # fmt: skip
def test_names_in_sentences_and_items(sentence: str, name: str) -> None:
    assert [value(outlet.name) for outlet in of(sentence).outlets] == [name]


def test_an_address_keeps_no_short_label() -> None:
    (outlet,) = of("1. Gulf Star Auto LLC\nADDR: Al Khor 2, Dubai\nTEL: +971 4 333 1820").outlets
    assert value(outlet.address) == "Al Khor 2, Dubai"


def test_an_outlet_at_the_foot_of_a_page_is_no_senders_line() -> None:
    lines = [(0.12, 0.10, "售后维修服务确认书"), (0.12, 0.13, "出口国别：阿联酋"), (0.12, 0.16, f"车架号：{FIRST}")]
    lines += [(0.12, 0.92, "服务提供方：Gulf Star Auto LLC"), (0.12, 0.94, "地址：Al Khor 2, Dubai")]
    (outlet,) = placed([*lines, (0.12, 0.96, "电话：+971 4 333 1820")]).outlets
    assert (value(outlet.address), value(outlet.phone)) == ("Al Khor 2, Dubai", "+97143331820")


@pytest.mark.parametrize(
    ("address", "phone", "code"),
    [
        ("阿尔及利亚奥兰市滨海路280号", "+213 21 56 66 71", "DZ"),
        ("阿尔及利亚卡兰巴市滨海路280号", "+213 21 56 66 71", "DZ"),
        ("阿尔及利亚迪拜市滨海路280号", "+213 21 56 66 71", None),
        ("阿尔及利亚卡兰巴市滨海路280号", "+971 4 333 1820", None),
    ],
    ids=["a namesake", "a little known town", "a well-known town", "another dial code"],
)
def test_only_a_little_known_town_gives_way_to_country_and_dial_code(
    address: str, phone: str, code: str | None
) -> None:
    (outlet,) = of(f"服务提供方：海湾之星汽车维修公司\n地址：{address}\n电话：{phone}").outlets
    assert value(outlet.country) == code


def test_a_letter_is_valid_up_to_a_day_though_words_lost_their_white() -> None:
    letter = letter_of(
        f"Certificate\nVIN: {FIRST}\nThis certificate isvalid up to 27 July 2026.\nNorth Star Bus Co., Ltd.\n"
        "Date: 28 January 2026"
    )
    assert (value(letter.valid_until), letter.issued_on and letter.issued_on.doubt) == ("2026-07-27", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "霍尔果斯天山二手车出口有限公司拟出口下列车辆至摩洛哥。我公司负责维修。",
        "兹确认，该车由宁波远航国际贸易有限公司出口至\n摩洛哥。该车在当地的维修由我公司负责。",
        "拟出口以下3辆二手车到摩洛哥，特此确认。",
    ],
    ids=["what is exported between", "broken off", "counted"],
)
def test_the_destination_behind_what_is_exported(sentence: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n{sentence}\n车架号：{FIRST}\n{CLOSING}")
    assert value(letter.export_country) == "MA"


def test_a_brand_is_no_more_than_its_name() -> None:
    (vehicle,) = of(f"兹确认，我公司生产的北辰牌BC7001A车辆（VIN：{FIRST}），由某公司出口。").vehicles
    assert (value(vehicle.brand), value(vehicle.model)) == ("北辰牌", "BC7001A")


def test_a_brand_in_two_scripts() -> None:
    (vehicle,) = of(f"该车为北辰/BEICHEN牌，型号BC7001A，车辆识别代号为{FIRST}。").vehicles
    assert value(vehicle.brand) == "北辰/BEICHEN牌"


def test_a_sentence_that_announces_outlets_is_none() -> None:
    assert not of("我公司承担售后维修服务责任，境外服务网点信息如下，情况属实。").outlets


def test_an_initial_at_a_lines_end_keeps_its_name() -> None:
    head = "1. 网点名称：Horizon Auto Care Co., Ltd.；地址：65 Komitas Ave., Yerevan, Armenia；联系人：J."
    (outlet,) = of(f"{head}\nMensah；联系电话：+374-10-984-53-98").outlets
    assert (value(outlet.contact), value(outlet.phone)) == ("J. Mensah", "+374109845398")


def test_cards_whose_vin_comes_last_keep_their_own_when_one_lost_its_model() -> None:
    lines = []
    for number, (vin, model) in enumerate(((FIRST, ""), (SECOND, "BC7002B"), (THIRD, "BC7003C"))):
        top = 0.2 + number * 0.08
        lines += [
            (0.12, top, f"车辆品牌：北辰{f' 型号：{model}' if model else ''}"),
            (0.12, top + 0.025, f"VIN：{vin}"),
        ]
    letter = placed([(0.12, 0.1, "售后维修服务确认书"), (0.12, 0.13, "出口国别：阿联酋"), *lines])
    assert [value(v.model) for v in letter.vehicles] == [None, "BC7002B", "BC7003C"]


def test_an_unmarked_no_before_a_house_is_no_number() -> None:
    assert letter_of(f"售后维修服务确认书\nNo. 201 Rustaveli Ave., Tbilisi\n车架号：{FIRST}\n{CLOSING}").number is None


@pytest.mark.parametrize("lines", [("北辰汽车制", "造有限公司"), ("Beichen Automobile", "Manufacturing Co., Ltd.")])
def test_a_long_name_takes_two_lines_where_it_is_a_known_makers(lines: tuple[str, str]) -> None:
    letter = letter_of(
        f"售后维修服务确认书\n出口国别：阿联酋\n车架号：{FIRST}\n特此确认。\n以上属实。\n本函有效。\n{lines[0]}\n{lines[1]}\n2026年3月12日"
    )
    assert letter.issuer
    assert letter.issuer.value in ("北辰汽车制造有限公司", "Beichen Automobile Manufacturing Co., Ltd.")


def test_lines_that_are_no_known_makers_together_stay_apart() -> None:
    letter = letter_of(f"售后维修服务确认书\n车架号：{FIRST}\n特此确认\n南辰汽车有限公司\n2026年3月12日")
    assert value(letter.issuer) == "南辰汽车有限公司"


def test_the_caption_of_a_table_is_no_line_of_its_heads() -> None:
    lines = [(0.12, 0.1, "售后维修服务确认书"), (0.12, 0.13, "出口国别：肯尼亚"), (0.12, 0.16, f"车架号：{FIRST}")]
    lines += [(0.12, 0.209, "境外售后服务网点信息/Overseas service outlets"), (0.24, 0.23, "维修服务商")]
    lines += [(0.48, 0.221, "地址"), (0.8, 0.23, "电话"), (0.13, 0.26, "1"), (0.2, 0.26, "Star Car Care Ltd.")]
    (outlet,) = placed([*lines, (0.43, 0.26, "7 Ngong Road, Nairobi"), (0.76, 0.26, "+254 20 451 8511")]).outlets
    assert value(outlet.name) == "Star Car Care Ltd."


def test_who_signs_ends_a_table_and_a_speck_goes_on_with_no_cell() -> None:
    head = "服务网点 | 地址 | 电话\nGulf Star Auto LLC | Al Khor 2, Dubai | +971 4 333 1820"
    letter = of(f"{head}\n出具单位（公章）北辰汽车制造有限公司 | Le constructeur (cachet): | X")
    assert [value(outlet.name) for outlet in letter.outlets] == ["Gulf Star Auto LLC"]


def test_a_station_in_russian_keeps_the_word_for_station() -> None:
    (outlet,) = of("(二) СТО «Авангард»\n经营地址：г. Душанбе, ул. Сино, д. 110\n电话：+992 37 256 45 21").outlets
    assert value(outlet.name) == "СТО «Авангард»"


def test_small_words_with_a_stop_are_an_addresss() -> None:
    (outlet,) = of(
        "维修由ООО «Горизонт Моторс»提供，其地址为г. Москва, ул. Заводская, д. 81，联系电话+7 (928) 971-23-48。"
    ).outlets
    assert value(outlet.address) == "г. Москва, ул. Заводская, д. 81"


def test_an_outlet_behind_another_ones_closing_bracket() -> None:
    first = "海湾之星汽车维修公司（地址：迪拜市工业路8号，电话：+971 4 333 1820）"
    second = "埃及众诚汽车售后服务站（地址：开罗市中央大道70号，电话：+20 2 3999 8466）"
    outlets = of(f"我司委托以下单位负责维修：{first}：{second}。").outlets
    assert [value(o.name) for o in outlets] == ["海湾之星汽车维修公司", "埃及众诚汽车售后服务站"]
