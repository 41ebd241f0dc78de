"""Requests mutated byte by byte against a real server: never an answer of 500, and it goes on serving."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from urllib.parse import urlparse

import httpx
import pytest

from samples.hostile.mutation import mutant
from tests.service.recorded import letter
from tests.service.serving import Served, serving

pytestmark = pytest.mark.acceptance
MUTANTS = 150
_BODY = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    + letter("one")
    + b'\r\n--b\r\nContent-Disposition: form-data; name="application"\r\n\r\nAP-1\r\n--b--\r\n'
)
_SEEDS = (
    b"POST /v1/documents HTTP/1.1\r\nHost: HOST\r\nContent-Type: multipart/form-data; boundary=b\r\n"
    b"Idempotency-Key: k\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(_BODY), _BODY),
    b"GET /v1/documents?limit=20&cursor=abc HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    b"GET /v1/documents/00000000000000000000000000/pages/1?width=600 HTTP/1.1\r\nHost: HOST\r\nRange: bytes=0-9\r\n"
    b'If-None-Match: "x"\r\nConnection: close\r\n\r\n',
    b"POST /v1/records HTTP/1.1\r\nHost: HOST\r\nContent-Type: text/csv\r\nContent-Length: 20\r\n"
    b"Connection: close\r\n\r\nvin,brand\nLSV123,ABCD",
    b"POST /v1/webhooks HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 35\r\n"
    b'Connection: close\r\n\r\n{"url":"https://example.org/hooked"}',
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a running server that nobody works for."""
    with serving(tmp_path_factory.mktemp("api"), make=None) as running:
        yield running


def answer(url: str, request: bytes) -> bytes:
    """Return the first bytes that the server answers a raw request with, nothing where it only hangs up."""
    place = urlparse(url)
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(request.replace(b"HOST", place.netloc.encode()))
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(OSError):
            return connection.recv(200)
    return b""


def test_no_mutant_of_a_request_is_an_error_of_the_server(served: Served) -> None:
    answers = [answer(served.url, mutant(_SEEDS, 11, index)) for index in range(MUTANTS)]
    statuses = [int(text.split()[1]) for text in answers if text.startswith(b"HTTP/1.")]
    assert [status for status in statuses if status >= 500] == []
    assert len(statuses) > MUTANTS // 2
    assert len(set(statuses)) >= 3
    assert httpx.get(f"{served.url}/healthz").status_code == 200
    assert httpx.get(f"{served.url}/readyz").status_code == 200
