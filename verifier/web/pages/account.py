"""Logging in and out, invitations, the own password and tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from verifier.cases import people, sessions
from verifier.errors import RequestError
from verifier.web import shapes
from verifier.web.auth import CurrentPerson, address_of, cookie_name, delete_cookie, set_cookie
from verifier.web.deps import TheService
from verifier.web.pages.failing import told
from verifier.web.pages.language import own_path
from verifier.web.pages.rendering import going_to, render
from verifier.web.pages.visiting import Visiting
from verifier.web.problems import status_of

router = APIRouter(include_in_schema=False)
Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=people.LONGEST_PASSWORD)]
Back = Annotated[str, Query(max_length=500)]
USUAL_TOKEN_DAYS = 90


@router.get("/login")
def show_login(request: Request, service: TheService, back: Back = "/") -> Response:
    """Show where one logs in."""
    return render(request, "login.html", back=own_path(back), problem=None, has_oidc=service.settings.oidc is not None)


@router.post("/login")
def log_in(
    request: Request,
    service: TheService,
    login: Name,
    password: Password,
    back: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """Begin a session and go on where it was wanted."""
    try:
        session = sessions.log_in(service.database, login, password, address_of(request))
    except RequestError as error:
        values = {
            "back": own_path(back),
            "problem": told(request, error),
            "has_oidc": service.settings.oidc is not None,
        }
        return render(request, "login.html", status_of(error), **values)
    answer = RedirectResponse(own_path(back), 303)
    set_cookie(answer, service.settings, session)
    return answer


@router.post("/logout")
def log_out(request: Request, service: TheService, person: CurrentPerson) -> Response:
    """End the session."""
    cookie = request.cookies.get(cookie_name(service.settings))
    if cookie:
        sessions.log_out(service.database, cookie, person)
    answer = going_to(request, "/login")
    delete_cookie(answer, service.settings)
    return answer


@router.get("/invitation")
def show_invitation(request: Request, code: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Show where an invited person chooses a password."""
    return render(request, "invitation.html", code=code, problem=None)


@router.post("/invitation")
def accept_invitation(request: Request, service: TheService, code: Name, password: Password) -> Response:
    """Set the password that an invited person chose."""
    try:
        people.accept_invitation(service.database, code.strip(), password)
    except RequestError as error:
        return render(request, "invitation.html", status_of(error), code=code, problem=told(request, error))
    return RedirectResponse("/login", 303)


@router.get("/account")
def show_account(request: Request, service: TheService, visit: Visiting, person: CurrentPerson) -> Response:
    """Show the own tokens."""
    tokens = sessions.list_tokens(service.database, person)
    return render(request, "account_page.html", person=person, tokens=tokens, made=None)


@router.post("/account/tokens")
def make_token(
    request: Request,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    name: Name,
    scopes: Annotated[list[str], Form(max_length=4)],
    days: Annotated[int, Form(ge=1, le=sessions.LONGEST_TOKEN_DAYS)] = USUAL_TOKEN_DAYS,
) -> Response:
    """Make a token and show its secret this once."""
    made = sessions.make_token(service.database, person, name, scopes, days)
    tokens = sessions.list_tokens(service.database, person)
    return render(request, "account_tokens.html", person=person, tokens=tokens, made=made)


@router.post("/account/tokens/{token}/revocation")
def revoke_token(
    request: Request,
    token: Annotated[str, Path(pattern=shapes.ID_PATTERN)],
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
) -> Response:
    """Have a token hold no longer."""
    sessions.revoke_token(service.database, person, token)
    tokens = sessions.list_tokens(service.database, person)
    return render(request, "account_tokens.html", person=person, tokens=tokens, made=None)
