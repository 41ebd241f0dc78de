"""PDFs whose faces harm: tables of codes that multiply, glyphs that draw themselves, programs of noise."""

from __future__ import annotations

from samples.hostile.raw import A4, page, stream

_SHOW = b"BT /F1 12 Tf 72 700 Td (abcABC123) Tj ET"
_USED = b"/Font<</F1 5 0 R>>"
_CMAP = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n%s\nendcmap end end"


def mapped_face(table: bytes, box: bytes = A4) -> bytes:
    """Return a page whose face names a table of what its codes mean."""
    face = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    return page(_SHOW, face, stream(_CMAP % table), resources=_USED, box=box)


def _encoded(table: bytes, entries: bytes = b"") -> bytes:
    """Return a page whose face names a table of what its codes draw."""
    face = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 9>>%s>>]>>" % entries
    )
    encoding = stream(_CMAP % table, b"/Type/CMap/CMapName/X/UseCMap 6 0 R")
    return page(_SHOW, face, encoding, resources=_USED)


def drawn_face(glyph: bytes, box: bytes = A4, resources: bytes = b"", matrix: bytes = b"0.001 0 0 0.001 0 0") -> bytes:
    """Return a page whose letters are little drawings."""
    face = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[%s]/CharProcs<</a 6 0 R>>/FirstChar 65"
        b"/LastChar 122/Widths[%s]/Encoding<</Differences[65%s]>>/Resources<<%s>>>>"
        % (matrix, b"900 " * 58, b"/a" * 58, resources)
    )
    return page(_SHOW * 20, face, stream(b"900 0 d0 " + glyph), resources=_USED, box=box)


def _embedded(key: bytes, program: bytes, subtype: bytes = b"TrueType", entries: bytes = b"") -> bytes:
    descriptor = (
        b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent 0"
        b"/CapHeight 1/StemV 1/%s 6 0 R>>" % key
    )
    face = b"<</Type/Font/Subtype/%s/BaseFont/X/FirstChar 32/LastChar 99/Widths[]/FontDescriptor %s>>" % (
        subtype,
        descriptor,
    )
    return page(_SHOW, face, stream(program, entries), resources=_USED)


def _true_type(tables: bytes, count: int) -> bytes:
    return b"\x00\x01\x00\x00" + count.to_bytes(2, "big") + bytes(6) + tables


_NOISE = bytes(range(256)) * 200
_LOOPING_SUBROUTINE = (
    b"%!PS-AdobeFont-1.0: X\n/FontMatrix[0.001 0 0 0.001 0 0]def/Encoding StandardEncoding def\n"
    b"currentfile eexec\n/Subrs 1 array dup 0 5 RD 0 callsubr NP\n"
    b"/CharStrings 1 dict dup begin /a 9 RD 0 callsubr ND end"
)

FILES = {
    "codes that mean four thousand million": lambda: mapped_face(
        b"1 beginbfrange <00000000> <ffffffff> <0000> endbfrange"
    ),
    "ten thousand ranges of codes": lambda: mapped_face(
        b"100 beginbfrange " + b"<0000> <ffff> <0000>\n" * 10_000 + b"endbfrange"
    ),
    "a code that means a megabyte": lambda: mapped_face(b"1 beginbfchar <61> <" + b"0041" * 500_000 + b"> endbfchar"),
    "a table of open brackets": lambda: mapped_face(b"1 beginbfrange <00> <ff> " + b"[" * 200_000 + b" endbfrange"),
    "a table that uses itself": lambda: _encoded(b"/X usecmap 1 begincidrange <0000> <ffff> 0 endcidrange"),
    "a million ranges of glyphs": lambda: _encoded(
        b"100 begincidrange " + b"<00> <ff> 1\n" * 1_000_000 + b"endcidrange"
    ),
    "a table with a path for a name": lambda: page(
        _SHOW,
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/..#2f..#2f..#2f..#2fetc#2fpasswd/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(../../tmp)/Ordering(/x)/Supplement 0>>>>]>>",
        resources=_USED,
    ),
    "widths without end": lambda: _encoded(b"", b"/W[" + b"0 99999999 500 " * 200_000 + b"]"),
    "widths nested without end": lambda: _encoded(b"", b"/W" + b"[0" * 100_000 + b"]" * 100_000),
    "descendants of themselves": lambda: page(
        _SHOW, b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[5 0 R]>>", resources=_USED
    ),
    "a letter that writes itself": lambda: drawn_face(b"BT /F1 1000 Tf (aaaa) Tj ET", resources=b"/Font<</F1 5 0 R>>"),
    "a letter of a million strokes": lambda: drawn_face(b"0 0 m 900 900 l S " * 100_000),
    "letters of no size": lambda: drawn_face(b"0 0 m 900 900 l S", matrix=b"0 0 0 0 0 0"),
    "letters of all sizes": lambda: drawn_face(b"0 0 m 900 900 l S", matrix=b"1e20 0 0 1e20 1e20 0"),
    "a program of noise": lambda: _embedded(b"FontFile2", _true_type(_NOISE, 300)),
    "a program of 65,535 tables": lambda: _embedded(b"FontFile2", _true_type(b"glyf" + b"\xff" * 12, 65_535)),
    "a compact program of noise": lambda: _embedded(
        b"FontFile3", b"\x01\x00\x04\x04" + _NOISE, b"Type1", b"/Subtype/Type1C"
    ),
    "a compact program of endless indexes": lambda: _embedded(
        b"FontFile3", b"\x01\x00\x04\x04" + b"\xff\xff\x04" + b"\xff" * 5_000, b"Type1", b"/Subtype/CIDFontType0C"
    ),
    "an old program that calls itself": lambda: _embedded(
        b"FontFile", _LOOPING_SUBROUTINE, b"Type1", b"/Length1 99/Length2 99/Length3 0"
    ),
    "an open program of noise": lambda: _embedded(b"FontFile3", b"OTTO" + _NOISE, b"Type1", b"/Subtype/OpenType"),
    "a face of a million points": lambda: page(b"BT /F1 1e6 Tf 1e-6 0 0 1e-6 0 0 Tm (abc) Tj ET"),
    "letters 1e30 apart": lambda: page(b"BT /F1 12 Tf 1e30 Tc 1e30 Tw 1e30 Tz 9 9 Td (a b c d) Tj ET" * 500),
    "a face by the name of a device": lambda: page(
        _SHOW,
        b"<</Type/Font/Subtype/TrueType/BaseFont/#2fdev#2fzero"
        b"/FontDescriptor<</FontName/#2fdev#2fzero/Flags 32>>>>",
        resources=_USED,
    ),
    "differences without end": lambda: page(
        _SHOW,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[%s]>>>>" % (b"999999999/a" * 200_000),
        resources=_USED,
    ),
}  # fmt: skip
