"""Use-cases of the shells, one transaction each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from verifier.cases.certified_record import Confirmation, record_of_certificate
from verifier.cases.enterprise import EnterpriseHistory, enterprise_histories
from verifier.errors import NotFoundError
from verifier.examination import Examination
from verifier.inputs import read_lists, read_records, read_specimens, with_versions
from verifier.record import Records, Registry, Specimen, SpecimenStatus, VehicleRecord
from verifier.report import ApplicationReport
from verifier.seals.boxes import notes
from verifier.seals.specimens import check_specimen, propose
from verifier.second_pass import Examined, judge_applications, judge_documents
from verifier.store import bearing, repositories, seal_layouts
from verifier.store.database import Database
from verifier.store.repositories import StoredDocument


@dataclass(frozen=True, slots=True)
class Inputs:
    """The contract's INPUTS: files that stand in for what the embedded database has."""

    records: Path | None = None
    seals: Path | None = None
    lists: Path | None = None
    office: str = "default"
    """Whose checklist for modified vehicles holds."""


def load_known(database: Database, inputs: Inputs) -> tuple[Records, Registry]:
    """Return records and registry from the given files, else from the database.

    Raises InvalidInputError and StoreError; the database is only opened where something comes from it.
    """
    records = read_records(inputs.records) if inputs.records else None
    sealed = read_specimens(inputs.seals) if inputs.seals else None
    lists = read_lists(inputs.lists) if inputs.lists else None
    if not database.exists:
        records, sealed, lists = records or Records(), sealed or ((), ()), lists or Registry()
    if records is None or sealed is None or lists is None:
        with database.transaction() as connection:
            records = repositories.get_records(connection) if records is None else records
            if sealed is None:
                sealed = repositories.get_registered_makers(connection), repositories.get_specimens(connection)
            lists = repositories.get_lists(connection) if lists is None else lists
    makers, specimens = sealed
    registry = replace(lists, registered=makers, specimens=specimens, office=inputs.office)
    return records, with_versions(registry)


def import_records(database: Database, path: Path) -> int:
    """Add or replace the records of a records.csv; return how many."""
    records = read_records(path)
    with database.transaction() as connection:
        return repositories.put_records(connection, records)


@dataclass(frozen=True, slots=True)
class Registration:
    """What came of registering seals: how many, and by maker what is wrong with poor impressions.

    `notes` say what is still to be done about an impression; they never keep it from being used.
    """

    registered: int
    problems: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def register_seals(database: Database, path: Path) -> Registration:
    """Add or replace the impressions of a specimens.csv; poor ones are registered and named."""
    makers, specimens = read_specimens(path)
    found = [(s.manufacturer, check_specimen(s.pixels, s.dpi)) for s in specimens]
    with database.transaction() as connection:
        number = repositories.put_specimens(connection, makers, specimens)
        layouts = seal_layouts.get_all(connection)
    noted = [(s.manufacturer, _notes_of(replace(s, layout=layouts.get(s.sha256)))) for s in specimens]
    return Registration(
        number,
        tuple((name, problems) for name, problems in found if problems),
        tuple((name, codes) for name, codes in noted if codes),
    )


def _notes_of(specimen: Specimen) -> tuple[str, ...]:
    """Return `layout_unconfirmed` where no registrar confirmed the characters' places, and what is odd about them."""
    if specimen.confirmed_layout:
        return ()
    proposal = propose(specimen)
    return () if proposal is None else ("layout_unconfirmed", *notes(proposal.boxes, proposal))


def list_seals(database: Database) -> tuple[Specimen, ...]:
    """Return the registered impressions."""
    with database.transaction() as connection:
        return repositories.get_specimens(connection)


def retire_seal(database: Database, sha256: str, status: SpecimenStatus) -> int:
    """Retire impressions by the beginning of their digest; return how many."""
    with database.transaction() as connection:
        return repositories.retire_specimen(connection, sha256, status)


def import_lists(database: Database, folder: Path) -> tuple[str, ...]:
    """Replace the lists that a folder holds; return their names."""
    lists = read_lists(folder)
    with database.transaction() as connection:
        return repositories.put_lists(connection, lists)


def confirm_certificate(database: Database, sha256: str, part: int, confirmation: Confirmation) -> VehicleRecord:
    """Take an examined certificate over as a vehicle's record, as an official confirms it; return the record.

    `sha256` is the beginning of its file's digest, `part` its place in the file. Raises NotFoundError where the
    archive has no such document, InvalidInputError where no record can rest on it.
    """
    with database.transaction() as connection:
        archived = repositories.get_documents(connection, database.blobs)
        stored = [document for document in archived if document.parts[0].sha256.startswith(sha256)]
        parts = [seen for document in stored for seen in document.parts if seen.part_index == part]
        if len(parts) != 1:
            raise NotFoundError(f"{len(parts)} documents {sha256}, part {part}, in the archive")
        record = record_of_certificate(parts[0], confirmation)
        repositories.put_records(connection, Records((record,)))
    return record


def enterprises(database: Database, inputs: Inputs, on: date) -> tuple[EnterpriseHistory, ...]:
    """Return what every exporter and maker filed over time, from the records and the archive."""
    records, registry = load_known(database, inputs)
    documents = archive(database)
    reports = judge_documents(documents, (), records, registry, on)
    pairs = zip(documents, reports, strict=True)
    applications = judge_applications(records.application_numbers, pairs, records, registry, on)
    return enterprise_histories(reports, applications, records)


def remember(database: Database, made_with: str, documents: Iterable[StoredDocument]) -> None:
    """Keep examined documents in the archive."""
    with database.transaction() as connection:
        for document in documents:
            repositories.put_examination(connection, made_with, document)


def archive(database: Database) -> tuple[Examined, ...]:
    """Return every document of the archive, part by part; none where nothing was ever kept."""
    if not database.exists:
        return ()
    with database.transaction() as connection:
        stored = repositories.get_documents(connection, database.blobs)
    return _parts_of(stored)


def related(database: Database, documents: Iterable[Examination], registry: Registry) -> tuple[Examined, ...]:
    """Return the documents of the archive that could bear on these: same vehicle, number, page, issuer or bytes."""
    if not database.exists:
        return ()
    seen = tuple(documents)
    with database.transaction() as connection:
        digests = bearing.bearing_on(connection, seen, registry) | {one.sha256 for one in seen}
        stored = repositories.get_documents(connection, database.blobs, digests)
    return _parts_of(stored)


def _parts_of(stored: Iterable[StoredDocument]) -> tuple[Examined, ...]:
    return tuple(Examined(d.name, part, d.application_number) for d in stored for part in d.parts)


def report_applications(
    database: Database, number: str | None, inputs: Inputs, on: date
) -> tuple[ApplicationReport, ...]:
    """Return the report of one application, or of all, from the records and the archive.

    Raises NotFoundError where no record carries the number.
    """
    records, registry = load_known(database, inputs)
    numbers = records.application_numbers if number is None else (number,)
    if number is not None and number not in records.application_numbers:
        raise NotFoundError(f"application {number}")
    documents = archive(database)
    reports = judge_documents(documents, (), records, registry, on)
    return judge_applications(numbers, zip(documents, reports, strict=True), records, registry, on)
