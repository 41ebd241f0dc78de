"""What every route is given: the service, and who asks."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from verifier.cases.viewing import Viewer
from verifier.errors import StoreError
from verifier.settings import Settings
from verifier.store import events
from verifier.store.database import Database

POLL_SECONDS = 0.1
"""How late a waiting request may hear of a verdict."""


@dataclass(slots=True)
class Hub:
    """Wakes whoever waits for something to happen: one look at the database for all of this process."""

    database: Database
    _newest: int = 0
    _waiting: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Look while anybody waits; never ends by itself."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            if self._waiting:
                with contextlib.suppress(StoreError):  # readiness tells; whoever waits goes on waiting
                    self._tell(await run_in_threadpool(self._look))

    async def changed(self, seconds: float) -> None:
        """Return when something happened, or after `seconds`."""
        self._waiting += 1
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), seconds)
        finally:
            self._waiting -= 1

    def _look(self) -> int:
        with self.database.reading() as connection:
            return events.newest_event(connection)

    def _tell(self, newest: int) -> None:
        if newest != self._newest:
            self._newest = newest
            self._changed.set()
            self._changed = asyncio.Event()


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes work with, built once a process."""

    database: Database
    settings: Settings
    viewer: Viewer
    hub: Hub

    @classmethod
    def of(cls, settings: Settings) -> Service:
        """Return the service of these settings."""
        database = Database(settings.database_url, blobs=settings.blobs, pooled=True)
        return cls(database, settings, Viewer(database), Hub(database))


def service_of(request: Request) -> Service:
    """Return the service that the application was made with."""
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(service_of)]
