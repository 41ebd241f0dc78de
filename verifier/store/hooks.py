"""Webhook endpoints and what was sent to them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from verifier.errors import NotFoundError
from verifier.store import service_tables as t
from verifier.store.clock import now
from verifier.store.documents import Owners, is_among

CLAIM_SECONDS = 60.0
"""How long one sender has a delivery to itself; it answers or times out well within."""
PAUSES_SECONDS = (5.0, 300.0, 1800.0, 7200.0, 18000.0, 36000.0, 50400.0, 72000.0, 86400.0)
"""The schedule that the Standard Webhooks specification recommends: three days in all."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An endpoint that is told of every verdict."""

    id: str
    owner: str
    url: str
    secret: str
    active: bool
    created_at: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one endpoint."""

    id: int
    webhook_id: str
    event_id: int
    state: str
    attempts: int
    due_at: float
    status: int | None
    error: str | None
    finished_at: float | None


def put_webhook(connection: Connection, webhook: Webhook) -> None:
    """Add an endpoint."""
    connection.execute(
        insert(t.webhooks).values(
            id=webhook.id,
            owner=webhook.owner,
            url=webhook.url,
            secret=webhook.secret,
            active=webhook.active,
            created_at=webhook.created_at,
        )
    )


def get_webhook(connection: Connection, webhook_id: str, owners: Owners = None) -> Webhook:
    """Return an endpoint; raises NotFoundError."""
    row = connection.execute(select(t.webhooks).where(t.webhooks.c.id == webhook_id)).first()
    if row is None or not is_among(row.owner, owners):
        raise NotFoundError("webhook")
    return Webhook(*row)


def list_webhooks(connection: Connection, owners: Owners) -> tuple[Webhook, ...]:
    """Return the endpoints in use, oldest first."""
    query = select(t.webhooks).where(t.webhooks.c.active).order_by(t.webhooks.c.id)
    query = query if owners is None else query.where(t.webhooks.c.owner.in_(sorted(owners)))
    return tuple(Webhook(*row) for row in connection.execute(query))


def retire_webhook(connection: Connection, webhook_id: str) -> None:
    """Send nothing more to an endpoint; what was sent stays on record."""
    connection.execute(update(t.webhooks).where(t.webhooks.c.id == webhook_id).values(active=False))
    waiting = (t.deliveries.c.webhook_id == webhook_id) & (t.deliveries.c.state == "waiting")
    connection.execute(update(t.deliveries).where(waiting).values(state="given_up"))


def list_deliveries(
    connection: Connection, webhook_id: str, limit: int, before: int | None = None
) -> tuple[Delivery, ...]:
    """Return what was or will be sent to an endpoint, newest first."""
    query = select(t.deliveries).where(t.deliveries.c.webhook_id == webhook_id)
    query = query if before is None else query.where(t.deliveries.c.id < before)
    return tuple(Delivery(*row) for row in connection.execute(query.order_by(t.deliveries.c.id.desc()).limit(limit)))


def is_due(connection: Connection) -> bool:
    """Return whether a delivery waits for its turn."""
    due = (t.deliveries.c.state == "waiting") & (t.deliveries.c.due_at <= now(connection))
    return connection.execute(select(t.deliveries.c.id).where(due).limit(1)).first() is not None


def claim(connection: Connection) -> Delivery | None:
    """Return the delivery that is due longest, for this sender to try now; None where none is."""
    at = now(connection)
    due = (t.deliveries.c.state == "waiting") & (t.deliveries.c.due_at <= at)
    query = select(t.deliveries).where(due).order_by(t.deliveries.c.due_at).limit(1).with_for_update(skip_locked=True)
    row = connection.execute(query).first()
    if row is None:
        return None
    held = {"attempts": row.attempts + 1, "due_at": at + CLAIM_SECONDS}
    connection.execute(update(t.deliveries).where(t.deliveries.c.id == row.id).values(held))
    return Delivery(*row)


def note_sent(connection: Connection, delivery: Delivery, status: int | None, error: str | None) -> None:
    """Write down how a try went: done on a 2xx, else tried again on schedule, given up at its end."""
    at = now(connection)
    if status is not None and 200 <= status < 300:
        after: dict[str, object] = {"state": "delivered", "finished_at": at}
    elif delivery.attempts >= len(PAUSES_SECONDS):
        after = {"state": "given_up", "finished_at": at}
    else:
        after = {"due_at": at + PAUSES_SECONDS[delivery.attempts]}
    values = after | {"status": status, "error": error}
    connection.execute(update(t.deliveries).where(t.deliveries.c.id == delivery.id).values(values))
