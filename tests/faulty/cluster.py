"""A Dask cluster of real processes on loopback, each of which a test may kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
FAST = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
"""A document that kills its worker is given back at once, to be isolated by the driver."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Cluster:
    """One scheduler and some workers, each under a nanny."""

    folder: Path
    port: int = field(default_factory=free_port)
    scheduler: subprocess.Popen[bytes] | None = None
    nannies: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def engine(self) -> str:
        """What --engine is given."""
        return f"dask://127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        """Start the scheduler, also in place of one that was killed."""
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        self.scheduler = self._started("scheduler", *options)

    def start_worker(self) -> None:
        """Start a worker with its nanny."""
        options = ["--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(self.folder)]
        self.nannies.append(self._started("worker", f"tcp://127.0.0.1:{self.port}", *options))

    def keep_up(self, workers: int) -> None:
        """Start again what was killed, as a supervisor does."""
        if self.scheduler is not None and self.scheduler.poll() is not None:
            self.start_scheduler()
        self.nannies = [nanny for nanny in self.nannies if nanny.poll() is None]
        while len(self.nannies) < workers:
            self.start_worker()

    def _started(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", **FAST}
        command = [sys.executable, "-m", "distributed.cli.dask_" + what, *options]
        with (self.folder / f"{what}.log").open("ab") as log:
            return subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)

    def workers(self) -> list[psutil.Process]:
        """Return the worker processes below the nannies."""
        found = []
        for nanny in self.nannies:
            if nanny.poll() is None:
                found += [child for child in psutil.Process(nanny.pid).children() if _is_worker(child)]
        return found

    def stop(self) -> None:
        """End everything that was started, and wait for it."""
        running = [p for p in (*self.nannies, self.scheduler) if p is not None and p.poll() is None]
        children = [child for p in running for child in psutil.Process(p.pid).children(recursive=True)]
        for process in running:
            process.kill()
        for child in children:
            if child.is_running():
                child.send_signal(signal.SIGKILL)
        for process in (*self.nannies, *([self.scheduler] if self.scheduler else [])):
            process.wait()


@contextmanager
def running_cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """Yield a cluster on loopback."""
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        yield cluster
    finally:
        cluster.stop()


def _is_worker(process: psutil.Process) -> bool:
    """Return whether a nanny's child is a worker that is still there."""
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False
