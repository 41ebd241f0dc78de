"""Drawing a PDF page to pixels, with and without what lies on top of its content."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from verifier.opening.canvas import Canvas
from verifier.page import Pixels


def page_on(page: pdfium.PdfPage, canvas: Canvas) -> Pixels:
    """Return the page drawn on white as a canvas says, annotations and form fields on top as a viewer shows them."""
    if canvas.picture is None:
        return drawn_page(page, canvas.width, canvas.height)
    size = page.get_size()
    across, down = canvas.across, canvas.down
    laid = (across[0] / size[0], 0.0, 0.0, down[0] / size[1], across[1], down[1])
    return _drawn(page, canvas.width, canvas.height, raw.FPDF_ANNOT, laid)


def drawn_page(
    page: pdfium.PdfPage, width: int, height: int, *, annotations: bool = True, printed: bool = False
) -> Pixels:
    """Return the page drawn on white at exactly `width` × `height` pixels.

    With `annotations`, as a viewer shows it: annotations and form fields on top; `printed` shows those that
    are meant for paper instead of the screen.
    """
    flags = (raw.FPDF_ANNOT if annotations else 0) | (raw.FPDF_PRINTING if printed else 0)
    return _drawn(page, width, height, flags, None)


def _drawn(page: pdfium.PdfPage, width: int, height: int, flags: int, laid: tuple[float, ...] | None) -> Pixels:
    """Return the page on white, fitted to the pixels, or as a matrix lays its points (y downward) on them."""
    pixels = np.full((height, width, 3), 255, dtype=np.uint8)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, pixels.ctypes.data, pixels.strides[0])
    if not bitmap:
        raise MemoryError
    with_forms = flags & raw.FPDF_ANNOT and page.formenv
    flags |= raw.FPDF_REVERSE_BYTE_ORDER | raw.FPDF_RENDER_LIMITEDIMAGECACHE
    try:
        if laid is None:
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        else:
            clip = raw.FS_RECTF(0.0, 0.0, width, height)
            raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, raw.FS_MATRIX(*laid), clip, flags)
        if with_forms:
            raw.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, flags)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)  # the pixels are ours and stay
    return pixels
