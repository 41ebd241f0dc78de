"""Webhooks: who is told of verdicts, and what was sent (Standard Webhooks)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import httpx
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from verifier.cases.webhooks import new_secret, public_address
from verifier.errors import RequestError
from verifier.store import events, hooks
from verifier.store.clock import new_id, now
from verifier.store.hooks import Delivery, Webhook
from verifier.web import shapes
from verifier.web.auth import Asking
from verifier.web.deps import TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


class NewWebhook(BaseModel):
    """Where verdicts are to be told."""

    model_config = ConfigDict(json_schema_extra={"example": {"url": "https://exporter.example/verdicts"}})
    url: str = Field(max_length=2000)


class Endpoint(BaseModel):
    """A webhook endpoint."""

    id: str
    url: str
    created_at: datetime


class NewEndpoint(Endpoint):
    """A webhook endpoint with its secret, shown this once."""

    secret: str


class Endpoints(BaseModel):
    """The endpoints in use."""

    items: list[Endpoint]


class Sent(BaseModel):
    """One event on its way to an endpoint: `waiting`, `delivered` or `given_up`."""

    id: int
    event: int
    state: str
    attempts: int
    status: int | None
    error: str | None
    next_try_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, delivery: Delivery) -> Sent:
        """Return a delivery as the API shows it."""
        return cls(
            id=delivery.id,
            event=delivery.event_id,
            state=delivery.state,
            attempts=delivery.attempts,
            status=delivery.status,
            error=delivery.error,
            next_try_at=shapes.moment(delivery.due_at) if delivery.state == "waiting" else None,
            finished_at=shapes.moment(delivery.finished_at),
        )


class Deliveries(BaseModel):
    """What was or will be sent, newest first."""

    items: list[Sent]
    next: int | None


def _endpoint(webhook: Webhook) -> Endpoint:
    return Endpoint(id=webhook.id, url=webhook.url, created_at=datetime.fromtimestamp(webhook.created_at, UTC))


@router.post("", status_code=201, responses=problems(), summary="Add a webhook")
def add_webhook(asked: NewWebhook, service: TheService, asking: Asking) -> NewEndpoint:
    """Have an address told of every verdict, signed with the secret that this answer shows once."""
    try:
        url = httpx.URL(asked.url)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise RequestError("url: not an address") from error
    public_address(url, allow_private=service.settings.private_webhooks)
    with service.database.transaction() as connection:
        at = now(connection)
        webhook = Webhook(new_id(), asking.owner, str(url), new_secret(), True, at)
        hooks.put_webhook(connection, webhook)
        events.put_audit(connection, at, asking.name, "webhook added", webhook.id)
    return NewEndpoint(**_endpoint(webhook).model_dump(), secret=webhook.secret)


@router.get("", responses=problems(), summary="List webhooks")
def list_webhooks(service: TheService, asking: Asking) -> Endpoints:
    """Return the endpoints in use."""
    with service.database.reading() as connection:
        return Endpoints(items=[_endpoint(one) for one in hooks.list_webhooks(connection, asking.own)])


@router.delete("/{webhook}", status_code=204, responses=problems(404), summary="Remove a webhook")
def remove_webhook(webhook: shapes.Identifier, service: TheService, asking: Asking) -> None:
    """Tell an endpoint nothing more; what was sent stays on record."""
    with service.database.transaction() as connection:
        hooks.get_webhook(connection, webhook, asking.own)
        hooks.retire_webhook(connection, webhook)
        events.put_audit(connection, now(connection), asking.name, "webhook removed", webhook)


@router.get("/{webhook}/deliveries", responses=problems(404), summary="List what was sent")
def list_deliveries(
    webhook: shapes.Identifier,
    service: TheService,
    asking: Asking,
    limit: shapes.Limit = 50,
    cursor: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Deliveries:
    """Return every delivery to an endpoint with how its last try went."""
    with service.database.reading() as connection:
        hooks.get_webhook(connection, webhook, asking.own)
        found = hooks.list_deliveries(connection, webhook, limit + 1, cursor)
    more = found[limit - 1].id if len(found) > limit else None
    return Deliveries(items=[Sent.of(one) for one in found[:limit]], next=more)
