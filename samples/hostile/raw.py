"""PDFs, PNGs and TIFFs written byte by byte: no library would write these."""

from __future__ import annotations

import io
import struct
import zlib

CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FACES = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
A4 = b"[0 0 595 842]"
TEXT = b"BT /F1 12 Tf 72 700 Td (After-sales Service Confirmation Letter LSGHD52H4ND123456) Tj ET\n"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"


def pdf(*objects: bytes, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """Return a PDF of these objects, numbered from 1, the first of which is the catalogue."""
    written = io.BytesIO()
    written.write(b"%PDF-" + version + b"\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(written.tell())
        written.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = written.tell()
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    written.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows))
    written.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer))
    written.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return written.getvalue()


def stream(content: bytes, entries: bytes = b"", *, packed: bool = True) -> bytes:
    """Return a stream object's body."""
    if packed:
        content, entries = zlib.compress(content, 9), entries + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def page(
    content: bytes, *others: bytes, resources: bytes = FACES, box: bytes = A4, entries: bytes = b"", root: bytes = b""
) -> bytes:
    """Return a PDF of one page; `others` are its objects from number 5 on."""
    body = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<<%s>>%s>>" % (box, resources, entries)
    catalogue = b"<</Type/Catalog/Pages 2 0 R%s>>" % root
    return pdf(catalogue, ONE_PAGE, body, stream(content), *others)


def page_of_pieces(*pieces: bytes, resources: bytes = b"") -> bytes:
    """Return a PDF whose page draws a form /F; `pieces` are the objects from number 5, the form first."""
    return page(b"/F Do", *pieces, resources=b"/XObject<</F 5 0 R>>" + resources)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a PNG chunk with its right checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int, height: int, rows: bytes, *more: bytes, depth: int = 1, colour: int = 0, interlace: int = 0
) -> bytes:
    """Return a PNG that claims a size and holds whatever rows are given; `more` are chunks before them."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    body = b"".join(more) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body


Tag = tuple[int, int, int, int]
"""Number, type (3 short, 4 long), count, value or offset."""


def tiff(*directories: tuple[Tag, ...], data: bytes = b"", following: int | None = None) -> bytes:
    """Return a little-endian TIFF: `data` from byte 8, then the directories, each leading to the next.

    `following` is where the last directory leads instead of to an end.
    """
    at = 8 + len(data)
    written = b"II*\x00" + struct.pack("<I", at) + data
    for number, tags in enumerate(directories):
        at += 2 + 12 * len(tags) + 4
        last = number == len(directories) - 1
        rows = b"".join(struct.pack("<HHII", *tag) for tag in tags)
        after = (following or 0) if last else at
        written += struct.pack("<H", len(tags)) + rows + struct.pack("<I", after)
    return written


def grey_tags(width: int, height: int, stored: int, *, compression: int = 1, bits: int = 8) -> tuple[Tag, ...]:
    """Return the tags of a grey picture in one strip at byte 8."""
    return (
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, compression), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, stored),
    )  # fmt: skip
