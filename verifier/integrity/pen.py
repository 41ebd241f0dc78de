"""Values filled in or corrected with a pen: print is black or grey on these letters, ballpoints are blue.

Only ink that differs from the page's print tells: a black pen looks like print to this test, and says so nowhere. A
signature that runs over a printed value leaves most of the black ink there, a written value has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from verifier.examination import Finding
from verifier.integrity.fields import Sort, VerdictField, verdict_fields
from verifier.integrity.traces.strokes import ruled
from verifier.letter import Letter
from verifier.page import Colour, Line, PageImage, Pixels

BLUER = 18
"""Levels by which a written character's ink is bluer than red, on the mean: single pixels of black print reach 20 in
JPEGs (reading/ink.py), their mean stays under 4; ballpoints give 20 to 90."""
BLACK = 12
"""Levels of blue over red up to which a pixel of ink is black."""
INKED = 0.45
"""Share of the darkest ink of a value from which a pixel is ink and neither paper nor a blurred edge."""
MOST_INKED = 0.6
"""Share of a line's place that is ink only where light print stands on a coloured band, which no pen wrote."""
FAINTEST = 40
"""Grey levels under the paper that the darkest ink of a value must have to be judged."""
MOST_PRINT = 0.5
"""Share of the page's usual black ink that a written character may have: navy at 200 dpi keeps 0.43."""
LEAST_INK = 0.4
"""Share of the page's usual black ink that a written character has at least of its own: a scanner whose colours lie
half a pixel apart leaves a blue fringe, 0.1 and less, beside the last character of a line."""
SIGNED, SIGNED_SHARE = ("issued_on", "valid_until"), 0.8
"""Signatures run over the closing date and hide thin strokes: as written counts one that is so nearly all over."""
FEWEST = {Sort.VIN: 1, Sort.CODE: 2, Sort.DATE: 2, Sort.COUNTRY: 2}
"""Written characters that make a value doubtful: one changes a VIN; elsewhere a thick stroke may hide a thin one."""
BLUE_PRINT = 0.25
"""Share of a page's characters that are blue from which blue is the colour of its print."""
WITNESSES = 240
"""Characters of a page that are looked at to know its print, an even choice."""


@dataclass(frozen=True, slots=True)
class _Ink:
    """What a character's place holds: how blue its ink is, in levels, and the shares of its area that are black ink
    and ink of any colour.
    """

    tint: float
    black: float
    inked: float

    @property
    def is_blue(self) -> bool:
        """Whether its ink is a pen's by its colour."""
        return self.tint > BLUER

    def is_written(self, usual: float) -> bool:
        """Whether a pen wrote it, on a page whose characters have `usual` black ink."""
        return self.is_blue and self.black <= MOST_PRINT * usual and self.inked >= LEAST_INK * usual


def find_pen(images: tuple[PageImage, ...], letter: Letter) -> tuple[Finding, ...]:
    """Return a `handwriting` for each verdict field of a colour capture that a blue pen wrote, in part or whole.

    The issuer is left to the seal, which no pen can change; a country changed needs no other outlets' lines looked at.
    """
    fields = [f for f in verdict_fields(letter) if f.sort in FEWEST and not f.name.startswith("outlets")]
    return tuple(finding for image in images for finding in _of_page(image, fields))


def _of_page(image: PageImage, fields: list[VerdictField]) -> Iterator[Finding]:
    page = image.page
    if page.born_digital or page.colour is not Colour.COLOUR:
        return
    here = [(field, _of(image, field)) for field in fields if field.field.page == page.number]
    blue = [(field, inks) for field, inks in here if any(ink.is_blue for ink in inks)]
    if not blue:
        return
    everywhere = [ink for line in page.lines for ink in _inks(image.pixels, line, 0.0, 1.0)]
    print_ = everywhere[:: max(1, len(everywhere) // WITNESSES)]
    if np.mean([ink.is_blue for ink in print_]) > BLUE_PRINT:
        return
    usual = float(np.median([ink.black for ink in print_]))
    for field, inks in blue:
        written = sum(ink.is_written(usual) for ink in inks)
        if written >= (SIGNED_SHARE * len(inks) if field.name in SIGNED else min(FEWEST[field.sort], len(inks))):
            yield Finding("handwriting", page.number, field.field.box, field.field.text, field=field.name)


def _of(image: PageImage, field: VerdictField) -> list[_Ink]:
    """Return what the places of a value's characters hold."""
    box = field.field.box
    if box is None:
        return []
    _, middle = box.centre
    rows = [line for line in image.page.lines if line.box.y0 <= middle <= line.box.y1]
    return [ink for line in rows for ink in _inks(image.pixels, line, box.x0, box.x1)]


def _inks(pixels: Pixels, line: Line, x0: float, x1: float) -> list[_Ink]:
    """Return what the places of a line's letters and digits hold whose middles lie between two places across."""
    middles = (np.array(line.edges[:-1]) + np.array(line.edges[1:])) / 2
    chosen = [i for i, c in enumerate(line.text) if c.isalnum() and x0 <= middles[i] <= x1]
    if not chosen:
        return []
    height, width = pixels.shape[:2]
    top, bottom = int(line.box.y0 * height), int(line.box.y1 * height) + 1
    left, right = int(line.edges[chosen[0]] * width), int(line.edges[chosen[-1] + 1] * width) + 1
    red, green, blue = cv2.split(np.ascontiguousarray(pixels[top:bottom, left:right]))
    darkest = cv2.min(red, green)
    paper = float(np.percentile(darkest, 85))
    depth = paper - float(np.percentile(darkest, 3))
    if depth < FAINTEST:
        return []
    inked = darkest < paper - INKED * depth
    if inked.mean() > MOST_INKED:
        return []
    inked &= ~ruled(inked, bottom - top)  # the edge of a coloured band, a rule of the table
    tint = blue.astype(np.int16) - red
    black = inked & (tint <= BLACK)
    cells = [slice(int(line.edges[i] * width) - left, int(line.edges[i + 1] * width) - left + 1) for i in chosen]
    return [
        _Ink(_mean_of(tint[:, cell], inked[:, cell]), float(black[:, cell].mean()), float(inked[:, cell].mean()))
        for cell in cells
        if cell.start < inked.shape[1]
    ]


def _mean_of(levels: NDArray[np.floating], where: NDArray[np.bool_]) -> float:
    """Return the mean level of a cell's ink, 0 where it has none."""
    return float(levels[where].mean()) if where.any() else 0.0
