"""Pictures become a file: PNG, JPEG, TIFF, or wrapped in a PDF with or without an invisible text layer."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples.content import Capture, Pairs
from samples.paper.faces import runs
from samples.paper.rendering import POINTS_PER_MM, Pixels, registered
from samples.paper.sheet import Sheets, Text

MODES = {"colour": "RGB", "grey": "L", "bilevel": "1"}
"""Pillow's modes; JPEG stores black and white as grey."""


def as_file(pages: Sequence[Pixels], capture: Capture, sheets: Sheets, swaps: Pairs) -> bytes:
    """Return the pages as the bytes of one PNG, JPEG, TIFF or scan-in-PDF."""
    mode = MODES[capture.colour] if capture.form in ("png", "tif") else MODES[capture.colour].replace("1", "L")
    images = [Image.fromarray(page).convert(mode, dither=Image.Dither.NONE) for page in pages]
    if capture.form == "pdf_scan":
        return _scan_in_pdf(images, capture, sheets, swaps)
    content = io.BytesIO()
    resolution = (capture.dpi, capture.dpi) if not (capture.photo or capture.resent_px) else (72, 72)  # scale unknown
    if capture.form == "tif":
        packing = "group4" if mode == "1" else "jpeg"
        images[0].save(content, "TIFF", save_all=True, append_images=images[1:], compression=packing, dpi=resolution)
    elif capture.form == "png":
        images[0].save(content, "PNG", dpi=resolution, compress_level=2)
    else:
        images[0].save(content, "JPEG", quality=capture.quality, dpi=resolution)
    return content.getvalue()


def joined(documents: Sequence[bytes]) -> bytes:
    """Return several PDFs as one."""
    whole = pikepdf.new()
    for document in documents:
        with pikepdf.open(io.BytesIO(document)) as part:
            whole.pages.extend(part.pages)
    content = io.BytesIO()
    whole.save(content, deterministic_id=True)
    return content.getvalue()


def _scan_in_pdf(images: list[Image.Image], capture: Capture, sheets: Sheets, swaps: Pairs) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, invariant=1)
    for number, image in enumerate(images):
        size = (image.width / capture.dpi * 72, image.height / capture.dpi * 72)
        if capture.photo or capture.resent_px:  # apps fit a picture to a sheet
            factor = 842 / max(image.size)
            size = (image.width * factor, image.height * factor)
        canvas.setPageSize(size)
        stored = io.BytesIO()
        image.save(stored, "JPEG", quality=capture.quality)
        canvas.drawImage(ImageReader(io.BytesIO(stored.getvalue())), 0, 0, *size)
        if capture.layer:
            _layer(canvas, [mark for mark in sheets.pages[number] if isinstance(mark, Text)], sheets, swaps)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _layer(canvas: Canvas, marks: list[Text], sheets: Sheets, swaps: Pairs) -> None:
    """Write the invisible text of an OCR scanner over the picture; `swaps` make it lie."""
    for mark in marks:
        text = mark.text
        for shown, stated in swaps:
            text = text.replace(shown, stated)
        writer = canvas.beginText(mark.x * POINTS_PER_MM, (sheets.height_mm - mark.y) * POINTS_PER_MM)
        writer.setTextRenderMode(3)
        for face, part in runs(text, sheets.kind, mark.bold):
            writer.setFont(registered(face), mark.size_mm * POINTS_PER_MM)
            writer.textOut(part)
        canvas.drawText(writer)
