"""Reports as they are recorded: one a job, the newest stands, all kept."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from verifier.errors import NotFoundError, ProcessingError
from verifier.store import documents as uploads
from verifier.store import events, jobs
from verifier.store import service_tables as t
from verifier.store.blobs import Blobs, Incoming
from verifier.store.clock import now
from verifier.store.jobs import Job

REPORT_MEDIA = "application/zlib"
REPORT_LEVEL = 6
"""zlib level: a report of 40 kB becomes 5 kB."""


class StaleError(ProcessingError):
    """Another document changed how this one must be judged, while it was."""

    code = "judgement_stale"


@dataclass(frozen=True, slots=True)
class Result:
    """What a job concluded about a document. `reports` holds them as compressed JSON, sealed on disk."""

    reports: Incoming
    verdict: str | None
    error_code: str | None
    kind: str


def sealed_reports(blobs: Blobs, reports: bytes) -> Incoming:
    """Return a document's reports (a JSON array) as a file that is on disk and waits to be adopted."""
    return blobs.sealed(zlib.compress(reports, REPORT_LEVEL))


def read_reports(blobs: Blobs, blob: str) -> bytes:
    """Return a document's reports as a JSON array; raises StoreError where they are gone or altered."""
    return zlib.decompress(blobs.read(blob))


def record(connection: Connection, blobs: Blobs, job: Job, generation: int, result: Result, actor: str) -> int:
    """Record a judgement, acknowledge its job, write event and audit; return the report's version.

    All in the caller's one transaction. Raises LostLeaseError where another worker has the job, StaleError
    where the document must be judged again, having been judged as of an older `generation`.
    """
    jobs.finish(connection, job)
    row = uploads.document_row(connection, job.document_id, lock=True)
    at = now(connection)
    if row.state == uploads.DELETED:
        return int(row.report_version)
    if row.generation != generation:
        raise StaleError
    version = row.report_version + 1
    blob = uploads.keep_blob(connection, blobs, result.reports, REPORT_MEDIA, at)
    connection.execute(
        update(t.documents)
        .where(t.documents.c.id == job.document_id)
        .values(
            state=uploads.DONE,
            report_version=version,
            verdict=result.verdict,
            error_code=result.error_code,
            kind=result.kind,
            judged_at=at,
        )
    )
    connection.execute(
        insert(t.reports).values(
            document_id=job.document_id,
            version=version,
            job_id=job.id,
            verdict=result.verdict,
            blob=blob,
            judged_at=at,
        )
    )
    if version == 1 or row.verdict != result.verdict:
        events.put_event(connection, row, "judged", at, verdict=result.verdict, version=version)
    detail = {"version": version, "verdict": result.verdict, "error": result.error_code, "report": blob}
    events.put_audit(connection, at, actor, "judged", job.document_id, detail)
    return int(version)


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A row of `reports`."""

    version: int
    verdict: str | None
    blob: str | None
    judged_at: float


def get_report(connection: Connection, document_id: str, version: int | None = None) -> StoredReport:
    """Return the newest report of a document, or one version; raises NotFoundError."""
    table = t.reports.c
    query = select(table.version, table.verdict, table.blob, table.judged_at).where(table.document_id == document_id)
    query = query.order_by(table.version.desc()) if version is None else query.where(table.version == version)
    row = connection.execute(query.limit(1)).first()
    if row is None:
        raise NotFoundError("report")
    return StoredReport(*row)


def list_reports(connection: Connection, document_id: str) -> tuple[StoredReport, ...]:
    """Return every judgement of a document, oldest first."""
    table = t.reports.c
    query = select(table.version, table.verdict, table.blob, table.judged_at).where(table.document_id == document_id)
    return tuple(StoredReport(*row) for row in connection.execute(query.order_by(table.version)))
