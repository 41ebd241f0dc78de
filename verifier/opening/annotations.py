"""Annotations and form fields of a PDF page: what each says, and what it does to the page's picture."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from verifier.examination import Finding
from verifier.opening.drawn import clipped_text
from verifier.opening.limits import MAX_ANNOTATIONS, MAX_TEXT
from verifier.opening.refusals import TooComplexError
from verifier.opening.render import drawn_page
from verifier.opening.sheet import Sheet
from verifier.page import Box, Pixels

_NAMES = {
    getattr(raw, f"FPDF_ANNOT_{name.upper()}"): name
    for name in (
        *("text", "link", "freetext", "line", "square", "circle", "polygon", "polyline", "highlight"),
        *("underline", "squiggly", "strikeout", "stamp", "caret", "ink", "popup", "fileattachment"),
        *("sound", "movie", "widget", "screen", "watermark", "threed", "richmedia", "redact"),
    )
}
_SILENT = frozenset(["link", "popup"])
"""Kinds that paint nothing of their own; a link that does paint shows in the comparison of pictures."""
_SIGNATURE_FIELD = raw.FPDF_FORMFIELD_SIGNATURE
LOOK_DPI = 100.0
"""Resolution of the pictures that are compared: a character of 5 points is 7 pixels high."""
DARK, LIGHT = 110, 170
"""Red channel, of 255: below is print, above is paper, red ink or a highlighter."""
FLIPPED_PIXELS = 8
"""Pixels that change sides before an annotation counts as changing what can be read: one thin character."""
_FORM = {True: "form_field", False: "annotation"}


@dataclass(frozen=True, slots=True)
class _Annotation:
    kind: str
    box: Box
    text: str
    signature: bool


def annotation_findings(page: pdfium.PdfPage, number: int, sheet: Sheet) -> tuple[Finding, ...]:
    """Return an `annotation`, `form_field` or `signature` finding for each annotation of the page.

    `text` is its content or value. `detail` is its kind and what it does to the picture: `changes` where
    print appears or disappears, `prints_otherwise` where paper shows another thing than the screen, `tints`
    where only light or red marks come and go, `nothing`.
    """
    count = raw.FPDFPage_GetAnnotCount(page)
    if count > MAX_ANNOTATIONS:
        raise TooComplexError(f"{count} annotations on one page")
    found = [_read(page, index, sheet) for index in range(count)]
    if not any(annotation.kind not in _SILENT for annotation in found):
        return tuple(_finding(a, number, "nothing") for a in found if a.kind not in _SILENT)
    effect_of = _effects(page, sheet)
    return tuple(
        _finding(a, number, effect)
        for a, effect in ((a, effect_of(a.box)) for a in found)
        if a.kind not in _SILENT or effect != "nothing"
    )


def _finding(annotation: _Annotation, number: int, effect: str) -> Finding:
    code = "signature" if annotation.signature else _FORM[annotation.kind == "widget"]
    detail = f"{annotation.kind} {effect}"
    return Finding(code=code, page=number, box=annotation.box, text=annotation.text, detail=detail)


def _read(page: pdfium.PdfPage, index: int, sheet: Sheet) -> _Annotation:
    handle = raw.FPDFPage_GetAnnot(page, index)
    if not handle:
        return _Annotation("unknown", Box(0, 0, 1, 1), "", signature=False)
    try:
        edges = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(handle, edges)
        box = sheet.to_page.box(edges.left, edges.bottom, edges.right, edges.top)
        kind = _NAMES.get(raw.FPDFAnnot_GetSubtype(handle), "unknown")
        is_field = kind == "widget" and page.formenv is not None
        signature = is_field and raw.FPDFAnnot_GetFormFieldType(page.formenv, handle) == _SIGNATURE_FIELD
        text = _field_value(page, handle) if is_field and not signature else _contents(handle)
        return _Annotation(kind, box, clipped_text(text), signature)
    finally:
        raw.FPDFPage_CloseAnnot(handle)


def _contents(handle: object) -> str:
    return _utf16(lambda buffer, size: raw.FPDFAnnot_GetStringValue(handle, b"Contents", buffer, size))


def _field_value(page: pdfium.PdfPage, handle: object) -> str:
    return _utf16(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(page.formenv, handle, buffer, size))


def _utf16(read: Callable[[object, int], int]) -> str:
    """Return what a pdfium function writes as UTF-16, at most `MAX_TEXT` characters of it."""
    size = min(read(None, 0), 2 * MAX_TEXT + 2)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * ((read(None, 0) + 1) // 2))()
    read(buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le", "replace").split("\x00", 1)[0]


def _effects(page: pdfium.PdfPage, sheet: Sheet) -> Callable[[Box], str]:
    """Return a function that tells what the annotations inside a box do to the page's picture."""
    width = max(round(sheet.width_inches * LOOK_DPI), 1)
    height = max(round(sheet.height_inches * LOOK_DPI), 1)
    shown = drawn_page(page, width, height)
    bare = drawn_page(page, width, height, annotations=False)
    paper = drawn_page(page, width, height, printed=True)
    views = [(_flipped(shown, bare), "changes"), (_flipped(shown, paper), "prints_otherwise")]
    tinted = (shown != bare).any(axis=2)

    def effect_of(box: Box) -> str:
        x0, y0, x1, y1 = box.to_pixels(width=width, height=height)
        for flipped, name in views:
            if int(flipped[y0:y1, x0:x1].sum()) >= FLIPPED_PIXELS:
                return name
        return "tints" if tinted[y0:y1, x0:x1].any() else "nothing"

    return effect_of


def _flipped(one: Pixels, other: Pixels) -> NDArray[np.bool_]:
    """Return where print in one picture is paper in the other; shape (height, width)."""
    first, second = one[:, :, 0], other[:, :, 0]
    return ((first < DARK) & (second > LIGHT)) | ((first > LIGHT) & (second < DARK))
