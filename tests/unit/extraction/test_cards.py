"""Cards side by side: one that lost a rule holds together as those beside it do; rows level with a card's side too."""

from __future__ import annotations

from tests.unit.extraction.sheet import page as blank
from tests.unit.extraction.sheet import placed
from tests.unit.extraction.test_frames import FIRST, SECOND, grid, line, page
from verifier.extraction.cards import with_cards_apart, with_cards_whole
from verifier.extraction.cells import Cell, Row
from verifier.extraction.frames import cells_of_page, rows_of_cells
from verifier.page import Line

PITCH = 0.013


def card(left: float, number: str, vin: str, day: str) -> tuple[Line, ...]:
    """Return the lines of a vehicle's card."""
    said = (f"{number} VIN", vin, "型号BC7001A", f"登记{day}")
    return tuple(line(text, left, 0.112 + at * PITCH) for at, text in enumerate(said))


def whole(*lines: Line) -> list[str]:
    """Return the cells of a page whose left half lies between rules, the right one between none."""
    found = with_cards_whole(cells_of_page(page(*lines, rules=grid((0.1, 0.45), (0.105, 0.18)))))
    return sorted(cell.text for cell in found)


def test_a_card_without_rules_is_one_cell_beside_its_twin() -> None:
    left, right = card(0.12, "车辆1", FIRST, "2026-01-02"), card(0.52, "车辆2", SECOND, "2026-01-05")
    assert whole(*left, *right) == [
        f"车辆1 VIN {FIRST}型号BC7001A登记2026-01-02",
        f"车辆2 VIN {SECOND}型号BC7001A登记2026-01-05",
    ]


def test_lines_that_say_other_things_than_a_card_are_none() -> None:
    left = card(0.12, "车辆1", FIRST, "2026-01-02")
    others = [line(text, 0.52, 0.112 + n * PITCH) for n, text in enumerate(["Almaty", "Astana", "Aktau", "Atyrau"])]
    assert len(whole(*left, *others)) == 5
    assert len(whole(*left, *card(0.52, "车辆2", SECOND, "2026-01-05")[:3])) == 4  # a line is missing


def test_a_column_of_days_is_no_card() -> None:
    days = [line(f"2026-01-0{n}", 0.12, 0.1 + n * PITCH) for n in range(1, 4)]
    beside = [line(f"2026-02-0{n}", 0.52, 0.1 + n * PITCH) for n in range(1, 4)]
    assert len(whole(*days, *beside)) == 4


def test_a_row_keeps_its_cells_whatever_stands_between_the_lines_beside_it() -> None:
    # 编号 and its value stand at the page's side, half a line off the table's third row
    side = (line("编号", 0.03, 0.2), line("XI2026050216", 0.03, 0.212))
    row = (line("3", 0.3, 0.2055), line(FIRST, 0.34, 0.206), line("BC7001A", 0.63, 0.2045))
    found = rows_of_cells(1, cells_of_page(page(*side, *row)))
    together = next(cells for cells in found if any(cell.text == FIRST for cell in cells.cells))
    assert {"3", FIRST, "BC7001A"} <= {cell.text for cell in together.cells}
    assert blank("x").number == 1


def test_a_destination_goes_on_in_its_own_column() -> None:
    letter = placed(
        [
            (0.38, 0.08, "售后维修服务确认书"),
            (0.08, 0.2, "兹确认下表所列各辆二手车均由本公司自行制造，出口目的国为俄罗"),
            (0.53, 0.2, "We confirm that the cars listed"),
            (0.08, 0.215, "斯，本公司通过下列网点提供售后服务。"),
            (0.53, 0.215, "were made by us, destination is"),
            (0.53, 0.23, "Russia, and that we provide due"),
            (0.53, 0.245, "service through the outlets."),
            (0.08, 0.3, f"车架号：{FIRST}"),
            (0.5, 0.5, "北辰汽车制造有限公司"),
        ]
    )
    assert letter.export_country
    assert letter.export_country.value == "RU"


def test_outlets_side_by_side_without_rules_are_read_one_after_the_other() -> None:
    cards = (
        ("环城汽车技术服务站", "东方之星汽车养护中心"),
        ("姆万扎市肯雅塔路158号", "达累斯萨拉姆市尼雷尔路44号"),
        ("阿里·+255-28-9423952", "阿里·+255 22 541 3068"),
    )
    lines = [
        (0.12 + 0.4 * side, 0.34 + 0.02 * row, text) for row, two in enumerate(cards) for side, text in enumerate(two)
    ]
    head = [(0.38, 0.08, "售后维修服务确认书"), (0.12, 0.2, "目的国：坦桑尼亚"), (0.12, 0.23, f"车架号：{FIRST}")]
    letter = placed([*head, (0.12, 0.31, "当地售后服务网点"), *lines, (0.5, 0.6, "北辰汽车制造有限公司")])
    said = [(o.name and o.name.value, o.address and o.address.value) for o in letter.outlets]
    assert said == list(zip(cards[0], cards[1], strict=True))
    assert [outlet.phone and outlet.phone.value for outlet in letter.outlets] == ["+255289423952", "+255225413068"]


def test_a_table_of_outlets_is_no_row_of_cards() -> None:
    rows = [
        (line("网点A", 0.1, 0.2), line("+7 727 123 45 67", 0.5, 0.2)),
        (line("网点B", 0.1, 0.22), line("+7 727 123 45 68", 0.5, 0.22)),
    ]
    found = [Row(1, tuple(Cell.of(1, [one]) for one in row)) for row in rows]
    assert with_cards_apart(found) == found
