"""Uploads as rows: put, found, listed, and what must never happen to them twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from verifier.errors import NotFoundError
from verifier.store import service_tables as t
from verifier.store.blobs import Blobs, Incoming
from verifier.store.upsert import insert_into

QUEUED, DONE, DELETED = "queued", "done", "deleted"
Owners = Collection[str] | None
"""Whose documents alone are shown; None does not limit."""


def is_among(owner: str, owners: Owners) -> bool:
    """Return whether what belongs to `owner` may be shown."""
    return owners is None or owner in owners


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """A row of `documents` with its blob's facts."""

    id: str
    owner: str
    batch_id: str | None
    sha256: str
    name: str | None
    application_number: str | None
    uploaded_at: float
    state: str
    generation: int
    report_version: int
    verdict: str | None
    error_code: str | None
    kind: str | None
    judged_at: float | None
    deleted_at: float | None
    uploaded_by: str | None
    bytes: int
    media_type: str


def _uploads() -> Select[Any]:
    return select(*t.documents.c, t.blobs.c.bytes, t.blobs.c.media_type).join(t.blobs)


def get_upload(connection: Connection, document_id: str, owners: Owners = None) -> StoredUpload:
    """Return an upload; raises NotFoundError where there is none, or none of these owners'."""
    row = connection.execute(_uploads().where(t.documents.c.id == document_id)).first()
    if row is None or not is_among(row.owner, owners):
        raise NotFoundError("document")
    return StoredUpload(*row)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which uploads to list; None does not limit. `before` is the last identifier of the page before."""

    owners: Owners = None
    before: str | None = None
    state: str | None = None
    verdict: str | None = None
    application_number: str | None = None
    batch_id: str | None = None
    sha256: str | None = None


def list_uploads(connection: Connection, wanted: Wanted, limit: int) -> tuple[StoredUpload, ...]:
    """Return uploads, newest first."""
    columns = t.documents.c
    query = _uploads().order_by(columns.id.desc()).limit(limit)
    for column, value in (
        (columns.state, wanted.state),
        (columns.verdict, wanted.verdict),
        (columns.application_number, wanted.application_number),
        (columns.batch_id, wanted.batch_id),
        (columns.sha256, wanted.sha256),
    ):
        query = query if value is None else query.where(column == value)
    if wanted.owners is not None:
        query = query.where(columns.owner.in_(sorted(wanted.owners)))
    if wanted.before is not None:
        query = query.where(columns.id < wanted.before)
    return tuple(StoredUpload(*row) for row in connection.execute(query))


def keep_blob(connection: Connection, blobs: Blobs, arriving: Incoming, media_type: str, at: float) -> str:
    """Put a sealed file's row and give it its final place; return its digest.

    The row is locked to the end of the transaction and taken back from deletion, so that nobody removes the
    file between.
    """
    row = insert_into(connection, t.blobs).values(
        sha256=arriving.sha256, bytes=arriving.size, media_type=media_type, stored_at=at, removed_at=None
    )
    connection.execute(row.on_conflict_do_update(index_elements=["sha256"], set_={"removed_at": None}))
    return blobs.adopt(arriving)


def hold_blobs(connection: Connection, sha256s: Sequence[str]) -> None:
    """Hold the rows of blobs to the end of the transaction."""
    query = select(t.blobs.c.sha256).where(t.blobs.c.sha256.in_(sorted(set(sha256s))))
    connection.execute(query.order_by(t.blobs.c.sha256).with_for_update())


def let_go(connection: Connection, sha256s: Sequence[str], at: float) -> None:
    """Note that nothing needs these blobs any more; their rows are held."""
    connection.execute(update(t.blobs).where(t.blobs.c.sha256.in_(sha256s)).values(removed_at=at))


def list_let_go(connection: Connection) -> tuple[str, ...]:
    """Return the blobs that nothing needs any more."""
    return tuple(connection.scalars(select(t.blobs.c.sha256).where(t.blobs.c.removed_at.is_not(None))))


def is_let_go(connection: Connection, sha256: str) -> bool:
    """Return whether still nothing needs a blob; its row is held to the end of the transaction."""
    query = select(t.blobs.c.removed_at).where(t.blobs.c.sha256 == sha256).with_for_update()
    return connection.scalar(query) is not None


def put_batch(connection: Connection, batch_id: str, owner: str, at: float) -> None:
    """Add a batch."""
    connection.execute(insert(t.batches).values(id=batch_id, owner=owner, created_at=at))


@dataclass(frozen=True, slots=True)
class Batch:
    """How far a batch is: documents by state, and by verdict (`none` where it ended without one)."""

    id: str
    created_at: float
    states: dict[str, int]
    verdicts: dict[str, int]


def get_batch(connection: Connection, batch_id: str, owners: Owners) -> Batch:
    """Return how far a batch is; raises NotFoundError."""
    row = connection.execute(select(t.batches).where(t.batches.c.id == batch_id)).first()
    if row is None or not is_among(row.owner, owners):
        raise NotFoundError("batch")
    columns = t.documents.c
    counted = connection.execute(
        select(columns.state, columns.verdict, func.count())
        .where(columns.batch_id == batch_id)
        .group_by(columns.state, columns.verdict)
    ).all()
    states: dict[str, int] = {}
    verdicts: dict[str, int] = {}
    for state, verdict, count in counted:
        states[state] = states.get(state, 0) + count
        if state != QUEUED:
            verdicts[verdict or "none"] = verdicts.get(verdict or "none", 0) + count
    return Batch(row.id, row.created_at, states, verdicts)


@dataclass(frozen=True, slots=True)
class NewUpload:
    """What an upload's row starts with."""

    id: str
    sha256: str
    name: str
    application_number: str | None


