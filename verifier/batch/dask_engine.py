"""The Dask engine: a cluster's scheduler takes shards from this driver; its workers may come, go and die.

The work itself (registry and settings of the run) travels once to every worker as a plugin, also to those that
start later. A scheduler that dies loses what was handed out; the driver waits for the next one and hands it out again.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, TypeVar, cast

from distributed import Client, KilledWorker, Security, WorkerPlugin, get_worker, wait
from distributed.client import FutureCancelledError

from verifier.batch.shards import Shard
from verifier.batch.work import Answer, Work
from verifier.errors import ConfigurationError, ProcessingError

T = TypeVar("T")
AHEAD = 2
"""Shards handed out for each worker: the one in hand and the next."""
CONNECT_SECONDS = 20.0
FIRST_SECONDS = 60.0
"""How long the scheduler is waited for at the start: it may be starting, too."""
RECONNECT_SECONDS = 300.0
"""How long a lost scheduler is waited for: a supervisor restarts one in seconds, a machine in minutes."""
UNSTAFFED_SECONDS = 120.0
"""How long a scheduler without any worker is waited on: supervisors start lost workers again in seconds."""
LOOK_SECONDS = 5.0
"""How often new workers are counted while nothing is finished."""
_LOST = (CancelledError, FutureCancelledError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificates of a cluster, as file names: Dask has no other way to tell friend from foe."""

    ca: str
    certificate: str
    key: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Tls | None:
        """Return what VERIFIER_DASK_CA, VERIFIER_DASK_CERT and VERIFIER_DASK_KEY name, None where none is set.

        Raises ConfigurationError where only some are.
        """
        names = ("VERIFIER_DASK_CA", "VERIFIER_DASK_CERT", "VERIFIER_DASK_KEY")
        values = [environment.get(name, "") for name in names]
        if not any(values):
            return None
        if not all(values):
            raise ConfigurationError(f"{', '.join(names)} belong together")
        return cls(*values)


class DaskEngine:
    """Workers of a Dask cluster."""

    def __init__(self, address: str, tls: Tls | None, *, unstaffed_seconds: float = UNSTAFFED_SECONDS) -> None:
        host = address.rpartition(":")[0].strip("[]")
        if tls is None and not _is_here(host):
            raise ConfigurationError(
                f"dask://{address} is another machine: set VERIFIER_DASK_CA, VERIFIER_DASK_CERT and VERIFIER_DASK_KEY"
            )
        self._address = f"{'tls' if tls else 'tcp'}://{address}"
        self._tls = tls
        self._unstaffed_seconds = unstaffed_seconds

    @property
    def workers(self) -> int:
        """How many threads the cluster has now, at least 1."""
        with self._connect(FIRST_SECONDS) as client:
            return max(1, _threads(client))

    def run(self, work: Work[T], shards: Iterable[Shard[T]]) -> Iterator[Answer[T]]:
        """Yield shards as they are done; what a lost scheduler had is handed out again."""
        waiting = iter(shards)
        lost: list[Shard[T]] = []
        patience = FIRST_SECONDS
        while True:
            with self._connect(patience) as client:
                session = _Session(client, work, lost, self._unstaffed_seconds)
                yield from session.run(waiting)
                lost = session.lost
            if not lost:
                return
            patience = RECONNECT_SECONDS

    def _connect(self, patience: float) -> Any:
        """Return a client, waited for up to `patience` seconds; raises ProcessingError."""
        until = time.monotonic() + patience
        while True:
            try:
                return Client(  # type: ignore[no-untyped-call]
                    self._address, security=_security(self._tls), timeout=CONNECT_SECONDS
                )
            except (OSError, TimeoutError) as error:
                if time.monotonic() > until:
                    raise ProcessingError(f"no Dask scheduler answers at {self._address}") from error
                time.sleep(1.0)


class _Session:
    """One connection to one life of a scheduler."""

    def __init__(self, client: Any, work: Work[Any], again: list[Shard[Any]], unstaffed_seconds: float) -> None:
        self._client = client
        packed = pickle.dumps(work)
        self._name = f"verifier-{hashlib.sha256(packed).hexdigest()[:16]}"
        client.register_plugin(WorkPlugin(packed), name=self._name)
        self._again = list(again)
        self.lost: list[Shard[Any]] = []
        self._running: dict[Any, Shard[Any]] = {}
        self._unstaffed_seconds = unstaffed_seconds
        self._staffed_at = time.monotonic()

    def run(self, shards: Iterator[Shard[Any]]) -> Iterator[Answer[Any]]:
        """Yield what is done until all is, or until the scheduler is lost: then `lost` holds what it had."""
        try:
            while self._hand_out(shards):
                for future in self._finished():
                    shard = self._running.pop(future)
                    try:
                        yield shard, future.result(timeout=CONNECT_SECONDS)
                    except KilledWorker:
                        yield shard, None
                    except _LOST:
                        self.lost.append(shard)
                if self.lost:
                    raise CancelledError
        except _LOST:
            self.lost += [*self._running.values(), *self._again]

    def _hand_out(self, shards: Iterator[Shard[Any]]) -> bool:
        """Keep every worker busy; return whether anything is under way."""
        room = max(1, _threads(self._client)) * AHEAD
        while len(self._running) < room:
            shard = self._again.pop() if self._again else next(shards, None)
            if shard is None:
                break
            self._running[self._client.submit(_process, self._name, shard, pure=False)] = shard
        return bool(self._running)

    def _finished(self) -> list[Any]:
        try:
            looked = wait(list(self._running), LOOK_SECONDS, "FIRST_COMPLETED")  # type: ignore[no-untyped-call]
            return list(looked.done)
        except TimeoutError:
            if self._client.status != "running":
                raise CancelledError from None
            self._require_workers()
            return []

    def _require_workers(self) -> None:
        """Raise ProcessingError where the scheduler has had no worker for long: nothing would ever be done."""
        if _threads(self._client):
            self._staffed_at = time.monotonic()
        elif time.monotonic() - self._staffed_at > self._unstaffed_seconds:
            raise ProcessingError("the Dask scheduler has no workers; start some and resume")


def _threads(client: Any) -> int:
    return sum(client.nthreads().values())


def _security(tls: Tls | None) -> Security | None:
    if tls is None:
        return None
    return Security(  # type: ignore[no-untyped-call]
        tls_ca_file=tls.ca, tls_client_cert=tls.certificate, tls_client_key=tls.key, require_encryption=True
    )


def _is_here(host: str) -> bool:
    """Return whether a host is this machine's loopback."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


# --- inside a worker --------------------------------------------------------------------------------------


class WorkPlugin(WorkerPlugin):
    """Carries the work to every worker, unpacked with the first shard."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self._work: Work[Any] | None = None

    @property
    def work(self) -> Work[Any]:
        """The work, unpacked once a process."""
        if self._work is None:
            self._work = pickle.loads(self._packed)
        return self._work


def _process(name: str, shard: Shard[Any]) -> bytes:
    plugin = cast(WorkPlugin, get_worker().plugins[name])
    return plugin.work.process(shard, killable=True)
