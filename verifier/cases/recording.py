"""Use-case: what the office knows changes. Records come in, seals are registered, lists replaced; verdicts follow."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from verifier.cases import office
from verifier.cases.office import Registration
from verifier.errors import ForbiddenError, GoneError
from verifier.inputs import read_records
from verifier.record import Records, SpecimenStatus, VehicleRecord
from verifier.store import documents as uploads
from verifier.store import events, jobs, relations, repositories
from verifier.store.application_offices import claim_applications
from verifier.store.clock import now
from verifier.store.database import Database
from verifier.store.documents import DELETED, DONE


class OtherOfficeError(ForbiddenError):
    """Records of an application that another office brought."""

    code = "application_of_another_office"
    cause = "the application is another office's"
    cause_zh = "该申请由其他机关受理"
    advice = "ask that office"
    advice_zh = "请联系受理机关"


def put_records(database: Database, records: Records, actor: str, office_id: str | None = None) -> int:
    """Add or replace records and have the documents that name their vehicles judged again; return how many.

    Their applications become the office's. Raises OtherOfficeError where one is another's.
    """
    with database.transaction() as connection:
        if office_id is not None:
            numbers = {record.application_number for record in records.vehicles}
            if claim_applications(connection, (number for number in numbers if number), office_id):
                raise OtherOfficeError
        number = repositories.put_records(connection, records)
        _judge_touched(connection, records.vehicles)
        events.put_audit(connection, now(connection), actor, "records", "records", {"number": number})
    return number


def put_application(
    database: Database, number: str, records: Iterable[VehicleRecord], actor: str, office_id: str | None = None
) -> int:
    """Add or replace the records of one application; return how many."""
    named = Records(tuple(replace(one, application_number=number) for one in records))
    return put_records(database, named, actor, office_id)


def import_csv(database: Database, content: bytes, actor: str, office_id: str | None = None) -> int:
    """Add or replace the records of a records.csv; return how many. Raises InvalidInputError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.csv"
        path.write_bytes(content)
        records = read_records(path)
    return put_records(database, records, actor, office_id)


def put_list(database: Database, name: str, content: bytes, actor: str) -> None:
    """Replace one of the ministry's lists by a CSV; raises InvalidInputError."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{name}.csv").write_bytes(content)
        office.import_lists(database, Path(folder))
    _note(database, actor, "list", name)


def register_seals(database: Database, rows: bytes, images: dict[str, bytes], actor: str) -> Registration:
    """Register impressions: a specimens.csv and the pictures it names; raises InvalidInputError."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "specimens.csv").write_bytes(rows)
        for name, content in images.items():
            (Path(folder) / Path(name).name).write_bytes(content)
        result = office.register_seals(database, Path(folder) / "specimens.csv")
    _note(database, actor, "seals", "registered", number=result.registered)
    return result


def retire_seal(database: Database, sha256: str, status: SpecimenStatus, actor: str) -> None:
    """Retire an impression or note that its seal was lost; raises NotFoundError."""
    office.retire_seal(database, sha256, status)
    _note(database, actor, "seal", sha256, status=status.value)


def judge_again(database: Database, document_id: str, actor: str) -> None:
    """Have one document judged again; raises NotFoundError, GoneError."""
    with database.transaction() as connection:
        row = uploads.document_row(connection, document_id, lock=True)
        if row.state == DELETED:
            raise GoneError
        if row.state == DONE:
            jobs.enqueue_judgement(connection, document_id, now(connection))
        events.put_audit(connection, now(connection), actor, "judge again", document_id)


def _note(database: Database, actor: str, act: str, subject: str, **detail: object) -> None:
    with database.transaction() as connection:
        events.put_audit(connection, now(connection), actor, act, subject, detail)


def _judge_touched(connection: Connection, records: Iterable[VehicleRecord]) -> None:
    """Have every document judged again that names one of these vehicles or belongs to their application."""
    vins = {(relations.VIN, record.vin) for record in records}
    numbers = sorted({record.application_number for record in records if record.application_number})
    named = uploads.uploads_of(connection, sorted(relations.find_related(connection, vins)))
    touched = {one.id for one in named} | set(uploads.ids_of_applications(connection, numbers))
    for document_id in uploads.mark_stale(connection, sorted(touched)):
        jobs.enqueue_judgement(connection, document_id, now(connection))
