"""Errors of pages, shown as pages; the API's stay problem details."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from verifier.errors import VerifierError
from verifier.web.auth import UnauthenticatedError
from verifier.web.pages.language import Language, language_of
from verifier.web.pages.rendering import is_part, render
from verifier.web.problems import InvalidRequestError, UnknownRouteError, status_of

MACHINES = ("/v1/", "/openapi.json", "/docs", "/healthz", "/readyz", "/metrics", "/static/")
Answering = Callable[[Request, Exception], Response | Awaitable[Response]]


def install(app: FastAPI) -> None:
    """Answer errors under page addresses with pages."""
    for kind in (VerifierError, RequestValidationError, HTTPException):
        known = app.exception_handlers[kind]
        app.add_exception_handler(kind, _pages_first(known))


def _pages_first(otherwise: Answering) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        if not is_page(request):
            answered = otherwise(request, error)
            return await answered if isinstance(answered, Awaitable) else answered
        return show_problem(request, _as_own(error))

    return answer


def is_page(request: Request) -> bool:
    """Return whether a person's browser asked for a page or a part of one."""
    wants = "text/html" in request.headers.get("accept", "") or is_part(request)
    return wants and not request.url.path.startswith(MACHINES)


def _as_own(error: Exception) -> VerifierError:
    if isinstance(error, VerifierError):
        return error
    missing = isinstance(error, HTTPException) and error.status_code in (404, 405)
    return UnknownRouteError() if missing else InvalidRequestError()


def told(request: Request, error: VerifierError) -> tuple[str, str]:
    """Return what happened and what to do, in the visitor's language."""
    if language_of(request) is Language.ZH:
        return error.message_zh, error.advice_zh
    return error.message, error.advice


def show_problem(request: Request, error: VerifierError) -> Response:
    """Return an error as a page, or as a part where a part was asked for."""
    if isinstance(error, UnauthenticatedError) and not is_part(request):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = asked if request.method == "GET" and asked != "/" else ""
        return RedirectResponse(f"/login?back={quote(back)}" if back else "/login", 303)
    title, advice = told(request, error)
    name = "problem_part.html" if is_part(request) else "problem.html"
    return render(request, name, status=status_of(error), title=title, advice=advice)
