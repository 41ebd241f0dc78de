"""Files built for tests: real PDFs and pictures, honest ones and ones made to deceive."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

VIN = "LSGHD52H4ND123456"
OTHER_VIN = "LVGBE40K78G123457"
WIDTH_POINTS, HEIGHT_POINTS = A4


def pdf(*draw: Callable[[canvas.Canvas], object], password: str | None = None) -> bytes:
    """Return a PDF with one A4 page per drawing function."""
    written = io.BytesIO()
    sheet = canvas.Canvas(written, pagesize=A4, invariant=1)
    for page in draw:
        sheet.setFont("Helvetica", 12)
        page(sheet)
        sheet.showPage()
    sheet.save()
    return _encrypted(written.getvalue(), password) if password is not None else written.getvalue()


def _encrypted(document: bytes, password: str) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as file:
        file.save(written, encryption=pikepdf.Encryption(user=password, owner="owner"))
    return written.getvalue()


def letter(sheet: canvas.Canvas) -> None:
    """Draw a short letter with a vehicle number at 72, 700."""
    sheet.drawString(72, 750, "After-sales Service Confirmation Letter")
    sheet.drawString(72, 700, VIN)
    sheet.drawString(72, 650, "Export country: Kazakhstan")


def page_picture(width: int = 827, height: int = 1169, colour: str = "white") -> Image.Image:
    """Return a page of A4's shape with a black block in the upper left corner."""
    picture = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(picture).rectangle((width // 20, height // 40, width // 3, height // 8), fill="black")
    return picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return the picture as a file of the given kind."""
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def changed(document: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return the PDF with its objects changed and written anew."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(document)) as file:
        change(file)
        file.save(written)
    return written.getvalue()


def with_annotation(document: bytes, **entries: object) -> bytes:
    """Return the PDF with an annotation on its first page; entries as pikepdf takes them."""

    def add(file: pikepdf.Pdf) -> None:
        annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, **entries)
        page = file.pages[0].obj
        if "/Annots" not in page:
            page.Annots = pikepdf.Array()
        page.Annots.append(file.make_indirect(annotation))

    return changed(document, add)


def covering(file: pikepdf.Pdf, rect: tuple[float, float, float, float], text: str) -> pikepdf.Object:
    """Return an appearance that paints `rect` white and sets `text` on it."""
    width, height = rect[2] - rect[0], rect[3] - rect[1]
    drawn = f"1 g 0 0 {width} {height} re f 0 g BT /F1 12 Tf 2 4 Td ({text}) Tj ET".encode()
    faces = pikepdf.Object.parse(b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>")
    return file.make_stream(
        drawn,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, width, height],
        Resources=faces,
    )


def overlaid(document: bytes, rect: tuple[float, float, float, float], text: str, **entries: object) -> bytes:
    """Return the PDF with a free-text annotation that covers `rect` with `text`."""

    def add(file: pikepdf.Pdf) -> None:
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=list(rect),
            Contents=text,
            F=4,
            AP=pikepdf.Dictionary(N=covering(file, rect, text)),
            **entries,
        )
        file.pages[0].obj.Annots = pikepdf.Array([file.make_indirect(annotation)])

    return changed(document, add)


def appended(document: bytes, content: bytes) -> bytes:
    """Return the PDF with its first page's content replaced by an incremental update."""
    with pikepdf.open(io.BytesIO(document)) as file:
        number, generation = file.pages[0].obj.objgen
        page = pikepdf.Dictionary({k: v for k, v in file.pages[0].obj.items() if k != "/Contents"})
        size = int(file.trailer.Size)
        root = file.Root.objgen
        body = page.unparse().rstrip()[:-2] + f" /Contents {size} 0 R >>".encode()
    start = int(document[document.rindex(b"startxref") + 9 :].split()[0])
    update = io.BytesIO()
    update.write(document)
    offsets = {}
    offsets[number] = update.tell()
    update.write(b"%d %d obj\n%s\nendobj\n" % (number, generation, body))
    offsets[size] = update.tell()
    update.write(b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (size, len(content), content))
    table = update.tell()
    update.write(b"xref\n")
    for key, offset in sorted(offsets.items()):
        update.write(b"%d 1\n%010d %05d n \n" % (key, offset, 0))
    update.write(b"trailer\n<</Size %d /Root %d %d R /Prev %d>>\n" % (size + 1, *root, start))
    update.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return update.getvalue()
