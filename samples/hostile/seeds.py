"""Small files of every format and feature, to be mutated: what is small is opened a hundred times a second."""

from __future__ import annotations

import functools

from PIL import Image

from samples.hostile.honest_pictures import sheet
from samples.hostile.pdf_faces import drawn_face, mapped_face
from samples.hostile.pictures import encoded
from samples.hostile.raw import FACES, FORM, page, stream

_PAPER = b"[0 0 140 200]"
_SIDES = (96, 136)
_TEXT = b"BT /F1 9 Tf 9 150 Td (LSGHD52H4ND123456) Tj ET q 60 0 0 60 20 20 cm /I Do Q /G gs /F Do "
_PICTURE = b"/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace/DeviceGray"
_PARTS = FACES + b"/XObject<</I 5 0 R/F 6 0 R>>/ExtGState<</G<</ca 0.5/SMask/None>>>>"


def _everything(*, packed: bool) -> bytes:
    """Return a small page with print, a picture with a mask, a form, a note, a field, a bookmark and a script."""
    return page(
        _TEXT,
        stream(bytes(range(256)), _PICTURE + b"/SMask 7 0 R", packed=packed),
        stream(b"1 0 0 RG 2 w 30 30 m 60 60 l S", FORM + b"/Group<</S/Transparency>>", packed=packed),
        stream(bytes(range(256)), _PICTURE, packed=packed),
        b"<</Type/Annot/Subtype/FreeText/Rect[10 90 90 120]/Contents(noted)/F 4/AP<</N 6 0 R>>>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(vin)/V(LSGHD52H4ND123456)/Rect[10 60 90 80]/F 4>>",
        resources=_PARTS,
        box=_PAPER,
        entries=b"/Annots[8 0 R 9 0 R]/Rotate 0",
        root=b"/AcroForm<</Fields[9 0 R]>>/OpenAction<</S/JavaScript/JS(1)>>/Lang(zh)",
    )


def _revised() -> bytes:
    document = _everything(packed=True)
    at, table = len(document), document.rindex(b"xref\n0")
    changed = b"4 0 obj\n" + stream(b"BT /F1 9 Tf 9 150 Td (LVGBE40K78G123457) Tj ET", packed=False) + b"\nendobj\n"
    rows = b"xref\n4 1\n%010d 00000 n \n" % at
    ends = b"trailer\n<</Size 10/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (table, at + len(changed))
    return document + changed + rows + ends


def _shaded() -> bytes:
    """Return a small page with a pattern, a shading worked out by a program, an inline picture and a clip."""
    tile = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>"
    shading = b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 140 0]/Function 7 0 R>>"
    function = stream(b"{dup dup 0.5 mul}", b"/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]", packed=False)
    return page(
        b"q 9 9 60 60 re W n /S sh Q /Pattern cs /P scn 70 70 40 40 re f "
        b"q 30 0 0 30 90 150 cm BI /W 4 /H 4 /BPC 8 /CS /G ID 0123456789abcdef EI Q",
        stream(b"0 0 5 5 re f", tile, packed=False),
        shading,
        function,
        resources=b"/Pattern<</P 5 0 R>>/Shading<</S 6 0 R>>",
        box=_PAPER,
    )


@functools.cache
def seeds() -> tuple[bytes, ...]:
    """Return the seeds, PDFs and pictures in turn."""
    small = sheet("RGB", _SIDES)
    frames = [sheet("1", _SIDES), sheet("1", _SIDES)]
    exif = Image.Exif()
    exif[0x0112] = 6
    return (
        _everything(packed=True),
        encoded(small, "JPEG", exif=exif, dpi=(200, 200)),
        _everything(packed=False),
        encoded(small, "PNG", dpi=(200, 200)),
        _revised(),
        encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="group4"),
        mapped_face(b"1 beginbfrange <61> <63> <0041> endbfrange", _PAPER),
        encoded(sheet("P", _SIDES), "PNG"),
        drawn_face(b"0 0 m 900 900 l S", _PAPER),
        encoded(small, "JPEG", progressive=True, quality=30),
        _shaded(),
        encoded(small, "TIFF", compression="tiff_lzw"),
        encoded(small, "WEBP", quality=40, method=0),
        encoded(sheet("RGBA", _SIDES), "WEBP", lossless=True, method=0),
        encoded(small, "TIFF", compression="jpeg"),
        encoded(sheet("I;16", _SIDES), "PNG"),
    )
