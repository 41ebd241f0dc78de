"""What a process may no longer do before it touches untrusted bytes.

Every step is taken where the system has it; a step it does not have is named, never passed over in silence.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys
from dataclasses import dataclass

from verifier.opening import landlock
from verifier.opening.syscalls import made_filter, switch_on

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522
_ON_LINUX = sys.platform == "linux"
MAX_OPEN_FILES = 128
"""pdfium opens the system's faces, nothing else needs a file."""
FACE_FOLDERS = (
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)
"""Where pdfium looks for faces that a file names and does not hold; the only files that a child may read."""
OWN_USER = 65_531
"""Beyond the numbers that Debian (up to 64,999) and systemd (61,184 to 65,519) give out, below nobody's 65,534."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one document may cost.

    Memory and seconds come from 60 ordinary files, all of which fit, and 5 bombs, none of which did. Each
    page that was drawn adds `cpu_seconds_per_page`, up to `cpu_seconds_most`; wall time is for files that
    wait rather than work, and for machines under load: a first turn and one twice as long, a minute in all.
    """

    memory_bytes: int = 1_500_000_000
    cpu_seconds: int = 6
    cpu_seconds_per_page: float = 0.5
    cpu_seconds_most: int = 30
    wall_seconds: float = 18.0
    second_opinion: bool = True
    """Whether the text layer is also read by a second parser, after the document was handed over."""


_FORM = struct.Struct("<QIfIf?")


def pack(allowance: Allowance) -> bytes:
    """Return the allowance as bytes for the zygote."""
    return _FORM.pack(
        allowance.memory_bytes,
        allowance.cpu_seconds,
        allowance.cpu_seconds_per_page,
        allowance.cpu_seconds_most,
        allowance.wall_seconds,
        allowance.second_opinion,
    )


def unpack(packed: bytes) -> Allowance:
    """Return the allowance packed by `pack`."""
    return Allowance(*_FORM.unpack(packed))


PACKED_BYTES = _FORM.size


@dataclass(frozen=True, slots=True)
class Walls:
    """What `isolate` left standing: the filter that children switch on, and what this system does not offer."""

    notes: tuple[str, ...] = ()
    syscall_filter: bytes | None = None


def isolate() -> Walls:
    """Take network, files and privileges from this process and its children, as far as this system can.

    What only a child may lose (starting processes, most system calls) is left to `hold`.
    """
    if not _ON_LINUX:
        return Walls(("no namespaces, Landlock or system call filter on this system",))
    libc = ctypes.CDLL(None, use_errno=True)
    filters = {may_read: made_filter(may_read=may_read) for may_read in (True, False)}  # while a library can be loaded
    notes = []
    has_network = libc.unshare(_CLONE_NEWNET) != 0
    if not _become_nobody_else():
        notes.append("no user of its own")
    if has_network and libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        notes.append("no network of its own: the system permits no namespace")
    if not _drop_capabilities(libc):
        notes.append("capabilities could not be dropped")
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        notes.append("privileges could be gained by executing files")
    if not (has_landlock := landlock.restrict(libc, FACE_FOLDERS)):
        notes.append("no Landlock: faces outside the file are not opened either")
    if not filters[has_landlock]:
        notes.append("no system call filter: libseccomp is missing")
    return Walls(tuple(notes), filters[has_landlock])


def _become_nobody_else() -> bool:
    """Where this process is root, become a user that owns nothing; no other user can change at all."""
    if os.geteuid() != 0:
        return True
    try:
        os.setgroups([])
        os.setresgid(OWN_USER, OWN_USER, OWN_USER)
        os.setresuid(OWN_USER, OWN_USER, OWN_USER)
    except OSError:
        return False
    return True


def _drop_capabilities(libc: ctypes.CDLL) -> bool:
    header = struct.pack("<Ii", _CAPABILITY_VERSION_3, 0)
    return bool(libc.capset(header, bytes(24)) == 0)


def hold(allowance: Allowance, walls: Walls) -> None:
    """Hold this child to its allowance and, for good, to the system calls that parsing needs.

    Raises OSError where the kernel refuses a filter that was made: then nothing may be parsed.
    """
    limit(allowance)
    if walls.syscall_filter and not switch_on(ctypes.CDLL(None, use_errno=True), walls.syscall_filter):
        raise OSError(ctypes.get_errno(), "the system call filter was refused")


def die_with_parent() -> None:
    """Have this process killed when the one that forked it ends."""
    if _ON_LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def limit(allowance: Allowance) -> None:
    """Hold this process to its allowance: memory, CPU time, no files written, no processes started."""
    _set(resource.RLIMIT_CORE, 0, 0)
    _set(resource.RLIMIT_FSIZE, 0, 0)
    _set(resource.RLIMIT_NOFILE, MAX_OPEN_FILES, MAX_OPEN_FILES)
    _set(resource.RLIMIT_CPU, allowance.cpu_seconds, allowance.cpu_seconds_most)
    if _ON_LINUX:
        _set(resource.RLIMIT_NPROC, 0, 0)
        _set(resource.RLIMIT_AS, allowance.memory_bytes, allowance.memory_bytes)


def grant_cpu(allowance: Allowance, seconds: float) -> None:
    """Move the CPU limit to `seconds` in all, never beyond the most that is allowed."""
    most = allowance.cpu_seconds_most
    _set(resource.RLIMIT_CPU, min(int(seconds) + 1, most), most)


def _set(kind: int, soft: int, hard: int) -> None:
    """Lower a limit; one that is lower already stays."""
    _, ceiling = resource.getrlimit(kind)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(kind, (soft, hard))


def used_cpu_seconds() -> float:
    """Return the CPU time this process has used."""
    times = os.times()
    return times.user + times.system
