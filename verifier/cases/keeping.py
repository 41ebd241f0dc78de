"""Use-case: data is kept, saved elsewhere, brought back, and in the end removed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select, update

from verifier.cases.viewing import pictures_folder
from verifier.errors import ConfigurationError, StoreError
from verifier.store import cases, copying, corrections, events, forgetting
from verifier.store import documents as uploads
from verifier.store import service_tables as t
from verifier.store.blobs import Blobs
from verifier.store.clock import now
from verifier.store.database import Database
from verifier.store.tables import examinations

BACKUP_FILE = "verifier.sqlite3"
BACKUP_BLOBS = "blobs"
KEY_SECONDS = 7 * 24 * 3600.0
"""How long an Idempotency-Key is remembered: nobody repeats a request for longer."""
DAY_SECONDS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup or restore carried over."""

    rows: int
    blobs: int


def back_up(database: Database, folder: Path) -> Saved:
    """Write everything into a new folder, of one moment, while the service goes on; return what it holds.

    The rows go into a SQLite file whatever the database is, then the blobs that they name. Raises
    ConfigurationError, and StoreError also where content was deleted meanwhile: then it is to be run again.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConfigurationError(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = Database(f"sqlite:///{folder / BACKUP_FILE}")
    with database.snapshot() as source, target.transaction() as sink:
        rows = copying.copy_rows(source, sink)
        wanted = copying.blobs_named(source)
    return Saved(rows, _copy_blobs(database.blobs, Blobs(folder / BACKUP_BLOBS), wanted))


def restore(database: Database, folder: Path) -> Saved:
    """Bring a backup into an empty database, SQLite or PostgreSQL; return what it held.

    Blobs come first, so that no row ever lacks its file. Jobs that were in hand are done again. Raises
    ConfigurationError where the database is not empty, StoreError where a blob is missing or altered.
    """
    if not (folder / BACKUP_FILE).is_file():
        raise ConfigurationError(f"{folder} holds no backup")
    source_database = Database(f"sqlite:///{folder / BACKUP_FILE}")
    with source_database.reading() as source, database.transaction() as sink:
        if not copying.is_empty(sink):
            raise ConfigurationError("the database is not empty; restore into a new one")
        blobs = _copy_blobs(Blobs(folder / BACKUP_BLOBS), database.blobs, copying.blobs_named(source))
        rows = copying.copy_rows(source, sink)
        sink.execute(update(t.jobs).where(t.jobs.c.state == "leased").values(leased_until=0.0))
        events.put_audit(sink, now(sink), "operator", "restored", "store", {"rows": rows, "blobs": blobs})
    return Saved(rows, blobs)


def _copy_blobs(source: Blobs, target: Blobs, wanted: frozenset[str]) -> int:
    """Copy the named blobs, each checked against its name; return how many."""
    copied = 0
    for sha256 in sorted(wanted):
        if not source.holds(sha256):
            raise StoreError(f"stored content {sha256[:12]} is missing")
        target.put(source.read(sha256))
        copied += 1
    return copied


def delete_document(database: Database, document_id: str, actor: str) -> None:
    """Remove a document's personal data: name, application, file, readings, reports, pictures.

    Its hash, verdicts and audit entries stay. Content that another document shares stays with that one.
    Raises NotFoundError.
    """
    with database.transaction() as connection:
        row = uploads.document_row(connection, document_id, lock=True)
        if row.state == uploads.DELETED:
            return
        at = now(connection)
        unused = _unused_after(connection, row)
        gone = {"state": uploads.DELETED, "name": None, "application_number": None, "deleted_at": at}
        connection.execute(update(t.documents).where(t.documents.c.id == document_id).values(gone))
        connection.execute(update(t.reports).where(t.reports.c.document_id == document_id).values(blob=None))
        uploads.let_go(connection, unused, at)
        corrections.forget_values(connection, document_id)
        undecided = cases.undecided_case(connection, document_id)
        if undecided is not None:
            cases.change(connection, undecided.id, state=cases.CLOSED, closed_at=at)
        events.put_event(connection, row, "deleted", at)
        events.put_audit(connection, at, actor, "deleted", document_id, {"sha256": row.sha256})
    remove_let_go(database)


def _unused_after(connection: Connection, row: Row[Any]) -> list[str]:
    """Return the blobs that only this document needs, their rows held to the end of the transaction."""
    reports = connection.scalars(select(t.reports.c.blob).where(t.reports.c.document_id == row.id)).all()
    readings = connection.scalars(select(examinations.c.blob).where(examinations.c.sha256 == row.sha256)).all()
    uploads.hold_blobs(connection, [row.sha256, *(blob for blob in (*reports, *readings) if blob)])
    others = (t.reports.c.blob.in_(reports)) & (t.reports.c.document_id != row.id)
    used = set(connection.scalars(select(t.reports.c.blob).where(others)))
    unused = [blob for blob in reports if blob and blob not in used]
    living = (t.documents.c.sha256 == row.sha256) & (t.documents.c.state != uploads.DELETED)
    if connection.execute(select(t.documents.c.id).where(living, t.documents.c.id != row.id).limit(1)).first() is None:
        forgetting.forget_content(connection, row.sha256)
        unused += [row.sha256, *(blob for blob in readings if blob)]
    return unused


def remove_let_go(database: Database) -> int:
    """Remove the files that rows say are gone, each with its row held; return how many.

    Whoever uploads the same bytes meanwhile takes the row back first, and keeps the file, or comes after, and
    finds none. What a crash left is removed by the next call.
    """
    with database.reading() as connection:
        let_go = [sha256 for sha256 in uploads.list_let_go(connection) if database.blobs.holds(sha256)]
    for sha256 in let_go:
        with database.transaction() as connection:
            if uploads.is_let_go(connection, sha256):
                database.blobs.remove(sha256)
                shutil.rmtree(pictures_folder(database, sha256), ignore_errors=True)
    return len(let_go)


def delete_older(database: Database, days: float, actor: str) -> int:
    """Remove the personal data of every judged document uploaded more than `days` ago; return how many."""
    with database.reading() as connection:
        limit = now(connection) - days * DAY_SECONDS
        old = (t.documents.c.uploaded_at < limit) & (t.documents.c.state == uploads.DONE)
        ids = connection.scalars(select(t.documents.c.id).where(old)).all()
    for document_id in ids:
        delete_document(database, document_id, actor)
    return len(ids)


def tidy(database: Database) -> int:
    """Remove what dead uploads and old Idempotency-Keys left; return how many files."""
    with database.transaction() as connection:
        uploads.forget_keys_before(connection, now(connection) - KEY_SECONDS)
    return database.blobs.sweep() + remove_let_go(database)
