"""An identity provider on loopback: publishes its keys, and vouches for whom a test names."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "verifier", "a secret between the two"


@dataclass
class Provider:
    """What it says of whoever comes, and what it was asked."""

    url: str = ""
    claims: dict[str, object] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signing: RSAKey | None = None
    """Another key, for a provider that is not who it says to be."""
    challenges: dict[str, str] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        """What makes a service trust it."""
        named = {"ISSUER": self.url, "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET}
        return {f"VERIFIER_OIDC_{name}": value for name, value in named.items()}

    def consent(self, url: str) -> tuple[str, str]:
        """Return (code, state) as a browser brings them back after somebody agreed at `url`."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["code_challenge_method"] == "S256"
        code = hashlib.sha256(asked["nonce"].encode()).hexdigest()
        self.challenges[code], self.nonces[code] = asked["code_challenge"], asked["nonce"]
        return code, asked["state"]

    def token(self, form: dict[str, str]) -> dict[str, object] | None:
        """Return the answer of the token endpoint; None where code and PKCE verifier do not belong together."""
        code = form["code"]
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if self.challenges.pop(code, "") != base64.urlsafe_b64encode(digest).decode().rstrip("="):
            return None
        at = int(time.time())
        base = {"iss": self.url, "aud": CLIENT, "iat": at, "exp": at + 60, "nonce": self.nonces[code], "sub": "17"}
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, base | self.claims, self.signing or self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def answer(self, path: str) -> dict[str, object]:
        """Return what it publishes."""
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        ends = {"authorization_endpoint": "/login", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.url} | {name: self.url + place for name, place in ends.items()}


@contextmanager
def provider() -> Iterator[Provider]:
    """Yield a running provider."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200, made.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = made.token({name: values[0] for name, values in parse_qs(body).items()})
            self._send(200 if found else 400, found or {"error": "invalid_grant"})

        def _send(self, status: int, content: dict[str, object]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
