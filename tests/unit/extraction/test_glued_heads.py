"""Heads that were read as one with what stands under them: each apart, captions with their values."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.extraction.sheet import LABELS, MAKER, placed
from tests.unit.extraction.sheet import letter_of as letter_said
from tests.unit.extraction.sheet import page as blank
from tests.unit.extraction.test_frames import grid, line
from verifier.extraction import extract
from verifier.extraction.cells import Cell, Row
from verifier.extraction.frames import cells_of_page
from verifier.extraction.glued_heads import with_heads_apart
from verifier.extraction.table_heads import heads_in
from verifier.letter import Letter
from verifier.page import Box, Line
from verifier.record import Makers

FIRST, SECOND, THIRD = "LSVAA4182E2184847", "LFV2A21J970002020", "LGXC16AF4K0123458"


def cell(*texts: str, x: float, y: float, pitch: float = 0.012) -> Cell:
    """Return a cell of lines one under the other."""
    return Cell.of(1, [line(text, x, y + n * pitch) for n, text in enumerate(texts)])


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    """Return the texts of rows."""
    return [[one.text for one in row.cells] for row in rows]


def letter_of(lines: list[Line], rules: tuple[Box, ...]) -> Letter:
    """Return what a page of lines and rules claims."""
    return extract((replace(blank("x"), lines=tuple(lines), rules=rules),), LABELS, Makers([MAKER]))


def test_a_missed_rule_under_a_head_parts_it_from_its_value() -> None:
    xs, lines = (0.12, 0.3, 0.5), []
    table = [("序号", "型号", "车架号"), ("1", "BC7001A", FIRST), ("2", "BC7002B", SECOND), ("3", "BC7003C", THIRD)]
    for number, row in enumerate(table):
        lines += [line(text, x, 0.202 + number * 0.014) for x, text in zip(xs, row, strict=True)]
    ys = [0.2 + n * 0.014 for n in range(5)]
    rules = (*grid((0.1, 0.28, 0.48), tuple(ys)), *grid((0.48, 0.8), (ys[0], *ys[2:])))
    found = letter_of([line("售后维修服务确认书", 0.3, 0.1), *lines], rules)
    assert [(v.vin.value, v.model and v.model.value) for v in found.vehicles] == [
        (FIRST, "BC7001A"),
        (SECOND, "BC7002B"),
        (THIRD, "BC7003C"),
    ]


def test_a_head_in_two_languages_stays_whole() -> None:
    head = Row(1, (cell("品牌", "Make", x=0.1, y=0.1), cell("型号", "Model", x=0.3, y=0.1)))
    body = Row(1, (cell("北辰牌", x=0.1, y=0.13), cell("BC7001A", x=0.3, y=0.13)))
    assert with_heads_apart((head, body), LABELS) == (head, body)


def test_a_name_under_its_head_is_no_second_language() -> None:
    glued = cell("服务商名称", "Highway Vehicle Service", "Chiang Mai Ltd.", x=0.1, y=0.1)
    rows = (
        Row(1, (glued, cell("详细地址", x=0.4, y=0.1), cell("联系电话", x=0.7, y=0.1))),
        Row(1, (cell("7 Rama IX Rd.", x=0.4, y=0.118), cell("+66 2 663 6837", x=0.7, y=0.118))),
    )
    assert texts(with_heads_apart(rows, LABELS)) == [
        ["服务商名称", "详细地址", "联系电话"],
        ["Highway Vehicle Service Chiang Mai Ltd.", "7 Rama IX Rd.", "+66 2 663 6837"],
    ]


def test_labels_in_one_frame_stand_beside_their_own_values() -> None:
    rows = (
        Row(1, (cell("车辆品牌", "规格型号", x=0.1, y=0.1), cell("北辰牌", x=0.4, y=0.1))),
        Row(1, (cell("BC7001A", x=0.4, y=0.112),)),
    )
    assert texts(with_heads_apart(rows, LABELS)) == [["车辆品牌", "北辰牌"], ["规格型号", "BC7001A"]]


def test_a_caption_stays_with_the_value_in_its_own_frame() -> None:
    row = Row(1, (cell("出口国", "阿联酋", x=0.1, y=0.1), cell("签发日期", "2026年3月12日", x=0.5, y=0.1)))
    assert with_heads_apart((row,), LABELS) == (row,)


def test_what_is_said_again_in_a_frame_is_of_the_next_row() -> None:
    rules = grid((0.1, 0.6), (0.1, 0.2))
    brands = [line(text, 0.12, 0.11 + n * 0.012) for n, text in enumerate(("北辰牌", "BEICHEN", "北辰牌", "BEICHEN"))]
    phones = [line(f"+92 21 2893 294{n}", 0.12, 0.175 + n * 0.012) for n in range(2)]
    found = replace(blank("x"), lines=(*brands, *phones), rules=rules)
    assert [one.text for one in cells_of_page(found)] == [
        "北辰牌BEICHEN",
        "北辰牌BEICHEN",
        "+92 21 2893 2940",
        "+92 21 2893 2941",
    ]


def test_a_chinese_head_behind_unknown_words_of_another_language() -> None:
    heads = ("Date dimmatriculation首次注册登记日期", "Transfert douanier转让登记日期（待出口)")
    found = [heads_in(cell(head, x=0.1, y=0.1), LABELS) for head in heads]
    assert [[name for name, _ in own] for own in found] == [["registration_date"], ["transfer_date"]]


def test_a_misread_head_of_serial_numbers_spoils_no_table() -> None:
    letter = letter_said(
        "售后维修服务确认书\n6号 | 车架号VIN | Marque车辆品牌 | Modèle车型\n1 | LSVAA4182E2184847 | 北辰牌 | BC7001A\n"
        "北辰汽车制造有限公司"
    )
    assert [(v.brand and v.brand.value, v.model and v.model.value) for v in letter.vehicles] == [("北辰牌", "BC7001A")]


def test_the_head_of_the_first_column_that_ran_into_the_next_ones_is_apart() -> None:
    letter = placed(
        [
            (0.4, 0.05, "售后维修服务确认书"),
            (0.05, 0.10, "出口国别：哈萨克斯坦"),
            (0.05, 0.13, "车架号：LSVAA4182E2184847"),
            (0.05, 0.20, "序号 服务提供方"), (0.31, 0.20, "地址"), (0.66, 0.20, "联系人"), (0.77, 0.20, "服务电话"),
            (0.10, 0.23, "草原汽车服务公司"), (0.31, 0.23, "奇姆肯特市大街174号"), (0.66, 0.23, "王明"),
            (0.77, 0.23, "+77277538865"),
            (0.6, 0.40, "北辰汽车制造有限公司"),
        ]
    )  # fmt: skip
    (outlet,) = letter.outlets
    assert outlet.name
    assert outlet.name.value == "草原汽车服务公司"
