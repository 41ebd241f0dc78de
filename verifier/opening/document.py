"""A document opened, page by page or as a whole, by whichever parser its content asks for."""

from __future__ import annotations

import hashlib

from verifier.errors import SandboxError
from verifier.examination import Opened, OpenedPage
from verifier.opening.parts import Ending, Parts
from verifier.opening.pdf import open_pdf
from verifier.opening.picture import open_picture
from verifier.opening.sniff import PDF, sniff


def open_parts(document: bytes) -> Parts:
    """Yield the pages of `document` one after the other, then an `Ending`.

    Raises `errors.UnreadableDocumentError` and `errors.SandboxError` (memory), in the midst of the pages too.
    """
    media_type = sniff(document)
    try:
        yield from open_pdf(document) if media_type == PDF else open_picture(document, media_type)
    except MemoryError as error:
        raise SandboxError("memory") from error


def open_whole(document: bytes) -> Opened:
    """Return the document with all its pages; raises what `open_parts` raises."""
    pages: list[OpenedPage] = []
    ending = Ending("")
    for part in open_parts(document):
        if isinstance(part, Ending):
            ending = part
        else:
            pages.append(part)
    return Opened(
        sha256=hashlib.sha256(document).hexdigest(),
        media_type=ending.media_type,
        pages=tuple(pages),
        findings=ending.findings,
        signed=ending.signed,
    )
