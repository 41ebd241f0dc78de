"""Tables whose cells and heads take several lines, and what stands under them."""

from __future__ import annotations

from tests.unit.extraction.sheet import LABELS, MAKER
from verifier.extraction import extract
from verifier.letter import Field, Letter
from verifier.page import Box, Colour, Line, Page
from verifier.record import Makers

VINS = ("LSVAA4182E2184847", "LFV2A21J970002020")
HEIGHT, CHARACTER = 0.012, 0.009
Placed = tuple[float, float, str]
"""Left edge and top of a line, as shares of the page, and its text."""


def set_page(*lines: Placed, rules: tuple[Box, ...] = ()) -> Page:
    """Return a page with lines where they are put."""
    return Page(1, 210.0, 297.0, True, 300.0, Colour.COLOUR, False, 0, None, tuple(map(_line, lines)), rules=rules)


def _line(placed: Placed) -> Line:
    left, top, text = placed
    widths = [CHARACTER if character.isascii() else 1.6 * CHARACTER for character in text]
    edges = tuple(left + sum(widths[:n]) for n in range(len(text) + 1))
    return Line(text, Box(left, top, edges[-1], top + HEIGHT), 0.99, edges, (0.99,) * len(text))


def letter_of(*lines: Placed, rules: tuple[Box, ...] = ()) -> Letter:
    """Return what such a page claims under a title."""
    return extract((set_page((0.4, 0.05, "售后维修服务确认书"), *lines, rules=rules),), LABELS, Makers([MAKER]))


