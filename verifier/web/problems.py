"""What errors become: RFC 9457 problem details with a stable code, in both languages, nothing of the request."""

from __future__ import annotations

import logging
import math
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from verifier.errors import InvalidInputError, OverloadedError, RequestError, TooLargeError, VerifierError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 10
"""For retryable errors that do not know better."""
BODY_UNREAD = frozenset([400, 401, 403, 408, 413, 429])
"""Answers that may come before the body was read: the rest of it is not worth receiving."""
_log = logging.getLogger(__name__)


class Pointed(BaseModel):
    """One thing wrong with a request: where, and what was expected."""

    where: str
    expected: str


class Problem(BaseModel):
    """RFC 9457 problem details. `code` is stable; `retryable` says whether the same request may succeed later."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "/problems/not_found",
                "title": "not found",
                "status": 404,
                "detail": "not found (document)",
                "code": "not_found",
                "retryable": False,
                "title_zh": "未找到",
                "advice": "check the number",
                "advice_zh": "请核对编号",
                "errors": [],
            }
        }
    )
    type: str
    title: str
    status: int
    detail: str
    code: str
    retryable: bool
    title_zh: str
    advice: str
    advice_zh: str
    errors: list[Pointed] = []


class InvalidRequestError(RequestError):
    """A parameter or body that is not as the description says."""

    code = "request_invalid"
    http_status = 422


class UnknownRouteError(RequestError):
    """No such address or method."""

    code = "not_found"
    cause = "not found"
    cause_zh = "未找到"
    http_status = 404


class BusyError(VerifierError):
    """The service itself failed; the request may be sent again."""

    code = "internal"
    retryable = True


def answer_problem(
    error: VerifierError, errors: list[Pointed] | None = None, status: int | None = None
) -> JSONResponse:
    """Return the answer that tells of an error."""
    problem = Problem(
        type=f"/problems/{error.code}",
        title=error.cause,
        status=status or _status_of(error),
        detail=error.message,
        code=error.code,
        retryable=error.retryable,
        title_zh=error.cause_zh,
        advice=error.advice,
        advice_zh=error.advice_zh,
        errors=errors or [],
    )
    headers = {"Retry-After": str(_pause(error))} if error.retryable else {}
    if problem.status in BODY_UNREAD:
        headers["Connection"] = "close"
    return JSONResponse(problem.model_dump(), problem.status, headers, MEDIA_TYPE)


def _status_of(error: VerifierError) -> int:
    if isinstance(error, InvalidInputError):
        return 422
    return 503 if error.code == "store_failed" else error.http_status


def _pause(error: VerifierError) -> int:
    return math.ceil(getattr(error, "retry_after_seconds", RETRY_AFTER_SECONDS))


async def _foreseen(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, VerifierError)
    if not isinstance(error, RequestError) and _status_of(error) >= 500:
        _log.error("request failed", extra={"code": error.code, "reason": error.detail})
    return answer_problem(error)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    pointed = [Pointed(where="/".join(map(str, one["loc"])), expected=str(one["type"])) for one in error.errors()]
    return answer_problem(InvalidRequestError(), pointed)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kinds = {404: UnknownRouteError, 405: UnknownRouteError, 413: TooLargeError}
    own: VerifierError = kinds.get(error.status_code, InvalidRequestError)()
    answer = answer_problem(own, status=error.status_code)
    answer.headers.update(error.headers or {})
    if error.status_code == 405:
        answer.headers["Allow"] = ", ".join(_allowed(request))
    return answer


def _allowed(request: Request) -> list[str]:
    """Return every method of the address, whichever of its routes was looked at first."""
    found: set[str] = set()
    for template, operations in request.app.openapi()["paths"].items():
        if compile_path(template)[0].match(request.url.path):
            found.update(method.upper() for method in operations)
    return sorted(found)


async def _unforeseen(_: Request, error: Exception) -> JSONResponse:
    return answer_problem(BusyError(type(error).__name__))


def install(app: FastAPI) -> None:
    """Have every error of the application answered as a problem."""
    app.add_exception_handler(VerifierError, _foreseen)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


_DESCRIBED = {
    400: "the request cannot be used",
    401: "nobody logged in",
    403: "not allowed",
    404: "not found",
    408: "the request stopped arriving",
    409: "comes later",
    410: "deleted",
    412: "it was changed meanwhile",
    413: "too large",
    415: "not this media type",
    422: "a parameter or the body is not as described",
    428: "If-Match is missing",
    429: "too many documents wait, or tries to log in; Retry-After says how long",
    500: "the service failed",
    503: "the database or disk cannot be used now",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of the problems a route may answer; 400, 401, 403, 422, 500 and 503 always may come."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    every = sorted({400, 401, 403, 422, 500, 503, *statuses})
    return {status: {"description": _DESCRIBED[status], "content": content} for status in every}


def overloaded(waiting: int, seconds: float) -> OverloadedError:
    """Return the error of a full queue that says when to come back."""
    error = OverloadedError(f"{waiting} documents wait")
    error.retry_after_seconds = max(seconds, 1.0)
    return error
