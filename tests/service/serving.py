"""The web application on a real server on loopback, in this process, with a worker beside it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from tests.service.postgres import free_port
from tests.service.recorded import recorded_examiner
from verifier.jobs.examiner import MakeExaminer
from verifier.jobs.worker import Worker
from verifier.settings import Settings
from verifier.store import jobs
from verifier.web.app import create_app
from verifier.web.deps import Service

OPEN = {"VERIFIER_OPEN_ACCESS": "1"}
"""Nobody logs in: for tests of what the service does, whoever asks."""


@dataclass(frozen=True)
class Served:
    """A running server, and what it serves."""

    url: str
    service: Service


@contextlib.contextmanager
def serving(
    home: Path, *, make: MakeExaminer | None = recorded_examiner, settings: dict[str, str] | None = None
) -> Iterator[Served]:
    """Yield a running server, open to whoever reaches it unless `settings` say otherwise.

    Without `make` nothing works on what is uploaded.
    """
    port = free_port()
    service = Service.of(Settings.from_environment({"VERIFIER_HOME": str(home)} | OPEN | (settings or {})))
    server = uvicorn.Server(
        uvicorn.Config(create_app(service), port=port, log_config=None, access_log=False, timeout_graceful_shutdown=1)
    )
    threads = [threading.Thread(target=server.run, name="server")]
    worker = Worker(service.database, make or recorded_examiner, 20.0)
    if make:
        threads.append(threading.Thread(target=worker.run, name="worker"))
    for thread in threads:
        thread.start()
    while not server.started or (make and not _worker_seen(service) and threads[-1].is_alive()):
        time.sleep(0.01)
    try:
        yield Served(f"http://127.0.0.1:{port}", service)
    finally:
        worker.stopping.set()
        server.should_exit = True
        for thread in threads:
            thread.join()


def _worker_seen(service: Service) -> bool:
    with service.database.reading() as connection:
        return jobs.load(connection).workers > 0
