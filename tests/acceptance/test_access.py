"""Route × role: every route of the application, asked by everybody; what is not allowed is refused unread."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi.routing import APIRoute

from tests.service.rooms import LOGIN_NEEDED, Rooms, rooms
from tests.service.serving import Served, serving
from verifier.store.people import Role
from verifier.web.access import RULES, Rule
from verifier.web.app import create_app
from verifier.web.deps import Service

pytestmark = pytest.mark.acceptance
PEOPLE = {
    Role.EXPORTER: "exporter.north",
    Role.OFFICIAL: "official.north",
    Role.SENIOR_OFFICIAL: "senior.north",
    Role.AUDITOR: "auditor.north",
    Role.ADMIN: "admin.north",
}
NOBODY_S = "0" * 26
PLACES = {"sha256": "0" * 64, "case": "999999", "page": "1", "index": "0", "application": "none", "name": "makers",
          "correction": "999999"}  # fmt: skip
ENDLESS = "/v1/events"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    """Return a server with everybody logged in."""
    with rooms(tmp_path_factory.mktemp("rooms")) as made:
        yield made


def _place(path: str) -> str:
    return re.sub(r"{(\w+)}", lambda match: PLACES.get(match.group(1), NOBODY_S), path)


def routes_of(service: Service) -> set[tuple[str, str]]:
    """Return (method, path) of every route with a handler of its own."""
    app = create_app(service)
    found = {
        (method, route.path) for route in app.routes if isinstance(route, APIRoute) for method in route.methods or ()
    }
    described = {(method.upper(), path) for path, operations in app.openapi()["paths"].items() for method in operations}
    return found | described


def test_every_route_stands_in_the_table_and_nothing_else(office: Rooms) -> None:
    assert routes_of(office.served.service) == set(RULES)


@pytest.mark.parametrize(("method", "path"), sorted(RULES))
def test_each_route_is_open_to_its_roles_alone(office: Rooms, method: str, path: str) -> None:
    rule = RULES[method, path]
    with httpx.Client(base_url=office.url, timeout=30) as stranger:
        assert (_code(stranger, method, path) == "login_required") is not rule.public
    if rule.public or (method, path) == ("DELETE", "/v1/session"):
        return
    for role, who in PEOPLE.items():
        refused = _code(office[who], method, path) == "forbidden"
        assert refused is (role not in rule.roles), (method, path, role)


def _code(client: httpx.Client, method: str, path: str) -> str | None:
    """Return the code of the problem that a request without a body is answered with, None for no problem."""
    with client.stream(method, _place(path)) as answer:
        if answer.headers.get("content-type") != "application/problem+json":
            return None
        answer.read()
        return str(answer.json()["code"])


def test_what_is_not_in_the_table_is_refused_to_everybody(office: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RULES, ("GET", "/v1/lists"))
    for who in office.clients:
        assert _code(office[who], "GET", "/v1/lists") == "forbidden"


@pytest.mark.parametrize("scopes", [["read"], ["upload"], ["decide"], ["manage"]])
def test_a_token_does_what_its_scope_and_its_person_s_role_allow(office: Rooms, scopes: list[str]) -> None:
    made = office["senior.north"].post("/v1/tokens", json={"name": "program", "scopes": scopes, "days": 1}).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    with httpx.Client(base_url=office.url, timeout=30, headers=headers) as program:
        for (method, path), rule in RULES.items():
            if not rule.public and path != ENDLESS:
                allowed = Role.SENIOR_OFFICIAL in rule.roles and _within(rule, scopes)
                assert (_code(program, method, path) == "forbidden") is not allowed, (method, path)


def _within(rule: Rule, scopes: list[str]) -> bool:
    return rule.scope is not None and rule.scope in scopes


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server that asks for logins, with nobody in it."""
    with serving(tmp_path_factory.mktemp("closed"), make=None, settings=LOGIN_NEEDED) as running:
        yield running


def test_login_is_asked_for_unless_a_setting_opens_the_service(closed: Served) -> None:
    assert httpx.get(closed.url + "/readyz").json()["access"] == "login"
    answer = httpx.get(closed.url + "/v1/documents")
    assert (answer.status_code, answer.json()["code"]) == (401, "login_required")
    for secret in ("x", "verifier_x", "operator"):
        answer = httpx.get(closed.url + "/v1/documents", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 401


def test_an_open_service_says_so_and_lets_nobody_decide(api: httpx.Client) -> None:
    assert api.get("/readyz").json()["access"] == "open"
    answer = api.post("/v1/queue")
    assert (answer.status_code, answer.json()["code"]) == (403, "open_access")
