"""Words that change from paper to paper of one look: which of several usual ones a paper prints."""

from __future__ import annotations

import zlib
from typing import TypeVar

import numpy as np

One = TypeVar("One")


class Wording:
    """Choices drawn in order, the same for the same paper; `key` is text that only this paper has."""

    def __init__(self, key: str) -> None:
        """Begin anew for `key`."""
        self._rng = np.random.default_rng(zlib.crc32(key.encode()))

    def one(self, *options: One) -> One:
        """Return one of the options, each as likely."""
        return options[int(self._rng.integers(len(options)))]

    def odds(self, share: float) -> bool:
        """Return True in a share of papers."""
        return bool(self._rng.random() < share)
