"""Where the archive is kept: small enough to travel with every piece of work, opened once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from verifier.store.database import Database


@dataclass(frozen=True, slots=True)
class Place:
    """A database and the blob folder beside it."""

    url: str
    blobs: Path

    def open(self) -> Database:
        """Return the archive; its schema is brought up to date once a process."""
        return _opened(self.url, self.blobs)


@lru_cache(maxsize=8)
def _opened(url: str, blobs: Path) -> Database:
    return Database(url, blobs=blobs)
