"""The API as its users meet it: a real server on loopback, a recorded reader behind it."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import httpx
import jsonschema
import pytest
from PIL import Image

from tests.service.api import judged, upload
from tests.service.api_description import check_description
from tests.service.recorded import DAMAGED, letter, troublesome, vin_of
from tests.service.serving import Served, serving
from verifier.jobs.examiner import real_examiner
from verifier.web import description
from verifier.web.description import STATIC, VENDORED

pytestmark = pytest.mark.acceptance
SAMPLES = Path(__file__).parents[2] / "samples"
REPORT_SCHEMA = Path(__file__).parents[2] / "models" / "report.schema.json"


def test_a_letter_goes_in_and_a_report_comes_out(api: httpx.Client) -> None:
    answer = upload(api, letter("in and out"), application="AP-1")
    assert answer.status_code == 200
    assert answer.headers["preference-applied"] == "wait=60"
    document = api.get(answer.headers["location"]).json()
    assert (document["state"], document["verdict"], document["application"]) == ("done", "flagged", "AP-1")
    assert document["media_type"] == "application/pdf"  # whatever the sender called it
    report = api.get(document["report"]).json()
    assert report["version"] == document["version"] == 1
    schema = json.loads(REPORT_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(report["reports"][0])
    assert report["reports"][0]["fields"]["vehicles"][0]["vin"]["value"] == vin_of(letter("in and out"))


def test_without_waiting_it_is_accepted_and_followed(api: httpx.Client) -> None:
    answer = upload(api, letter("f1"), letter("f2"), letter("f3"), wait=0)
    assert answer.status_code == 202
    batch = answer.headers["location"]
    identifiers = {one["id"] for one in answer.json()["documents"]}
    judged: list[str] = []
    events = ""
    with api.stream("GET", "/v1/events", params={"batch": batch.rsplit("/", 1)[1]}) as stream:
        for line in stream.iter_lines():
            events += line + "\n"
            if line == "event: judged":
                judged.append(line)
            if len(judged) == 3 and line.startswith("id:"):
                break
    assert events.count("event: uploaded") == 3
    assert all(one in events for one in identifiers)
    progress = api.get(batch).json()
    assert (progress["done"], progress["states"], progress["verdicts"]) == (True, {"done": 3}, {"flagged": 3})


def test_events_go_on_where_the_connection_broke(api: httpx.Client) -> None:
    document = judged(api, "resumed")
    first = _events(api, document, {}, until="event: judged")
    numbers = [line.split(": ")[1] for line in first.splitlines() if line.startswith("id: ")]
    again = _events(api, document, {"Last-Event-ID": numbers[0]}, until="event: judged")
    assert "event: uploaded" in first
    assert "event: uploaded" not in again
    assert f"id: {numbers[-1]}" in again


def _events(api: httpx.Client, document: str, headers: dict[str, str], until: str) -> str:
    seen, found = "", False
    with api.stream("GET", "/v1/events", params={"document": document}, headers=headers) as stream:
        for line in stream.iter_lines():
            seen += line + "\n"
            found = found or line == until
            if found and line.startswith("id:"):
                break
    return seen


def test_the_same_key_gives_the_same_answer(api: httpx.Client) -> None:
    files = {"file": ("a.pdf", letter("keyed"))}
    first = api.post("/v1/documents", files=files, headers={"Idempotency-Key": "k-1"})
    again = api.post("/v1/documents", files=files, headers={"Idempotency-Key": "k-1"})
    assert first.headers["location"] == again.headers["location"]
    other = api.post("/v1/documents", files={"file": ("a.pdf", b"other")}, headers={"Idempotency-Key": "k-1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_lists_are_paged_to_their_end_without_gap_or_double(api: httpx.Client) -> None:
    mine = {judged(api, f"paged {n}", application="AP-paged") for n in range(5)}
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = api.get("/v1/documents", params={"limit": "2", "application": "AP-paged"} | cursor).json()
        seen += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == 5
    assert set(seen) == mine
    assert seen == sorted(seen, reverse=True)


def test_an_unreadable_file_gets_its_verdict_too(api: httpx.Client) -> None:
    for content in (b"", b"GIF89a", troublesome(DAMAGED)):
        (document,) = upload(api, content).json()["documents"]
        assert document["state"] == "done"
    assert document["verdict"] == "unreadable"
    assert document["error"] == "file_damaged"


def test_a_name_never_becomes_a_path(api: httpx.Client, served: Served) -> None:
    answer = api.post(
        "/v1/documents", files={"file": ("../../../tmp/evil.pdf", letter("path"))}, headers={"Prefer": "wait=60"}
    )
    assert answer.json()["documents"][0]["name"] == "evil.pdf"
    names = {path.name for path in served.service.database.blobs.folder.rglob("*") if path.is_file()}
    assert not any("evil" in name for name in names)


def test_deleted_content_is_gone_and_says_so(api: httpx.Client) -> None:
    document = judged(api, "to be deleted")
    assert api.delete(f"/v1/documents/{document}").status_code == 204
    gone = api.get(f"/v1/documents/{document}/report")
    assert (gone.status_code, gone.json()["code"]) == (410, "deleted")
    shown = api.get(f"/v1/documents/{document}").json()
    assert (shown["state"], shown["name"], shown["verdict"]) == ("deleted", None, "flagged")


def test_an_unchanged_report_is_not_sent_again(api: httpx.Client) -> None:
    document = judged(api, "cached")
    first = api.get(f"/v1/documents/{document}/report")
    again = api.get(f"/v1/documents/{document}/report", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_records_lead_to_an_application_that_says_what_it_lacks(api: httpx.Client) -> None:
    vin = vin_of(letter("applied"))
    document = judged(api, "applied")
    row = {"vin": vin, "brand": "北辰牌", "manufacturer": "北辰汽车有限公司", "registration_date": "2026-01-05"}
    row |= {"transfer_date": "2026-01-10", "export_country": "KZ", "application_date": "2026-02-01"}
    stored = api.put("/v1/applications/AP-9/records", json=[row])
    assert (stored.status_code, stored.json()) == (200, {"stored": 1})
    assert api.get("/v1/records", params={"vin": vin}).json()["items"][0]["application_number"] == "AP-9"
    with api.stream("GET", "/v1/events", params={"document": document}) as stream:
        for line in stream.iter_lines():
            if line.startswith("data:") and '"version": 2' in line:
                break
            if api.get(f"/v1/documents/{document}").json()["version"] == 2:
                break
    application = api.get("/v1/applications/AP-9").json()
    assert [one["id"] for one in application["documents"]] == [document]
    assert application["report"]["vehicles"][0]["vin"] == vin
    assert application["report"]["vehicles"][0]["status"] == "official"  # a letter names it, flagged
    assert "AP-9" in api.get("/v1/applications").json()["items"]


def test_seals_and_lists_are_registered_shown_and_retired(api: httpx.Client) -> None:
    content = (SAMPLES / "specimens" / "beichen-1.jpg").read_bytes()
    answer = api.post(
        "/v1/seals", data={"manufacturer": "北辰汽车有限公司", "wmi": "LSV"}, files={"image": ("seal.jpg", content)}
    )
    assert (answer.status_code, answer.json()["registered"]) == (201, 1)
    assert "layout_unconfirmed" in answer.json()["notes"]
    sha256 = hashlib.sha256(content).hexdigest()
    assert api.get(f"/v1/seals/{sha256}/picture").headers["content-type"] == "image/png"
    assert api.put(f"/v1/seals/{sha256}/status", json={"status": "lost"}).status_code == 204
    assert [one["status"] for one in api.get("/v1/seals").json()["items"]] == ["lost"]
    makers = (SAMPLES / "lists" / "makers.csv").read_bytes()
    assert api.put("/v1/lists/makers", content=makers, headers={"Content-Type": "text/csv"}).status_code == 204
    assert api.get("/v1/lists").json()["entries"]["makers"] > 0


def test_the_description_is_whole_and_its_page_needs_nobody_else(api: httpx.Client) -> None:
    described = api.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    page = api.get("/docs")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "://" not in page.text
    for line in (STATIC / VENDORED / "SHA256SUMS").read_text().splitlines():
        sha256, name = line.split()
        assert hashlib.sha256((STATIC / VENDORED / name).read_bytes()).hexdigest() == sha256
    assert api.get(f"/static/{VENDORED}/swagger-ui-bundle.js").status_code == 200
    assert api.get("/static/description.js").status_code == 200
    assert "Apache License" in (STATIC / description.VENDORED / "LICENSE").read_text()


def test_health_readiness_and_counters(api: httpx.Client) -> None:
    assert api.get("/healthz").json() == {"alive": True}
    assert api.get("/readyz").json()["workers"] == 1
    text = api.get("/metrics").text
    assert 'verifier_jobs{state="waiting"}' in text
    assert 'route="/healthz"' in text


def test_pages_crops_and_seals_of_a_real_letter(tmp_path: Path) -> None:
    with serving(tmp_path, make=real_examiner) as served, httpx.Client(base_url=served.url, timeout=120) as api:
        content = (SAMPLES / "letters" / "genuine_prose_scan_300.jpg").read_bytes()
        (document,) = upload(api, content, wait=60).json()["documents"]
        assert document["state"] == "done"
        where = f"/v1/documents/{document['id']}"
        report = api.get(where + "/report").json()["reports"][0]
        box = report["seals"][0]["box"]
        page = api.get(f"{where}/pages/1", params={"width": 700})
        assert page.headers["content-type"] == "image/webp"
        assert _size(page.content)[0] == 800
        assert len(page.content) < 200_000 < len(content)
        crop = api.get(f"{where}/pages/1/crop", params={"box": ",".join(f"{v:.4f}" for v in box)})
        width, height = _size(crop.content)
        assert 0.8 < width / height < 1.25  # a round seal
        assert _size(api.get(f"{where}/seals/0").content) == (480, 480)
        assert api.get(f"{where}/seals/99").status_code == 404
        assert api.get(f"{where}/pages/7").status_code == 404


def test_the_server_keeps_to_its_description(served: Served, tmp_path: Path) -> None:
    found = check_description(served.url, tmp_path, examples=2, seed=1)
    assert found.failures == (), found.output
    assert found.exit_code == 0, found.output
    assert found.cases > 200


def _size(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.size
