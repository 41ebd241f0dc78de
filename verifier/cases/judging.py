"""Use-case: a job's document is examined, remembered, judged, and its report recorded exactly once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from verifier.cases.corrected import corrected, keys_of
from verifier.cases.opening import open_after
from verifier.errors import VerifierError
from verifier.examination import Examination
from verifier.inputs import with_versions
from verifier.record import Records, Registry
from verifier.report import Outcome, Report, Verdict, to_json
from verifier.rules import error_report
from verifier.second_pass import Examined, judge_documents
from verifier.store import bearing, corrections, events, jobs, narrowing, relations, repositories, results
from verifier.store import documents as uploads
from verifier.store.blobs import Incoming
from verifier.store.clock import now
from verifier.store.database import Database
from verifier.store.documents import StoredUpload
from verifier.store.jobs import Job
from verifier.store.repositories import StoredDocument
from verifier.store.results import Result, StaleError

REUSE_CHECKS = frozenset(
    ["document.duplicate", "document.page_reuse", "letter.number_reuse", "vin.reuse", "seal.reuse"]
)
"""Checks that fail on all members (CONTRACT, "Check ids"): the others must be judged again."""
SEVERITY = (None, Verdict.UNREADABLE, Verdict.FLAGGED, Verdict.VERIFIED)
"""The verdict of a file of several parts is the first of these that one of them has."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A job's document with what was seen in it, or why nothing was."""

    upload: StoredUpload
    outcome: tuple[Examination, ...] | VerifierError


def take(database: Database, worker: str) -> Job | None:
    """Return the next job, held by `worker`, None where there is none; its first try is an event."""
    with database.transaction() as connection:
        job = jobs.lease(connection, worker)
        if job and job.kind == jobs.EXAMINE and job.attempts == 1:
            row = uploads.document_row(connection, job.document_id)
            events.put_event(connection, row, "started", now(connection))
        return job


def anything_due(database: Database) -> bool:
    """Return whether a job might be taken, without keeping any writer waiting."""
    with database.reading() as connection:
        return jobs.is_due(connection)


def upload_of(database: Database, job: Job) -> StoredUpload:
    """Return the job's document."""
    with database.reading() as connection:
        return uploads.get_upload(connection, job.document_id)


def put_back(database: Database, job: Job) -> None:
    """Have a failed job tried again after a pause; raises LostLeaseError."""
    with database.transaction() as connection:
        jobs.retry(connection, job)


def drop(database: Database, job: Job) -> None:
    """Acknowledge a job whose document was deleted; raises LostLeaseError."""
    with database.transaction() as connection:
        jobs.finish(connection, job)


def show_worker(database: Database, name: str) -> None:
    """Note that a worker is there."""
    with database.transaction() as connection:
        jobs.see_worker(connection, name)


def forget_worker(database: Database, name: str) -> None:
    """Note that a worker left."""
    with database.transaction() as connection:
        jobs.forget_worker(connection, name)


def registry_revision(database: Database) -> int:
    """Return how often seal registry and lists were changed."""
    with database.reading() as connection:
        return repositories.registry_revision(connection)


def load_registry(database: Database) -> Registry:
    """Return what the office knows: lists, makers, registered impressions."""
    with database.reading() as connection:
        lists = repositories.get_lists(connection)
        makers, specimens = repositories.get_registered_makers(connection), repositories.get_specimens(connection)
    return with_versions(replace(lists, registered=makers, specimens=specimens))


def stored_examination(database: Database, upload: StoredUpload, made_with: str) -> tuple[Examination, ...] | None:
    """Return what was seen in the same bytes before with the same versions, None where they must be examined."""
    with database.reading() as connection:
        return repositories.get_examination(connection, upload.sha256, made_with, database.blobs)


def remember(
    database: Database, job: Job, upload: StoredUpload, parts: tuple[Examination, ...], made_with: str
) -> None:
    """Keep what was seen, make it findable, and mark every verdict it could change.

    Raises LostLeaseError. Two documents that bear on one another cannot both miss the other: whoever comes
    here second finds the first.
    """
    document = StoredDocument(upload.name or "", upload.application_number, parts)
    with database.blobs.sealed(repositories.compressed(parts)) as file, database.transaction() as connection:
        jobs.confirm(connection, job)
        relations.take_turn(connection)
        blob = uploads.keep_blob(connection, database.blobs, file, results.REPORT_MEDIA, now(connection))
        repositories.put_examination(connection, made_with, document, blob=blob)
        holding = corrections.holding_of(
            connection, (one.id for one in uploads.uploads_of(connection, [upload.sha256]))
        )
        corrections_keys = keys_of(one for held in holding.values() for one in held)
        bearing.add_keys(connection, upload.sha256, corrections_keys)
        judge_related(connection, upload, relations.keys_of(parts) | corrections_keys)


def judge_related(connection: Connection, upload: StoredUpload, keys: Iterable[relations.Key]) -> None:
    """Have every other document judged again that shares one of the keys with this one, or its bytes."""
    related = relations.find_related(connection, relations.telling(keys)) | {upload.sha256}
    others = [one.id for one in uploads.uploads_of(connection, sorted(related)) if one.id != upload.id]
    _judge_again(connection, others)


