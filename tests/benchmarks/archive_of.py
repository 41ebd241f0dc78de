"""A synthetic archive: letters that were examined and judged, made without reading anything."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from tests.faulty import offices
from tests.faulty.recorded import document, record_of, seen_in
from verifier.batch.filing import file_part
from verifier.extraction import Labels
from verifier.record import Records
from verifier.settings import models_folder
from verifier.store.archive_tables import archive_entries, reuse_keys
from verifier.store.database import Database
from verifier.store.repositories import put_records
from verifier.store.upsert import put_once

FILED_TOGETHER = 2_000


def fill(home: Path, letters: int) -> Database:
    """Return the database of an archive of `letters` letters, one vehicle each, ten vehicles an application."""
    database = Database(offices.url_in(home), blobs=home / "blobs")
    registry = offices.registry()
    versions = {"registry_version": registry.registry_version, "models_version": Labels.load(models_folder()).version}
    at = datetime.now(UTC)
    for start in range(0, letters, FILED_TOGETHER):
        numbers = range(start, min(start + FILED_TOGETHER, letters))
        entries, keys = [], []
        for number in numbers:
            content = document(number)
            part = file_part(replace(seen_in(content), **versions), registry)
            entry = number + 1
            entries.append(
                {
                    "id": entry,
                    "sha256": hashlib.sha256(content).hexdigest(),
                    "part_index": 1,
                    "application": "",
                    "name": f"{number:07d}.pdf",
                    "made_with": offices.MADE_WITH,
                    "maker": part.maker,
                    "specimens": part.specimens,
                    "examined_at": at,
                    "claims": part.claims,
                }
            )
            keys += [{"key": key, "entry": entry} for key in part.keys]
        with database.transaction() as connection:
            connection.execute(insert(archive_entries), entries)
            put_once(connection, reuse_keys, keys)
            put_records(connection, Records(tuple(record_of(number) for number in numbers)))
    return database
