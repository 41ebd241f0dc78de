"""Sheets as a faultless reader would deliver them: printed lines with the place of every character, and rules."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from samples.paper.sheet import Rule, Sheets, Text
from verifier.page import Box, Colour, Line, Page

SURE = 0.995
_WHITE = re.compile(r"(?:\s{2,}|\u3000)+")
"""White inside a printed line at which a reader may see two."""


def lines_of(sheets: Sheets, number: int, *, torn: bool = False) -> tuple[Line, ...]:
    """Return the lines of a page, the first being 1; `torn` parts them at wide white, as readers often do."""
    marks = [m for m in sheets.pages[number - 1] if isinstance(m, Text) and m.text.strip() and not m.degrees]
    parts = [part for mark in marks for part in (_torn(mark, sheets) if torn else [mark])]
    return tuple(_line(mark, sheets) for mark in sorted(parts, key=lambda m: (m.y, m.x)))


def rules_of(sheets: Sheets, number: int) -> tuple[Box, ...]:
    """Return the rules of a page as boxes."""
    return tuple(ruled(mark, sheets) for mark in sheets.pages[number - 1] if isinstance(mark, Rule))


def pages_as_set(sheets: Sheets, *, torn: bool = False) -> tuple[Page, ...]:
    """Return the pages as scanned upright in colour."""
    return tuple(
        Page(
            number, sheets.width_mm, sheets.height_mm, True, 300.0, Colour.COLOUR, False, 0, None,
            lines_of(sheets, number, torn=torn), rules=rules_of(sheets, number),
        )
        for number in range(1, len(sheets.pages) + 1)
    )  # fmt: skip


def _torn(mark: Text, sheets: Sheets) -> list[Text]:
    parts, start = [], 0
    for white in [*_WHITE.finditer(mark.text), None]:
        stop = white.start() if white else len(mark.text)
        if mark.text[start:stop].strip():
            x = mark.x + sheets.width(mark.text[:start], mark.size_mm, mark.bold)
            parts.append(replace(mark, x=x, text=mark.text[start:stop]))
        start = white.end() if white else stop
    return parts


def _line(mark: Text, sheets: Sheets) -> Line:
    text = mark.text.strip()
    x0 = mark.x + sheets.width(mark.text[: len(mark.text) - len(mark.text.lstrip())], mark.size_mm, mark.bold)
    widths = [sheets.width(text[:n], mark.size_mm, mark.bold) for n in range(len(text) + 1)]
    edges = tuple(float(edge) for edge in (x0 + np.array(widths)) / sheets.width_mm)
    top, bottom = mark.y - 0.88 * mark.size_mm, mark.y + 0.16 * mark.size_mm
    box = Box(edges[0], top / sheets.height_mm, edges[-1], bottom / sheets.height_mm)
    return Line(text, box, SURE, edges, (SURE,) * len(text))


def ruled(mark: Rule, sheets: Sheets) -> Box:
    """Return where a rule stands, as fractions of the page."""
    across, down = sorted((mark.x0, mark.x1)), sorted((mark.y0, mark.y1))
    half = mark.width_mm / 2
    return Box(
        (across[0] - half) / sheets.width_mm, (down[0] - half) / sheets.height_mm,
        (across[1] + half) / sheets.width_mm, (down[1] + half) / sheets.height_mm,
    )  # fmt: skip
