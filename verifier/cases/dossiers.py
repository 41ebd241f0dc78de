"""Use-case: an export application with its vehicles, documents and report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import ColumnElement, Connection, select, true

from verifier.cases.judging import load_registry
from verifier.cases.queue import blind_among
from verifier.errors import NotFoundError
from verifier.record import Records, VehicleRecord
from verifier.report import ApplicationReport, Report
from verifier.rules.applications import Document, judge_application
from verifier.store import application_offices, narrowing, relations, repositories, results
from verifier.store import documents as uploads
from verifier.store.database import Database
from verifier.store.documents import DELETED, Owners, StoredUpload, is_among
from verifier.store.people import Person, Role
from verifier.store.tables import vehicle_records


@dataclass(frozen=True, slots=True)
class Dossier:
    """An application: its records, the documents that bear on it, and its report."""

    number: str
    records: tuple[VehicleRecord, ...]
    documents: tuple[StoredUpload, ...]
    report: ApplicationReport


def list_applications(
    database: Database, after: str | None, limit: int, person: Person | None = None
) -> tuple[str, ...]:
    """Return the numbers of applications with records that a person may see, in order, after the number `after`."""
    column = vehicle_records.c.application_number
    query = select(column).distinct().where(column.is_not(None)).order_by(column).limit(limit)
    with database.reading() as connection:
        query = query.where(_visible(connection, person))
        return tuple(connection.scalars(query if after is None else query.where(column > after)))


def _visible(connection: Connection, person: Person | None) -> ColumnElement[bool]:
    """Return what records fulfil that a person may see; everybody's where nobody logs in."""
    if person is None:
        return true()
    if person.role is Role.EXPORTER:
        mine = application_offices.applications_of_exporter(connection, person.organisation)
        return vehicle_records.c.application_number.in_(sorted(mine))
    return application_offices.of_office(connection, person.office_id)


@dataclass(frozen=True, slots=True)
class WantedRecords:
    """Which records are meant; None does not limit. `after` is the last row of the page before."""

    number: str | None = None
    vin: str | None = None
    after: int = 0


def list_records(database: Database, wanted: WantedRecords, limit: int, person: Person | None = None) -> Page:
    """Return the records that a person may see, in the order they were imported."""
    columns = vehicle_records.c
    query = select(vehicle_records).where(columns.id > wanted.after).order_by(columns.id).limit(limit + 1)
    for column, value in ((columns.application_number, wanted.number), (columns.vin, wanted.vin)):
        query = query if value is None else query.where(column == value)
    with database.reading() as connection:
        rows = connection.execute(query.where(_visible(connection, person))).all()
    found = tuple(VehicleRecord(**{k: v for k, v in row._mapping.items() if k != "id"}) for row in rows[:limit])
    return Page(found, rows[limit - 1].id if len(rows) > limit else None)


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, and the row after which to go on."""

    records: tuple[VehicleRecord, ...]
    next: int | None


def open_dossier(database: Database, number: str, owners: Owners, on: date, person: Person | None = None) -> Dossier:
    """Return an application as of its documents' newest reports; raises NotFoundError where it is not the person's."""
    with database.reading() as connection:
        mine = vehicle_records.c.application_number == number
        if connection.execute(select(vehicle_records.c.id).where(mine, _visible(connection, person))).first() is None:
            raise NotFoundError("application")
        records = narrowing.records_for(connection, (), number).of_application(number)
        if not records:
            raise NotFoundError("application")
        found = _documents(connection, number, records, owners)
        blind = blind_among(connection, (one.id for one in found), person)
        found = tuple(one for one in found if one.id not in blind)  # a status would tell what must not be known
        judged = tuple(part for upload in found for part in _judged(connection, database, upload))
    report = judge_application(number, Records(records), judged, on, load_registry(database))
    return Dossier(number, records, found, report)


def _documents(
    connection: Connection, number: str, records: tuple[VehicleRecord, ...], owners: Owners
) -> tuple[StoredUpload, ...]:
    """Return what was uploaded for the application, or names one of its vehicles."""
    vins = {(relations.VIN, record.vin) for record in records}
    named = uploads.uploads_of(connection, sorted(relations.find_related(connection, vins)))
    sent = [uploads.get_upload(connection, one) for one in uploads.ids_of_applications(connection, [number])]
    mine = {one.id: one for one in (*named, *sent) if one.application_number in (None, number)}
    return tuple(one for _, one in sorted(mine.items()) if is_among(one.owner, owners))


def _judged(connection: Connection, database: Database, upload: StoredUpload) -> list[Document]:
    """Return a document's parts with their newest reports; none before its first."""
    if upload.report_version == 0 or upload.state == DELETED:
        return []
    stored = repositories.get_documents(connection, database.blobs, [upload.sha256])
    blob = results.get_report(connection, upload.id).blob
    if not stored or blob is None:
        return []
    reports = [msgspec.convert(one, Report) for one in json.loads(results.read_reports(database.blobs, blob))]
    return [Document(seen, report) for seen, report in zip(stored[0].parts, reports, strict=False)]
