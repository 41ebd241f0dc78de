"""For every limit of `verifier.opening.limits` the largest file that is opened and the smallest that is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from samples.hostile.pdf_structure import pages_of_one
from samples.hostile.pictures import encoded
from samples.hostile.raw import FORM, TEXT, page, page_of_pieces, stream
from verifier.opening.limits import (
    MAX_ANNOTATIONS,
    MAX_ASPECT,
    MAX_BYTES,
    MAX_DOCUMENT_PIXELS,
    MAX_FORM_DEPTH,
    MAX_JPEG_SCANS,
    MAX_LAYER_CHARACTERS,
    MAX_PAGE_OBJECTS,
    MAX_PAGE_PIXELS,
    MAX_PAGES,
    MAX_PLACED_IMAGE_PIXELS,
    MAX_PLACED_IMAGES,
    MAX_STRUCTURE_OBJECTS,
    MIN_SIDE_PIXELS,
)

_LETTER = page(TEXT)
_PICTURE = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray"
_CHARACTERS_A_LINE = 600
_OBJECTS_OF_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class Edge:
    """Both sides of a limit, and the code that the far side is refused with."""

    within: Callable[[], bytes]
    beyond: Callable[[], bytes]
    code: str


def _padded(size: int) -> bytes:
    """Return a letter of so many bytes: what follows its end is a comment."""
    return _LETTER + b"%" + b" " * (size - len(_LETTER) - 1)


def _frames(count: int, width: int = 64, height: int = 90) -> bytes:
    frames = [Image.new("1", (width, height), 1)] * count
    return encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="group4")


def _blank(width: int, height: int) -> bytes:
    return encoded(Image.new("1", (width, height), 1), "PNG")


def _scans(count: int) -> bytes:
    document = encoded(Image.new("RGB", (200, 280), "white"), "JPEG", progressive=True)
    present = document.count(b"\xff\xda")
    last = document[document.rindex(b"\xff\xda") : -2]
    return document[:-2] + last * (count - present) + document[-2:]


def _text(count: int) -> bytes:
    """Return a page of so many characters in lines of which each is a run of its own."""
    lines, rest = divmod(count, _CHARACTERS_A_LINE)
    show = b"1 0 0 1 9 %d Tm (%s) Tj\n"
    runs = [show % (9 + 8 * n % 800, b"x" * _CHARACTERS_A_LINE) for n in range(lines)]
    runs += [show % (820, b"x" * rest)] if rest else []
    return page(b"BT /F1 1 Tf " + b"".join(runs) + b"ET")


def _placed(count: int) -> bytes:
    one = stream(b"\x00", _PICTURE % (1, 1))
    return page(b"q 5 0 0 5 9 9 cm /I Do Q\n" * count, one, resources=b"/XObject<</I 5 0 R>>")


def _placed_once(width: int, height: int) -> bytes:
    one = stream(b"\xff" * ((width + 7) // 8 * height), _PICTURE % (width, height))
    return page(b"q 595 0 0 842 0 0 cm /I Do Q", one, resources=b"/XObject<</I 5 0 R>>")


def _forms(levels: int) -> bytes:
    pieces = [
        stream(b"/F Do" if level + 1 < levels else b"9 9 m 99 99 l S", FORM + _leading_to(6 + level))
        for level in range(levels)
    ]
    return page_of_pieces(*pieces)


def _leading_to(number: int) -> bytes:
    return b"/Resources<</XObject<</F %d 0 R>>>>" % number


def _annotations(count: int) -> bytes:
    one = b"<</Type/Annot/Subtype/Square/Rect[10 10 50 50]>>"
    return page(TEXT, one, entries=b"/Annots[%s]" % (b"5 0 R " * count))


_WHOLE = MAX_DOCUMENT_PIXELS // 20
"""Of twenty pages, each well below the limit of one."""
EDGES = {
    "bytes": Edge(lambda: _padded(MAX_BYTES), lambda: _padded(MAX_BYTES + 1), "file_too_large"),
    "pages": Edge(lambda: pages_of_one(MAX_PAGES), lambda: pages_of_one(MAX_PAGES + 1), "too_many_pages"),
    "frames": Edge(lambda: _frames(MAX_PAGES), lambda: _frames(MAX_PAGES + 1), "too_many_pages"),
    "pixels": Edge(
        lambda: _blank(5_000, MAX_PAGE_PIXELS // 5_000),
        lambda: _blank(5_000, MAX_PAGE_PIXELS // 5_000 + 1),
        "too_many_pixels",
    ),
    "pixels in all": Edge(
        lambda: _frames(20, 4_000, _WHOLE // 4_000), lambda: _frames(20, 4_000, _WHOLE // 4_000 + 1), "too_many_pixels"
    ),
    "aspect": Edge(
        lambda: _blank(200, round(200 * MAX_ASPECT)), lambda: _blank(200, round(200 * MAX_ASPECT) + 1), "page_shape"
    ),
    "smallest side": Edge(lambda: _blank(MIN_SIDE_PIXELS, 90), lambda: _blank(MIN_SIDE_PIXELS - 1, 90), "file_damaged"),
    "text": Edge(lambda: _text(MAX_LAYER_CHARACTERS - 600), lambda: _text(MAX_LAYER_CHARACTERS + 1), "too_much_text"),
    "objects of a page": Edge(
        lambda: page(b"0 0 1 1 re f\n" * MAX_PAGE_OBJECTS),
        lambda: page(b"0 0 1 1 re f\n" * (MAX_PAGE_OBJECTS + 2)),
        "too_complex",
    ),
    "objects of a file": Edge(
        lambda: page(TEXT, *[b"null"] * (MAX_STRUCTURE_OBJECTS - _OBJECTS_OF_A_PAGE)),
        lambda: page(TEXT, *[b"1"] * (MAX_STRUCTURE_OBJECTS + 1)),
        "too_complex",
    ),
    "nesting": Edge(lambda: _forms(MAX_FORM_DEPTH), lambda: _forms(MAX_FORM_DEPTH + 1), "too_complex"),
    "annotations": Edge(
        lambda: _annotations(MAX_ANNOTATIONS), lambda: _annotations(MAX_ANNOTATIONS + 1), "too_complex"
    ),
    "embedded pictures": Edge(
        lambda: _placed(MAX_PLACED_IMAGES), lambda: _placed(MAX_PLACED_IMAGES + 1), "too_complex"
    ),
    "pixels of an embedded picture": Edge(
        lambda: _placed_once(8_000, MAX_PLACED_IMAGE_PIXELS // 8_000),
        lambda: _placed_once(8_000, MAX_PLACED_IMAGE_PIXELS // 8_000 + 1),
        "too_many_pixels",
    ),
    "scans of a JPEG": Edge(lambda: _scans(MAX_JPEG_SCANS), lambda: _scans(MAX_JPEG_SCANS + 1), "too_complex"),
}
