"""Landlock: a process gives up the file system, the TCP ports and other processes' signals (Linux 5.13 and later).

The three system calls have the same numbers on every architecture; the C library has no functions for them.
Source: the kernel's userspace-api/landlock documentation and `linux/landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
"""All rights over files that each version of the interface knows; later ones added none."""
_NETWORK_RIGHTS = 0b11
"""Binding and connecting TCP, since version 4."""
_SCOPES = 0b11
"""Abstract sockets and signals end at the process's own walls, since version 6."""
_RULESET = struct.Struct("<QQQ")
_BENEATH = struct.Struct("<Qi")


def restrict(libc: ctypes.CDLL, readable: Iterable[str]) -> bool:
    """Leave this process and its children nothing but reading beneath the folders `readable`.

    Returns False where the kernel has no Landlock, or it is switched off. Needs no_new_privs.
    """
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _CREATE_RULESET_VERSION)
    if version < 1:
        return False
    ruleset = _ruleset(libc, version)
    if ruleset < 0:
        return False
    try:
        for folder in readable:
            _allow_reading(libc, ruleset, folder)
        return bool(libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _ruleset(libc: ctypes.CDLL, version: int) -> int:
    files = _FILE_RIGHTS[min(version, max(_FILE_RIGHTS))]
    rights = _RULESET.pack(files, _NETWORK_RIGHTS if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    known = 8 if version < 4 else 16 if version < 6 else 24
    return int(libc.syscall(_CREATE_RULESET, rights, ctypes.c_size_t(known), 0))


def _allow_reading(libc: ctypes.CDLL, ruleset: int, folder: str) -> None:
    try:
        descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # a folder that is not there needs no permission
    try:
        libc.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, _BENEATH.pack(_READ_FILE | _READ_DIR, descriptor), 0)
    finally:
        os.close(descriptor)
