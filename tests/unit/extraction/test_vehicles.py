"""Vehicles: every VIN once, with what is said of it and nothing of its neighbour's."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import Field, VehicleClaim

FIRST, SECOND, THIRD = "LSVAA4182E2184847", "LFV2A21J970002020", "LGXC16AF4K0123458"
CLOSING = "北辰汽车制造有限公司\n2026年3月12日"


def vehicles(rows: str) -> tuple[VehicleClaim, ...]:
    """Return the vehicles of a letter with these rows in its middle."""
    return letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n{rows}\n\n{CLOSING}").vehicles


def text(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


@pytest.mark.parametrize(
    "rows",
    [
        f"车架号：{FIRST}、{SECOND}",
        f"车架号：{FIRST}{SECOND}",
        f"车架号 | 型号\n{FIRST} {SECOND} | BC7001A",
        f"1. VIN{FIRST}registered on 3 January 2026\n2. VIN {SECOND}, registered on 4 January 2026",
        f"车架号：ＬＳＶＡＡ４１８２Ｅ２１８４８４７\n车架号：{SECOND[:9]} {SECOND[9:]}",
        f"No. | VIN | Model | No. | VIN | Model\n1 | {FIRST} | BC7001A | 2 | {SECOND} | BC7002B",
    ],
    ids=["list", "glued", "one cell", "words", "full width and divided", "twin columns"],
)
def test_every_vin_is_found(rows: str) -> None:
    assert [vehicle.vin.value for vehicle in vehicles(rows)] == [FIRST, SECOND]


def test_a_date_behind_a_vin_does_not_hide_it() -> None:
    assert [vehicle.vin.value for vehicle in vehicles(f"{FIRST} 2026-01-05")] == [FIRST]


@pytest.mark.parametrize(
    "rows",
    [
        f"型号：BC7001A；车架号：{FIRST}、{SECOND}。\n型号：BC7002B；车架号：{THIRD}。",
        f"车架号：{FIRST}\n型号：BC7001A\n车架号：{SECOND}\n型号：BC7001A\n车架号：{THIRD}\n型号：BC7002B",
        f"A1. {FIRST} – BC7001A\nA2. {SECOND} – BC7001A\nA3. {THIRD} – BC7002B",
        f"VIN | {FIRST} | {SECOND} | {THIRD}\nModel | BC7001A | BC7001A | BC7002B",
        f"车架号 | 型号\n{FIRST} | BC7001A\n{SECOND} | BC7001A\n{THIRD} | BC7002B",
    ],
    ids=["groups", "cards", "items", "side by side", "table"],
)
def test_each_vehicle_has_its_own_model(rows: str) -> None:
    assert [text(vehicle.model) for vehicle in vehicles(rows)] == ["BC7001A", "BC7001A", "BC7002B"]


def test_a_vehicle_without_a_model_takes_none_of_its_neighbour() -> None:
    found = vehicles(f"车架号：{FIRST}\n型号：BC7001A\n车架号：{SECOND}\n车架号：{THIRD}\n型号：BC7002B")
    assert [text(vehicle.model) for vehicle in found] == ["BC7001A", None, "BC7002B"]


def test_a_misread_header_is_known_and_an_unknown_one_takes_nothing() -> None:
    rows = f"VIN | Engine | Model | Date of rgitraton\n{FIRST} | JLH-4G15 | BC7001A | 2026-01-05"
    (vehicle,) = vehicles(rows)
    assert (text(vehicle.model), text(vehicle.registration_date)) == ("BC7001A", "2026-01-05")


def test_a_day_that_may_be_a_month_is_in_doubt() -> None:
    (vehicle,) = vehicles(f"车架号：{FIRST}\n注册登记日期：03/04/2026")
    assert vehicle.registration_date is not None
    assert vehicle.registration_date.doubt == "ambiguous"


@pytest.mark.parametrize(
    "day", ["2026/1/5", "2026.01.05", "二○二六年元月五日", "Jan. 5, 2026", "5-ое января 2026 г.", "２０２６年１月５日"]
)
def test_registration_dates_in_every_form(day: str) -> None:
    (vehicle,) = vehicles(f"车架号：{FIRST}\n注册登记日期：{day}")
    assert text(vehicle.registration_date) == "2026-01-05"


def test_dates_listed_over_several_lines_belong_to_vins_in_turn() -> None:
    letter = letter_of(
        "售后维修服务确认书\n车型：北辰牌 BC7001A\n车架号：LXG4ZVW23TD003200、LXGMRCYN5SC003201、\n"
        "LXGYR93C1SD003202、LXGELM2E2SG003203\n共4台\n初次登记日（依次）：2026年1月16日、2025年10月22日、2025年11月25日、\n"
        "2025年11月23日"
    )
    dates = [vehicle.registration_date.value for vehicle in letter.vehicles if vehicle.registration_date]
    assert dates == ["2026-01-16", "2025-10-22", "2025-11-25", "2025-11-23"]
    assert letter.issued_on is None


TWO = ("LSVAA4182E2184847", "LSVAA4184E2184848")


def _numbers(rows: str) -> list[str]:
    return [vehicle.vin.value for vehicle in vehicles(rows)]


def test_two_languages_side_by_side_speak_of_one_vehicle() -> None:
    rows = "\n".join(f"车架号：{vin} | VIN: {vin}" for vin in TWO)
    assert _numbers(rows) == list(TWO)


def test_a_list_in_another_place_of_the_same_vehicles_says_more_about_them() -> None:
    again = f"车架号 | 登记日期\n{TWO[0]} | 2025-12-01\n{TWO[1]} | 2025-12-02"
    first = f"车架号 | 品牌 | 型号\n{TWO[0]} | 北辰牌 | BC7001A\n{TWO[1]} | 北辰牌 | BC7001A"
    found = vehicles(f"{first}\n出口企业：远通贸易有限公司\n{again}")
    assert [(v.vin.value, v.registration_date and v.registration_date.value) for v in found] == [
        (TWO[0], "2025-12-01"),
        (TWO[1], "2025-12-02"),
    ]


def test_a_vehicle_twice_in_one_list_stays_twice() -> None:
    assert _numbers(
        f"车架号 | 品牌 | 型号\n{TWO[0]} | 北辰牌 | BC7001A\n{TWO[1]} | 北辰牌 | BC7001A\n{TWO[0]} | 北辰牌 | BC7001A"
    ) == [
        *TWO,
        TWO[0],
    ]
    assert _numbers(f"车架号：{TWO[0]}、{TWO[0]}") == [TWO[0], TWO[0]]


def test_places_that_date_one_vehicle_differently_leave_a_doubt() -> None:
    head, tail = f"车架号 | 登记日期\n{TWO[0]} | 2025-12-01", f"车架号 | 登记日期\n{TWO[0]} | 2025-12-03"
    (found,) = vehicles(f"{head}\n出口企业：远通贸易有限公司\n{tail}")
    assert found.registration_date
    assert found.registration_date.doubt == "conflict"


def test_a_merged_cell_is_about_every_vehicle_that_it_spans() -> None:
    rows = f"型号 | 品牌 | 车架号\n | 北辰牌 | {TWO[0]}\nBC7001A | 北辰牌 | {TWO[1]}\n | 北辰牌 | LSVAA4186E2184849"
    assert [v.model and v.model.value for v in vehicles(rows)] == ["BC7001A"] * 3


def test_counts_behind_brand_and_designation_are_of_their_lists() -> None:
    letter = letter_of(
        f"售后维修服务确认书\n下述3辆汽车由我司生产。\n北辰牌BC7001A，共1辆，车架号：{TWO[0]}。\n北辰牌BC7002B，共2辆，车架号：{TWO[1]}、LSVAA4186E2184849。"
    )
    assert letter.stated_vehicle_count
    assert letter.stated_vehicle_count.value == "3"


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("兹就有关出口企业申请出口的3辆汽车售后维修服务事宜确认如下：", "3"),
        ("We confirm maintenance service for the 3 vehicle(s) exported by the applicant.", "3"),
        ("出口的2辆汽车已到港，另有申请出口的3辆汽车待运。", None),
    ],
)
def test_the_number_of_vehicles_that_sentences_speak_of(said: str, count: str | None) -> None:
    letter = letter_of(f"售后维修服务确认书\n{said}\n车架号：{FIRST}\n{CLOSING}")
    assert text(letter.stated_vehicle_count) == count


def test_a_brand_begins_behind_the_words_that_lead_to_it() -> None:
    (vehicle,) = vehicles(f"该车为长鹏牌，型号CH7150ABEV，车辆识别代号为{FIRST}。")
    assert text(vehicle.brand) == "长鹏牌"


@pytest.mark.parametrize(
    "rows",
    [
        f"北辰牌 BC7001A（2025年9月20日注册）\n{FIRST}\n北辰牌 BC7002B（2025年9月27日注册）\n{SECOND} | {THIRD}",
        f"▪ {FIRST}\n北辰牌/ BC7001A /登记于2025年9月20日\n▪ {SECOND}\n北辰牌/ BC7002B /登记于2025年9月27日\n"
        f"▪ {THIRD}\n北辰牌/ BC7002B /登记于2025年9月27日",
    ],
    ids=["headings", "lines between"],
)
def test_registration_dates_in_the_lines_beside(rows: str) -> None:
    assert [(text(vehicle.model), text(vehicle.registration_date)) for vehicle in vehicles(rows)] == [
        ("BC7001A", "2025-09-20"),
        ("BC7002B", "2025-09-27"),
        ("BC7002B", "2025-09-27"),
    ]


def test_the_date_of_one_vehicle_is_no_headings() -> None:
    found = vehicles(f"北辰牌 BC7001A，车架号{FIRST}（2025年9月20日注册）\n{SECOND}\n{THIRD}")
    assert [text(vehicle.registration_date) for vehicle in found] == ["2025-09-20", None, None]


@pytest.mark.parametrize(
    ("said", "registered", "transferred"),
    [
        ("2026年1月29日办理转让登记待出口", None, "2026-01-29"),
        ("2025年11月29日办理注册登记，2026年1月29日办理转让登记待出口", "2025-11-29", "2026-01-29"),
        ("于2025年11月29日完成注册登记，2026年1月29日过户", "2025-11-29", "2026-01-29"),
        ("注册登记日期2025年11月29日", "2025-11-29", None),
        ("first registered on 29 November 2025, transferred for export on 29 January 2026", "2025-11-29", "2026-01-29"),
    ],
)
def test_a_day_in_a_sentence_is_of_what_its_words_say(
    said: str, registered: str | None, transferred: str | None
) -> None:
    letter = letter_of(
        f"售后维修服务确认书\n兹有北辰牌BC7001A型汽车一辆，车架号为LSVAA4182E2184847，{said}。\n北辰汽车制造有限公司"
    )
    (vehicle,) = letter.vehicles
    days = [day.value if day else None for day in (vehicle.registration_date, vehicle.transfer_date)]
    assert days == [registered, transferred]
    assert vehicle.brand
    assert vehicle.brand.value == "北辰牌"


@pytest.mark.parametrize(
    ("brand", "model"),
    [("北辰牌", "QZE6671BEVB2025-10-20"), ("北辰", "HCA7006PHEV2026年1月8日"), ("厂牌", "BC7001A"), ("名", "first")],
)
def test_neither_a_date_nor_a_piece_of_a_head_belongs_to_a_brand_or_model(brand: str, model: str) -> None:
    letter = letter_of(
        f"售后维修服务确认书\n车架号：LSVAA4182E2184847\n车辆品牌：{brand}\n车辆型号：{model}\n北辰汽车制造有限公司"
    )
    (vehicle,) = letter.vehicles
    wanted = {"北辰牌": "QZE6671BEVB", "北辰": "HCA7006PHEV", "厂牌": "BC7001A"}
    assert (vehicle.model and vehicle.model.value) == wanted.get(brand)
    assert (vehicle.brand and vehicle.brand.value) == (brand if brand.startswith("北辰") else None)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("We confirm that the vehicles below (15 unit(s)) will be maintained.", "15"),
        ("We confirm service for the 3 vehicle(s) listed.", "3"),
        ("Nous attestons que les 7 véhicule(s) ci-dessous, construits par nous, sont entretenus.", "7"),
        ("Подтверждаем, что указанные 5 автомобилей изготовлены нами.", "5"),
        ("Por la presente confirmamos que los 2 vehículos son nuestros.", "2"),
        ("Our workshop serves 50 cars per day.", None),
        ("Notice No. 648 of 2025 on vehicles.", None),
    ],
)
def test_the_number_of_vehicles_is_told_in_passing(said: str, count: str | None) -> None:
    letter = letter_of(
        f"CONFIRMATION OF AFTER-SALES SERVICE\nVIN: LSVAA4182E2184847\n{said}\nBeichen Automobile Co., Ltd."
    )
    assert (letter.stated_vehicle_count and letter.stated_vehicle_count.value) == count


def test_a_transfer_whose_russian_words_were_read_with_a_mark_is_no_day_of_issue() -> None:
    letter = letter_of(
        "售后维修服务确认书\n车架号 ／ VIN：LSVAA4182E2184847\n"
        '转让登记待出口日期 / Дата "снятия с учёта для экспорта:2026-02-25\n'
        "北辰汽车制造有限公司\n2026年3月26日"
    )
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-03-26", None)
    assert letter.vehicles[0].transfer_date
    assert letter.vehicles[0].transfer_date.value == "2026-02-25"


def test_a_latin_brand_read_with_its_designation_is_told_apart() -> None:
    letter = letter_of(
        "CONFIRMATION\nNo. | VIN No. | Make | First registration\n"
        "1 | LSVAA4182E2184847 | HAOCHI HCA6848D5 | 2025-12-20\n2 | LFV2A21J970002020 | HAOCHI HCA6848D5 | 2025-12-19"
    )
    told = {(v.brand and v.brand.value, v.model and v.model.value) for v in letter.vehicles}
    assert told == {("HAOCHI", "HCA6848D5")}
