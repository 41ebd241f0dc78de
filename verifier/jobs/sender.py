"""Tells webhook endpoints of verdicts: what is due is sent, retried on schedule, and how it went is kept."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from verifier.cases.webhooks import send
from verifier.errors import StoreError
from verifier.store import events, hooks
from verifier.store.database import Database
from verifier.store.events import Event
from verifier.store.hooks import Delivery, Webhook

IDLE_SECONDS = 0.5
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sender:
    """Sends what is due until told to stop."""

    database: Database
    allow_private: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Send until `stopping` is set."""
        while not self.stopping.is_set():
            try:
                if not self.send_once():
                    self.stopping.wait(IDLE_SECONDS)
            except StoreError as error:
                _log.error("the store failed", extra={"reason": error.detail})
                self.stopping.wait(IDLE_SECONDS * 4)

    def send_once(self) -> bool:
        """Try one delivery, if one is due; return whether one was."""
        with self.database.reading() as connection:
            if not hooks.is_due(connection):
                return False
        claimed = self._claim()
        if claimed is None:
            return False
        delivery, webhook, event = claimed
        status, error = send(webhook, event, allow_private=self.allow_private)
        with self.database.transaction() as connection:
            hooks.note_sent(connection, delivery, status, error)
        _log.info("webhook", extra={"webhook": webhook.id, "event": event.id, "status": status, "reason": error})
        return True

    def _claim(self) -> tuple[Delivery, Webhook, Event] | None:
        with self.database.transaction() as connection:
            delivery = hooks.claim(connection)
            if delivery is None:
                return None
            webhook = hooks.get_webhook(connection, delivery.webhook_id)
            return delivery, webhook, events.get_event(connection, delivery.event_id)
