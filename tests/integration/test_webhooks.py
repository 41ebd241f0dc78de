"""Webhooks to a real receiver on loopback: signed as the specification says, retried, logged."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from sqlalchemy import update

from tests.service.office import Office
from tests.service.recorded import letter
from verifier.cases.webhooks import UnsafeAddressError, new_secret, public_address, sign
from verifier.jobs.sender import Sender
from verifier.store import hooks
from verifier.store import service_tables as t
from verifier.store.hooks import PAUSES_SECONDS, Delivery, Webhook

pytestmark = pytest.mark.integration


@dataclass
class Receiver:
    """What arrived, and what to answer next."""

    url: str = ""
    status: int = 204
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a running receiver."""
    received = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.arrived.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(received.status)
            self.send_header("location", received.url)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.url = f"http://127.0.0.1:{server.server_port}/verdicts"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield received
    server.shutdown()
    thread.join()
    server.server_close()


def _told(embedded: Office, url: str) -> tuple[Webhook, str]:
    """Return a webhook and the document whose verdict it is to be told."""
    webhook = Webhook("hook", "office", url, new_secret(), True, 0.0)
    with embedded.database.transaction() as connection:
        hooks.put_webhook(connection, webhook)
    (document,) = embedded.hand_in(letter("told"), application="AP-secret").document_ids
    embedded.work()
    return webhook, document


def _deliveries(embedded: Office) -> tuple[Delivery, ...]:
    with embedded.database.reading() as connection:
        return hooks.list_deliveries(connection, "hook", 10)


def test_a_verdict_is_told_once_and_signed(embedded: Office, receiver: Receiver) -> None:
    webhook, document = _told(embedded, receiver.url)
    sender = Sender(embedded.database, allow_private=True)
    assert sender.send_once()
    assert not sender.send_once()
    ((headers, body),) = receiver.arrived
    message = json.loads(body)
    assert message["type"] == "document.judged"
    assert message["data"] == {"document": document, "batch": None, "verdict": "flagged", "version": 1}
    assert b"secret" not in body
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert [(d.state, d.status, d.attempts) for d in _deliveries(embedded)] == [("delivered", 204, 1)]


@pytest.mark.parametrize("status", [500, 302, 404])
def test_what_was_not_taken_is_sent_again_with_the_same_number(
    embedded: Office, receiver: Receiver, status: int
) -> None:
    _told(embedded, receiver.url)
    sender = Sender(embedded.database, allow_private=True)
    receiver.status = status
    assert sender.send_once()
    assert not sender.send_once()  # not before its pause
    (waiting,) = _deliveries(embedded)
    assert (waiting.state, waiting.status, waiting.error) == ("waiting", status, f"answered {status}")
    with embedded.database.transaction() as connection:
        connection.execute(update(t.deliveries).values(due_at=0.0))
    receiver.status = 200
    assert sender.send_once()
    first, second = (headers["webhook-id"] for headers, _ in receiver.arrived)
    assert first == second
    assert [(d.state, d.attempts) for d in _deliveries(embedded)] == [("delivered", 2)]


def test_a_dead_receiver_is_given_up_in_the_end(embedded: Office) -> None:
    _told(embedded, "http://127.0.0.1:9/nobody")
    sender = Sender(embedded.database, allow_private=True)
    for _ in range(len(PAUSES_SECONDS) + 1):
        with embedded.database.transaction() as connection:
            connection.execute(update(t.deliveries).values(due_at=0.0))
        assert sender.send_once()
    assert not sender.send_once()
    (given_up,) = _deliveries(embedded)
    assert (given_up.state, given_up.error, given_up.attempts) == ("given_up", "ConnectError", len(PAUSES_SECONDS) + 1)


def test_a_private_address_is_not_called_even_if_it_was_stored(embedded: Office, receiver: Receiver) -> None:
    _told(embedded, receiver.url.replace("http:", "https:"))
    assert Sender(embedded.database).send_once()
    assert receiver.arrived == []
    assert "not on the public network" in str(_deliveries(embedded)[0].error)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://10.1.2.3/", "https://192.168.0.1/", "https://169.254.169.254/",
        "https://[::1]/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
        "https://224.0.0.1/", "https://100.64.0.1/", "http://1.1.1.1/", "https://user:word@1.1.1.1/", "ftp://1.1.1.1/",
        "https://[2002:7f00:1::]/",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(url: str) -> None:
    with pytest.raises(UnsafeAddressError):
        public_address(httpx.URL(url), allow_private=False)


def test_a_public_address_is_taken_as_it_is() -> None:
    assert public_address(httpx.URL("https://1.1.1.1/x"), allow_private=False) == "1.1.1.1"


def test_signature_is_the_specification_s_own_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    signature = sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
