"""What registered impressions look like in a few kilobytes each, worked out once: one row an impression."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from verifier.store.groups import in_groups
from verifier.store.tables import seal_spectra as table


def put_all(connection: Connection, version: int, spectra: Mapping[str, bytes]) -> None:
    """Keep the spectra of impressions, by the digest of their files, in place of those of older versions."""
    for some in in_groups(spectra):
        connection.execute(delete(table).where(table.c.sha256.in_(some)))
        rows = [{"sha256": one, "version": version, "spectrum": spectra[one]} for one in some]
        connection.execute(insert(table), rows)


def get_all(connection: Connection, version: int) -> dict[str, bytes]:
    """Return the spectra that this version made, by digest; empty bytes where a picture showed no seal."""
    rows = connection.execute(select(table.c.sha256, table.c.spectrum).where(table.c.version == version))
    return {row.sha256: bytes(row.spectrum) for row in rows}
