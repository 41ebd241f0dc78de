"""Pictures that harm: sizes that are claimed, frames without end, directories in rings, tags of noise."""

from __future__ import annotations

import functools
import io
import struct
import zlib

from PIL import Image

from samples.hostile.raw import chunk, grey_tags, png, tiff


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file."""
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


@functools.cache
def small(kind: str, mode: str = "RGB", side: int = 200) -> bytes:
    """Return an ordinary small page as a file, to be damaged."""
    return encoded(Image.new(mode, (side, side * 7 // 5), "white"), kind)


def _many_scans(count: int) -> bytes:
    document = encoded(Image.new("RGB", (800, 1100), "white"), "JPEG", progressive=True)
    scan = document[document.index(b"\xff\xda") : -2]
    return document[:-2] + scan[:60] * count + document[-2:]


def _jpeg_size(width: int, height: int) -> bytes:
    document = bytearray(small("JPEG"))
    at = document.index(b"\xff\xc0")
    document[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(document)


def _segments(marker: int, body: bytes, count: int) -> bytes:
    one = bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body
    return small("JPEG")[:2] + one * count + small("JPEG")[2:]


def _exif(body: bytes) -> bytes:
    return _segments(0xE1, b"Exif\x00\x00" + body, 1)


def _rows(width: int, height: int) -> bytes:
    return bytes((width // 8 + 1) * height)


def _animation(kind: str, frames: int, side: int) -> bytes:
    pictures = [Image.new("RGB", (side, side), (n * 7 % 256, n * 13 % 256, 0)) for n in range(frames)]
    return encoded(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=10)


def _pages_of_tiff(count: int) -> bytes:
    return tiff(*[grey_tags(64, 90, 5760)] * count, data=bytes(5760))


def _webp_size(width: int, height: int) -> bytes:
    """Return a WebP that claims a canvas larger than its picture."""
    document = encoded(Image.new("RGBA", (60, 90), (0, 0, 0, 9)), "WEBP", lossless=True, exif=b"Exif\x00\x00MM\x00*")
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    at = document.index(b"VP8X")
    return document[: at + 12] + canvas + document[at + 18 :]


_BIG = 14_000
_TIFF_OF_TAGS = tuple((700 + n, 4, 0xFFFFFFFF, 8) for n in range(2_000))

FILES = {
    "PNG of 196 megapixels": lambda: png(_BIG, _BIG, _rows(_BIG, _BIG)),
    "PNG of ten gigapixels": lambda: png(100_000, 100_000, _rows(100_000, 10)),
    "PNG of two billion columns": lambda: png(2_147_483_647, 1, bytes(9)),
    "PNG of no columns": lambda: png(0, 100, bytes(100)),
    "PNG strip": lambda: png(39_000, 60, _rows(39_000, 60)),
    "PNG of depth 7": lambda: png(100, 140, bytes(9000), depth=7),
    "PNG of 39 megapixels, interlaced": lambda: png(5_000, 7_800, bytes(6_000_000), depth=8, interlace=1),
    "PNG of 16 bits and four channels": lambda: png(6_000, 6_500, bytes(6_000_000), depth=16, colour=6),
    "PNG with a text that unpacks to 80 MB": lambda: png(
        100, 140, bytes(5000), chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(80_000_000), 9))
    ),
    "PNG with 20,000 texts": lambda: png(100, 140, bytes(5000), *[chunk(b"tEXt", b"a\x00" + b"x" * 60)] * 20_000),
    "PNG with a profile that unpacks to 80 MB": lambda: png(
        100, 140, bytes(5000), chunk(b"iCCP", b"a\x00\x00" + zlib.compress(bytes(80_000_000), 9))
    ),
    "PNG with a wrong checksum": lambda: small("PNG").replace(b"IDAT", b"IDAU", 1),
    "PNG without pixels": lambda: png(100, 140, b""),
    "PNG of a palette without colours": lambda: png(100, 140, bytes(15_000), depth=8, colour=3),
    "PNG cut off": lambda: small("PNG")[:-40],
    "PNG of 500 moving frames": lambda: _animation("PNG", 500, 64),
    "PNG that claims four thousand million frames": lambda: png(
        100, 140, bytes(5000), chunk(b"acTL", struct.pack(">II", 0xFFFFFFFF, 0))
    ),
    "JPEG of 5,000 scans": lambda: _many_scans(5_000),
    "JPEG of 60 scans": lambda: _many_scans(60),
    "JPEG that claims 65,500 × 65,500": lambda: _jpeg_size(65_500, 65_500),
    "JPEG that claims no rows": lambda: _jpeg_size(100, 0),
    "JPEG that claims 6,000 × 6,500": lambda: _jpeg_size(6_000, 6_500),
    "JPEG cut off": lambda: small("JPEG")[: len(small("JPEG")) // 2],
    "JPEG of headers only": lambda: small("JPEG")[:200],
    "JPEG of 1,000 profiles": lambda: _segments(0xE2, b"ICC_PROFILE\x00\x01\xff" + bytes(2_000), 1_000),
    "JPEG of 50,000 comments": lambda: _segments(0xFE, b"x" * 50, 50_000),
    "JPEG with EXIF in a ring": lambda: _exif(tiff(((34665, 4, 1, 8), (274, 3, 1, 6)), following=8)),
    "JPEG with EXIF of noise": lambda: _exif(bytes(range(256)) * 100),
    "JPEG with EXIF of absurd counts": lambda: _exif(tiff(_TIFF_OF_TAGS)),
    "JPEG of an unknown turn": lambda: _exif(tiff(((274, 3, 1, 99),))),
    "JPEG of four inks, said to be two": lambda: encoded(Image.new("CMYK", (200, 280)), "JPEG").replace(
        b"Adobe\x00d", b"Adobe\x00\x00", 1
    ),
    "JPEG that begins twice": lambda: small("JPEG") + small("JPEG"),
    "JPEG with a flood of restarts": lambda: small("JPEG")[:-2] + b"\xff\xd0" * 200_000 + b"\xff\xd9",
    "TIFF of 10,000 pages": lambda: _pages_of_tiff(10_000),
    "TIFF of 101 pages": lambda: _pages_of_tiff(101),
    "TIFF in a ring": lambda: tiff(grey_tags(64, 90, 5760), data=bytes(5760), following=8 + 5760),
    "TIFF that leads beyond its end": lambda: tiff(grey_tags(64, 90, 5760), data=bytes(5760), following=0xFFFFFFF0),
    "TIFF of 30,000 × 30,000": lambda: tiff(grey_tags(30_000, 30_000, 5760), data=bytes(5760)),
    "TIFF packed to a thousandth": lambda: tiff(
        grey_tags(6_000, 6_500, 40_000, compression=8), data=zlib.compress(bytes(39_000_000), 9)
    ),
    "TIFF packed and cut off": lambda: tiff(grey_tags(6_000, 6_500, 999, compression=8), data=b"x\x9c" + bytes(997)),
    "TIFF of LZW noise": lambda: tiff(grey_tags(3_000, 4_000, 50_000, compression=5), data=bytes(range(250)) * 200),
    "TIFF of fax noise": lambda: tiff(
        grey_tags(3_000, 4_000, 50_000, compression=4, bits=1), data=bytes(range(250)) * 200
    ),
    "TIFF of JPEG noise": lambda: tiff(grey_tags(3_000, 4_000, 50_000, compression=7), data=bytes(range(250)) * 200),
    "TIFF of an unknown packing": lambda: tiff(grey_tags(300, 400, 50_000, compression=34_712), data=bytes(50_000)),
    "TIFF of 65,535 bits": lambda: tiff(grey_tags(300, 400, 50_000, bits=65_535), data=bytes(50_000)),
    "TIFF of 65,535 channels": lambda: tiff(
        (*grey_tags(300, 400, 50_000)[:6], (277, 3, 1, 65_535), *grey_tags(300, 400, 50_000)[7:]), data=bytes(50_000)
    ),
    "TIFF of no width": lambda: tiff(grey_tags(0, 400, 50_000), data=bytes(50_000)),
    "TIFF of no strips": lambda: tiff(grey_tags(300, 400, 0)[:5]),
    "TIFF of empty tiles": lambda: tiff(
        (*grey_tags(300, 400, 9)[:5], (322, 3, 1, 0), (323, 3, 1, 0), (324, 4, 1, 8), (325, 4, 1, 9)), data=bytes(9)
    ),
    "TIFF of 2,000 absurd tags": lambda: tiff((*grey_tags(300, 400, 50_000), *_TIFF_OF_TAGS), data=bytes(120_000)),
    "TIFF without tags": lambda: tiff(()),
    "TIFF header": lambda: b"II*\x00",
    "TIFF of 64 bits, absurd": lambda: b"II+\x00\x08\x00\x00\x00" + struct.pack("<Q", 2**63) + bytes(64),
    "WebP of 500 moving frames": lambda: _animation("WEBP", 500, 64),
    "WebP of 16,383 × 16,383": lambda: _webp_size(16_383, 16_383),
    "WebP of four thousand million columns": lambda: _webp_size(16_777_216, 16_777_216),
    "WebP cut off": lambda: small("WEBP")[: len(small("WEBP")) // 2],
    "WebP of noise": lambda: b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(range(256)) * 20,
    "WebP header": lambda: b"RIFF\x04\x00\x00\x00WEBP",
    "one pixel": lambda: encoded(Image.new("1", (1, 1)), "PNG"),
    "a picture without contrast": lambda: encoded(Image.new("RGBA", (300, 400), (255, 255, 255, 0)), "PNG"),
}