def _judge_again(connection: Connection, document_ids: list[str]) -> None:
    for document_id in uploads.mark_stale(connection, document_ids):
        jobs.enqueue_judgement(connection, document_id, now(connection))


def conclude(
    database: Database,
    job: Job,
    seen: Seen,
    registry: Registry,
    on: date,
    actor: str,
    control_share: float = 0.0,
) -> int:
    """Judge a document and record the report with its job's acknowledgement; return the report's version.

    The case that the report calls for is opened with it; `control_share` of the verified letters get one, too.
    Judged again as long as other documents change how. Raises LostLeaseError, StoreError.
    """
    while True:
        with database.reading() as connection:
            upload = uploads.get_upload(connection, job.document_id)
            outcome = _as_corrected(connection, upload, seen.outcome, registry)
            reports, related = _reports(connection, database, upload, outcome, registry, on)
            uncorrected = (
                () if outcome is seen.outcome else _reports(connection, database, upload, seen.outcome, registry, on)[0]
            )
        body = json.dumps([to_json(report) for report in reports], ensure_ascii=False, separators=(",", ":"))
        with results.sealed_reports(database.blobs, body.encode()) as file:
            try:
                with database.transaction() as connection:
                    if _tells_of_reuse(reports):
                        _spread(connection, upload, related)
                    result = _result(reports, file)
                    version = results.record(connection, database.blobs, job, upload.generation, result, actor)
                    open_after(connection, upload, reports, uncorrected, version, control_share)
                    return version
            except StaleError:
                continue


def _as_corrected(
    connection: Connection, upload: StoredUpload, outcome: tuple[Examination, ...] | VerifierError, registry: Registry
) -> tuple[Examination, ...] | VerifierError:
    """Return what was seen as officials read it; the same object where nobody corrected anything."""
    mine = corrections.holding(connection, upload.id)
    return outcome if isinstance(outcome, VerifierError) else corrected(outcome, mine, registry)


def _spread(connection: Connection, upload: StoredUpload, related: frozenset[str]) -> None:
    """Have the other members of a reuse judged again, unless this was itself such a second look."""
    if upload.report_version:
        return
    others = [one.id for one in uploads.uploads_of(connection, sorted(related)) if one.id != upload.id]
    uploads.lock(connection, [*others, upload.id])
    _judge_again(connection, others)


def _reports(
    connection: Connection,
    database: Database,
    upload: StoredUpload,
    outcome: tuple[Examination, ...] | VerifierError,
    registry: Registry,
    on: date,
) -> tuple[tuple[Report, ...], frozenset[str]]:
    """Return the reports on a document and the digests of what it was compared with."""
    name = upload.name or ""
    if isinstance(outcome, VerifierError):
        media = upload.media_type
        return (error_report(outcome, registry, on, name=name, sha256=upload.sha256, media_type=media),), frozenset()
    related = bearing.bearing_on(connection, outcome, registry) | {upload.sha256}
    mine = [Examined(name, part, upload.application_number) for part in outcome]
    twins, archive = _archive(connection, database, upload, related, registry)
    records = _records(connection, [*mine, *twins, *archive], upload.application_number)
    judged = judge_documents([*mine, *twins], archive, records, registry, on)
    return judged[: len(mine)], related


def _archive(
    connection: Connection,
    database: Database,
    upload: StoredUpload,
    related: frozenset[str],
    registry: Registry,
) -> tuple[list[Examined], list[Examined]]:
    """Return the same bytes uploaded otherwise, and every other document that could bear on this one."""
    stored = {
        document.parts[0].sha256: document
        for document in repositories.get_documents(connection, database.blobs, related)
    }
    twins: list[Examined] = []
    archive: list[Examined] = []
    uploaded = uploads.uploads_of(connection, sorted(related))
    holding = corrections.holding_of(connection, (one.id for one in uploaded))
    for one in uploaded:
        if one.id == upload.id or one.sha256 not in stored:
            continue
        parts = corrected(stored[one.sha256].parts, holding.get(one.id, ()), registry)
        found = [Examined(one.name or "", part, one.application_number) for part in parts]
        if one.sha256 == upload.sha256:
            twins += found
        else:
            archive += found
    for sha256 in stored.keys() - {upload.sha256, *(one.sha256 for one in uploaded)}:  # from a batch
        document = stored[sha256]
        archive += [Examined(document.name, part, document.application_number) for part in document.parts]
    return twins, archive


def _records(connection: Connection, documents: list[Examined], application: str | None) -> Records:
    vins = {vehicle.vin.value for one in documents for vehicle in one.seen.letter.vehicles}
    return narrowing.records_for(connection, vins, application)


def _result(reports: tuple[Report, ...], file: Incoming) -> Result:
    worst = min(reports, key=lambda report: SEVERITY.index(report.verdict))
    return Result(
        reports=file,
        verdict=worst.verdict.value if worst.verdict else None,
        error_code=worst.error.code if worst.error else None,
        kind=worst.kind,
    )


def _tells_of_reuse(reports: tuple[Report, ...]) -> bool:
    return any(c.id in REUSE_CHECKS and c.outcome is Outcome.FAIL for report in reports for c in report.checks)
