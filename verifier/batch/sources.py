"""Where documents come from: a folder, a manifest, or an object store, named by its URL."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from verifier.errors import ConfigurationError, InvalidInputError, ProcessingError
from verifier.inputs import read_manifest
from verifier.opening.refusals import FileTooLargeError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

DOCUMENT_SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"})
"""What a folder is searched for; the content decides, a manifest may name any file."""
LARGEST_BYTES = 256 * 1024 * 1024
"""A file larger than this is not even loaded; the opener's own limit is lower."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a run: where it lies, what a report calls it, and what a manifest says of it."""

    location: str
    name: str
    application_number: str | None = None
    earlier_verdict: str | None = None


def find_rows(source: str) -> tuple[Row, ...]:
    """Return the documents of a folder (searched through), manifest or URL, in path order.

    Raises InvalidInputError where there is none of them.
    """
    if "://" in source:
        return _remote(source)
    path = Path(source)
    if path.is_dir():
        files = (file for file in path.rglob("*") if is_document(file.name) and file.is_file())
        return tuple(Row(str(file), file.name) for file in sorted(files))
    if path.is_file():
        rows = sorted(read_manifest(path), key=lambda row: str(row.path))
        return tuple(Row(str(r.path), r.path.name, r.application_number, r.earlier_verdict) for r in rows)
    raise InvalidInputError(f"{source} is neither a folder nor a manifest")


def is_document(name: str) -> bool:
    """Return whether a file is looked at when a folder is searched."""
    return PurePosixPath(name).suffix.lower() in DOCUMENT_SUFFIXES


def read_document(location: str) -> bytes:
    """Return the bytes of a document; raises ProcessingError, FileTooLargeError, ConfigurationError."""
    try:
        if "://" in location:
            files, path = _files(location)
            return _bounded(int(files.size(path) or 0), location) or bytes(files.cat_file(path))
        file = Path(location)
        return _bounded(file.stat().st_size, location) or file.read_bytes()
    except OSError as error:
        raise ProcessingError(f"{PurePosixPath(location).name} cannot be read: {error.strerror}") from error


def _bounded(size: int, location: str) -> bytes:
    if size > LARGEST_BYTES:
        raise FileTooLargeError(f"{PurePosixPath(location).name} has {size // 2**20} MB")
    return b""


def _remote(source: str) -> tuple[Row, ...]:
    files, folder = _files(source)
    scheme = source.split("://", 1)[0]
    try:
        found = sorted(path for path in files.find(folder) if is_document(path))
    except OSError as error:
        raise InvalidInputError(f"{source} cannot be listed: {error}") from error
    return tuple(Row(f"{scheme}://{path}", PurePosixPath(path).name) for path in found)


def _files(url: str) -> tuple[AbstractFileSystem, str]:
    """Return the file system behind a URL and the path in it; raises ConfigurationError."""
    try:
        import fsspec  # optional: only whoever keeps documents elsewhere needs it

        files, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise ConfigurationError(f"{url}: {error}; install verifier[storage] and the store's own driver") from error
    return files, path


def remote_stamp(location: str) -> str:
    """Return what an object store says of an object's state, '' for a file of this machine.

    A store's tag changes with the content; a file's size and time can be kept by whoever exchanges it, so files are
    hashed each time.
    """
    if "://" not in location:
        return ""
    files, path = _files(location)
    try:
        return str(files.ukey(path))[:64]
    except OSError:
        return ""
