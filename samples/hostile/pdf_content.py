"""PDFs whose pages harm when they are drawn: forms, pictures, patterns, paths, text, sizes."""

from __future__ import annotations

import zlib

from samples.hostile.raw import A4, FACES, FORM, TEXT, page, page_of_pieces, stream

_IMAGE = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/%s"
_SHOW = b"q 595 0 0 842 0 0 cm /I Do Q"
_XOBJECT = b"/XObject<</I 5 0 R>>"


def _doubling_forms(levels: int) -> bytes:
    """Return forms that draw each other twice: 2 to the power of `levels` strokes."""
    pieces = []
    for level in range(levels):
        last = level + 1 == levels
        resources = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        pieces.append(stream(b"0 0 m 500 500 l S" if last else b"/F Do /F Do", FORM + resources))
    return page_of_pieces(*pieces)


def _nested_forms(levels: int) -> bytes:
    pieces = [
        stream(b"/F Do", FORM + b"/Resources<</XObject<</F %d 0 R>>>>" % min(6 + level, 4 + levels))
        for level in range(levels)
    ]
    return page_of_pieces(*pieces)


def _groups(levels: int) -> bytes:
    """Return transparency groups within groups, each of which needs a page of memory."""
    group = (
        b"/Group<</S/Transparency/I true/K true>>/Resources<</ExtGState<</G<</ca 0.9/BM/Multiply>>>>/XObject<<%s>>>>"
    )
    pieces = [
        stream(b"/G gs /F Do /F Do", FORM + group % (b"/F %d 0 R" % (6 + level) if level + 1 < levels else b""))
        for level in range(levels)
    ]
    return page_of_pieces(*pieces)


def _soft_mask_ring() -> bytes:
    state = b"/Resources<</ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>/XObject<</F 5 0 R>>>>"
    return page_of_pieces(stream(b"/G gs /F Do 0 0 500 500 re f", FORM + b"/Group<</S/Transparency>>" + state))


def _picture(
    width: int, height: int, data: bytes, entries: bytes = b"", *, bits: int = 8, space: bytes = b"DeviceGray"
) -> bytes:
    return page(_SHOW, stream(data, _IMAGE % (width, height, bits, space) + entries), resources=_XOBJECT)


def _filtered(name: bytes, data: bytes, width: int = 1000, height: int = 1000, entries: bytes = b"") -> bytes:
    """Return a picture whose stored bytes go through one decoder as they are."""
    head = _IMAGE % (width, height, 8, b"DeviceGray") + b"/Filter/" + name + entries
    return page(_SHOW, stream(data, head, packed=False), resources=_XOBJECT)


def _many_pictures(count: int) -> bytes:
    one = stream(bytes(1), _IMAGE % (1, 1, 8, b"DeviceGray"))
    return page(b"q 5 0 0 5 9 9 cm /I Do Q\n" * count, one, resources=_XOBJECT)


def _pattern(step: bytes, content: bytes, resources: bytes = b"") -> bytes:
    tile = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]"
    entries = tile + b"/XStep %s/YStep %s/Resources<<%s>>" % (step, step, resources)
    return page(b"/Pattern cs /P scn 0 0 595 842 re f", stream(content, entries), resources=b"/Pattern<</P 5 0 R>>")


def _shading(entries: bytes, data: bytes | None = None) -> bytes:
    body = stream(data, entries) if data is not None else b"<<%s>>" % entries
    return page(b"/S sh", body, resources=b"/Shading<</S 5 0 R>>")


def _calculator(program: bytes) -> bytes:
    """Return a shading whose colours a PostScript program works out, point by point."""
    function = stream(program, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]")
    entries = b"<</ShadingType 1/ColorSpace/DeviceRGB/Matrix[595 0 0 842 0 0]/Function 6 0 R>>"
    return page(b"/S sh", entries, function, resources=b"/Shading<</S 5 0 R>>")


def _mesh(count: int) -> bytes:
    entries = b"/ShadingType 4/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8"
    decode = b"/Decode[0 595 0 842 0 1 0 1 0 1]"
    return _shading(entries + decode, bytes(range(256)) * count)


def _deep_spaces(levels: int) -> bytes:
    """Return a colour space of colour spaces."""
    spaces = [b"[/Indexed %d 0 R 1 <000000ffffff>]" % (6 + n) for n in range(levels)]
    return page(
        b"/C cs 0 sc 0 0 99 99 re f", *spaces, b"[/Indexed 5 0 R 1 <00ff>]", resources=b"/ColorSpace<</C 5 0 R>>"
    )


