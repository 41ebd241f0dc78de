"""Paper becomes a file: scanned, turned, compressed, wrapped in a PDF with or without a text layer."""

from __future__ import annotations

import io
from collections.abc import Sequence

import cv2
import numpy as np
import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples.content import Capture
from samples.faces import runs
from samples.rendering import PAPER_DPI, POINTS_PER_MM, Pixels, registered
from samples.sheet import HEIGHT_MM, Sheets, Text

BILEVEL_THRESHOLD = 160
LAYER_SWAP = tuple[str, str]


def scanned(paper: Pixels, capture: Capture, rng: np.random.Generator) -> Pixels:
    """Return the pixels of one page as the scanner delivers them, RGB."""
    pixels = _skewed(paper, capture.skew_degrees)
    factor = capture.dpi / PAPER_DPI
    size = (round(pixels.shape[1] * factor), round(pixels.shape[0] * factor))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    small = cv2.GaussianBlur(small, (0, 0), capture.blur * capture.dpi / 300 + 0.2)
    if capture.shading:
        ramp = np.linspace(0, 1, small.shape[1], dtype=np.float32)[None, :, None]
        small *= 1 - capture.shading * np.abs(ramp - float(rng.uniform(0.2, 0.8)))
    small += rng.normal(0, capture.noise, small.shape).astype(np.float32)
    digits = np.clip(small, 0, 255).astype(np.uint8)
    if capture.colour != "colour":
        grey = cv2.cvtColor(digits, cv2.COLOR_RGB2GRAY)
        if capture.colour == "bilevel":
            grey = np.where(grey < BILEVEL_THRESHOLD, 0, 255).astype(np.uint8)
        digits = np.repeat(grey[..., None], 3, axis=2)
    return np.ascontiguousarray(np.rot90(digits, -capture.turned // 90))


def _skewed(paper: Pixels, degrees: float) -> Pixels:
    if not degrees:
        return paper
    height, width = paper.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(paper, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(247, 246, 243))  # type: ignore[return-value]


def as_file(pages: Sequence[Pixels], capture: Capture, sheets: Sheets, swaps: Sequence[LAYER_SWAP]) -> bytes:
    """Return the pages as the bytes of one PNG, JPEG, TIFF or scan-in-PDF."""
    images = [Image.fromarray(page) for page in pages]
    if capture.form == "pdf_scan":
        return _scan_in_pdf(images, capture, sheets, swaps)
    content = io.BytesIO()
    resolution = (capture.dpi, capture.dpi)
    if capture.form == "tif":
        images[0].save(content, "TIFF", save_all=True, append_images=images[1:], compression="jpeg", dpi=resolution)
    elif capture.form == "png":
        images[0].save(content, "PNG", dpi=resolution)
    else:
        images[0].save(content, "JPEG", quality=capture.quality, dpi=resolution)
    return content.getvalue()


def _scan_in_pdf(images: list[Image.Image], capture: Capture, sheets: Sheets, swaps: Sequence[LAYER_SWAP]) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, invariant=1)
    for number, image in enumerate(images):
        size = (image.width / capture.dpi * 72, image.height / capture.dpi * 72)
        canvas.setPageSize(size)
        stored = io.BytesIO()
        image.save(stored, "JPEG", quality=capture.quality)
        canvas.drawImage(ImageReader(io.BytesIO(stored.getvalue())), 0, 0, *size)
        if capture.layer:
            _layer(canvas, [mark for mark in sheets.pages[number] if isinstance(mark, Text)], sheets, swaps)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def _layer(canvas: Canvas, marks: list[Text], sheets: Sheets, swaps: Sequence[LAYER_SWAP]) -> None:
    """Write the invisible text of an OCR scanner over the picture; `swaps` make it lie."""
    for mark in marks:
        text = mark.text
        for shown, stated in swaps:
            text = text.replace(shown, stated)
        writer = canvas.beginText(mark.x * POINTS_PER_MM, (HEIGHT_MM - mark.y) * POINTS_PER_MM)
        writer.setTextRenderMode(3)
        for face, part in runs(text, sheets.kind, mark.bold):
            writer.setFont(registered(face), mark.size_mm * POINTS_PER_MM)
            writer.textOut(part)
        canvas.drawText(writer)


def with_overlays(document: bytes, sheets: Sheets, swaps: Sequence[LAYER_SWAP]) -> bytes:
    """Return a PDF with a white FreeText annotation that says something else over each `shown` text."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for number, page in enumerate(sheets.pages):
            for mark in page:
                if isinstance(mark, Text):
                    for shown, stated in swaps:
                        if shown in mark.text:
                            _annotate(pdf, number, mark, sheets, shown, stated)
        changed = io.BytesIO()
        pdf.save(changed, deterministic_id=True)
    return changed.getvalue()


def _annotate(pdf: pikepdf.Pdf, number: int, mark: Text, sheets: Sheets, shown: str, stated: str) -> None:
    before = mark.text[: mark.text.index(shown)]
    x = mark.x + sheets.width(before, mark.size_mm, mark.bold)
    width, size = sheets.width(shown, mark.size_mm, mark.bold) + 3, mark.size_mm * POINTS_PER_MM
    box = [
        value * POINTS_PER_MM
        for value in (x, HEIGHT_MM - mark.y - mark.size_mm * 0.3, x + width, HEIGHT_MM - mark.y + mark.size_mm)
    ]
    cover = f"1 1 1 rg 0 0 {box[2] - box[0]:.1f} {box[3] - box[1]:.1f} re f"
    look = f"{cover} BT 0 g /F {size:.1f} Tf 1 {size * 0.35:.1f} Td ({stated}) Tj ET"
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    form = pdf.make_stream(look.encode("ascii"))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = [0, 0, box[2] - box[0], box[3] - box[1]]
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=box, Contents=stated, F=4,
        DA=f"/Helv {size:.1f} Tf 0 g", AP=pikepdf.Dictionary(N=form),
    )  # fmt: skip
    page = pdf.pages[number]
    page.Annots = pdf.make_indirect(pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(annotation)]))
