"""What a file is, told by its content and never by its name."""

from __future__ import annotations

from verifier.errors import EmptyFileError, UnsupportedFormatError
from verifier.opening.limits import MAX_BYTES
from verifier.opening.refusals import FileTooLargeError

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
WEBP = "image/webp"
MEDIA_TYPES = frozenset({PDF, PNG, JPEG, TIFF, WEBP})

_PICTURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive: an office document or OFD"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP picture"),
    (b"<", "markup"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
)
PDF_HEADER_WITHIN = 1024
"""Viewers accept `%PDF-` anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1)."""


def sniff(document: bytes) -> str:
    """Return the media type of `document`.

    Raises EmptyFileError (nothing but blanks), FileTooLargeError and
    UnsupportedFormatError. A picture with a PDF header behind its own is refused: which of the two a person
    sees depends on the file's name.
    """
    if not document.strip(b"\x00\t\r\n "):
        raise EmptyFileError
    if len(document) > MAX_BYTES:
        raise FileTooLargeError(f"{len(document) / 1e6:.0f} MB, at most {MAX_BYTES / 1e6:.0f}")
    picture = _picture_type(document)
    has_pdf_header = b"%PDF-" in document[:PDF_HEADER_WITHIN]
    if picture and has_pdf_header:
        raise UnsupportedFormatError("a picture and a PDF in one file")
    if picture or has_pdf_header:
        return picture or PDF
    raise UnsupportedFormatError(_describe(document))


def _picture_type(document: bytes) -> str | None:
    if document[:4] == b"RIFF" and document[8:12] == b"WEBP":
        return WEBP
    return next((kind for magic, kind in _PICTURES if document.startswith(magic)), None)


def _describe(document: bytes) -> str:
    """Return in a few words what the unsupported content is, for the advice."""
    for magic, name in _OTHERS:
        if document.startswith(magic):
            return name
    if document[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "a HEIC or AVIF picture"
    try:
        document[:512].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < 500:  # a character cut in two at the very end is still text
            return "unknown content"
    return "plain text"
