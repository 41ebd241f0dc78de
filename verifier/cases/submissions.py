"""Use-case: documents come in. What is acknowledged is on disk, in the database, and has a job."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import Connection

from verifier.errors import IdempotencyConflictError, OverloadedError, StoreError
from verifier.store import documents as uploads
from verifier.store import events, jobs
from verifier.store.blobs import Incoming
from verifier.store.clock import new_id, now
from verifier.store.database import Database
from verifier.store.documents import NewUpload, Remembered

LONGEST_NAME = 255
"""Characters of a file's name that are kept; it is shown, and never becomes a path."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that arrived whole and is sealed on disk, not yet adopted."""

    file: Incoming
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What a request is: files of one application, by whom, and its Idempotency-Key."""

    files: tuple[Arrived, ...]
    owner: str
    actor: str
    application_number: str | None = None
    key: str | None = None
    uploaded_by: str | None = None
    """The person, who may then not decide it; None where nobody logs in."""

    @property
    def fingerprint(self) -> str:
        """Digest of what the request asks for: the same key with another one is a mistake."""
        asked = [self.application_number, *((f.file.sha256, f.name) for f in self.files)]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a submission led to; `repeated` where an earlier request with the same key led to it."""

    document_ids: tuple[str, ...]
    batch_id: str | None
    repeated: bool = False


def submit(database: Database, submission: Submission, *, most_waiting: int) -> Accepted:
    """Return the documents' identifiers once they can no longer be lost.

    Blobs are on disk before their rows; documents, jobs, events, audit and key are one transaction. Raises
    OverloadedError where `most_waiting` jobs wait already, IdempotencyConflictError where the key was used
    for something else, StoreError.
    """
    with database.transaction() as connection:
        earlier = _earlier(connection, submission)
        if earlier is not None:
            return earlier
        refuse_overload(connection, most_waiting)
        accepted = _put(connection, database, submission)
        at = now(connection)
        what = Remembered(submission.fingerprint, accepted.document_ids, accepted.batch_id)
        if submission.key is None or uploads.remember(connection, submission.owner, submission.key, what, at):
            return accepted
        connection.rollback()  # the same key was quicker in another process
    with database.reading() as connection:
        earlier = _earlier(connection, submission)
    if earlier is None:
        raise StoreError("an upload with this Idempotency-Key was under way and is gone")
    return earlier


def _earlier(connection: Connection, submission: Submission) -> Accepted | None:
    if submission.key is None:
        return None
    known = uploads.get_remembered(connection, submission.owner, submission.key)
    if known is None:
        return None
    if known.fingerprint != submission.fingerprint:
        raise IdempotencyConflictError
    return Accepted(known.document_ids, known.batch_id, repeated=True)


def refuse_overload(connection: Connection, most_waiting: int) -> None:
    """Raise OverloadedError where as many jobs wait as may."""
    waiting = jobs.load(connection).waiting
    if waiting >= most_waiting:
        raise OverloadedError(f"{waiting} documents wait")


def _put(connection: Connection, database: Database, submission: Submission) -> Accepted:
    at = now(connection)
    batch_id = new_id() if len(submission.files) > 1 else None
    if batch_id:
        uploads.put_batch(connection, batch_id, submission.owner, at)
    for arrived in sorted(submission.files, key=lambda one: one.file.sha256):  # locks always in the same order
        uploads.keep_blob(connection, database.blobs, arrived.file, arrived.media_type, at)
    new = [NewUpload(new_id(), f.file.sha256, f.name, submission.application_number) for f in submission.files]
    uploads.put_uploads(connection, new, submission.owner, batch_id, at, submission.uploaded_by)
    _follow_up(connection, new, submission.actor, at)
    return Accepted(tuple(one.id for one in new), batch_id)


def _follow_up(connection: Connection, new: Sequence[NewUpload], actor: str, at: float) -> None:
    for one in new:
        jobs.enqueue(connection, one.id, jobs.EXAMINE, at)
    for one in new:
        events.put_event(connection, uploads.document_row(connection, one.id), "uploaded", at)
        events.put_audit(connection, at, actor, "uploaded", one.id, {"sha256": one.sha256})


def shown_name(given: str) -> str:
    """Return a file's name as it is shown: its last part, printable, not too long.

    >>> shown_name("../../etc/pass\\x00wd"), shown_name("C:\\\\Scans\\\\信.pdf"), shown_name("")
    ('passwd', '信.pdf', 'document')
    """
    last = PurePosixPath(given.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[:LONGEST_NAME].strip() or "document"
