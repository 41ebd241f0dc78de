"""Use-case: what the pages show of a document. Read only; whoever may not see something does not get it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from verifier.cases.disclosure import disclosed
from verifier.errors import GoneError
from verifier.examination import Examination
from verifier.record import VehicleRecord
from verifier.report import Check, Outcome, Report, ReportField
from verifier.rules.applications import LETTER_DAYS, age_days
from verifier.store import application_offices, narrowing, relations, repositories, results
from verifier.store import documents as uploads
from verifier.store.database import Database
from verifier.store.documents import DELETED, Owners, StoredUpload, Wanted, is_among
from verifier.store.people import Person, Role
from verifier.store.results import StoredReport

OUTCOMES = (Outcome.FAIL, Outcome.UNSURE, Outcome.NOTE, Outcome.SKIPPED, Outcome.PASS)
"""The order in which people look at checks."""
SEVERITIES = ("high", "medium", "low")
A4_ASPECT = 297 / 210
"""For a page whose size is not known any more."""
MOST_RELATED = 50
"""Documents of one thread; nobody reads more."""


@dataclass(frozen=True, slots=True)
class Age:
    """How long a vehicle was registered when its export was applied for."""

    vin: str
    days: int | None
    limit: int = LETTER_DAYS

    @property
    def needs_letter(self) -> bool | None:
        """Whether the notice asks for a letter; None where a date is missing or comes after the other."""
        return None if self.days is None or self.days < 0 else self.days <= self.limit


@dataclass(frozen=True, slots=True)
class Presented:
    """A document as its page shows it: one report and what was seen, part by part."""

    upload: StoredUpload
    version: int
    judged_at: float | None
    reports: tuple[Report, ...]
    seen: tuple[Examination, ...]
    """Empty where nothing could be seen."""
    records: tuple[VehicleRecord, ...]

    def aspect(self, page: int) -> float:
        """Return the height of a page over its width."""
        found = next((one for part in self.seen for one in part.pages if one.number == page), None)
        return found.height_mm / found.width_mm if found and found.width_mm else A4_ASPECT

    def ages(self, on: date) -> tuple[Age, ...]:
        """Return how old the vehicles with a record were; `on` stands in for a missing application date."""
        return tuple(Age(record.vin, age_days(record, on)) for record in self.records)

    @property
    def vins(self) -> tuple[str, ...]:
        """The vehicles that the document names, each once."""
        named = (vehicle["vin"] for report in self.reports for vehicle in report.fields.get("vehicles") or ())
        return tuple(dict.fromkeys(vin.value for vin in named if vin))


def present(database: Database, document_id: str, owners: Owners, person: Person | None) -> Presented:
    """Return a document with its newest report as `person` may see it; no report where it waits for its first.

    `person` None is whoever reaches a service where nobody logs in. Raises NotFoundError where it is another
    owner's, GoneError where it was deleted.
    """
    with database.reading() as connection:
        upload = uploads.get_upload(connection, document_id, owners)
        if upload.state == DELETED:
            raise GoneError
        if upload.report_version == 0:
            return Presented(upload, 0, None, (), (), ())
        stored = results.get_report(connection, document_id)
        reports = _reports(connection, database, upload, stored, person)
        archived = repositories.get_documents(connection, database.blobs, [upload.sha256])
        seen = archived[0].parts if archived else ()
        vins = {vehicle.vin.value for part in seen for vehicle in part.letter.vehicles}
        records = _records(connection, vins, upload.application_number, person)
    return Presented(upload, stored.version, stored.judged_at, reports, seen, records)


def _records(
    connection: Connection, vins: Iterable[str], application: str | None, person: Person | None
) -> tuple[VehicleRecord, ...]:
    """Return the records beside a document: an office's own; none for an exporter, who is told of them in checks."""
    if person is not None and person.role is Role.EXPORTER:
        return ()
    found = narrowing.records_for(connection, vins, application).vehicles
    if person is None:
        return found
    numbers = {record.application_number for record in found if record.application_number}
    mine = application_offices.applications_of_office(connection, numbers, person.office_id)
    return tuple(one for one in found if not one.application_number or one.application_number in mine)


def _reports(
    connection: Connection, database: Database, upload: StoredUpload, stored: StoredReport, person: Person | None
) -> tuple[Report, ...]:
    if stored.blob is None:
        raise GoneError
    plain = json.loads(results.read_reports(database.blobs, stored.blob))
    shown = plain if person is None else disclosed(connection, upload, plain, person)
    return tuple(_report(one) for one in shown)


def read_stored(reports: bytes) -> tuple[Report, ...]:
    """Return stored reports as they were made: every value in `fields` is a ReportField again."""
    return tuple(_report(one) for one in json.loads(reports))


def _report(plain: dict[str, Any]) -> Report:
    seals = [seal | {"score": seal["score"] or 0.0} for seal in plain["seals"]]  # exporters are not told scores
    report = msgspec.convert(plain | {"seals": seals}, Report)
    return replace(report, fields={name: _value(value) for name, value in report.fields.items()})


def _value(plain: object) -> object:
    """Return a field, a list of fields, or a list of rows of fields."""
    if isinstance(plain, list):
        return tuple(_value(one) for one in plain)
    if not isinstance(plain, dict):
        return plain
    if "confidence" in plain:
        return msgspec.convert(plain, ReportField)
    return {name: _value(value) for name, value in plain.items()}


def without_official(presented: Presented) -> Presented:
    """Return a document without the checks that only officials may see."""
    return replace(
        presented,
        reports=tuple(
            replace(report, checks=tuple(check for check in report.checks if check.audience != "official"))
            for report in presented.reports
        ),
    )


def in_order(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return checks as people look at them: failed first, then by severity, as judged among equals."""
    return tuple(sorted(checks, key=lambda check: (OUTCOMES.index(check.outcome), _severity(check))))


def _severity(check: Check) -> int:
    return SEVERITIES.index(check.severity) if check.severity in SEVERITIES else len(SEVERITIES)


def list_letters(database: Database, wanted: Wanted, limit: int) -> tuple[tuple[StoredUpload, ...], str | None]:
    """Return uploads, newest first, and the cursor of the page after."""
    with database.reading() as connection:
        found = uploads.list_uploads(connection, wanted, limit + 1)
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def find_letter(database: Database, document_id: str, owners: Owners) -> StoredUpload:
    """Return one upload; raises NotFoundError."""
    with database.reading() as connection:
        return uploads.get_upload(connection, document_id, owners)


def thread_of(database: Database, presented: Presented, owners: Owners) -> tuple[StoredUpload, ...]:
    """Return what was sent for the same application or names one of the same vehicles, oldest first, itself too."""
    upload = presented.upload
    with database.reading() as connection:
        found = {one.id: one for one in _same_vehicles(connection, presented.vins)}
        if upload.application_number:
            for one in uploads.ids_of_applications(connection, [upload.application_number]):
                found[one] = uploads.get_upload(connection, one)
    mine = [one for one in found.values() if is_among(one.owner, owners)]
    return tuple(sorted(mine, key=lambda one: one.id))[-MOST_RELATED:]


def _same_vehicles(connection: Connection, vins: Iterable[str]) -> tuple[StoredUpload, ...]:
    keys = {(relations.VIN, vin) for vin in vins}
    return uploads.uploads_of(connection, sorted(relations.find_related(connection, keys)))


def list_versions(database: Database, document_id: str) -> tuple[StoredReport, ...]:
    """Return every judgement of a document, newest first."""
    with database.reading() as connection:
        return tuple(reversed(results.list_reports(connection, document_id)))
