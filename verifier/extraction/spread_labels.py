"""Labels that forms spread over a column's width, so far that each character stands for itself: 车 架 号."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.extraction.cells import Cell, Row
from verifier.extraction.labels import Labels
from verifier.formats.gazetteer import fold

_FRAGMENT = re.compile(r"[\u4e00-\u9fff]{1,2}")
_LAST = re.compile(r"(?P<end>[\u4e00-\u9fff]{1,3})(?:\s*[:：]|\s*$|\s?(?=[A-Za-z\d+(（]))")
"""The last characters of a label, with its value behind them or not."""
MOST_FRAGMENTS = 5


def with_spread_labels(rows: Sequence[Row], labels: Labels) -> tuple[Row, ...]:
    """Return the rows with the pieces of a spread label as one cell, together with what follows its last piece.

    Two words that are labels of their own, side by side, are two heads.
    """
    return tuple(_joined(row, labels) for row in rows)


def _joined(row: Row, labels: Labels) -> Row:
    cells: list[Cell] = []
    index = 0
    while index < len(row.cells):
        stop = _end_of_label(row.cells[index:], labels)
        group = row.cells[index : index + stop]
        cells.append(Cell.of(row.page, [piece for cell in group for piece in cell.pieces]))
        index += stop
    return row if len(cells) == len(row.cells) else Row(row.page, tuple(cells))


def _end_of_label(cells: Sequence[Cell], labels: Labels) -> int:
    """Return how many of the cells are one label, 1 where the first is none of a spread one."""
    text, whole = "", 1
    for count, cell in enumerate(cells[:MOST_FRAGMENTS], 1):
        last = _LAST.match(cell.text)
        if text and last and fold(text + last["end"]) in labels.fields.codes:
            whole = count
        if not _FRAGMENT.fullmatch(cell.text.strip()) or fold(cell.text) in labels.fields.codes:
            break
        text += cell.text.strip()
    return whole
