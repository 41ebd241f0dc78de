"""Keeps a number of worker processes running, and ends them when asked to."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

WATCH_SECONDS = 0.2
GRACE_SECONDS = 30.0
"""For a worker to finish the document in hand; its job's lease does the rest."""
SOON_SECONDS = 2.0
"""A worker that lived shorter than this is not started again at once."""
_log = logging.getLogger(__name__)


def worker_command() -> tuple[str, ...]:
    """Return what starts one worker as this program would."""
    return (sys.executable, "-m", "verifier", "worker", "--one")


@dataclass(slots=True)
class Supervisor:
    """Starts `count` workers, starts each again that ends."""

    count: int
    command: Sequence[str] = field(default_factory=worker_command)
    stopping: threading.Event = field(default_factory=threading.Event)
    _running: list[tuple[subprocess.Popen[bytes], float]] = field(default_factory=list)

    def run(self) -> None:
        """Keep the workers running until `stopping` is set, then end them."""
        while not self.stopping.is_set():
            self._refill()
            self.stopping.wait(WATCH_SECONDS)
        self._end()

    def _refill(self) -> None:
        alive = []
        for process, started in self._running:
            if process.poll() is None:
                alive.append((process, started))
                continue
            _log.warning("a worker ended", extra={"exit": process.returncode})
            if time.monotonic() - started < SOON_SECONDS:
                self.stopping.wait(SOON_SECONDS)
        while len(alive) < self.count and not self.stopping.is_set():
            alive.append((self._start(), time.monotonic()))
        self._running = alive

    def _start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        return subprocess.Popen(self.command, stdin=subprocess.DEVNULL, env=environment, start_new_session=True)

    def _end(self) -> None:
        for process, _ in self._running:
            process.send_signal(signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        for process, _ in self._running:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
