"""Who looks at a page: found once a request, kept for the templates."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from verifier.web.auth import Asking
from verifier.web.pages.language import language_of
from verifier.web.pages.rendering import Visit


def visiting(request: Request, asking: Asking) -> Visit:
    """Return who looks, and have every template of this request know it."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    visit = Visit(asking, language_of(request), path, asking.csrf)
    request.state.visit = visit
    return visit


Visiting = Annotated[Visit, Depends(visiting)]
