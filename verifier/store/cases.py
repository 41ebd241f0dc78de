"""Cases, decisions and corrections as rows: opened, held, decided, taken back; nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select, update

from verifier.errors import NotFoundError
from verifier.store import service_tables as s
from verifier.store.case_tables import case_vehicles, cases, decisions
from verifier.store.documents import Owners
from verifier.store.upsert import insert_into

OPEN, AWAITING_SECOND, DECIDED, CLOSED = "open", "awaiting_second", "decided", "closed"
FLAGGED, CONTROL, DECIDED_EARLIER = "flagged", "control", "decided_earlier"
PROPOSED, FINAL, REFUSED, WITHDRAWN = "proposed", "final", "refused", "withdrawn"
UNDECIDED = (OPEN, AWAITING_SECOND)


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A row of `cases` with its document's application and uploader."""

    id: int
    document_id: str
    office_id: str
    reason: str
    state: str
    blind: bool
    risk: int
    opened_at: float
    report_version: int
    version: int
    holder_id: str | None
    held_until: float | None
    closed_at: float | None
    sha256: str
    application_number: str | None
    uploaded_by: str | None

    @property
    def is_undecided(self) -> bool:
        """Whether somebody must still act."""
        return self.state in UNDECIDED


_CASE = [*cases.c, s.documents.c.sha256, s.documents.c.application_number, s.documents.c.uploaded_by]


def _case(row: Sequence[Any]) -> StoredCase:
    return StoredCase(*row)


def get_case(connection: Connection, case_id: int, offices: Owners = None, *, lock: bool = False) -> StoredCase:
    """Return a case; raises NotFoundError where there is none, or none of these offices'."""
    query = select(*_CASE).join_from(cases, s.documents).where(cases.c.id == case_id)
    row = connection.execute(query.with_for_update(of=cases) if lock else query).first()
    if row is None or (offices is not None and row.office_id not in offices):
        raise NotFoundError("case")
    return _case(row)


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case starts with."""

    document_id: str
    office_id: str
    reason: str
    blind: bool
    risk: int
    report_version: int


@dataclass(frozen=True, slots=True)
class CaseVehicle:
    """What is to be decided on one vehicle, '' for a document without any; `failing` names the checks that fail."""

    vin: str
    failing: tuple[str, ...]


def open_case(connection: Connection, new: NewCase, vehicles: Iterable[CaseVehicle], at: float) -> int | None:
    """Return the number of a new case; None where the document has an undecided one."""
    values = {name: getattr(new, name) for name in NewCase.__dataclass_fields__}
    row = insert_into(connection, cases).values(**values, state=OPEN, opened_at=at, version=1)
    number = connection.execute(row.on_conflict_do_nothing().returning(cases.c.id)).scalar()
    if number is None:
        return None
    _put_vehicles(connection, int(number), vehicles)
    return int(number)


def _put_vehicles(connection: Connection, case_id: int, vehicles: Iterable[CaseVehicle]) -> None:
    rows = [
        {"case_id": case_id, "vin": v.vin, "fails": len(v.failing), "failing": json.dumps(v.failing)} for v in vehicles
    ]
    connection.execute(insert(case_vehicles), rows)


def refresh_case(
    connection: Connection, case_id: int, vehicles: Iterable[CaseVehicle], *, risk: int, report_version: int
) -> None:
    """Have an undecided case be about a newer report."""
    connection.execute(case_vehicles.delete().where(case_vehicles.c.case_id == case_id))
    _put_vehicles(connection, case_id, vehicles)
    change(connection, case_id, risk=risk, report_version=report_version)


def change(connection: Connection, case_id: int, **values: object) -> None:
    """Change a case's row and count its version up."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(**values, version=cases.c.version + 1))


def win(connection: Connection, case: StoredCase, **values: object) -> bool:
    """Change a case that is still as it was seen; return False where somebody else was first."""
    unchanged = (cases.c.id == case.id) & (cases.c.version == case.version) & (cases.c.state == case.state)
    changed = update(cases).where(unchanged).values(**values, version=cases.c.version + 1)
    return connection.execute(changed).rowcount == 1


def undecided_case(connection: Connection, document_id: str) -> StoredCase | None:
    """Return the case that a document awaits, None where none."""
    query = select(*_CASE).join_from(cases, s.documents)
    row = connection.execute(query.where(cases.c.document_id == document_id, cases.c.state.in_(UNDECIDED))).first()
    return None if row is None else _case(row)


def cases_of(connection: Connection, document_id: str) -> tuple[StoredCase, ...]:
    """Return every case of a document, oldest first."""
    query = select(*_CASE).join_from(cases, s.documents).where(cases.c.document_id == document_id)
    return tuple(_case(row) for row in connection.execute(query.order_by(cases.c.id)))


def vehicles_of(connection: Connection, case_id: int) -> tuple[CaseVehicle, ...]:
    """Return what is to be decided in a case."""
    query = select(case_vehicles.c.vin, case_vehicles.c.failing).where(case_vehicles.c.case_id == case_id)
    rows = connection.execute(query.order_by(case_vehicles.c.vin))
    return tuple(CaseVehicle(vin, tuple(json.loads(failing))) for vin, failing in rows)


