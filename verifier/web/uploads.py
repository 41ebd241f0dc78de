"""POST /v1/documents: letters come in, and are on disk before the answer goes out."""

from __future__ import annotations

import re
import time
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool

from verifier.cases import queue, submissions
from verifier.cases.submissions import Submission
from verifier.errors import RequestError
from verifier.store import documents as uploads
from verifier.store import jobs
from verifier.store.documents import QUEUED, StoredUpload
from verifier.web import shapes
from verifier.web.auth import Asking, Principal
from verifier.web.deps import Service, TheService
from verifier.web.multipart import LARGEST_REQUEST, MOST_FILES, Form, received_form
from verifier.web.problems import overloaded, problems

router = APIRouter(tags=["documents"])
LONGEST_WAIT_SECONDS = 60.0
SECONDS_A_DOCUMENT = 2.0
"""What a waiting document costs a worker, for saying when to come back."""
_WAIT = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,4})\"?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": MOST_FILES,
                            "description": "PDF, PNG, JPEG, TIFF or WebP; told by content. Up to 50 MB each.",
                        },
                        "application": {
                            "type": "string",
                            "maxLength": 128,
                            "description": "Export application that the letters belong to.",
                            "example": "AP-1",
                        },
                    },
                }
            }
        },
    }
}
_LOCATION = {"Location": {"schema": {"type": "string"}, "description": "The document, or the batch of several."}}
_APPLIED = {"Preference-Applied": {"schema": {"type": "string"}}}


@router.post(
    "/v1/documents",
    status_code=202,
    response_model=shapes.Accepted,
    summary="Upload letters",
    openapi_extra=BODY,
    max_body_size=LARGEST_REQUEST,
    responses={
        200: {
            "description": "`Prefer: wait` was met: every document has its verdict",
            "model": shapes.Accepted,
            "headers": _LOCATION | _APPLIED,
        },
        202: {"description": "Accepted; nothing can be lost any more", "headers": _LOCATION},
        **problems(408, 413, 429),
    },
)
async def upload(
    request: Request,
    response: Response,
    service: TheService,
    asking: Asking,
    idempotency_key: Annotated[
        str | None,
        Header(max_length=255, description="The same key never uploads twice.", examples=["letter-2026-0001"]),
    ] = None,
    prefer: Annotated[
        str | None, Header(max_length=200, description="`wait=N`: answer with verdicts within N seconds, up to 60.")
    ] = None,
) -> shapes.Accepted:
    """Accept one or many letters, and optionally the application they belong to.

    The answer is 202 with Location once files, rows and jobs are durable; with `Prefer: wait=N` it is 200 with
    the verdicts where they come in time. With an `Idempotency-Key` a request may be repeated until it is
    answered.
    """
    await run_in_threadpool(_refuse_overload, service)
    content_type = request.headers.get("content-type", "")
    async with received_form(content_type, request.stream(), service.database.blobs) as form:
        submission = _submission(form, asking, idempotency_key)
        most = service.settings.queue_limit
        accepted = await run_in_threadpool(submissions.submit, service.database, submission, most_waiting=most)
    ids = accepted.document_ids
    found = await _awaited(service, ids, wait_seconds(prefer), asking)
    place = f"/v1/batches/{accepted.batch_id}" if accepted.batch_id else f"/v1/documents/{ids[0]}"
    response.headers["Location"] = place
    if wait_seconds(prefer) and all(one.state != QUEUED for one in found):
        response.status_code = 200
        response.headers["Preference-Applied"] = f"wait={wait_seconds(prefer):.0f}"
    return shapes.Accepted(batch=accepted.batch_id, documents=[shapes.Document.of(one) for one in found])


def wait_seconds(prefer: str | None) -> float:
    """Return how long the sender wants to wait (RFC 7240), at most LONGEST_WAIT_SECONDS.

    >>> wait_seconds("respond-async, wait=10"), wait_seconds("wait=9999"), wait_seconds(None)
    (10.0, 60.0, 0.0)
    """
    found = _WAIT.search(prefer or "")
    return min(float(found.group(1)), LONGEST_WAIT_SECONDS) if found else 0.0


def _refuse_overload(service: Service) -> None:
    """Turn an upload away before its body is read; the transaction that records it looks once more."""
    with service.database.reading() as connection:
        load = jobs.load(connection)
    if load.waiting >= service.settings.queue_limit:
        raise overloaded(load.waiting, load.waiting * SECONDS_A_DOCUMENT / max(load.workers, 1) / 10)


def _submission(form: Form, asking: Principal, key: str | None) -> Submission:
    if not form.files:
        raise RequestError("no file was sent")
    application = form.fields.get("application", "").strip()
    if len(application) > 128 or _CONTROL.search(application):
        raise RequestError("the application's number has at most 128 printable characters")
    uploader = asking.known.id if asking.known else None
    return Submission(tuple(form.files), asking.owner, asking.name, application or None, key, uploader)


async def _awaited(service: Service, ids: tuple[str, ...], seconds: float, asking: Principal) -> list[StoredUpload]:
    """Return the documents, after all have their verdict or `seconds` are over."""
    until = time.monotonic() + seconds
    while True:
        found = await run_in_threadpool(_found, service, ids, asking)
        remaining = until - time.monotonic()
        if remaining <= 0 or all(one.state != QUEUED for one in found):
            return found
        await service.hub.changed(remaining)


def _found(service: Service, ids: tuple[str, ...], asking: Principal) -> list[StoredUpload]:
    with service.database.reading() as connection:
        blind = queue.blind_among(connection, ids, asking.known)
        found = [uploads.get_upload(connection, one) for one in ids]
    return [queue.unjudged(one) if one.id in blind else one for one in found]
