"""Use-case: what the exporter and the maker of a letter filed before, from the reports that stand. Read only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from verifier.cases.enterprise import EnterpriseHistory, enterprise_histories
from verifier.cases.presenting import Presented, read_stored
from verifier.formats.names import normalise_name
from verifier.record import Records
from verifier.report import Report
from verifier.store import documents as uploads
from verifier.store import relations, results
from verifier.store.database import Database
from verifier.store.documents import DONE, Owners, StoredUpload, Wanted, is_among

MOST_FILED = 300
"""Newest documents that are counted: the page opens at once, and the statistics count all."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What was filed by one exporter or under one maker's name."""

    history: EnterpriseHistory
    documents: tuple[StoredUpload, ...]


def filed_before(database: Database, presented: Presented, owners: Owners) -> tuple[Filed, ...]:
    """Return the histories of the letter's maker and of its application's exporters, from these owners' documents.

    Makers are told by the issuer that the letter names, exporters by the owner of the upload and the applicant
    of its records.
    """
    with database.reading() as connection:
        made = _of_issuer(connection, presented, owners)
        sent = uploads.list_uploads(connection, Wanted(frozenset({presented.upload.owner}), state=DONE), MOST_FILED)
        reports = {one.id: _reports(connection, database, one) for one in (*made, *sent)}
    histories = enterprise_histories(
        (r for several in reports.values() for r in several), (), Records(presented.records)
    )
    wanted = _names(presented)
    return tuple(
        Filed(history, made if history.role == "manufacturer" else sent)
        for history in histories
        if (history.role, normalise_name(history.name)) in wanted
    )


def _of_issuer(connection: Connection, presented: Presented, owners: Owners) -> tuple[StoredUpload, ...]:
    keys = {key for key in relations.keys_of(presented.seen) if key[0] == relations.ISSUER}
    found = uploads.uploads_of(connection, sorted(relations.find_related(connection, keys)))
    return tuple(one for one in found if one.state == DONE and is_among(one.owner, owners))[-MOST_FILED:]


def _reports(connection: Connection, database: Database, upload: StoredUpload) -> tuple[Report, ...]:
    blob = results.get_report(connection, upload.id).blob
    if blob is None:
        return ()
    return read_stored(results.read_reports(database.blobs, blob))


def _names(presented: Presented) -> set[tuple[str, str]]:
    issuers = {part.letter.issuer.value for part in presented.seen if part.letter.issuer}
    exporters = {record.applicant for record in presented.records if record.applicant}
    exporters |= {part.letter.exporter.value for part in presented.seen if part.letter.exporter}
    return {("manufacturer", normalise_name(name)) for name in issuers} | {
        ("exporter", normalise_name(name)) for name in exporters
    }
