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