# --- the queue ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WantedCases:
    """Which cases to list; None does not limit. `after` is (risk, number) of the last one of the page before."""

    office_id: str
    states: tuple[str, ...] = UNDECIDED
    reasons: tuple[str, ...] | None = None
    application_number: str | None = None
    holder_id: str | None = None
    after: tuple[int, int] | None = None


def _wanted(wanted: WantedCases) -> list[ColumnElement[bool]]:
    limits = [cases.c.office_id == wanted.office_id, cases.c.state.in_(wanted.states)]
    for column, value in (
        (s.documents.c.application_number, wanted.application_number),
        (cases.c.holder_id, wanted.holder_id),
    ):
        limits += [] if value is None else [column == value]
    limits += [] if wanted.reasons is None else [cases.c.reason.in_(wanted.reasons)]
    if wanted.after is not None:
        risk, number = wanted.after
        limits.append(or_(cases.c.risk < risk, and_(cases.c.risk == risk, cases.c.id > number)))
    return limits


def list_cases(connection: Connection, wanted: WantedCases, limit: int) -> tuple[StoredCase, ...]:
    """Return cases, the riskiest first."""
    query = select(*_CASE).join_from(cases, s.documents).where(*_wanted(wanted))
    return tuple(_case(r) for r in connection.execute(query.order_by(cases.c.risk.desc(), cases.c.id).limit(limit)))


def lease_next(
    connection: Connection, wanted: WantedCases, person_id: str, *, senior: bool, at: float, until: float
) -> int | None:
    """Return the riskiest case that is free and this person may decide, now held until then; None where none is.

    Free is what nobody holds and what `person_id` neither uploaded nor, awaiting a second person, proposed.
    """
    same = s.documents.alias("same")
    uploaded = select(same.c.id).where(same.c.sha256 == s.documents.c.sha256, same.c.uploaded_by == person_id)
    proposed = select(decisions.c.id).where(
        decisions.c.case_id == cases.c.id, decisions.c.state == PROPOSED, decisions.c.decided_by == person_id
    )
    mine = cases.c.state == OPEN
    if senior:
        mine = or_(mine, and_(cases.c.state == AWAITING_SECOND, ~proposed.exists()))
    free = or_(cases.c.held_until.is_(None), cases.c.held_until < at)
    query = select(cases.c.id).join_from(cases, s.documents).where(*_wanted(wanted), mine, free, ~uploaded.exists())
    query = query.order_by(cases.c.risk.desc(), cases.c.id).limit(1).with_for_update(of=cases, skip_locked=True)
    number = connection.scalar(query)
    if number is None:
        return None
    hold(connection, int(number), person_id, until)
    return int(number)


def hold(connection: Connection, case_id: int, person_id: str | None, until: float | None) -> None:
    """Have a case be held by somebody, or by nobody; its version stays, for nothing of it changes."""
    connection.execute(update(cases).where(cases.c.id == case_id).values(holder_id=person_id, held_until=until))


# --- decisions ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A row of `decisions`: one ruling on one vehicle."""

    id: int
    case_id: int
    vin: str
    outcome: str
    state: str
    public_comment: str
    internal_note: str
    report_version: int
    failing: tuple[str, ...]
    decided_by: str
    decided_at: float
    seconded_by: str | None
    seconded_at: float | None
    second_note: str | None
    final_at: float | None
    withdrawn_by: str | None
    withdrawn_at: float | None


def _decision(row: Row[Any]) -> StoredDecision:
    values = dict(row._mapping)
    return StoredDecision(**values | {"failing": tuple(json.loads(values["failing"]))})


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a ruling starts with; `final` where nobody else must agree."""

    case_id: int
    vin: str
    outcome: str
    public_comment: str
    internal_note: str
    report_version: int
    failing: tuple[str, ...]
    decided_by: str
    decided_at: float
    final: bool


def put_decision(connection: Connection, new: NewDecision) -> None:
    """Add a ruling; the database refuses what only two may do, and what nobody may decide."""
    values = {name: getattr(new, name) for name in NewDecision.__dataclass_fields__ if name != "final"}
    values |= {"failing": json.dumps(new.failing), "state": FINAL if new.final else PROPOSED}
    connection.execute(insert(decisions).values(**values, final_at=new.decided_at if new.final else None))


def decisions_of(connection: Connection, case_ids: Iterable[int]) -> tuple[StoredDecision, ...]:
    """Return every ruling in some cases, oldest first, taken back or not."""
    query = select(decisions).where(decisions.c.case_id.in_(sorted(set(case_ids)))).order_by(decisions.c.id)
    return tuple(_decision(row) for row in connection.execute(query))


def decisions_on(connection: Connection, document_id: str) -> tuple[StoredDecision, ...]:
    """Return every ruling on a document, oldest first."""
    return decisions_of(connection, [case.id for case in cases_of(connection, document_id)])


def change_decisions(connection: Connection, ids: Iterable[int], **values: object) -> None:
    """Carry rulings on: seconded, refused, taken back."""
    connection.execute(update(decisions).where(decisions.c.id.in_(sorted(ids))).values(**values))


def uploaders_of(connection: Connection, sha256: str) -> frozenset[str]:
    """Return whoever uploaded some content: they may not decide it."""
    documents = s.documents.c
    query = select(documents.uploaded_by).where(documents.sha256 == sha256, documents.uploaded_by.is_not(None))
    return frozenset(connection.scalars(query))
