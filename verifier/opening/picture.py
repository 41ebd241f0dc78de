"""PNG, JPEG, TIFF and WebP, decoded by Pillow alone: one decoder, one meaning of a file."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

import numpy as np
from PIL import Image, ImageChops, ImageOps

from verifier.errors import DamagedFileError, UnsupportedFormatError
from verifier.examination import Finding, OpenedPage
from verifier.opening import sniff
from verifier.opening.jpeg import luminance_steps
from verifier.opening.limits import MAX_DOCUMENT_PIXELS, MAX_JPEG_SCANS, MAX_PAGES, refuse_size
from verifier.opening.parts import PARSER_FAILURES, Ending, Parts
from verifier.opening.refusals import TooComplexError, TooManyPagesError, TooManyPixelsError
from verifier.opening.scale import SQUARE_WITHIN, scale_from
from verifier.page import Box, Pixels

_FORMATS = {sniff.PNG: "PNG", sniff.JPEG: "JPEG", sniff.TIFF: "TIFF", sniff.WEBP: "WEBP"}
OPAQUE = 255
HIDDEN_LEVELS, PAPER_LEVEL, FEWEST_HIDDEN = 64, 180, 40
"""Grey levels by which a hidden pixel differs from what is shown of it, the level from which that is paper, and how
many such pixels are a stroke: a full stop has some forty at 200 dpi."""
_TIFF_SUBFILE_TYPE = 254
_TIFF_REDUCED = 1
"""Bit of NewSubfileType that marks a thumbnail (TIFF 6.0, page 36)."""


def open_picture(document: bytes, media_type: str) -> Parts:
    """Yield the pages of a picture file, upright by its EXIF, alpha on white, 8-bit RGB.

    Raises DamagedFileError, LimitExceededError and UnsupportedFormatError (an animation).
    """
    _refuse_scans(document, media_type)
    pixels_left = MAX_DOCUMENT_PIXELS
    findings: list[Finding] = []
    for number, frame in enumerate(_frames(document, media_type), start=1):
        if number > MAX_PAGES:
            raise TooManyPagesError(f"more than {MAX_PAGES} pages")
        refuse_size(*frame.size)
        pixels_left -= frame.width * frame.height
        if pixels_left < 0:
            raise TooManyPixelsError(f"more than {MAX_DOCUMENT_PIXELS / 1e6:.0f} megapixels in all")
        page = _page(number, frame)
        findings += _see_through(number, frame)
        yield replace(page, steps=luminance_steps(document)) if _is_as_stored(frame, page, media_type) else page
    yield Ending(media_type, tuple(findings))


def _see_through(number: int, frame: Image.Image) -> Iterator[Finding]:
    """Yield a `see_through` where pixels that are not opaque hide others: programs that lay them on nothing, or on
    black, show another page than those that lay them on white. `box` is in the file's own orientation.
    """
    if not _is_layered(frame):
        return
    layered = frame.convert("RGBA")
    if layered.getchannel("A").getextrema()[0] == OPAQUE:
        return
    shown = _on_white(frame).convert("RGB")
    other = reduce(ImageChops.lighter, ImageChops.difference(shown, layered.convert("RGB")).split())
    paper = reduce(ImageChops.darker, shown.split())
    hidden = (np.asarray(other) > HIDDEN_LEVELS) & (np.asarray(paper) > PAPER_LEVEL)
    if int(hidden.sum()) >= FEWEST_HIDDEN:
        rows, columns = (np.flatnonzero(hidden.any(axis=axis)) for axis in (1, 0))
        box = Box.from_pixels(
            *map(float, (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)), width=frame.width, height=frame.height
        )
        yield Finding("see_through", number, box)


def _is_as_stored(frame: Image.Image, page: OpenedPage, media_type: str) -> bool:
    """Return whether a page's pixels are a JPEG's, neither turned nor made larger."""
    height, width = page.pixels.shape[:2]
    return media_type == sniff.JPEG and frame.size == (width, height) and frame.getexif().get(0x0112, 1) in (0, 1)


def _refuse_scans(document: bytes, media_type: str) -> None:
    """Raise where a progressive JPEG would be decoded over and over (each scan costs a full pass)."""
    if media_type == sniff.JPEG and document.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise TooComplexError("a JPEG of too many scans")


def _frames(document: bytes, media_type: str) -> Iterator[Image.Image]:
    """Yield every page of the file, not yet decoded; the next replaces the one before."""
    picture = _opened(document, media_type)
    if media_type != sniff.TIFF:
        if media_type != sniff.JPEG and _frame_count(picture) > 1:
            raise UnsupportedFormatError("an animation")
        yield picture
        return
    for index in range(MAX_PAGES + 1):
        if not _seek(picture, index):
            return
        if not _is_thumbnail(picture):
            yield picture


def _opened(document: bytes, media_type: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is no matter; Pillow's own size limit is an error
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(document), formats=[_FORMATS[media_type]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError("too many megapixels on one page") from error
    except (*PARSER_FAILURES, struct.error) as error:
        raise DamagedFileError from error


def _frame_count(picture: Image.Image) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return int(getattr(picture, "n_frames", 1))


def _seek(picture: Image.Image, index: int) -> bool:
    """Return whether the file has a page `index`, and stand on it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture.seek(index)
    except EOFError:
        return False
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError("too many megapixels on one page") from error
    except (*PARSER_FAILURES, struct.error) as error:
        raise DamagedFileError(f"page {index + 1}") from error
    return True


