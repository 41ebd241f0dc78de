"""Server-sent events: what happens to documents, as it happens, resumable where a connection broke."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from verifier.cases import queue
from verifier.store import events
from verifier.store.events import Event, Watched
from verifier.web import shapes
from verifier.web.auth import Asking, Principal
from verifier.web.deps import Service, TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1/events", tags=["events"])
QUIET_SECONDS = 10.0
"""Between two looks where nothing wakes the reader: events of other processes wake it much earlier."""
RETRY_MILLISECONDS = 1000


@router.get("", response_class=EventSourceResponse, responses=problems(), summary="Follow what happens")
async def follow(
    service: TheService,
    asking: Asking,
    document: Annotated[str | None, Query(pattern=shapes.ID_PATTERN)] = None,
    batch: Annotated[str | None, Query(pattern=shapes.ID_PATTERN)] = None,
    after: Annotated[int | None, Query(ge=0, le=2**53, description="Go on after this event; 0 from the start.")] = None,
    last_event_id: Annotated[str | None, Header(max_length=40)] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Stream `uploaded`, `started`, `judged` and `deleted` events of all, one document, or one batch.

    A document's or batch's stream begins with what already happened, any other with what comes. A browser
    that reconnects sends Last-Event-ID and misses nothing.
    """
    watched = Watched(asking.limited_to, document, batch)
    last = await run_in_threadpool(_start, service, watched, after, last_event_id)
    yield ServerSentEvent(comment="following", retry=RETRY_MILLISECONDS)
    while True:
        for event in await run_in_threadpool(_read, service, watched, last, asking):
            last = event.id
            yield _as_sent(event)
        await service.hub.changed(QUIET_SECONDS)


def _start(service: Service, watched: Watched, after: int | None, last_event_id: str | None) -> int:
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit() and int(last_event_id) < 2**53:
        return int(last_event_id)
    if after is not None:
        return after
    if watched.document_id or watched.batch_id:
        return 0
    with service.database.reading() as connection:
        return events.newest_event(connection)


def _read(service: Service, watched: Watched, last: int, asking: Principal) -> tuple[Event, ...]:
    """Return what happened after an event, without the verdict where it is blind to whom asks."""
    with service.database.reading() as connection:
        found = events.get_events(connection, watched, after=last)
        blind = queue.blind_among(connection, (event.document_id for event in found), asking.known)
    return tuple(replace(event, verdict=None) if event.document_id in blind else event for event in found)


def _as_sent(event: Event) -> ServerSentEvent:
    data = {
        "document": event.document_id,
        "batch": event.batch_id,
        "verdict": event.verdict,
        "version": event.version,
        "at": shapes.moment(event.at),
    }
    return ServerSentEvent(data=data, event=event.type, id=str(event.id))
