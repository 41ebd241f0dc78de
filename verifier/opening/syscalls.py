"""The system calls that a child may still make while it parses: a list by name, everything else is refused.

libseccomp (a library that Debian's own package manager needs) turns names into this machine's numbers and the
list into the kernel's filter program. It is made once, in the zygote; a child only switches it on.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import socket
import struct
from typing import ClassVar

_LIBRARY = "libseccomp.so.2"
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_MASKED_EQUAL = 7
_EQUAL = 4
_PR_SET_SECCOMP, _FILTER_MODE = 22, 2
_INSTRUCTION_BYTES = 8
_PROT_EXEC = 4
_NO_WAITING = 0x5421
"""FIONBIO, with which Python makes a socket pair of its own not wait."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

ALLOWED = (
    # what was handed over, and the pipe
    "read", "readv", "pread64", "write", "writev", "lseek", "close", "fcntl", "poll", "ppoll", "select", "pselect6",
    "fstat", "newfstatat", "stat", "lstat", "statx",
    # memory
    "brk", "munmap", "mremap", "madvise",
    # itself
    "exit", "exit_group", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "futex", "rseq",
    "set_robust_list", "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrlimit",
    "setrlimit", "getrusage", "times", "sched_yield", "sched_getaffinity", "membarrier", "restart_syscall",
    # time and chance
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "getrandom",
    "uname", "sysinfo", "getcwd",
    # an event loop that talks to nobody but itself: pyHanko validates in one
    "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait",
)  # fmt: skip
"""Nothing here names a path to be changed, another process or the network."""


class _Compared(ctypes.Structure):
    """libseccomp's `struct scmp_arg_cmp`: an argument masked and compared."""

    _fields_: ClassVar = [
        ("argument", ctypes.c_uint),
        ("operation", ctypes.c_int),
        ("one", ctypes.c_uint64),
        ("two", ctypes.c_uint64),
    ]


def made_filter(*, may_read: bool) -> bytes | None:
    """Return the filter as the kernel's program, None where libseccomp is missing or refuses.

    With `may_read`, files may be opened for reading: where Landlock says which. Memory never becomes executable.
    """
    try:
        library = ctypes.CDLL(_LIBRARY)
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(_REFUSE)))
    if not context:
        return None
    try:
        return _exported(library, context) if _filled(library, context, may_read=may_read) else None
    finally:
        library.seccomp_release(context)


def _filled(library: ctypes.CDLL, context: ctypes.c_void_p, *, may_read: bool) -> bool:
    not_executable = _Compared(2, _MASKED_EQUAL, _PROT_EXEC, 0)
    rules: list[tuple[str, _Compared | None]] = [(name, None) for name in ALLOWED]
    rules += [(name, not_executable) for name in ("mmap", "mmap2", "mprotect")]
    rules += [
        ("prlimit64", _Compared(0, _EQUAL, 0, 0)),
        ("socketpair", _Compared(0, _EQUAL, socket.AF_UNIX, 0)),
        ("ioctl", _Compared(1, _EQUAL, _NO_WAITING, 0)),
    ]
    if may_read:
        rules += [
            ("openat", _Compared(2, _MASKED_EQUAL, _WRITING, 0)),
            ("open", _Compared(1, _MASKED_EQUAL, _WRITING, 0)),
        ]
    return all(_allowed(library, context, name, condition) for name, condition in rules)


def _allowed(library: ctypes.CDLL, context: ctypes.c_void_p, name: str, condition: _Compared | None) -> bool:
    """Add one rule; a call that this architecture does not have needs none."""
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number < 0:
        return True
    conditions = (_Compared * 1)(condition) if condition else None
    count = ctypes.c_uint(1 if condition else 0)
    return bool(library.seccomp_rule_add_array(context, ctypes.c_uint32(_ALLOW), number, count, conditions) == 0)


def _exported(library: ctypes.CDLL, context: ctypes.c_void_p) -> bytes | None:
    with contextlib.closing(os.fdopen(os.memfd_create("filter", os.MFD_CLOEXEC), "w+b", buffering=0)) as file:
        if library.seccomp_export_bpf(context, file.fileno()) != 0:
            return None
        file.seek(0)
        return file.read()


def switch_on(libc: ctypes.CDLL, program: bytes) -> bool:
    """Hold this process to the filter from here on; returns False where the kernel refuses it. Needs no_new_privs."""
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxQ", len(program) // _INSTRUCTION_BYTES, ctypes.addressof(code))
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, head, 0, 0) == 0)
