"""The wall's self-test: a child held like any other tries what a file must never make it do."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import sys
from collections.abc import Callable

OPEN, SOCKET, EXEC, FORK, WRITE, PTRACE = PROBES = ("open", "socket", "exec", "fork", "write", "ptrace")
_READ_BY_ALL = ("/etc/passwd", "/proc/self/maps", sys.executable)
"""Files that any user of a system can read; one that opens is one too many."""
_WRITTEN_BY_ALL = ("/tmp", "/dev/shm", "/var/tmp")
_TRACE_ME = 0


def denied_probes(hold: Callable[[], object]) -> tuple[str, ...]:
    """Return which of `PROBES` a child is denied after it called `hold`, in their order.

    A child that dies at a probe is denied it and those after it only where it said so: silence counts as allowed.
    """
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(told)
        _try_all(hold, tell)
    os.close(tell)
    with os.fdopen(told, "rb") as answers:
        said = answers.read().split()
    os.waitpid(child, 0)
    return tuple(probe for probe in PROBES if probe.encode() in said)


def _try_all(hold: Callable[[], object], tell: int) -> None:
    """Try everything and name what is denied; never returns."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        hold()
        for probe, attempt in _ATTEMPTS.items():
            if not attempt(libc):
                os.write(tell, probe.encode() + b"\n")
    finally:
        os._exit(0)


def _can_open(_: ctypes.CDLL) -> bool:
    return any(_opens(path, os.O_RDONLY) for path in _READ_BY_ALL)


def _can_write(_: ctypes.CDLL) -> bool:
    names = [f"{folder}/verifier-probe-{os.getpid()}" for folder in _WRITTEN_BY_ALL]
    written = [name for name in names if _opens(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)]
    for name in written:
        with contextlib.suppress(OSError):
            os.unlink(name)
    return bool(written)


def _opens(path: str, flags: int) -> bool:
    try:
        os.close(os.open(path, flags, 0o600))
    except OSError:
        return False
    return True


def _can_connect(_: ctypes.CDLL) -> bool:
    return any(_makes_socket(family) for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX))


def _makes_socket(family: int) -> bool:
    try:
        socket.socket(family, socket.SOCK_STREAM).close()
    except OSError:
        return False
    return True


def _can_fork(_: ctypes.CDLL) -> bool:
    try:
        child = os.fork()
    except OSError:
        return False
    if child == 0:
        os._exit(0)
    with contextlib.suppress(OSError):
        os.waitpid(child, 0)
    return True


def _can_trace(libc: ctypes.CDLL) -> bool:
    return bool(libc.ptrace(_TRACE_ME, 0, None, None) == 0)


def _can_exec(_: ctypes.CDLL) -> bool:
    """Become another program that ends at once; where that succeeds nobody comes back to tell."""
    try:
        os.execve("/proc/self/exe", ["python", "-I", "-c", ""], {})
    except OSError:
        return False
    return True


_ATTEMPTS: dict[str, Callable[[ctypes.CDLL], bool]] = {
    OPEN: _can_open,
    SOCKET: _can_connect,
    FORK: _can_fork,
    WRITE: _can_write,
    PTRACE: _can_trace,
    EXEC: _can_exec,
}
"""In the order tried: the last one may end the process."""
