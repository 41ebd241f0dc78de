"""What the API's answers look like, for its description and for whoever reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from verifier.store.documents import StoredUpload

ID_PATTERN = "^[0-9a-z]{26}$"
EXAMPLE_ID = "01k9zq3v7r8m2n4p6s0t1w5x9y"
Identifier = Annotated[str, Path(pattern=ID_PATTERN, description="As the service gave it.", examples=[EXAMPLE_ID])]
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the content.")]
ApplicationNumber = Annotated[str, Path(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f]+$")]
PageNumber = Annotated[int, Path(ge=1, le=1000)]
Limit = Annotated[int, Query(ge=1, le=200, description="At most this many.")]
Cursor = Annotated[str | None, Query(pattern="^[0-9a-z]{1,40}$", description="`next` of the page before.")]


def moment(seconds: float | None) -> datetime | None:
    """Return seconds since 1970 as a time with its zone."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


class State(StrEnum):
    """How far a document is."""

    QUEUED = "queued"
    DONE = "done"
    DELETED = "deleted"


class VerdictName(StrEnum):
    """Verdicts; a document that ended without one has null and an error."""

    VERIFIED = "verified"
    FLAGGED = "flagged"
    UNREADABLE = "unreadable"


class Document(BaseModel):
    """An uploaded document. `verdict` is null until it is `done`, and where `error` says why there is none."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": EXAMPLE_ID,
                "name": "letter.pdf",
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "bytes": 182044,
                "media_type": "application/pdf",
                "application": "AP-1",
                "batch": None,
                "state": "done",
                "verdict": "flagged",
                "kind": "confirmation_letter",
                "error": None,
                "version": 1,
                "uploaded_at": "2026-03-01T08:00:00Z",
                "judged_at": "2026-03-01T08:00:02Z",
                "report": f"/v1/documents/{EXAMPLE_ID}/report",
            }
        }
    )
    id: str
    name: str | None = Field(description="As the sender named it; null once deleted.")
    sha256: str
    bytes: int
    media_type: str = Field(description="By content, not by name.")
    application: str | None
    batch: str | None
    state: State
    verdict: VerdictName | None
    kind: str | None
    error: str | None = Field(description="Code of what kept it from a verdict, or made it unreadable.")
    version: int = Field(description="Of the newest report; 0 before the first.")
    uploaded_at: datetime
    judged_at: datetime | None
    report: str | None = Field(description="Where the report is; null before it is there.")

    @classmethod
    def of(cls, upload: StoredUpload) -> Document:
        """Return a row as the API shows it."""
        has_report = upload.report_version > 0 and upload.state != State.DELETED
        return cls(
            id=upload.id,
            name=upload.name,
            sha256=upload.sha256,
            bytes=upload.bytes,
            media_type=upload.media_type,
            application=upload.application_number,
            batch=upload.batch_id,
            state=State(upload.state),
            verdict=VerdictName(upload.verdict) if upload.verdict else None,
            kind=upload.kind,
            error=upload.error_code,
            version=upload.report_version,
            uploaded_at=datetime.fromtimestamp(upload.uploaded_at, UTC),
            judged_at=moment(upload.judged_at),
            report=f"/v1/documents/{upload.id}/report" if has_report else None,
        )


class Documents(BaseModel):
    """One page of documents, newest first; `next` is the cursor of the page after, null on the last."""

    items: list[Document]
    next: str | None


class Accepted(BaseModel):
    """What an upload led to. Nothing of it can be lost any more."""

    batch: str | None = Field(description="Where several files were sent.")
    documents: list[Document]


class Judgement(BaseModel):
    """One judgement of a document; the newest stands."""

    version: int
    verdict: VerdictName | None
    judged_at: datetime


class Judgements(BaseModel):
    """Every judgement of a document, oldest first."""

    items: list[Judgement]


class Reports(BaseModel):
    """A document's reports, one a part, as report.schema.json describes them."""

    document: str
    version: int
    judged_at: datetime
    reports: list[dict[str, Any]]


class BatchProgress(BaseModel):
    """How far a batch is: documents by state, and by verdict where judged (`none`: ended without one)."""

    id: str
    created_at: datetime
    states: dict[str, int]
    verdicts: dict[str, int]
    done: bool
