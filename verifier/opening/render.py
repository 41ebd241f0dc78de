"""Drawing a PDF page to pixels, with and without what lies on top of its content."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from verifier.page import Pixels


def drawn_page(
    page: pdfium.PdfPage, width: int, height: int, *, annotations: bool = True, printed: bool = False
) -> Pixels:
    """Return the page drawn on white at exactly `width` × `height` pixels.

    With `annotations`, as a viewer shows it: annotations and form fields on top; `printed` shows those that
    are meant for paper instead of the screen.
    """
    pixels = np.full((height, width, 3), 255, dtype=np.uint8)
    stride = pixels.strides[0]
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGR, pixels.ctypes.data, stride)
    if not bitmap:
        raise MemoryError
    try:
        flags = raw.FPDF_REVERSE_BYTE_ORDER | raw.FPDF_RENDER_LIMITEDIMAGECACHE
        flags |= raw.FPDF_ANNOT if annotations else 0
        flags |= raw.FPDF_PRINTING if printed else 0
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        if annotations and page.formenv:
            raw.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, flags)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)  # the pixels are ours and stay
    return pixels
