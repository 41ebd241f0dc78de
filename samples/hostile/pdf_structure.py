"""PDFs whose skeleton harms: tables, trees, streams of objects, encryption, what hangs beside the pages."""

from __future__ import annotations

import io
import zlib

import pikepdf

from samples.hostile.raw import CATALOGUE, FACES, ONE_PAGE, TEXT, page, pdf, stream

LETTER = page(TEXT)


def pages_of_one(count: int) -> bytes:
    """Return a PDF that shows one page so many times."""
    kids = b" ".join(b"%d 0 R" % 3 for _ in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % FACES
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf(CATALOGUE, tree, leaf, stream(TEXT))


def _deep_page_tree(levels: int) -> bytes:
    inner = [b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n + 1, n + 3) for n in range(1, levels)]
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<<>>>>" % (levels + 1)
    return pdf(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", *inner, leaf)


def _doubling_page_tree(levels: int) -> bytes:
    inner = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count %d>>" % (n + 3, n + 3, 2 ** (levels - n)) for n in range(levels)]
    return pdf(CATALOGUE, *inner, b"<</Type/Page/MediaBox[0 0 595 842]/Resources<<>>>>")


def _earlier_tables(count: int, *, loop: bool) -> bytes:
    """Return a PDF that leads through many earlier tables, or back to its own."""
    if loop:
        at = LETTER.rindex(b"xref\n0")
        return LETTER.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % LETTER.rindex(b"\nxref") if at else b"")
    body, table = LETTER, LETTER.rindex(b"xref\n0")
    for _ in range(count):
        at = len(body)
        body += b"xref\n0 0\ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (table, at)
        table = at
    return body


def _object_stream(count: int, first: int, content: bytes, extends: bytes = b"") -> bytes:
    entries = b"/Type/ObjStm/N %d/First %d%s" % (count, first, extends)
    return pdf(CATALOGUE, ONE_PAGE, b"<</Type/Page/MediaBox[0 0 595 842]>>", stream(content, entries))


def _table_stream(widths: bytes, index: bytes) -> bytes:
    """Return a PDF whose table of objects is a stream that claims absurd widths."""
    body = b"%PDF-1.7\n1 0 obj\n" + CATALOGUE + b"\nendobj\n"
    entries = b"/Type/XRef/Size 9999999/W[%s]/Index[%s]/Root 1 0 R" % (widths, index)
    at = len(body)
    return body + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(bytes(4096), entries), at)


def _nested(opening: bytes, closing: bytes, depth: int) -> bytes:
    return page(TEXT, b"<</Deep %s%s>>" % (opening * depth, closing * depth), entries=b"/Deep 5 0 R")


def _chained_filters(count: int) -> bytes:
    packed = TEXT
    for _ in range(count):
        packed = zlib.compress(packed)
    filters = b"/Filter[%s]" % (b"/FlateDecode" * count)
    body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % FACES
    return pdf(CATALOGUE, ONE_PAGE, body, stream(packed, filters, packed=False))


def _flood(count: int, body: bytes) -> bytes:
    return page(TEXT, *[body] * count)


def _linked(count: int, *, loop: bool) -> bytes:
    """Return bookmarks that lead to one another, in the end back to the first."""
    items = [b"<</Title(x)/Parent 5 0 R/Next %d 0 R>>" % (7 + index) for index in range(count)]
    last = b"<</Title(x)/Parent 5 0 R%s>>" % (b"/Next 6 0 R" if loop else b"")
    outlines = b"<</Type/Outlines/First 6 0 R/Last %d 0 R/Count %d>>" % (6 + count, count)
    return page(TEXT, outlines, *items, last, root=b"/Outlines 5 0 R")


def _names(loop: bytes) -> bytes:
    return page(TEXT, loop, root=b"/Names<</EmbeddedFiles 5 0 R/Dests 5 0 R/JavaScript 5 0 R>>")


