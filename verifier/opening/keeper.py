"""The parent's end of the zygote: starting it, sending it a document, taking back what its child says.

Holds no parser. Nothing that arrives is believed before `wire` has checked it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from verifier.opening.confine import Allowance, pack
from verifier.opening.wire import ENDED_BYTES, Ended, Hello, Received

START_SECONDS = 60.0
"""For the zygote to import its parsers: 0.4 s cold, more on a machine under load."""
GRACE_SECONDS = 3.0
"""Beyond the wall time, for the zygote to kill a child and say so."""
PIPE_BYTES = 1024 * 1024
"""Linux lets anyone have this much; handing over a page of 12 MB takes half the time of 64 kB steps."""
_HELLO_BYTES = 4


class GoneError(Exception):
    """The zygote is no longer there."""


class SlowError(Exception):
    """The wall time ran out."""


@dataclass(slots=True)
class Zygote:
    """The running warm process, and the process that it belongs to."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    hello: Hello
    owner: int

    def stop(self) -> None:
        """End it; in a forked copy of its owner only let go of it."""
        self.control.close()
        if os.getpid() != self.owner:
            self.process.returncode = 0  # it is no child of ours: neither wait for it nor warn
            return
        self.process.kill()
        self.process.wait()


def start(trust_anchors: Path | None = None) -> Zygote:
    """Return a new zygote that said it is ready; raises GoneError where it ended before.

    `trust_anchors` is the folder of certificates by which it trusts signatures.
    """
    ours, theirs = socket.socketpair()
    arguments = [str(theirs.fileno()), *([str(trust_anchors)] if trust_anchors else [])]
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "verifier.opening.zygote", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # an interrupt at the terminal is for us to handle
        )
    zygote = Zygote(process, ours, Hello((), ()), os.getpid())
    try:
        until = time.monotonic() + START_SECONDS
        length = int.from_bytes(_read(ours.fileno(), _HELLO_BYTES, until), "little")
        zygote.hello = msgspec.msgpack.decode(_read(ours.fileno(), length, until), type=Hello)
    except (EOFError, OSError, SlowError, msgspec.DecodeError) as error:
        zygote.stop()
        raise GoneError("it ended at once") from error
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


def exchange(zygote: Zygote, document: bytes, allowance: Allowance) -> Received:
    """Return what a new child of `zygote` hands over.

    Raises GoneError, SlowError, and WireError where it hands over nonsense.
    """
    until = time.monotonic() + allowance.wall_seconds + GRACE_SECONDS
    results, sink = _wide_pipe()
    try:
        try:
            with _file_of(document) as source:
                socket.send_fds(zygote.control, [pack(allowance)], [source, sink])
        finally:
            os.close(sink)
        received = Received(_reader(results, until))
        _take_all(received)
    except SlowError as error:
        raise GoneError from error  # the zygote itself hangs, since it kills slow children
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


def _await_end(zygote: Zygote, received: Received, until: float) -> None:
    """Wait for word of how the child ended; raise SlowError where it was killed before it was done."""
    try:
        ended = _read(zygote.control.fileno(), ENDED_BYTES, until)
    except EOFError as error:
        raise GoneError from error
    received.ended = Ended.unpacked(ended)
    if received.ended.too_slow and received.ending is None and received.failure is None:
        raise SlowError


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
    """Return a function that fills a buffer; it raises EOFError at the end and SlowError after `until`."""

    def fill(buffer: memoryview) -> None:
        while buffer:
            if not select.select([descriptor], [], [], max(until - time.monotonic(), 0))[0]:
                raise SlowError
            count = os.readv(descriptor, [buffer])
            if count == 0:
                raise EOFError
            buffer = buffer[count:]

    return fill


def _read(descriptor: int, count: int, until: float) -> bytes:
    data = bytearray(count)
    _reader(descriptor, until)(memoryview(data))
    return bytes(data)
