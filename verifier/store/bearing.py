"""Which documents could bear on one: those that share a key with it, and those whose ink is like its own."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from verifier.examination import Examination
from verifier.record import Registry
from verifier.store import relations, seal_marks
from verifier.store.relations import ISSUER, Key


def bearing_on(connection: Connection, parts: Iterable[Examination], registry: Registry) -> frozenset[str]:
    """Return the digests of documents that could bear on what was seen in a file, under any name of its makers."""
    seen = tuple(parts)
    keys = relations.with_other_names(relations.keys_of(seen), registry)
    return _found(connection, keys, seal_marks.marks_of(seen))


def bearing_on_stored(connection: Connection, sha256: str) -> frozenset[str]:
    """Return the digests of documents that could bear on a stored one, under the names it was made findable by."""
    return _found(connection, relations.keys_stored(connection, sha256), seal_marks.stored(connection, sha256))


def _found(connection: Connection, keys: Iterable[Key], marks: Iterable[seal_marks.Mark]) -> frozenset[str]:
    known = tuple(keys)
    names = [value for kind, value in known if kind == ISSUER]
    return (
        relations.find_related(connection, relations.telling(known))
        | seal_marks.likely(connection, marks, names)
        | seal_marks.unmarked(connection, ISSUER, names)
    )


def add_keys(connection: Connection, sha256: str, keys: Iterable[Key]) -> None:
    """Make a document findable by further keys, its ink under further names."""
    known = tuple(keys)
    relations.add_keys(connection, sha256, known)
    names = [value for kind, value in known if kind == ISSUER]
    if names:
        seal_marks.add_names(connection, sha256, names)
