"""What pages keep from whom: other offices' letters, blind verdicts, what is for officials, others' tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.service.rooms import Rooms, rooms

pytestmark = pytest.mark.acceptance
PAGE = {"Accept": "text/html"}
PART = {"HX-Request": "true"}
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    """Two offices; every verified letter is judged blind."""
    with rooms(tmp_path_factory.mktemp("rooms"), control_share=1.0) as made:
        yield made


@pytest.fixture(scope="module")
def flagged(office: Rooms) -> str:
    """A flagged letter of the north with two vehicles."""
    return office.parties.flagged_case(office.parties.north, vehicles=2).document.id


def _page(client: httpx.Client, path: str) -> httpx.Response:
    return client.get(path, headers=PAGE)


def test_a_page_asks_for_a_login_and_leads_back(office: Rooms, flagged: str) -> None:
    answer = httpx.get(f"{office.url}/review/{flagged}?x=1", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/login?back=/review/{flagged}%3Fx%3D1")
    part = httpx.get(f"{office.url}/review/{flagged}/seals", headers=PART)
    assert (part.status_code, "<html" in part.text) == (401, False)
    assert httpx.get(f"{office.url}/login?back=//elsewhere.example/", headers=PAGE).text.count('value="/"') == 1


@pytest.mark.parametrize("path", ["/letters/{}", "/letters/{}/row", "/letters/{}/result.pdf"])
def test_letters_of_others_are_not_there(office: Rooms, flagged: str, path: str) -> None:
    assert _page(office["exporter.north"], path.format(flagged)).status_code == 200
    for who in ("exporter.south", "official.south", "auditor.south"):
        assert _page(office[who], path.format(flagged)).status_code == 404


@pytest.mark.parametrize("path", ["/review/{}", "/review/{}/seals", "/review/{}/history"])
def test_reviews_are_the_office_s_own(office: Rooms, flagged: str, path: str) -> None:
    assert _page(office["official.north"], path.format(flagged)).status_code == 200
    assert _page(office["official.south"], path.format(flagged)).status_code == 404
    assert _page(office["exporter.north"], path.format(flagged)).status_code == 403
    assert _page(office["admin.north"], path.format(flagged)).status_code == 403


def test_a_change_without_the_session_s_token_is_refused(office: Rooms, flagged: str) -> None:
    client = office["official.north"]
    kept = client.headers.pop("X-CSRF-Token")
    try:
        answer = client.post(f"/review/{flagged}/hold", headers=PART)
        assert answer.status_code == 403
    finally:
        client.headers["X-CSRF-Token"] = kept


def test_records_of_another_office_are_not_shown_beside_a_letter(office: Rooms) -> None:
    parties = office.parties
    claim = parties.fresh_claim(parties.north)
    parties.put_records(parties.south, claim, "AP-secret-of-the-south")
    document = parties.upload(parties.north, replace(claim), application="AP-north")
    parties.work()
    shown = _page(office["official.north"], f"/review/{document}").text
    assert claim.vins[0][-6:] in shown
    assert "AP-secret-of-the-south" not in shown


def test_a_letter_that_is_judged_blind_shows_no_verdict_anywhere(office: Rooms) -> None:
    document = office.parties.genuine(office.parties.north)
    for who, sees in (("official.north", False), ("senior.north", False), ("auditor.north", True)):
        client = office[who]
        for path in (f"/review/{document}", f"/letters/{document}", f"/letters/{document}/row"):
            text = _page(client, path).text
            assert ('class="chip verified' in text) is sees, (who, path)
        if not sees:
            assert document not in _page(client, "/letters?verdict=verified").text
            assert 'class="chip pass' not in _page(client, f"/review/{document}").text
            assert 'class="chip verified' not in _page(client, f"/review/{document}/history").text


def test_decisions_come_with_the_state_of_the_case_they_are_about(office: Rooms) -> None:
    case = office.parties.flagged_case(office.parties.north)
    client, where = office["official.north"], f"/review/{case.document.id}"
    form = {"version": str(case.case.version), "vehicles": "1", "vin-0": case.vehicles[0].vin}
    lacking = client.post(where + "/decisions", data=form, headers=PART)
    assert lacking.status_code == 422
    silent = client.post(where + "/decisions", data=form | {"outcome-0": "reject"}, headers=PART)
    assert silent.status_code == 422  # neither reason nor comment
    stale = form | {"version": "999", "outcome-0": "reject", "reason-0": "R01"}
    assert client.post(where + "/decisions", data=stale, headers=PART).status_code == 412
    decided = client.post(where + "/decisions", data=form | {"outcome-0": "reject", "reason-0": "R01"}, headers=PART)
    assert decided.status_code == 200
    assert "[R01]" in decided.text
    assert (
        client.post(
            where + "/decisions", data=form | {"outcome-0": "reject", "reason-0": "R01"}, headers=PART
        ).status_code
        == 412
    )


def test_an_import_is_checked_row_by_row_before_anything_is_taken(office: Rooms) -> None:
    table = (SAMPLES / "records.csv").read_text(encoding="utf-8").splitlines()
    broken = "\n".join([table[0], table[1], table[2].replace(",SA,", ",XX,"), table[3].replace("2025-10-28", "soon")])
    answer = _import(office["senior.north"], "records", broken, "import")
    assert "row 3" in answer.text
    assert "row 4" in answer.text
    assert office["senior.north"].get("/v1/records", params={"vin": table[1].split(",")[0]}).json()["items"] == []
    good = _import(office["senior.north"], "records", "\n".join(table[:3]), "import")
    assert "row " not in good.text
    assert len(office["senior.north"].get("/v1/records", params={"vin": table[1].split(",")[0]}).json()["items"]) == 1


@pytest.mark.parametrize(("who", "table"), [("official.north", "makers"), ("admin.north", "records")])
def test_lists_and_records_are_different_people_s_tasks(office: Rooms, who: str, table: str) -> None:
    assert _import(office[who], table, "name\n", "import").status_code == 403


def _import(client: httpx.Client, table: str, content: str, step: str) -> httpx.Response:
    files = {"file": ("table.csv", content.encode())}
    return client.post("/admin/imports", data={"table": table, "step": step}, files=files, headers=PART)


def test_an_invited_person_sets_a_password_and_logs_in(office: Rooms) -> None:
    north = office.parties.north
    form = {"login": "new.person", "name": "New Person", "role": "official", "organisation": north.office.id}
    made = office["admin.north"].post("/admin/people", data=form, headers=PART)
    code = made.text.split('<code class="mono">')[1].split("<")[0]
    with httpx.Client(base_url=office.url, headers=PAGE) as person:
        short = person.post("/invitation", data={"code": code, "password": "short"})
        assert short.status_code == 422
        assert person.post("/invitation", data={"code": code, "password": "a long enough one"}).status_code == 303
        wrong = person.post("/login", data={"login": "new.person", "password": "not it at all", "back": "/queue"})
        assert wrong.status_code == 401
        right = person.post("/login", data={"login": "new.person", "password": "a long enough one", "back": "/queue"})
        assert (right.status_code, right.headers["location"]) == (303, "/queue")
        assert person.get("/queue").status_code == 200
        assert person.get("/admin/people").status_code == 403


def test_the_audit_page_tells_whether_the_chain_holds(office: Rooms, flagged: str) -> None:
    text = _page(office["auditor.north"], "/admin/audit").text
    assert 'class="message good"' in text
    assert flagged in text


def test_the_result_is_a_pdf_with_chinese_text(office: Rooms, flagged: str) -> None:
    answer = office["exporter.north"].get(f"/letters/{flagged}/result.pdf", headers={"Accept-Language": "zh"})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"STSong-Light" in answer.content


def test_pages_keep_the_policy_and_files_of_theirs_are_kept(office: Rooms) -> None:
    page = _page(office["official.north"], "/queue")
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    kept = httpx.get(office.url + "/static/vendor/htmx-4.0.1/htmx.min.js")
    assert "immutable" in kept.headers["cache-control"]
    assert "immutable" not in httpx.get(office.url + "/static/pages/app.css").headers["cache-control"]


def test_a_reading_is_corrected_in_its_place_and_the_machine_s_comes_back(office: Rooms) -> None:
    case = office.parties.flagged_case(office.parties.north)
    client, where = office["official.north"], f"/review/{case.document.id}"
    form = client.get(where + "/correction?field=number&part=1&value=NO-1", headers=PART)
    assert 'name="value" value="NO-1"' in form.text
    wrong = client.post(where + "/corrections", data={"field": "export_country", "value": "Mars"}, headers=PART)
    assert wrong.status_code == 422
    done = client.post(where + "/corrections", data={"field": "number", "value": "NO-CORRECTED-7"}, headers=PART)
    assert (done.status_code, done.headers["hx-refresh"]) == (200, "true")
    shown = _page(client, where).text
    assert "number = NO-CORRECTED-7" in shown
    number = shown.split("/withdrawal")[0].rsplit("/", 1)[1]
    back = client.post(f"{where}/corrections/{number}/withdrawal", headers=PART)
    assert back.status_code == 200
    assert "NO-CORRECTED-7" not in _page(client, where).text


def test_a_token_s_secret_is_shown_once(office: Rooms) -> None:
    client = office["senior.north"]
    form = {"name": "scanner", "scopes": ["read", "upload"], "days": "30"}
    made = client.post("/account/tokens", data=form, headers=PART).text
    secret = made.split('<code class="mono">')[1].split("<")[0]
    assert httpx.get(office.url + "/v1/documents", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in _page(client, "/account").text


def test_figures_come_as_files_and_the_blind_sample_is_for_those_who_may_know(office: Rooms, flagged: str) -> None:
    blind = "盲审样本"
    assert blind in _page(office["senior.north"], "/dashboard").text
    assert blind not in _page(office["official.north"], "/dashboard").text
    assert office["official.north"].get("/dashboard.csv").content.startswith(b"\xef\xbb\xbf")
    assert office["official.north"].get("/dashboard.xlsx").content.startswith(b"PK")
    assert office["admin.north"].get("/dashboard.csv").status_code == 403
