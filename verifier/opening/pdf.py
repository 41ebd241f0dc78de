"""PDF, drawn by pdfium alone: verdict fields come from the pixels of one renderer.

A page is drawn as a viewer shows it on the screen: page content, then annotations that are not hidden, then
form fields with their appearances. What of this a person would not expect is told by findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from verifier.errors import DamagedFileError, EncryptedFileError
from verifier.examination import Finding, OpenedPage
from verifier.opening.annotations import annotation_findings
from verifier.opening.canvas import canvas_at, canvas_of_scan, steps_of
from verifier.opening.drawn import (
    clipped_findings,
    cut_findings,
    find_images,
    image_findings,
    is_scan,
    path_findings,
    stacked_findings,
)
from verifier.opening.layer import layer_words
from verifier.opening.limits import (
    MAX_DOCUMENT_PIXELS,
    MAX_PAGES,
    MAX_PLACED_IMAGE_PIXELS,
    MAX_PLACED_IMAGES,
    refuse_size,
)
from verifier.opening.objects import PaintedObject, painted_objects
from verifier.opening.parts import PARSER_FAILURES, Ending, Parts
from verifier.opening.refusals import TooComplexError, TooManyPagesError, TooManyPixelsError
from verifier.opening.render import page_on
from verifier.opening.revisions import refuse_truncated, revision_findings
from verifier.opening.sheet import Sheet, sheet_of, sheet_of_scan
from verifier.opening.sniff import PDF
from verifier.opening.structure import Structure, read_structure
from verifier.page import LayerWord

DRAWN_DPI = 200.0
"""For born-digital pages: at 200 dpi reading lost nothing against 300, at 60 % of the time."""
FEW_CHARACTERS = 100
"""A scanned page with less drawn text is a scan with a fax line, not a born-digital page."""


def open_pdf(document: bytes) -> Parts:
    """Yield the pages of a PDF, then its ending.

    Raises EncryptedFileError, DamagedFileError and LimitExceededError.
    """
    refuse_truncated(document)
    structure = read_structure(document)
    findings: list[Finding] = list(structure.findings)
    with _told_as_ours(), _loaded(document) as file:
        pixels_left = MAX_DOCUMENT_PIXELS
        for index in range(_page_count(file)):
            page, seen = _open_page(file, index, structure)
            pixels_left -= page.pixels.shape[0] * page.pixels.shape[1]
            if pixels_left < 0:
                raise TooManyPixelsError(f"more than {MAX_DOCUMENT_PIXELS / 1e6:.0f} megapixels in all")
            findings.extend(seen)
            yield page
        findings.extend(revision_findings(document, file))
    yield Ending(PDF, tuple(findings), signed=structure.signed)


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """Turn what pdfium's bindings raise on broken bytes into our own errors."""
    try:
        yield
    except (*PARSER_FAILURES, pdfium.PdfiumError) as error:
        raise DamagedFileError from error


@contextmanager
def _loaded(document: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        file = pdfium.PdfDocument(document)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise EncryptedFileError from error
        raise DamagedFileError from error
    try:
        file.init_forms()
        yield file
    finally:
        file.close()


def _page_count(file: pdfium.PdfDocument) -> int:
    count = len(file)
    if count == 0:
        raise DamagedFileError("no pages")
    if count > MAX_PAGES:
        raise TooManyPagesError(f"{count} pages, at most {MAX_PAGES}")
    return count


def _open_page(file: pdfium.PdfDocument, index: int, structure: Structure) -> tuple[OpenedPage, tuple[Finding, ...]]:
    page = file[index]
    try:
        sheet = sheet_of(page)
        objects = painted_objects(page, sheet)
        images = find_images(objects)
        _refuse_images(images)
        return _seen_page(page, index + 1, sheet, objects, images, structure)
    finally:
        page.close()


def _refuse_images(images: tuple[PaintedObject, ...]) -> None:
    if len(images) > MAX_PLACED_IMAGES:
        raise TooComplexError(f"{len(images)} pictures on one page")
    for width, height in (image.size for image in images):
        if width * height > MAX_PLACED_IMAGE_PIXELS:
            raise TooManyPixelsError(f"a picture of {width * height / 1e6:.0f} megapixels")


def _hidden_parts(
    number: int, objects: tuple[PaintedObject, ...], images: tuple[PaintedObject, ...], sheet: Sheet
) -> tuple[Finding, ...]:
    """Return what a page hides of its scans: beyond its edges, by clip paths, under other scans."""
    return (
        *cut_findings(number, objects, sheet),
        *clipped_findings(number, images),
        *stacked_findings(number, images),
    )


def _seen_page(
    page: pdfium.PdfPage,
    number: int,
    sheet: Sheet,
    objects: tuple[PaintedObject, ...],
    images: tuple[PaintedObject, ...],
    structure: Structure,
) -> tuple[OpenedPage, tuple[Finding, ...]]:
    scanned = is_scan(images)
    sheet = sheet_of_scan(sheet) if scanned else sheet
    canvas = canvas_of_scan(images, sheet) if scanned else canvas_at(sheet, DRAWN_DPI)
    refuse_size(canvas.width, canvas.height)
    pixels = page_on(page, canvas)
    words = layer_words(page, sheet, objects, pixels)
    findings = (
        *image_findings(number, images, structure.masked.get(number, frozenset()), scanned=scanned),
        *(_hidden_parts(number, objects, images, sheet) if scanned else ()),
        *path_findings(number, objects, sheet),
        *annotation_findings(page, number, sheet),
    )
    born_digital = _shown_characters(words) >= (FEW_CHARACTERS if scanned else 1)
    steps = () if born_digital else steps_of(canvas)
    return OpenedPage(number, pixels, canvas.dpi, sheet.scale_known, born_digital, words, steps), findings


def _shown_characters(words: tuple[LayerWord, ...]) -> int:
    return sum(len(word.text) for word in words if word.hidden is None)
