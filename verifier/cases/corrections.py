"""Use-cases: an official reads what the machine misread; the document is judged anew before the answer goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from verifier.cases import judging
from verifier.cases.corrected import KIND, PAGES, WHOLE_FILE, keys_of, machine_value, normalised
from verifier.cases.decisions import HeldError, OwnUploadError
from verifier.cases.judging import Seen
from verifier.errors import ForbiddenError, GoneError, NotFoundError, NotReadyError
from verifier.examination import Examination
from verifier.store import bearing, cases, corrections, events, jobs, people, repositories
from verifier.store import documents as uploads
from verifier.store.clock import now
from verifier.store.corrections import Correction
from verifier.store.database import Database
from verifier.store.documents import DELETED, DONE, StoredUpload
from verifier.store.jobs import Job
from verifier.store.people import Person


@dataclass(frozen=True, slots=True)
class Reading:
    """What an official reads: `field` as the report names it (`vehicles.0.vin`), or `kind`, or `pages` of the file."""

    part: int
    field: str
    value: str


def correct(database: Database, person: Person, document_id: str, reading: Reading, on: date) -> int:
    """Keep what an official reads, judge the document anew, and return the new report's version.

    The machine's reading stays beside it. Raises NotFoundError, NotReadyError, GoneError, CorrectionError,
    OwnUploadError, HeldError, ForbiddenError.
    """
    value = normalised(reading.field, reading.value)
    part = WHOLE_FILE if reading.field == PAGES else reading.part
    with database.transaction() as connection:
        upload = _in_hand(connection, person, document_id)
        parts = _seen(connection, database, upload)
        at, machine = now(connection), machine_value(parts, part, reading.field)
        new = Correction(0, document_id, part, reading.field, value, machine, person.id, at, None)
        number = corrections.put_correction(connection, new)
        told = {"correction": number, "part": part, "field": reading.field}
        events.put_audit(connection, at, person.id, "corrected", document_id, told)
        job = _begin(connection, upload, person)
    return _judge(database, job, upload, parts, person, on)


def take_back(database: Database, person: Person, document_id: str, number: int, on: date) -> int:
    """Have the machine's reading hold again and return the new report's version; raises as `correct`."""
    with database.transaction() as connection:
        upload = _in_hand(connection, person, document_id)
        parts, at = _seen(connection, database, upload), now(connection)
        corrections.withdraw_correction(connection, document_id, number, at)
        told = {"correction": number}
        events.put_audit(connection, at, person.id, "correction taken back", document_id, told)
        job = _begin(connection, upload, person)
    return _judge(database, job, upload, parts, person, on)


def list_corrections(database: Database, document_id: str) -> tuple[Correction, ...]:
    """Return every correction of a document, oldest first, also those that hold no longer."""
    with database.reading() as connection:
        return corrections.corrections_of(connection, document_id)


def _in_hand(connection: Connection, person: Person, document_id: str) -> StoredUpload:
    """Return a document that this person may correct now, its row held."""
    owners = people.owners_of_office(connection, person.office_id)
    if uploads.get_upload(connection, document_id, owners).state == DELETED:
        raise GoneError
    uploads.lock(connection, [document_id])
    upload = uploads.get_upload(connection, document_id, owners)
    if not person.decides:
        raise ForbiddenError
    if person.id in cases.uploaders_of(connection, upload.sha256):
        raise OwnUploadError
    if upload.state != DONE:
        raise NotReadyError
    case = cases.undecided_case(connection, document_id)
    if case and case.holder_id not in (None, person.id) and (case.held_until or 0.0) > now(connection):
        raise HeldError
    return upload


def _seen(connection: Connection, database: Database, upload: StoredUpload) -> tuple[Examination, ...]:
    found = repositories.get_documents(connection, database.blobs, [upload.sha256])
    if not found:
        raise NotFoundError("readable pages")
    return found[0].parts


def _begin(connection: Connection, upload: StoredUpload, person: Person) -> Job:
    """Make a job of it, so that a crash from here on leaves nothing undone; a judgement under way counts no more.

    Others that share what is read now are judged again, too.
    """
    keys = keys_of(corrections.holding(connection, upload.id))
    bearing.add_keys(connection, upload.sha256, keys)
    judging.judge_related(connection, upload, keys)
    uploads.mark_stale(connection, [upload.id])
    return jobs.take_judgement(connection, upload.id, f"person {person.id}")


def _judge(
    database: Database, job: Job, upload: StoredUpload, parts: tuple[Examination, ...], person: Person, on: date
) -> int:
    registry = judging.load_registry(database)
    return judging.conclude(database, job, Seen(upload, parts), registry, on, person.id)


__all__ = ["KIND", "PAGES", "Reading", "correct", "list_corrections", "take_back"]
