"""The service in real processes on loopback, each of which can be killed and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.service.postgres import free_port

READY_SECONDS = 60.0
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Child:
    """A forked process."""

    pid: int

    def kill(self) -> None:
        """Kill it −9 and return once it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
            while True:
                os.kill(self.pid, 0)
                time.sleep(0.002)


@dataclass(slots=True)
class Running:
    """API and worker processes over one store."""

    home: Path
    database_url: str
    extra: dict[str, str] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)
    apis: list[Child] = field(default_factory=list)
    workers: list[Child] = field(default_factory=list)
    _forker: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the processes are told."""
        own = {"VERIFIER_HOME": str(self.home), "VERIFIER_DATABASE_URL": self.database_url, "OMP_NUM_THREADS": "1"}
        own |= {"VERIFIER_OPEN_ACCESS": "1"}  # `extra` may close it
        return os.environ | own | self.extra

    def start_api(self, port: int | None = None) -> None:
        """Start one more API process, or one again on its port."""
        port = port or free_port()
        if port not in self.ports:
            self.ports.append(port)
        self.apis.append(self._start(f"api {port}"))

    def start_worker(self) -> None:
        """Start one more worker."""
        self.workers.append(self._start("worker"))

    def _start(self, what: str) -> Child:
        if self._forker is None:
            self.home.mkdir(parents=True, exist_ok=True)
            with (self.home / "service.log").open("ab") as log:
                command = [sys.executable, "-m", "tests.service.process"]
                pipe = subprocess.PIPE
                self._forker = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, stdin=pipe, stdout=pipe, stderr=log, text=True
                )
        assert self._forker.stdin is not None
        assert self._forker.stdout is not None
        self._forker.stdin.write(what + "\n")
        self._forker.stdin.flush()
        return Child(int(self._forker.stdout.readline()))

    def url(self, index: int = 0) -> str:
        """Return where an API process answers."""
        return f"http://127.0.0.1:{self.ports[index]}"

    def await_ready(self) -> None:
        """Return once every API process answers."""
        for index in range(len(self.ports)):
            until = time.monotonic() + READY_SECONDS
            while True:
                with contextlib.suppress(httpx.HTTPError):
                    if httpx.get(self.url(index) + "/readyz", timeout=5).status_code == 200:
                        break
                if time.monotonic() > until:
                    raise TimeoutError((self.home / "service.log").read_text()[-2000:])
                time.sleep(0.05)

    def stop(self) -> None:
        """Kill every process."""
        for child in (*self.apis, *self.workers):
            child.kill()
        if self._forker is not None:
            self._forker.communicate()


@contextlib.contextmanager
def running(
    home: Path, database_url: str, *, apis: int = 1, workers: int = 1, extra: dict[str, str] | None = None
) -> Iterator[Running]:
    """Yield a running service; every process is gone afterwards."""
    service = Running(home, database_url, extra or {})
    try:
        for _ in range(apis):
            service.start_api()
        for _ in range(workers):
            service.start_worker()
        service.await_ready()
        yield service
    finally:
        service.stop()
