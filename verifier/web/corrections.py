"""What officials read where the machine misread, and what the exporter is told of decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from verifier.cases import corrections, decisions
from verifier.cases.decisions import Ruled
from verifier.store.corrections import Correction
from verifier.web import shapes
from verifier.web.auth import Asking, CurrentPerson
from verifier.web.deps import TheService
from verifier.web.documents import find_upload
from verifier.web.problems import problems

router = APIRouter(prefix="/v1/documents/{document}", tags=["cases"])


class NewCorrection(BaseModel):
    """What an official reads.

    `field` as the report names it, with points (`number`, `vehicles.0.vin`), or `kind`, or `pages` for the whole
    file (`1,2;3`: the first paper has two pages). '' says that the value does not stand on the paper.
    """

    part: int = Field(1, ge=1, le=1000)
    field: str = Field(min_length=1, max_length=60)
    value: str = Field(max_length=400)


class ShownCorrection(BaseModel):
    """A correction; `machine` is what the machine had read, as JSON."""

    id: int
    part: int
    field: str
    value: str
    machine: str
    corrected_at: datetime | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, one: Correction) -> ShownCorrection:
        """Return a correction as the API shows it."""
        return cls(
            id=one.id,
            part=one.part,
            field=one.field,
            value=one.value,
            machine=one.machine,
            corrected_at=shapes.moment(one.corrected_at),
            withdrawn_at=shapes.moment(one.withdrawn_at),
        )


class Corrections(BaseModel):
    """A document's corrections, oldest first."""

    items: list[ShownCorrection]


class Published(BaseModel):
    """A ruling that stands, as the exporter is told of it."""

    vin: str
    outcome: Ruled
    comment: str
    decided_at: datetime | None


class Decisions(BaseModel):
    """What was decided on a document, vehicle by vehicle; empty until it cannot be taken back any more."""

    items: list[Published]


@router.get("/corrections", responses=problems(404), summary="List a document's corrections")
def list_corrections(document: shapes.Identifier, service: TheService, asking: Asking) -> Corrections:
    """Return every correction, also those that hold no longer."""
    find_upload(service, asking, document)
    found = corrections.list_corrections(service.database, document)
    return Corrections(items=[ShownCorrection.of(one) for one in found])


@router.post("/corrections", status_code=201, responses=problems(404, 409, 410), summary="Correct a reading")
def correct(
    document: shapes.Identifier, asked: NewCorrection, service: TheService, person: CurrentPerson, asking: Asking
) -> shapes.Document:
    """Keep what an official reads beside the machine's reading; the document is judged anew before this answers."""
    reading = corrections.Reading(asked.part, asked.field, asked.value)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    corrections.correct(service.database, person, document, reading, today)
    return shapes.Document.of(find_upload(service, asking, document))


@router.delete("/corrections/{correction}", responses=problems(404, 409, 410), summary="Take a correction back")
def take_back(
    document: shapes.Identifier,
    correction: Annotated[int, Path(ge=1, le=2**53)],
    service: TheService,
    person: CurrentPerson,
    asking: Asking,
) -> shapes.Document:
    """Have the machine's reading hold again; the document is judged anew before this answers."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    corrections.take_back(service.database, person, document, correction, today)
    return shapes.Document.of(find_upload(service, asking, document))


@router.get("/decisions", responses=problems(404), summary="Show what was decided")
def show_decisions(document: shapes.Identifier, service: TheService, asking: Asking) -> Decisions:
    """Return what was decided on a document, once it cannot be taken back any more."""
    find_upload(service, asking, document)
    found = decisions.published(service.database, document, service.settings.undo_seconds)
    items = [
        Published(vin=one.vin, outcome=one.outcome, comment=one.comment, decided_at=shapes.moment(one.decided_at))
        for one in found
    ]
    return Decisions(items=items)
