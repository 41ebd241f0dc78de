"""Earlier states of a PDF: a file changed by appending keeps what it said before."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from verifier.errors import DamagedFileError, LimitExceededError
from verifier.examination import Finding
from verifier.opening.drawn import clipped_text
from verifier.opening.layer import layer_words
from verifier.opening.objects import painted_objects
from verifier.opening.parts import PARSER_FAILURES
from verifier.opening.render import drawn_page
from verifier.opening.sheet import sheet_of
from verifier.page import Box, LayerWord

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\r?\n?")
_LINEARIZED_WITHIN = 1024
_OBJECT = re.compile(rb"\bendobj\b|\bstartxref\b")
LOOK_SIDE_PIXELS = 826
"""Long side of the pictures that are compared: A4 at 71 dpi, enough to see one changed character."""
CHANGED_BY = 48
"""Of 255, any channel."""
BAND_GAP_PIXELS = 6
"""Changed rows closer than this are one change: the gap between two text lines is larger."""
HELD = 0.5
"""Share of a word that must lie in a changed place to be told as what it said before."""
MOST_CHANGES = 60
MOST_REVISIONS = 50


def refuse_truncated(document: bytes) -> None:
    """Raise DamagedFileError where objects follow the last end-of-file mark, or there is none.

    Readers repair such files by guessing, each its own way; what was cut off may have said otherwise.
    """
    last_end = document.rfind(b"%%EOF")
    if last_end < 0 or _OBJECT.search(document, last_end):
        raise DamagedFileError("cut off before its end")


def revision_ends(document: bytes) -> tuple[int, ...]:
    """Return where each revision of a PDF ends, the newest last; a linearised head is no revision."""
    ends = [match.end() for match in _END.finditer(document)]
    is_linearised = b"/Linearized" in document[:_LINEARIZED_WITHIN]
    return tuple(ends[1:] if is_linearised and len(ends) > 1 else ends)


def revision_findings(document: bytes, current: pdfium.PdfDocument) -> tuple[Finding, ...]:
    """Return a `revision` for each place where the first revision shows something else than the last.

    One finding without page says how many revisions there are; another where the first cannot be drawn.
    """
    ends = revision_ends(document)
    if len(ends) < 2:
        return ()
    counted = Finding(code="revision", detail=f"{min(len(ends), MOST_REVISIONS)} revisions")
    try:
        first = pdfium.PdfDocument(document[: ends[0]])
    except pdfium.PdfiumError:
        return counted, Finding(code="revision", detail="the first revision cannot be drawn")
    try:
        return counted, *_changes(first, current)
    except (*PARSER_FAILURES, pdfium.PdfiumError):
        return counted, Finding(code="revision", detail="the first revision cannot be drawn")
    finally:
        first.close()


def _changes(first: pdfium.PdfDocument, current: pdfium.PdfDocument) -> Iterator[Finding]:
    first.init_forms()
    if len(first) != len(current):
        yield Finding(code="revision", detail=f"{len(first)} pages became {len(current)}")
    left = MOST_CHANGES
    for index in range(min(len(first), len(current))):
        boxes = _changed_boxes(first[index], current[index])[:left]
        words = _words_before(first[index]) if boxes else ()
        for box in boxes:
            left -= 1
            yield Finding(code="revision", page=index + 1, box=box, text=_said(words, box), detail="changed")


def _words_before(page: pdfium.PdfPage) -> tuple[LayerWord, ...]:
    """Return what a page's layer said in the first revision, nothing where it held more than any letter."""
    try:
        sheet = sheet_of(page)
        pixels = drawn_page(page, *_look_size(page))
        return layer_words(page, sheet, painted_objects(page, sheet), pixels)
    except LimitExceededError:
        return ()


def _said(words: tuple[LayerWord, ...], box: Box) -> str:
    """Return the words that stood where a page was changed."""
    return clipped_text(" ".join(word.text for word in words if word.box.overlap(box) >= HELD * word.box.area > 0))


def _changed_boxes(before: pdfium.PdfPage, after: pdfium.PdfPage) -> list[Box]:
    size = _look_size(after)
    one, other = drawn_page(before, *size), drawn_page(after, *size)
    changed = (np.abs(one.astype(np.int16) - other) > CHANGED_BY).any(axis=2)
    return [_band_box(changed, top, bottom) for top, bottom in _bands(changed.any(axis=1))]


def _look_size(page: pdfium.PdfPage) -> tuple[int, int]:
    width, height = page.get_size()
    scale = LOOK_SIDE_PIXELS / max(width, height)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def _bands(rows: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (first, last + 1) of each run of changed rows."""
    bands: list[tuple[int, int]] = []
    for row in np.flatnonzero(rows).tolist():
        if bands and row - bands[-1][1] <= BAND_GAP_PIXELS:
            bands[-1] = bands[-1][0], row + 1
        else:
            bands.append((row, row + 1))
    return bands


def _band_box(changed: NDArray[np.bool_], top: int, bottom: int) -> Box:
    columns = np.flatnonzero(changed[top:bottom].any(axis=0))
    height, width = changed.shape
    return Box.from_pixels(int(columns[0]), top, int(columns[-1]) + 1, bottom, width=width, height=height)
