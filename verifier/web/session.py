"""Logging in and out, invitations, passwords, and tokens for programs."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from verifier.cases import oidc, people, sessions
from verifier.cases.sessions import LoginError
from verifier.store.people import ApiToken, Person, Role
from verifier.web import shapes
from verifier.web.auth import Asking, CurrentPerson, address_of, cookie_name, delete_cookie, set_cookie
from verifier.web.deps import Service, TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1", tags=["logging in"])
OIDC_COOKIE, OIDC_PATH = "oidc", "/v1/session/oidc"
Password = Annotated[str, Field(max_length=people.LONGEST_PASSWORD, json_schema_extra={"format": "password"})]


class Login(BaseModel):
    """Who somebody says to be."""

    login: str = Field(min_length=1, max_length=200)
    password: Password


class Me(BaseModel):
    """Who is logged in. `csrf` goes into the X-CSRF-Token header of every change; empty for a token."""

    id: str
    login: str
    name: str
    role: Role
    organisation: str
    csrf: str

    @classmethod
    def of(cls, person: Person, csrf: str) -> Me:
        """Return a person as the API shows it to itself."""
        return cls(
            id=person.id, login=person.login, name=person.name, role=person.role, organisation=person.organisation,
            csrf=csrf,
        )  # fmt: skip


class Acceptance(BaseModel):
    """An invitation's code, and the password that its person chose."""

    code: str = Field(min_length=1, max_length=200)
    password: Password


class NewPassword(BaseModel):
    """The password until now, and from now on."""

    current: Password
    new: Password


class TokenRequest(BaseModel):
    """What a program may do: scopes of `read`, `upload`, `decide`, `manage`, never more than the person's role."""

    name: str = Field(min_length=1, max_length=200)
    scopes: list[str] = Field(min_length=1, max_length=4)
    days: int = Field(90, ge=1, le=sessions.LONGEST_TOKEN_DAYS)


class Token(BaseModel):
    """A token; its secret was shown once."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> Token:
        """Return a token as the API shows it."""
        return cls(
            id=token.id,
            name=token.name,
            scopes=sorted(token.scopes),
            created_at=shapes.moment(token.created_at),
            expires_at=shapes.moment(token.expires_at),
            revoked_at=shapes.moment(token.revoked_at),
        )


class Tokens(BaseModel):
    """A person's tokens."""

    items: list[Token]


class MadeToken(Token):
    """A new token with its secret, shown this once."""

    secret: str


@router.post("/session", status_code=201, responses=problems(429), summary="Log in")
def log_in(asked: Login, request: Request, response: Response, service: TheService) -> Me:
    """Begin a session, kept in a cookie that scripts cannot read."""
    session = sessions.log_in(service.database, asked.login, asked.password, address_of(request))
    set_cookie(response, service.settings, session)
    return Me.of(session.person, session.csrf)


@router.get("/session", responses=problems(), summary="Show who is logged in")
def show_session(asking: Asking) -> Me:
    """Return who asks, and what every change must carry."""
    return Me.of(asking.person, asking.csrf)


@router.delete("/session", status_code=204, responses=problems(), summary="Log out")
def log_out(request: Request, response: Response, service: TheService, person: CurrentPerson) -> None:
    """End the session."""
    cookie = request.cookies.get(cookie_name(service.settings))
    if cookie:
        sessions.log_out(service.database, cookie, person)
    delete_cookie(response, service.settings)


@router.get(
    "/session/oidc",
    status_code=303,
    response_class=RedirectResponse,
    responses=problems(404),
    summary="Log in at the identity provider",
)
def depart(request: Request, service: TheService) -> RedirectResponse:
    """Send the browser to the identity provider, where one is set."""
    away = oidc.depart(service.database, service.settings.oidc, _return_address(request, service))
    answer = RedirectResponse(away.url, 303)
    answer.set_cookie(
        OIDC_COOKIE, away.state, max_age=int(oidc.LOGIN_SECONDS), httponly=True, samesite="lax",
        secure=service.settings.is_https, path=OIDC_PATH,
    )  # fmt: skip
    return answer


@router.get(
    "/session/oidc/callback",
    status_code=303,
    response_class=RedirectResponse,
    responses=problems(404),
    summary="Come back from the identity provider",
)
def arrive(
    request: Request,
    service: TheService,
    state: Annotated[str, Query(max_length=200)],
    code: Annotated[str, Query(max_length=2000)] = "",
) -> RedirectResponse:
    """Begin the session of whom the identity provider vouches for; only in the browser that was sent there."""
    if not hmac.compare_digest(request.cookies.get(OIDC_COOKIE, "").encode(), state.encode()):
        raise LoginError
    place = _return_address(request, service)
    session = oidc.arrive(service.database, service.settings.oidc, place, code, state)
    answer = RedirectResponse("/", 303)
    set_cookie(answer, service.settings, session)
    answer.delete_cookie(OIDC_COOKIE, path=OIDC_PATH)
    return answer


def _return_address(request: Request, service: Service) -> str:
    base = service.settings.public_url or str(request.base_url).rstrip("/")
    return base + OIDC_PATH + "/callback"


@router.post("/invitations", status_code=204, responses=problems(), summary="Accept an invitation")
def accept(asked: Acceptance, service: TheService) -> None:
    """Set the first or a new password by an invitation's code, which then is used up."""
    people.accept_invitation(service.database, asked.code, asked.password)


@router.put("/password", status_code=204, responses=problems(429), summary="Change the own password")
def change_password(
    asked: NewPassword, request: Request, response: Response, service: TheService, person: CurrentPerson
) -> None:
    """Replace the own password; every session ends, this one too."""
    session = sessions.log_in(service.database, person.login, asked.current, address_of(request))
    if session.person.id != person.id:
        raise LoginError
    people.set_password(service.database, person, asked.new, actor=person.id)
    delete_cookie(response, service.settings)


@router.get("/tokens", responses=problems(), summary="List the own tokens")
def list_tokens(service: TheService, person: CurrentPerson) -> Tokens:
    """Return every token that was made, also those that hold no longer."""
    return Tokens(items=[Token.of(one) for one in sessions.list_tokens(service.database, person)])


@router.post("/tokens", status_code=201, responses=problems(), summary="Make a token")
def make_token(asked: TokenRequest, service: TheService, person: CurrentPerson) -> MadeToken:
    """Make a token with which a program acts; the secret is in this answer and nowhere else."""
    made = sessions.make_token(service.database, person, asked.name, asked.scopes, asked.days)
    return MadeToken(**Token.of(made.token).model_dump(), secret=made.secret)


@router.delete("/tokens/{token}", status_code=204, responses=problems(404), summary="Revoke a token")
def revoke_token(
    token: Annotated[str, Path(pattern=shapes.ID_PATTERN)], service: TheService, person: CurrentPerson
) -> None:
    """Have a token hold no longer."""
    sessions.revoke_token(service.database, person, token)
