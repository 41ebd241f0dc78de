"""Whose application it is: the office that first brought its records."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from verifier.store.case_tables import application_offices
from verifier.store.upsert import insert_into


def claim_applications(connection: Connection, numbers: Iterable[str], office_id: str) -> frozenset[str]:
    """Have applications be an office's where they are nobody's yet; return those that are another's."""
    wanted = sorted(set(numbers))
    for number in wanted:
        row = insert_into(connection, application_offices).values(application_number=number, office_id=office_id)
        connection.execute(row.on_conflict_do_nothing())
    table = application_offices.c
    taken = select(table.application_number).where(table.application_number.in_(wanted), table.office_id != office_id)
    return frozenset(connection.scalars(taken))


def offices_of_applications(connection: Connection, numbers: Iterable[str]) -> dict[str, str]:
    """Return the office of each application that has one."""
    table = application_offices.c
    query = select(table.application_number, table.office_id)
    rows = connection.execute(query.where(table.application_number.in_(sorted(set(numbers)))))
    return {number: office for number, office in rows}
