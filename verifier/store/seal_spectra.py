"""What registered impressions look like in a few kilobytes each, worked out once: one row an impression."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from verifier.store.tables import seal_spectra as table

CHUNK = 500
"""Rows a statement: SQLite takes some thousands of values in one."""


def put_all(connection: Connection, version: int, spectra: Mapping[str, bytes]) -> None:
    """Keep the spectra of impressions, by the digest of their files, in place of those of older versions."""
    digests = list(spectra)
    for start in range(0, len(digests), CHUNK):
        some = digests[start : start + CHUNK]
        connection.execute(delete(table).where(table.c.sha256.in_(some)))
        rows = [{"sha256": one, "version": version, "spectrum": spectra[one]} for one in some]
        connection.execute(insert(table), rows)


def get_all(connection: Connection, version: int) -> dict[str, bytes]:
    """Return the spectra that this version made, by digest; empty bytes where a picture showed no seal."""
    rows = connection.execute(select(table.c.sha256, table.c.spectrum).where(table.c.version == version))
    return {row.sha256: bytes(row.spectrum) for row in rows}
