"""Pages set from plain strings: each string a row, cells apart by " | ", so that a test reads like a letter."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from verifier.extraction import Labels, extract
from verifier.letter import Letter
from verifier.page import Box, Colour, Line, Page
from verifier.record import Maker, Makers

LABELS = Labels.load(Path(__file__).parents[3] / "models")
MAKER = Maker("北辰汽车制造有限公司", "Beichen Automobile Manufacturing Co., Ltd.")
CENTRED = "^"
"""Before a line that stands in the middle."""
TOP, PITCH, HEIGHT, CHARACTER = 0.08, 0.03, 0.014, 0.011
COLUMN_FILLED = 0.94
"""Share of its column that a text takes at most: small print where it is long."""


def page(rows: str, number: int = 1) -> Page:
    """Return a page with the rows of a text; empty lines leave a gap, two cells stand where a table puts them."""
    lines = []
    for index, row in enumerate(rows.strip("\n").split("\n")):
        cells = [cell.strip() for cell in row.split("|")]
        for column, text in enumerate(cells):
            if text:
                left = 0.12 + column * 0.76 / len(cells)
                if text.startswith(CENTRED):
                    text = text.removeprefix(CENTRED)
                    left = 0.5 - len(text) * CHARACTER / 2
                lines.append(_line(text, left, TOP + index * PITCH, widest=COLUMN_FILLED * 0.76 / len(cells)))
    return _page(lines, number)


def placed(lines: Iterable[tuple[float, float, str]]) -> Letter:
    """Return what a page claims whose lines begin at (left, top), shares of the page."""
    return extract(
        (_page([_line(text, left, top, widest=1.0) for left, top, text in lines], 1),), LABELS, Makers([MAKER])
    )


def _page(lines: Iterable[Line], number: int) -> Page:
    return Page(number, 210.0, 297.0, True, 300.0, Colour.COLOUR, False, 0, None, tuple(lines))


def _line(text: str, left: float, top: float, *, widest: float) -> Line:
    edges = tuple(left + i * min(CHARACTER, widest / len(text)) for i in range(len(text) + 1))
    return Line(text, Box(left, top, edges[-1], top + HEIGHT), 0.99, edges, (0.99,) * len(text))


def letter_of(*pages: str, makers: Iterable[Maker] = (MAKER,)) -> Letter:
    """Return what a document of these pages claims, where these makers are known."""
    return extract(tuple(page(rows, n) for n, rows in enumerate(pages, 1)), LABELS, Makers(list(makers)))
