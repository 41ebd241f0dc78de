"""Use-cases: the queue of an office. Somebody takes the riskiest case, holds it for a while, looks, gives it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from verifier.cases.decisions import HeldError, NotDecidableError, OwnUploadError
from verifier.store import audit, blind, cases, people, relations
from verifier.store import documents as uploads
from verifier.store.audit import Entry
from verifier.store.cases import CaseVehicle, StoredCase, StoredDecision, WantedCases
from verifier.store.clock import now
from verifier.store.database import Database
from verifier.store.documents import StoredUpload
from verifier.store.people import Person, Role

LEASE_SECONDS = 15 * 60.0
"""How long a case stays with whoever took it and does nothing; every look at it begins the time anew."""
HIDDEN_RISK = 0


@dataclass(frozen=True, slots=True)
class Filters:
    """Which cases are meant; None does not limit. `after` is (risk, number) of the last one of the page before."""

    states: tuple[str, ...] = cases.UNDECIDED
    reason: str | None = None
    application_number: str | None = None
    mine: bool = False
    after: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another document that shares number, VIN, picture or bytes: of another office, only this is told."""

    office: str
    case: int | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as one person sees it. Where it is blind, verdict, reason, risk and failing checks are not told."""

    case: StoredCase
    document: StoredUpload
    vehicles: tuple[CaseVehicle, ...]
    decisions: tuple[StoredDecision, ...]
    names: dict[str, str]
    """Names of whoever acted, by person."""
    related: tuple[Related, ...]
    is_blind: bool
    may_decide: bool
    may_second: bool

    @property
    def etag(self) -> str:
        """What If-Match names."""
        return f'"{self.case.version}"'


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list."""

    case: StoredCase
    is_blind: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, the riskiest first; `next` is what `Filters.after` takes for those behind."""

    items: tuple[Listed, ...]
    next: tuple[int, int] | None


def list_queue(database: Database, person: Person, filters: Filters, limit: int) -> Page:
    """Return the office's cases, the riskiest first; what is blind does not say why it is there."""
    with database.reading() as connection:
        found = cases.list_cases(connection, _wanted(person, filters), limit + 1)
    items = tuple(Listed(_veiled(case) if (blind := is_blind(case, person)) else case, blind) for case in found[:limit])
    return Page(items, (found[limit - 1].risk, found[limit - 1].id) if len(found) > limit else None)


def _wanted(person: Person, filters: Filters) -> WantedCases:
    holder = person.id if filters.mine else None
    reasons: tuple[str, ...] | None = None if filters.reason is None else (filters.reason,)
    if reasons == (cases.FLAGGED,):  # who filters must not find out which of them are control
        reasons = (cases.FLAGGED, cases.CONTROL)
    return WantedCases(person.office_id, filters.states, reasons, filters.application_number, holder, filters.after)


def is_blind(case: StoredCase, person: Person) -> bool:
    """Return whether this person must not know what the machine thinks: whoever may still decide it."""
    return case.blind and case.state == cases.OPEN and person.role is not Role.AUDITOR


def _veiled(case: StoredCase) -> StoredCase:
    return replace(case, reason=cases.FLAGGED, risk=HIDDEN_RISK)


def pull(database: Database, person: Person, filters: Filters) -> CaseView | None:
    """Return the riskiest case that is free, held by this person from now on; None where there is none."""
    with database.transaction() as connection:
        at = now(connection)
        senior = person.role is Role.SENIOR_OFFICIAL
        wanted = _wanted(person, replace(filters, mine=False))
        number = cases.lease_next(connection, wanted, person.id, senior=senior, at=at, until=at + LEASE_SECONDS)
        return None if number is None else _view(connection, person, cases.get_case(connection, number))


def open_view(database: Database, person: Person, case_id: int) -> CaseView:
    """Return a case of the person's office; raises NotFoundError."""
    with database.reading() as connection:
        return _view(connection, person, cases.get_case(connection, case_id, {person.office_id}))


