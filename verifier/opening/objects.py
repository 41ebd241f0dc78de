"""What a PDF page is painted with: its objects in painting order, with their boxes and paint."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from verifier.opening.limits import MAX_FORM_DEPTH, MAX_PAGE_OBJECTS
from verifier.opening.refusals import TooComplexError
from verifier.opening.sheet import IDENTITY, Matrix, Sheet
from verifier.page import Box

TEXT = raw.FPDF_PAGEOBJ_TEXT
PATH = raw.FPDF_PAGEOBJ_PATH
IMAGE = raw.FPDF_PAGEOBJ_IMAGE
_INVISIBLE_MODES = {raw.FPDF_TEXTRENDERMODE_INVISIBLE: "invisible", raw.FPDF_TEXTRENDERMODE_CLIP: "clipped"}
_STROKED_MODES = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
PLAIN_PATH_SEGMENTS = 6
"""A filled rectangle has four or five segments; a filled ring or letter, whose box covers more than its ink,
has more."""

BEYOND_BOX, MOST_CLIP_POINTS = 0.01, 500
"""Share of an image's longer side by which a clip path's points may lie outside its box; points that are looked at."""
RECTANGLE_POINTS, TRIMMED = 5, 0.06
"""Points of a rectangle, and share of a scan that one may trim: scanners take in more than the paper."""
_TURNS = ((1, 0, 0, -1), (0, 1, 1, 0), (-1, 0, 0, 1), (0, -1, -1, 0))
"""Signs of a, b, c and d that show an image upright and turned clockwise once, twice, three times."""
ASKEW = 1e-4
"""Of a picture's longer side: askew by less, no pixel of a scan comes to lie elsewhere."""

Colour = tuple[int, int, int, int]
"""Red, green, blue, alpha, each 0–255."""


@dataclass(frozen=True, slots=True)
class PaintedObject:
    """One text run, path or image of a page, `order` counting in painting order."""

    address: int
    order: int
    kind: int
    box: Box
    fill: Colour
    unpainted: str | None = None
    """Why a text run leaves no paint: `invisible`, `clipped`; None where it does."""
    plain: bool = False
    """Whether an image or path hides whatever lies under its whole box (soft masks apart)."""
    size: tuple[int, int] = (0, 0)
    """Stored pixels of an image, (width, height)."""
    font_points: float = 0.0
    """Size of a text run as drawn on the page."""
    quarter_turns: int | None = None
    """By how many an image is turned clockwise on the page; None where it lies askew or mirrored."""
    clipped: float = 0.0
    """Share of an image that a clip path within its box leaves out."""


def painted_objects(page: pdfium.PdfPage, sheet: Sheet) -> tuple[PaintedObject, ...]:
    """Return the text runs, paths and images of a page in painting order, forms opened up.

    Raises TooComplexError where there are more, or more deeply nested, than in any letter.
    """
    found: list[PaintedObject] = []
    for order, (handle, kind, outer) in enumerate(_walk(page)):
        if order > MAX_PAGE_OBJECTS:
            raise TooComplexError("too many objects on one page")
        found.append(_painted(handle, kind, order, outer, sheet))
    return tuple(found)


def _walk(page: pdfium.PdfPage) -> Iterator[tuple[object, int, Matrix]]:
    """Yield (handle, kind, form space to user space), depth first and without recursion."""
    stack = [(_children(page, None), IDENTITY)]
    while stack:
        children, outer = stack[-1]
        handle = next(children, None)
        if handle is None:
            stack.pop()
            continue
        kind = raw.FPDFPageObj_GetType(handle)
        if kind in (TEXT, PATH, IMAGE):
            yield handle, kind, outer
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            if len(stack) > MAX_FORM_DEPTH:
                raise TooComplexError("forms nested too deeply")
            stack.append((_children(page, handle), _matrix(handle).then(outer)))


