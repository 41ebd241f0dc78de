"""PDFs that hold other than they show: overlays, hidden, white and off-page text, covers, lying fonts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from samples.captures.pen import Box, Lie, append, cover, form, line
from samples.content import Pairs
from samples.paper.rendering import POINTS_PER_MM
from samples.paper.sheet import Sheets, Text


def with_overlays(document: bytes, sheets: Sheets, pairs: Pairs) -> bytes:
    """Return a PDF with a white FreeText annotation that says something else over each `shown` text."""
    return told(document, sheets, pairs, annotate)


def with_lie(document: bytes, sheets: Sheets, kind: str, pairs: Pairs) -> bytes:
    """Return a PDF that lies in one of the ways of `LIES`, or by its font's ToUnicode map."""
    if kind == "to_unicode":
        return with_lying_fonts(document)
    return told(document, sheets, pairs, LIES[kind])


def told(document: bytes, sheets: Sheets, pairs: Pairs, lie: Lie) -> bytes:
    """Return a PDF in which `lie` was told wherever a `shown` text stands."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for number, box, stated in places(sheets, pairs):
            lie(pdf, pdf.pages[number], box, stated)
        return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    changed = io.BytesIO()
    pdf.save(changed, deterministic_id=True)
    return changed.getvalue()


def places(sheets: Sheets, pairs: Pairs) -> Iterator[tuple[int, Box, str]]:
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


# --- the ways ---------------------------------------------------------------------------------------------


def annotate(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    size = (box[3] - box[1]) / 1.3
    annotation = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array(box), Contents=pikepdf.String(stated), F=4,
        DA=pikepdf.String(f"/Helv {size:.1f} Tf 0 g"), AP=Dictionary(N=form(pdf, box, stated)),
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), pdf.make_indirect(annotation)])


def form_field(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("f1"), V=pikepdf.String(stated),
            Rect=Array(box), F=4, DA=pikepdf.String("/Helv 10 Tf 0 g"), AP=Dictionary(N=form(pdf, box, stated)),
        )
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def _white_text(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, line(stated, (box[3] - box[1]) / 1.3, box[0], box[1] + 1, grey=1))


def _off_page(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, line(stated, 10, float(page.mediabox[2]) + 40, box[1]))


def _optional_content(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("draft")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]), D=Dictionary(Order=Array([group]), OFF=Array([group]), BaseState=Name.ON)
    )
    append(pdf, page, stated, f"/OC /Olie BDC {line(stated, 10, box[0], box[1])} EMC")
    page.resources.Properties = Dictionary({"/Olie": group})


def covered(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    size = height / 1.3
    move = f"1 0 0 1 {box[0]:.1f} {box[1]:.1f} cm"
    append(pdf, page, stated, f"{move} {cover(width, height)} {line(stated, size, 1, size * 0.35)}")


LIES: dict[str, Lie] = {
    "white_text": _white_text,
    "off_page": _off_page,
    "optional_content": _optional_content,
    "form_field": form_field,
    "cover": covered,
}


def with_lying_fonts(document: bytes) -> bytes:
    """Return a PDF whose fonts say 8 where they draw 3, and 3 where they draw 8."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        for item in pdf.objects:
            if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
                stream = item.ToUnicode
                text = stream.read_bytes().decode("ascii")
                swapped = re.sub(r"<00(33|38)>(?=\s|$)", lambda m: {"33": "<0038>", "38": "<0033>"}[m[1]], text)
                stream.write(swapped.encode("ascii"))
        return saved(pdf)