def _inline(width: int, height: int, data: bytes) -> bytes:
    return page(b"q 500 0 0 500 0 0 cm BI /W %d /H %d /BPC 8 /CS /G ID %s EI Q" % (width, height, data))


FILES = {
    "forms that double 40 times": lambda: _doubling_forms(40),
    "forms that double 18 times": lambda: _doubling_forms(18),
    "400 forms within forms": lambda: _nested_forms(400),
    "a form that draws itself": lambda: page_of_pieces(
        stream(b"/F Do /F Do", FORM + b"/Resources<</XObject<</F 5 0 R>>>>")
    ),
    "eleven groups within groups": lambda: _groups(11),
    "a mask that is masked by itself": _soft_mask_ring,
    "420 MB of strokes": lambda: page(b"0 0 m 1 1 l S\n" * 30_000_000),
    "strokes packed twice": lambda: page(
        b"", stream(zlib.compress(b"0 0 m 1 1 l S\n" * 5_000_000), b"/Filter[/FlateDecode/FlateDecode]", packed=False),
        entries=b"/Contents 5 0 R",
    ),
    "a picture of 60,000 × 60,000": lambda: _picture(60_000, 60_000, bytes(6_000_000)),
    "a picture of two billion columns": lambda: _picture(2_147_483_647, 2, bytes(100)),
    "a picture of no rows": lambda: _picture(100, 0, bytes(100)),
    "a picture of 8,900 × 8,900": lambda: _picture(8_900, 8_900, bytes(8_900 * 8_900)),
    "a mask of 60,000 × 60,000": lambda: page(
        _SHOW, stream(bytes(100), _IMAGE % (10, 10, 8, b"DeviceGray") + b"/SMask 6 0 R"),
        stream(bytes(100), _IMAGE % (60_000, 60_000, 8, b"DeviceGray")), resources=_XOBJECT,
    ),
    "a mask of itself": lambda: _picture(10, 10, bytes(100), b"/SMask 5 0 R/Mask 5 0 R"),
    "20,000 pictures": lambda: _many_pictures(20_000),
    "a JPEG of noise": lambda: _filtered(b"DCTDecode", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 50),
    "a JPEG 2000 of noise": lambda: _filtered(b"JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(range(256)) * 50),
    "a JPEG 2000 of absurd size": lambda: _filtered(
        b"JPXDecode", b"\xff\x4f\xff\x51\x00\x2f\x00\x00" + b"\x7f\xff\xff\xff" * 8 + b"\x00\x03" + b"\x07\x01\x01" * 3
    ),
    "a JBIG2 of noise": lambda: _filtered(b"JBIG2Decode", bytes(range(256)) * 50),
    "a JBIG2 page of absurd size": lambda: _filtered(
        b"JBIG2Decode", b"\x00\x00\x00\x00\x30\x00\x01\x00\x00\x00\x13" + b"\xff\xff\xff\xff" * 4 + b"\x00\x00\x00"
    ),
    "a fax of 60,000 columns": lambda: _filtered(
        b"CCITTFaxDecode", bytes(range(256)) * 2_000, 60_000, 60_000, b"/DecodeParms<</K -1/Columns 60000/Rows 60000>>"
    ),
    "an LZW of noise": lambda: _filtered(b"LZWDecode", bytes(range(255, 0, -1)) * 2_000, 5_000, 5_000),
    "runs without end": lambda: _filtered(b"RunLengthDecode", b"\x81a" * 500_000, 5_000, 5_000),
    "a predictor of absurd width": lambda: _picture(
        100, 100, bytes(20_000), b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>"
    ),
    "16 bits of 32 colours": lambda: _picture(2_000, 2_000, bytes(2_000_000), bits=16, space=b"DeviceCMYK"),
    "an inline picture of 30,000 × 30,000": lambda: _inline(30_000, 30_000, bytes(1_000)),
    "an inline picture without end": lambda: page(b"BI /W 9 /H 9 /BPC 8 /CS /G ID " + bytes(50_000)),
    "tiles of a millionth": lambda: _pattern(b"0.000001", b"0 0 5 5 re f"),
    "tiles of no step": lambda: _pattern(b"0", b"0 0 5 5 re f"),
    "a tile of itself": lambda: _pattern(
        b"1", b"/Pattern cs /P scn 0 0 9 9 re f", b"/Pattern<</P 5 0 R>>"
    ),
    "a mesh of 3 million corners": lambda: _mesh(90_000),
    "a shading of itself": lambda: _shading(b"/ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 1 1]/Function 5 0 R"),
    "a shading over infinity": lambda: _shading(
        b"/ShadingType 3/ColorSpace/DeviceRGB/Coords[0 0 1e30 1e30 0 1e-30]/Extend[true true]"
        b"/Function<</FunctionType 2/Domain[0 1]/C0[0 0 0]/C1[1 1 1]/N 1e9>>"
    ),
    "a colour worked out in 20,000 steps": lambda: _calculator(b"{" + b"dup mul sqrt " * 20_000 + b" 0.5}"),
    "a calculator 50,000 deep": lambda: _calculator(b"{" * 50_000 + b"}" * 50_000),
    "2,000 colour spaces deep": lambda: _deep_spaces(2_000),
    "a million states saved": lambda: page(b"q " * 1_000_000),
    "200,000 clips": lambda: page(b"0 0 500 500 re W n\n" * 200_000),
    "one path of a million curves": lambda: page(b"0 0 m " + b"9 9 500 99 7 800 c\n" * 1_000_000 + b"B*"),
    "dashes of a millionth": lambda: page(b"[0.000001] 0 d 0.0001 w 0 0 m 595 842 l S\n" * 200),
    "a line a million wide": lambda: page(b"1e6 w 1 J 1 j 0 0 m 595 842 l S\n" * 5_000),
    "numbers beyond floats": lambda: page(b"1e39 0 0 1e39 1e39 1e39 cm 0 0 m 1e38 -1e38 l S " + TEXT),
    "a number of a million digits": lambda: page(b"9" * 1_000_000 + b" 0 m 5 5 l S"),
    "60,001 objects": lambda: page(b"0 0 1 1 re f\n" * 60_001),
    "61,000 characters": lambda: page(b"BT /F1 6 Tf 9 9 Td (" + b"x" * 61_000 + b") Tj ET"),
    "two million characters": lambda: page(b"BT /F1 6 Tf 9 9 Td (" + b"x" * 2_000_000 + b") Tj ET"),
    "2,000 rules in a grid": lambda: page(
        b"".join(b"0 %d m 595 %d l S %d 0 m %d 842 l S\n" % (n, n, n, n) for n in range(0, 840)) * 2
    ),
    "a string without end": lambda: page(b"BT /F1 9 Tf (" + b"((" * 500_000),
    "marked content 200,000 deep": lambda: page(b"/P <</MCID 0>> BDC " * 200_000 + TEXT),
    "arrays 200,000 deep in content": lambda: page(b"[" * 200_000 + b"]" * 200_000 + b" TJ"),
    "paper of a million inches": lambda: page(TEXT, box=b"[0 0 72000000 72000000]"),
    "paper of a million units": lambda: page(TEXT, entries=b"/UserUnit 1000000"),
    "paper of no size": lambda: page(TEXT, box=b"[0 0 0 0]"),
    "paper of a tenth of a point": lambda: page(TEXT, box=b"[0 0 .1 .1]"),
    "paper inside out": lambda: page(TEXT, box=b"[595 842 0 0]"),
    "paper of words": lambda: page(TEXT, box=b"[(a) /b null true]"),
    "a strip of paper": lambda: page(TEXT, box=b"[0 0 200 14000]"),
    "a turn of 45 degrees": lambda: page(TEXT, entries=b"/Rotate 45"),
    "a crop outside the paper": lambda: page(TEXT, entries=b"/CropBox[9000 9000 9100 9100]"),
    "contents that are the page": lambda: page(TEXT, entries=b"/Contents 3 0 R/Resources 3 0 R"),
    "40,000 pieces of content": lambda: page(
        TEXT, stream(b" ", packed=False), entries=b"/Contents[%s]" % (b"5 0 R " * 40_000)
    ),
    "no resources": lambda: page(TEXT, resources=b"", box=A4),
    "faces that are pages": lambda: page(TEXT, resources=FACES.replace(b"<</Type/Font", b"3 0 R/F2<</Type/Font")),
}  # fmt: skip
