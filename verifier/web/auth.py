"""Who asks: by a session's cookie, by a program's token, or, where a setting opens the service, whoever reaches it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool

from verifier.cases import sessions
from verifier.cases.sessions import Session, csrf_of
from verifier.errors import ForbiddenError, RequestError
from verifier.settings import Settings
from verifier.store import people
from verifier.store.database import Database
from verifier.store.people import Person, Role
from verifier.web.access import Rule, rule_of
from verifier.web.deps import Service, service_of

SAFE_METHODS = frozenset(["GET", "HEAD", "OPTIONS"])
CSRF_HEADER = "X-CSRF-Token"


class UnauthenticatedError(RequestError):
    """Nobody logged in, or the session is over."""

    code = "login_required"
    cause = "log in first"
    cause_zh = "请先登录"
    advice = "log in, or send a token in the Authorization header"
    advice_zh = "请登录，或在 Authorization 头中提供令牌"
    http_status = 401


class NotAllowedError(ForbiddenError):
    """Not for this role, or not within this token's scopes."""

    cause = "this role may not do that"
    cause_zh = "当前角色无此权限"
    advice = "ask somebody whose task it is"
    advice_zh = "请由有权限的人员办理"


class CsrfError(ForbiddenError):
    """A change asked for by a cookie alone: perhaps by another site's page."""

    code = "csrf_token_missing"
    cause = f"the request lacks this session's {CSRF_HEADER}"
    cause_zh = f"请求缺少本会话的 {CSRF_HEADER}"
    advice = "take it from GET /v1/session and send it with every change"
    advice_zh = "请从 GET /v1/session 获取并随每次更改一并发送"


class OpenAccessError(ForbiddenError):
    """What needs a person, asked where nobody logs in."""

    code = "open_access"
    cause = "nobody logs in here, so nobody can answer for that"
    cause_zh = "本服务未启用登录，无法确认责任人"
    advice = "serve without VERIFIER_OPEN_ACCESS"
    advice_zh = "请在启用登录的情况下运行服务"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. `owner` is whose documents uploads become; `limited_to` whose documents are shown, None for all."""

    name: str
    owner: str
    limited_to: frozenset[str] | None
    known: Person | None = None
    csrf: str = ""
    scopes: frozenset[str] | None = field(default=None)
    """What a program's token allows; None for a session."""

    @property
    def is_official(self) -> bool:
        """Whether content for officials only may be shown."""
        return self.known is None or self.known.role is not Role.EXPORTER

    @property
    def own(self) -> frozenset[str] | None:
        """The organisation itself, as an owner; None where nobody logs in."""
        return None if self.known is None else frozenset({self.owner})

    @property
    def office(self) -> str | None:
        """The office that is answerable; None where nobody logs in."""
        return None if self.known is None else self.known.office_id

    @property
    def person(self) -> Person:
        """The person; raises OpenAccessError where nobody logs in."""
        if self.known is None:
            raise OpenAccessError
        return self.known


OPERATOR = Principal("operator", "office", None)
"""Whoever reaches a service that was opened by VERIFIER_OPEN_ACCESS; it then only listens on this machine."""


def principal_of(
    database: Database, person: Person, *, csrf: str = "", scopes: frozenset[str] | None = None
) -> Principal:
    """Return a person as who asks, with the documents that the role may see."""
    with database.reading() as connection:
        if person.role is Role.EXPORTER:
            seen = frozenset({person.organisation_id})
        elif person.role is Role.ADMIN:
            seen = frozenset()
        else:
            seen = people.owners_of_office(connection, person.office_id)
    return Principal(person.id, person.organisation_id, seen, person, csrf, scopes)


def cookie_name(settings: Settings) -> str:
    """Return the session cookie's name: behind https one that no other host can set."""
    return "__Host-session" if settings.is_https else "session"


def set_cookie(response: Response, settings: Settings, session: Session) -> None:
    """Give a browser its session."""
    response.set_cookie(
        cookie_name(settings), session.secret, max_age=int(sessions.LONGEST_SECONDS), httponly=True, samesite="lax",
        secure=settings.is_https, path="/",
    )  # fmt: skip


def delete_cookie(response: Response, settings: Settings) -> None:
    """Have a browser forget its session."""
    response.delete_cookie(cookie_name(settings), path="/", httponly=True, samesite="lax", secure=settings.is_https)


def address_of(request: Request) -> str:
    """Return where a request comes from."""
    return request.client.host if request.client else "unknown"


async def identified(request: Request) -> Principal | None:
    """Return who asks, None where nobody can be told; raises CsrfError."""
    service = service_of(request)
    if service.settings.open_access:
        return OPERATOR
    return await run_in_threadpool(_identified, service, request)


def _identified(service: Service, request: Request) -> Principal | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        found = sessions.person_of_token(service.database, secret.strip())
        return None if found is None else principal_of(service.database, found[0], scopes=found[1])
    cookie = request.cookies.get(cookie_name(service.settings))
    person = sessions.resume(service.database, cookie) if cookie else None
    if cookie is None or person is None:
        return None
    csrf = csrf_of(cookie)
    if request.method not in SAFE_METHODS and not hmac.compare_digest(request.headers.get(CSRF_HEADER, ""), csrf):
        raise CsrfError
    return principal_of(service.database, person, csrf=csrf)


async def guarded(request: Request) -> None:
    """Let a request pass whose route is open to whoever asks; every route depends on it.

    Raises UnauthenticatedError, NotAllowedError, CsrfError; NotAllowedError too where the route has no rule.
    """
    rule = rule_of(request.method, getattr(request.scope.get("route"), "path", ""))
    if rule is None:
        raise NotAllowedError
    if rule.public:
        return
    asking = await identified(request)
    if asking is None:
        raise UnauthenticatedError
    if not _is_allowed(asking, rule):
        raise NotAllowedError
    request.state.asking = asking


def _is_allowed(asking: Principal, rule: Rule) -> bool:
    if asking.known is None:
        return True
    within = asking.scopes is None or (rule.scope is not None and rule.scope in asking.scopes)
    return asking.known.role in rule.roles and within


def current_principal(request: Request) -> Principal:
    """Return who asks, as `guarded` found out."""
    asking: Principal | None = getattr(request.state, "asking", None)
    if asking is None:
        raise UnauthenticatedError
    return asking


def current_person(request: Request) -> Person:
    """Return the person who asks; raises UnauthenticatedError, OpenAccessError."""
    return current_principal(request).person


Asking = Annotated[Principal, Depends(current_principal)]
CurrentPerson = Annotated[Person, Depends(current_person)]
