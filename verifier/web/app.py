"""The application: every route, around one service."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from fastapi import Depends, FastAPI

from verifier import __version__, logs
from verifier.settings import Settings
from verifier.web import (
    applications,
    audit,
    batches,
    cases,
    corrections,
    description,
    documents,
    health,
    pages,
    people,
    pictures,
    problems,
    progress,
    registry,
    seal_layouts,
    session,
    uploads,
    webhooks,
)
from verifier.web.auth import guarded
from verifier.web.deps import Service
from verifier.web.guard import Guard
from verifier.web.metrics import Metrics

_log = logging.getLogger(__name__)

ROUTES = (
    uploads, documents, corrections, pictures, batches, progress, cases, applications, registry, seal_layouts,
    webhooks, session, people, audit, health,
)  # fmt: skip

LARGEST_BODY = 10 * 1024 * 1024
"""Of any request but an upload of documents: a records.csv of 40,000 vehicles has 8 MB."""


def create_app(service: Service) -> FastAPI:
    """Return the application that serves `service`."""
    app = FastAPI(
        title="Verifier",
        version=__version__,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        max_body_size=LARGEST_BODY,
        dependencies=[Depends(guarded)],
    )
    app.state.service = service
    app.state.metrics = Metrics()
    problems.install(app)
    for module in ROUTES:
        app.include_router(module.router)
    description.install(app)
    pages.install(app)
    app.add_middleware(Guard, metrics=app.state.metrics, names=service.settings.host_names)
    return app


def from_environment() -> FastAPI:
    """Return the application that the environment describes: what each server process starts."""
    logs.to_stderr()
    settings = Settings.from_environment()
    return create_app(Service.of(settings))


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    if service.settings.open_access:
        _log.warning("open access: nobody logs in (VERIFIER_OPEN_ACCESS)")
    looking = asyncio.create_task(service.hub.run())
    yield
    looking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await looking
    service.viewer.close()
    service.database.close()
