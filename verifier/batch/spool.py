"""What a worker finished before its shard was: one file a document, so that no death costs more than one document."""

from __future__ import annotations

import os
import secrets
import zlib
from collections.abc import Iterable
from pathlib import Path

from verifier.batch.outcome import Done, decode_outcomes, encode_outcomes


class Spool:
    """A folder of finished documents, by digest; several processes may write into it."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)

    def get(self, sha256: str) -> Done | None:
        """Return a finished document, None where it is not (or its file is cut off)."""
        try:
            (done,) = decode_outcomes(zlib.decompress(self._path(sha256, "done").read_bytes()))
        except (OSError, ValueError, zlib.error):
            return None
        return done

    def put(self, done: Done) -> None:
        """Keep a finished document, whole or not at all; the first of two stays."""
        partial = self._path(done.sha256, f"{secrets.token_hex(4)}.partial")
        with partial.open("wb") as file:
            file.write(zlib.compress(encode_outcomes([done]), 1))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(partial, self._path(done.sha256, "done"))
        except FileExistsError:
            pass
        finally:
            partial.unlink()

    def note(self, sha256: str, what: str) -> int:
        """Count something that happened to a document; return how often it did by now."""
        path = self._path(sha256, what)
        with path.open("ab") as file:
            file.write(b".")
        return path.stat().st_size

    def forget(self, sha256: str, what: str) -> None:
        """Forget what was counted."""
        self._path(sha256, what).unlink(missing_ok=True)

    def drop(self, digests: Iterable[str]) -> None:
        """Forget documents that are recorded."""
        for sha256 in digests:
            for what in ("done", LATE, IN_HAND):
                self.forget(sha256, what)

    def _path(self, sha256: str, what: str) -> Path:
        return self._folder / f"{sha256}.{what}"


LATE, IN_HAND = "late", "in-hand"
