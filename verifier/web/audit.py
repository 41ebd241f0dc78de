"""The audit: who did what, whether the chain holds, and signed checkpoints to be kept elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from verifier.cases import auditing
from verifier.store.audit import Entry
from verifier.web import shapes
from verifier.web.auth import Asking
from verifier.web.deps import TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1/audit", tags=["audit"])


class ShownEntry(BaseModel):
    """One act: identifiers, digests and verdicts, never personal data."""

    id: int
    at: datetime | None
    actor: str
    act: str
    subject: str
    detail: str = Field(description="JSON.")
    previous: str
    digest: str

    @classmethod
    def of(cls, entry: Entry) -> ShownEntry:
        """Return an entry as the API shows it."""
        return cls(**asdict(entry) | {"at": shapes.moment(entry.at)})


class Entries(BaseModel):
    """Acts, oldest first; `next` is the cursor of the page after."""

    items: list[ShownEntry]
    next: int | None


class ShownVerification(BaseModel):
    """Whether the chain holds; where it does not, the first entry that does not fit, and why."""

    holds: bool
    entries: int
    bad_entry: int | None
    what: str | None


class ShownCheckpoint(BaseModel):
    """A signed state of the chain, to be kept where nobody of this service can change it."""

    entry: int
    digest: str
    at: float
    key: str
    signature: str


@router.get("", responses=problems(), summary="List acts")
def list_entries(
    service: TheService,
    asking: Asking,
    limit: shapes.Limit = 50,
    cursor: Annotated[int, Query(ge=0, le=2**53, description="`next` of the page before.")] = 0,
) -> Entries:
    """Return acts on the office's documents and by its people."""
    person, owners = asking.person, asking.limited_to or frozenset()
    found = auditing.list_entries(service.database, owners, person.office_id, cursor, limit + 1)
    more = found[limit - 1].id if len(found) > limit else None
    return Entries(items=[ShownEntry.of(one) for one in found[:limit]], next=more)


@router.get("/verification", responses=problems(), summary="Verify the audit")
def verify(service: TheService, asking: Asking) -> ShownVerification:
    """Verify the whole chain by its digests and the checkpoints kept here (`verifier audit verify` takes others)."""
    trusted = auditing.public_key(auditing.signing_key(service.settings.audit_key))
    found = auditing.verify(service.database, (), trusted)
    bad = found.bad
    return ShownVerification(
        holds=bad is None, entries=found.entries, bad_entry=bad.entry if bad else None, what=bad.what if bad else None
    )


@router.post("/checkpoints", status_code=201, responses=problems(404), summary="Sign a checkpoint")
def make_checkpoint(service: TheService, asking: Asking) -> ShownCheckpoint:
    """Sign how far the chain goes; whoever keeps the answer elsewhere can prove what is changed or cut off later."""
    return ShownCheckpoint(**asdict(auditing.make_checkpoint(service.database, service.settings.audit_key)))
