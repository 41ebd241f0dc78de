"""Print-outs of one pitch, lists of few columns, and what closes a letter right under them."""

from __future__ import annotations

import pytest

from tests.unit.extraction import sheet
from tests.unit.extraction.sheet import letter_of, placed
from tests.unit.extraction.test_by_hand_of_others import of, value
from verifier.letter import ServiceOutlet

FIRST, SECOND, THIRD = "LSVAA4182E2184847", "LFV2A21J970002020", "LGXC16AF4K0123458"


def said(outlet: ServiceOutlet) -> tuple[str | None, str | None, str | None]:
    """Return an outlet's name, address and telephone."""
    return value(outlet.name), value(outlet.address), value(outlet.phone)


@pytest.fixture
def small_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set pages in small print, as such software does."""
    monkeypatch.setattr(sheet, "CHARACTER", 0.0085)


@pytest.mark.usefixtures("small_print")
def test_rows_of_a_print_out_that_are_read_as_one() -> None:
    letter = placed(
        [
            (0.39, 0.12, "Letter of Confirmation - After-sales Service"),
            (0.106, 0.234, "Exporting to (country)"), (0.319, 0.234, ": Kenya"),
            (0.106, 0.343, "No. Chassis No. (VIN) Brand"), (0.411, 0.345, "Vehicle model"),
            (0.102, 0.365, f"001 {FIRST} QINLAN QL3995H4D"),
            (0.104, 0.388, f"002 {SECOND} QINLAN QL3995H4D"),
            (0.104, 0.409, f"003 {THIRD} QINLAN QL9311EV"),
            (0.102, 0.466, "** Overseas service outlets **"),
            (0.106, 0.485, "No. Outlet name / Outlet address"), (0.467, 0.485, "Tel."),
            (0.106, 0.506, "001 Prime Drive Workshop Ltd"), (0.467, 0.508, "+254 20 7956205"),
            (0.146, 0.525, "177 Ngong Road, Kisumu, Kenya"),
            (0.101, 0.546, "002 Horizon Vehicle Care Ltd"), (0.464, 0.549, "+254 20 265-9102"),
            (0.150, 0.564, "210 Ngong Road, Mombasa, Kenya"),
            (0.474, 0.758, "April 6, 2026"),
        ]
    )  # fmt: skip
    assert value(letter.export_country) == "KE"
    assert [(value(v.brand), value(v.model)) for v in letter.vehicles] == [
        ("QINLAN", "QL3995H4D"), ("QINLAN", "QL3995H4D"), ("QINLAN", "QL9311EV"),
    ]  # fmt: skip
    assert list(map(said, letter.outlets)) == [
        ("Prime Drive Workshop Ltd", "177 Ngong Road, Kisumu, Kenya", "+254207956205"),
        ("Horizon Vehicle Care Ltd", "210 Ngong Road, Mombasa, Kenya", "+254202659102"),
    ]


def test_names_over_their_addresses_in_one_column() -> None:
    letter = placed(
        [
            (0.36, 0.08, "售后维修服务确认书"),
            (0.08, 0.2, "目的国：埃及"),
            (0.08, 0.45, "**境外售后维修服务网点信息**"),
            (0.08, 0.47, "序号网点名称／地址"), (0.5, 0.47, "电话"),
            (0.08, 0.493, "001 亚历山大新月汽车维修公司"), (0.5, 0.493, "+20 2 841-4711"),
            (0.13, 0.513, "埃及亚历山大市解放街151号"),
            (0.08, 0.535, "002 吉萨海湾之星汽车服务"), (0.5, 0.537, "+20 2 4046861"),
            (0.13, 0.554, "埃及吉萨市金字塔街58号"),
            (0.6, 0.742, "2026/05/04"),
        ]
    )  # fmt: skip
    assert list(map(said, letter.outlets)) == [
        ("亚历山大新月汽车维修公司", "埃及亚历山大市解放街151号", "+2028414711"),
        ("吉萨海湾之星汽车服务", "埃及吉萨市金字塔街58号", "+2024046861"),
    ]


@pytest.mark.parametrize(
    "closing", ["Yours faithfully,", "Hereby confirmed.", "С уважением,", "本确认书有效期至2026.11.16"]
)
def test_what_closes_the_letter_is_no_line_of_the_table_above(closing: str) -> None:
    letter = placed(
        [
            (0.2, 0.19, "Confirmation Letter of After-Sales Repair Service"),
            (0.1, 0.508, "Outlet name"), (0.45, 0.509, "Address"), (0.8, 0.509, "Tel."),
            (0.1, 0.533, "Prime Drive Ltd"), (0.4, 0.533, "89 Oba Akran Avenue, Kano"), (0.8, 0.533, "+234 1 530-4542"),
            (0.1, 0.5465, closing),
        ]
    )  # fmt: skip
    assert [value(outlet.name) for outlet in letter.outlets] == ["Prime Drive Ltd"]


def test_the_caption_of_a_table_is_no_line_of_its_first_head() -> None:
    letter = placed(
        [
            (0.3, 0.09, "二手车出口售后维修服务确认书"),
            (0.12, 0.2, "出口国别：苏丹"),
            (0.12, 0.389, "海外售后服务网点/ Overseas service outlets"),
            (0.12, 0.401, "序号/"), (0.25, 0.403, "服务提供方/ Service provider"), (0.6, 0.403, "地址/Address"),
            (0.8, 0.403, "电话/ Tel."),
            (0.12, 0.409, "Item"),
            (0.13, 0.44, "1"), (0.25, 0.44, "苏丹港安途汽车服务有限公司"), (0.55, 0.44, "苏丹苏丹港市中央大街70号"),
            (0.82, 0.44, "+249 18 826 2226"),
        ]
    )  # fmt: skip
    assert list(map(said, letter.outlets)) == [
        ("苏丹港安途汽车服务有限公司", "苏丹苏丹港市中央大街70号", "+249188262226")
    ]


def test_several_destinations_that_are_named_together() -> None:
    vehicles = f"1. {FIRST} 五岳牌 JXW9297H4D\n2. {SECOND} 五岳牌 JXW9381EV"
    together = of(f"我司确认对下述2辆车辆（出口国：加纳、约旦）提供售后服务。\n出口国别：加纳、约旦\n{vehicles}")
    assert (together.destinations_together, [value(c) for c in together.export_countries]) == (True, ["GH", "JO"])
    assert not any(vehicle.export_country for vehicle in together.vehicles)
    assert not of(f"出口国别：加纳或约旦\n{vehicles}").destinations_together
    assert not of(f"出口国别：加纳\n{vehicles}").destinations_together


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("CHUC-ASC-20260810", "CHUC-ASC-20260810"),
        ("cx. N: HUA-ASC-2026-0148", "HUA-ASC-2026-0148"),
        ("N:LJH-AS-260026", "LJH-AS-260026"),
        ("cx. Ne: 中原售后字[2026]第507号", "中原售后字[2026]第507号"),
    ],
)
def test_numbers_whose_sign_was_misread_and_that_end_like_a_day(line: str, number: str) -> None:
    letter = letter_of(
        f"{line}\n关于出口车辆售后维修服务的确认函\n出口国：塞内加尔\n\n北辰汽车制造有限公司\n二〇二六年六月九日"
    )
    assert value(letter.number) == number
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-06-09", None)


def test_a_box_that_holds_all_of_an_outlet() -> None:
    letter = of(
        "出口国：吉尔吉斯斯坦\n网点名称1|东方汽车服务中心 吉尔吉斯斯坦比什凯克市楚河大街182号 +996 312 890 4941"
    )
    assert list(map(said, letter.outlets)) == [
        ("东方汽车服务中心", "吉尔吉斯斯坦比什凯克市楚河大街182号", "+9963128904941")
    ]


def test_a_sentence_said_again_in_english_names_the_same_vehicle() -> None:
    chinese = f"车辆识别代号为{FIRST}的冀驰牌汽车一辆（型号JI6899A5）"
    letter = of(f"出口国：智利\n{chinese}\none 冀驰牌 vehicle, model JI6899A5, VIN {FIRST}")
    assert [value(vehicle.vin) for vehicle in letter.vehicles] == [FIRST]


def test_a_street_that_is_called_after_a_day() -> None:
    outlet = "Prime Wheels Kinshasa SARL|Boulevard du 30 Juin 18, Kinshasa|+243 815 323 483"
    letter = of(f"出口国：刚果（金）\n车架号：{FIRST}\n服务商|地址|电话\n{outlet}")
    assert letter.unassigned_dates == ()


def test_designations_listed_for_all_vehicles_are_none_of_one() -> None:
    letter = of(f"出口国：莫桑比克\n型号：EQC6372BEV、EQC9375A\n车架号\n{FIRST}\n{SECOND}")
    assert [value(vehicle.model) for vehicle in letter.vehicles] == [None, None]
    assert [value(field) for field in letter.unassigned_models] == ["EQC6372BEV", "EQC9375A"]


@pytest.mark.parametrize("first", ["N° Prestataire", "序号/服务提供方/Service", "序号/服务提供方"])
def test_the_head_of_the_serial_numbers_read_with_the_next_one(first: str) -> None:
    letter = placed(
        [
            (0.2, 0.08, "Attestation de service après-vente"),
            (0.1, 0.15, "Pays de destination: Algérie"),
            (0.115, 0.294, first), (0.45, 0.293, "Adresse"), (0.8, 0.295, "Téléphone"),
            (0.105, 0.33, "1"), (0.153, 0.33, "Centre Technique Atlas"), (0.42, 0.33, "224, boulevard Didouche, Oran"),
            (0.78, 0.33, "+213 21 324 52 58"),
        ]
    )  # fmt: skip
    assert list(map(said, letter.outlets)) == [
        ("Centre Technique Atlas", "224, boulevard Didouche, Oran", "+213213245258")
    ]


@pytest.mark.parametrize(
    "heading", ["Сервисные центры за рубежом", "Puntos de servicio en el extranjero", "Points de service à l'étranger"]
)
def test_a_heading_in_two_languages_names_no_provider(heading: str) -> None:
    letter = of(
        f"出口国：白俄罗斯\n海外售后服务网点 / {heading}\n1.地址：白俄罗斯明斯克市胜利街181号，电话：+375 17 652 58 36"
    )
    assert [value(outlet.name) for outlet in letter.outlets] == [None]


@pytest.mark.usefixtures("small_print")
def test_a_lone_row_under_the_head_of_the_serial_numbers_holds_a_vehicle() -> None:
    letter = placed(
        [
            (0.3, 0.12, "Letter of Confirmation - After-sales Service"),
            (0.1, 0.343, "No."), (0.14, 0.343, "VIN"), (0.35, 0.343, "Brand"), (0.45, 0.343, "Model"),
            (0.1, 0.366, f"001 {FIRST} QINLAN QL2101EV"),
        ]
    )  # fmt: skip
    assert [(value(v.vin), value(v.model)) for v in letter.vehicles] == [(FIRST, "QL2101EV")]


@pytest.mark.parametrize(
    "until",
    [
        "2027-01-26 gacha amal qiladi.",
        "2027-01-26 дейін жарамды.",
        "26.01.2027 tarihine kadar geçerlidir.",
        "Berlaku hingga 26.01.2027.",
    ],
)
def test_how_long_a_letter_holds_is_no_day_of_issue(until: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n出口国：乌兹别克斯坦\n{until}\n北辰汽车制造有限公司\n2026-03-28")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-03-28", None)
