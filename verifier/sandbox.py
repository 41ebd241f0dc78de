"""Documents opened behind a wall: bytes go in, bounded plain data comes out, whatever the bytes are.

Tiny files make parsers abort, loop or eat gigabytes in ways Python cannot catch. So every document is
opened in a child process of its own, forked from a small warm one (`opening.zygote`), held to an allowance
of memory and CPU time, without network and without the right to write. The worst a file does is to lose
that child: `errors.SandboxError`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from verifier import errors
from verifier.examination import Opened
from verifier.opening.confine import Allowance, pack
from verifier.opening.limits import MAX_BYTES
from verifier.opening.wire import FailureMessage, Received, WireError

START_SECONDS = 60.0
"""For the zygote to import its parsers: 0.4 s cold, more on a machine under load."""
GRACE_SECONDS = 10.0
"""Beyond the wall time, for the zygote to kill a child and say so."""
ATTEMPTS = 2
"""A zygote that died is started once more; a document killed by wall time gets a second, longer turn."""
MAX_DETAIL = 200
"""Characters of an error's detail that are believed."""
PIPE_BYTES = 1024 * 1024
"""Linux lets anyone have this much; handing over a page of 12 MB takes half the time of 64 kB steps."""
_ENDED_BYTES = 5
_HELLO_BYTES = 4


@dataclass(frozen=True, slots=True)
class SandboxStatus:
    """How well documents are held here; `notes` says what this system does not offer."""

    running: bool
    isolated: bool
    notes: tuple[str, ...]


class _GoneError(Exception):
    """The zygote is no longer there."""


class _SlowError(Exception):
    """The wall time ran out."""


@dataclass(slots=True)
class _Zygote:
    """The running warm process, and the process that it belongs to."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    notes: tuple[str, ...]
    owner: int

    def stop(self) -> None:
        """End it; in a forked copy of its owner only let go of it."""
        self.control.close()
        if os.getpid() != self.owner:
            self.process.returncode = 0  # it is no child of ours: neither wait for it nor warn
            return
        self.process.kill()
        self.process.wait()


class Sandbox:
    """Opens documents, each in a confined child; `open` is what a `pipeline.Verifier` is given.

    Safe to share between threads, which take turns. A copy in a forked process starts a zygote of its own.
    """

    def __init__(self, allowance: Allowance = Allowance()) -> None:  # noqa: B008  # frozen, never changed
        self._allowance = allowance
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._running: list[_Zygote] = []
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
            raise errors.LimitExceededError(f"{len(document) / 1e6:.0f} MB, at most {MAX_BYTES / 1e6:.0f}")
        with self._turn():
            received = self._received(document)
        return _opened(document, received)

    def status(self) -> SandboxStatus:
        """Return how well documents are held; starts the zygote where none runs."""
        with self._turn():
            try:
                notes = self._zygote().notes
            except (_GoneError, OSError) as error:
                return SandboxStatus(running=False, isolated=False, notes=(f"does not start: {error}",))
        return SandboxStatus(running=True, isolated=not notes, notes=notes)

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
        reason = ""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _exchange(self._zygote(), document, self._allowance, attempt)
            except (_GoneError, OSError):
                reason = "the opening process ended"
                _stop_all(self._running)
            except _SlowError:
                reason = "time"
            except WireError as error:
                _stop_all(self._running)  # and with it a child that may no longer be ours
                raise errors.SandboxError(str(error)) from error
        raise errors.SandboxError(reason)

    def _zygote(self) -> _Zygote:
        if self._running and self._running[0].process.poll() is not None:
            _stop_all(self._running)
        if not self._running:
            self._running.append(_start())
        return self._running[0]


def _stop_all(running: list[_Zygote]) -> None:
    while running:
        running.pop().stop()


def _start() -> _Zygote:
    """Return a new zygote that said it is ready; raises _GoneError where it ended before."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "verifier.opening.zygote", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # an interrupt at the terminal is for us to handle
        )
    zygote = _Zygote(process, ours, (), os.getpid())
    try:
        until = time.monotonic() + START_SECONDS
        length = int.from_bytes(_read(ours.fileno(), _HELLO_BYTES, until), "little")
        zygote.notes = msgspec.msgpack.decode(_read(ours.fileno(), length, until), type=tuple[str, ...])
    except (EOFError, OSError, _SlowError, msgspec.DecodeError) as error:
        zygote.stop()
        raise _GoneError("it ended at once") from error
    return zygote


