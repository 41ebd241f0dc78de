"""Whether the service lives, is ready, and how it does."""

from __future__ import annotations

import shutil

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from verifier.errors import StoreError
from verifier.store import jobs
from verifier.web.deps import Service, TheService
from verifier.web.metrics import Metrics
from verifier.web.problems import problems

router = APIRouter(tags=["health"])
LEAST_FREE_BYTES = 512 * 1024 * 1024
"""Below this uploads are better sent elsewhere: one request may bring 400 MB."""


class Alive(BaseModel):
    """The process answers."""

    alive: bool = True


class Ready(BaseModel):
    """The database answers and blobs can be written; `workers` were seen lately."""

    ready: bool
    workers: int
    waiting: int
    access: str = Field(description="`login`, or `open` where nobody logs in (VERIFIER_OPEN_ACCESS).")


@router.get("/healthz", summary="Is it alive")
async def healthz() -> Alive:
    """Return at once, whatever the database does."""
    return Alive()


@router.get("/readyz", responses=problems(), summary="Is it ready")
def readyz(service: TheService) -> Ready:
    """Return whether uploads can be kept now; 503 where they cannot."""
    load = _checked_load(service)
    access = "open" if service.settings.open_access else "login"
    return Ready(ready=True, workers=load.workers, waiting=load.waiting, access=access)


def _checked_load(service: Service) -> jobs.Load:
    blobs = service.database.blobs
    blobs.check()
    if shutil.disk_usage(blobs.folder).free < LEAST_FREE_BYTES:
        raise StoreError("the disk of the blob folder is nearly full")
    with service.database.reading() as connection:
        return jobs.load(connection)


@router.get(
    "/metrics",
    response_class=Response,
    responses=problems()
    | {
        200: {
            "description": "Prometheus' text format",
            "content": {CONTENT_TYPE_LATEST: {"schema": {"type": "string"}}},
        }
    },
    summary="Counters",
)
def metrics(request: Request, service: TheService) -> Response:
    """Return requests and queue in Prometheus' text format."""
    counted: Metrics = request.app.state.metrics
    with service.database.reading() as connection:
        load = jobs.load(connection)
    return Response(counted.text(load), media_type=CONTENT_TYPE_LATEST)
