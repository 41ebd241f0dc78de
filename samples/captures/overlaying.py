"""Ways to lay another value over the one a page holds: a viewer shows what is stated instead."""

from __future__ import annotations

import io
from functools import partial

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf
from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from samples.captures.lies import LIES, annotate, places
from samples.captures.pen import FACE, Box, Lie, append, cover, form, line
from samples.content import Pairs
from samples.paper.faces import TYPES
from samples.paper.sheet import Sheets


def _as(pdf: Pdf, page: Page, box: Box, stated: str, *, subtype: Name) -> None:
    """An annotation of a kind, white with another value on it."""
    mark = Dictionary(
        Type=Name.Annot, Subtype=subtype, Rect=Array(box), F=4, AP=Dictionary(N=form(pdf, box, stated)),
        Contents=pikepdf.String(""),
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), pdf.make_indirect(mark)])


def _button(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, Ff=65536, T=pikepdf.String("b"), Rect=Array(box), F=4,
            MK=Dictionary(CA=pikepdf.String(stated)), AP=Dictionary(N=form(pdf, box, stated)),
        )
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def _picture(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    """A small opaque picture of the other value."""
    width, height = round((box[2] - box[0]) * 4), round((box[3] - box[1]) * 4)
    tile = Image.new("RGB", (width, height), "white")
    face = ImageFont.truetype(TYPES["song"].chinese.path, round(height / 1.4), index=TYPES["song"].chinese.index)
    ImageDraw.Draw(tile).text((4, height * 0.05), stated, font=face, fill=(20, 20, 20))
    picture = pdf.make_stream(tile.tobytes())
    picture.Type, picture.Subtype, picture.Width, picture.Height = Name.XObject, Name.Image, width, height
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8
    page.resources.XObject = Dictionary({**dict(page.resources.get("/XObject", {})), "/Ilie": picture})
    matrix = f"{box[2] - box[0]:.1f} 0 0 {box[3] - box[1]:.1f} {box[0]:.1f} {box[1]:.1f} cm"
    append(pdf, page, stated, f"{matrix} /Ilie Do")


def _picture_in_a_form(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    """The cover and the other value inside a form of its own."""
    page.resources.XObject = Dictionary({**dict(page.resources.get("/XObject", {})), "/Xlie": form(pdf, box, stated)})
    append(pdf, page, stated, f"1 0 0 1 {box[0]:.1f} {box[1]:.1f} cm /Xlie Do")


def _in_a_shown_group(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("correction")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(BaseState=Name.ON))
    width, height = box[2] - box[0], box[3] - box[1]
    size = height / 1.3
    move = f"1 0 0 1 {box[0]:.1f} {box[1]:.1f} cm"
    drawn = f"{move} {cover(width, height)} {line(stated, size, 1, size * 0.35)}"
    append(pdf, page, stated, f"/OC /Olie BDC q {drawn} Q EMC")
    page.resources.Properties = Dictionary({"/Olie": group})


_OVER = ("document.overlay", "document.text_layer")
OVERLAYING: dict[str, tuple[Lie, tuple[str, ...]]] = {
    "free_text": (annotate, _OVER),
    "stamp": (partial(_as, subtype=Name.Stamp), _OVER),
    "square": (partial(_as, subtype=Name.Square), _OVER),
    "ink_note": (partial(_as, subtype=Name.Ink), _OVER),
    "redaction": (partial(_as, subtype=Name.Redact), _OVER),
    "watermark_note": (partial(_as, subtype=Name.Watermark), _OVER),
    "link_that_paints": (partial(_as, subtype=Name.Link), _OVER),
    "form_field": (LIES["form_field"], _OVER),
    "button": (_button, _OVER),
    "cover": (LIES["cover"], _OVER),
    "cover_in_a_form": (_picture_in_a_form, _OVER),
    "cover_in_a_group": (_in_a_shown_group, _OVER),
    "cover_picture": (_picture, _OVER),
}
"""By name: how it is done, and the checks of which at least one must fail or be unsure."""


def updated(document: bytes, sheets: Sheets, pairs: Pairs) -> bytes:
    """Return the PDF with the other values drawn over by an update appended to the file, as editors save."""
    for index, (number, box, stated) in enumerate(places(sheets, pairs)):
        document = _appended(document, number, box, stated, face=f"{FACE}{index or ''}")
    return document


def _appended(document: bytes, number: int, box: Box, stated: str, *, face: str) -> bytes:
    """Return the PDF with one value drawn over; `face` names its typeface on a page that may have others."""
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    width, height = box[2] - box[0], box[3] - box[1]
    size = height / 1.3
    ascii_only = stated if stated.isascii() else "Chile"
    move = f"Q q 1 0 0 1 {box[0]:.1f} {box[1]:.1f} cm"
    drawn = f"{move} {cover(width, height)} {line(ascii_only, size, 1, size * 0.35, face=face)} Q"
    faces = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject(face): faces})})
    before, after = StreamObject(stream_data=b"q"), StreamObject(stream_data=drawn.encode("ascii"))
    writer.add_stream_to_page(number, writer.add_object(before), prepend=True)
    writer.add_stream_to_page(number, writer.add_object(after), resources=resources)
    changed = io.BytesIO()
    writer.write(changed)
    return changed.getvalue()
