"""The ledger of batches: which bytes a location held, and in which documents nothing could be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select

from verifier.store.archive_tables import failures, fingerprints
from verifier.store.groups import in_groups
from verifier.store.tables import examinations
from verifier.store.upsert import insert_into, put_once


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a location held: `stamp` is its size and time of change, or an object store's tag."""

    location: str
    stamp: str
    sha256: str


def get_fingerprints(connection: Connection, locations: Iterable[str]) -> dict[str, Fingerprint]:
    """Return what is known of locations, by location."""
    found: dict[str, Fingerprint] = {}
    for some in in_groups(locations):
        for row in connection.execute(select(fingerprints).where(fingerprints.c.location.in_(some))):
            found[row.location] = Fingerprint(*row)
    return found


def get_locations(connection: Connection, digests: Iterable[str]) -> dict[str, str]:
    """Return where documents were last found, by digest."""
    found: dict[str, str] = {}
    for some in in_groups(digests):
        query = select(fingerprints.c.sha256, fingerprints.c.location).where(fingerprints.c.sha256.in_(some))
        found |= {sha256: location for sha256, location in connection.execute(query)}
    return found


def put_fingerprints(connection: Connection, rows: Iterable[Fingerprint]) -> None:
    """Keep what locations hold now."""
    values = [{"location": r.location, "stamp": r.stamp, "sha256": r.sha256} for r in rows]
    if values:
        statement = insert_into(connection, fingerprints)
        new = {"stamp": statement.excluded.stamp, "sha256": statement.excluded.sha256}
        connection.execute(statement.on_conflict_do_update(index_elements=["location"], set_=new), values)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing was seen in a document: an error's code and detail."""

    sha256: str
    code: str
    detail: str


def get_failures(connection: Connection, made_with: str, digests: Iterable[str]) -> dict[str, Failure]:
    """Return the failures of documents under these versions, by digest."""
    found: dict[str, Failure] = {}
    table = failures.c
    for some in in_groups(digests):
        query = select(table.sha256, table.code, table.detail)
        for row in connection.execute(query.where(table.made_with == made_with, table.sha256.in_(some))):
            found[row.sha256] = Failure(*row)
    return found


def put_failures(connection: Connection, made_with: str, rows: Iterable[Failure]) -> None:
    """Record why nothing was seen, once."""
    at = datetime.now(UTC)
    common = {"made_with": made_with, "recorded_at": at}
    values = [{"sha256": r.sha256, "code": r.code, "detail": r.detail[:1000]} | common for r in rows]
    put_once(connection, failures, values)


def forget_failures(connection: Connection, codes: Iterable[str]) -> None:
    """Forget failures with these codes, so that their documents are tried again."""
    connection.execute(delete(failures).where(failures.c.code.in_(list(codes))))


def examined(connection: Connection, made_with: str, digests: Iterable[str]) -> frozenset[str]:
    """Return which documents were examined with these versions."""
    found: set[str] = set()
    for some in in_groups(digests):
        query = select(examinations.c.sha256).where(
            examinations.c.made_with == made_with, examinations.c.sha256.in_(some)
        )
        found.update(connection.scalars(query))
    return frozenset(found)
