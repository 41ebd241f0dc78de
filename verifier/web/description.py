"""The API's description for people: /docs, from files of our own, nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from verifier import __version__
from verifier.web.problems import Problem
from verifier.web.static_files import KeptFiles

STATIC = Path(__file__).parent / "static"
VENDORED = "vendor/swagger-ui-5.35.0"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
)
"""Swagger UI sets styles on its elements; scripts come from files only."""
SUMMARY = "Verifies manufacturer letters under China's used-car export notice 商贸函〔2025〕648号."
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Verifier API</title>
<link rel="stylesheet" href="/static/{VENDORED}/swagger-ui.css"></head>
<body><div id="description"></div>
<script src="/static/{VENDORED}/swagger-ui-bundle.js"></script><script src="/static/description.js"></script>
</body></html>
"""


def install(app: FastAPI) -> None:
    """Serve /docs and its files, and describe the API once."""
    app.mount("/static", KeptFiles(directory=STATIC), name="static")

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(PAGE, headers={"Content-Security-Policy": POLICY})

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's documented way to extend its description


def _description(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title="Verifier", version=__version__, summary=SUMMARY, routes=app.routes, openapi_version="3.1.0"
    )
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    described = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components |= described.pop("$defs", {})
    components["Problem"] = described
    for unused in ("HTTPValidationError", "ValidationError"):
        components.pop(unused, None)
    return schema
