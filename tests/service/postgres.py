"""A real PostgreSQL server of the tests' own: a fresh cluster on loopback, run by its own user."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

OWN_USER = "postgres"
"""PostgreSQL refuses to run as root; Debian's package brings this user."""
START_SECONDS = 30.0


def binaries() -> Path:
    """Return the folder of the newest server that Debian installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """A cluster in a folder of its own; `fresh` returns the URL of an empty database in it."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="verifier-postgres-"))
        self._user = OWN_USER if os.geteuid() == 0 else None
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        self.port = free_port()
        self._names = itertools.count()
        data = self._folder / "data"
        name = self._user or pwd.getpwuid(os.geteuid()).pw_name
        self._url = f"postgresql://{name}@127.0.0.1:{self.port}"
        self._run("initdb", "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self._server = self._started()
        self._await()

    def fresh(self) -> str:
        """Return the URL of a new, empty database."""
        name = f"verifier_{next(self._names)}"
        with psycopg.connect(f"{self._url}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{self._url}/{name}"

    def stop(self) -> None:
        """End the server at once, whoever is still connected, and remove its folder."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def pause(self) -> None:
        """End the server at once and leave its data: nobody answers until `restart`."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait()

    def restart(self) -> None:
        """End the server, whatever is in its hands, and start it again."""
        if self._server.poll() is None:
            self.pause()
        self._server = self._started()
        self._await()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [binaries() / "postgres", "-D", self._folder / "data", "-p", str(self.port),
             "-c", "listen_addresses=127.0.0.1",
             "-c", f"unix_socket_directories={self._folder}", "-c", "max_connections=200"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=self._user,
            group=self._user, cwd=self._folder,
        )  # fmt: skip

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(binaries() / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, user=self._user, group=self._user, cwd=self._folder)

    def _await(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(f"{self._url}/postgres", connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > until or self._server.poll() is not None:
                    raise
                time.sleep(0.1)
            else:
                return
