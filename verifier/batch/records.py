"""The few vehicle records that bear on a document, out of a table of millions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection, func, select

from verifier.match import NEAR_AMONG
from verifier.record import Records, VehicleRecord
from verifier.store.groups import in_groups
from verifier.store.tables import vehicle_records


@dataclass(frozen=True, slots=True)
class Claim:
    """What a document says that records are looked up by."""

    vins: frozenset[str]
    application: str | None


class RecordSource(Protocol):
    """Where records come from."""

    def prepare(self, claims: Iterable[Claim]) -> None:
        """Fetch what these claims need, all at once."""

    def excerpt(self, claim: Claim) -> Records:
        """Return all records that comparing the claim with can need, in their order; it judges as the whole would."""

    def of_application(self, number: str) -> Records:
        """Return the records of one application."""


@dataclass(slots=True)
class RecordShelf:
    """Records found so far, by number and application; each kept with its place in the whole."""

    by_vin: dict[str, list[tuple[int, VehicleRecord]]] = field(default_factory=dict)
    by_application: dict[str, list[tuple[int, VehicleRecord]]] = field(default_factory=dict)
    few: tuple[tuple[int, VehicleRecord], ...] = ()
    """All records, where there are at most NEAR_AMONG."""
    total: int = 0

    def put(self, place: int, record: VehicleRecord) -> None:
        """Add a record under its number and application."""
        self.by_vin.setdefault(record.vin, []).append((place, record))
        if record.application_number:
            self.by_application.setdefault(record.application_number, []).append((place, record))

    def applications_of(self, vins: Iterable[str]) -> frozenset[str]:
        """Return the applications in which vehicles stand."""
        found = (record.application_number for vin in vins for _, record in self.by_vin.get(vin, ()))
        return frozenset(number for number in found if number)

    def excerpt(self, claim: Claim) -> Records:
        """Return what bears on a claim; see RecordSource."""
        if claim.application:
            return self.ordered(self.by_application.get(claim.application, ()))
        applications = self.applications_of(claim.vins)
        if not applications and self.few:
            return self.ordered(self.few)
        rows = [row for vin in claim.vins for row in self.by_vin.get(vin, ())]
        rows += [row for number in applications for row in self.by_application.get(number, ())]
        return self.ordered(rows)

    def ordered(self, rows: Iterable[tuple[int, VehicleRecord]]) -> Records:
        """Return rows as records, each once, in the order of the whole."""
        chosen = dict(rows)
        return Records(tuple(chosen[place] for place in sorted(chosen)), is_excerpt=self.total > len(chosen))


class GivenRecords:
    """Records of a file, held in memory."""

    def __init__(self, records: Records) -> None:
        self._shelf = RecordShelf(total=len(records.vehicles))
        for place, record in enumerate(records.vehicles):
            self._shelf.put(place, record)
        if len(records.vehicles) <= NEAR_AMONG:
            self._shelf.few = tuple(enumerate(records.vehicles))

    def prepare(self, claims: Iterable[Claim]) -> None:
        """Nothing to fetch."""

    def excerpt(self, claim: Claim) -> Records:
        """Return what bears on a claim."""
        return self._shelf.excerpt(claim)

    def of_application(self, number: str) -> Records:
        """Return the records of one application."""
        return self._shelf.excerpt(Claim(frozenset(), number))


class StoredRecords:
    """Records of the database, fetched for one shard at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        total = connection.scalar(select(func.count()).select_from(vehicle_records)) or 0
        self._shelf = RecordShelf(total=total)

    def prepare(self, claims: Iterable[Claim]) -> None:
        """Fetch the records of the claimed vehicles and of every application they stand in."""
        wanted = tuple(claims)
        table = vehicle_records.c
        vins = {vin for claim in wanted for vin in claim.vins}
        rows = dict(self._rows(table.vin, vins))
        numbers = {record.application_number for record in rows.values() if record.application_number}
        numbers |= {claim.application for claim in wanted if claim.application}
        rows |= self._rows(table.application_number, numbers)
        self._shelf = RecordShelf(total=self._shelf.total)
        for place in sorted(rows):
            self._shelf.put(place, rows[place])
        if self._shelf.total <= NEAR_AMONG and any(not self._shelf.applications_of(c.vins) for c in wanted):
            self._shelf.few = tuple(sorted(self._all().items()))

    def excerpt(self, claim: Claim) -> Records:
        """Return what bears on a claim that was prepared."""
        return self._shelf.excerpt(claim)

    def of_application(self, number: str) -> Records:
        """Return the records of one application."""
        return self._shelf.ordered(self._rows(vehicle_records.c.application_number, {number}).items())

    def _rows(self, column, values: Iterable[str]) -> dict[int, VehicleRecord]:  # type: ignore[no-untyped-def]  # a column
        found: dict[int, VehicleRecord] = {}
        for some in in_groups(sorted(values)):
            found |= _records(self._connection.execute(select(vehicle_records).where(column.in_(some))))
        return found

    def _all(self) -> dict[int, VehicleRecord]:
        return _records(self._connection.execute(select(vehicle_records)))


def _records(rows) -> dict[int, VehicleRecord]:  # type: ignore[no-untyped-def]  # rows of the table
    return {row.id: VehicleRecord(**{k: v for k, v in row._mapping.items() if k != "id"}) for row in rows}
