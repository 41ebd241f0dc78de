"""A letter's pages as a reader that errs nowhere sees them: what stands on them, cut and spaced as readers do.

The detector's boxes reach past the ink, white wider than a character parts a line in two, and the recogniser drops
the narrow white beside Chinese characters and now and then between words (seen in readings of samples/letters).
"""

from __future__ import annotations

import re
from random import Random

from samples.content import Plan
from samples.making import sheets_of
from samples.paper.sheet import Rule, Sheets, Text
from tests.proofs.setting import SURE, ruled
from verifier.page import Box, Colour, Line, Page

PARTING = 1.2
"""White from which a line is seen as two, in sizes of its print."""
KEPT = 0.4
"""White between a Chinese and another character from which a space is read, in sizes."""
LOST = 0.05
"""Share of the spaces between words that a reader loses."""
HEIGHT, MIDDLE, MARGIN = 1.4, 0.36, 0.15
"""Of the detector's box: its height, its middle above the baseline, its margin at both sides, in sizes."""
_WHITE = re.compile(r"\s+")
_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")

Span = tuple[int, int]


def read_pages(plan: Plan) -> tuple[Page, ...]:
    """Return the pages of a plan as read."""
    sheets = sheets_of(plan)
    rng = Random(f"{plan.seed} {plan.index}")
    return tuple(_page(marks, number, sheets, rng) for number, marks in enumerate(sheets.pages, 1))


def _page(marks: list[object], number: int, sheets: Sheets, rng: Random) -> Page:
    texts = [mark for mark in marks if isinstance(mark, Text) and mark.text.strip() and not mark.degrees]
    lines = [line for mark in sorted(texts, key=lambda m: (m.y, m.x)) for line in _lines(mark, sheets, rng)]
    rules = tuple(ruled(mark, sheets) for mark in marks if isinstance(mark, Rule))
    return Page(
        number, sheets.width_mm, sheets.height_mm, True, 300.0, Colour.COLOUR, False, 0, None, tuple(lines), rules=rules
    )


def _lines(mark: Text, sheets: Sheets, rng: Random) -> list[Line]:
    """Return the lines that a reader makes of one line of print."""
    found, begin = [], 0
    for white in [*_WHITE.finditer(mark.text), None]:
        if white is None:
            found.append((begin, len(mark.text)))
        elif sheets.width(white.group(), mark.size_mm, mark.bold) > PARTING * mark.size_mm:
            found.append((begin, white.start()))
            begin = white.end()
    return [_line(mark, span, sheets, rng) for span in found if mark.text[slice(*span)].strip()]


def _line(mark: Text, span: Span, sheets: Sheets, rng: Random) -> Line:
    kept = [n for n in range(*span) if not mark.text[n].isspace() or _is_read(mark, n, span, sheets, rng)]
    text = "".join(" " if mark.text[n].isspace() else mark.text[n] for n in kept)

    def at(count: int) -> float:
        return (mark.x + sheets.width(mark.text[:count], mark.size_mm, mark.bold)) / sheets.width_mm

    margin = MARGIN * mark.size_mm / sheets.width_mm
    edges = (at(kept[0]) - margin, *(at(n) for n in kept[1:]), at(kept[-1] + 1) + margin)
    middle, half = mark.y - MIDDLE * mark.size_mm, HEIGHT / 2 * mark.size_mm
    box = Box(edges[0], (middle - half) / sheets.height_mm, edges[-1], (middle + half) / sheets.height_mm)
    return Line(text, box, SURE, edges, (SURE,) * len(text))


def _is_read(mark: Text, place: int, span: Span, sheets: Sheets, rng: Random) -> bool:
    """Return whether a reader makes a space of the white at a place: one a run, and not every one."""
    if place == span[0] or mark.text[place - 1].isspace() or place + 1 >= span[1]:
        return False
    white = _WHITE.match(mark.text, place)
    assert white is not None  # the character is white
    if white.end() >= span[1]:
        return False
    chinese = [bool(_CHINESE.match(c)) for c in (mark.text[place - 1], mark.text[white.end()])]
    if all(chinese):
        return False
    if any(chinese):
        return sheets.width(white.group(), mark.size_mm, mark.bold) > KEPT * mark.size_mm
    return rng.random() >= LOST
