"""What the API turns away, and how it says so."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from urllib.parse import urlparse

import httpx
import pytest

from tests.service.api import judged, upload
from tests.service.recorded import letter
from tests.service.serving import Served, serving

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a running server without a worker that takes three documents at most."""
    with serving(tmp_path_factory.mktemp("idle"), make=None, settings={"VERIFIER_QUEUE_LIMIT": "3"}) as running:
        yield running


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
        first = upload(api, letter("1"), letter("2"), letter("3"), wait=0)
        refused = upload(api, letter("4"), wait=0)
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
    judged(api, "after the break")
    incoming = served.service.database.blobs.folder / "incoming"
    assert list(incoming.iterdir()) == []
    assert len(api.get("/v1/documents", params={"limit": 200}).json()["items"]) == min(before + 1, 200)
