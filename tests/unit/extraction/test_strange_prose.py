"""What running text of unknown offices says of exporters, brands, dates and names that lines break."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import LABELS, MAKER, letter_of, page, placed
from verifier.extraction.cells import Cell
from verifier.extraction.layout import Layout
from verifier.extraction.vehicle_values import attributes_of
from verifier.letter import Field, Letter
from verifier.record import Makers

VIN = "LSVAA4182E2184847"
CLOSING = "北辰汽车制造有限公司（盖章）\n2026年3月12日"


def value(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


def of(rows: str) -> Letter:
    """Return what a letter with these rows in its middle claims."""
    return letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n{rows}\n\n{CLOSING}")


@pytest.mark.parametrize(
    "sentence",
    [
        "我公司确认，下列由我公司生产的星驰牌车辆将由青岛海链二手车有限公司出口至阿联酋。",
        "根据有关通知要求，青岛海链二手车有限公司申请出口我公司生产的星驰牌汽车共1辆。",
        "兹确认青岛海链二手车有限公司拟出口至阿联酋的下列星驰牌车辆系我公司生产。",
        "现就由青岛海链二手车有限公司向阿联酋 United Arab Emirates出口我公司所产车辆的售后维修事宜确认如下：",
        "委托出口单位/ Exportateur | 青岛海链二手车有限公司",
    ],
    ids=["two by", "behind a comma", "confirmed", "towards a country in two scripts", "entrusting"],
)
def test_an_exporter_begins_where_its_name_does(sentence: str) -> None:
    assert value(of(f"{sentence}\n车架号：{VIN}").exporter) == "青岛海链二手车有限公司"


def test_a_supply_chain_company_asks_for_nothing_by_its_name() -> None:
    letter = of(f"青岛远路供应链管理有限公司申请出口我公司生产的汽车。\n车架号：{VIN}")
    assert value(letter.exporter) == "青岛远路供应链管理有限公司"


def test_words_before_a_brand_are_none_of_it() -> None:
    (vehicle,) = of(f"兹确认青岛海链二手车有限公司拟出口至阿联酋的下列星驰牌车辆系我公司生产。\n车架号：{VIN}").vehicles
    assert value(vehicle.brand) == "星驰牌"


def test_a_name_that_a_column_breaks_is_joined() -> None:
    lines = [
        (0.3, 0.05, "售后维修服务确认书"),
        (0.5, 0.1, "出口商：青岛海链二手车进出口有限公"),
        (0.12, 0.111, "出口国家（地区）：吉尔吉斯共和国"),
        (0.495, 0.122, "司"),
        (0.12, 0.2, f"车架号：{VIN}"),
    ]
    letter = placed(lines)
    assert value(letter.exporter) == "青岛海链二手车进出口有限公司"


def test_a_designation_broken_over_the_lines_of_its_cell_is_one() -> None:
    broken = Cell.of(1, [*page("BCQ7564CHEV").lines, *page("A").lines])
    two = Cell.of(1, [*page("BCQ7564CHEV").lines, *page("BCQ7565CHEV").lines])
    layout = Layout.of((page("车辆型号"),), LABELS, Makers([MAKER]))
    models = [attributes_of({"model": (cell, 0, len(cell.text))}, layout)["model"] for cell in (broken, two)]
    assert [value(model) for model in models] == ["BCQ7564CHEVA", "BCQ7564CHEV BCQ7565CHEV"]


def test_a_number_ends_before_the_date_behind_it() -> None:
    letter = letter_of(f"售后维修服务确认书\n函号〔2026〕第392号2026年3月10日\n车架号：{VIN}\n\n{CLOSING}")
    assert value(letter.number) == "〔2026〕第392号"


def test_a_date_in_a_blank_under_a_vin_is_no_date_of_issue() -> None:
    letter = letter_of(
        f"售后维修服务确认书\n出口国别：俄罗斯\n1.车辆识别代号：{VIN}　型号：BC7001A　初次登记日期：_\n2025-11-11\n"
        "为我公司生产，在出口国由以下网点提供售后维修服务：\n网点：СТО «Орёл»\n地址：Россия, г. Омск, ул. Мира, д. 9\n"
        "电话：+7 3812 57 16 87\n\n北辰汽车制造有限公司（盖章）"
    )
    assert letter.issued_on is None
    assert [value(vehicle.registration_date) for vehicle in letter.vehicles] == ["2025-11-11"]


def test_a_lone_day_under_a_vin_is_the_vehicles() -> None:
    letter = letter_of(f"售后维修服务确认书\n{VIN}\n2025-11-11\nLFV2A21J970002020\n\n北辰汽车制造有限公司（盖章）")
    assert letter.issued_on is None


def test_who_is_addressed_ends_at_the_colon() -> None:
    letter = of(f"主送：省商务厅：青岛海链二手车有限公司申请出口汽车\n车架号：{VIN}")
    assert value(letter.addressee) == "省商务厅"


@pytest.mark.parametrize("name", ["Côte d'lvoire", "Cöte d'Ivoire"])
def test_a_country_is_known_with_letters_and_accents_misread(name: str) -> None:
    letter = letter_of(
        f"We confirm that the following vehicle manufactured by us and to be exported to {name} "
        f"by Qingdao Hailian Co., Ltd. is covered by our service.\nVIN: {VIN}\n\n{CLOSING}"
    )
    assert value(letter.export_country) == "CI"


def test_a_transfer_is_told_by_the_word_alone() -> None:
    (vehicle,) = of(f"VIN: {VIN}\nRegistered: 2026-01-05 Transferred: 2026-02-03").vehicles
    assert value(vehicle.transfer_date) == "2026-02-03"
