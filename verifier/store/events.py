"""What happened to documents, in an order that every reader sees the same: progress, webhooks, audit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, text

from verifier.errors import NotFoundError
from verifier.store import audit
from verifier.store import service_tables as t

ORDER_LOCK = 648_001
"""PostgreSQL advisory lock: numbers become visible in their order, so that a reader can go on from one."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one document: `uploaded`, `started`, `judged`, `deleted`."""

    id: int
    document_id: str
    batch_id: str | None
    owner: str
    type: str
    verdict: str | None
    version: int | None
    at: float


@dataclass(frozen=True, slots=True)
class Watched:
    """Whose events are asked for; None does not limit."""

    owners: Collection[str] | None = None
    document_id: str | None = None
    batch_id: str | None = None


def take_turn(connection: Connection) -> None:
    """Hold the order of events and audit entries to the end of the transaction; call it late in one."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ORDER_LOCK})"))


def put_event(
    connection: Connection,
    document: Row[Any],
    type_: str,
    at: float,
    *,
    verdict: str | None = None,
    version: int | None = None,
) -> None:
    """Write down what happened, with one delivery for each active webhook of the owner where it is a judgement."""
    take_turn(connection)
    values = {"document_id": document.id, "batch_id": document.batch_id, "owner": document.owner, "type": type_}
    row = insert(t.events).values(values | {"verdict": verdict, "version": version, "at": at})
    event_id = connection.execute(row.returning(t.events.c.id)).scalar_one()
    if type_ == "judged":
        _announce(connection, event_id, document.owner, at)


def _announce(connection: Connection, event_id: int, owner: str, at: float) -> None:
    hooks = connection.scalars(select(t.webhooks.c.id).where(t.webhooks.c.owner == owner, t.webhooks.c.active))
    rows = [
        {"webhook_id": hook, "event_id": event_id, "state": "waiting", "attempts": 0, "due_at": at} for hook in hooks
    ]
    if rows:
        connection.execute(insert(t.deliveries), rows)


def get_events(connection: Connection, watched: Watched, *, after: int, limit: int = 500) -> tuple[Event, ...]:
    """Return what happened after the event numbered `after`, oldest first."""
    query = select(t.events).where(t.events.c.id > after).order_by(t.events.c.id).limit(limit)
    for column, wanted in (
        (t.events.c.document_id, watched.document_id),
        (t.events.c.batch_id, watched.batch_id),
    ):
        query = query if wanted is None else query.where(column == wanted)
    if watched.owners is not None:
        query = query.where(t.events.c.owner.in_(sorted(watched.owners)))
    return tuple(Event(*row) for row in connection.execute(query))


def put_audit(
    connection: Connection, at: float, actor: str, act: str, subject: str, detail: Mapping[str, object] | None = None
) -> None:
    """Write down who did what: identifiers, digests and verdicts only."""
    take_turn(connection)
    audit.append(connection, at, actor, act, subject, detail or {})


def get_event(connection: Connection, event_id: int) -> Event:
    """Return one event; raises NotFoundError."""
    row = connection.execute(select(t.events).where(t.events.c.id == event_id)).first()
    if row is None:
        raise NotFoundError("event")
    return Event(*row)


def newest_event(connection: Connection) -> int:
    """Return the number of the newest event, 0 where nothing happened yet."""
    return connection.scalar(select(func.max(t.events.c.id))) or 0
