"""Untrusted bytes become pixels, layer words and structural findings.

The only package that parses a document. Shells run it inside the sandbox child; `open_document` is the same
work in-process, for tests and for files we made ourselves. Parsers are loaded when it is first called, so
that a process which only talks to the sandbox never holds them.
"""

from __future__ import annotations

from verifier.examination import Opened

__all__ = ["open_document"]


def open_document(document: bytes) -> Opened:
    """Return the document with all its pages, without the second parser's opinion.

    Pages are drawn as a viewer shows them on its screen, annotations and form fields included.
    Raises `errors.UnreadableDocumentError`, and `errors.SandboxError` where memory ran out.
    """
    from verifier.opening.document import open_whole

    return open_whole(document)
