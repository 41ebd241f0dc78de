"""Documents opened behind a wall: bytes go in, bounded plain data comes out, whatever the bytes are.

Tiny files make parsers abort, loop or eat gigabytes in ways Python cannot catch. So every document is
opened in a child process of its own, forked from a small warm one (`opening.zygote`), held to an allowance
of memory and CPU time, under a user of its own, without network, without files, without the right to write
or to start anything. The worst a file does is to lose that child: `errors.SandboxError`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from verifier import errors
from verifier.examination import Opened
from verifier.opening.confine import Allowance
from verifier.opening.keeper import GoneError, SlowError, Zygote, exchange, start
from verifier.opening.limits import MAX_BYTES
from verifier.opening.probes import PROBES
from verifier.opening.refusals import FileTooLargeError, OpeningSlowError, UnsafeSandboxError
from verifier.opening.wire import Ended, FailureMessage, Received, WireError

ATTEMPTS = 2
"""A zygote that died is started once more; a document killed by wall time gets a second, longer turn."""
MAX_DETAIL = 200
"""Characters of an error's detail that are believed."""


@dataclass(frozen=True, slots=True)
class SandboxStatus:
    """How well documents are held here: which probes a child was denied, what this system does not offer."""

    running: bool
    denied: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> tuple[str, ...]:
        """The probes that a child was not denied."""
        return tuple(probe for probe in PROBES if probe not in self.denied)

    @property
    def isolated(self) -> bool:
        """Whether every probe was denied: what official mode asks for."""
        return self.running and not self.allowed


class Sandbox:
    """Opens documents, each in a confined child; `open` is what a `pipeline.Verifier` is given.

    Safe to share between threads, which take turns. A copy in a forked process starts a zygote of its own.
    """

    def __init__(
        self,
        allowance: Allowance = Allowance(),  # noqa: B008  # frozen, never changed
        trust_anchors: Path | None = None,
        *,
        official: bool = False,
    ) -> None:
        """Hold documents to `allowance`; trust signatures by the certificates in the folder `trust_anchors`.

        In `official` mode no document is opened, and no status given, where the self-test failed: UnsafeSandboxError.
        """
        self._allowance = allowance
        self._trust_anchors = trust_anchors
        self._official = official
        self._last = Ended()
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._running: list[Zygote] = []
        self._finalizer = weakref.finalize(self, _stop_all, self._running)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the zygote; the next document starts a new one."""
        with self._turn():
            _stop_all(self._running)

    def open(self, document: bytes) -> Opened:
        """Return the document with all its pages.

        Raises `errors.UnreadableDocumentError`, the opener's own, and `errors.SandboxError` where the child
        died, ran out of its allowance or handed over nonsense.
        """
        if len(document) > MAX_BYTES:
            raise FileTooLargeError(f"{len(document) / 1e6:.0f} MB, at most {MAX_BYTES / 1e6:.0f}")
        with self._turn():
            received = self._received(document)
        return _opened(document, received)

    def status(self) -> SandboxStatus:
        """Return how well documents are held; starts the zygote where none runs."""
        with self._turn():
            try:
                hello = self._zygote().hello
            except (GoneError, OSError) as error:
                return SandboxStatus(running=False, notes=(f"does not start: {error}",))
        return SandboxStatus(True, hello.denied, hello.notes)

    @property
    def last(self) -> Ended:
        """How the last child ended and what it cost, for who measures."""
        return self._last

    @property
    def is_running(self) -> bool:
        """Whether this process has a zygote."""
        return self.zygote_pid is not None

    @property
    def zygote_pid(self) -> int | None:
        """The process of the running zygote, for who measures what a process tree costs."""
        return next((z.process.pid for z in self._running if z.owner == os.getpid()), None)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the lock; in a forked copy first let go of what belongs to the original."""
        if self._owner != os.getpid():
            self._lock, self._owner = threading.Lock(), os.getpid()
        with self._lock:
            if self._running and self._running[0].owner != os.getpid():
                _stop_all(self._running)
            yield

    def _received(self, document: bytes) -> Received:
        """Return what a child handed over, with a second try where the first was not the document's fault."""
        reason, began = "", time.monotonic()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                received = exchange(self._zygote(), document, self._turn_of(attempt, time.monotonic() - began))
                self._last = received.ended
                return received
            except (GoneError, OSError):
                reason = "the opening process ended"
                _stop_all(self._running)
            except SlowError as error:
                if attempt == ATTEMPTS:
                    raise OpeningSlowError from error
            except WireError as error:
                _stop_all(self._running)  # and with it a child that may no longer be ours
                raise errors.SandboxError(str(error)) from error
        raise errors.SandboxError(reason)

    def _turn_of(self, attempt: int, spent_seconds: float) -> Allowance:
        """Return the allowance of a turn: one share of wall time, then two, less what a dead zygote cost."""
        share = self._allowance.wall_seconds
        return replace(self._allowance, wall_seconds=max(min(attempt * share, 3 * share - spent_seconds), share / 2))

    def _zygote(self) -> Zygote:
        if self._running and self._running[0].process.poll() is not None:
            _stop_all(self._running)
        if not self._running:
            self._running.append(start(self._trust_anchors))
        hello = self._running[0].hello
        if self._official and set(hello.denied) != set(PROBES):
            allowed = ", ".join(probe for probe in PROBES if probe not in hello.denied)
            raise UnsafeSandboxError(f"a child may still: {allowed}")
        return self._running[0]


def _stop_all(running: list[Zygote]) -> None:
    while running:
        running.pop().stop()


def _opened(document: bytes, received: Received) -> Opened:
    """Return the document as received; raises the opener's own error, or SandboxError for a dead child."""
    if received.failure is not None:
        raise error_of(received.failure)
    ending = received.ending
    if ending is None or not received.pages:
        raise errors.SandboxError(received.ended.reason)
    return Opened(
        sha256=hashlib.sha256(document).hexdigest(),
        media_type=ending.media_type,
        pages=tuple(received.pages),
        findings=ending.findings,
        signed=ending.signed,
    )


def error_of(failure: FailureMessage) -> errors.VerifierError:
    """Return the error the child named; any other name than an opener's own is a SandboxError."""
    kinds: list[type[errors.VerifierError]] = [errors.UnreadableDocumentError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    known = {kind.code: kind for kind in kinds}
    detail = "".join(c for c in failure.detail[:MAX_DETAIL] if c.isprintable())
    return known.get(failure.code, errors.SandboxError)(detail)
