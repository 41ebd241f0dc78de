"""On how many pixels a page is drawn, and where: a scan pixel for pixel, so that what it carries is not smoothed away.

Scanning programs round the page's size, and a renderer widens a picture to the whole pixels that it touches: a scan of
2480 pixels drawn over 2480.001 is resampled to 2481, and its compression and the likeness of copies are gone. So a
page that is one picture is laid a quarter of a pixel inside its pixels, where it is drawn as it is stored.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2.raw as raw

from verifier.opening.drawn import page_picture, scan_dpi
from verifier.opening.jpeg import luminance_steps
from verifier.opening.limits import MAX_BYTES
from verifier.opening.objects import PaintedObject
from verifier.opening.sheet import Sheet

LOWEST_DPI = 100.0
HIGHEST_DPI = 300.0
"""Scans keep their own resolution between these: seals are compared at 300."""
NEARLY_HIGHEST_DPI = 330.0
"""Up to here a scan is still drawn at its own pixels: 300 dpi on a sheet rounded to whole points are 300.1."""
INSIDE = 0.25
"""Pixels by which a picture is laid inside its own: pages tell their points to 0.03 pixels, and a half rounds."""
ALIKE = 0.02
"""By which a picture's resolutions across and down may differ; fax has 204 × 98."""
_NAME_BYTES = 64
HEADER_BYTES = 1024 * 1024
"""Of a JPEG in which its table is looked for: colour profiles and previews stand before it."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A page's pixels; `across` and `down` (scale, shift) lay fractions of the page on them.

    `picture` is the one whose stored pixels are drawn as they are, None where none is.
    """

    width: int
    height: int
    dpi: float
    across: tuple[float, float]
    down: tuple[float, float]
    picture: PaintedObject | None = None


def canvas_at(sheet: Sheet, dpi: float) -> Canvas:
    """Return the canvas for a sheet at a resolution."""
    width, height = round(sheet.width_inches * dpi), round(sheet.height_inches * dpi)
    return Canvas(width, height, dpi, (width, 0.0), (height, 0.0))


def canvas_of_scan(images: tuple[PaintedObject, ...], sheet: Sheet) -> Canvas:
    """Return the canvas for a scanned page: its picture's own pixels where they fit, else its resolution."""
    picture = page_picture(images)
    own = _own_pixels(picture, sheet) if picture else None
    return own or canvas_at(sheet, min(max(scan_dpi(images, sheet), LOWEST_DPI), HIGHEST_DPI))


def _own_pixels(picture: PaintedObject, sheet: Sheet) -> Canvas | None:
    if picture.quarter_turns is None or not picture.box.area or 0 in picture.size:
        return None
    wide, tall = picture.size[::-1] if picture.quarter_turns % 2 else picture.size
    box = picture.box
    across, down = wide / (box.width * sheet.width_inches), tall / (box.height * sheet.height_inches)
    if abs(across / down - 1) > ALIKE or not LOWEST_DPI <= (across * down) ** 0.5 <= NEARLY_HIGHEST_DPI:
        return None
    width, height = round(wide / box.width), round(tall / box.height)
    return Canvas(
        width,
        height,
        float((across * down) ** 0.5),
        _laid(wide, box.x0, box.width, width),
        _laid(tall, box.y0, box.height, height),
        picture,
    )


def _laid(pixels: int, start: float, share: float, whole: int) -> tuple[float, float]:
    """Return (scale, shift) that lay a picture's side just inside as many pixels, from a whole one on."""
    scale = (pixels - 2 * INSIDE) / share
    return scale, round(start * whole) + INSIDE - scale * start


def steps_of(canvas: Canvas) -> tuple[int, ...]:
    """Return the 64 steps of the JPEG whose pixels a canvas shows upright; empty where it shows none."""
    picture = canvas.picture
    if picture is None or picture.quarter_turns:
        return ()
    handle = ctypes.cast(picture.address, raw.FPDF_PAGEOBJECT)
    count = raw.FPDFImageObj_GetImageFilterCount(handle)
    if count < 1 or _filter_name(handle, count - 1) != b"DCTDecode":
        return ()
    size = raw.FPDFImageObj_GetImageDataDecoded(handle, None, 0)
    if not 0 < size <= MAX_BYTES:
        return ()
    stream = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageDataDecoded(handle, stream, size)
    return luminance_steps(bytes(memoryview(stream)[:HEADER_BYTES]))


def _filter_name(handle: object, index: int) -> bytes:
    name = ctypes.create_string_buffer(_NAME_BYTES)
    raw.FPDFImageObj_GetImageFilter(handle, index, name, _NAME_BYTES)
    return name.value
