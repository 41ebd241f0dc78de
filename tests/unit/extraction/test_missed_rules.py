"""Days of several vehicles in one frame go to their rows; other texts of several lines stay whole."""

from __future__ import annotations

from verifier.extraction.cells import Cell, Row
from verifier.extraction.missed_rules import with_days_apart
from verifier.page import Box, Line

PITCH, HEIGHT = 0.022, 0.014


def line(text: str, left: float, row: float) -> Line:
    """Return a printed line at a row of the table."""
    edges = tuple(left + 0.008 * n for n in range(len(text) + 1))
    top = 0.2 + row * PITCH
    return Line(text, Box(left, top, edges[-1], top + HEIGHT), 0.99, edges, (0.99,) * len(text))


def cell(left: float, *texts: str, row: float = 0) -> Cell:
    """Return a cell whose lines stand in as many rows, from `row` on."""
    return Cell.of(1, [line(text, left, row + n) for n, text in enumerate(texts)])


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[one.text for one in row.cells] for row in rows]


def vehicles(*beside: Cell) -> list[Row]:
    """Return three rows of serial and designation, with more cells in the first."""
    rows = [(cell(0.1, str(n + 1), row=n), cell(0.2, f"XY620{n}B5E", row=n)) for n in range(3)]
    return [Row(1, (*rows[0], *beside)), *(Row(1, row) for row in rows[1:])]


def test_each_day_goes_to_its_vehicle():
    days = cell(0.5, "2026-01-15", "15 January 2026", "15 Jan. 2026")
    assert [row[-1] for row in texts(with_days_apart(vehicles(days)))] == [
        "2026-01-15", "15 January 2026", "15 Jan. 2026",
    ]  # fmt: skip


def test_two_columns_of_days_keep_their_order():
    registered = cell(0.5, "2026-01-15", "2026-01-16", "2026-01-17")
    transferred = cell(0.7, "2026-02-02", "2026-02-06", "2026-02-09")
    rows = texts(with_days_apart(vehicles(registered, transferred)))
    assert rows[2][2:] == ["2026-01-17", "2026-02-09"]


def test_other_texts_of_several_lines_stay_whole():
    rows = vehicles(cell(0.5, "Steppe Motors", "Service Centre", "Astana"))
    assert with_days_apart(rows) == tuple(rows)


def test_days_that_are_level_with_no_row_stay_together():
    rows = vehicles(cell(0.5, "2026-01-15", "2026-01-16", row=0.5))
    assert with_days_apart(rows) == tuple(rows)
