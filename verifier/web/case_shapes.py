"""What cases and decisions look like over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from verifier.cases import decisions
from verifier.cases.decisions import Ruled
from verifier.cases.queue import CaseView
from verifier.store.cases import StoredCase, StoredDecision
from verifier.web import shapes

Comment = Annotated[str, Field(max_length=decisions.LONGEST_COMMENT)]


class ShownCase(BaseModel):
    """A case in a list. One that is blind does not say why it is there."""

    number: int
    document: str
    reason: str
    state: str
    risk: int
    application: str | None
    opened_at: datetime | None
    held_until: datetime | None
    is_blind: bool

    @classmethod
    def of(cls, case: StoredCase, *, is_blind: bool) -> ShownCase:
        """Return a case as the API lists it."""
        return cls(
            number=case.id,
            document=case.document_id,
            reason=case.reason,
            state=case.state,
            risk=case.risk,
            application=case.application_number,
            opened_at=shapes.moment(case.opened_at),
            held_until=shapes.moment(case.held_until),
            is_blind=is_blind,
        )


class Cases(BaseModel):
    """Cases, the riskiest first; `next` is the cursor of the page after."""

    items: list[ShownCase]
    next: str | None


class Vehicle(BaseModel):
    """What is to be decided: a VIN, '' for a document without any, and the checks that fail for it."""

    vin: str
    failing: list[str]


class Decision(BaseModel):
    """One ruling on one vehicle, as the office sees it; `state`: proposed, final, refused or withdrawn."""

    id: int
    case: int
    vin: str
    outcome: Ruled
    state: str
    public_comment: str
    internal_note: str
    failing: list[str]
    decided_by: str
    decided_at: datetime | None
    seconded_by: str | None
    seconded_at: datetime | None
    second_note: str | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, one: StoredDecision, names: dict[str, str]) -> Decision:
        """Return a ruling with the names of whoever acted."""
        return cls(
            id=one.id,
            case=one.case_id,
            vin=one.vin,
            outcome=Ruled(one.outcome),
            state=one.state,
            public_comment=one.public_comment,
            internal_note=one.internal_note,
            failing=list(one.failing),
            decided_by=names.get(one.decided_by, ""),
            decided_at=shapes.moment(one.decided_at),
            seconded_by=names.get(one.seconded_by or ""),
            seconded_at=shapes.moment(one.seconded_at),
            second_note=one.second_note,
            withdrawn_at=shapes.moment(one.withdrawn_at),
        )


class Elsewhere(BaseModel):
    """Where the same VIN, number, picture or bytes turned up: the office and its case, nothing more."""

    office: str
    case: int | None


class Case(BaseModel):
    """A case with what is to be decided, and what was. Its ETag goes into If-Match of every change."""

    case: ShownCase
    document: shapes.Document
    vehicles: list[Vehicle]
    decisions: list[Decision]
    elsewhere: list[Elsewhere]
    held_by: str | None
    may_decide: bool
    may_second: bool

    @classmethod
    def of(cls, view: CaseView) -> Case:
        """Return a case as one person sees it."""
        return cls(
            case=ShownCase.of(view.case, is_blind=view.is_blind),
            document=shapes.Document.of(view.document),
            vehicles=[Vehicle(vin=one.vin, failing=list(one.failing)) for one in view.vehicles],
            decisions=[Decision.of(one, view.names) for one in view.decisions],
            elsewhere=[Elsewhere(office=one.office, case=one.case) for one in view.related],
            held_by=view.names.get(view.case.holder_id or ""),
            may_decide=view.may_decide,
            may_second=view.may_second,
        )


class NewRuling(BaseModel):
    """What is decided on one vehicle; the comment is for the exporter, the note stays inside the office."""

    vin: str = Field(max_length=64, description="As the case lists it; '' for a document without vehicles.")
    outcome: Ruled
    public_comment: Comment = ""
    internal_note: Comment = ""


class Rulings(BaseModel):
    """One ruling for every vehicle of the case."""

    rulings: list[NewRuling] = Field(min_length=1, max_length=500)


class Agreement(BaseModel):
    """Whether a second, senior official agrees with overriding the machine."""

    agrees: bool
    note: Comment = ""


class Act(BaseModel):
    """One entry of the audit about a document."""

    id: int
    at: datetime | None
    actor: str
    act: str


class History(BaseModel):
    """Every act on a case's document, oldest first."""

    items: list[Act]


class Control(BaseModel):
    """What the control of the machine showed: of verified letters judged blind, how many a person did not approve.

    `share`, `low` and `high` are the measured false-accept rate with its 95 % bounds; null before the first.
    """

    judged: int
    disagreed: int
    waiting: int
    share: float | None
    low: float | None
    high: float | None
