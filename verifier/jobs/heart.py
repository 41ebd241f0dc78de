"""Keeps a job's lease while its document is in hand, and ends this process where that takes too long."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from typing import Self

from verifier.errors import StoreError
from verifier.store import jobs
from verifier.store.database import Database
from verifier.store.jobs import LEASE_SECONDS, Job, LostLeaseError

BEAT_SECONDS = LEASE_SECONDS / 4
"""Three beats may fail before the lease is lost."""
EXIT_TOO_LONG = 70
_log = logging.getLogger(__name__)


class Heart:
    """Renews one lease from a thread of its own, since reading cannot be interrupted."""

    def __init__(self, database: Database, job: Job, limit_seconds: float) -> None:
        self._database = database
        self._job = job
        self._limit_seconds = limit_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        until = time.monotonic() + self._limit_seconds
        while not self._over.wait(BEAT_SECONDS):
            if time.monotonic() > until:
                self._give_up()
            try:
                with self._database.transaction() as connection:
                    jobs.renew(connection, self._job)
            except LostLeaseError:
                return  # what this worker still does will be refused
            except StoreError:
                _log.warning("a heartbeat failed", extra={"job": self._job.id})

    def _give_up(self) -> None:
        """Put the job back, counted, and end this process: the next worker starts fresh."""
        _log.error("a document takes too long", extra={"job": self._job.id})
        with contextlib.suppress(LostLeaseError, StoreError), self._database.transaction() as connection:
            jobs.retry(connection, self._job)
        os._exit(EXIT_TOO_LONG)
