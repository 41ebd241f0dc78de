"""What a webhook message is and where it may go: signed by the Standard Webhooks specification, version 1."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import secrets
import socket
import time
from datetime import UTC, datetime

import httpx

from verifier.errors import RequestError
from verifier.store.events import Event
from verifier.store.hooks import Webhook

SECRET_PREFIX = "whsec_"
SECRET_BYTES = 32
TIMEOUT_SECONDS = 15.0
"""The specification recommends 15 to 30."""


class UnsafeAddressError(RequestError):
    """A URL that leads into the network this verifier stands in."""

    code = "webhook_address_refused"
    cause = "the webhook's address is not on the public network"
    cause_zh = "回调地址不在公网上"
    advice = "use a public https address, or have the operator allow private ones"
    advice_zh = "请使用公网 https 地址，或由管理员允许内网地址"
    http_status = 422


def new_secret() -> str:
    """Return a fresh signing secret as the specification writes it."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature header of a message: HMAC-SHA256 over id, time and body."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def public_address(url: httpx.URL, *, allow_private: bool) -> str:
    """Return the address to connect to; raises UnsafeAddressError unless every address of the host is public.

    The caller connects to this very address: a name that later resolves otherwise changes nothing.
    """
    if url.scheme not in (("http", "https") if allow_private else ("https",)) or not url.host or url.userinfo:
        raise UnsafeAddressError("only https, without a user name")
    try:
        found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise UnsafeAddressError("the name does not resolve") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not allow_private and not all(_is_public(address) for address in addresses):
        raise UnsafeAddressError
    return str(addresses[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


def payload(event: Event) -> bytes:
    """Return what an endpoint is told: identifiers and the verdict; the rest it fetches with its own rights."""
    data = {"document": event.document_id, "batch": event.batch_id, "verdict": event.verdict, "version": event.version}
    at = datetime.fromtimestamp(event.at, UTC).isoformat(timespec="milliseconds")
    return json.dumps({"type": "document.judged", "timestamp": at, "data": data}).encode()


def send(webhook: Webhook, event: Event, *, allow_private: bool) -> tuple[int | None, str | None]:
    """Return (HTTP status or None, what went wrong or None) of one try; follows no redirect."""
    url, body, at = httpx.URL(webhook.url), payload(event), int(time.time())
    message_id = f"msg_{webhook.id}_{event.id}"
    headers = {
        "content-type": "application/json",
        "host": url.netloc.decode(),
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": sign(webhook.secret, message_id, at, body),
    }
    try:
        target = url.copy_with(host=public_address(url, allow_private=allow_private))
        pinned = {"sni_hostname": url.host}
        with (
            httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False) as client,
            client.stream("POST", target, content=body, headers=headers, extensions=pinned) as answer,
        ):
            return answer.status_code, None if answer.is_success else f"answered {answer.status_code}"
    except UnsafeAddressError as error:
        return None, error.message
    except httpx.HTTPError as error:
        return None, type(error).__name__