def _children(page: pdfium.PdfPage, form: object | None) -> Iterator[object]:
    if form is None:
        yield from (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    else:
        yield from (raw.FPDFFormObj_GetObject(form, i) for i in range(raw.FPDFFormObj_CountObjects(form)))


def _matrix(handle: object) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return IDENTITY
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _painted(handle: object, kind: int, order: int, outer: Matrix, sheet: Sheet) -> PaintedObject:
    address = address_of(handle)
    box = outer.then(sheet.to_page).box(*_bounds(handle))
    if kind == TEXT:
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        fill = _colour(handle, stroke=mode in _STROKED_MODES)
        return PaintedObject(
            address,
            order,
            kind,
            box,
            fill,
            _INVISIBLE_MODES.get(mode),
            font_points=_font_points(handle, outer),
        )
    if kind == IMAGE:
        turns = _quarter_turns(_matrix(handle).then(outer).then(sheet.to_page))
        size = _pixel_size(handle)
        return PaintedObject(
            address, order, kind, box, (0, 0, 0, 255), plain=True, size=size, quarter_turns=turns,
            clipped=_clipped_share(handle),
        )  # fmt: skip
    return _painted_path(handle, address, order, box)


def _painted_path(handle: object, address: int, order: int, box: Box) -> PaintedObject:
    mode, stroked = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(handle, mode, stroked)
    filled = mode.value != raw.FPDF_FILLMODE_NONE
    colour = _colour(handle, stroke=not filled) if filled or stroked.value else (0, 0, 0, 0)
    plain = filled and raw.FPDFPath_CountSegments(handle) <= PLAIN_PATH_SEGMENTS
    return PaintedObject(address, order, PATH, box, colour, plain=plain)


def _clipped_share(handle: object) -> float:
    """Return the share of an image's box that its clip paths leave out; paths that reach beyond the box count as none.

    An area is that of the polygon through a path's points.
    """
    left, bottom, right, top = _bounds(handle)
    slack, area = BEYOND_BOX * max(right - left, top - bottom), (right - left) * (top - bottom)
    clip = raw.FPDFPageObj_GetClipPath(handle)
    if not clip or area <= 0:
        return 0.0
    shown = 1.0
    for index in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        points = _clip_points(clip, index)
        across, down = [x for x, _ in points], [y for _, y in points]
        inside = points and min(across) >= left - slack and max(across) <= right + slack
        if inside and min(down) >= bottom - slack and max(down) <= top + slack:
            turns = zip(points, [*points[1:], points[0]], strict=True)
            share = abs(sum(x * v - u * y for (x, y), (u, v) in turns)) / 2 / area
            trims = len(points) <= RECTANGLE_POINTS and share >= 1 - TRIMMED
            shown = shown if trims else min(shown, share)
    return max(0.0, 1.0 - shown)


def _clip_points(clip: object, index: int) -> list[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for number in range(min(max(raw.FPDFClipPath_CountPathSegments(clip, index), 0), MOST_CLIP_POINTS)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, index, number), x, y)
        points.append((x.value, y.value))
    return points


def _font_points(handle: object, outer: Matrix) -> float:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(handle, size)
    drawn = _matrix(handle).then(outer)
    return float(size.value * abs(drawn.a * drawn.d - drawn.b * drawn.c) ** 0.5)


def address_of(handle: object) -> int:
    """Return the address behind a pdfium handle: the same object has the same one."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # a ctypes pointer


def _bounds(handle: object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _colour(handle: object, *, stroke: bool) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    read = raw.FPDFPageObj_GetStrokeColor if stroke else raw.FPDFPageObj_GetFillColor
    if not read(handle, *parts):
        return 0, 0, 0, 255
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _quarter_turns(drawn: Matrix) -> int | None:
    """Return the turn of an image whose unit square is mapped to fractions of the page, downward."""
    least = ASKEW * max(map(abs, drawn[:4]))
    signs = tuple(int(abs(value) > least) * (1 if value > 0 else -1) for value in drawn[:4])
    return _TURNS.index(signs) if signs in _TURNS else None


def _pixel_size(handle: object) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(handle, width, height)
    return width.value, height.value
