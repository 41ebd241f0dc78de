"""Where everybody begins: each where their work is."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from verifier.web.pages.rendering import MAIN, pages_for
from verifier.web.pages.visiting import Visiting

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(visit: Visiting) -> Response:
    """Go to the first page of whoever asks."""
    assert visit.principal
    return RedirectResponse(pages_for(visit.principal, MAIN)[0][0], 303)
