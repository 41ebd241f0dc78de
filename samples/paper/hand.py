"""What a pen does to a printed letter: values written into it, each character by itself, and values struck through."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from samples.paper.faces import width_mm
from samples.paper.sheet import Ink, Mark, Rule, Sheets, Text

PENS: tuple[Ink, ...] = ((32, 52, 158), (24, 34, 112), (58, 84, 176))
"""Ballpoints and gel pens: blue, navy, light blue."""
STRIKING: tuple[Ink, ...] = (*PENS, (30, 30, 34), (176, 34, 44))
"""Pens that strike out: black and red ones, too."""
STROKE_MM, WAVER_MM, STEP_MM = (0.35, 0.8), 0.04, 3.0
"""Width of a stroke, standard deviation of its height from step to step, length of a step."""
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


def struck_through(sheets: Sheets, values: tuple[str, ...], rng: np.random.Generator) -> list[list[Mark]]:
    """Return the pages with a stroke by hand through every printed one of `values`."""
    pen = STRIKING[int(rng.integers(len(STRIKING)))]
    wide = float(rng.uniform(*STROKE_MM))
    return [
        [*page, *(part for mark in page for value in values for part in _stroke(mark, sheets, value, pen, wide, rng))]
        for page in sheets.pages
    ]


def _stroke(mark: Mark, sheets: Sheets, value: str, pen: Ink, wide: float, rng: np.random.Generator) -> list[Mark]:
    """Return the short straight pieces of a stroke through a value, none where the mark does not print it."""
    if not isinstance(mark, Text) or not value or value not in mark.text:
        return []
    start = mark.x + _width(mark.text.partition(value)[0], mark, sheets)
    long = _width(value, mark, sheets) + float(rng.uniform(0, 4))
    across = np.linspace(start - float(rng.uniform(0, 3)), start + long, max(2, round(long / STEP_MM)))
    middle = mark.y - mark.size_mm * float(rng.uniform(0.28, 0.46))
    down = middle + np.cumsum(rng.normal(0, WAVER_MM, len(across))) + (across - across.mean()) * rng.normal(0, 0.006)
    ends = [(float(x), float(y)) for x, y in zip(across, down, strict=True)]
    return [Rule(*a, *b, wide, pen) for a, b in pairwise(ends)]


def _width(text: str, mark: Text, sheets: Sheets) -> float:
    return width_mm(text, sheets.kind, mark.size_mm, mark.bold) if text else 0.0
