"""What opening a file yields, piece by piece: pages as soon as they are drawn, then an ending.

Pieces keep the memory of the sandbox child at one page, however long the letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from verifier.examination import Finding, OpenedPage


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a file once its last page was drawn."""

    media_type: str
    findings: tuple[Finding, ...] = ()
    signed: bool = False


Parts = Iterator[OpenedPage | Ending]
"""Pages in order, then exactly one `Ending`."""

PARSER_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What Pillow, pypdfium2, pikepdf and pdfminer raise on broken bytes (Pillow also struct.error)."""
