"""A PDF page's text layer as words with boxes, and for each whether a person can see it.

A word is a run of characters without space, gap or change of visibility between them. Whether it can be seen
is asked of its paint first (render mode, alpha, colour), then of the drawn page: where the pixels do not
differ from their surroundings, nothing is there to be read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from verifier.opening.limits import MAX_LAYER_CHARACTERS
from verifier.opening.objects import TEXT, PaintedObject, address_of
from verifier.opening.refusals import TooMuchTextError
from verifier.opening.sheet import POINTS_PER_INCH, Sheet
from verifier.page import Box, LayerWord, Pixels

TINY_POINTS = 2.5
"""Characters lower than this cannot be read on paper; fine print on forms is 5 points."""
WORD_GAP = 0.8
"""Gap between characters of one word at most, in character heights; pdfium inserts its own spaces too."""
FAINT_ALPHA = 26
"""Of 255: a tenth. Paint that thin leaves no readable trace on white."""
SAME_COLOUR = 28
"""Of 255, largest channel: below it ink and paper are told apart by no reader (a contrast of 11 %)."""
COVERED_SHARE = 0.6
"""Share of a word's box that something opaque painted later must cover."""
OFF_PAGE_SHARE = 0.5
"""Share of a word's box that must lie on the page for the word to count as on it."""


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    box: Box
    painted: PaintedObject | None


def layer_words(
    page: pdfium.PdfPage, sheet: Sheet, objects: tuple[PaintedObject, ...], pixels: Pixels
) -> tuple[LayerWord, ...]:
    """Return the words of a page's layer in the file's order; `pixels` is the page as drawn.

    Raises TooMuchTextError where there is more text than on any letter.
    """
    text_page = page.get_textpage()
    try:
        runs = {o.address: o for o in objects if o.kind == TEXT}
        characters = list(_characters(text_page, sheet, runs))
    finally:
        text_page.close()
    covers = tuple(o for o in objects if o.plain and o.fill[3] > 255 - FAINT_ALPHA)
    return tuple(_word(run, sheet, covers, pixels) for run in _runs(characters, sheet))


def _characters(
    text_page: pdfium.PdfTextPage, sheet: Sheet, runs: dict[int, PaintedObject]
) -> Iterator[_Character | None]:
    """Yield the characters of a page, None for every gap between words."""
    count = raw.FPDFText_CountChars(text_page)
    if count > MAX_LAYER_CHARACTERS:
        raise TooMuchTextError(f"{count} characters of text on one page")
    edges = [ctypes.c_double() for _ in range(4)]
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        text = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if text.isspace() or code == 0 or raw.FPDFText_IsGenerated(text_page, index) == 1:
            yield None
            continue
        raw.FPDFText_GetCharBox(text_page, index, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        handle = raw.FPDFText_GetTextObject(text_page, index)
        painted = runs.get(address_of(handle)) if handle else None
        yield _Character(text, sheet.to_page.box(left, bottom, right, top), painted)


def _runs(characters: Iterable[_Character | None], sheet: Sheet) -> Iterator[list[_Character]]:
    """Yield the characters of each word."""
    run: list[_Character] = []
    for character in characters:
        if run and (character is None or not _continues(run[-1], character, sheet)):
            yield run
            run = []
        if character is not None:
            run.append(character)
    if run:
        yield run


def _continues(last: _Character, new: _Character, sheet: Sheet) -> bool:
    """Return whether `new` stands close to `last`, and is painted the same way."""
    if last.painted is not new.painted and _paint(last) != _paint(new):
        return False
    height = max(_inches(last.box, sheet)[1], _inches(new.box, sheet)[1], TINY_POINTS / POINTS_PER_INCH)
    across = max(new.box.x0 - last.box.x1, last.box.x0 - new.box.x1) * sheet.width_inches
    down = abs(new.box.centre[1] - last.box.centre[1]) * sheet.height_inches
    return across <= WORD_GAP * height and down <= height


def _paint(character: _Character) -> tuple[object, ...]:
    painted = character.painted
    return (painted.fill, painted.unpainted) if painted else ()


def _inches(box: Box, sheet: Sheet) -> tuple[float, float]:
    return box.width * sheet.width_inches, box.height * sheet.height_inches


def _word(run: list[_Character], sheet: Sheet, covers: tuple[PaintedObject, ...], pixels: Pixels) -> LayerWord:
    box = Box.around([character.box for character in run])
    text = "".join(character.text for character in run)
    painted = run[0].painted
    tallest = max(max(_inches(character.box, sheet)) for character in run)
    hidden = (
        _unpainted(painted, tallest * POINTS_PER_INCH) or _out_of_sight(box) or _unseen(box, painted, covers, pixels)
    )
    return LayerWord(text, box, hidden)


def _unpainted(painted: PaintedObject | None, tallest_points: float) -> str | None:
    if painted is not None and painted.unpainted:
        return painted.unpainted
    if painted is not None and painted.fill[3] < FAINT_ALPHA:
        return "transparent"
    stated = painted.font_points if painted is not None else 0.0
    return "tiny" if 0 < tallest_points < TINY_POINTS and stated < TINY_POINTS else None


def _out_of_sight(box: Box) -> str | None:
    on_page = box.overlap(Box(0, 0, 1, 1))
    inside = on_page >= OFF_PAGE_SHARE * box.area if box.area > 0 else _is_inside(box)
    return None if inside else "off_page"


def _is_inside(box: Box) -> bool:
    x, y = box.centre
    return 0 <= x <= 1 and 0 <= y <= 1


def _unseen(box: Box, painted: PaintedObject | None, covers: tuple[PaintedObject, ...], pixels: Pixels) -> str | None:
    """Return why the drawn page shows nothing of a word that is painted on it."""
    if painted is not None and any(
        cover.order > painted.order and cover.box.covers(box, COVERED_SHARE) for cover in covers
    ):
        return "covered"
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = box.to_pixels(width=width, height=height)
    crop = pixels[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1].reshape(-1, 3)
    middle = len(crop) // 2
    ground = np.partition(crop, middle, axis=0)[middle].tolist()
    if painted is not None and _is_near(painted.fill, ground):
        return "white"
    return "clipped" if _is_near(crop.min(axis=0), ground) and _is_near(crop.max(axis=0), ground) else None


def _is_near(colour: Sequence[int] | NDArray[np.uint8], ground: Sequence[int]) -> bool:
    """Return whether no reader tells the two colours apart."""
    return all(abs(int(a) - b) < SAME_COLOUR for a, b in zip(colour[:3], ground, strict=True))