def value(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


HEAD: tuple[Placed, ...] = (
    (0.10, 0.200, "序号"),
    (0.18, 0.200, "品牌"),
    (0.33, 0.200, "型号"),
    (0.52, 0.200, "车架号"),
    (0.76, 0.200, "注册日期"),
)


def row(top: float, vin: str, brand: str = "") -> tuple[Placed, ...]:
    """Return a row of the table with its brand, where it has one in that line."""
    cells = ((0.10, top, "1"), (0.33, top, "BC7001A"), (0.50, top, vin), (0.76, top, "2026-01-05"))
    return (*cells, (0.18, top, brand)) if brand else cells


def test_a_cell_of_two_lines_about_its_row_is_that_rows() -> None:
    stacked = [(0.18, top + off, text) for top in (0.24, 0.29) for off, text in ((-0.008, "北辰/"), (0.008, "BEICHEN"))]
    letter = letter_of(*HEAD, *row(0.24, VINS[0]), *row(0.29, VINS[1]), *stacked)
    assert [(value(v.brand), v.brand and v.brand.text) for v in letter.vehicles] == [("北辰", "北辰/ BEICHEN")] * 2
    assert [value(v.registration_date) for v in letter.vehicles] == ["2026-01-05"] * 2


def test_a_cell_midway_between_rows_still_spans_them() -> None:
    letter = letter_of(*HEAD, *row(0.24, VINS[0]), *row(0.29, VINS[1]), (0.18, 0.265, "北辰牌"))
    assert [value(v.brand) for v in letter.vehicles] == ["北辰牌"] * 2


def test_a_heading_under_a_table_is_no_cells_next_line() -> None:
    under = (0.12, 0.255, "境外维修服务网点一览表")
    letter = letter_of(*HEAD, *row(0.24, VINS[0], "北辰牌"), under)
    assert value(letter.vehicles[0].brand) == "北辰牌"
    centred = (0.50, 0.255, "境外维修服务网点信息")
    letter = letter_of(*HEAD, *row(0.24, VINS[0], "北辰牌"), centred)
    assert value(letter.vehicles[0].registration_date) == "2026-01-05"


OUTLETS: tuple[Placed, ...] = (
    (0.11, 0.500, "序号"),
    (0.22, 0.500, "网点名称"),
    (0.46, 0.500, "地址"),
    (0.76, 0.500, "联系电话"),
)


def outlet(*lines: Placed, rules: tuple[Box, ...] = ()) -> list[tuple[str | None, ...]]:
    """Return name, address and telephone of the outlets in a table with these lines."""
    letter = letter_of(
        (0.1, 0.1, "出口国别：坦桑尼亚"), *HEAD, *row(0.24, VINS[0], "北辰牌"), *OUTLETS, *lines, rules=rules
    )
    return [(value(o.name), value(o.address), value(o.phone)) for o in letter.outlets]


WANTED = ("达累斯萨拉姆大陆汽车服务有限公司", "181 Nyerere Road, Dar es Salaam", "+255222251562")


def test_names_and_telephones_over_several_lines_are_whole() -> None:
    lines = (
        (0.18, 0.532, "达累斯萨拉姆大陆"),
        (0.76, 0.532, "+255 22 225"),
        (0.11, 0.545, "1"),
        (0.38, 0.545, "181 Nyerere Road, Dar es Salaam"),
        (0.76, 0.545, "1562"),
        (0.18, 0.558, "汽车服务有限公司"),
    )
    assert outlet(*lines) == [WANTED]


def test_a_second_line_that_begins_like_a_label_goes_on() -> None:
    lines = (
        (0.11, 0.532, "1"),
        (0.18, 0.532, "Delta Automotive"),
        (0.38, 0.532, "23 Nyerere Road,"),
        (0.76, 0.532, "+255 22 225 1562"),
        (0.18, 0.545, "Service Center Ltd."),
        (0.38, 0.545, "Dar es Salaam"),
    )
    assert outlet(*lines) == [
        ("Delta Automotive Service Center Ltd.", "23 Nyerere Road, Dar es Salaam", "+255222251562")
    ]


ONE: tuple[Placed, ...] = (
    (0.11, 0.532, "1"),
    (0.18, 0.532, "Vega Car Care Ltd."),
    (0.38, 0.532, "181 Nyerere Road, Dar es Salaam"),
    (0.76, 0.532, "+255 22 225 1562"),
)


def test_a_sentence_under_a_table_is_no_part_of_a_name() -> None:
    wanted = ("Vega Car Care Ltd.", WANTED[1], WANTED[2])
    for text in ("质保期内的维修费用按我公司海外售后政策执行", "本确认书仅用于上述车辆。"):
        assert outlet(*ONE, (0.15, 0.547, text)) == [wanted], text


def test_a_rule_ends_a_row_however_close_the_next_line_stands() -> None:
    rule = Box(0.1, 0.5446, 0.9, 0.5454)
    assert outlet(*ONE, (0.18, 0.546, "Manufacturer"), rules=(rule,))[0][0] == "Vega Car Care Ltd."


def test_telephones_under_a_head_that_was_not_read_are_telephones() -> None:
    letter = letter_of((0.1, 0.1, "出口国别：坦桑尼亚"), *HEAD, *row(0.24, VINS[0]), *OUTLETS[:3], *ONE)
    assert [value(o.phone) for o in letter.outlets] == ["+255222251562"]


def test_name_and_address_that_were_read_as_one_are_divided() -> None:
    joined = (
        (0.11, 0.532, "1"),
        (0.17, 0.532, "乌兰巴托维加汽车服务中心 蒙古乌兰巴托市和平大道195号"),
        (0.76, 0.532, "+976 7276 9694"),
    )
    assert outlet(*joined)[0][:2] == ("乌兰巴托维加汽车服务中心", "蒙古乌兰巴托市和平大道195号")


def test_heads_of_several_lines_are_one() -> None:
    first = ((0.10, 0.2, "No."), (0.2, 0.2, "Model"), (0.45, 0.2, "VIN"), (0.78, 0.2, "Make"))
    halves = ((0.62, 0.1935, "Date of first"), (0.62, 0.2065, "registration"))
    body = (
        (0.10, 0.235, "1"),
        (0.18, 0.235, "BC7001A"),
        (0.38, 0.235, VINS[0]),
        (0.62, 0.235, "2026-01-05"),
        (0.78, 0.235, "BEICHEN"),
    )
    letter = letter_of(*first, *halves, *body)
    assert value(letter.vehicles[0].registration_date) == "2026-01-05"
    twin = ((0.76, 0.213, "First Registered"),)
    letter = letter_of(*HEAD, *twin, *row(0.245, VINS[0], "北辰牌"))
    assert value(letter.vehicles[0].registration_date) == "2026-01-05"


def test_a_vehicle_in_a_block_of_its_own_takes_nothing_from_the_block_before() -> None:
    first = [
        ("车架号", *VINS),
        ("型号", "BC7001A", "BC7001A"),
        ("注册日期", "2026-02-10", "2026-02-11"),
    ]
    lines = [(0.12 + 0.3 * n, 0.2 + 0.025 * i, text) for i, cells in enumerate(first) for n, text in enumerate(cells)]
    more = [("车架号", "LGBH52E05MY123459"), ("型号", "BC7001A"), ("注册日期", "2025-11-14")]
    lines += [(0.2 + 0.3 * n, 0.35 + 0.025 * i, text) for i, cells in enumerate(more) for n, text in enumerate(cells)]
    letter = letter_of(*lines)
    assert [value(v.registration_date) for v in letter.vehicles] == ["2026-02-10", "2026-02-11", "2025-11-14"]
