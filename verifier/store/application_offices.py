"""Whose application it is: the office that first brought its records, and the exporter whom all of them name."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from verifier.formats.names import normalise_name
from verifier.store.case_tables import application_offices
from verifier.store.groups import in_groups
from verifier.store.people import OFFICE
from verifier.store.people_tables import organisations
from verifier.store.tables import vehicle_records
from verifier.store.upsert import insert_into

_NUMBER = vehicle_records.c.application_number


def claim_applications(connection: Connection, numbers: Iterable[str], office_id: str) -> frozenset[str]:
    """Have applications be an office's where they are nobody's yet; return those that are another's."""
    wanted = sorted(set(numbers))
    for number in wanted:
        row = insert_into(connection, application_offices).values(application_number=number, office_id=office_id)
        connection.execute(row.on_conflict_do_nothing())
    table, taken = application_offices.c, set[str]()
    for some in in_groups(wanted):
        query = select(table.application_number)
        taken.update(connection.scalars(query.where(table.application_number.in_(some), table.office_id != office_id)))
    return frozenset(taken)


def of_office(connection: Connection, office_id: str) -> ColumnElement[bool]:
    """Return what rows of vehicle_records fulfil whose application is the office's.

    An application that nobody claimed is the office's where there is no other office.
    """
    table = application_offices.c
    mine = exists().where(table.application_number == _NUMBER, table.office_id == office_id)
    offices = select(func.count()).select_from(organisations).where(organisations.c.kind == OFFICE)
    if (connection.scalar(offices) or 0) > 1:
        return mine
    return or_(mine, and_(_NUMBER.is_not(None), ~exists().where(table.application_number == _NUMBER)))


def applications_of_office(connection: Connection, numbers: Iterable[str], office_id: str) -> frozenset[str]:
    """Return which of some applications are an office's."""
    found: set[str] = set()
    condition = of_office(connection, office_id)
    for some in in_groups(sorted(set(numbers))):
        found.update(connection.scalars(select(_NUMBER).where(_NUMBER.in_(some), condition).distinct()))
    return frozenset(found)


def applications_of_exporter(
    connection: Connection, exporter: str, numbers: Iterable[str] | None = None
) -> frozenset[str]:
    """Return the applications, of some or of all, whose records all name this exporter as the applicant."""
    applicant = vehicle_records.c.applicant
    query = select(_NUMBER, applicant).where(_NUMBER.is_not(None)).distinct()
    if numbers is None:
        named = set(connection.scalars(select(_NUMBER).where(applicant == exporter).distinct()))
        numbers = {number for number in named if number}
    rows = [
        row for some in in_groups(sorted(set(numbers))) for row in connection.execute(query.where(_NUMBER.in_(some)))
    ]
    mine, wanted = {number for number, _ in rows}, normalise_name(exporter)
    return frozenset(mine - {number for number, name in rows if normalise_name(name or "") != wanted})


def applications_naming(connection: Connection, vins: Iterable[str]) -> frozenset[tuple[str, str | None, str | None]]:
    """Return (VIN, application, applicant) of every record of some vehicles."""
    table = vehicle_records.c
    found: set[tuple[str, str | None, str | None]] = set()
    for some in in_groups(sorted(set(vins))):
        query = select(table.vin, table.application_number, table.applicant).where(table.vin.in_(some))
        found.update((vin, number, applicant) for vin, number, applicant in connection.execute(query))
    return frozenset(found)
