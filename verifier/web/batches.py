"""Batches: how far several documents sent together are."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter

from verifier.cases import queue
from verifier.store import documents as uploads
from verifier.store.documents import Wanted
from verifier.web import shapes
from verifier.web.auth import Asking
from verifier.web.deps import TheService
from verifier.web.multipart import MOST_FILES
from verifier.web.problems import problems

router = APIRouter(prefix="/v1/batches", tags=["batches"])


@router.get("/{batch}", responses=problems(404), summary="Show a batch")
def show_batch(batch: shapes.Identifier, service: TheService, asking: Asking) -> shapes.BatchProgress:
    """Return how far a batch is; its documents are listed by `/v1/documents?batch=`."""
    with service.database.reading() as connection:
        found = uploads.get_batch(connection, batch, asking.limited_to)
        documents = uploads.list_uploads(connection, Wanted(asking.limited_to, batch_id=batch), MOST_FILES)
        blind = queue.blind_among(connection, (one.id for one in documents), asking.known)
    return shapes.BatchProgress(
        id=found.id,
        created_at=datetime.fromtimestamp(found.created_at, UTC),
        states=found.states,
        verdicts={} if blind else found.verdicts,
        done=uploads.QUEUED not in found.states,
    )
