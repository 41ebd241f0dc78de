"""Values written into a printed letter with a blue pen: each character by itself, never twice the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from samples.paper.faces import width_mm
from samples.paper.sheet import Ink, Mark, Sheets, Text

PENS: tuple[Ink, ...] = ((32, 52, 158), (24, 34, 112), (58, 84, 176))
"""Ballpoints and gel pens: blue, navy, light blue."""
SLIP_MM, TURN_DEGREES, GROWTH = 0.35, 5.0, 0.1
"""Standard deviations of where, how steep and how large a character is written, the last as a share of its size."""


def by_hand(sheets: Sheets, values: tuple[str, ...], rng: np.random.Generator) -> list[list[Mark]]:
    """Return the pages with every printed one of `values` written by hand in its place."""
    pen = PENS[int(rng.integers(len(PENS)))]
    return [[part for mark in page for part in _parts(mark, sheets, values, pen, rng)] for page in sheets.pages]


def _parts(mark: Mark, sheets: Sheets, values: tuple[str, ...], pen: Ink, rng: np.random.Generator) -> list[Mark]:
    """Return a mark as it stands, or its print before and after a value with the value's characters between."""
    value = next((v for v in values if isinstance(mark, Text) and v and v in mark.text), None)
    if value is None or not isinstance(mark, Text):
        return [mark]
    before, _, after = mark.text.partition(value)
    parts: list[Mark] = [replace(mark, text=before)] if before else []
    x = mark.x + _width(before, mark, sheets)
    for character in value:
        slip = rng.normal(0, SLIP_MM, 2)
        size = mark.size_mm * float(1 + rng.normal(0, GROWTH))
        turn = float(rng.normal(0, TURN_DEGREES))
        parts.append(
            Text(x + float(slip[0]) / 2, mark.y + float(slip[1]), size, character, ink=pen, degrees=turn or 0.1)
        )
        x += _width(character, mark, sheets)
    if after:
        parts += _parts(replace(mark, x=x, text=after), sheets, values, pen, rng)
    return parts


def _width(text: str, mark: Text, sheets: Sheets) -> float:
    return width_mm(text, sheets.kind, mark.size_mm, mark.bold) if text else 0.0
