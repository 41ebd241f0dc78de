"""Around every request: its number, who may send it from where, security headers, log line and counters."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from verifier.errors import ForbiddenError
from verifier.web.metrics import Metrics
from verifier.web.problems import answer_problem

SAFE_METHODS = frozenset(["GET", "HEAD", "OPTIONS"])
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cache-Control": "no-store",
}
_log = logging.getLogger("verifier.access")
KNOWN_METHODS = SAFE_METHODS | {"POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"}


@dataclass(frozen=True, slots=True)
class Guard:
    """ASGI middleware; `names` are the hosts it answers for, so that no web page rebinds to it."""

    app: ASGIApp
    metrics: Metrics
    names: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an allowed request on, answer a forbidden one."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, told = time.perf_counter(), _Told(send, secrets.token_hex(8))
        try:
            if self._is_allowed(scope):
                await self.app(scope, receive, told)
            else:
                await answer_problem(ForbiddenError())(scope, receive, told)
        finally:
            self._note(scope, told, time.perf_counter() - started)

    def _is_allowed(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if _host_name(headers.get("host", "")) not in self.names:
            return False
        if scope["method"] in SAFE_METHODS:
            return True
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")

    def _note(self, scope: Scope, told: _Told, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unknown")
        method = scope["method"] if scope["method"] in KNOWN_METHODS else "other"
        self.metrics.count(method, route, told.status, seconds)
        spent = round(seconds * 1000, 1)
        extra = {"request": told.number, "method": method, "route": route, "status": told.status, "ms": spent}
        _log.info("request", extra=extra)


class _Told:
    """Sends on, adding headers, and remembers the status."""

    def __init__(self, send: Send, number: str) -> None:
        self._send = send
        self.number = number
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = list(message.get("headers", []))
            headers = MutableHeaders(raw=message["headers"])
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            headers["X-Request-Id"] = self.number
        await self._send(message)


def _host_name(host: str) -> str:
    """Return a Host header without its port.

    >>> _host_name("127.0.0.1:8000"), _host_name("[::1]:8000"), _host_name("localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0].lower()
