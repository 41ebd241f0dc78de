"""Ways for a page to hold another value than it shows: hidden text, hidden annotations, words that say otherwise."""

from __future__ import annotations

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from samples.captures.lies import LIES
from samples.captures.pen import FACE, Box, Lie, append, cover, form, line, shown

HIDDEN, NO_VIEW, PRINT = 2, 32, 4
"""Flags of annotations (ISO 32000-1, table 165)."""
BLANK = 24.0
"""Points from the page's lower edge: paper that no layout prints on."""


def _near_white(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, line(stated, 10, box[0], BLANK, grey=0.95))


def _tiny(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, line(stated, 0.5, box[0], BLANK))


def _scaled_down(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, f"0.02 0 0 0.02 {box[0]:.1f} {BLANK} cm {line(stated, 12, 0, 0)}")


def _above_page(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, line(stated, 10, box[0], float(page.mediabox[3]) + 60))


def _outside_crop(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    page.obj.CropBox = Array([left, bottom, right, top])
    page.obj.MediaBox = Array([left - 300, bottom, right, top])
    append(pdf, page, stated, line(stated, 10, left - 250, box[1]))


def _clipped(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, f"0 0 1 1 re W n {line(stated, 10, box[0], BLANK)}")


def _clip_mode(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, f"BT 7 Tr {FACE} 10 Tf {box[0]:.1f} {BLANK} Td {shown(stated)} Tj ET")


def _transparent(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, f"/Glie gs {line(stated, 10, box[0], BLANK)}")
    page.resources.ExtGState = Dictionary({"/Glie": Dictionary(Type=Name.ExtGState, ca=0, CA=0)})


def _invisible(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    append(pdf, page, stated, f"BT 3 Tr {FACE} 10 Tf {box[0]:.1f} {box[1] + 2:.1f} Td {shown(stated)} Tj ET")


def _beneath_a_patch(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    patch = f"q 1 0 0 1 {box[0]:.1f} {BLANK - 4} cm {cover(300, 18)} Q"
    append(pdf, page, stated, f"{line(stated, 10, box[0], BLANK)} {patch}")


def _in_an_empty_form(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    look = form(pdf, box, stated)
    look.BBox = Array([0, 0, 0.1, 0.1])
    page.resources.XObject = Dictionary({**dict(page.resources.get("/XObject", {})), "/Xlie": look})
    append(pdf, page, stated, f"1 0 0 1 {box[0]:.1f} {BLANK} cm /Xlie Do")


def _group_off(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    """Another optional group that is off by its base state, inside a membership dictionary."""
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("print")))
    member = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name.AllOn))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(BaseState=Name.OFF))
    append(pdf, page, stated, f"/OC /Olie BDC {line(stated, 10, box[0], BLANK)} EMC")
    page.resources.Properties = Dictionary({"/Olie": member})


def _noted(pdf: Pdf, page: Page, box: Box, stated: str, flags: int) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Rect=Array(box), Contents=pikepdf.String(stated), F=flags,
        DA=pikepdf.String("/Helv 10 Tf 0 g"), AP=Dictionary(N=form(pdf, box, stated)),
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), pdf.make_indirect(note)])


def _hidden_note(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    _noted(pdf, page, box, stated, HIDDEN)


def _note_on_paper_only(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    _noted(pdf, page, box, stated, PRINT | NO_VIEW)


def _actual_text(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    """The page's content is marked as standing for another text: what copying and reading aloud give."""
    said = (b"\xfe\xff" + stated.encode("utf-16-be")).hex()
    page.contents_coalesce()
    page.contents_add(f"/Span <</ActualText <{said}>>> BDC".encode("ascii"), prepend=True)
    page.contents_add(b"EMC")


def _structure_says(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    part = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Span, ActualText=pikepdf.String(stated), Pg=page.obj)
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([part])))
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _form_value(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    """A form field whose appearance shows nothing and whose value says otherwise."""
    clear = pdf.make_stream(b"")
    clear.Type, clear.Subtype, clear.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("vin"), V=pikepdf.String(stated),
            Rect=Array(box), F=4, DA=pikepdf.String("/Helv 10 Tf 0 g"), AP=Dictionary(N=clear),
        )
    )  # fmt: skip
    page.obj.Annots = Array([*page.obj.get("/Annots", []), field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def _script(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    source = pikepdf.String(f'this.getField("vin").value = "{re.sub(r"[^ -~]", "?", stated)}";')
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=source)


def _xfa(pdf: Pdf, page: Page, box: Box, stated: str) -> None:
    xml = f"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><vin>{stated}</vin></xdp:xdp>"
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(xml.encode("utf-8")))


_TEXT = ("document.text_layer", "document.overlay")
_OVER = ("document.overlay",)
_ACTIVE = ("document.active_content",)
HIDING: dict[str, tuple[Lie, tuple[str, ...]]] = {
    "white_text": (LIES["white_text"], _TEXT),
    "off_page": (LIES["off_page"], _TEXT),
    "optional_content": (LIES["optional_content"], _TEXT),
    "near_white_text": (_near_white, _TEXT),
    "tiny_text": (_tiny, _TEXT),
    "scaled_down_text": (_scaled_down, _TEXT),
    "above_page": (_above_page, _TEXT),
    "outside_crop": (_outside_crop, _TEXT),
    "clipped_text": (_clipped, _TEXT),
    "clip_mode_text": (_clip_mode, _TEXT),
    "transparent_text": (_transparent, _TEXT),
    "invisible_text": (_invisible, _TEXT),
    "text_beneath_a_patch": (_beneath_a_patch, _TEXT),
    "text_in_an_empty_form": (_in_an_empty_form, _TEXT),
    "group_off": (_group_off, _TEXT),
    "hidden_note": (_hidden_note, _OVER),
    "note_on_paper_only": (_note_on_paper_only, _OVER),
    "actual_text": (_actual_text, _TEXT),
    "structure_says": (_structure_says, _TEXT),
    "form_value": (_form_value, _OVER),
    "script": (_script, _ACTIVE),
    "xfa": (_xfa, _ACTIVE),
}
"""By name: how it is done, and the checks of which at least one must fail or be unsure. A viewer shows the page as
it was."""
