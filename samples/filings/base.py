"""One application with everything filed for it, and the report it must get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from samples.content import Plan
from samples.filing import Paper, Row

FIRST_INDEX = 200_000
OLD_DAYS, YOUNG_DAYS = 400, 60
PRE_CHECKED_ON = date(2026, 6, 1)
"""The day on which proofs judge: a pre-check has no application date of its own."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One application. `poor` letters are read without certainty."""

    name: str
    application: str
    rows: tuple[Row, ...]
    statuses: tuple[tuple[str, str], ...]
    verdict: str
    letters: tuple[Plan, ...] = ()
    papers: tuple[Paper, ...] = ()
    listed: tuple[Row, ...] = ()
    poor: bool = False
    tied: bool = False
    """Whether the manifest names the application of each document."""


Writer = Callable[[Plan, np.random.Generator], list[Filing]]


def rows_of(plan: Plan) -> list[Row]:
    """Return the office's rows on a letter's vehicles."""
    office = plan.records
    return [
        {
            "vin": v.vin, "brand": v.brand, "model": v.model, "manufacturer": office.manufacturer,
            "registration_date": v.registration_date.isoformat(), "transfer_date": v.transfer_date.isoformat(),
            "export_country": office.export_country, "applicant": office.applicant,
            "application_date": office.applied_on.isoformat(), "application_number": office.application,
            "received_on": office.received_on.isoformat(), "owner": office.applicant,
        }
        for v in office.vehicles
    ]  # fmt: skip


def one(name: str, plan: Plan, rows: list[Row], status: str, verdict: str, **more: object) -> list[Filing]:
    """Return one application whose vehicles all have a status."""
    statuses = tuple((row["vin"], status) for row in rows)
    return [Filing(name, plan.records.application, tuple(rows), statuses, verdict, **more)]  # type: ignore[arg-type]


def registered(plan: Plan, day: date) -> Plan:
    """Return the letter with its vehicles registered on a day."""
    vehicles = tuple(
        replace(v, registration_date=day, transfer_date=max(day + timedelta(days=20), date(2026, 1, 2)))
        for v in plan.letter.vehicles
    )
    return replace(
        plan, letter=replace(plan.letter, vehicles=vehicles), records=replace(plan.records, vehicles=vehicles)
    )


def all_of(rows: list[Row], status: str) -> tuple[tuple[str, str], ...]:
    """Return the same status for every row's vehicle."""
    return tuple((row["vin"], status) for row in rows)