def _is_thumbnail(picture: Image.Image) -> bool:
    tags = getattr(picture, "tag_v2", {})
    kind = tags.get(_TIFF_SUBFILE_TYPE, 0)
    return isinstance(kind, int) and bool(kind & _TIFF_REDUCED)


def _page(number: int, frame: Image.Image) -> OpenedPage:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            across, down = _stated_dpi(frame)
            frame.load()
            turned = _is_turned(frame)
            upright = ImageOps.exif_transpose(frame)
            square, dpi = _squared(upright, *((down, across) if turned else (across, down)))
            pixels = to_rgb(square)
    except (*PARSER_FAILURES, struct.error) as error:
        raise DamagedFileError(f"page {number}") from error
    scale = scale_from(pixels.shape[1], pixels.shape[0], dpi)
    return OpenedPage(number, pixels, scale.dpi, scale.known, born_digital=False)


def _is_turned(frame: Image.Image) -> bool:
    """Return whether EXIF turns the picture by a quarter, so that across becomes down."""
    return frame.getexif().get(0x0112, 1) in (5, 6, 7, 8)


def _stated_dpi(frame: Image.Image) -> tuple[float, float]:
    """Return the resolution (across, down) that the file states, zeros where it states none."""
    stated = frame.info.get("dpi")
    if not isinstance(stated, tuple) or len(stated) != 2:
        return 0.0, 0.0
    across, down = (float(value) for value in stated)
    return (across, down) if np.isfinite(across) and np.isfinite(down) else (0.0, 0.0)


def _squared(frame: Image.Image, across: float, down: float) -> tuple[Image.Image, float | None]:
    """Return the picture with as many pixels to the inch across as down, and that resolution."""
    if across <= 0 or down <= 0:
        return frame, None
    if abs(across / down - 1) <= SQUARE_WITHIN or not 1 / 3 < across / down < 3:
        return frame, across
    dpi = max(across, down)
    size = round(frame.width * dpi / across), round(frame.height * dpi / down)
    refuse_size(*size)
    grey = frame.convert("L") if frame.mode == "1" else frame
    return grey.resize(size, Image.Resampling.BICUBIC), dpi


def to_rgb(picture: Image.Image) -> Pixels:
    """Return a picture of any mode as 8-bit RGB, what is transparent shown on white."""
    if picture.mode.startswith(("I", "F")):
        picture = _eight_bits(picture)
    if _is_layered(picture):
        picture = _on_white(picture)
    return np.asarray(picture if picture.mode == "RGB" else picture.convert("RGB"), dtype=np.uint8)


def _is_layered(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info


def _on_white(picture: Image.Image) -> Image.Image:
    layered = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture of 16 or 32 bits a pixel as 8-bit grey; 32 bits are scaled by their own range."""
    values = np.asarray(picture, dtype=np.float32)
    top = 65535.0 if picture.mode.startswith("I;16") else float(np.nanmax(values, initial=0.0))
    full = next((limit for limit in (1.0, 255.0, 65535.0) if top <= limit), 4294967295.0)
    return Image.fromarray(np.nan_to_num(np.clip(values / full, 0, 1) * 255).astype(np.uint8))
