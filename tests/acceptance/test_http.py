"""The API as its users meet it: a real server on loopback, a recorded reader behind it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import httpx
import jsonschema
import pytest
from PIL import Image

from tests.service.api_description import check_description
from tests.service.recorded import DAMAGED, letter, troublesome, vin_of
from tests.service.serving import Served, serving
from verifier.jobs.examiner import real_examiner
from verifier.web import description
from verifier.web.description import STATIC, VENDORED

pytestmark = pytest.mark.acceptance
SAMPLES = Path(__file__).parents[2] / "samples"
REPORT_SCHEMA = Path(__file__).parents[2] / "models" / "report.schema.json"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a running server with a worker."""
    with serving(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a running server without a worker that takes three documents at most."""
    with serving(tmp_path_factory.mktemp("idle"), make=None, settings={"VERIFIER_QUEUE_LIMIT": "3"}) as running:
        yield running


@pytest.fixture
def api(served: Served) -> Iterator[httpx.Client]:
    """Return a client of the running server."""
    with httpx.Client(base_url=served.url, timeout=60) as client:
        yield client


def _upload(api: httpx.Client, *contents: bytes, wait: int = 60, **fields: str) -> httpx.Response:
    files = [("file", (f"letter-{n}.pdf", content, "text/plain")) for n, content in enumerate(contents)]
    return api.post("/v1/documents", files=files, data=fields, headers={"Prefer": f"wait={wait}"} if wait else {})


def _judged(api: httpx.Client, text: str, **fields: str) -> str:
    answer = _upload(api, letter(text), **fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["documents"][0]["id"])


def test_a_letter_goes_in_and_a_report_comes_out(api: httpx.Client) -> None:
    answer = _upload(api, letter("in and out"), application="AP-1")
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
    answer = _upload(api, letter("f1"), letter("f2"), letter("f3"), wait=0)
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
    document = _judged(api, "resumed")
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
    mine = {_judged(api, f"paged {n}", application="AP-paged") for n in range(5)}
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
        (document,) = _upload(api, content).json()["documents"]
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


CSV = {"Content-Type": "text/csv"}


def _multipart(body: bytes, boundary: str = "b") -> dict[str, object]:
    return {"content": body, "headers": {"Content-Type": f"multipart/form-data; boundary={boundary}"}}


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (("POST", "/v1/documents", {"json": {}}), 400, "request_invalid"),
        (("POST", "/v1/documents", _multipart(b"--b\r\nContent-Disp")), 400, "request_invalid"),
        (("POST", "/v1/documents", _multipart(b"no boundary at all")), 400, "request_invalid"),
        (("POST", "/v1/documents", _multipart(b"--b--\r\n")), 400, "request_invalid"),
        (
            ("POST", "/v1/documents", {"files": {"file": b"x"}, "data": {"application": "A" * 2000}}),
            413,
            "request_too_large",
        ),
        (
            ("POST", "/v1/documents", {"files": {"file": b"x"}, "data": {"application": "A\nB"}}),
            400,
            "request_invalid",
        ),
        (("GET", "/v1/documents/00000000000000000000000000", {}), 404, "not_found"),
        (("GET", "/v1/documents/..%2f..%2fetc", {}), 404, "not_found"),
        (("GET", "/v1/documents?limit=100000", {}), 422, "request_invalid"),
        (("GET", "/v1/applications/nowhere", {}), 404, "not_found"),
        (("PUT", "/v1/documents", {}), 405, "not_found"),
        (("POST", "/v1/records", {"content": b"vin\nX", "headers": CSV}), 422, "input_invalid"),
        (("POST", "/v1/webhooks", {"json": {"url": "https://127.0.0.1/x"}}), 422, "webhook_address_refused"),
        (("POST", "/v1/webhooks", {"json": {"url": "https://[::ffff:10.0.0.1]/"}}), 422, "webhook_address_refused"),
        (("POST", "/v1/webhooks", {"json": {"url": "http://example.org/"}}), 422, "webhook_address_refused"),
        (("GET", "/healthz", {"headers": {"Host": "evil.example"}}), 403, "forbidden"),
        (("POST", "/v1/documents", {"headers": {"Sec-Fetch-Site": "cross-site"}}), 403, "forbidden"),
    ],
)  # fmt: skip
def test_problems_say_what_and_whether_to_come_back(
    api: httpx.Client, request_: tuple[str, str, dict[str, object]], status: int, code: str
) -> None:
    method, path, rest = request_
    answer = api.request(method, path, **rest)  # type: ignore[arg-type]
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["retryable"] is False
    assert problem["advice"]
    assert problem["advice_zh"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_full_queue_sends_people_away_before_and_after_reading(idle: Served) -> None:
    with httpx.Client(base_url=idle.url, timeout=60) as api:
        first = _upload(api, letter("1"), letter("2"), letter("3"), wait=0)
        refused = _upload(api, letter("4"), wait=0)
        document = first.json()["documents"][0]["id"]
        early = api.get(f"/v1/documents/{document}/report")
        total = len(api.get("/v1/documents").json()["items"])
    assert first.status_code == 202
    assert (refused.status_code, refused.json()["code"], refused.json()["retryable"]) == (429, "overloaded", True)
    assert int(refused.headers["retry-after"]) >= 1
    assert (early.status_code, early.json()["code"], early.json()["retryable"]) == (409, "not_ready", True)
    assert total == 3


def test_a_file_that_is_too_large_is_refused_while_it_streams(api: httpx.Client, served: Served) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        while sent < 200 * 2**20:
            sent += 2**20
            yield bytes(2**20)

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    with contextlib.suppress(httpx.WriteError, httpx.RemoteProtocolError):  # the answer may cut the sending short
        answer = api.post("/v1/documents", content=endless(), headers=kind)
        assert answer.status_code == 413
    assert sent < 120 * 2**20
    assert list((served.service.database.blobs.folder / "incoming").iterdir()) == []


def test_an_upload_that_breaks_off_leaves_nothing(served: Served, api: httpx.Client) -> None:
    before = len(api.get("/v1/documents", params={"limit": 200}).json()["items"])
    target = urlparse(served.url)
    with socket.create_connection((str(target.hostname), target.port or 80)) as line:
        line.sendall(
            b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n"
            b"Content-Type: multipart/form-data; boundary=b\r\n\r\n"
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf'
        )
    _judged(api, "after the break")
    incoming = served.service.database.blobs.folder / "incoming"
    assert list(incoming.iterdir()) == []
    assert len(api.get("/v1/documents", params={"limit": 200}).json()["items"]) == min(before + 1, 200)


def test_deleted_content_is_gone_and_says_so(api: httpx.Client) -> None:
    document = _judged(api, "to be deleted")
    assert api.delete(f"/v1/documents/{document}").status_code == 204
    gone = api.get(f"/v1/documents/{document}/report")
    assert (gone.status_code, gone.json()["code"]) == (410, "deleted")
    shown = api.get(f"/v1/documents/{document}").json()
    assert (shown["state"], shown["name"], shown["verdict"]) == ("deleted", None, "flagged")


def test_an_unchanged_report_is_not_sent_again(api: httpx.Client) -> None:
    document = _judged(api, "cached")
    first = api.get(f"/v1/documents/{document}/report")
    again = api.get(f"/v1/documents/{document}/report", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_records_lead_to_an_application_that_says_what_it_lacks(api: httpx.Client) -> None:
    vin = vin_of(letter("applied"))
    document = _judged(api, "applied")
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
        (document,) = _upload(api, content, wait=60).json()["documents"]
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
