"""The mark of what the catalogues translate where it is not translated on the spot."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802  # gettext's usual mark
    """Return the message as it is; the extractor finds it here."""
    return message
