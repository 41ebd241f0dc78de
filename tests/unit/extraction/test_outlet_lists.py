"""Outlets one under another in a column of a table of vehicles, in the box of a form, and wrapped cells of tables."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import LABELS, MAKER, letter_of, page, placed
from verifier.extraction.cells import Cell
from verifier.extraction.layout import Layout
from verifier.extraction.outlet_lists import by_lines
from verifier.letter import Letter
from verifier.record import Makers

FIRST, SECOND = "LSVAA4182E2184847", "LFV2A21J970002020"


def told(letter: Letter) -> list[tuple[str | None, ...]]:
    """Return name, address and telephone of each outlet."""
    return [
        tuple(field.value if field else None for field in (outlet.name, outlet.address, outlet.phone))
        for outlet in letter.outlets
    ]


def test_a_column_beside_vehicles_lists_outlets_over_their_rows() -> None:
    head = [(0.1, 0.1, "车架号"), (0.35, 0.1, "型号"), (0.6, 0.1, "维修网点（提供方、地址、电话）")]
    rows = [(0.1, 0.13, FIRST), (0.35, 0.13, "BC7001A"), (0.1, 0.165, SECOND), (0.35, 0.165, "BC7002B")]
    lines = [
        "拉各斯金星汽车中心，尼日利亚拉各斯",
        "市港口路8号，+234 1 333 1820",
        "阿布贾金星汽车公司（二店），阿",
        "布贾市中央区9号，00234-9-4441820",
    ]
    column = [(0.6, 0.122 + 0.016 * n, text) for n, text in enumerate(lines)]
    assert told(placed([(0.3, 0.05, "售后维修服务确认书"), *head, *rows, *column])) == [
        ("拉各斯金星汽车中心", "尼日利亚拉各斯市港口路8号", "+23413331820"),
        ("阿布贾金星汽车公司(二店)", "阿布贾市中央区9号", "+23494441820"),
    ]


def test_a_numbered_list_in_one_cell_is_taken_apart() -> None:
    head = [(0.1, 0.1, "车架号"), (0.35, 0.1, "型号"), (0.6, 0.1, "网点名称、地址、电话")]
    lines = [
        "1. 金星汽车服务中心；塔什干",
        "市友谊街153号；+998-66-325",
        "2. 银星汽车公司；撒马尔罕市",
        "港口路114号；+998 71 918 71 98",
    ]
    lines[1] = "市友谊街153号；+998-66-3255979"
    column = [(0.6, 0.12 + 0.016 * n, text) for n, text in enumerate(lines)]
    letter = placed([(0.3, 0.05, "售后维修服务确认书"), *head, (0.1, 0.144, FIRST), (0.35, 0.144, "BC7001A"), *column])
    assert told(letter) == [
        ("金星汽车服务中心", "塔什干市友谊街153号", "+998663255979"),
        ("银星汽车公司", "撒马尔罕市港口路114号", "+998719187198"),
    ]


def test_a_telephone_and_its_person_go_on_in_the_next_line() -> None:
    head = [(0.1, 0.1, "车架号"), (0.35, 0.1, "型号"), (0.6, 0.1, "维修服务网点")]
    lines = ["Vega Niamey SARL, Rue 30, Niamey", "+227 20 73 41", "15（Ibrahim Moussa）"]
    column = [(0.6, 0.128 + 0.016 * n, text) for n, text in enumerate(lines)]
    letter = placed([(0.3, 0.05, "售后维修服务确认书"), *head, (0.1, 0.144, FIRST), (0.35, 0.144, "BC7001A"), *column])
    assert told(letter) == [("Vega Niamey SARL", "Rue 30, Niamey", "+22720734115")]


def cell_of(*lines: str) -> Cell:
    """Return a cell of these lines."""
    return Cell.of(1, [line for text in lines for line in page(text).lines])


def test_lines_of_a_form_are_name_address_and_telephone() -> None:
    cell = cell_of(
        "Vega Auto Service (Samarkand)", "147 Port Blvd, Samarkand, Uzbekistan", "Karim Aliyev, +998-71-6946016"
    )
    layout = Layout.of((page("Service outlets"),), LABELS, Makers([MAKER]))
    found = {key: cell.text[slice(*place)] for key, place in by_lines(cell, 0, len(cell.text), layout).items()}
    assert found == {
        "name": "Vega Auto Service (Samarkand)",
        "address": "147 Port Blvd, Samarkand, Uzbekistan",
        "phone": "+998-71-6946016",
        "contact": "Karim Aliyev",
    }


def test_lines_that_do_not_end_with_the_telephone_are_read_on() -> None:
    cell = cell_of("1. 金星汽车服务站；", "撒马尔罕汽车城大道", "160号；+998 71 793 0038")
    layout = Layout.of((page("服务网点"),), LABELS, Makers([MAKER]))
    assert by_lines(cell, 0, len(cell.text), layout) == {}


def test_the_label_of_a_box_beside_a_telephone_is_no_name() -> None:
    letter = letter_of(
        f"车辆售后维修服务确认函\n出口国别 | 阿尔及利亚\n车辆识别代号 | {FIRST}\n"
        " | 1) Oran Vega Auto Service LLC\n | 11 Port Street, Oran\n"
        "售后服务网点After-sales service outlets | Sergey N. +213 21 947 52 53\n\n北辰汽车制造有限公司\n2026年3月12日"
    )
    assert told(letter) == [("Oran Vega Auto Service LLC", "11 Port Street, Oran", "+213219475253")]


def test_the_last_lines_of_an_outlets_cells_belong_to_it() -> None:
    rows = [
        ("No.", "Service Provider", "Address", "Contact", "Tel."),
        ("1", "Accra Vega", "Ring Road 97, East", "Ahmed", "+233 30 713 4581"),
        ("", "Service Center", "Legon", "Hassan", ""),
    ]
    places = (0.1, 0.16, 0.38, 0.62, 0.74)
    lines = [
        (left, 0.2 + 0.02 * number - 0.004 * (number == 2), text)
        for number, row in enumerate(rows)
        for left, text in zip(places, row, strict=True)
        if text
    ]
    letter = placed([(0.3, 0.05, "After-sales service confirmation"), (0.1, 0.1, f"VIN: {FIRST}"), *lines])
    assert told(letter) == [("Accra Vega Service Center", "Ring Road 97, East Legon", "+233307134581")]


def test_outlets_side_by_side_have_their_labels_in_the_first_column() -> None:
    letter = letter_of(
        "售后维修服务确认书\n车架号：LSVAA4182E2184847\n出口国：加纳\n"
        "维修服务商 | 库马西授权售后服务站 | 阿克拉授权售后服务站\n"
        "网点地址 | 库马西市机场公路278号 | 阿克拉市友谊路105号\n"
        "联系人 | Amina Bello | Kwame Mensah\n服务热线 | +233 32 284 5959 | +233 30 290 5318\n北辰汽车制造有限公司"
    )
    told = [(o.name and o.name.value, o.address and o.address.value, o.phone and o.phone.value) for o in letter.outlets]
    assert told == [
        ("库马西授权售后服务站", "库马西市机场公路278号", "+233322845959"),
        ("阿克拉授权售后服务站", "阿克拉市友谊路105号", "+233302905318"),
    ]


def test_a_line_under_a_numbered_name_is_its_address() -> None:
    letter = letter_of(
        "CONFIRMATION OF AFTER-SALES SERVICE\nVIN: LSVAA4182E2184847\nDestination: Russia\nСервисные центры\n"
        "1) OOO DalAutoTrade\nLeningradskoye Shosse 67, Novosibirsk, Russia, D. Kuznetsov, Phone: +7 (383) 461-49-59\n"
        "2) Сервисный центр «Урал-Моторс»\n"
        "Россия, г. Екатеринбург, ул. Малышева, д. 228, Иванов А.С., Телефон: +7 343 908-23-42"
    )
    assert told(letter) == [
        ("OOO DalAutoTrade", "Leningradskoye Shosse 67, Novosibirsk, Russia", "+73834614959"),
        ("Сервисный центр «Урал-Моторс»", "Россия, г. Екатеринбург, ул. Малышева, д. 228", "+73439082342"),
    ]
    assert [outlet.contact and outlet.contact.value for outlet in letter.outlets] == ["D. Kuznetsov", "Иванов А.С."]


def test_an_authorised_station_of_a_town_is_named_whole_in_prose() -> None:
    letter = letter_of(
        "售后维修服务确认书\n车架号：LSVAA4182E2184847\n出口国：塔吉克斯坦\n为此，我公司已指定杜尚别授权售后服务站"
        "（地址：塔吉克斯坦杜尚别市中央大道35号，联系人Aigerim Sadykova，电话+992 37 234 93 13）承担其在当地的维修。"
    )
    assert [name for name, *_ in told(letter)] == ["杜尚别授权售后服务站"]


def test_the_town_in_brackets_behind_a_name_is_part_of_the_line() -> None:
    letter = letter_of(
        "售后维修服务确认书\n目的国：智利\n车架号：LSVAA4182E2184847\n售后维修服务网点\n科迪勒拉汽修厂（圣地亚哥）\n智利圣地亚哥奥希金斯大道153号\n"
        "电话 +56 2 617 39391\n\n北辰汽车制造有限公司\n2026年3月12日"
    )
    (outlet,) = letter.outlets
    assert outlet.name
    assert outlet.address
    assert (outlet.name.value, outlet.address.value) == ("科迪勒拉汽修厂(圣地亚哥)", "智利圣地亚哥奥希金斯大道153号")
    assert outlet.contact is None


def test_an_outlet_that_a_sentence_announces() -> None:
    letter = letter_of(
        "售后维修服务确认函\n贵公司拟出口至吉尔吉斯斯坦的汽车1辆，"
        "车辆识别代号为LSVAA4182E2184847，系我公司产品。\n"
        "服务网点信息如下：阿拉套汽车服务公司（比什凯克）"
        "（地址：吉尔吉斯斯坦比什凯克市楚河大街151号，电话：+996 312 809 325）。\n\n"
        "北辰汽车制造有限公司\n2026年3月12日"
    )
    (outlet,) = letter.outlets
    assert outlet.name
    assert outlet.address
    assert outlet.phone
    assert outlet.name.value == "阿拉套汽车服务公司(比什凯克)"
    assert (outlet.address.value, outlet.phone.value) == ("吉尔吉斯斯坦比什凯克市楚河大街151号", "+996312809325")


@pytest.mark.parametrize("sign", ["①", "1", "1 "])
def test_the_number_before_an_outlet_is_no_part_of_its_name(sign: str) -> None:
    letter = letter_of(
        f"售后维修服务确认书\n目的国：加纳\n车架号：LSVAA4182E2184847\n服务网点：{sign}阿散蒂汽修厂\n地址：加纳库马西高街124号\n"
        "电话：+233 322 465 931\n\n北辰汽车制造有限公司\n2026年3月12日"
    )
    assert [outlet.name and outlet.name.value for outlet in letter.outlets] == ["阿散蒂汽修厂"]
