"""Starting the server: on this machine only, unless somebody says otherwise in so many words."""

from __future__ import annotations

import ipaddress

import uvicorn

from verifier.errors import ConfigurationError
from verifier.settings import Settings

KEEP_ALIVE_SECONDS = 20
MOST_CONNECTIONS = 1000
"""At once in one process; more are answered 503 by the server."""
STOP_SECONDS = 30


def refuse_open_address(host: str, settings: Settings) -> None:
    """Raise ConfigurationError where passwords would cross the network in clear, or anybody could come in."""
    if is_loopback(host):
        return
    if settings.open_access:
        raise ConfigurationError(f"{host} can be reached from other machines; without login only 127.0.0.1 is served")
    if not settings.is_https:
        raise ConfigurationError(
            f"{host} can be reached from other machines; name the https address of the proxy before it in "
            "VERIFIER_PUBLIC_URL, or serve on 127.0.0.1"
        )


def is_loopback(host: str) -> bool:
    """Return whether an address only this machine reaches.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(host: str, port: int, processes: int, *, behind_proxy: bool) -> None:
    """Serve until interrupted; settings come from the environment, in every process alike."""
    uvicorn.run(
        "verifier.web.app:from_environment",
        factory=True,
        host=host,
        port=port,
        workers=processes,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
        proxy_headers=behind_proxy,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
