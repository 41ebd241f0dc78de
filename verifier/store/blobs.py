"""Files by the SHA-256 of their content. A name that a person gave never becomes a path.

A row that points to a blob is written after the blob's bytes and its directory entry are on disk, so a
crash can leave a file that no row knows, never a row without its file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from verifier.errors import NotFoundError, StoreError

INCOMING = "incoming"
"""Folder of what is still arriving; nothing in it was ever acknowledged."""
ABANDONED_SECONDS = 24 * 3600.0
"""Incoming files older than this belong to uploads that died."""
_HEX = frozenset("0123456789abcdef")


class Blobs:
    """A folder of immutable files, two levels deep by the first digits of their digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    def incoming(self) -> Incoming:
        """Return a new, empty file to be filled; raises StoreError where the disk refuses."""
        return Incoming(self._made(self._folder / INCOMING))

    def sealed(self, content: bytes) -> Incoming:
        """Return content as a file that is safely on disk and waits to be adopted."""
        arriving = self.incoming()
        try:
            arriving.write(content)
            arriving.seal()
        except StoreError:
            arriving.forget()  # a full disk must not be kept full by what did not fit
            raise
        return arriving

    def put(self, content: bytes) -> str:
        """Return the digest of content that is now safely in its place."""
        with self.sealed(content) as arriving:
            return self.adopt(arriving)

    def adopt(self, arriving: Incoming) -> str:
        """Give a sealed file its final place and return its digest; it may be there already.

        What lies there and is no longer what its name says is replaced. Call it inside the transaction that
        holds the blob's row: a deletion of the same bytes then waits.
        """
        target = self.path(arriving.sha256)
        with _disk_errors():
            folder = self._made(target.parent)
            try:
                os.link(arriving.path, target)
            except FileExistsError:
                if not _is_whole(target, arriving.sha256):
                    arriving.path.replace(target)
            _sync_folder(folder)
        return arriving.sha256

    def path(self, sha256: str) -> Path:
        """Return where a digest's file lies; raises NotFoundError for anything but 64 hexadecimal digits."""
        if len(sha256) != 64 or not _HEX.issuperset(sha256):
            raise NotFoundError("no such content")
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether the file is there."""
        return self.path(sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """Return the content; raises StoreError where it is gone or no longer what its name says."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise StoreError(f"stored content {sha256[:12]} cannot be read: {error.strerror}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError(f"stored content {sha256[:12]} was altered")
        return content

    def remove(self, sha256: str) -> None:
        """Remove the file if it is there."""
        path = self.path(sha256)
        with _disk_errors():
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                _sync_folder(path.parent)

    def every(self) -> Iterator[str]:
        """Yield the digest of every file."""
        for path in sorted(self._folder.glob("??/??/*")):
            if len(path.name) == 64 and _HEX.issuperset(path.name):
                yield path.name

    def sweep(self, older_than_seconds: float = ABANDONED_SECONDS) -> int:
        """Remove what dead uploads left behind; return how many files."""
        limit = time.time() - older_than_seconds
        swept = 0
        for path in (self._folder / INCOMING).glob("*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()
                    swept += 1
        return swept

    def check(self) -> None:
        """Raise StoreError unless a file can be written and made durable here."""
        with self.incoming() as arriving:
            arriving.write(b"ready")
            arriving.seal()

    def _made(self, folder: Path) -> Path:
        if not folder.is_dir():
            with _disk_errors():
                self._make_durably(folder)
        return folder

    def _make_durably(self, folder: Path) -> None:
        """Create a folder and write down every new directory entry above it."""
        missing = [folder, *(parent for parent in folder.parents if not parent.exists())]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for new in missing:
            _sync_folder(new.parent)


class Incoming:
    """A file that is arriving: written, hashed on the way, sealed, then adopted or forgotten."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(12)}"
        self.size = 0
        self.beginning = b""
        """The first bytes, for telling what the file is."""
        self._hash = hashlib.sha256()
        with _disk_errors():
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            self._file = os.fdopen(descriptor, "wb", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.forget()

    @property
    def sha256(self) -> str:
        """Digest of what was written so far."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> None:
        """Append; raises StoreError where the disk is full."""
        self._hash.update(data)
        self.size += len(data)
        if len(self.beginning) < 1024:
            self.beginning = (self.beginning + data)[:1024]
        left = memoryview(data)
        with _disk_errors():
            while left:
                left = left[self._file.write(left) :]

    def seal(self) -> None:
        """Bring the bytes to disk; nothing can be written any more."""
        with _disk_errors():
            os.fsync(self._file.fileno())
            self._file.close()

    def forget(self) -> None:
        """Remove the arriving name; an adopted file keeps its own."""
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self.path.unlink()


def _is_whole(path: Path, sha256: str) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"the blob folder: {error.strerror}") from error
