"""What lies are drawn with: a line of text, a cover, an appearance, content added to a page."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""
Lie = Callable[[Pdf, Page, Box, str], None]
"""Changes a page where a text is shown; the last argument is what is stated instead."""

FACE = "/Flie"
"""The name that a lie's typeface goes by on its page."""


def font(pdf: Pdf, text: str) -> Object:
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


def shown(text: str) -> str:
    """Return the operand that shows `text` in its `font`."""
    return f"({text})" if text.isascii() else f"<{text.encode('utf-16-be').hex()}>"


def line(text: str, size: float, x: float, y: float, grey: float = 0, *, face: str = FACE) -> str:
    """Return the operators that print a line; `face` is the name its typeface goes by on the page."""
    return f"BT {grey:.2f} g {face} {size:.1f} Tf {x:.1f} {y:.1f} Td {shown(text)} Tj ET"


def cover(width: float, height: float) -> str:
    """Return the operators that whiten a rectangle at the origin."""
    return f"1 1 1 rg 0 0 {width:.1f} {height:.1f} re f"


def form(pdf: Pdf, box: Box, stated: str) -> Object:
    """Return the look of an annotation: white paper with `stated` on it."""
    width, height = box[2] - box[0], box[3] - box[1]
    size = height / 1.3
    look = pdf.make_stream(f"{cover(width, height)} {line(stated, size, 1, size * 0.35)}".encode("ascii"))
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, width, height])
    look.Resources = Dictionary(Font=Dictionary({FACE: font(pdf, stated)}))
    return look


def append(pdf: Pdf, page: Page, stated: str, drawing: str) -> None:
    """Draw at the end of a page's content, outside whatever state the page left."""
    page.contents_coalesce()
    resources = page.resources
    if Name.Font not in resources:
        resources.Font = Dictionary()
    resources.Font[Name(FACE)] = font(pdf, stated)
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q {drawing} Q".encode("ascii"))
