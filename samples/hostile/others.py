"""What is no letter at all, or two things at once."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

from samples.hostile.pictures import encoded, small
from samples.hostile.raw import TEXT, page
from verifier.opening.limits import MAX_BYTES

LETTER = page(TEXT)


def _zip(name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return written.getvalue()


def _gif(frames: int, side: int) -> bytes:
    pictures = [Image.new("P", (side, side), n % 256) for n in range(frames)]
    return encoded(pictures[0], "GIF", save_all=True, append_images=pictures[1:])


FILES = {
    "nothing": lambda: b"",
    "blanks": lambda: b" \r\n\t" * 1000,
    "zeros": lambda: bytes(2_000_000),
    "one byte": lambda: b"%",
    "one byte too many": lambda: LETTER + bytes(MAX_BYTES + 1 - len(LETTER)),
    "text": lambda: "售后维修服务确认书".encode() * 100,
    "text that mentions %PDF": lambda: b"Dear Sirs, see %PDF-1.7 attached",
    "text of a Chinese code page": lambda: "售后维修服务确认书".encode("gb18030") * 100,
    "a web page": lambda: b"<html><script>location='http://example.com'</script>",
    "a drawing with a bomb of entities": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "' + b"x" * 9999 + b'">]><svg>' + b"&a;" * 9999 + b"</svg>"
    ),
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n(/etc/passwd)(r)file\n",
    "PostScript behind a PDF's name": lambda: b"%!PS\n%PDF-1.7\n{}loop\n%%EOF",
    "an office document": lambda: _zip("word/document.xml", b"<w/>"),
    "an archive that unpacks to 200 MB": lambda: _zip("a", bytes(200_000_000)),
    "an archive with a path upwards": lambda: _zip("../../etc/cron.d/x", b"* * * * * root id"),
    "a program": lambda: b"\x7fELF\x02\x01\x01" + bytes(1000),
    "a GIF of 100 frames": lambda: _gif(100, 400),
    "a BMP": lambda: small("BMP"),
    "an icon": lambda: b"\x00\x00\x01\x00\xff\xff" + bytes(1000),
    "a Photoshop picture": lambda: b"8BPS\x00\x01" + bytes(1000),
    "a HEIC picture": lambda: b"\x00\x00\x00\x18ftypheic" + bytes(1000),
    "a JPEG 2000 picture": lambda: b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(1000),
    "a PDF behind a PNG": lambda: small("PNG")[:300] + LETTER,
    "a PDF behind a JPEG": lambda: small("JPEG")[:300] + LETTER,
    "a PDF far behind a JPEG": lambda: small("JPEG") + bytes(2_000) + LETTER,
    "a picture behind a PDF": lambda: LETTER + small("JPEG"),
    "a PDF behind 1,023 bytes of noise": lambda: b"\x80" * 1_018 + LETTER,
    "a PDF behind 1,025 bytes of noise": lambda: b"\x80" * 1_025 + LETTER,
    "a PDF behind a byte-order mark": lambda: b"\xef\xbb\xbf" + LETTER,
    "a PDF of another line end": lambda: LETTER.replace(b"\n", b"\r"),
    "an archive behind a PDF": lambda: LETTER + _zip("a", b"b"),
    "a PDF with 40 MB behind its end": lambda: LETTER + bytes(40_000_000),
    "a PDF with a header that is a path": lambda: LETTER.replace(b"%PDF-1.7", b"%PDF-../"),
}