def hold(database: Database, person: Person, case_id: int) -> CaseView:
    """Take a certain case in hand, or keep it there; raises NotFoundError, HeldError, OwnUploadError.

    Who can only wait for a second official has it no longer in hand, even where a page asks for it late.
    """
    with database.transaction() as connection:
        case = cases.get_case(connection, case_id, {person.office_id}, lock=True)
        at = now(connection)
        if case.holder_id not in (None, person.id) and (case.held_until or 0.0) > at:
            raise HeldError
        if not case.is_undecided:
            raise NotDecidableError
        if person.id in cases.uploaders_of(connection, case.sha256):
            raise OwnUploadError
        view = _view(connection, person, case)
        if not (view.may_decide or view.may_second):
            return view
        cases.hold(connection, case_id, person.id, at + LEASE_SECONDS)
        return _view(connection, person, cases.get_case(connection, case_id))


def let_go(database: Database, person: Person, case_id: int) -> None:
    """Give a case back to the queue; raises NotFoundError. Nothing happens where somebody else holds it."""
    with database.transaction() as connection:
        case = cases.get_case(connection, case_id, {person.office_id}, lock=True)
        if case.holder_id == person.id:
            cases.hold(connection, case_id, None, None)


def history(database: Database, person: Person, case_id: int) -> tuple[tuple[Entry, str], ...]:
    """Return every act on the document of a case, oldest first, each with its actor's name; raises NotFoundError.

    An actor who is no person (a worker, an operator) has the name of the entry.
    """
    with database.reading() as connection:
        case = cases.get_case(connection, case_id, {person.office_id})
        entries = audit.entries_about(connection, (case.document_id,))
        names = people.names_of(connection, (entry.actor for entry in entries))
    if is_blind(case, person):
        entries = tuple(replace(entry, detail="{}") for entry in entries)
    return tuple((entry, names.get(entry.actor, entry.actor)) for entry in entries)


def _view(connection: Connection, person: Person, case: StoredCase) -> CaseView:
    upload = uploads.get_upload(connection, case.document_id)
    vehicles = cases.vehicles_of(connection, case.id)
    decided = cases.decisions_of(connection, (one.id for one in cases.cases_of(connection, case.document_id)))
    acted = {p for d in decided for p in (d.decided_by, d.seconded_by, d.withdrawn_by) if p}
    blind = is_blind(case, person)
    free = case.holder_id in (None, person.id) or (case.held_until or 0.0) < now(connection)
    able = person.decides and free and person.id not in cases.uploaders_of(connection, case.sha256)
    proposed = any(d.state == cases.PROPOSED and d.decided_by == person.id for d in decided)
    return CaseView(
        case=_veiled(case) if blind else case,
        document=unjudged(upload) if blind else upload,
        vehicles=tuple(CaseVehicle(v.vin, ()) for v in vehicles) if blind else vehicles,
        decisions=decided,
        names=people.names_of(connection, acted | ({case.holder_id} if case.holder_id else set())),
        related=() if blind else _related(connection, case),
        is_blind=blind,
        may_decide=able and case.state == cases.OPEN,
        may_second=able
        and case.state == cases.AWAITING_SECOND
        and person.role is Role.SENIOR_OFFICIAL
        and not proposed,
    )


def blind_among(connection: Connection, document_ids: Iterable[str], person: Person | None) -> frozenset[str]:
    """Return the documents of which this person must not know yet what the machine thinks."""
    if person is None or not person.decides:
        return frozenset()
    return blind.blind_documents(connection, document_ids)


def unjudged(upload: StoredUpload) -> StoredUpload:
    """Return a document without what the machine concluded."""
    return replace(upload, verdict=None, error_code=None)


def _related(connection: Connection, case: StoredCase) -> tuple[Related, ...]:
    """Return where else the same things turned up, by office and case."""
    mine = relations.keys_stored(connection, case.sha256)
    digests = relations.find_related(connection, relations.telling(mine)) | {case.sha256}
    found: set[Related] = set()
    for upload in uploads.uploads_of(connection, sorted(digests)):
        office = people.office_of(connection, upload.owner)
        if upload.id != case.document_id and office is not None:
            numbers = [other.id for other in cases.cases_of(connection, upload.id)]
            found.add(Related(people.get_organisation(connection, office).name, max(numbers, default=None)))
    return tuple(sorted(found, key=lambda one: (one.office, one.case or 0)))