def put_uploads(
    connection: Connection,
    uploads: Sequence[NewUpload],
    owner: str,
    batch_id: str | None,
    at: float,
    uploaded_by: str | None = None,
) -> None:
    """Add uploads that wait for their verdict."""
    rows = [
        {"id": u.id, "sha256": u.sha256, "name": u.name, "application_number": u.application_number} for u in uploads
    ]
    common: dict[str, object] = {"owner": owner, "batch_id": batch_id, "uploaded_at": at, "state": QUEUED}
    common["uploaded_by"] = uploaded_by
    connection.execute(insert(t.documents), [{**row, **common} for row in rows])


def document_row(connection: Connection, document_id: str, *, lock: bool = False) -> Row[Any]:
    """Return the bare row; with `lock` nobody else changes it to the end of the transaction."""
    query = select(t.documents).where(t.documents.c.id == document_id)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise NotFoundError("document")
    return row


# --- the same request twice -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a request with an Idempotency-Key led to."""

    fingerprint: str
    document_ids: tuple[str, ...]
    batch_id: str | None


def get_remembered(connection: Connection, owner: str, key: str) -> Remembered | None:
    """Return what a key led to, None where it is new."""
    table = t.idempotency_keys
    row = connection.execute(select(table).where(table.c.owner == owner, table.c.key == key)).first()
    return None if row is None else Remembered(row.fingerprint, tuple(json.loads(row.document_ids)), row.batch_id)


def remember(connection: Connection, owner: str, key: str, what: Remembered, at: float) -> bool:
    """Keep what a key leads to; return False where another request was first (its transaction is then over)."""
    row = insert_into(connection, t.idempotency_keys).values(
        owner=owner,
        key=key,
        fingerprint=what.fingerprint,
        document_ids=json.dumps(what.document_ids),
        batch_id=what.batch_id,
        created_at=at,
    )
    written = row.on_conflict_do_nothing().returning(t.idempotency_keys.c.key)
    return connection.execute(written).first() is not None


def forget_keys_before(connection: Connection, at: float) -> int:
    """Forget keys older than `at`; return how many."""
    table = t.idempotency_keys
    return connection.execute(table.delete().where(table.c.created_at < at)).rowcount


def lock(connection: Connection, document_ids: Sequence[str]) -> None:
    """Hold documents to the end of the transaction, taken in one order so that nobody blocks anybody for good."""
    for document_id in sorted(document_ids):
        document_row(connection, document_id, lock=True)


def mark_stale(connection: Connection, document_ids: Sequence[str]) -> tuple[str, ...]:
    """Count up what must be judged anew; return those that have a verdict already and need another look."""
    stale = []
    for document_id in sorted(document_ids):  # always in this order, so that two workers cannot block each other
        changed = update(t.documents).where(t.documents.c.id == document_id)
        connection.execute(changed.values(generation=t.documents.c.generation + 1))
        if document_row(connection, document_id).state == DONE:
            stale.append(document_id)
    return tuple(stale)


def uploads_of(connection: Connection, sha256s: Sequence[str]) -> tuple[StoredUpload, ...]:
    """Return the uploads, not deleted, of any of these contents."""
    found: list[StoredUpload] = []
    for start in range(0, len(sha256s), 500):
        some = t.documents.c.sha256.in_(sha256s[start : start + 500])
        query = _uploads().where(some, t.documents.c.state != DELETED).order_by(t.documents.c.id)
        found += (StoredUpload(*row) for row in connection.execute(query))
    return tuple(found)


def ids_of_applications(connection: Connection, numbers: Sequence[str]) -> tuple[str, ...]:
    """Return the uploads, not deleted, that were sent for any of these applications."""
    found: list[str] = []
    for start in range(0, len(numbers), 500):
        some = t.documents.c.application_number.in_(numbers[start : start + 500])
        found += connection.scalars(select(t.documents.c.id).where(some, t.documents.c.state != DELETED))
    return tuple(found)
