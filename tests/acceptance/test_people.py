"""Logging in, staying in, leaving: with a password, an invitation, a token, an identity provider."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import select, update

from tests.service.parties import PASSWORD, rulings
from tests.service.provider import Provider, provider
from tests.service.rooms import Rooms, log_in, rooms
from verifier.cases.decisions import Ruled
from verifier.store import people_tables as t

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def vouching() -> Iterator[Provider]:
    """Return a running identity provider."""
    with provider() as made:
        yield made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, vouching: Provider) -> Iterator[Rooms]:
    """Return a server with everybody logged in."""
    with rooms(tmp_path_factory.mktemp("people"), vouching.settings) as made:
        yield made


@pytest.fixture
def browser(office: Rooms) -> Iterator[httpx.Client]:
    """Return a client that is not logged in."""
    with httpx.Client(base_url=office.url, timeout=60) as client:
        yield client


def test_a_session_lives_in_a_cookie_that_scripts_and_other_sites_cannot_use(
    office: Rooms, browser: httpx.Client
) -> None:
    answer = log_in(browser, "auditor.north")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert browser.get("/v1/session").json()["role"] == "auditor"
    token = browser.headers.pop("X-CSRF-Token")
    for wrong in ({}, {"X-CSRF-Token": "0" * 64}):
        refused = browser.post("/v1/audit/checkpoints", headers=wrong)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_token_missing")
    assert browser.post("/v1/audit/checkpoints", headers={"X-CSRF-Token": token}).status_code == 201
    assert browser.delete("/v1/session", headers={"X-CSRF-Token": token}).status_code == 204
    assert browser.get("/v1/session").status_code == 401
    with office.served.service.database.reading() as connection:
        assert not set(connection.scalars(select(t.sessions.c.digest))) & {answer.cookies["session"]}


def test_an_idle_session_and_an_old_one_are_over(office: Rooms, browser: httpx.Client) -> None:
    for changes in ({"seen_at": 1.0}, {"created_at": 1.0}):
        assert log_in(browser, "auditor.south").status_code == 201
        with office.served.service.database.transaction() as connection:
            mine = t.sessions.c.person_id == office.parties.south["auditor"].id
            connection.execute(update(t.sessions).where(mine).values(**changes))
        assert browser.get("/v1/session").status_code == 401


def test_guessing_becomes_slow_and_says_nothing_of_who_exists(office: Rooms, browser: httpx.Client) -> None:
    known = [log_in(browser, "official2.south", "wrong guess number x").json()["code"] for _ in range(6)]
    unknown = [log_in(browser, "nobody.south", "wrong guess number x").json()["code"] for _ in range(6)]
    assert known == unknown == ["login_failed"] * 5 + ["login_throttled"]
    answer = log_in(browser, "official2.south")  # now even the right one waits
    assert (answer.status_code, answer.json()["code"]) == (429, "login_throttled")
    assert int(answer.headers["retry-after"]) >= 1
    with office.served.service.database.transaction() as connection:
        connection.execute(update(t.login_failures).values(blocked_until=0.0))
    assert log_in(browser, "official2.south").status_code == 201


def test_whoever_is_invited_chooses_the_password_once(office: Rooms, browser: httpx.Client) -> None:
    admin = office["admin.north"]
    organisation = office.parties.north.office.id
    asked = {"login": "New.Person", "name": "New", "role": "official", "organisation": organisation}
    made = admin.post("/v1/people", json=asked)
    assert made.status_code == 201
    assert admin.post("/v1/people", json=asked).json()["code"] == "taken"
    code, person = made.json()["invitation"], made.json()["person"]["id"]
    assert log_in(browser, "new.person", "").json()["code"] == "login_failed"
    for password, problem in (("short", "password_refused"), ("x" * 300, "request_invalid")):
        answer = browser.post("/v1/invitations", json={"code": code, "password": password})
        assert answer.json()["code"] == problem
    assert browser.post("/v1/invitations", json={"code": code, "password": PASSWORD}).status_code == 204
    again = browser.post("/v1/invitations", json={"code": code, "password": PASSWORD})
    assert again.json()["code"] == "invitation_invalid"
    assert log_in(browser, "NEW.person").status_code == 201
    changed = browser.put("/v1/password", json={"current": PASSWORD, "new": "other words of a test"})
    assert changed.status_code == 204
    assert browser.get("/v1/session").status_code == 401
    assert log_in(browser, "new.person", "other words of a test").status_code == 201
    assert admin.patch(f"/v1/people/{person}", json={"active": False}).json()["active"] is False
    assert browser.get("/v1/session").status_code == 401
    assert log_in(browser, "new.person", "other words of a test").json()["code"] == "login_failed"


def test_an_administrator_keeps_the_own_office_alone(office: Rooms) -> None:
    admin, south = office["admin.north"], office.parties.south
    asked = {"login": "intruder", "name": "I", "role": "senior_official", "organisation": south.office.id}
    assert admin.post("/v1/people", json=asked).status_code == 404
    for change in ({"role": "auditor"}, {"active": False}, {"subject": "x|y"}):
        assert admin.patch(f"/v1/people/{south['senior'].id}", json=change).status_code == 404
    assert admin.post(f"/v1/people/{south['senior'].id}/invitations").status_code == 404
    wrong = {"login": "w", "name": "w", "role": "official", "organisation": office.parties.north.exporter.id}
    assert admin.post("/v1/people", json=wrong).json()["code"] == "role_refused"
    assert admin.post("/v1/organisations", json={"name": "又一贸易公司"}).status_code == 201
    names = [one["name"] for one in admin.get("/v1/organisations").json()["items"]]
    assert names[0] == office.parties.north.office.name
    assert south.office.name not in names


def test_a_token_is_shown_once_expires_and_is_revoked(office: Rooms, browser: httpx.Client) -> None:
    owner = office["exporter.south"]
    made = owner.post("/v1/tokens", json={"name": "erp", "scopes": ["read"], "days": 1}).json()
    secret = {"Authorization": f"Bearer {made['secret']}"}
    assert browser.get("/v1/documents", headers=secret).status_code == 200
    assert browser.post("/v1/tokens", headers=secret, json={"name": "x", "scopes": ["read"]}).status_code == 403
    assert made["secret"] not in owner.get("/v1/tokens").text
    assert office["exporter.north"].delete(f"/v1/tokens/{made['id']}").status_code == 404
    with office.served.service.database.transaction() as connection:
        connection.execute(update(t.api_tokens).values(expires_at=1.0))
    assert browser.get("/v1/documents", headers=secret).status_code == 401
    made = owner.post("/v1/tokens", json={"name": "erp", "scopes": ["read"], "days": 1}).json()
    assert owner.delete(f"/v1/tokens/{made['id']}").status_code == 204
    secret = {"Authorization": f"Bearer {made['secret']}"}
    assert browser.get("/v1/documents", headers=secret).status_code == 401
    assert owner.post("/v1/tokens", json={"name": "x", "scopes": ["everything"]}).status_code == 400


def _by_provider(browser: httpx.Client, vouching: Provider) -> httpx.Response:
    away = browser.get("/v1/session/oidc")
    assert away.status_code == 303
    code, state = vouching.consent(away.headers["location"])
    return browser.get("/v1/session/oidc/callback", params={"code": code, "state": state})


def test_the_identity_provider_vouches_for_people_known_to_it(
    office: Rooms, browser: httpx.Client, vouching: Provider
) -> None:
    senior = office.parties.south["senior2"]
    vouching.claims = {"sub": "s2", "email": "senior2.south", "email_verified": True}
    assert _by_provider(browser, vouching).status_code == 303
    assert browser.get("/v1/session").json()["id"] == senior.id
    vouching.claims = {"sub": "s2", "email": "changed@example.org"}  # known by the subject from now on
    assert _by_provider(browser, vouching).status_code == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "s9", "email": "admin.north", "email_verified": False},
        {"sub": "s9", "email": "nobody@example.org", "email_verified": True},
        {"sub": "s2", "aud": "another service"},
        {"sub": "s2", "iss": "http://elsewhere"},
        {"sub": "s2", "exp": 1},
        {"sub": "s2", "nonce": "of another login"},
        {"sub": "other", "email": "senior2.south", "email_verified": True},  # known by another subject already
    ],
)
def test_what_the_provider_does_not_vouch_for_is_no_login(
    office: Rooms, browser: httpx.Client, vouching: Provider, claims: dict[str, object]
) -> None:
    vouching.claims = {"sub": "s2", "email": "senior2.south", "email_verified": True}
    assert _by_provider(browser, vouching).status_code == 303
    vouching.claims = claims
    assert _by_provider(browser, vouching).json()["code"] == "login_failed"


def test_another_key_state_or_browser_is_no_login(browser: httpx.Client, vouching: Provider) -> None:
    vouching.claims = {"sub": "s2", "email": "senior2.south", "email_verified": True}
    vouching.signing = RSAKey.generate_key(2048, {"kid": "1"})
    assert _by_provider(browser, vouching).json()["code"] == "login_failed"
    vouching.signing = None
    code, state = vouching.consent(browser.get("/v1/session/oidc").headers["location"])
    with httpx.Client(base_url=browser.base_url) as other:
        answer = other.get("/v1/session/oidc/callback", params={"code": code, "state": state})
    assert answer.json()["code"] == "login_failed"
    assert browser.get("/v1/session/oidc/callback", params={"code": code, "state": "x"}).status_code == 401
    assert browser.get("/v1/session/oidc/callback", params={"code": code, "state": state}).status_code == 303
    assert browser.get("/v1/session/oidc/callback", params={"code": code, "state": state}).status_code == 401


def test_a_case_is_decided_over_http_with_if_match(office: Rooms) -> None:
    view = office.parties.flagged_case(office.parties.north)
    official, place = office["official.north"], f"/v1/cases/{view.case.id}"
    taken = official.put(place + "/lease")
    assert taken.json()["held_by"] == office.parties.north["official"].name
    held = office["official2.north"].put(place + "/lease")
    assert (held.status_code, held.json()["code"]) == (409, "case_held")
    body = {"rulings": [{"vin": one.vin, "outcome": "approve"} for one in rulings(view, Ruled.APPROVE)]}
    assert official.post(place + "/decisions", json=body).status_code == 428
    stale = official.post(place + "/decisions", json=body, headers={"If-Match": '"99"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "case_changed")
    done = official.post(place + "/decisions", json=body, headers={"If-Match": taken.headers["etag"]})
    assert (done.status_code, done.json()["case"]["state"]) == (201, "awaiting_second")
    etag = {"If-Match": done.headers["etag"]}
    seconded = office["senior.north"].post(place + "/second", json={"agrees": True, "note": "inside"}, headers=etag)
    assert (seconded.status_code, seconded.json()["case"]["state"]) == (201, "decided")
    exporter = office["exporter.north"].get(f"/v1/documents/{view.document.id}/decisions")
    assert exporter.json() == {"items": []}  # it can still be taken back
    etag = {"If-Match": seconded.headers["etag"]}
    assert office["senior.north"].post(place + "/undo", headers=etag).json()["case"]["state"] == "open"
    acts = [one["act"] for one in official.get(place + "/history").json()["items"]]
    assert acts[-3:] == ["proposed", "seconded", "taken back"]
    assert official.get("/v1/cases", params={"state": "open"}).json()["items"]


def test_a_reuse_across_offices_shows_office_and_case_number_alone(office: Rooms) -> None:
    parties = office.parties
    claim = parties.fresh_claim(parties.north)
    first = parties.upload(parties.north, claim, name="theirs.pdf", application="AP-north")
    parties.work()
    second = parties.upload(parties.south, claim, name="ours.pdf", application="AP-south")
    parties.work()
    number = parties.case_of(parties.north, first).case.id
    report = office["official.south"].get(f"/v1/documents/{second}/report")
    (reused,) = [check for check in report.json()["reports"][0]["checks"] if check["id"] == "document.duplicate"]
    assert f"{parties.north.office.name} #{number}" in reused["message"]
    case = office["official.south"].get(f"/v1/cases/{parties.case_of(parties.south, second).case.id}").json()
    assert case["elsewhere"] == [{"office": parties.north.office.name, "case": number}]
    told = office["exporter.south"].get(f"/v1/documents/{second}/report").json()["reports"][0]
    (reused,) = [check for check in told["checks"] if check["id"] == "document.duplicate"]
    assert reused["outcome"] == "fail"
    for secret in ("theirs.pdf", "AP-north", parties.north.office.name):
        assert secret not in reused["message"] + reused["message_zh"] + str(reused["found"])
    assert {seal["score"] for seal in told["seals"]} == {None}