def _annotations(count: int, entries: bytes = b"/Subtype/Square/Rect[10 10 50 50]") -> bytes:
    one = b"<</Type/Annot%s>>" % entries
    return page(TEXT, one, entries=b"/Annots[%s]" % (b"5 0 R " * count))


def _attached(content: bytes) -> bytes:
    file = b"<</Type/Filespec/F(b.pdf)/UF(b.pdf)/EF<</F 6 0 R>>>>"
    names = b"/Names<</EmbeddedFiles<</Names[(b.pdf) 5 0 R]>>>>"
    return page(TEXT, file, stream(content, b"/Type/EmbeddedFile"), root=names)


def _packet() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><xdp>&l11;</xdp>'
    return page(TEXT, stream(xml.encode()), root=b"/AcroForm<</Fields[]/XFA 5 0 R>>/Metadata 5 0 R")


def _signed(value: bytes, count: int = 1) -> bytes:
    fields = b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(count))
    parts: list[bytes] = []
    for n in range(count):
        parts += [b"<</FT/Sig/T(s%d)/V %d 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]>>" % (n, 6 + 2 * n), value]
    return page(TEXT, *parts, root=b"/AcroForm<</Fields[%s]/SigFlags 3>>" % fields)


def _encrypted(filter_name: bytes, entries: bytes = b"") -> bytes:
    key = b"/Encrypt<</Filter/%s/V 4/R 4/Length 128/P -1/O(%s)/U(%s)%s>>" % (filter_name, b"o" * 32, b"u" * 32, entries)
    body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>"
    return pdf(CATALOGUE, ONE_PAGE, body, trailer=key + b"/ID[(a)(a)]")


