"""Pictures as scanners, telephones, faxes and office programs write them, in every ordinary odd way."""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from samples.hostile.pictures import encoded

Named = Iterator[tuple[str, Callable[[], bytes]]]
LETTERS = Path(__file__).parents[1] / "letters"
A4_AT_100 = (827, 1169)


@functools.cache
def sheet(mode: str, size: tuple[int, int] = A4_AT_100) -> Image.Image:
    """Return a page with lines of print and a red ring, in one of Pillow's modes."""
    picture = Image.new("RGB", size, (252, 251, 247))
    pen = ImageDraw.Draw(picture)
    width, height = size
    for row in range(height // 12, height * 3 // 4, max(height // 40, 6)):
        pen.line((width // 10, row, width * 9 // 10, row), fill=(30, 30, 30), width=max(height // 300, 1))
    pen.ellipse(
        (width // 2, height * 3 // 4, width * 3 // 4, height * 3 // 4 + width // 4), outline=(210, 20, 30), width=5
    )
    if mode == "I;16":
        return picture.convert("I").point(lambda value: value * 257).convert("I;16")
    return picture.convert(mode)


def files() -> Named:
    """Yield some 330 pictures by name."""
    yield from _png()
    yield from _jpeg()
    yield from _tiff()
    yield from _webp()
    yield from _letters_again()


def _png() -> Named:
    for mode, dpi, packing in itertools.product(
        ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), (None, 72, 96, 300), (0, 6)
    ):
        options = {"compress_level": packing} | ({"dpi": (dpi, dpi)} if dpi else {})
        yield f"PNG {mode} {dpi} dpi, packed {packing}", functools.partial(_written, mode, "PNG", **options)
    for width, height in ((595, 842), (842, 595), (1700, 2200), (1240, 1754), (3000, 1400), (640, 4000), (60, 80)):
        yield f"PNG {width} × {height}", functools.partial(_written, "RGB", "PNG", size=(width, height))


def _jpeg() -> Named:
    for mode, quality, progressive, thinned in itertools.product(
        ("L", "RGB", "CMYK"), (5, 40, 75, 100), (False, True), (0, 2)
    ):
        name = f"JPEG {mode}, quality {quality}{', progressive' * progressive}, subsampling {thinned}"
        options = {"quality": quality, "progressive": progressive, "subsampling": thinned}
        yield name, functools.partial(_written, mode, "JPEG", **options)
    for orientation, dpi in itertools.product(range(1, 9), (None, 72, 200)):
        yield f"JPEG of a telephone, turn {orientation}, {dpi} dpi", functools.partial(_telephone, orientation, dpi)
    for behind in (b"\x00" * 500, b"\r\n", b"trailing words", b"\xff\xd9"):
        yield f"JPEG with {behind[:8]!r} behind it", functools.partial(_followed, behind)


def _tiff() -> Named:
    packings = {
        "1": ("raw", "group3", "group4", "packbits", "tiff_lzw", "tiff_adobe_deflate"),
        "L": ("raw", "packbits", "tiff_lzw", "tiff_adobe_deflate", "jpeg"),
        "RGB": ("raw", "packbits", "tiff_lzw", "tiff_adobe_deflate", "jpeg"),
        "CMYK": ("raw", "tiff_lzw"),
        "P": ("raw", "tiff_lzw"),
        "RGBA": ("raw", "tiff_adobe_deflate"),
        "I;16": ("raw", "tiff_lzw"),
    }
    for mode, ways in packings.items():
        for way, dpi in itertools.product(ways, (None, 100, 300)):
            options = {"compression": way} | ({"dpi": (dpi, dpi)} if dpi else {})
            yield f"TIFF {mode} {way}, {dpi} dpi", functools.partial(_written, mode, "TIFF", **options)
    for count in (2, 3, 5, 10, 40):
        yield f"TIFF of {count} pages", functools.partial(_pages, count)
    for across, down in ((204, 98), (204, 196), (200, 100), (150, 300)):
        yield f"fax of {across} × {down} dpi", functools.partial(_fax, across, down)


def _webp() -> Named:
    for mode, lossless, quality in itertools.product(("RGB", "RGBA"), (False, True), (10, 80, 100)):
        name = f"WebP {mode}{', lossless' * lossless}, quality {quality}"
        yield name, functools.partial(_written, mode, "WEBP", lossless=lossless, quality=quality, method=0)


def _letters_again() -> Named:
    """Yield the checked-in letters as they are and saved again by other programs."""
    for path in sorted(LETTERS.glob("*.jpg")):
        yield f"{path.stem} as it is", path.read_bytes
        for kind, options in (
            ("JPEG", {"quality": 35, "dpi": (200, 200)}),
            ("PNG", {"compress_level": 1}),
            ("WEBP", {"quality": 70, "method": 0}),
            ("TIFF", {"compression": "jpeg"}),
        ):
            yield f"{path.stem} as {kind}", functools.partial(_saved_again, path, kind, options)


def _saved_again(path: Path, kind: str, options: dict[str, object]) -> bytes:
    with Image.open(path) as picture:
        return encoded(picture.convert("RGB"), kind, **options)


def _written(mode: str, kind: str, *, size: tuple[int, int] = A4_AT_100, **options: object) -> bytes:
    return encoded(sheet(mode, size), kind, **options)


def _telephone(orientation: int, dpi: int | None) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x0110], exif[0x0132] = "Maker", "Telephone 12", "2026:03:01 10:00:00"
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\x00\x00\x00a comment"
    size = (1200, 900) if orientation > 4 else (900, 1200)
    options = {"dpi": (dpi, dpi)} if dpi else {}
    return encoded(sheet("RGB", size), "JPEG", exif=exif, quality=80, **options)


def _followed(behind: bytes) -> bytes:
    return _written("RGB", "JPEG") + behind


def _pages(count: int) -> bytes:
    written = io.BytesIO()
    frames = [sheet("1")] * count
    frames[0].save(written, "TIFF", save_all=True, append_images=frames[1:], compression="group4", dpi=(100, 100))
    return written.getvalue()


def _fax(across: int, down: int) -> bytes:
    return encoded(
        sheet("1", (1728, 1728 * 297 * down // (210 * across))), "TIFF", compression="group3", dpi=(across, down)
    )