def _environment() -> dict[str, str]:
    """Return the least a parser needs: where our modules are, one thread, no other setting of ours."""
    source = str(Path(__file__).resolve().parent.parent)
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join([source, *filter(None, sys.path)]),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _exchange(zygote: _Zygote, document: bytes, allowance: Allowance, attempt: int) -> Received:
    """Return what a new child of `zygote` hands over.

    Raises _GoneError, _SlowError, and WireError where it hands over nonsense.
    """
    wall_seconds = allowance.wall_seconds * attempt
    until = time.monotonic() + wall_seconds + GRACE_SECONDS
    asked = pack(replace(allowance, wall_seconds=wall_seconds))
    results, sink = _wide_pipe()
    try:
        try:
            with _file_of(document) as source:
                socket.send_fds(zygote.control, [asked], [source, sink])
        finally:
            os.close(sink)
        received = Received(_reader(results, until))
        _take_all(received)
    except _SlowError as error:
        raise _GoneError from error  # the zygote itself hangs, since it kills slow children
    finally:
        os.close(results)
    _await_end(zygote, received, until)
    return received


def _wide_pipe() -> tuple[int, int]:
    """Return a pipe (read end, write end) that holds as much as the system lets it."""
    results, sink = os.pipe()
    with contextlib.suppress(AttributeError, OSError):
        fcntl.fcntl(sink, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return results, sink


def _take_all(received: Received) -> None:
    try:
        while received.take():
            pass
    except EOFError:
        return


def _await_end(zygote: _Zygote, received: Received, until: float) -> None:
    """Wait for word of how the child ended; raise _SlowError where it was killed before it was done."""
    try:
        ended = _read(zygote.control.fileno(), _ENDED_BYTES, until)
    except EOFError as error:
        raise _GoneError from error
    was_slow = bool(ended[-1])
    if was_slow and received.ending is None and received.failure is None:
        raise _SlowError


@contextlib.contextmanager
def _file_of(document: bytes) -> Iterator[int]:
    """Yield the descriptor of a nameless file that holds the document, at its beginning."""
    with _nameless() as file:
        left = memoryview(document)
        while left:
            left = left[file.write(left) :]
        file.seek(0)
        yield file.fileno()


def _nameless() -> BinaryIO:
    """Return a new file that lives in memory where the system can do that, else on disk without a name."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("document", os.MFD_CLOEXEC), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


def _reader(descriptor: int, until: float) -> Callable[[memoryview], None]:
    """Return a function that fills a buffer; it raises EOFError at the end and _SlowError after `until`."""

    def fill(buffer: memoryview) -> None:
        while buffer:
            if not select.select([descriptor], [], [], max(until - time.monotonic(), 0))[0]:
                raise _SlowError
            count = os.readv(descriptor, [buffer])
            if count == 0:
                raise EOFError
            buffer = buffer[count:]

    return fill


def _read(descriptor: int, count: int, until: float) -> bytes:
    data = bytearray(count)
    _reader(descriptor, until)(memoryview(data))
    return bytes(data)


def _opened(document: bytes, received: Received) -> Opened:
    """Return the document as received; raises the opener's own error, or SandboxError for a dead child."""
    if received.failure is not None:
        raise _error_of(received.failure)
    ending = received.ending
    if ending is None or not received.pages:
        raise errors.SandboxError
    return Opened(
        sha256=hashlib.sha256(document).hexdigest(),
        media_type=ending.media_type,
        pages=tuple(received.pages),
        findings=ending.findings,
        signed=ending.signed,
    )


def _error_of(failure: FailureMessage) -> errors.VerifierError:
    """Return the error the child named; any other name than an opener's own is a SandboxError."""
    kinds: list[type[errors.VerifierError]] = [
        errors.UnreadableDocumentError,
        *errors.UnreadableDocumentError.__subclasses__(),
    ]
    known = {kind.code: kind for kind in kinds}
    detail = "".join(c for c in failure.detail[:MAX_DETAIL] if c.isprintable())
    return known.get(failure.code, errors.SandboxError)(detail)
