"""Cells: what stands between the same rules is one value, what a seal tore apart is joined, rows stay apart."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.unit.extraction.sheet import page as blank
from verifier.extraction.frames import MOST_LINES, are_beside, cells_of_page, mended
from verifier.page import Box, Line, Page

FIRST, SECOND = "LSVAA4182E2184847", "LFV2A21J970002020"
HEIGHT, CHARACTER = 0.01, 0.008


def line(text: str, x: float, y: float) -> Line:
    """Return a line that begins at (x, y)."""
    edges = tuple(x + i * CHARACTER for i in range(len(text) + 1))
    return Line(text, Box(x, y, edges[-1], y + HEIGHT), 0.9, edges, (0.9,) * len(text))


def grid(columns: tuple[float, ...], rows: tuple[float, ...]) -> tuple[Box, ...]:
    """Return the rules of a table by the places of its rules."""
    across = [Box(columns[0], y, columns[-1], y + 0.001) for y in rows]
    down = [Box(x, rows[0], x + 0.001, rows[-1]) for x in columns]
    return (*across, *down)


def page(*lines: Line, rules: tuple[Box, ...] = ()) -> Page:
    """Return a page of these lines and rules."""
    return replace(blank("x"), lines=lines, rules=rules)


def texts(found: Page) -> list[str]:
    """Return the cells' texts in the order of their places."""
    return [cell.text for cell in sorted(cells_of_page(found), key=lambda cell: (cell.box.y0, cell.box.x0))]


def test_wrapped_lines_between_the_same_rules_are_one_value() -> None:
    address = (line("No. 10 Abay", 0.32, 0.11), line("Avenue, Almaty", 0.32, 0.122))
    rules = grid((0.1, 0.3, 0.6), (0.1, 0.14, 0.18))
    found = page(line("地址", 0.12, 0.115), *address, line("电话", 0.12, 0.15), rules=rules)
    assert texts(found) == ["No. 10 Abay Avenue, Almaty", "地址", "电话"]
    assert len(texts(replace(found, rules=()))) == 4


def test_a_frame_of_paragraphs_is_no_cell() -> None:
    lines = (line("first paragraph", 0.12, 0.11), line("second paragraph", 0.12, 0.122))
    assert len(texts(page(*lines, rules=grid((0.1, 0.9), (0.1, 0.2))))) == 2
    assert len(texts(page(*lines, rules=grid((0.1, 0.6), (0.1, 0.2))))) == 1
    assert len(texts(page(*lines, rules=grid((0.1, 0.6), (0.1, 0.2))[:2]))) == 2  # no rules at the sides


def test_where_a_rule_was_missed_rows_stay_apart() -> None:
    frame = grid((0.1, 0.6), (0.1, 0.4))
    assert len(texts(page(line("one", 0.12, 0.11), line("two", 0.12, 0.14), rules=frame))) == 2
    many = [line(f"wrapped {n}", 0.12, 0.11 + n * 0.012) for n in range(MOST_LINES + 1)]
    assert len(texts(page(*many, rules=frame))) == 2


def test_values_beside_different_vehicles_are_of_different_rows() -> None:
    frame = grid((0.4, 0.6), (0.1, 0.2))
    values = (line("BC7001A", 0.42, 0.11), line("BC7002B", 0.42, 0.122))
    assert len(texts(page(*values, rules=frame))) == 1
    vehicles = (line(FIRST, 0.1, 0.11), line(SECOND, 0.1, 0.122))
    assert texts(page(*vehicles, *values, rules=frame)) == [FIRST, "BC7001A", SECOND, "BC7002B"]


@pytest.mark.parametrize(
    ("gap", "joined"),
    [(0.1, "北辰汽车"), (0.3, "北辰汽车"), (0.5, None)],
    ids=["touching", "a word's space", "a column"],
)
def test_pieces_that_touch_are_one_run(gap: float, joined: str | None) -> None:
    found = page()
    white = gap * HEIGHT * found.height_mm / found.width_mm
    first = line("北辰", 0.1, 0.1)
    cells = cells_of_page(replace(found, lines=(first, line("汽车", first.box.x1 + white, 0.1))))
    assert [cell.text for cell in mended(cells, found, ())] == ([joined] if joined else ["北辰", "汽车"])
    between = (Box(0.1 + 2 * CHARACTER + white / 2, 0.05, 0.1 + 2 * CHARACTER + white / 2 + 1e-4, 0.2),)
    assert len(mended(cells, found, between)) == 2


def test_latin_words_keep_their_space_and_vins_stand_alone() -> None:
    found = page()
    white = 0.3 * HEIGHT * found.height_mm / found.width_mm
    first = line("Almaty", 0.1, 0.1)
    cells = cells_of_page(replace(found, lines=(first, line("Auto", first.box.x1 + white, 0.1))))
    (whole,) = mended(cells, found, ())
    assert whole.text == "Almaty Auto"
    assert len(whole.pieces[0].edges) == len(whole.text) + 1 == len(whole.pieces[0].character_confidences) + 1
    vin = line(FIRST, 0.1, 0.1)
    cells = cells_of_page(replace(found, lines=(vin, line("A", vin.box.x1 + white, 0.1))))
    assert len(mended(cells, found, ())) == 2


def test_rows_overlap_by_half_of_the_lower_box() -> None:
    a = Box(0.1, 0.10, 0.2, 0.12)
    assert are_beside(a, Box(0.3, 0.109, 0.4, 0.129))
    assert not are_beside(a, Box(0.3, 0.111, 0.4, 0.131))
    assert are_beside(a, Box(0.3, 0.112, 0.4, 0.118))


def test_rules_seen_cell_by_cell_frame_the_leftmost_cells_too() -> None:
    """A level rule in pieces, each shorter than a rule of a table, is one that the upright strokes meet."""
    edges = (0.1, 0.18, 0.26, 0.4)
    level = [Box(a, y, b, y + 0.001) for y in (0.1, 0.14) for a, b in pairwise(edges)]
    upright = [Box(x, 0.1, x + 0.001, 0.14) for x in edges]
    wrapped = (line("乌兹别", 0.11, 0.11), line("克", 0.11, 0.121))
    found = page(*wrapped, line("名称", 0.2, 0.115), rules=(*level, *upright))
    assert texts(found) == ["乌兹别克", "名称"]
