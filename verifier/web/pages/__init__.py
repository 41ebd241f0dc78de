"""Pages for people: rendered here, by audience, from the use-cases."""

from __future__ import annotations

from fastapi import FastAPI

from verifier.web.pages import (
    account,
    admin,
    admin_people,
    dashboard,
    deciding,
    exporter,
    failing,
    language,
    official,
    queue,
    seal_layout,
    start,
)

ROUTES = (
    start, language, account, exporter, queue, official, deciding, admin, seal_layout, admin_people, dashboard,
)  # fmt: skip


def install(app: FastAPI) -> None:
    """Serve the pages, and have their errors shown as pages."""
    for module in ROUTES:
        app.include_router(module.router)
    failing.install(app)
