"""Documents and their reports: listed, shown, judged again, deleted."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from sqlalchemy import Connection

from verifier.cases import disclosure, keeping, queue, recording
from verifier.errors import GoneError, NotFoundError, NotReadyError
from verifier.store import documents as uploads
from verifier.store import results
from verifier.store.documents import DELETED, StoredUpload, Wanted
from verifier.web import shapes
from verifier.web.auth import Asking, Principal
from verifier.web.deps import Service, TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1/documents", tags=["documents"])


@router.get("", responses=problems(), summary="List documents")
def list_documents(
    service: TheService,
    asking: Asking,
    limit: shapes.Limit = 50,
    cursor: shapes.Cursor = None,
    state: Annotated[shapes.State | None, Query()] = None,
    verdict: Annotated[shapes.VerdictName | None, Query()] = None,
    application: Annotated[str | None, Query(max_length=128)] = None,
    batch: Annotated[str | None, Query(pattern=shapes.ID_PATTERN)] = None,
    sha256: Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")] = None,
) -> shapes.Documents:
    """Return documents, newest first, a page at a time."""
    wanted = Wanted(asking.limited_to, cursor, state, verdict, application, batch, sha256)
    with service.database.reading() as connection:
        found = uploads.list_uploads(connection, wanted, limit + 1)
        blind = queue.blind_among(connection, (one.id for one in found), asking.known)
    more = found[limit - 1].id if len(found) > limit else None
    page = [one for one in found[:limit] if verdict is None or one.id not in blind]
    items = [shapes.Document.of(queue.unjudged(one) if one.id in blind else one) for one in page]
    return shapes.Documents(items=items, next=more)


@router.get("/{document}", responses=problems(404), summary="Show a document")
def show_document(document: shapes.Identifier, service: TheService, asking: Asking) -> shapes.Document:
    """Return how far a document is, and its verdict."""
    return shapes.Document.of(find_upload(service, asking, document))


@router.get(
    "/{document}/report",
    response_model=shapes.Reports,
    responses={304: {"description": "As the ETag says"}, **problems(404, 409, 410)},
    summary="Show a document's report",
)
def show_report(
    document: shapes.Identifier,
    service: TheService,
    asking: Asking,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="An earlier judgement.")] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Return the reports of a document, one a part, as the newest judgement has them."""
    upload = find_upload(service, asking, document)
    if upload.state == DELETED:
        raise GoneError
    if upload.report_version == 0:
        raise NotReadyError
    if version is not None and not asking.is_official and version != upload.report_version:
        raise NotFoundError("report")  # what may be told of an earlier one is not known any more
    with service.database.reading() as connection:
        stored = results.get_report(connection, document, version)
        if stored.blob is None:
            raise GoneError
        reports = visible_reports(connection, service, upload, stored.blob, asking)
    judged_at = datetime.fromtimestamp(stored.judged_at, UTC).isoformat()
    start = json.dumps({"document": document, "version": stored.version, "judged_at": judged_at})
    body = start[:-1].encode() + b',"reports":' + reports + b"}"
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"', "Cache-Control": "private, no-cache"}
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def visible_reports(
    connection: Connection, service: Service, upload: StoredUpload, blob: str, asking: Principal
) -> bytes:
    """Return a JSON array of reports as whom asks may see them: without others' data, unjudged where that is blind."""
    reports = results.read_reports(service.database.blobs, blob)
    if asking.known is None:
        return reports
    shown = disclosure.disclosed(connection, upload, json.loads(reports), asking.known)
    if queue.blind_among(connection, [upload.id], asking.known):
        shown = [_unjudged(report) for report in shown]
    return json.dumps(shown, ensure_ascii=False).encode()


def _unjudged(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report with what was read and found, and nothing of what was concluded."""
    seals = [seal | {"manufacturer": None, "score": None} for seal in report["seals"]]
    return report | {"verdict": None, "checks": [], "applications": [], "seals": seals}


@router.get("/{document}/judgements", responses=problems(404), summary="List a document's judgements")
def list_judgements(document: shapes.Identifier, service: TheService, asking: Asking) -> shapes.Judgements:
    """Return every judgement of a document; other documents and new records lead to new ones."""
    find_upload(service, asking, document)
    with service.database.reading() as connection:
        stored = results.list_reports(connection, document)
        blind = queue.blind_among(connection, [document], asking.known)
    items = [
        shapes.Judgement(
            version=one.version,
            verdict=shapes.VerdictName(one.verdict) if one.verdict and not blind else None,
            judged_at=datetime.fromtimestamp(one.judged_at, UTC),
        )
        for one in stored
    ]
    return shapes.Judgements(items=items)


@router.post("/{document}/judgements", status_code=202, responses=problems(404, 410), summary="Judge again")
def judge_again(document: shapes.Identifier, service: TheService, asking: Asking) -> shapes.Document:
    """Have a document judged again, with today's records, registry, lists and rules."""
    find_upload(service, asking, document)
    recording.judge_again(service.database, document, asking.name)
    return shapes.Document.of(find_upload(service, asking, document))


@router.delete("/{document}", status_code=204, responses=problems(404), summary="Delete a document's content")
def delete_document(document: shapes.Identifier, service: TheService, asking: Asking) -> None:
    """Remove the file, its readings, reports and name; its hash, verdict and audit entries stay."""
    find_upload(service, asking, document)
    keeping.delete_document(service.database, document, asking.name)


def find_upload(service: Service, asking: Principal, document: str) -> StoredUpload:
    """Return a document that whoever asks may see, unjudged where that is blind; raises NotFoundError."""
    with service.database.reading() as connection:
        upload = uploads.get_upload(connection, document, asking.limited_to)
        return queue.unjudged(upload) if queue.blind_among(connection, [document], asking.known) else upload
