"""Strips of other paper over values, beside what honest pages have of other tones: marks, cells, tinted blocks."""

from __future__ import annotations

import numpy as np

from samples.captures.noise import grain
from verifier.integrity.slips import find_slips
from verifier.page import Box, Colour, Line, Page, PageImage, Pixels

WIDTH, HEIGHT, DPI = 1240, 1754, 150
PAPER, OTHER, MARK = (244.0, 243.0, 240.0), (244.0, 242.0, 231.0), (244.0, 242.0, 205.0)
LABELS, VALUES, TALL, PITCH, TOP = (120, 300), (380, 900), 26, 48, 300
ROWS = 16


def place(row: int, across: tuple[int, int]) -> Box:
    y = TOP + row * PITCH
    return Box.from_pixels(across[0], y, across[1], y + TALL, width=WIDTH, height=HEIGHT)


def form(*strips: tuple[int, int, tuple[float, float, float]], left: int = 360) -> PageImage:
    """Return a form with labels and values; `strips` are first and last rows whose values stand on paper of a tone."""
    rng = np.random.default_rng(4)
    sheet = np.ones((HEIGHT, WIDTH, 3)) * PAPER
    for first, last, tone in strips:
        sheet[TOP + first * PITCH - 8 : TOP + last * PITCH + TALL + 8, left:940] = tone
    lines = []
    for row in range(ROWS):
        for across in (LABELS, VALUES):
            box = place(row, across)
            lines.append(Line("LABEL", box, 0.99, (box.x0, box.x1), (0.99,)))
            for x in range(across[0], across[1], 20):
                sheet[TOP + row * PITCH : TOP + row * PITCH + TALL, x : x + int(rng.integers(4, 12))] = 40
    pixels: Pixels = np.clip(sheet + grain(rng, sheet.shape, 2.0), 0, 255).astype(np.uint8)
    return PageImage(Page(1, 210, 297, True, DPI, Colour.COLOUR, False, 0, None, tuple(lines)), pixels)


def strips(image: PageImage) -> list[Box | None]:
    return [finding.box for finding in find_slips((image,), ())]


def test_lines_glued_on_beside_their_labels_are_told() -> None:
    (box,) = strips(form((5, 7, OTHER)))
    assert box is not None
    assert all(box.covers(place(row, VALUES), 0.95) for row in (5, 6, 7))
    assert box.overlap(place(6, LABELS)) == 0


def test_a_form_of_one_paper_has_none() -> None:
    assert strips(form()) == []


def test_a_line_alone_may_be_marked() -> None:
    assert strips(form((5, 5, OTHER))) == []


def test_a_darker_cell_beside_its_labels_is_a_form_s_own() -> None:
    assert strips(form((5, 7, (226.0, 228.0, 222.0)))) == []


def test_a_highlighter_over_lines_is_none() -> None:
    assert strips(form((5, 7, MARK))) == []


def test_cells_tinted_alike_are_a_form_s_own() -> None:
    assert strips(form((2, 4, OTHER), (8, 10, OTHER))) == []


def test_a_tinted_block_with_its_labels_is_a_form_s_own() -> None:
    assert strips(form((5, 7, OTHER), left=90)) == []