def _with_password() -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(LETTER)) as file:
        file.save(written, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    return written.getvalue()


def _fields_in_a_ring() -> bytes:
    ring = (b"<</T(a)/FT/Tx/Kids[6 0 R]/Parent 6 0 R>>", b"<</T(b)/FT/Tx/Kids[5 0 R]/Parent 5 0 R>>")
    return page(TEXT, *ring, root=b"/AcroForm<</Fields[5 0 R]>>")


_VALUE = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[%s]/Contents<%s>>>"
_OBJECT_HEAD = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"

FILES = {
    "the same page 101 times": lambda: pages_of_one(101),
    "ten thousand pages": lambda: pages_of_one(10_000),
    "a page tree of 2,000 levels": lambda: _deep_page_tree(2_000),
    "a page tree that doubles 30 times": lambda: _doubling_page_tree(30),
    "a page tree in a loop": lambda: pdf(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "a count of a thousand million pages": lambda: LETTER.replace(b"/Count 1", b"/Count 999999999"),
    "a count below zero": lambda: LETTER.replace(b"/Count 1", b"/Count -1"),
    "a catalogue that is a page": lambda: pdf(b"<</Type/Page/Pages 1 0 R/Kids[1 0 R]/Count 1>>"),
    "no catalogue": lambda: pdf(b"null"),
    "a table before itself": lambda: _earlier_tables(0, loop=True),
    "five thousand earlier tables": lambda: _earlier_tables(5_000, loop=False),
    "an object stream that extends itself": lambda: _object_stream(1, 4, b"9 0 null", b"/Extends 4 0 R"),
    "an object stream of a thousand million": lambda: _object_stream(10**9, 10**9, b"9 0 null"),
    "a table of objects 2 billion bytes wide": lambda: _table_stream(b"1 2147483647 1", b"0 9999999"),
    "a table of objects beyond all numbers": lambda: _table_stream(b"1 4 2", b"0 4294967295 7 99999999999"),
    "arrays 300,000 deep": lambda: _nested(b"[", b"]", 300_000),
    "dictionaries 100,000 deep": lambda: _nested(b"<</A", b">>", 100_000),
    "a length that is itself": lambda: pdf(
        CATALOGUE, ONE_PAGE, _OBJECT_HEAD, b"<</Length 4 0 R>>\nstream\nx\nendstream"
    ),
    "a length of two billion": lambda: pdf(
        CATALOGUE, ONE_PAGE, _OBJECT_HEAD, b"<</Length 2147483647>>\nstream\nx\nendstream"
    ),
    "a length below zero": lambda: pdf(CATALOGUE, ONE_PAGE, _OBJECT_HEAD, b"<</Length -5>>\nstream\nx\nendstream"),
    "two hundred filters": lambda: _chained_filters(200),
    "an unknown filter": lambda: LETTER.replace(b"/FlateDecode", b"/Nonsense123"),
    "a packed stream cut in two": lambda: LETTER.replace(stream(TEXT)[60:90], bytes(30)),
    "150,000 objects": lambda: _flood(150_000, b"null"),
    "an object number beyond 64 bits": lambda: LETTER.replace(b"1 0 R", b"99999999999999999999 0 R"),
    "bookmarks in a ring": lambda: _linked(200, loop=True),
    "60,000 bookmarks": lambda: _linked(60_000, loop=False),
    "names in a ring": lambda: _names(b"<</Kids[5 0 R 5 0 R]/Limits[(a)(z)]>>"),
    "names without end": lambda: _names(b"<</Names[%s]>>" % (b"(a) null " * 200_000)),
    "501 annotations": lambda: _annotations(501),
    "100,000 annotations": lambda: _annotations(100_000),
    "an annotation that appears as itself": lambda: _annotations(
        1, b"/Subtype/Stamp/Rect[0 0 90 90]/AP<</N 5 0 R>>/Parent 5 0 R"
    ),
    "form fields in a ring": _fields_in_a_ring,
    "a script at opening": lambda: page(TEXT, root=b"/OpenAction<</S/JavaScript/JS(while(1);app.alert(1))>>"),
    "a program at opening": lambda: page(TEXT, root=b"/OpenAction<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>"),
    "a file of the system fetched in": lambda: page(
        TEXT, root=b"/OpenAction<</S/GoToE/F(file:///etc/passwd)/T<</R/C>>>>"
    ),
    "an attached bomb": lambda: _attached(bytes(80_000_000)),
    "a packet that multiplies": _packet,
    "200,000 layers": lambda: page(
        TEXT, b"<</Type/OCG/Name(x)>>", root=b"/OCProperties<</OCGs[%s]/D<<>>>>" % (b"5 0 R " * 200_000)
    ),
    "a signature of nothing": lambda: _signed(_VALUE % (b"0 1 2 3", b"00" * 4000)),
    "a signature of noise": lambda: _signed(_VALUE % (b"0 10 20 30", bytes(range(256)).hex().encode() * 20)),
    "a signature of bytes below zero": lambda: _signed(_VALUE % (b"-5 99999999999 -1 5", b"3080")),
    "300 signatures": lambda: _signed(_VALUE % (b"0 100 200 300", b"3003020100"), 300),
    "a signature nested without end": lambda: _signed(_VALUE % (b"0 10 20 30", b"30803080" * 20_000)),
    "a password": _with_password,
    "an unknown lock": lambda: _encrypted(b"Nonsense"),
    "a lock of an absurd key": lambda: _encrypted(b"Standard", b"/Length 2147483647/CF<</StdCF<</CFM/AESV9>>>>"),
    "3,000 ends of file": lambda: LETTER + b"startxref\n9\n%%EOF\n" * 3_000,
    "a hundred revisions": lambda: LETTER + LETTER[LETTER.rindex(b"xref\n0") :] * 100,
    "cut off in the middle": lambda: LETTER[: len(LETTER) // 2],
    "no end": lambda: LETTER[:-40],
    "a header alone": lambda: b"%PDF-1.7\n%%EOF",
    "noise behind a header": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\n%%EOF",
    "two headers": lambda: LETTER + LETTER,
    "structure 50,000 deep": lambda: page(
        TEXT, *(b"<</S/P/K %d 0 R>>" % (n + 6) for n in range(50_000)), b"null", root=b"/StructTreeRoot 5 0 R"
    ),
}  # fmt: skip
