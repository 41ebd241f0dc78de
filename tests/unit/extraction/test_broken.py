"""What stands in several lines: a table's cells, facing columns; what a line's end breaks: numbers, dates, brackets."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of, placed
from verifier.extraction.broken_off import goes_on_in
from verifier.letter import Field

VIN = "LSVAA4182E2184847"
HEAD = [(0.35, 0.08, "售后维修服务确认书"), (0.12, 0.12, "出口国别：塔吉克斯坦"), (0.12, 0.16, f"车架号：{VIN}")]
COLUMNS = [(0.12, 0.30, "网点名称"), (0.37, 0.30, "地址"), (0.67, 0.30, "联系方式")]
CLOSING = [(0.6, 0.8, "北辰汽车制造有限公司"), (0.65, 0.83, "2026年3月12日")]


def text(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


def test_cells_of_a_row_with_different_numbers_of_lines_are_one_outlet() -> None:
    body = [
        (0.67, 0.330, "联系人：Farrukh"),
        (0.37, 0.339, "杜尚别市鲁达基大街84"),
        (0.12, 0.348, "帕米尔汽车公司"),
        (0.67, 0.348, "电话：+992 37"),
        (0.37, 0.357, "号"),
        (0.67, 0.366, "224 51 67"),
    ]
    found = placed([*HEAD, *COLUMNS, *body, *CLOSING]).outlets
    assert [(text(o.name), text(o.address), text(o.phone)) for o in found] == [
        ("帕米尔汽车公司", "杜尚别市鲁达基大街84号", "+992372245167")
    ]


def test_a_row_without_an_address_takes_none_of_the_next_row() -> None:
    body = [
        (0.12, 0.330, "帕米尔汽车公司"),
        (0.67, 0.330, "+992 37 224 51 67"),
        (0.12, 0.360, "瓦赫什汽车公司"),
        (0.37, 0.360, "杜尚别市鲁达基大街84号"),
        (0.67, 0.360, "+992 37 224 51 68"),
    ]
    found = placed([*HEAD, *COLUMNS, *body, *CLOSING]).outlets
    assert [text(outlet.address) for outlet in found] == [None, "杜尚别市鲁达基大街84号"]


def test_dates_in_two_lines_stay_with_their_own_vehicle() -> None:
    second = "LFV2A21J970002020"
    body = [
        (0.12, 0.20, "Chassis No."),
        (0.45, 0.20, "Model"),
        (0.67, 0.20, "First registration"),
        (0.12, 0.230, VIN),
        (0.45, 0.230, "BC7001A"),
        (0.67, 0.230, "3 October 2025"),
        (0.67, 0.255, "15 November"),
        (0.12, 0.264, second),
        (0.45, 0.264, "BC7001A"),
        (0.67, 0.273, "2025"),
    ]
    letter = placed([HEAD[0], (0.12, 0.12, "Export destination: Russia"), *body, *CLOSING])
    assert [text(vehicle.registration_date) for vehicle in letter.vehicles] == ["2025-10-03", "2025-11-15"]


def test_facing_columns_are_read_down() -> None:
    body = [
        (0.08, 0.200, "兹作为下列这些车辆的制造商，北辰汽车制造有限公司现就霍尔果斯陆港汽车出"),
        (0.51, 0.200, "Изготовитель настоящим подтверждает"),
        (0.08, 0.220, "口有限公司运往白俄罗斯的汽车作如下保障：下表所列的全部汽车在进口国享"),
        (0.51, 0.220, "в отношении автомобилей, которые он"),
        (0.08, 0.240, "有维修与备件供应。"),
        (0.51, 0.240, "поставляет на рынок Беларуси, что"),
        (0.51, 0.260, "они обеспечены ремонтом."),
    ]
    letter = placed([*HEAD, *body, *CLOSING])
    assert text(letter.exporter) == "霍尔果斯陆港汽车出口有限公司"
    assert not letter.outlets


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("Hotline: +7 423 265", "71 08", True),
        ("电话+242 22 281 33", "10.", True),
        ("Hotline: +7 423 265 71 08", "2", False),
        ("Hotline: +7 423 265", "2 outlets", False),
        ("Immatriculé le 25 février", "2026", True),
        ("Immatriculé le 25 février 2026", "2026", False),
        ("维修机构 Toshkent Avto（Tashkent, Chilanzar,", "Bunyodkor ave. 52）", True),
        ("维修机构 Toshkent Avto（Tashkent）", "Bunyodkor ave. 52）", False),
    ],
)
def test_what_a_line_breaks_off(above: str, below: str, expected: bool) -> None:
    assert goes_on_in(above, below) is expected


def test_the_rest_of_a_date_behind_white() -> None:
    letter = letter_of(
        "LETTRE DE CONFIRMATION DU SERVICE APRÈS-VENTE\nPays de destination : Algérie\n"
        f"N° de châssis (VIN) : {VIN} | Immatriculé le 25 février\n2026\n北辰汽车制造有限公司\n2026年3月12日"
    )
    assert text(letter.vehicles[0].registration_date) == "2026-02-25"


def test_the_end_of_a_bracket_begins_no_item() -> None:
    letter = placed(
        [
            HEAD[0],
            (0.14, 0.14, "满洲里北疆通商有限公司拟将北辰牌汽车2辆及其随车工具和备件一并（清单见本函所附的附件"),
            (0.10, 0.16, "1）出口至塞尔维亚，上述车辆均系我公司生产。"),
            (*HEAD[2][:1], 0.2, HEAD[2][2]),
            *CLOSING,
        ]
    )
    assert text(letter.exporter) == "满洲里北疆通商有限公司"
