"""PDFs that hold other than they show: overlays, hidden, white and off-page text, covers, lying fonts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from samples.content import Pairs
from samples.paper.rendering import POINTS_PER_MM
from samples.paper.sheet import Sheets, Text

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""
Lie = Callable[[Pdf, Page, Box, str], None]


def with_overlays(document: bytes, sheets: Sheets, pairs: Pairs) -> bytes:
    """Return a PDF with a white FreeText annotation that says something else over each `shown` text."""
    return _told(document, sheets, pairs, _annotate)


def with_lie(document: bytes, sheets: Sheets, kind: str, pairs: Pairs) -> bytes:
    """Return a PDF that lies in one of the ways of `LIES`, or by its font's ToUnicode map."""
    if kind == "to_unicode":
        return _with_lying_fonts(document)
    return _told(document, sheets, pairs, LIES[kind])


def _told(document: bytes, sheets: Sheets, pairs: Pairs, lie: Lie) -> bytes:
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for number, box, stated in _places(sheets, pairs):
            lie(pdf, pdf.pages[number], box, stated)
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    changed = io.BytesIO()
    pdf.save(changed, deterministic_id=True)
    return changed.getvalue()


def _places(sheets: Sheets, pairs: Pairs) -> Iterator[tuple[int, Box, str]]:
    """Yield (page, box of the shown text, what is stated instead)."""
    for number, page in enumerate(sheets.pages):
        for mark in page:
            if isinstance(mark, Text):
                for shown, stated in pairs:
                    if shown and shown in mark.text:
                        yield number, _box(mark, sheets, shown), stated


def _box(mark: Text, sheets: Sheets, shown: str) -> Box:
    x = mark.x + sheets.width(mark.text[: mark.text.index(shown)], mark.size_mm, mark.bold)
    width = sheets.width(shown, mark.size_mm, mark.bold) + 3
    edges = (x, sheets.height_mm - mark.y - mark.size_mm * 0.3, x + width, sheets.height_mm - mark.y + mark.size_mm)
    left, bottom, right, top = (value * POINTS_PER_MM for value in edges)
    return left, bottom, right, top


# --- drawing ----------------------------------------------------------------------------------------------


def _font(pdf: Pdf, text: str) -> Object:
    """Return a font that needs no embedding and can say `text`: Helvetica, or Adobe's simplified Chinese."""
    if text.isascii():
        return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    info = Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=2)
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name("/STSong-Light"), CIDSystemInfo=info, DW=1000
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/STSong-Light"), Encoding=Name("/UniGB-UCS2-H"),
            DescendantFonts=Array([descendant]),
        )
    )  # fmt: skip


def _shown(text: str) -> str:
    return f"({text})" if text.isascii() else f"<{text.encode('utf-16-be').hex()}>"


def _line(text: str, size: float, x: float, y: float, grey: float = 0) -> str:
    return f"BT {grey:.0f} g /Flie {size:.1f} Tf {x:.1f} {y:.1f} Td {_shown(text)} Tj ET"


def _cover(width: float, height: float) -> str:
    return f"1 1 1 rg 0 0 {width:.1f} {height:.1f} re f"


def _form(pdf: Pdf, box: Box, stated: str) -> Object:
    """Return the look of an annotation: white paper with `stated` on it."""
    width, height = box[2] - box[0], box[3] - box[1]
    size = height / 1.3
    form = pdf.make_stream(f"{_cover(width, height)} {_line(stated, size, 1, size * 0.35)}".encode("ascii"))
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, width, height])
    form.Resources = Dictionary(Font=Dictionary({"/Flie": _font(pdf, stated)}))
    return form


def _append(pdf: Pdf, page: Page, stated: str, drawing: str) -> None:
    """Draw at the end of a page's content, outside whatever state the page left."""
    page.contents_coalesce()
    resources = page.resources
    if Name.Font not in resources:
        resources.Font = Dictionary()
    resources.Font[Name("/Flie")] = _font(pdf, stated)
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q {drawing} Q".encode("ascii"))


# --- the ways ---------------------------------------------------------------------------------------------


def _annotate(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    size = (box[3] - box[1]) / 1.3
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array(box), Contents=pikepdf.String(stated), F=4,
        DA=pikepdf.String(f"/Helv {size:.1f} Tf 0 g"), AP=Dictionary(N=_form(pdf, box, stated)),
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), pdf.make_indirect(annotation)])


def _form_field(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("f1"), V=pikepdf.String(stated),
            Rect=Array(box), F=4, DA=pikepdf.String("/Helv 10 Tf 0 g"), AP=Dictionary(N=_form(pdf, box, stated)),
        )
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def _white_text(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    _append(pdf, page, stated, _line(stated, (box[3] - box[1]) / 1.3, box[0], box[1] + 1, grey=1))


def _off_page(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    _append(pdf, page, stated, _line(stated, 10, float(page.mediabox[2]) + 40, box[1]))


def _optional_content(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("draft")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]), D=Dictionary(Order=Array([group]), OFF=Array([group]), BaseState=Name.ON)
    )
    _append(pdf, page, stated, f"/OC /Olie BDC {_line(stated, 10, box[0], box[1])} EMC")
    page.resources.Properties = Dictionary({"/Olie": group})


def _covered(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    size = height / 1.3
    move = f"1 0 0 1 {box[0]:.1f} {box[1]:.1f} cm"
    _append(pdf, page, stated, f"{move} {_cover(width, height)} {_line(stated, size, 1, size * 0.35)}")


LIES: dict[str, Lie] = {
    "white_text": _white_text,
    "off_page": _off_page,
    "optional_content": _optional_content,
    "form_field": _form_field,
    "cover": _covered,
}


def _with_lying_fonts(document: bytes) -> bytes:
    """Return a PDF whose fonts say 8 where they draw 3, and 3 where they draw 8."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
                stream = item.ToUnicode
                text = stream.read_bytes().decode("ascii")
                swapped = re.sub(r"<00(33|38)>(?=\s|$)", lambda m: {"33": "<0038>", "38": "<0033>"}[m[1]], text)
                stream.write(swapped.encode("ascii"))
        return _saved(pdf)
