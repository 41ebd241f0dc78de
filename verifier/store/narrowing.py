"""The records that can bear on one document, found by index instead of reading them all."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, func, or_, select

from verifier.match import NEAR_AMONG
from verifier.record import Records, VehicleRecord
from verifier.store import tables

_TABLE = tables.vehicle_records
_COLUMNS = [column for column in _TABLE.c if column.name != "id"]


def records_for(connection: Connection, vins: Iterable[str], application: str | None) -> Records:
    """Return every record that judging these VINs looks at, as an excerpt of all.

    Those of the VINs, of every application they stand in, and of `application`; in a small register, for VINs
    of no record, also those that differ little.
    """
    wanted = sorted(set(vins))
    found = _where(connection, _TABLE.c.vin.in_(wanted))
    numbers = {record.application_number for record in found if record.application_number} | {application} - {None}
    found += _where(connection, _TABLE.c.application_number.in_(sorted(n for n in numbers if n)))
    known = {record.vin for record in found}
    number_of_all = connection.scalar(select(func.count()).select_from(_TABLE)) or 0
    if not numbers and number_of_all <= NEAR_AMONG:
        for vin in wanted:
            found += [] if vin in known else _where(connection, _near(vin))
    return Records(tuple(dict.fromkeys(found)), is_excerpt=number_of_all > 0)


def _near(vin: str) -> ColumnElement[bool]:
    """Return what records within two characters of `vin` fulfil (`match.is_near_miss`), and some others too.

    Two changed characters leave the first four, the last four or the five behind the first four as they are.
    """
    return or_(
        func.substr(_TABLE.c.vin, 1, 4) == vin[:4],
        func.substr(_TABLE.c.vin, func.length(_TABLE.c.vin) - 3, 4) == vin[-4:],
        func.substr(_TABLE.c.vin, 5, 5) == vin[4:9],
    )


def _where(connection: Connection, condition: ColumnElement[bool]) -> list[VehicleRecord]:
    rows = connection.execute(select(*_COLUMNS).where(condition).order_by(_TABLE.c.id))
    return [VehicleRecord(**row._mapping) for row in rows]
